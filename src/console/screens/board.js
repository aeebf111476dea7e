// A week's teams: formed, rearranged, explained, published. docs/console.md says how a pick-up works.
import { Problem, announce, button, day, dialog, formView, get, h, link, listed, name, names, number, problemBox, problemText, remember, remembered, report, rich, roleName, stream, t, toast, write } from "../core.js";

/** @import { Step, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["WeekBoard"]} Board */

/** What can be undone, and done again. */
class UndoStack {
  constructor() {
    /** @type {Step[]} */ this.done = [];
    /** @type {Step[]} */ this.undone = [];
  }

  /** @param {Step} step */
  did(step) { this.done.push(step); this.undone = []; }

  async undo() {
    const step = this.done.at(-1);
    if (!step) return null;
    await step.undo();
    this.done.pop();
    this.undone.push(step);
    return step.label;
  }

  async redo() {
    const step = this.undone.at(-1);
    if (!step) return null;
    await step.redo();
    this.undone.pop();
    this.done.push(step);
    return step.label;
  }
}

/** What can be undone of each plan, as long as the page is open. @type {Map<string, UndoStack>} */
const histories = new Map();

/** @param {Page} page */
async function week(page) {
  const { cohort } = page.params;
  // `now` is the week that goes on or comes next.
  const asked = Number(page.params.week);
  /** @type {Board} */
  let board;
  try {
    board = (await get(`v1/cohorts/${cohort}/board${asked ? `?week=${asked}` : ""}`)).data;
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404 || asked < 2) throw error;
    return page.show(() => h("div", { class: "empty" }, h("h1", null, t("board.beyond", { week: asked })), link(`cohorts/${cohort}/weeks/${asked - 1}`, { class: "button main" }, t("board.week.before"))));
  }
  const number_ = board.week.number;
  const path = `v1/cohorts/${cohort}/board?week=${number_}`;
  remember("cohort", cohort);
  page.title(() => t("board.title", { week: board.week.number }));

  /** Who is picked up. @type {string | null} */
  let picked = null;
  /** What the API says of each swap with them. @type {Map<string, Schemas["SwapOption"]>} */
  let options = new Map();
  let busy = "";
  let edits = 0;
  let reads = 0;
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const asking = {};
  /** The search that is waited for. @type {Schemas["Job"] | null} */
  let job = null;
  let met = encountersOf(board);

  // ---- What is known ----

  const plan = () => /** @type {NonNullable<Board["plan"]>} */ (board.plan);
  const isDraft = () => !!board.plan && !board.plan.published_at;
  const people = () => new Map(board.students.map((student) => [student.person.id, student]));
  const nameOf = (/** @type {string} */ id) => people().get(id)?.person.name ?? "";
  const teamOf = (/** @type {string} */ id) => board.teams.find((team) => team.members.some((member) => member.person_id === id));
  const history = () => {
    const id = board.plan?.id ?? "";
    if (!histories.has(id)) histories.set(id, new UndoStack());
    return /** @type {UndoStack} */ (histories.get(id));
  };
  const locks = () => new Set(JSON.parse(remembered(`locks.${board.plan?.id}`) ?? "[]"));
  const before = (/** @type {string} */ a, /** @type {string} */ b) => met.get(a < b ? `${a} ${b}` : `${b} ${a}`) ?? [];
  const mates = (/** @type {string} */ id, /** @type {string} */ but = "") => (teamOf(id)?.members ?? []).map((member) => member.person_id).filter((one) => one !== id && one !== but);
  const cost = (/** @type {string} */ id, /** @type {string[]} */ others) => others.reduce((sum, other) => sum + before(id, other).length, 0);
  /** How many repeats more there are if two people change places, reckoned from who met whom. */
  const swapCost = (/** @type {string} */ a, /** @type {string} */ b) =>
    teamOf(a) === teamOf(b) ? 0 : cost(a, mates(b)) + cost(b, mates(a)) - cost(a, mates(a)) - cost(b, mates(b));
  const moveCost = (/** @type {string} */ a, /** @type {Board["teams"][0]} */ team) => cost(a, team.members.map((member) => member.person_id)) - cost(a, mates(a));

  /** @param {Board} now */
  function take(now) {
    board = now;
    met = encountersOf(board);
    if (picked && !teamOf(picked)) put();
    page.draw();
  }

  /** What an edit answered. @param {Schemas["TeamPlan"]} edited */
  function takePlan(edited) {
    const round = edited.rounds.find((one) => one.first_week <= number_ && number_ <= one.last_week);
    const teams = (round?.teams ?? []).map((team) => ({
      ...(board.teams.find((one) => one.id === team.id) ?? { deployed_url: null, repository_url: null, version: 1 }),
      id: team.id, name: team.name, members: team.members.map((member) => ({ person_id: member.person.id, role: member.role })),
    }));
    board = { ...board, teams, plan: { ...plan(), version: edited.version, repeats: edited.report.repeats, bound: edited.report.bound } };
  }

  /** Reads the board again, unless something is changed meanwhile. */
  async function reload() {
    const [at, turn] = [edits, ++reads];
    const now = /** @type {Board} */ ((await get(path)).data);
    if (at === edits && turn === reads && !page.signal.aborted) take(now);
  }

  // ---- Changing it ----

  /**
   * Does something to the plan that makes it another version, which can be undone.
   * @param {string} act @param {unknown} body @param {string} label
   */
  async function edit(act, body, label) {
    const { id, version } = plan();
    edits += 1;
    const edited = /** @type {Schemas["TeamPlan"]} */ ((await write("POST", `v1/team-plans/${id}/${act}`, body, { etag: `"${version}"` })).data);
    takePlan(edited);
    const after = edited.version;
    history().did({ label, undo: () => restore(version), redo: () => restore(after) });
    return label;
  }

  /** @param {number} version */
  async function restore(version) {
    const { id, version: present } = plan();
    edits += 1;
    takePlan((await write("POST", `v1/team-plans/${id}/restorations`, { version }, { etag: `"${present}"` })).data);
  }

  /**
   * Runs a change with what is shown meanwhile and what is said of it; `wanted` is what it makes of the teams, if that is known beforehand.
   * @param {() => Promise<string | null>} change @param {{ wait?: string, focus?: string | null, quiet?: boolean, wanted?: Arranged[] }} [options]
   */
  async function run(change, options = {}) {
    const { wait = "", focus = null, quiet = false, wanted } = options;
    if (busy) return;
    const was = arranged(board.teams);
    let isBehind = false;
    busy = wait || t("board.busy");
    page.draw();
    try {
      const label = await change();
      // What was read while it went on may be of before.
      edits += 1;
      // What can be undone here cannot be undone elsewhere.
      if (label && !quiet) page.signal.addEventListener("abort", toast(label, { label: t("undo"), run: undo }));
      if (label && quiet) announce(label);
    } catch (error) {
      report(error);
      isBehind = error instanceof Problem && error.status === 412;
      if (!isBehind) toast(refusalOf(error));
      edits += 1;
      await reload().catch(report);
    }
    busy = "";
    put();
    page.draw();
    if (isBehind) return beside(was, wanted ?? null, () => void run(change, options));
    if (focus) queueMicrotask(() => document.getElementById(`person-${focus}`)?.focus());
    reload().catch(report);
  }

  /** What somebody else has made of the teams beside what one wanted oneself. @param {Arranged[]} was @param {Arranged[] | null} wanted @param {() => void} again */
  async function beside(was, wanted, again) {
    const placeOf = (/** @type {Arranged[]} */ teams, /** @type {string} */ id) => teams.find((team) => team.people.includes(id))?.id;
    const side = (/** @type {string} */ key, /** @type {Arranged[]} */ teams) => h("section", { class: "card stack", "aria-label": t(key) }, h("h3", null, t(key)),
      teams.filter((team) => [was, arranged(board.teams), wanted ?? []].some((all) => all.some((one) => one.id === team.id && String(one.people) !== String(was.find((old) => old.id === team.id)?.people))))
        .map((team) => h("div", { key: team.id }, h("h4", null, name(team.name)), h("ul", { class: "plain" }, team.people.map((id) =>
          h("li", { key: id }, placeOf(was, id) === team.id ? name(nameOf(id)) : h("strong", null, h("span", { "aria-hidden": "true" }, "⇄ "), name(nameOf(id)), h("span", { class: "unseen" }, ` ${t("board.conflict.moved")}`))))))));
    announce(t("board.conflict"));
    const chosen = await dialog(t("board.conflict"), (/** @type {(value?: boolean) => void} */ close) => h("div", { class: "stack" },
      h("div", { class: "columns" }, side("board.conflict.theirs", arranged(board.teams)), wanted && side("board.conflict.yours", wanted)),
      h("p", { class: "hint" }, t("board.conflict.lead")),
      h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: () => close() }, t("board.conflict.keep")), h("button", { type: "button", onclick: () => close(true) }, t("board.conflict.too")))), { kind: "wide" });
    if (chosen) again();
  }

  const undo = () => run(async () => { const label = await history().undo(); return label && t("board.undone", { what: label }); }, { quiet: true });
  const redo = () => run(async () => { const label = await history().redo(); return label && t("board.redone", { what: label }); }, { quiet: true });
  const swap = (/** @type {string} */ a, /** @type {string} */ b) => run(() =>
    edit("swaps", { people: [a, b], week: number_ }, t(teamOf(a) === teamOf(b) ? "board.did.roles" : "board.did.swap", { a: nameOf(a), b: nameOf(b) })), { focus: a, wanted: arranged(board.teams).map((team) => ({ ...team, people: team.people.map((one) => (one === a ? b : one === b ? a : one)) })) });
  const move = (/** @type {string} */ a, /** @type {Board["teams"][0]} */ team) => run(() =>
    edit("moves", { person_id: a, to_team: team.id, week: number_ }, t("board.did.move", { who: nameOf(a), team: team.name })),
    { focus: a, wanted: arranged(board.teams).map((one) => ({ ...one, people: [...one.people.filter((id) => id !== a), ...(one.id === team.id ? [a] : [])] })) });

  const rerun = () => run(async () => {
    // A plan may have other weeks, which stay as they are.
    const whole = /** @type {Schemas["TeamPlan"]} */ ((await get(`v1/team-plans/${plan().id}`)).data);
    const others = whole.rounds.filter((round) => round.first_week > number_ || round.last_week < number_).map((round) => ({ week: round.first_week }));
    const kept = board.teams.filter((team) => locks().has(team.id)).map((team) => ({ team: team.id, week: number_ }));
    return edit("reruns", { keep: [...others, ...kept] }, t("board.did.rerun"));
  }, { wait: t("board.forming") });

  /** Until a search has ended, which somebody may stop. @param {Schemas["Job"]} begun */
  async function wait(begun) {
    const { finished } = await import("../jobs.js");
    const tell = (/** @type {Schemas["Job"] | null} */ now) => { job = now; page.draw(); };
    tell(begun);
    const { status } = await finished(begun, page.signal, tell).finally(() => tell(null));
    if (status === "cancelled") toast(t("board.stopped"));
    else await reload();
  }

  /** @param {Record<string, string>} sizes */
  async function form(sizes) {
    const team_size = { min: Number(sizes.min), max: Math.max(Number(sizes.min), Number(sizes.max)) };
    const { status, data } = await write("POST", `v1/cohorts/${cohort}/team-plans`, { from_week: number_, to_week: number_, team_size, ...(sizes.thorough ? { effort: "thorough" } : {}) });
    if (status === 202) return wait(data);
    await reload();
    announce(t("board.formed", { count: board.teams.length }));
  }

  const unpublish = () => run(async () => {
    await write("DELETE", `v1/cohorts/${cohort}/weeks/${number_}/publication`);
    await reload();
    return t("board.unpublished");
  }, { quiet: true });

  // ---- Picking up ----

  /** @param {string} id */
  function pick(id) {
    picked = id;
    options = new Map();
    announce(t("board.picked", { who: nameOf(id) }));
    page.draw();
    // What rules and balance say of it follows; repeats are known already.
    write("POST", `v1/team-plans/${plan().id}/swap-previews`, { person_id: id, week: number_ }).then((answer) => {
      if (picked !== id) return;
      options = new Map(/** @type {Schemas["SwapPreviewList"]} */ (answer.data).data.map((option) => [option.with.id, option]));
      page.draw();
    }, report);
  }

  function put() {
    picked = null;
    options = new Map();
  }

  /** @param {string} id */
  function choose(id) {
    if (!isDraft() || busy) return;
    if (picked === id) {
      put();
      announce(t("board.put", { who: nameOf(id) }));
      page.draw();
    } else if (picked) void swap(picked, id);
    else pick(id);
  }

  const drag = dragging({
    pick: (id) => { if (isDraft() && !busy && picked !== id) pick(id); },
    drop: (id, target) => {
      const person = target?.closest("[data-person]")?.getAttribute("data-person");
      const team = board.teams.find((one) => one.id === target?.closest("[data-team]")?.getAttribute("data-team"));
      if (person && person !== id) void swap(id, person);
      else if (team && team !== teamOf(id)) void move(id, team);
      else { put(); page.draw(); }
    },
    nameOf,
  });

  /** @param {KeyboardEvent} event */
  function onkey(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (document.querySelector("dialog[open]") || target.matches("input, textarea, select")) return;
    const person = target.closest("[data-person]")?.getAttribute("data-person");
    if ((event.ctrlKey || event.metaKey) && !event.altKey && /^[zy]$/i.test(event.key)) {
      event.preventDefault();
      void (event.key.toLowerCase() === "y" || event.shiftKey ? redo() : undo());
    } else if (event.key === "Escape" && picked) {
      announce(t("board.put", { who: nameOf(picked) }));
      put();
      page.draw();
    } else if (event.key === "?") void keys();
    else if (person && event.key.startsWith("Arrow")) {
      event.preventDefault();
      step(person, event.key);
    } else if (person && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === "w") void why(person);
    else if (person && !event.ctrlKey && !event.metaKey && event.key.toLowerCase() === "l") lock(/** @type {Board["teams"][0]} */ (teamOf(person)));
  }

  /** Up and down within teams, sideways between them. @param {string} from @param {string} key */
  function step(from, key) {
    const at = board.teams.findIndex((team) => team === teamOf(from));
    const within = board.teams[at].members.findIndex((member) => member.person_id === from);
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const across = key === "ArrowUp" || key === "ArrowDown" ? 0 : key === forward ? 1 : -1;
    const along = key === "ArrowUp" ? -1 : key === "ArrowDown" ? 1 : 0;
    const team = board.teams[(at + across + board.teams.length) % board.teams.length];
    const all = board.teams.flatMap((one) => one.members);
    const next = across ? team.members[Math.min(within, team.members.length - 1)] : all[(all.findIndex((one) => one.person_id === from) + along + all.length) % all.length];
    document.getElementById(`person-${next?.person_id}`)?.focus();
  }

  /** @param {Board["teams"][0]} team */
  function lock(team) {
    const now = locks();
    const isLocked = now.delete(team.id);
    if (!isLocked) now.add(team.id);
    remember(`locks.${plan().id}`, JSON.stringify([...now]));
    announce(t(isLocked ? "board.unlocked" : "board.locked", { team: team.name }));
    page.draw();
  }

  const keys = () => dialog(t("board.keys"), () => h("dl", { class: "keys" }, [["↑ ↓ ← →", "arrows"], ["Enter", "enter"], ["Esc", "escape"], ["L", "lock"], ["W", "why"], ["Ctrl Z", "undo"], ["Ctrl Y", "redo"], ["?", "help"]].map(([key, what]) =>
    [h("dt", null, key.split(" ").map((one) => [h("kbd", null, one), " "])), h("dd", null, t(`board.keys.${what}`))])));

  /** Why somebody is where they are, and what it would take to be with somebody else. @param {string} id */
  async function why(id) {
    const base = `v1/team-plans/${plan().id}/explanation?person_id=${id}`;
    /** @type {Schemas["TeamPlanExplanation"] | null} */
    let told = null;
    /** @type {Schemas["ExplainedPair"] | null} */
    let pair = null;
    /** @type {unknown} */
    let problem = null;
    const chosen = await dialog(t("board.why.title", { who: nameOf(id) }), (/** @type {(value?: [string, string]) => void} */ close, draw) => {
      const ask = async (/** @type {string} */ query) => {
        try {
          const answer = /** @type {Schemas["TeamPlanExplanation"]} */ ((await get(base + query)).data);
          if (query) pair = answer.pair ?? null;
          told = answer;
          problem = null;
        } catch (error) {
          problem = error;
          report(error);
        }
        draw();
      };
      if (!told && !problem) void ask("");
      const round = told?.rounds.find((one) => one.first_week <= number_ && number_ <= one.last_week);
      const others = board.students.filter((student) => student.person.id !== id && teamOf(student.person.id));
      return h("div", { class: "stack" }, problemBox(problem), !told && !problem && h("p", { class: "loading" }, t("loading")), round && [
        h("ul", null,
          round.with.map((mate) => h("li", null, mate.met_before
            ? rich("board.why.again", { who: name(mate.person.name), weeks: mate.weeks.map((one) => number(one)).join(", ") })
            : rich("board.why.first", { who: name(mate.person.name) }))),
          round.role && h("li", null, t("board.why.role", { role: roleName(round.role), count: round.role_before })),
          told && h("li", null, t("board.why.met", { count: told.met }))),
        round.rules.length > 0 && h("section", null, h("h3", null, t("board.why.rules")), h("ul", null, round.rules.map((rule) =>
          h("li", null, h("span", { "aria-hidden": "true" }, rule.kept ? "✓ " : "! "), ruleText(rule), " ", h("span", { class: rule.kept ? "tag good" : "tag bad" }, t(rule.kept ? "board.why.kept" : "board.why.missed")))))),
        h("div", { class: "field" }, h("label", { for: "why-other" }, t("board.why.not")),
          h("select", { id: "why-other", onchange: (/** @type {Event} */ event) => { const other = /** @type {HTMLSelectElement} */ (event.currentTarget).value; if (other) void ask(`&with=${other}&week=${number_}`); } },
            h("option", { value: "" }, "…"), others.map((student) => h("option", { value: student.person.id }, student.person.name)))),
        pair && pairView(pair, isDraft() ? close : null),
      ]);
    });
    if (chosen) void swap(chosen[0], chosen[1]);
    else document.getElementById(`person-${id}`)?.focus();
  }

  // ---- What is seen ----

  /** @param {Board["teams"][0]} team @param {{ person_id: string, role: string | null }} member */
  function personView(team, member) {
    const id = member.person_id;
    const student = people().get(id);
    const again = mates(id).filter((other) => before(id, other).length);
    const other = picked && picked !== id ? picked : null;
    const option = other ? options.get(id) : undefined;
    const delta = other ? option?.change.repeats ?? swapCost(other, id) : 0;
    const sameTeam = other && teamOf(other) === team;
    const says = !other ? null : option && !option.allowed ? { sign: "✕", kind: "bad", text: t("board.would.break") }
      : sameTeam ? { sign: "⇅", kind: "", text: t("board.would.roles") }
      : delta < 0 ? { sign: `−${number(-delta)}`, kind: "good", text: t("board.would.fewer", { count: -delta }) }
      : delta > 0 ? { sign: `+${number(delta)}`, kind: "warn", text: t("board.would.more", { count: delta }) }
      : { sign: "=", kind: "", text: t("board.would.same") };
    const balance = option && option.allowed && !sameTeam ? option.change.balance : 0;
    return h("li", { key: id },
      h(isDraft() ? "button" : "div", {
        id: `person-${id}`, class: `person${picked === id ? " picked" : ""}`, "data-person": id,
        ...(isDraft() ? { type: "button", "aria-pressed": String(picked === id), onclick: drag.click(() => choose(id)), onpointerdown: drag.down(id) } : { tabindex: "-1" }),
      },
        isDraft() && h("span", { class: "grip", "data-grip": "", "aria-hidden": "true" }, "⠿"),
        h("span", { class: "who" }, h("span", null, name(nameOf(id))),
          member.role && h("small", null, roleName(member.role)),
          again.length > 0 && h("small", { class: "again" }, h("span", { "aria-hidden": "true" }, "↻ "), rich("board.again", { who: names(again.map(nameOf)) })),
          student?.absent_on.length ? h("small", null, h("span", { "aria-hidden": "true" }, "◷ "), t("board.days", { days: student.absent_on.map((one) => day(one.date, { weekday: "short" })).join(", ") })) : null),
        says && h("span", { class: `tag ${says.kind}` }, h("span", { "aria-hidden": "true" }, says.sign), h("span", { class: "unseen" }, says.text)),
        balance ? h("span", { class: `tag ${balance > 0 ? "warn" : "good"}` }, h("span", { "aria-hidden": "true" }, balance > 0 ? "⚖ ▼" : "⚖ ▲"), h("span", { class: "unseen" }, t(balance > 0 ? "board.would.worse" : "board.would.better"))) : null));
  }

  /** @param {Board["teams"][0]} team */
  function teamView(team) {
    const isLocked = locks().has(team.id);
    const isTarget = picked && teamOf(picked) !== team;
    const delta = picked && isTarget ? moveCost(picked, team) : 0;
    return h("section", { class: `card team${isLocked ? " locked" : ""}`, key: team.id, "data-team": team.id, "aria-labelledby": `team-${team.id}` },
      h("header", { class: "row apart" }, h("h2", { id: `team-${team.id}` }, name(team.name)),
        isDraft() && h("button", { type: "button", class: "quiet", "aria-pressed": String(isLocked), onclick: () => lock(team) },
          h("span", { "aria-hidden": "true" }, isLocked ? "■" : "□"), t("board.lock"), h("span", { class: "unseen" }, name(team.name)))),
      h("ul", { class: "plain" }, team.members.map((member) => personView(team, member))),
      isTarget && h("button", { type: "button", class: "here", onclick: () => move(/** @type {string} */ (picked), team) },
        h("span", null, rich("board.move.here", { who: name(nameOf(/** @type {string} */ (picked))) }), " ", h("span", { class: "unseen" }, t("board.move.to", { team: team.name }))),
        delta !== 0 && h("span", { class: `tag ${delta < 0 ? "good" : "warn"}` }, h("span", { "aria-hidden": "true" }, delta < 0 ? `−${number(-delta)}` : `+${number(delta)}`), h("span", { class: "unseen" }, t(delta < 0 ? "board.would.fewer" : "board.would.more", { count: Math.abs(delta) })))));
  }

  function measures() {
    const { repeats, bound, broken } = plan();
    const weeks = plan().last_week - plan().first_week + 1;
    return h("div", { class: "row measures" },
      plan().published_at ? h("span", { class: "tag good" }, h("span", { "aria-hidden": "true" }, "✓"), t("board.published")) : h("span", { class: "tag" }, h("span", { "aria-hidden": "true" }, "✎"), t("board.draft")),
      repeats === 0 ? h("span", { class: "tag good" }, h("span", { "aria-hidden": "true" }, "✓"), t("board.repeats.none"))
        : h("span", { class: `tag ${repeats > bound ? "warn" : "good"}` }, h("span", { "aria-hidden": "true" }, "↻"), t("board.repeats", { count: repeats }), ` · ${t("board.bound", { count: bound })}`),
      h("span", { class: "tag" }, weeks > 1 ? t("board.round", { from: plan().first_week, to: plan().last_week, count: weeks }) : t("board.round.one")),
      broken.map((demand) => h("span", { class: "tag bad wrap" }, h("span", { "aria-hidden": "true" }, "!"), ruleText(demand))));
  }

  function aside() {
    const placed = new Set(board.teams.flatMap((team) => team.members.map((member) => member.person_id)));
    const here = board.students.filter((student) => student.status === "enrolled" && student.joined_on <= board.week.ends_on && (!student.left_on || student.left_on >= board.week.starts_on));
    const absent = here.filter((student) => student.absent);
    const left = here.filter((student) => !student.absent && !placed.has(student.person.id));
    return [
      absent.length > 0 && h("section", { class: "card" }, h("h2", null, t("board.absent")),
        h("ul", { class: "plain" }, absent.map((student) => h("li", { key: student.person.id }, name(student.person.name), student.absence_reason && h("small", null, " – ", name(student.absence_reason)))))),
      board.teams.length > 0 && left.length > 0 && h("section", { class: "card warned" }, h("h2", null, h("span", { "aria-hidden": "true" }, "! "), t("board.teamless")),
        h("p", null, names(left.map((student) => student.person.name))), h("p", { class: "hint" }, t(isDraft() ? "board.teamless.draft" : "board.teamless.published")), !isDraft() && link(`cohorts/${cohort}/repairs`, { class: "button" }, t("needs.do.repair"))),
    ];
  }

  function emptyView() {
    const count = board.students.filter((student) => student.status === "enrolled" && !student.absent).length;
    if (!count) return h("div", { class: "empty" }, h("h2", null, t("board.nobody")), h("p", { class: "lead" }, t("board.nobody.lead")), link(`start?cohort=${cohort}`, { class: "button main" }, t("board.nobody.add")));
    const sizes = ["2", "3", "4", "5", "6"].map((size) => /** @type {[string, string]} */ ([size, number(Number(size))]));
    const [least, most] = count === 5 ? ["5", "5"] : count < 3 ? ["2", "2"] : ["3", "4"];
    return h("div", { class: "empty" }, h("h2", null, t("board.none", { count })), h("p", { class: "lead" }, t("board.none.lead")),
      h("div", { class: "sizes stack" }, formView({
        state: asking, send: form, draw: page.draw, button: asking.busy ? t("board.forming") : t("board.form"),
        fields: [{ name: "min", pointer: "/team_size/min", label: t("board.size.min"), value: least, options: sizes }, { name: "max", pointer: "/team_size/max", label: t("board.size.max"), value: most, options: sizes }, { name: "thorough", type: "checkbox", label: t("board.thorough") }],
      }), job && h("p", { class: "row" }, h("span", { role: "status" }, t("board.searching")), job.progress && h("span", { class: "hint" }, number(job.progress.moves / job.progress.budget, { style: "percent" })),
        button(t("board.stop"), () => write("POST", `v1/jobs/${job?.id}/cancellation`).catch((error) => { asking.problem = error; report(error); page.draw(); })))));
  }

  document.addEventListener("keydown", onkey, { signal: page.signal });
  page.show(() => h("div", { class: "board", "aria-busy": busy ? "true" : null },
    h("header", { class: "row apart" },
      h("div", null, h("p", { class: "hint" }, name(board.cohort_name), " · ", day(board.week.starts_on), " – ", day(board.week.ends_on)),
        h("h1", null, t("board.title", { week: board.week.number }), " · ", name(board.week.topic))),
      h("nav", { class: "row weeks", "aria-label": t("board.weeks") },
        number_ > 1 && link(`cohorts/${cohort}/weeks/${number_ - 1}`, { class: "button", "aria-label": t("board.week.before") }, h("span", { class: "arrow", "aria-hidden": "true" }, "‹")),
        link(`cohorts/${cohort}/weeks/${number_ + 1}`, { class: "button", "aria-label": t("board.week.after") }, h("span", { class: "arrow", "aria-hidden": "true" }, "›")))),
    board.plan && measures(),
    board.plan && h("div", { class: "row tools" },
      isDraft() && [
        h("button", { type: "button", onclick: undo, disabled: !history().done.length, "aria-disabled": busy ? "true" : null }, h("span", { "aria-hidden": "true" }, "↶"), t("undo")),
        h("button", { type: "button", onclick: redo, disabled: !history().undone.length, "aria-disabled": busy ? "true" : null }, h("span", { "aria-hidden": "true" }, "↷"), t("redo")),
        h("button", { type: "button", onclick: rerun, "aria-disabled": busy ? "true" : null }, busy || t(locks().size ? "board.rerun.rest" : "board.rerun")),
        link(`cohorts/${cohort}/balance/${plan().id}`, { class: "button" }, t("board.balance")),
        link(`cohorts/${cohort}/weeks/${number_}/publish`, { class: "button main" }, t("board.publish")),
      ],
      !isDraft() && [
        link(`cohorts/${cohort}/weeks/${number_}/publish`, { class: "button" }, t("board.share")),
        h("button", { type: "button", class: "quiet", onclick: unpublish, "aria-disabled": busy ? "true" : null }, t("board.unpublish")),
      ],
      h("button", { type: "button", class: "icon", "aria-label": t("board.keys"), onclick: keys }, "?")),
    board.plan ? h("div", { class: "teams" }, board.teams.map(teamView), aside()) : [emptyView(), h("div", { class: "teams" }, aside())],
    picked && h("div", { class: "held", role: "group", "aria-label": t("board.held", { who: nameOf(picked) }) },
      h("strong", null, name(nameOf(picked))), h("span", { class: "hint" }, t("board.held.hint")),
      h("label", { class: "unseen", for: "move-to" }, t("board.move")),
      h("select", { id: "move-to", onchange: (/** @type {Event} */ event) => { const team = board.teams.find((one) => one.id === /** @type {HTMLSelectElement} */ (event.currentTarget).value); if (team && picked) void move(picked, team); } },
        h("option", { value: "" }, t("board.move")), board.teams.filter((team) => team !== teamOf(/** @type {string} */ (picked))).map((team) => h("option", { value: team.id }, team.name))),
      h("button", { type: "button", onclick: () => why(/** @type {string} */ (picked)) }, t("board.why")),
      h("button", { type: "button", class: "quiet", onclick: () => choose(/** @type {string} */ (picked)) }, t("board.put.down")))));

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  stream.listen(page, (change) => {
    if (change && change.cohort_id !== cohort) return;
    clearTimeout(soon);
    soon = setTimeout(() => {
      const known = board.plan?.version, at = edits;
      reload().then(() => { if (known && at === edits && board.plan?.version !== known) announce(t("board.changed")); }, report);
    }, 400);
  });

  if (!board.plan) {
    const [begun] = (await get(`v1/cohorts/${cohort}/jobs?status=queued,running&limit=1`)).data.data;
    if (begun) void wait(begun).catch(report);
  }
  if (page.params.form && !board.plan && board.students.length) {
    window.history.replaceState(null, "", `#/cohorts/${cohort}/weeks/${number_}`);
    const count = board.students.filter((student) => !student.absent).length;
    asking.busy = true;
    page.draw();
    await form(count === 5 ? { min: "5", max: "5" } : { min: count < 3 ? "2" : "3", max: count < 3 ? "2" : "4" }).catch((error) => { asking.problem = error; report(error); });
    asking.busy = false;
    page.draw();
  }
}

