// Staff's other screens: their cohorts, what needs them, who met whom, repairs of published teams, balance against repeats.
import { Problem, button, cohortTabs, follow, formView, get, go, h, link, listed, me, name, names, number, partsScreen, problemBox, remember, remembered, report, rich, t, toast, write } from "../core.js";

/** @import { Act, Answer, Page, Schemas } from "../types.js" */

/** So many of what a cohort needs stand beside that of others. */
const MOST = 5;

/** @param {Schemas["CohortAttention"]} one */
const isCalm = (one) => !one.items.length && !one.second_factor_required;

/** What needs somebody in each of their cohorts; those that need nothing come last. @param {Page} page */
function cohorts(page) {
  /** @type {Schemas["CohortAttention"][]} */
  let all = [];
  const campusName = (/** @type {string} */ id) => me?.roles.find((role) => role.campus_id === id)?.campus_name ?? "";
  return partsScreen(page, "needs.title", (act) => {
    const load = async () => {
      all = (await get("v1/me/attention")).data.data;
      // Whoever has gone on meanwhile stays where they are.
      if (!all.length) { if (!page.signal.aborted) go("start"); }
      else if (!remembered("cohort")) remember("cohort", all[0].cohort.id);
    };
    follow(page, (change) => all.some((one) => one.cohort.id === change.cohort_id), load);
    return {
      load,
      view: () => [
        all.toSorted((a, b) => Number(isCalm(a)) - Number(isCalm(b))).map((one) => h("section", { class: "card stack", key: one.cohort.id, "aria-labelledby": one.cohort.id },
          h("div", { class: "row apart" }, h("h2", { id: one.cohort.id }, link(`cohorts/${one.cohort.id}`, { class: "out" }, name(one.cohort.name))),
            h("span", { class: "row" }, h("small", null, name(campusName(one.cohort.campus_id))), h("span", { class: `tag ${one.cohort.status === "running" ? "good" : ""}` }, t(`cohorts.${one.cohort.status}`)))),
          isCalm(one) ? h("p", { class: "hint" }, "✓ ", t("needs.none")) : needsView(one, act, all.length > 1 ? MOST : Infinity))),
        h("div", { class: "row" }, link("start", { class: "button" }, t("nav.start")), link("panels", { class: "button" }, t("nav.panels"))),
      ],
    };
  });
}

/** Where one tap leads from what needs somebody. @param {string} cohort @param {Schemas["AttentionItem"]} item @returns {[path: string, label: string]} */
function remedy(cohort, item) {
  const at = `cohorts/${cohort}`, week = `${at}/weeks/${item.week ?? "now"}`;
  switch (item.kind) {
    case "left_team":
    case "without_team": return [`${at}/repairs`, t("needs.do.repair")];
    case "mentors_missing":
    case "mentor_alone":
    case "mentor_often_missed": return [`${at}/mentors`, t("needs.do.mentors")];
    case "decisions_overdue":
    case "trial_unnoted": return [`${at}/applicants`, t("needs.do.decide")];
    case "never_met": return [`${at}/met`, t("needs.do.met")];
    case "unpublished_week": return [week, t("needs.do.form")];
    case "submission_missing":
    case "review_abandoned": return [`${at}/work?week=${item.week}`, t("needs.do.work")];
    case "invitation_unanswered": return [`${at}/roster`, t("needs.do.roster")];
    case "checklist_undone": return [`${at}/checklists`, t("needs.do.list")];
    case "client_waiting": return [item.href.slice("/v1/".length), t("needs.do.client")];
    case "role_unapproved": return [item.href.slice("/v1/".length), t("needs.do.role")];
    default: return [week, t("needs.do.look")];
  }
}

