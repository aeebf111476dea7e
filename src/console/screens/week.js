// A student's week, for a phone: everything of it in one answer.
import { Offline, Problem, asOf, button, cameTag, day, dialog, follow, formView, h, language, link, load, name, names, onSent, outside, ownZone, problemBox, report, rich, roleName, t, tell, time, toast, waitingHere, write } from "../core.js";

/** @import { Answer, Child, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["MyWeek"]} Week */
/** @typedef {Schemas["EventInWeek"]} Happening */

const MINUTE = 60_000;
const DATE = /** @type {const} */ ({ day: "numeric", month: "short" });
const CLOCK = /** @type {const} */ ({ hour: "numeric", minute: "2-digit" });

/** @param {string} from @param {string} to */
const between = (from, to) => new Intl.DateTimeFormat(language, { ...CLOCK, timeZone: "UTC" }).formatRange(new Date(`${from}Z`), new Date(`${to}Z`));
/** @param {string} instant @param {string} timeZone @param {Intl.DateTimeFormatOptions} options */
const inZone = (instant, timeZone, options) => new Intl.DateTimeFormat(language, { ...options, timeZone }).format(new Date(instant));
/** @param {string} local @param {Intl.DateTimeFormatOptions} options */
const local = (local, options) => inZone(`${local}Z`, "UTC", options);

/** @param {string} zone */
const cityOf = (zone) => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** How far away a moment is. @param {string} instant */
function distance(instant) {
  const hours = (Date.parse(instant) - Date.now()) / (60 * MINUTE);
  const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return Math.abs(hours) < 36 ? words.format(Math.round(hours), "hour") : words.format(Math.round(hours / 24), "day");
}

/** @param {string} title @param {...Child} inside */
const card = (title, ...inside) => h("section", { class: "card stack", key: title }, h("h2", null, title), inside);

/** @param {Page} page */
async function week(page) {
  const { week: number_, cohort } = page.params;
  const query = new URLSearchParams({ ...(number_ ? { week: number_ } : {}), ...(cohort ? { cohort_id: cohort } : {}) }).toString();
  const path = `v1/me/week${query && `?${query}`}`;
  /** @type {Answer<Week> | null} */
  let answer = null;
  /** @type {unknown} */
  let problem = null;
  page.title(() => t("nav.week"));
  const draw = () => page.show(() => (answer ? view(page, answer, act) : problem ? missing(problem) : h("p", { class: "loading" }, t("loading"))));
  const read = async () => {
    try {
      await load(page, path, (now) => { answer = now; draw(); });
    } catch (error) {
      if (page.signal.aborted) return;
      if (answer) return report(error);
      problem = error;
      draw();
    }
  };
  /** Does something, says what went wrong, and reads the week again. @param {() => Promise<unknown>} todo @param {string} [done] */
  const act = async (todo, done) => {
    try {
      const result = /** @type {{ queued?: boolean } | undefined} */ (await todo());
      if (done && !result?.queued) toast(done);
      await read();
    } catch (error) {
      tell(error);
    }
  };
  onSent(page, read);
  await read();
  follow(page, (change) => change.cohort_id === answer?.data.cohort.id, read);
}

/** Without a cohort, or with several. @param {unknown} problem */
function missing(problem) {
  if (problem instanceof Problem && problem.code === "several_cohorts") {
    return h("section", { class: "narrow stack" }, h("h1", null, t("week.which")),
      h("ul", { class: "plain stack" }, problem.data.cohorts.map((/** @type {{ id: string, name: string }} */ one) => h("li", null, link(`week?cohort=${one.id}`, { class: "button" }, name(one.name))))));
  }
  if (problem instanceof Problem && problem.code === "no_cohort") {
    return h("section", { class: "empty" }, h("h1", null, t("week.none")), h("p", null, t("week.none.lead")), link("manual", { class: "button main" }, t("week.manual.write")));
  }
  return h("section", { class: "narrow stack" }, h("h1", null, t("failed.title")), problemBox(problem), link("week", { class: "button" }, t("failed.again")));
}

