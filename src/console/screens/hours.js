// Office hours: stretches of time that mentors offer, and students book in short times.
import { button, day, dialog, every, follow, formView, get, h, is, language, link, listed, me, name, names, onSent, outside, ownZone, partsScreen, studies, t, toast, waitingHere, write } from "../core.js";

/** @import { Act, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["OfficeHours"]} Hours */
/** @typedef {Schemas["OfficeHoursTime"]} Time */

/** When a time begins, by the clocks of the campus and by one's own where they differ. @param {Time} one @param {string | null} zone */
function clock({ starts_at: at }, zone) {
  const by = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone }).format(new Date(at));
  const [there, here] = [by(zone ?? ownZone()), by(ownZone())];
  return here === there ? there : t("time.both", { there, here });
}

/** The day and hours of all. @param {Hours} hours */
const span = ({ times, time_zone: zone }) => new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long", hour: "numeric", minute: "2-digit", timeZone: zone ?? ownZone() })
  .formatRange(new Date(times[0].starts_at), new Date(/** @type {Time} */ (times.at(-1)).ends_at));

/** @param {Page} page */
function office(page) {
  const { cohort } = page.params;
  const at = `v1/cohorts/${cohort}`;
  const isStudent = studies(cohort), isStaff = !isStudent && is("organiser", "facilitator");
  /** @type {Hours[]} */ let all = [];
  let forTeam = false;
  const isOver = (/** @type {Time} */ one) => Date.parse(one.ends_at) < Date.now();
  const load = async () => {
    const { data } = /** @type {Schemas["OfficeHoursPage"]} */ ((await get(`${at}/office-hours`)).data);
    all = data.filter(({ times }) => times.some((one) => !isOver(one))).sort((a, b) => a.times[0].starts_at.localeCompare(b.times[0].starts_at));
  };
  return partsScreen(page, "hours.title", (act) => {
    follow(page, (change) => /mentor_slot|sign_up|notification/.test(change.kind), load);
    onSent(page, () => void load().then(page.draw, () => {}));
    const booking = (/** @type {Hours} */ hours, /** @type {Time} */ one) => `v1/mentor-slots/${hours.slot_id}/times/${one.number}/booking`;
    const text = (/** @type {Hours} */ hours, /** @type {Time} */ one) => `${day(one.starts_local.slice(0, 10))}, ${clock(one, hours.time_zone)}, ${listed(hours.mentors.map((who) => who.name))}`;
    const book = (/** @type {Hours} */ hours, /** @type {Time} */ one, team = forTeam) => act(async () => {
      const { queued } = await write("PUT", booking(hours, one), { for_team: team }, { later: text(hours, one) });
      if (!queued) toast(t("hours.booked"), { label: t("undo"), run: () => void act(() => write("DELETE", booking(hours, one))) });
    });
    const giveBack = (/** @type {Hours} */ hours, /** @type {Time} */ one) => act(async () => {
      await write("DELETE", booking(hours, one));
      toast(t("hours.given"), isStudent ? { label: t("undo"), run: () => void book(hours, one, !!one.team) } : undefined);
    });
    /** Of several one can have one. @param {Hours} hours */
    const offered = ({ times }) => (times.some((one) => one.mine) ? times.filter((one) => one.mine) : times);
    /** What a student may do about a time. @param {Hours} hours @param {Time} one */
    const choice = (hours, one) => {
      const when = clock(one, hours.time_zone);
      if (one.mine) return [h("span", { class: "tag good" }, "✓ ", when, " · ", one.team ? name(one.team.name) : t("hours.mine")), !isOver(one) && button(t("hours.giveback"), () => giveBack(hours, one), "quiet", `${t("hours.giveback")}: ${text(hours, one)}`)];
      if (one.booked || isOver(one)) return h("span", { class: "tag" }, "– ", when, one.booked && [" · ", t("hours.taken")]);
      return button(when, () => book(hours, one), null, `${t("hours.book")}: ${text(hours, one)}`);
    };
    /** What is booked, for those who hold them and staff. @param {Hours} hours @param {Time} one @param {boolean} isOurs */
    const booked = (hours, one, isOurs) => h("li", { class: "row apart", key: one.number },
      h("span", null, clock(one, hours.time_zone), " ", one.booked_by ? [name(one.booked_by.name), one.team && [" · ", name(one.team.name)]] : h("span", { class: one.booked ? "tag" : "tag good" }, one.booked ? "● " : "○ ", t(one.booked ? "hours.taken" : "hours.free"))),
      isOurs && one.booked && !isOver(one) && button(t("hours.calloff"), () => giveBack(hours, one), "quiet", `${t("hours.calloff")}: ${text(hours, one)}`));
    const callOff = (/** @type {Hours} */ hours, /** @type {boolean} */ isMine) => {
      const count = hours.times.filter((one) => one.booked && !isOver(one)).length;
      const run = () => act(async () => {
        await write("DELETE", `v1/mentor-slots/${hours.slot_id}${isMine ? "/sign-ups/me" : ""}`);
        toast(t("hours.off"), isMine && !count ? { label: t("undo"), run: () => void hold(hours) } : undefined);
      });
      // What is booked does not come back.
      if (isMine && !count) return run();
      void dialog(t("hours.off.all"), (close) => h("div", { class: "stack" }, h("p", null, span(hours)), h("p", null, t("hours.off.lead", { count })), h("div", { class: "row" }, button(t("hours.off.all"), () => { close(); void run(); }, "danger"))));
    };
    const hold = (/** @type {Hours} */ hours) => act(() => write("POST", `v1/mentor-slots/${hours.slot_id}/sign-ups`));
    const card = (/** @type {Hours} */ hours) => {
      const isMine = hours.mentors.some((who) => who.id === me?.id);
      const title = span(hours);
      return h("section", { class: "card stack part", key: hours.slot_id, "aria-label": `${title}, ${listed(hours.mentors.map((who) => who.name))}` },
        h("div", { class: "row apart" }, h("h2", null, title), h("span", { class: "tag" }, t(`hours.kind.${hours.kind}`))),
        h("p", { class: "hint" }, hours.mentors.length ? names(hours.mentors) : t("hours.nobody"), hours.place && [" · ", name(hours.place)]),
        hours.url && h("p", null, outside(hours.url)),
        isStudent ? h("ul", { class: "plain row" }, offered(hours).map((one) => h("li", { class: "row", key: one.number }, choice(hours, one))))
          : h("ul", { class: "plain lines" }, hours.times.map((one) => booked(hours, one, isMine || isStaff))),
        !isStudent && h("div", { class: "row" },
          !hours.mentors.length && button(t("hours.hold"), () => hold(hours), "main", `${t("hours.hold")}: ${title}`),
          (isMine || isStaff) && button(t("hours.off.all"), () => callOff(hours, isMine && !isStaff), "quiet", `${t("hours.off.all")}: ${title}`)));
    };
    return {
      load,
      view: () => {
        const shown = isStudent ? all.filter((hours) => hours.mentors.length) : all;
        const weeks = [...new Set(shown.map((hours) => hours.week))];
        return [
          h("p", { class: "lead" }, t(isStudent ? "hours.lead.student" : "hours.lead")),
          waitingHere("v1/mentor-slots/"),
          isStudent ? shown.length > 0 && h("div", { class: "field" }, h("label", { for: "who" }, t("hours.who")), h("select", { id: "who", class: "short", onchange: (/** @type {any} */ event) => { forTeam = event.target.value === "team"; page.draw(); } },
            ["me", "team"].map((one) => h("option", { value: one, key: one, selected: forTeam === (one === "team") }, t(`hours.who.${one}`)))))
            : h("div", { class: "row" }, button(t("hours.offer"), () => offer(at, act, isStaff), "main"), isStaff && button(t("hours.ask"), () => ask(at, act))),
          !shown.length && h("p", { class: "empty" }, t(isStudent ? "hours.none.student" : "hours.none")),
          weeks.map((week, index) => h("details", { key: week, open: !index }, h("summary", null, t("week.number", { week })), h("div", { class: "stack" }, shown.filter((hours) => hours.week === week).map(card)))),
        ];
      },
    };
  }, () => h("nav", { class: "links", "aria-label": t("nav.own") }, isStudent ? [link("week", null, t("nav.week")), link(`cohorts/${cohort}/walks`, null, t("hours.walks"))] : link(isStaff ? `cohorts/${cohort}/mentors` : "mentoring", null, t(isStaff ? "hours.mentors" : "nav.mentoring"))));
}