/** @type {Record<Schemas["AttentionKind"], [sign: string, kind: string]>} */
const SIGNS = {
  unpublished_week: ["!", "bad"], left_team: ["!", "bad"], without_team: ["!", "bad"], submission_missing: ["◷", "warn"], review_abandoned: ["◷", "warn"], action_overdue: ["◷", "warn"], action_unowned: ["?", "warn"],
  mentors_missing: ["○", "warn"], mentor_alone: ["○", "warn"], mentor_often_missed: ["○", "warn"], decisions_overdue: ["◷", "warn"], trial_unnoted: ["◷", "warn"], absence: ["–", ""], invitation_unanswered: ["✉", ""], checklist_undone: ["☐", ""], client_waiting: ["◷", ""], role_unapproved: ["◷", ""], never_met: ["↔", ""],
};

/** What needs the staff of a cohort, each with a way to put it right. @param {{ cohort: { id: string }, items: Schemas["AttentionItem"][], second_factor_required?: boolean }} needs @param {Act} act @param {number} [most] */
function needsView({ cohort: { id: cohort }, items, second_factor_required: locked }, act, most = Infinity) {
  if (locked) return h("p", { class: "row apart" }, h("span", null, h("span", { class: "tag warn", "aria-hidden": "true" }, "!"), " ", t("needs.locked")), link("account/security", { class: "button" }, t("needs.do.unlock")));
  // An action is done or taken where it stands, and given back as easily.
  const change = (/** @type {Schemas["AttentionItem"]} */ item, /** @type {Schemas["ActionPatch"]} */ patch, /** @type {Schemas["ActionPatch"]} */ back, /** @type {string} */ said) => () => act(async () => {
    await write("PATCH", item.href.slice(1), patch);
    toast(t(said), { label: t("undo"), run: () => void act(() => write("PATCH", item.href.slice(1), back)) });
  });
  const way = (/** @type {Schemas["AttentionItem"]} */ item) => {
    if (item.kind === "action_overdue") return button(`✓ ${t("week.action.finish")}`, change(item, { status: "done" }, { status: "open" }, "week.action.done"), null, t("week.action.do", { what: item.about ?? "" }));
    if (item.kind === "action_unowned") return button(t("needs.do.take"), change(item, { owner_id: me?.id ?? null }, { owner_id: null }, "needs.taken"), null, `${t("needs.do.take")}: ${item.about ?? ""}`);
    const [to, label] = remedy(cohort, item);
    return link(to, { class: "button", onclick: () => remember("cohort", cohort) }, label);
  };
  const text = (/** @type {Schemas["AttentionItem"]} */ item) =>
    rich(`needs.${item.kind}${item.kind === "checklist_undone" && !item.week ? ".once" : ""}`, { week: item.week ?? "", who: item.person ? name(item.person.name) : name(item.team?.name ?? ""), about: name(item.about ?? "") });
  return [h("ul", { class: "plain list" }, items.slice(0, most).map((item) => {
    const [sign, kind] = SIGNS[item.kind];
    return h("li", { key: `${item.kind} ${item.href} ${item.title}` }, h("span", { class: `tag ${kind}`, "aria-hidden": "true" }, sign), h("span", { class: "grow" }, text(item)), way(item));
  })), items.length > most && h("p", { class: "links" }, link(`cohorts/${cohort}`, null, t("needs.more", { count: items.length - most })))];
}

/** @param {Page} page */
function needs(page) {
  const { cohort } = page.params;
  /** @type {Parameters<typeof needsView>[0] & { cohort: { name?: string } }} */
  let here = { cohort: { id: cohort }, items: [] };
  return partsScreen(page, "needs.title", (act) => {
    const load = async () => {
      const all = /** @type {Schemas["CohortAttention"][]} */ ((await get("v1/me/attention")).data.data);
      // A cohort that is over is not among them.
      here = all.find((one) => one.cohort.id === cohort) ?? { cohort: { id: cohort }, items: (await get(`v1/cohorts/${cohort}/attention`)).data.data };
      remember("cohort", cohort);
    };
    follow(page, (change) => change.cohort_id === cohort, load);
    return {
      load,
      view: () => [
        here.items.length || here.second_factor_required ? h("div", { class: "card stack" }, needsView(here, act))
          : h("div", { class: "empty" }, h("h2", null, t("needs.none")), h("p", { class: "lead" }, t("needs.none.lead")), link(`cohorts/${cohort}/weeks/now`, { class: "button main" }, t("nav.board"))),
        cohortTabs(cohort),
        h("p", { class: "beside" }, link("cohorts", null, t("cohorts.other"))),
      ],
    };
  }, () => here.cohort.name && h("p", { class: "lead" }, name(here.cohort.name)));
}

