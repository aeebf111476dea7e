// A student's own in a cohort, beside the week: whether they came, what they got; and walks, for all who have to do with them.
import { button, cameTag, day, dialog, follow, formView, get, h, is, language, lines, link, me, name, names, number, onSent, outside, part, partsScreen, rich, roleName, studies, t, time, toast, today, waitingHere, write } from "../core.js";

/** @import { Act, Child, FormState, Page, Schemas } from "../types.js" */

/** @param {string} cohort */
const runs = (cohort) => is("organiser", "facilitator") && !studies(cohort);

/** What leads on from a screen, by who one is. @param {Page} page */
const onward = ({ params: { cohort } }) => h("nav", { class: "links", "aria-label": t("nav.own") }, runs(cohort) ? link(`cohorts/${cohort}`, null, t("nav.needs"))
  : studies(cohort) ? [link("week", null, t("nav.week")), link(`cohorts/${cohort}/walks`, null, t("walks.title")), link(`me/${cohort}/attendance`, null, t("mine.title")), link(`cohorts/${cohort}/fairness`, null, t("fair.title"))]
    : is("alumnus") ? link("mentoring", null, t("nav.mentoring")) : is("pastoral_carer") && link(`cohorts/${cohort}/care`, null, t("nav.care")));

// ---- Walks -----------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function walks(page) {
  const { cohort } = page.params;
  /** @type {Schemas["Walk"][]} */ let all = [];
  const at = (/** @type {string} */ slot) => `v1/mentor-slots/${slot}/walk/places/me`;
  const when = (/** @type {Schemas["Walk"]} */ one) => [t("week.number", { week: one.week }), one.starts_at && [" · ", time(one.starts_at, one.time_zone ?? undefined)]];
  const text = (/** @type {Schemas["Walk"]} */ one) => `${t("week.number", { week: one.week })}${one.starts_at ? ` · ${new Date(one.starts_at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short", timeZone: one.time_zone ?? undefined })}` : ""}`;
  return partsScreen(page, "walks.title", (act) => {
    const join = (/** @type {Schemas["Walk"]} */ one) => act(async () => {
      const { queued } = await write("PUT", at(one.slot_id), undefined, { later: text(one) });
      if (!queued) toast(t("walks.joined"), { label: t("undo"), run: () => void act(() => write("DELETE", at(one.slot_id))) });
    });
    const leave = (/** @type {Schemas["Walk"]} */ one) => act(async () => {
      await write("DELETE", at(one.slot_id));
      toast(t("walks.left"), { label: t("undo"), run: () => void join(one) });
    });
    const load = async () => { all = (await get(`v1/cohorts/${cohort}/walks`)).data.data; };
    follow(page, (change) => /walk|mentor_slot/.test(change.kind), load);
    onSent(page, () => void load().then(page.draw, () => {}));
    return {
      load,
      view: () => [
        h("p", { class: "lead" }, t(studies(cohort) ? "walks.lead.student" : "walks.lead")),
        waitingHere("v1/mentor-slots/"),
        part(t("walks.list"), lines("walks.none", all.map((one) => {
          const free = one.places - one.taken;
          return h("li", { class: "stack", key: one.slot_id },
            h("div", { class: "row apart" }, h("strong", null, when(one)),
              one.mine ? h("span", { class: "tag good" }, "✓ ", t("walks.mine")) : free > 0 ? h("span", { class: "tag" }, "○ ", t("walks.free", { count: free })) : h("span", { class: "tag" }, "● ", t("walks.full"))),
            h("p", null, one.mentors.length ? rich("walks.with", { who: h("span", null, names(one.mentors)) }) : t("walks.alone")),
            (one.place || one.url) && h("p", { class: "row" }, one.place && name(one.place), outside(one.url, t("walks.url"))),
            one.walkers && h("p", { class: "hint" }, one.walkers.length ? one.walkers.map((who, index) => [index > 0 && " · ", name(who.name)]) : t("walks.nobody", { count: one.taken })),
            h("div", { class: "row" },
              studies(cohort) && (one.mine ? button(t("walks.leave"), () => leave(one), "quiet", `${t("walks.leave")}: ${text(one)}`) : free > 0 && button(t("walks.join"), () => join(one), "main", `${t("walks.join")}: ${text(one)}`))));
        }))),
        runs(cohort) && h("p", { class: "links" }, h("span", { class: "hint" }, t("walks.noslots")), link(`cohorts/${cohort}/mentors`, null, t("fair.mentors"))),
      ],
    };
  }, () => onward(page));
}

// ---- Who came --------------------------------------------------------------------------------------------------------

/** A student's own, and when they cannot come. @param {Page} page */
function attendance(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["StudentAttendance"] | undefined} */ let own;
  /** @type {Schemas["MyWeek"] | null} */ let data = null;
  const load = async () => {
    const [counted, week] = await Promise.all([get(`${at}/attendance`), get(`v1/me/week?cohort_id=${page.params.cohort}`)]);
    [own, data] = [counted.data.data[0], week.data];
  };
  const absences = (/** @type {Schemas["MyWeek"]} */ { absent_in: weeks, absent_on: on, week }) => [
    ...weeks.filter((one) => one >= week.number).map((one) => ({ path: `${at}/weeks/${one}/absences/${me?.id}`, text: t("week.number", { week: one }) })),
    ...on.filter((one) => one >= week.starts_on).map((one) => ({ path: `${at}/absences/${me?.id}/${one}`, text: day(one) })),
  ];
  onSent(page, () => void load().then(page.draw, () => {}));
  return partsScreen(page, "mine.title", (act) => {
    const back = (/** @type {{ path: string, text: string }} */ one) => act(async () => {
      const { queued } = await write("DELETE", one.path, undefined, { later: t("absence.undo", { when: one.text }) });
      if (!queued) toast(t("absence.back"));
    });
    return {
      load,
      view: () => data && [
        waitingHere(at),
        part(t("mine.sofar"), own && own.expected > 0 ? h("p", null, t("mine.counted", { have: own.attended, want: own.expected }), own.late > 0 && [" ", t("mine.counted.late", { count: own.late })], own.excused > 0 && [" ", t("mine.counted.excused", { count: own.excused })]) : h("p", { class: "empty" }, t("mine.nothing")),
          h("h3", null, t("week.number", { week: data.week.number })), lines("mine.nosessions", data.timetable.filter((one) => one.status === "planned" && (one.my_attendance || Date.parse(one.ends_at) < Date.now())).map((one) => h("li", { class: "row apart", key: one.id },
            h("span", null, name(one.title), h("br"), h("small", null, time(one.starts_at, data?.cohort.time_zone))), one.my_attendance ? cameTag(one.my_attendance) : h("span", { class: "tag" }, "○ ", t("mine.unknown")))))),
        part(t("absence.title"), absences(data).length > 0 && h("ul", { class: "plain lines" }, absences(data).map((one) => h("li", { key: one.path, class: "row apart" }, h("span", null, "– ", one.text),
          button(t("undo"), () => back(one), "quiet", t("absence.undo", { when: one.text }))))),
          h("p", { class: "hint" }, t("absence.lead")), h("div", { class: "row" }, button(t("absence.add"), () => data && beAbsent(at, data, act)))),
      ],
    };
  }, () => onward(page));
}