/** @typedef {(todo: () => Promise<unknown>, done?: string) => Promise<void>} Act */

/** @param {Page} page @param {Answer<Week>} answer @param {Act} act */
function view(page, answer, act) {
  const { data } = answer;
  const { cohort, week: now, team } = data;
  const zone = cohort.time_zone;
  const to = (/** @type {number} */ to) => `week?week=${to}${page.params.cohort ? `&cohort=${page.params.cohort}` : ""}`;
  return [
    h("header", { class: "head" },
      h("p", { class: "lead row" }, h("span", null, rich("week.of", { cohort: name(cohort.name), week: now.number })), asOf(answer)),
      h("h1", null, now.topic ? name(now.topic) : t("week.number", { week: now.number })),
      h("nav", { class: "row", "aria-label": t("week.others") },
        now.number > 1 && link(to(now.number - 1), { class: "button", "aria-label": t("week.before") }, h("span", { class: "turn" }, "‹")),
        h("span", null, `${day(now.starts_on, DATE)} – ${day(now.ends_on, DATE)}`),
        link(to(now.number + 1), { class: "button", "aria-label": t("week.after") }, h("span", { class: "turn" }, "›")))),
    waitingHere("v1/teams/", "v1/events/", "v1/actions/", "v1/projects/", `v1/cohorts/${cohort.id}/`),
    h("div", { class: "columns" },
      work(data, act), teamCard(data),
      timetable(data, act), reviews(data), actions(data, act), mentors(data, zone), hints(data, act),
      card(t("week.more"), h("ul", { class: "plain links" },
        [[`cohorts/${cohort.id}/weeks/${now.number}/retros`, "week.retro"], ...(team ? [[`teams/${team.id}/feedback?week=${now.number}`, "week.feedback"]] : []), [`cohorts/${cohort.id}/discoveries`, "nav.discoveries"], [`cohorts/${cohort.id}/office-hours`, "week.hours"], [`cohorts/${cohort.id}/walks`, "week.walks"], [`me/${cohort.id}/products`, "week.products"], [`me/${cohort.id}/attendance`, "week.attendance"], ["log", "week.log"], ["manual", "week.manual"]]
          .map(([path, key]) => h("li", null, link(path, null, t(key)))),
        data.feedback_open.filter((one) => one.team.id !== team?.id).map((one) => h("li", { key: one.team.id }, link(`teams/${one.team.id}/feedback`, null, t("week.feedback"), ": ", name(one.team.name)), " ", h("small", null, t("review.until", { at: day(one.until) }))))))),
  ];
}

/** @param {Week} data @param {Act} act */
function work({ week: now, work: due, team, cohort }, act) {
  const { project } = now;
  if (!project) return card(t("week.project"), h("p", { class: "lead" }, t("week.project.none")));
  const dueAt = due?.due_at ?? project.due_at;
  const sent = due?.submission;
  const isOver = !!dueAt && Date.parse(dueAt) < Date.now();
  const state = sent?.late ? ["warn", "◷ ", t("week.late")] : sent ? ["good", "✓ ", t("week.sent")] : isOver ? ["bad", "! ", t("week.overdue")] : ["", "○ ", t("week.unsent")];
  return h("section", { class: "card stack first", key: "work" },
    h("div", { class: "row apart" }, h("h2", null, name(project.title)), team && h("span", { class: `tag ${state[0]}` }, state[1], state[2])),
    dueAt && h("p", null, h("strong", null, t("week.due", { when: distance(dueAt) })), h("br"), h("small", null, time(dueAt, cohort.time_zone), due?.extended && ` · ${t("week.extended")}`)),
    sent && h("p", null, h("small", null, rich("week.version", { number: sent.number, at: time(sent.submitted_at, cohort.time_zone) }))),
    team && h("div", { class: "row" },
      button(t(sent ? "week.submit.again" : "week.submit"), () => submit(team, now, act), sent ? null : "main")),
    team && (team.repository_url || team.deployed_url) && h("p", { class: "links" }, outside(team.repository_url, t("week.code")), outside(team.deployed_url, t("week.app"))),
    (project.brief || project.outcomes.length > 0) && h("details", null, h("summary", null, t("week.brief")), h("div", { class: "prose", dir: "auto" }, project.brief),
      project.outcomes.length > 0 && h("ul", { dir: "auto" }, project.outcomes.map((one) => h("li", null, one)))));
}