/** Who has worked with whom: a map to look at, a table to read. @param {Page} page */
async function met(page) {
  const { cohort } = page.params;
  const data = /** @type {Schemas["Encounters"]} */ ((await get(`v1/cohorts/${cohort}/encounters`)).data);
  page.title(() => t("met.title"));
  const key = (/** @type {string} */ a, /** @type {string} */ b) => (a < b ? `${a} ${b}` : `${b} ${a}`);
  const pairs = new Map(data.data.map((pair) => [key(pair.people[0].id, pair.people[1].id), pair.weeks]));
  const weeksOf = (/** @type {string} */ a, /** @type {string} */ b) => pairs.get(key(a, b)) ?? [];
  const { students } = data;
  const most = Math.max(1, ...data.data.map((pair) => pair.meetings));
  let onlyNever = false;
  let at = [1, 0];

  const says = (/** @type {number} */ row, /** @type {number} */ column) => {
    const weeks = weeksOf(students[row].id, students[column].id);
    const who = { a: name(students[row].name), b: name(students[column].name) };
    return weeks.length ? rich("met.pair", { ...who, weeks: listed(weeks.map((week) => number(week))) }) : rich("met.never", who);
  };
  const focus = (/** @type {number} */ row, /** @type {number} */ column) => {
    at = [Math.max(0, Math.min(students.length - 1, row)), Math.max(0, Math.min(students.length - 1, column))];
    page.draw();
    queueMicrotask(() => document.getElementById(`cell-${at[0]}-${at[1]}`)?.focus());
  };
  const onkeydown = (/** @type {KeyboardEvent} */ event) => {
    const side = document.documentElement.dir === "rtl" ? -1 : 1;
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -side], ArrowRight: [0, side] }[event.key];
    if (!step) return;
    event.preventDefault();
    focus(at[0] + step[0], at[1] + step[1]);
  };
  const onfocusin = (/** @type {Event} */ event) => {
    const found = /^cell-(\d+)-(\d+)$/.exec(/** @type {Element} */ (event.target).id);
    if (!found || (at[0] === Number(found[1]) && at[1] === Number(found[2]))) return;
    at = [Number(found[1]), Number(found[2])];
    page.draw();
  };
  const cellView = (/** @type {number} */ row, /** @type {number} */ column) => {
    if (row === column) return h("td", { class: "self", id: `cell-${row}-${column}`, tabindex: at[0] === row && at[1] === column ? "0" : "-1" }, h("span", { class: "unseen" }, "–"));
    const times = weeksOf(students[row].id, students[column].id).length;
    const here = at[0] === row && at[1] === column;
    return h("td", { id: `cell-${row}-${column}`, tabindex: here ? "0" : "-1", class: times ? `heat${onlyNever ? " dim" : ""}` : "heat never", style: { "--heat": String(times / most) } }, times ? number(times) : h("span", { class: "unseen" }, number(0)));
  };
  page.show(() => h("div", { class: "stack" },
    h("h1", null, t("met.title")),
    students.length < 2 || !data.data.length ? h("div", { class: "empty" }, h("h2", null, t("met.empty")), link(`cohorts/${cohort}/weeks/now`, { class: "button main" }, t("nav.board"))) : [
      h("p", { class: "lead" }, t("met.lead", { count: data.never_met })),
      h("label", { class: "row" }, h("input", { type: "checkbox", checked: onlyNever, onchange: (/** @type {Event} */ event) => { onlyNever = /** @type {HTMLInputElement} */ (event.currentTarget).checked; page.draw(); } }), t("met.only")),
      h("p", { class: "card said", "aria-live": "polite" }, at[0] === at[1] ? name(students[at[0]].name) : says(at[0], at[1])),
      h("div", { class: "scroll" }, h("table", { class: "map", role: "grid", "aria-label": t("met.title"), onkeydown, onfocusin },
        h("thead", null, h("tr", null, h("td", null), students.map((student) => h("th", { scope: "col" }, h("span", null, name(student.name)))))),
        h("tbody", null, students.map((student, row) => h("tr", null, h("th", { scope: "row" }, name(student.name)), students.map((_, column) => cellView(row, column))))))),
      h("details", null, h("summary", null, t("met.table")),
        h("div", { class: "scroll" }, h("table", null,
          h("thead", null, h("tr", null, ["student", "met", "never"].map((column) => h("th", { scope: "col" }, t(`met.column.${column}`))))),
          h("tbody", null, students.map((student) => h("tr", null, h("th", { scope: "row" }, name(student.name)), h("td", null, number(student.met)),
            h("td", null, names(students.filter((other) => other.id !== student.id && !weeksOf(student.id, other.id).length).map((other) => other.name))))))))),
    ]));
}