/** The week of a day, and those after it. @param {string} at @param {string} date @returns {Promise<number[]>} */
const weeksFrom = async (at, date) => (await every(`${at}/weeks?limit=100`)).filter((/** @type {Schemas["Week"]} */ week) => week.ends_on >= date).map((/** @type {Schemas["Week"]} */ week) => week.number);

const KINDS = ["project", "role", "employment", "pastoral", "week"];
/** @returns {import("../types.js").Field[]} */
const fields = () => [
  { name: "date", type: "date", label: t("hours.date") }, { name: "starts", type: "time", label: t("hours.starts"), value: "14:00" }, { name: "ends", type: "time", label: t("hours.ends"), value: "16:00" },
  { name: "minutes", label: t("hours.minutes"), type: "number", inputmode: "numeric", value: "20" }, { name: "kind", label: t("hours.for"), options: KINDS.map((kind) => [kind, t(`hours.kind.${kind}`)]) },
  { name: "place", label: t("hours.place"), dir: "auto" }, { name: "url", type: "url", label: t("hours.url"), dir: "ltr" },
];

/** One's own, once or every week. @param {string} at @param {Act} act @param {boolean} isStaff */
function offer(at, act, isStaff) {
  /** @type {FormState} */ const state = {};
  const [date, ...rest] = fields();
  void dialog(t("hours.offer"), (close, draw) => formView({
    state, draw, button: t("hours.offer"),
    fields: [date, { name: "often", label: t("hours.often"), options: ["once", "weekly"].map((one) => [one, t(`hours.often.${one}`)]) }, ...rest],
    send: async (values) => {
      const weekday = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][new Date(`${values.date}T12:00Z`).getUTCDay()];
      const { data } = /** @type {{ data: Schemas["MadeMentorSlots"] }} */ (await write("POST", `${at}/office-hours`, {
        ...(values.often === "weekly" && values.date ? { weekday, weeks: await weeksFrom(at, values.date) } : { date: values.date }),
        starts: values.starts, ends: values.ends, minutes: Number(values.minutes), kind: values.kind, place: values.place || null, url: values.url || null }));
      close();
      await act(async () => toast([data.data.length > 0 && t("hours.made", { count: data.data.length }), ...data.left_out.map((one) => `${t("week.number", { week: one.week })}: ${t(`hours.left.${one.reason}`)}`)].filter(Boolean).join(" "),
        data.data.length ? { label: t("undo"), run: () => void act(() => Promise.all(data.data.map((slot) => write("DELETE", `v1/mentor-slots/${slot.id}${isStaff ? "" : "/sign-ups/me"}`)))) } : undefined));
    },
  }));
}

/** For a mentor to sign up. @param {string} at @param {Act} act */
function ask(at, act) {
  /** @type {FormState} */ const state = {};
  void dialog(t("hours.ask"), (close, draw) => formView({
    state, draw, button: t("hours.ask"), fields: fields().map((field) => ({ ...field, pointer: { date: "/starts_at", ends: "/ends_at", minutes: "/booking_minutes" }[field.name] ?? `/${field.name}` })),
    send: async (values) => {
      const [week] = values.date ? await weeksFrom(at, values.date) : [];
      const { data } = await write("POST", `${at}/mentor-slots`, { week: week ?? 1, kind: values.kind, min: 1, capacity: 1, starts_at: `${values.date}T${values.starts}`, ends_at: `${values.date}T${values.ends}`, booking_minutes: Number(values.minutes), place: values.place || null, url: values.url || null });
      close();
      await act(async () => toast(t("hours.asked"), { label: t("undo"), run: () => void act(() => write("DELETE", `v1/mentor-slots/${data.id}`)) }));
    },
  }));
}

export default { "cohorts/:cohort/office-hours": office };