/** What is over is the staff's to note. @param {string} base @param {Schemas["MyWeek"]} data @param {Act} act */
function beAbsent(base, { cohort, week: now }, act) {
  /** @type {FormState} */ const state = {};
  /** @type {[string, string][]} */ const when = [];
  const first = today(cohort.time_zone);
  for (let at = new Date(`${first > now.starts_on ? first : now.starts_on}T12:00Z`); at <= new Date(`${now.ends_on}T12:00Z`); at = new Date(+at + 86_400_000)) {
    const date = at.toISOString().slice(0, 10);
    when.push([`absences/${me?.id}/${date}`, day(date, { weekday: "long", day: "numeric", month: "long" })]);
  }
  for (const week of first > now.ends_on ? [now.number + 1] : [now.number, now.number + 1]) when.push([`weeks/${week}/absences/${me?.id}`, t("absence.whole", { week })]);
  void dialog(t("absence.add"), (close, draw) => formView({
    state, draw, button: t("absence.button"),
    fields: [{ name: "when", label: t("absence.when"), options: when }, { name: "reason", label: t("absence.reason"), hint: t("absence.hint"), dir: "auto" }],
    send: async ({ when: which, reason }) => {
      const { queued } = await write("PUT", `${base}/${which}`, reason ? { reason } : {}, { later: t("absence.what", { when: when.find(([key]) => key === which)?.[1] }) });
      close();
      await act(async () => { if (!queued) toast(t("absence.done"), { label: t("undo"), run: () => void act(() => write("DELETE", `${base}/${which}`)) }); });
    },
  }));
}

// ---- What everybody got --------------------------------------------------------------------------------------------------

const STUDENT = /** @type {const} */ (["rounds", "repeats", "smaller_team", "reviews_assigned", "reviews_done", "reviews_had"]);
const MENTOR = /** @type {const} */ (["places", "wishes", "wishes_granted", "waited", "waited_with_success", "draws_lost"]);

/** @param {number} value */
const about = (value) => number(value, { maximumFractionDigits: 1 });