/** Published teams that somebody has left or joined: three ways to put each right, by the fewest moves. @param {Page} page */
async function repairs(page) {
  const { cohort } = page.params;
  page.title(() => t("repairs.title"));
  const load = async () => /** @type {Schemas["RoundRepair"][]} */ ((await write("POST", `v1/cohorts/${cohort}/team-repairs`, { dry_run: true })).data.data);
  let rounds = await load();
  /** What is looked at: a round with its teams, its ways, and the one chosen. @type {{ round: Schemas["RoundRepair"], board: Schemas["WeekBoard"], ways: Schemas["RepairOption"][], chosen: number } | null} */
  let open = null;
  /** @type {{ problem?: unknown, busy?: boolean }} */
  let state = {};
  /** @type {unknown} */
  let problem = null;

  const look = async (/** @type {Schemas["RoundRepair"]} */ round) => {
    try {
      const board = /** @type {Schemas["WeekBoard"]} */ ((await get(`v1/cohorts/${cohort}/board?week=${round.first_week}`)).data);
      const { data: ways } = /** @type {Schemas["RepairProposals"]} */ ((await write("POST", `v1/teams/${board.teams[0].id}/repair-proposals`)).data);
      open = { round, board, ways, chosen: 0 };
      state = {};
      problem = null;
    } catch (error) {
      problem = error;
      report(error);
    }
    page.draw();
  };
  if (rounds.length) await look(rounds[0]);

  const apply = async (/** @type {Record<string, string>} */ values) => {
    if (!open) return;
    const { board, ways, chosen } = open;
    const team = board.teams[0];
    await write("POST", `v1/teams/${team.id}/repairs`, { moves: ways[chosen].moves, reason: values.reason }, { etag: `"${team.version}"` });
    toast(t("repairs.done", { week: board.week.number }));
    rounds = await load();
    open = null;
    if (rounds.length) await look(rounds[0]);
  };
  page.show(() => h("div", { class: "stack" }, h("h1", null, t("repairs.title")), problemBox(problem),
    !rounds.length && h("div", { class: "empty" }, h("h2", null, t("repairs.none")), link(`cohorts/${cohort}`, { class: "button main" }, t("nav.needs"))),
    rounds.length > 0 && h("p", { class: "lead" }, t("repairs.lead", { count: rounds.length })),
    rounds.length > 1 && h("div", { class: "row" }, rounds.map((round) => h("button", { type: "button", "aria-pressed": String(open?.round.first_week === round.first_week), onclick: () => look(round) }, t("board.title", { week: round.first_week })))),
    open && repairView(open, page.draw, state, apply)));
}