/** @param {Schemas["OwnPlace"]} team @param {Schemas["Week"]} now @param {Act} act */
function submit(team, now, act) {
  /** @type {{ problem?: unknown }} */
  const state = {};
  void dialog(t("week.submit"), (close, draw) => formView({
    state, draw, button: t("week.submit"),
    fields: [
      { name: "repository_url", label: t("week.submit.code"), type: "url", dir: "ltr", required: true, value: team.repository_url ?? "" },
      { name: "deployed_url", label: t("week.submit.app"), hint: t("week.submit.app.hint"), type: "url", dir: "ltr", value: team.deployed_url ?? "" },
      { name: "notes", label: t("week.submit.notes"), rows: 3, dir: "auto" },
    ],
    send: async (values) => {
      const body = { week: now.number, repository_url: values.repository_url, deployed_url: values.deployed_url || null, ...(values.notes ? { notes: values.notes } : {}) };
      const answer = await write("POST", `v1/teams/${team.id}/submissions`, body, { later: t("week.submit.what", { team: team.name }) });
      close();
      await act(async () => answer, answer.queued ? undefined : t("week.submit.done", { number: answer.data.number }));
    },
  }));
}

/** @param {Week} data */
function teamCard({ team, week: now }) {
  if (!team) {
    return h("section", { class: "empty", key: "team" }, h("h2", null, t("week.unpublished")), h("p", null, t("week.unpublished.lead")),
      now.number > 1 && link(`week?week=${now.number - 1}`, { class: "button" }, t("week.before")));
  }
  return h("section", { class: "card stack", key: "team" },
    h("div", { class: "row apart" }, h("h2", null, name(team.name)), team.role && h("span", { class: "tag good" }, "★ ", t("week.role", { role: roleName(team.role) }))),
    h("ul", { class: "plain list" }, team.mates.map((mate) => h("li", { key: mate.person.id, class: "row apart" },
      h("span", null, name(mate.person.name), h("br"), h("small", null, mate.last_met_in ? t("week.met", { week: mate.last_met_in }) : t("week.new.lead"))),
      h("span", { class: "row" }, !mate.met_before && h("span", { class: "tag good" }, "✦ ", t("week.new")),
        mate.manual && link(`people/${mate.person.id}/manual`, { class: "button", "aria-label": t("week.manual.of", { who: mate.person.name }) }, t("week.manual.read")))))),
    h("details", null, h("summary", null, t("week.why")), h("p", { lang: "en", dir: "ltr", class: "prose" }, team.explanation)));
}

/** @param {Week} data @param {Act} act */
function timetable({ timetable: all, cohort }, act) {
  const own = ownZone();
  const zone = cohort.time_zone;
  const differs = all.some((one) => inZone(one.starts_at, own, CLOCK) !== inZone(one.starts_at, zone, CLOCK));
  const days = [...new Set(all.map((one) => one.starts_local.slice(0, 10)))];
  if (!all.length) return card(t("week.timetable"), h("p", { class: "lead" }, t("week.timetable.none")));
  return h("section", { class: "card stack", key: "timetable" }, h("h2", null, t("week.timetable")),
    differs && h("p", { class: "hint" }, rich("week.zones", { campus: name(cityOf(zone)), own: name(cityOf(own)) })),
    days.map((date) => h("div", { key: date }, h("h3", null, day(date, { weekday: "long", day: "numeric", month: "long" })),
      h("ul", { class: "plain list" }, all.filter((one) => one.starts_local.startsWith(date)).map((one) => happening(one, differs ? own : null, act))))));
}