/** Teams as one compares them. @typedef {{ id: string, name: string, people: string[] }} Arranged */
/** @param {Board["teams"]} teams @returns {Arranged[]} */
const arranged = (teams) => teams.map((team) => ({ id: team.id, name: team.name, people: team.members.map((member) => member.person_id) }));

/** Pairs that were in one team in other rounds, each as `a b`, with the weeks. @param {Board} board @returns {Map<string, number[]>} */
function encountersOf(board) {
  const own = board.plan?.first_week;
  return new Map(board.encounters.map(({ people: [a, b], weeks }) => [a < b ? `${a} ${b}` : `${b} ${a}`, weeks.filter((week) => week !== own)]));
}

/** A demand in one's own language. @param {{ kind: Schemas["DemandKind"], rule?: Schemas["PairKind"] | null, people: Schemas["PersonName"][], description: string }} demand */
function ruleText(demand) {
  const key = demand.kind === "pair_rule" ? `rule.${demand.rule}` : `rule.${demand.kind}`;
  return rich(key, { people: h("span", null, names(demand.people.map((person) => person.name))) });
}

/** Why an edit was refused: the demands that it would break, if those are it. @param {unknown} error */
function refusalOf(error) {
  const breaks = error instanceof Problem ? /** @type {Schemas["TeamDemand"][]} */ (error.data.breaks ?? []) : [];
  const texts = breaks.map((demand) => t(demand.kind === "pair_rule" ? `rule.${demand.rule}` : `rule.${demand.kind}`, { people: listed(demand.people.map((person) => person.name)) }));
  return breaks.length ? `${t("board.refused")} ${texts.join(" · ")}` : problemText(error);
}