/**
 * @param {{ round: Schemas["RoundRepair"], board: Schemas["WeekBoard"], ways: Schemas["RepairOption"][], chosen: number }} open @param {() => void} draw
 * @param {{ problem?: unknown, busy?: boolean }} state @param {(values: Record<string, string>) => Promise<void>} apply
 */
function repairView(open, draw, state, apply) {
  const { round, board, ways, chosen } = open;
  const people = new Map(board.students.map((student) => [student.person.id, student.person.name]));
  const teamName = (/** @type {string | null} */ id) => board.teams.find((team) => team.id === id)?.name ?? "";
  const way = ways[chosen];
  const after = board.teams.map((team) => ({ ...team, ids: team.members.map((member) => member.person_id).filter((id) => !way?.moves.some((move) => move.person_id === id && move.from_team === team.id)).concat(way?.moves.filter((move) => move.to_team === team.id).map((move) => move.person_id) ?? []) }));
  const list = (/** @type {string} */ title, /** @type {{ name: string, ids: string[] }[]} */ teams) => h("section", { class: "card stack" }, h("h3", null, t(title)),
    teams.map((team) => h("p", null, h("strong", null, name(team.name)), ": ", team.ids.length ? names(team.ids.map((id) => people.get(id) ?? "")) : t("repairs.dissolved"))));
  const moves = (/** @type {Schemas["RepairOption"]} */ option) => option.moves.map((move) => {
    const params = { who: name(people.get(move.person_id) ?? ""), from: name(teamName(move.from_team)), to: name(teamName(move.to_team)) };
    return h("li", null, rich(!move.to_team ? "repairs.leaves" : move.from_team ? "repairs.moves" : "repairs.joins", params));
  });
  return h("div", { class: "stack" },
    h("h2", null, t("board.title", { week: round.first_week })),
    round.gone.length > 0 && h("p", null, rich("publish.gone.plain", { who: h("span", null, names(round.gone.map((person) => person.name))) })),
    round.without_team.length > 0 && h("p", null, rich("publish.teamless.plain", { who: h("span", null, names(round.without_team.map((person) => person.name))) })),
    !way && h("p", { class: "problem" }, t("repairs.impossible")),
    way && h("fieldset", { class: "ways" }, h("legend", null, t("repairs.ways")), ways.map((option, at) => h("label", { class: "card" },
      h("input", { type: "radio", name: "way", value: String(at), checked: at === chosen, onchange: () => { open.chosen = at; draw(); } }),
      h("span", null, h("strong", null, t("repairs.way", { count: option.moves.length })), " ",
        h("span", { class: `tag ${option.repeats_delta > 0 ? "warn" : "good"}` }, t("board.repeats", { count: option.repeats_delta })), !option.sizes_kept && h("span", { class: "tag warn" }, t("repairs.sizes")),
        h("ul", null, moves(option)))))),
    way && h("div", { class: "grid wide" }, list("repairs.before", board.teams.map((team) => ({ name: team.name, ids: team.members.map((member) => member.person_id) }))), list("repairs.after", after)),
    way && formView({ state, send: apply, draw, button: t("repairs.apply"), fields: [{ name: "reason", label: t("repairs.reason"), hint: t("repairs.reason.hint"), required: true }] }));
}

