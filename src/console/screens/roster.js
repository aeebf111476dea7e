// The roster of a cohort: its students in a grid, tables in and out, invitations, absences and who is kept apart or together.
import { button, cohortTabs, day, dialog, download, every, follow, formView, get, h, language, lines, name, names, number, problemBox, report, t, time, toast, today, write } from "../core.js";

/** @import { Child, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["EnrolmentView"]} Enrolment */

/** @param {Page} page */
async function roster(page) {
  page.title(() => t("roster.title"));
  const { cohort } = page.params;
  const at = `v1/cohorts/${cohort}`;
  /** @type {Enrolment[]} */ let students = [];
  /** @type {Map<string, Schemas["StudentAttendance"]>} */ let attendance = new Map();
  /** @type {Schemas["InvitationView"][] | null} */ let invitations = null;
  /** @type {Schemas["PairRuleView"][] | null} */ let rules = null;
  /** Of whole weeks, and of days to come. @type {((Schemas["AbsenceView"] | Schemas["DayAbsence"]) & { path: string })[] | null} */ let absences = null;
  /** @type {unknown} */ let problem;
  let sought = "";
  const load = async () => {
    const [all, came] = await Promise.all([every(`${at}/enrolments?limit=100`, { signal: page.signal }), get(`${at}/attendance`, { signal: page.signal })]);
    students = all;
    attendance = new Map(came.data.data.map((/** @type {Schemas["StudentAttendance"]} */ one) => [one.person.id, one]));
  };
  const more = { invitations: async () => { invitations = await every(`${at}/invitations?limit=100&status=pending`); },
    rules: async () => { rules = await every(`${at}/pair-rules?limit=100`); },
    absences: async () => {
      const [weeks, dates] = await Promise.all([every(`${at}/absences?limit=100`), every(`${at}/day-absences?from=${today()}&limit=100`)]);
      absences = [...weeks.map((one) => ({ ...one, path: `${at}/weeks/${one.week}/absences/${one.person.id}` })), ...dates.map((one) => ({ ...one, path: `${at}/absences/${one.person.id}/${one.date}` }))];
    } };
  const act = async (/** @type {() => Promise<unknown>} */ one, then = load) => {
    problem = undefined;
    try { await one(); await then(); } catch (error) { problem = error; report(error); }
    page.draw();
  };
  await load();
  follow(page, (change) => change.kind.startsWith("enrolment"), load);

  const patch = (/** @type {Enrolment} */ one, /** @type {Record<string, unknown>} */ now, /** @type {Record<string, unknown>} */ before, /** @type {string} */ said) => act(async () => {
    await write("PATCH", `${at}/enrolments/${one.person.id}`, now);
    toast(said, { label: t("undo"), run: () => void act(() => write("PATCH", `${at}/enrolments/${one.person.id}`, before)) });
  });
  const claim = async (/** @type {Enrolment} */ one) => {
    const { data } = await write("POST", `${at}/enrolments/${one.person.id}/claim-links`);
    const url = `${location.origin}${location.pathname}#/join?as=claim&code=${data.code}`;
    await dialog(t("roster.claim"), () => h("div", { class: "stack" }, h("p", null, t("roster.claim.lead")), h("input", { readonly: true, dir: "ltr", value: url, class: "copied", "aria-label": t("roster.claim") }),
      h("div", { class: "row" }, button(t("account.copy"), () => navigator.clipboard.writeText(url).then(() => toast(t("account.copied")), report), "main")), h("p", { class: "hint" }, t("account.until"), " ", time(data.expires_at))));
  };
  const table = async () => (await get(`${at}/enrolments/export`, { accept: "text/csv" })).data;
  const save = () => act(async () => download("students.csv", await table(), "text/csv"));
  const copy = () => act(async () => {
    const rows = students.map((one) => [one.person.name, one.person.email ?? "", one.experience ?? "", one.joined_on].join("\t"));
    await navigator.clipboard.writeText([["name", "email", "experience", "joined_on"].join("\t"), ...rows].join("\n"));
    toast(t("account.copied"));
  });

  const row = (/** @type {Enrolment} */ one) => {
    const came = attendance.get(one.person.id);
    const left = one.status !== "enrolled";
    return h("tr", { key: one.person.id, class: left ? "left" : null },
      h("th", { scope: "row" }, name(one.person.name), one.person.email && h("span", { class: "hint", dir: "ltr" }, one.person.email)),
      h("td", null, left ? h("span", { class: "tag" }, "– ", t(`enrolment.${one.status}`)) : one.person.claimed ? h("span", { class: "tag good" }, "✓ ", t("enrolment.enrolled")) : h("span", { class: "tag warn" }, "◷ ", t("roster.unclaimed"))),
      h("td", null, h("select", { "aria-label": t("roster.experience.of", { who: one.person.name }), value: String(one.experience ?? ""), onchange: (/** @type {any} */ event) => patch(one, { experience: event.target.value === "" ? null : Number(event.target.value) }, { experience: one.experience ?? null }, t("saved")) },
        ["", "0", "1", "2", "3", "4", "5"].map((level) => h("option", { value: level, selected: level === String(one.experience ?? "") }, level === "" ? "–" : number(Number(level)))))),
      h("td", null, came && came.expected > 0 ? [t("mentors.of", { have: came.attended, want: came.expected }), came.late > 0 && h("span", { class: "tag warn" }, "◷ ", t("roster.late", { count: came.late }))] : "–"),
      h("td", null, h("div", { class: "row" },
        !one.person.claimed && !left && button(t("roster.claim"), () => claim(one).catch((error) => { problem = error; page.draw(); }), "quiet", `${t("roster.claim")}: ${one.person.name}`),
        one.status === "enrolled" && button(t("roster.withdraw"), () => patch(one, { status: "withdrawn" }, { status: "enrolled" }, t("roster.withdrawn", { who: one.person.name })), "quiet", `${t("roster.withdraw")}: ${one.person.name}`),
        one.status === "withdrawn" && button(t("roster.reenrol"), () => patch(one, { status: "enrolled" }, { status: "withdrawn" }, t("roster.back", { who: one.person.name })), "quiet", `${t("roster.reenrol")}: ${one.person.name}`))));
  };
  const section = (/** @type {"invitations" | "rules" | "absences"} */ key, /** @type {readonly unknown[] | null} */ all, /** @type {() => Child} */ view) =>
    h("details", { key, ontoggle: (/** @type {any} */ event) => event.target.open && !all && act(async () => {}, more[key]) }, h("summary", null, t(`roster.${key}`)), all ? view() : h("p", { class: "loading" }, t("loading")));
  /** @type {FormState} */ const ruleState = {};
  /** @type {FormState} */ const absenceState = {};

  page.show(() => {
    const shown = students.filter((one) => `${one.person.name} ${one.person.email ?? ""}`.toLocaleLowerCase(language).includes(sought.toLocaleLowerCase(language)));
    const here = /** @type {[string, string][]} */ (students.filter((one) => one.status === "enrolled").map((one) => [one.person.id, one.person.name]));
    return h("div", { class: "stack" },
      cohortTabs(cohort, "roster"),
      h("div", { class: "row apart" }, h("h1", null, t("roster.title")), h("div", { class: "row" }, students.length > 0 && [button(t("roster.copy"), copy), button(t("roster.export"), save)], button(t("roster.add"), () => paste(at, () => act(async () => {})), "main"))),
      problemBox(problem),
      students.length === 0 ? h("div", { class: "empty" }, h("p", null, t("roster.empty"))) : [
        h("div", { class: "row apart" }, h("p", { class: "hint" }, t("roster.count", { count: here.length })),
          h("div", { class: "field" }, h("label", { for: "sought", class: "unseen" }, t("roster.search")), h("input", { id: "sought", type: "search", value: sought, placeholder: t("roster.search"), oninput: (/** @type {any} */ event) => { sought = event.target.value; page.draw(); } }))),
        h("div", { class: "scroll card", role: "region", tabindex: 0, "aria-label": t("roster.title") }, h("table", { class: "roster" }, h("thead", null, h("tr", null, ["who", "status", "experience", "attendance", "act"].map((key) => h("th", { scope: "col", key }, t(`roster.${key}`))))), h("tbody", null, shown.map(row))))],
      section("invitations", invitations, () => invitations?.length ? h("ul", { class: "plain lines" }, invitations.map((one) => h("li", { class: "row apart", key: one.id }, h("span", null, name(one.name), " ", h("span", { class: "hint", dir: "ltr" }, one.email), " ", h("small", null, t("account.until"), " ", time(one.expires_at))),
        h("span", { class: "row" }, button(t("roster.resend"), () => act(async () => { await write("POST", `${at}/enrolments`, { email: one.email, name: one.name, ...(one.person_id ? { person_id: one.person_id } : {}) }); toast(t("roster.resent")); }, more.invitations), undefined, `${t("roster.resend")}: ${one.name}`),
          button(t("roster.revoke"), () => act(async () => { await write("DELETE", `v1/invitations/${one.id}`); toast(t("roster.revoked"), { label: t("roster.resend"), run: () => void act(() => write("POST", `${at}/enrolments`, { email: one.email, name: one.name }), more.invitations) }); }, more.invitations), "quiet", `${t("roster.revoke")}: ${one.name}`))))) : h("p", { class: "empty" }, t("roster.noinvitations"))),
      section("rules", rules, () => h("div", { class: "stack" },
        rules?.length ? h("ul", { class: "plain lines" }, rules.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, h("span", { class: "tag" }, one.kind === "apart" ? "⇹ " : "⇄ ", t(`rule.${one.kind}`)), " ", names(one.people), (one.from_week || one.to_week) && h("small", null, " · ", t("roster.weeks", { from: one.from_week ?? 1, to: one.to_week ?? "…" }))),
          button(t("account.remove"), () => act(async () => {
            await write("DELETE", `v1/pair-rules/${one.id}`);
            toast(t("roster.ruleremoved"), { label: t("undo"), run: () => void act(() => write("POST", `${at}/pair-rules`, { kind: one.kind, people: one.people.map((each) => each.id), from_week: one.from_week, to_week: one.to_week }), more.rules) });
          }, more.rules), "quiet", t("remove.what", { what: one.people.map((each) => each.name).join(", ") }))))) : h("p", { class: "empty" }, t("roster.norules")),
        here.length > 1 && formView({ state: ruleState, draw: page.draw, button: t("roster.addrule"),
          fields: [{ name: "kind", label: t("roster.rule"), value: "apart", options: [["apart", t("rule.apart")], ["together", t("rule.together")]] }, { name: "one", pointer: "/people/0", label: t("roster.first"), value: here[0][0], options: here }, { name: "other", pointer: "/people", label: t("roster.second"), value: here[1][0], options: here }],
          send: async (values) => { await write("POST", `${at}/pair-rules`, { kind: values.kind, people: [values.one, values.other] }); await more.rules(); toast(t("saved")); } }))),
      section("absences", absences, () => h("div", { class: "stack" },
        lines("roster.noabsences", (absences ?? []).map((one) => {
          const when = "date" in one ? day(one.date) : t("slot.number", { week: one.week });
          return h("li", { class: "row apart", key: one.path }, h("span", null, name(one.person.name), " · ", when, one.reason && [" · ", name(one.reason)]),
            button(t("account.remove"), () => act(async () => {
              await write("DELETE", one.path);
              toast(t("roster.present"), { label: t("undo"), run: () => void act(() => write("PUT", one.path, { reason: one.reason }), more.absences) });
            }, more.absences), "quiet", t("remove.what", { what: `${one.person.name}, ${when}` })));
        })),
        here.length > 0 && formView({ state: absenceState, draw: page.draw, button: t("roster.absent"),
          fields: [{ name: "person", label: t("roster.who"), options: here }, { name: "date", type: "date", label: t("days.date"), value: today() }, { name: "reason", label: t("roster.reason"), hint: t("roster.reason.hint"), dir: "auto" }],
          send: async ({ person, date, reason }) => {
            await write("PUT", `${at}/absences/${person}/${date}`, reason ? { reason } : {});
            await more.absences();
            /** @type {HTMLInputElement} */ (document.getElementById("field-reason")).value = "";
            toast(t("saved"));
          } }))));
  });
}