/** @param {Happening} one @param {string | null} own one's own zone, where it differs @param {Act} act */
function happening(one, own, act) {
  const begins = Date.parse(one.starts_at);
  const isOpen = one.status === "planned" && Date.now() > begins - 15 * MINUTE && Date.now() < Date.parse(one.ends_at);
  const isLong = one.starts_local.slice(0, 10) !== one.ends_local.slice(0, 10);
  const checkIn = () => (one.check_in === "code" ? askCode(one, act) : act(() => arrive(one, {}), t("week.checkin.done")));
  return h("li", { key: one.id, class: one.status === "cancelled" ? "event off" : "event" },
    h("span", { class: "clock" }, h("time", { datetime: one.starts_at }, isLong ? local(one.starts_local, CLOCK) : between(one.starts_local, one.ends_local)),
      isLong && h("small", null, t("review.until", { at: day(one.ends_local.slice(0, 10)) })),
      own && h("small", null, t("week.yours", { at: inZone(one.starts_at, own, inZone(one.starts_at, own, { weekday: "short" }) === local(one.starts_local, { weekday: "short" }) ? CLOCK : { ...CLOCK, weekday: "short" }) }))),
    h("span", { class: "what" }, name(one.title), (one.place || one.url) && h("small", { class: "row" }, one.place && name(one.place), outside(one.url, t("week.join")))),
    one.status === "cancelled" && h("span", { class: "tag warn" }, "✕ ", t("week.cancelled")),
    one.optional && h("span", { class: "tag" }, "○ ", t("week.optional")),
    one.my_attendance ? cameTag(one.my_attendance)
      : isOpen && button(t("week.checkin"), checkIn, "main", t("week.checkin.to", { what: one.title })));
}

/** A check-in that waits for a network keeps its time. @param {Happening} one @param {{ code?: string }} body */
async function arrive(one, body) {
  const arrived = new Date().toISOString();
  const path = `v1/events/${one.id}/attendance/me`;
  try {
    return await write("PUT", path, body);
  } catch (error) {
    if (!(error instanceof Offline)) throw error;
    return write("PUT", path, { ...body, arrived_at: arrived }, { later: t("week.checkin.to", { what: one.title }) });
  }
}

/** @param {Happening} one @param {Act} act */
function askCode(one, act) {
  const state = {};
  void dialog(t("week.checkin.to", { what: one.title }), (close, draw) => formView({
    state, draw, button: t("week.checkin"),
    fields: [{ name: "code", label: t("week.checkin.code"), hint: t("week.checkin.hint"), inputmode: "numeric", autocomplete: "off", dir: "ltr", required: true }],
    send: async ({ code }) => {
      const answer = await arrive(one, { code });
      close();
      await act(async () => answer, t("week.checkin.done"));
    },
  }));
}

/** @param {Week} data */
function reviews({ reviewing, reviewed_by: reviewedBy, team }) {
  if (!team) return null;
  const part = (/** @type {string} */ key, /** @type {string} */ as, /** @type {Schemas["OwnReview"][]} */ all) => all.length > 0 && h("div", { key }, h("h3", null, t(key)),
    h("ul", { class: "plain list" }, all.map((one) => h("li", { key: one.id }, link(`reviews/${one.id}?as=${as}`, { class: "row apart whole" }, name(one.team.name), reviewTag(one.status))))));
  return card(t("week.reviews"), part("week.reviews.us", "reviewer", reviewing), part("week.reviews.them", "reviewed", reviewedBy),
    !reviewing.length && !reviewedBy.length && h("p", { class: "lead" }, t("week.reviews.none")));
}