/** One's own beside the average. @param {readonly string[]} keys @param {any} share @param {any} average */
const beside = (keys, share, average) => h("table", null, h("thead", null, h("tr", null, ["fair.what", "fair.mine", "fair.average"].map((key) => h("th", { scope: "col", key }, t(key))))),
  h("tbody", null, keys.map((key) => h("tr", { key }, h("th", { scope: "row" }, t(`fair.${key}`)), h("td", null, about(share[key])), h("td", null, average ? about(average[key]) : "–"))),
    Object.entries(share.roles ?? {}).map(([role, count]) => h("tr", { key: role }, h("th", { scope: "row" }, roleName(role)), h("td", null, number(/** @type {number} */ (count))), h("td", null, average ? about(average.roles[role] ?? 0) : "–")))));

/** @param {readonly string[]} keys @returns {[string, (one: any) => Child][]} */
const measures = (keys) => keys.map((key) => [t(`fair.${key}`), (one) => about(one[key])]);

/** A row for each, of columns with their heads. @param {string} title @param {[head: string, cell: (one: any) => Child][]} columns @param {any[]} rows */
const table = (title, columns, rows) => part(title, rows.length ? h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": title }, h("table", null,
  h("thead", null, h("tr", null, [t("fair.who"), ...columns.map(([head]) => head)].map((head) => h("th", { scope: "col", key: head }, head)))),
  h("tbody", null, rows.map((one) => h("tr", { key: one.person.id }, h("th", { scope: "row", style: { "white-space": "nowrap" } }, name(one.person.name)), columns.map(([head, cell]) => h("td", { key: head }, cell(one)))))))) : h("p", { class: "empty" }, t("fair.nobody")));

/** Who was what how often, and last. @param {Schemas["RoleLedger"]} ledger */
const roleTable = (ledger) => ledger.roles.length > 0 && table(t("fair.roles"), [
  ...ledger.roles.map((role) => /** @type {[string, (one: any) => Child]} */ ([roleName(role), (one) => number(one.roles[role] ?? 0)])),
  [t("fair.last"), (one) => one.last_role ? [roleName(one.last_role), " · ", t("week.number", { week: one.last_week })] : "–"]], ledger.data);

/** How much of a measure somebody has. @param {any} share @param {string} measure */
const amount = (share, measure) => about((measure.startsWith("roles.") ? share.roles?.[measure.slice(6)] : share[measure]) ?? 0);

/** What is uneven: in English by the API's own sentence, else by what `said` tells. @param {Schemas["FairnessNote"][]} notes @param {(one: Schemas["FairnessNote"]) => Child} said */
const uneven = (notes, said) => notes.length > 0 && part(t("fair.uneven"), h("ul", { class: "plain lines" }, notes.map((one) => h("li", { key: one.person.id + one.measure },
  h("strong", null, one.measure.startsWith("roles.") ? roleName(one.measure.slice(6)) : t(`fair.${one.measure}`)), " ", language === "en" ? one.detail : said(one)))));

/** @param {Page} page */
function fairness(page) {
  const { cohort } = page.params;
  /** @type {Schemas["Fairness"] | null} */ let all = null;
  /** @type {Schemas["RoleLedger"] | null} */ let ledger = null;
  /** @type {Schemas["OwnFairness"] | null} */ let own = null;
  return partsScreen(page, "fair.title", () => ({
    load: async () => {
      if (runs(cohort)) [all, ledger] = (await Promise.all([get(`v1/cohorts/${cohort}/fairness`), get(`v1/cohorts/${cohort}/role-ledger`)])).map((one) => one.data);
      else own = (await get(`v1/me/fairness?cohort_id=${cohort}`)).data;
    },
    view: () => all ? [h("p", { class: "lead" }, t("fair.lead.staff")), uneven(all.notes, ({ person, measure }) => [name(person.name), " · ", amount([...(all?.students ?? []), ...(all?.mentors ?? [])].find((one) => one.person.id === person.id) ?? {}, measure)]), table(t("fair.students"), measures(STUDENT), all.students), ledger && roleTable(ledger), table(t("fair.mentors"), measures(MENTOR), all.mentors)] : own && [
      h("p", { class: "lead" }, t("fair.lead")),
      own.student && part(t("fair.student"), beside(STUDENT, own.student.share, own.student.average)), own.mentor && part(t("fair.mentor"), beside(MENTOR, own.mentor.share, own.mentor.average)),
      !own.student && !own.mentor && h("p", { class: "empty" }, t("fair.nobody")),
      uneven(own.notes, ({ measure }) => `${t("fair.mine")} ${amount(own?.student?.share ?? {}, measure)} · ${t("fair.average")} ${measure === "smaller_team" ? about(own?.student?.share.smaller_team_share ?? 0) : amount(own?.student?.average ?? {}, measure)}`),
    ],
  }), () => onward(page));
}

export default { "cohorts/:cohort/walks": walks, "me/:cohort/attendance": attendance, "cohorts/:cohort/fairness": fairness };