/** @param {Schemas["ExplainedPair"]} pair @param {((value: [string, string]) => void) | null} close */
function pairView(pair, close) {
  const { otherwise, planned_anew: anew } = pair;
  return h("section", { class: "card", "aria-live": "polite" },
    h("p", null, rich(pair.together ? "board.why.together" : "board.why.apart", { who: name(pair.other.name) })),
    pair.demands.length > 0 && h("ul", null, pair.demands.map((demand) => h("li", null, ruleText(demand)))),
    pair.other_weeks.length > 0 && h("p", null, t("board.why.weeks", { weeks: pair.other_weeks.map((one) => number(one)).join(", ") })),
    otherwise && h("p", null, rich("board.why.otherwise", { people: h("span", null, names(otherwise.swap.map((person) => person.name))) }), " ",
      t(otherwise.change.repeats > 0 ? "board.would.more" : otherwise.change.repeats < 0 ? "board.would.fewer" : "board.would.same", { count: Math.abs(otherwise.change.repeats) }), "."),
    otherwise && close && h("button", { type: "button", onclick: () => close([otherwise.swap[0].id, otherwise.swap[1].id]) }, t("board.why.do")),
    anew && h("p", { class: "hint" }, t("board.why.anew", { least: anew.repeats_at_least, most: anew.repeats_at_most })));
}

