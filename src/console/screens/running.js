// A running cohort for its staff: who came, and the logs that students share.
import { CAME, button, cohortTabs, follow, get, h, lines, link, name, number, part, partsScreen, t, time, toast, today, write } from "../core.js";

/** @import { Page, Parts, Schemas } from "../types.js" */

// ---- Who came --------------------------------------------------------------------------------------------------------

/** @param {Page} page */
const attendance = (page) => partsScreen(page, "campus.attendance", () => everybody(page), () => cohortTabs(page.params.cohort, "attendance"));

/** For staff: what took place in the last days, and how often each was there. @param {Page} page @returns {Parts} */
function everybody(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["Event"][]} */ let events = [];
  /** @type {Schemas["StudentAttendance"][]} */ let all = [];
  const load = async () => {
    const [past, counted] = await Promise.all([get(`${at}/events?from=${today(null, -6)}&to=${today(null, 1)}&status=planned&limit=30`), get(`${at}/attendance`)]);
    events = past.data.data.filter((/** @type {Schemas["Event"]} */ one) => Date.parse(one.starts_at) < Date.now() + 900_000).reverse();
    all = counted.data.data;
  };
  return {
    load,
    view: () => [
      part(t("presence.sessions"), lines("presence.nosessions", events.map((one) => h("li", { class: "row apart", key: one.id },
        h("span", null, link(`events/${one.id}`, { class: "out" }, name(one.title)), h("br"), h("small", null, time(one.starts_at, one.time_zone))), one.optional && h("span", { class: "tag" }, "○ ", t("presence.optional")))))),
      part(t("presence.students"), all.length ? h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("presence.students") }, h("table", null,
        h("thead", null, h("tr", null, ["presence.who", "presence.there", "came.late", "came.excused"].map((key) => h("th", { scope: "col", key }, t(key))))),
        h("tbody", null, all.map((one) => h("tr", { key: one.person.id }, h("th", { scope: "row" }, name(one.person.name)),
          h("td", null, t("presence.of", { have: one.attended, want: one.expected })), h("td", null, number(one.late)), h("td", null, number(one.excused))))))) : h("p", { class: "empty" }, t("presence.nobody"))),
    ],
  };
}

/** Who was at one session, for staff. @param {Page} page */
function event(page) {
  const at = `v1/events/${page.params.event}`;
  /** @type {Schemas["Event"] | null} */ let here = null;
  /** @type {Schemas["EventAttendance"][]} */ let all = [];
  const note = (/** @type {string} */ person, /** @type {Schemas["AttendanceStatus"] | null | undefined} */ status) => status ? write("PUT", `${at}/attendance/${person}`, { status }) : write("DELETE", `${at}/attendance/${person}`);
  return partsScreen(page, "presence.title", (act) => {
    const load = async () => {
      const [shown, who] = await Promise.all([here ? { data: here } : get(at), get(`${at}/attendance`)]);
      [here, all] = [shown.data, who.data.data];
    };
    follow(page, (change) => /attendance/.test(change.kind), load);
    const rest = () => all.filter((one) => one.expected && !one.status);
    const everyone = () => act(async () => {
      const noted = rest();
      for (const one of noted) await note(one.person.id, "present");
      toast(t("saved"), { label: t("undo"), run: () => void act(async () => { for (const one of noted) await note(one.person.id, null); }) });
    });
    return {
      load,
      view: () => here && [
        h("p", { class: "links" }, link(`cohorts/${here.cohort_id}/attendance`, null, t("campus.attendance"))),
        part(here.title, h("p", { class: "lead" }, time(here.starts_at, here.time_zone)),
          here.check_in_code && h("p", { class: "made" }, t("presence.code"), " ", h("strong", { dir: "ltr" }, here.check_in_code)),
          rest().length > 0 && h("div", { class: "row" }, button(t("presence.all", { count: rest().length }), everyone, "main")),
          lines("presence.nobody", all.map((one) => h("li", { class: "row apart", key: one.person.id },
            h("span", null, name(one.person.name), !one.expected && h("span", { class: "tag" }, "○ ", t("presence.visitor")), one.arrived_at && [h("br"), h("small", null, time(one.arrived_at, here?.time_zone))]),
            h("span", { class: "row", role: "group", "aria-label": one.person.name }, Object.entries(CAME).map(([status, [, sign]]) => h("button", {
              type: "button", key: status, "aria-pressed": String(one.status === status), onclick: () => act(() => note(one.person.id, one.status === status ? null : /** @type {Schemas["AttendanceStatus"]} */ (status))),
            }, sign, t(`came.${status}`)))))))),
      ],
    };
  });
}

// ---- Logs that students share ------------------------------------------------------------------------------------------

/** @param {Page} page */
function logs(page) {
  const { cohort, person = "" } = page.params;
  const path = `v1/cohorts/${cohort}/progress-logs?limit=20${person && `&person_id=${person}`}`;
  /** @type {Schemas["SharedProgressLog"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  return partsScreen(page, "campus.logs", () => {
    const load = async () => {
      const { data } = await get(path);
      [all, more] = [data.data, data.page.next_cursor];
    };
    follow(page, (change) => /progress_log/.test(change.kind), load);
    return {
      load,
      view: () => [
        h("p", { class: "lead" }, t("logs.lead")),
        person && h("p", { class: "links" }, link(`cohorts/${cohort}/logs`, null, t("logs.all"))),
        part(all.length && person ? all[0].person.name : t("campus.logs"), lines("logs.none", all.map((one) => h("li", { key: one.id, class: "stack" },
          h("div", { class: "row apart" }, person ? name(one.person.name) : link(`cohorts/${cohort}/logs?person=${one.person.id}`, { class: "out" }, name(one.person.name)), h("small", null, time(one.created_at))),
          h("p", { class: "prose", dir: "auto" }, one.text)))),
          more && button(t("more"), async () => {
            const { data } = await get(`${path}&cursor=${more}`);
            all = [...all, ...data.data];
            more = data.page.next_cursor;
            page.draw();
          })),
      ],
    };
  }, () => cohortTabs(cohort, "logs"));
}

export default { "cohorts/:cohort/attendance": attendance, "events/:event": event, "cohorts/:cohort/logs": logs };