/** How much balance is worth how many repeats, on a slider, with the teams before and after. @param {Page} page */
async function balance(page) {
  const { cohort, plan: id } = page.params;
  page.title(() => t("balance.title"));
  const path = `v1/team-plans/${id}`;
  let plan = /** @type {Schemas["TeamPlan"]} */ ((await get(path)).data);
  const began = plan;
  /** @type {Schemas["TradeOff"] | null} */
  let curve = null;
  /** @type {unknown} */
  let problem = null;
  let busy = "";

  const find = async () => {
    busy = t("balance.finding");
    problem = null;
    page.draw();
    try {
      curve = await read();
      if (!curve) {
        const { finished } = await import("../jobs.js");
        await finished((await write("POST", `${path}/trade-off`)).data, page.signal);
        curve = await read();
      }
    } catch (error) {
      problem = error;
      report(error);
    }
    busy = "";
    page.draw();
  };
  const read = async () => {
    try {
      return /** @type {Schemas["TradeOff"]} */ ((await get(`${path}/trade-off`)).data);
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  };
  const change = async (/** @type {() => Promise<Answer<any>>} */ send, /** @type {string} */ said) => {
    busy = t("board.busy");
    page.draw();
    try {
      plan = (await send()).data;
      curve = await read();
      toast(said, plan.version !== began.version ? { label: t("undo"), run: back } : undefined);
    } catch (error) {
      problem = error;
      report(error);
    }
    busy = "";
    page.draw();
  };
  /** Where the slider was moved to while something else was being done: it keeps the focus meanwhile. */
  let wanted = 0;
  const next = () => {
    const point = wanted;
    wanted = 0;
    if (point) void choose(point).then(next);
  };
  const choose = (/** @type {number} */ point) => change(() => write("POST", `${path}/trade-off/choice`, { point }, { etag: `"${plan.version}"` }), t("balance.chosen"));
  const back = () => change(() => write("POST", `${path}/restorations`, { version: began.version }, { etag: `"${plan.version}"` }), t("balance.back"));
  const teams = (/** @type {string} */ title, /** @type {Schemas["TeamPlan"]} */ of) => h("section", { class: "card stack" }, h("h2", null, t(title)), of.rounds.filter((round) => !round.published_at).map((round) => [
    of.rounds.length > 1 && h("h3", null, t("board.title", { week: round.first_week })),
    round.teams.map((team) => h("p", null, h("strong", null, name(team.name)), ": ", names(team.members.map((member) => member.person.name)))),
  ]));
  page.show(() => {
    const present = curve?.points.find((point) => point.present);
    return h("div", { class: "stack", "aria-busy": busy ? "true" : null }, h("h1", null, t("balance.title")), h("p", { class: "lead" }, t("balance.lead")), problemBox(problem), busy && h("p", { role: "status" }, busy),
      curve && curve.points.length > 1 && h("div", { class: "card stack" },
        h("label", { for: "point" }, t("balance.slider")),
        h("input", { id: "point", type: "range", min: "1", max: String(curve.points.length), step: "1", value: String(present?.point ?? 1), "aria-valuetext": present ? pointText(present) : null, onchange: (/** @type {Event} */ event) => { wanted = Number(/** @type {HTMLInputElement} */ (event.currentTarget).value); if (!busy) next(); } }),
        h("div", { class: "row apart hint" }, h("span", null, t("balance.fewest")), h("span", null, t("balance.best"))),
        h("p", { "aria-live": "polite" }, present ? pointText(present) : t("balance.edited"))),
      curve && curve.points.length < 2 && h("p", { class: "card" }, t("balance.single")),
      h("div", { class: "grid wide" }, teams("repairs.before", began), plan !== began && teams("repairs.after", plan)),
      h("div", { class: "row" }, plan.version !== began.version && h("button", { type: "button", onclick: back, disabled: !!busy }, t("undo")), link(`cohorts/${cohort}/weeks/${plan.from_week}`, { class: "button main" }, t("publish.back"))));
  });
  void find();
}

/** @param {Schemas["TradeOffPoint"]} point */
const pointText = (point) => `${t("board.repeats", { count: point.repeats })} · ${t("balance.outside", { count: point.outside })}`;

export default { cohorts, "cohorts/:cohort": needs, "cohorts/:cohort/met": met, "cohorts/:cohort/repairs": repairs, "cohorts/:cohort/balance/:plan": balance };