/**
 * Dragging by pointer: with a mouse by any part of a name, by touch by its grip, so that a list can still be scrolled.
 * @param {{ pick: (id: string) => void, drop: (id: string, target: Element | null) => void, nameOf: (id: string) => string }} on
 */
function dragging(on) {
  let wasDragged = false;
  return {
    /** A click that does not end a drag. @param {() => void} act */
    click: (act) => () => { if (wasDragged) wasDragged = false; else act(); },
    /** @param {string} id */
    down: (id) => (/** @type {PointerEvent} */ event) => {
      const isGrip = !!(/** @type {Element} */ (event.target).closest("[data-grip]"));
      if (event.button !== 0 || (event.pointerType === "touch" && !isGrip)) return;
      wasDragged = false;
      const from = { x: event.clientX, y: event.clientY };
      /** @type {HTMLElement | null} */
      let ghost = null;
      /** @type {Element | null} */
      let over = null;
      const ends = new AbortController();
      const move = (/** @type {PointerEvent} */ moved) => {
        if (!ghost && Math.hypot(moved.clientX - from.x, moved.clientY - from.y) < 6) return;
        if (!ghost) {
          on.pick(id);
          ghost = document.createElement("div");
          ghost.className = "ghost";
          ghost.textContent = on.nameOf(id);
          document.body.append(ghost);
        }
        ghost.style.setProperty("translate", `${moved.clientX}px ${moved.clientY}px`);
        const now = document.elementFromPoint(moved.clientX, moved.clientY);
        const target = now?.closest("[data-person]") ?? now?.closest("[data-team]") ?? null;
        if (target === over) return;
        over?.classList.remove("over");
        target?.classList.add("over");
        over = target;
      };
      const end = (/** @type {PointerEvent} */ ended) => {
        ends.abort();
        over?.classList.remove("over");
        if (!ghost) return;
        ghost.remove();
        wasDragged = true;
        // No click follows where the pointer comes up elsewhere.
        setTimeout(() => { wasDragged = false; });
        on.drop(id, ended.type === "pointerup" ? document.elementFromPoint(ended.clientX, ended.clientY) : null);
      };
      document.addEventListener("pointermove", move, { signal: ends.signal });
      document.addEventListener("pointerup", end, { signal: ends.signal });
      document.addEventListener("pointercancel", end, { signal: ends.signal });
    },
  };
}

export default { "cohorts/:cohort/weeks/:week": week };