const HEADINGS = /^\s*"?(e-?mail|name|full name|person_id|first name)\b/im;

/** A table as it is pasted, with a first row that names its columns. @param {string} text */
function withHeadings(text) {
  const [first = ""] = text.split("\n");
  const separator = ["\t", ";", ","].find((one) => first.includes(one)) ?? "\t";
  if (HEADINGS.test(first.split(separator).join("\n"))) return text;
  /** @type {string[]} */
  const cells = first.split(separator).map((cell) => (cell.includes("@") ? "email" : /^\s*[0-5]\s*$/.test(cell) ? "experience" : ""));
  cells[cells.indexOf("")] = "name";
  return `${cells.map((cell, at) => cell || `column_${at + 1}`).join(separator)}\n${text}`;
}

const SIGNS = /** @type {Record<string, [string, string]>} */ ({ enrolled: ["good", "+ "], invited: ["good", "✉ "], updated: ["good", "✎ "], error: ["bad", "✕ "] });

/** Students out of a spreadsheet, tried before anything is changed. @param {string} at @param {() => Promise<void>} load */
function paste(at, load) {
  let text = "";
  /** @type {Schemas["ImportOutcome"] | null} */ let outcome = null;
  /** @type {unknown} */ let problem;
  return dialog(t("roster.add"), (close, draw) => {
    const send = async (/** @type {boolean} */ isTry) => {
      problem = undefined;
      try {
        const { data } = await write("POST", `${at}/enrolments/import?skip_unknown=true${isTry ? "&dry_run=true" : ""}`, withHeadings(text), { type: "text/csv" });
        if (isTry) outcome = data;
        else { toast(t("roster.imported", { count: data.summary.enrolled + data.summary.invited + data.summary.updated })); close(); await load(); }
      } catch (error) { problem = error; outcome = null; report(error); }
      draw();
    };
    const file = async (/** @type {any} */ event) => { text = await event.target.files[0].text(); await send(true); };
    const fresh = outcome ? outcome.summary.enrolled + outcome.summary.invited + outcome.summary.updated : 0;
    return h("div", { class: "stack" }, h("p", { class: "lead" }, t("roster.add.lead")), problemBox(problem),
      h("div", { class: "field" }, h("label", { for: "table" }, t("roster.table")), h("textarea", { id: "table", rows: 7, dir: "auto", value: text, oninput: (/** @type {any} */ event) => { text = event.target.value; outcome = null; draw(); } })),
      h("div", { class: "field" }, h("label", { for: "file" }, t("roster.file")), h("input", { id: "file", type: "file", accept: ".csv,.tsv,.txt,text/csv", onchange: file })),
      outcome && [
        outcome.skipped_columns.length > 0 && h("p", { class: "hint" }, t("roster.skipped", { columns: outcome.skipped_columns.join(", ") })),
        h("ul", { class: "plain lines", "aria-label": t("roster.result") }, outcome.rows.map((one) => h("li", { key: one.line }, h("div", { class: "row apart" }, h("span", null, name(one.name || one.email), one.name && one.email && h("span", { class: "hint", dir: "ltr" }, " ", one.email)),
          h("span", { class: `tag ${SIGNS[one.outcome]?.[0] ?? ""}` }, SIGNS[one.outcome]?.[1] ?? "= ", t(`import.${one.outcome}`))), one.errors.map((error) => h("p", { class: "wrong", key: error.column ?? "" }, name(error.column ?? ""), ": ", language === "en" ? error.detail : t("field.invalid"))))))],
      h("div", { class: "row" }, outcome && !outcome.summary.errors && fresh > 0 ? button(t("roster.enter", { count: fresh }), () => send(false), "main") : h("button", { type: "button", class: "main", disabled: !text.trim(), onclick: () => send(true) }, t("roster.try"))));
  }, { kind: "wide" });
}

export default { "cohorts/:cohort/roster": roster };