/** @param {Schemas["ReviewStatus"]} status */
const reviewTag = (status) => h("span", { class: `tag ${{ assigned: "warn", done: "good", abandoned: "bad" }[status]}` }, { assigned: "○ ", done: "✓ ", abandoned: "! " }[status], t(`review.status.${status}`));

/** @param {Week} data @param {Act} act */
function actions({ open_actions: all }, act) {
  const change = (/** @type {Schemas["Action"]} */ one, /** @type {Schemas["ActionStatus"]} */ status) => write("PATCH", `v1/actions/${one.id}`, { status }, { later: one.text });
  const done = (/** @type {Schemas["Action"]} */ one) => act(async () => {
    const answer = await change(one, "done");
    if (!answer.queued) toast(t("week.action.done"), { label: t("undo"), run: () => act(() => change(one, "open")) });
    return answer;
  });
  return card(t("week.actions"), all.length ? h("ul", { class: "plain list" }, all.map((one) => h("li", { key: one.id, class: "row apart" },
    h("span", { class: "clip" }, name(one.text), h("br"), h("small", null, one.owner ? name(one.owner.name) : t("week.action.nobody"), ` · ${t("week.action.by", { day: day(one.due_on) })}`)),
    h("span", { class: "row" }, one.due_on < new Date().toISOString().slice(0, 10) && h("span", { class: "tag bad" }, "! ", t("week.overdue")),
      button(`✓ ${t("week.action.finish")}`, () => done(one), null, t("week.action.do", { what: one.text })))))) : h("p", { class: "lead" }, t("week.actions.none")));
}

/** @param {Week} data @param {string} zone */
function mentors({ mentoring, walk, office_hours: booked, cohort }, zone) {
  return card(t("week.mentors"), mentoring.length ? h("ul", { class: "plain list" }, mentoring.map((one) => h("li", { key: one.id, class: "row apart" },
    h("span", null, one.mentors.length ? names(one.mentors) : h("span", { class: "lead" }, t("week.mentors.nobody")),
      one.starts_at && h("span", null, h("br"), h("small", null, time(one.starts_at, zone)))),
    h("span", { class: "tag" }, t(`week.kind.${one.kind}`))))) : h("p", { class: "lead" }, t("week.mentors.none")),
    booked.map((one) => h("p", { class: "row", key: one.slot_id }, h("span", { class: "tag good" }, "✓ "), link(`cohorts/${cohort.id}/office-hours`, null, t("week.hours")), time(one.starts_at, zone), names(one.mentors))),
    walk ? h("p", { class: "row" }, h("span", { class: "tag good" }, "✓ "), link(`cohorts/${cohort.id}/walks`, null, t("week.walks")), walk.starts_at && time(walk.starts_at, zone), names(walk.mentors), walk.place && name(walk.place), outside(walk.url, t("week.join")))
      : mentoring.some((one) => one.kind === "pastoral") && link(`cohorts/${cohort.id}/walks`, { class: "button" }, t("week.walks.choose")));
}

/** @param {Week} data @param {Act} act */
function hints({ week: now, hints: all, hint_count: count, team }, act) {
  const { project } = now;
  if (!project?.open) return null;
  const next = all.length + 1;
  const ask = () => act(() => write("POST", `v1/projects/${project.id}/hints/requests`, { number: next }));
  return card(t("week.hints"), project.question && h("p", { dir: "auto" }, h("strong", null, project.question)),
    h("div", { "aria-live": "polite" }, all.length > 0 && h("ol", { class: "stack" }, all.map((one) => h("li", { key: one.number, class: "prose", dir: "auto" }, one.body)))),
    count > all.length && team ? [h("p", { class: "hint" }, t("week.hints.left", { count: count - all.length })),
      button(t("week.hints.ask", { number: next }), ask)] : h("p", { class: "hint" }, t("week.hints.none")));
}

export default { week };
