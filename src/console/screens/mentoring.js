// My mentoring: open places over all cohorts, one's own, swaps, wishes, and what one gave.
import { Problem, announce, button, day, days, dialog, follow, formView, get, h, language, link, me, name, names, number, ownZone, problemBox, report, rich, t, tags, time, toast, today, write } from "../core.js";

/** @import { Page, Schemas } from "../types.js" */
/** @typedef {Schemas["FoundMentorSlot"]} Found */
/** @typedef {Schemas["OwnSignUp"]} OwnSignUp */

/** @param {{ kind: string, booking_minutes?: number | null, mentor_role?: string | null, part_of_week?: string | null }} slot */
const slotTags = (slot) => tags("slot.", slot.booking_minutes ? "office" : null, slot.kind, slot.mentor_role, slot.part_of_week);

/** When a slot is: its hours by the clocks of the campus and by one's own, or the days of its week. @param {{ starts_at: string | null, ends_at: string | null }} slot
 * @param {{ starts_on: string, ends_on: string }} week @param {string} [zone] */
function when(slot, week, zone) {
  if (!slot.starts_at || !slot.ends_at) return days(week.starts_on, week.ends_on);
  const own = ownZone();
  const [from, to] = [new Date(slot.starts_at), new Date(slot.ends_at)];
  const by = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone }).formatRange(from, to);
  const [there, here] = [by(zone ?? own), by(own)];
  return here === there ? there : t("time.both", { there, here });
}

/** @param {string} campus */
const zoneOfCampus = (campus) => me?.roles.find((role) => role.campus_id === campus)?.time_zone ?? undefined;

/** @param {Page} page */
async function mentoring(page) {
  page.title(() => t("mentoring.title"));
  /** @type {Found[]} */ let slots = [];
  /** @type {OwnSignUp[]} */ let mine = [];
  /** @type {unknown} */ let problem;
  /** @type {string | null} */ let more = null;
  let isOpenOnly = true;
  let isGivingOpen = false;
  let campus = "";
  const now = today();
  const load = async () => {
    const [found, own] = await Promise.all([
      get(`v1/mentor-slots?from=${now}&limit=30`, { signal: page.signal }), get(`v1/me/sign-ups?limit=50`, { signal: page.signal })]);
    slots = found.data.data;
    more = found.data.page.next_cursor;
    mine = own.data.data;
    page.draw();
  };
  const act = async (/** @type {() => Promise<unknown>} */ one) => {
    problem = undefined;
    try { await one(); } catch (error) { problem = error; report(error); }
    await load();
  };
  const take = (/** @type {string} */ slot) => act(async () => {
    const { data } = await write("POST", `v1/mentor-slots/${slot}/sign-ups`);
    toast(t(data.status === "confirmed" ? "mentoring.taken" : "mentoring.waits", { position: data.position }));
  });
  const giveUp = (/** @type {OwnSignUp} */ one) => act(async () => {
    await write("DELETE", `v1/mentor-slots/${one.slot_id}/sign-ups/me`);
    toast(t("mentoring.given"), { label: t("mentoring.again"), run: () => void take(one.slot_id) });
  });
  const reconfirm = (/** @type {OwnSignUp} */ one) => act(async () => {
    await write("PUT", `v1/mentor-slots/${one.slot_id}/sign-ups/me/confirmation`);
    toast(t("mentoring.reconfirmed"));
  });
  const loadMore = async () => {
    const { data } = await get(`v1/mentor-slots?from=${now}&limit=30&cursor=${more}`);
    slots = [...slots, ...data.data];
    more = data.page.next_cursor;
    page.draw();
  };
  await load();
  follow(page, (change) => /sign_up|mentor/.test(change.kind), load);

  const cohorts = () => [...new Map(slots.map((slot) => [slot.cohort.id, slot.cohort])).values()];
  const isOver = (/** @type {OwnSignUp} */ one) => one.ends_at ? Date.parse(one.ends_at) < Date.now() : one.week.ends_on < now;
  const label = (/** @type {OwnSignUp | Found} */ one) => ("slot_id" in one ? `${t("slot.number", { week: one.week.number })}: ${one.week.topic}` : `${t("slot.number", { week: one.week })}: ${one.topic}`) + (one.booking_minutes ? `, ${t("slot.office")}` : "");

  /** From three days before the week to seven after it one sees what others have handed over. @param {OwnSignUp} one */
  const sees = ({ week }) => Date.now() > Date.parse(week.starts_on) - 3 * 86_400_000 && Date.now() < Date.parse(week.ends_on) + 8 * 86_400_000;

  const own = (/** @type {OwnSignUp} */ one) => {
    const slot = slots.find((found) => found.id === one.slot_id);
    return h("li", { class: "card stack", key: one.id },
      h("div", { class: "row apart" }, h("h3", null, t("slot.number", { week: one.week.number }), " · ", name(one.week.topic)), status(one)),
      h("p", null, when(one, one.week, zoneOfCampus(one.cohort.campus_id) ?? slot?.campus.time_zone), " · ", name(one.cohort.name)),
      h("div", { class: "row" }, slotTags(slot ?? one)),
      place(one),
      slot && slot.mentors.length > 1 && h("p", { class: "hint" }, rich("mentoring.with", { who: names(slot.mentors.filter((each) => each.id !== me?.id)) })),
      one.reconfirm_by && !one.reconfirmed_at && one.status === "confirmed" && h("p", null, h("span", { class: "tag warn" }, "⏰ ", t("mentoring.by")), " ", time(one.reconfirm_by)),
      h("div", { class: "row acts" },
        one.reconfirm_by && !one.reconfirmed_at && one.status === "confirmed" && button(t("mentoring.reconfirm"), () => reconfirm(one), "main"),
        one.booking_minutes && link(`cohorts/${one.cohort.id}/office-hours`, { class: "button", "aria-label": `${t("slot.office")}: ${label(one)}` }, t("slot.office")),
        one.status === "confirmed" && sees(one) && link(`cohorts/${one.cohort.id}/weeks/${one.week.number}/hand-over`, { class: "button", "aria-label": `${t("hand.title")}: ${label(one)}` }, t("hand.title")),
        one.status === "confirmed" && button(t("mentoring.swap"), () => swap(one, slots, mine, load), undefined, `${t("mentoring.swap")}: ${label(one)}`),
        button(t(one.status === "waitlisted" ? "mentoring.leave" : "mentoring.giveup"), () => giveUp(one), "quiet", `${t(one.status === "waitlisted" ? "mentoring.leave" : "mentoring.giveup")}: ${label(one)}`)));
  };
  const open = (/** @type {Found} */ slot) => h("li", { class: "card stack", key: slot.id },
    h("div", { class: "row apart" }, h("h3", null, t("slot.number", { week: slot.week }), " · ", name(slot.topic)),
      slot.remaining > 0 ? h("span", { class: "tag good" }, "○ ", t("mentoring.free", { count: slot.remaining })) : h("span", { class: "tag" }, "● ", t("mentoring.full"))),
    h("p", null, when(slot, slot, slot.campus.time_zone)),
    h("p", { class: "hint" }, name(slot.cohort.name), " · ", name(slot.campus.name), !slot.campus.name.includes(slot.campus.city) && [" · ", name(slot.campus.city)]),
    h("div", { class: "row" }, slotTags(slot)),
    place(slot),
    slot.mentors.length > 0 && h("p", { class: "hint" }, rich("mentoring.with", { who: names(slot.mentors) })),
    slot.waitlisted > 0 && h("p", { class: "hint" }, t("mentoring.queue", { count: slot.waitlisted })),
    slot.priority_until && Date.parse(slot.priority_until) > Date.now() && h("p", { class: "hint" }, rich("mentoring.priority", { when: time(slot.priority_until, slot.campus.time_zone) })),
    h("div", { class: "row acts" },
      button(t(slot.remaining > 0 && !slot.waitlisted ? "mentoring.take" : "mentoring.wait"), () => take(slot.id), slot.remaining > 0 ? "main" : undefined,
        `${t(slot.remaining > 0 && !slot.waitlisted ? "mentoring.take" : "mentoring.wait")}: ${label(slot)}`),
      slot.confirmed > 0 && button(t("mentoring.offers"), () => offers(slot, mine, load), "quiet", `${t("mentoring.offers")}: ${label(slot)}`)));

  page.show(() => {
    const coming = mine.filter((one) => ["confirmed", "waitlisted"].includes(one.status) && !isOver(one)).sort((a, b) => (a.starts_at ?? a.week.starts_on).localeCompare(b.starts_at ?? b.week.starts_on));
    const past = mine.filter((one) => one.status !== "cancelled" && !coming.includes(one) && one.status !== "waitlisted");
    const campuses = [...new Map(slots.map((slot) => [slot.campus.id, slot.campus])).values()];
    const free = slots.filter((slot) => !mine.some((one) => one.slot_id === slot.id && one.status !== "cancelled") && (!campus || slot.campus.id === campus) && (!isOpenOnly || slot.remaining > 0));
    return h("div", { class: "stack wide" },
      h("div", { class: "row apart" }, h("h1", null, t("mentoring.title")), h("div", { class: "row" }, link("panels", { class: "button" }, t("nav.panels")), link("account/calendar", { class: "button" }, t("mentoring.calendar")))),
      problemBox(problem),
      h("section", { class: "stack", "aria-labelledby": "mine" }, h("h2", { id: "mine" }, t("mentoring.mine")),
        coming.length ? h("ul", { class: "plain grid" }, coming.map(own)) : h("p", { class: "empty" }, t("mentoring.none"))),
      h("section", { class: "stack", "aria-labelledby": "open" },
        h("h2", { id: "open" }, t("mentoring.open")),
        h("div", { class: "row" },
          h("div", { class: "field check" }, h("label", { for: "open-only" }, t("mentoring.openonly")), h("input", { id: "open-only", type: "checkbox", checked: isOpenOnly, onchange: (/** @type {any} */ event) => { isOpenOnly = event.target.checked; page.draw(); } })),
          campuses.length > 1 && h("div", { class: "field" }, h("label", { for: "campus", class: "unseen" }, t("mentoring.campus")),
            h("select", { id: "campus", value: campus, onchange: (/** @type {any} */ event) => { campus = event.target.value; page.draw(); } }, h("option", { value: "" }, t("mentoring.anywhere")), campuses.map((one) => h("option", { value: one.id }, one.name)))),
          cohorts().map((one) => [button(t("mentoring.wishes", { cohort: one.name }), () => wishes(one, slots), "quiet"), link(`cohorts/${one.id}/fairness`, { class: "button" }, t("mentoring.fair", { cohort: one.name })), link(`cohorts/${one.id}/office-hours`, { class: "button" }, t("slot.office"), ": ", name(one.name))])),
        free.length ? h("ul", { class: "plain grid" }, free.map(open)) : h("div", { class: "empty" }, h("p", null, t(slots.length ? "mentoring.allfull" : "mentoring.nothing")), isOpenOnly && slots.length > 0 && button(t("mentoring.showall"), () => { isOpenOnly = false; page.draw(); })),
        more && button(t("more"), loadMore)),
      h("details", { open: isGivingOpen, ontoggle: (/** @type {any} */ event) => { isGivingOpen = event.target.open; if (isGivingOpen && !givenOn.has(page)) given(page).catch(report); } },
        h("summary", null, t("mentoring.giving")), givingView(page, past, sees)));
  });
}

/** @param {OwnSignUp} one */
const status = (one) => one.status === "waitlisted" ? h("span", { class: "tag warn" }, "◷ ", t("mentoring.position", { position: one.position }))
  : h("span", { class: "tag good" }, "✓ ", t(`signup.${one.status}`));

/** @param {{ place: string | null, url: string | null }} one */
const place = (one) => (one.place || one.url) && h("p", null, one.place && name(one.place), one.place && one.url && " · ", one.url && h("a", { href: one.url, rel: "noreferrer" }, t("slot.online")));

/** @type {WeakMap<Page, Schemas["GivingBack"]>} */
const givenOn = new WeakMap();

/** @param {Page} page */
async function given(page) {
  givenOn.set(page, (await get("v1/me/giving-back")).data);
  page.draw();
}

/** What one gave and promised, and whether a campus may say so. @param {Page} page @param {OwnSignUp[]} past @param {(one: OwnSignUp) => boolean} sees */
function givingView(page, past, sees) {
  const all = givenOn.get(page);
  if (!all) return h("p", { class: "loading" }, t("loading"));
  const amount = (/** @type {Schemas["MentoringAmount"]} */ one) => [t("mentoring.slots", { count: one.slots }), t("mentoring.weeks", { count: one.weeks }), one.hours > 0 && t("mentoring.hours", { count: one.hours })].filter(Boolean).join(" · ");
  const thank = async (/** @type {Schemas["GivenAtCampus"]} */ campus, /** @type {boolean} */ agrees) => {
    await write(agrees ? "PUT" : "DELETE", `v1/campuses/${campus.campus_id}/thanks/me`);
    await given(page);
  };
  return h("div", { class: "stack" },
    h("dl", { class: "grid" },
      h("div", { class: "card" }, h("dt", { class: "hint" }, t("mentoring.given.far")), h("dd", null, amount(all.given))),
      h("div", { class: "card" }, h("dt", { class: "hint" }, t("mentoring.pledged")), h("dd", null, amount(all.pledged)))),
    all.campuses.map((campus) => h("div", { class: "field check", key: campus.campus_id },
      h("label", { for: `thanks-${campus.campus_id}` }, rich("mentoring.thanks", { campus: name(campus.campus_name) })),
      h("input", { type: "checkbox", id: `thanks-${campus.campus_id}`, checked: campus.thanks, onchange: (/** @type {any} */ event) => thank(campus, event.target.checked).catch(report) }))),
    past.length > 0 && h("ul", { class: "plain" }, past.map((one) => h("li", { key: one.id, class: "row" }, day(one.week.starts_on), " · ", name(one.cohort.name), " · ", name(one.week.topic), one.status === "attended" && h("span", { class: "tag good" }, "✓ ", t("signup.attended")), sees(one) && link(`cohorts/${one.cohort.id}/weeks/${one.week.number}/hand-over`, null, t("hand.title")), one.status === "no_show" && h("span", { class: "tag" }, "– ", t("signup.no_show"))))));
}

/** Offer one's place, to anybody or for a place in another slot. @param {OwnSignUp} one @param {Found[]} slots @param {OwnSignUp[]} mine @param {() => Promise<void>} load */
function swap(one, slots, mine, load) {
  const others = slots.filter((slot) => slot.cohort.id === one.cohort.id && slot.confirmed > 0 && !mine.some((own) => own.slot_id === slot.id && own.status === "confirmed"));
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const state = {};
  return dialog(t("mentoring.swap"), (close, draw) => h("div", { class: "stack" }, h("p", { class: "lead" }, t("mentoring.swap.lead")),
    formView({
      state, draw, button: t("mentoring.swap.button"),
      fields: [{ name: "wanted_slot_id", label: t("mentoring.swap.for"), value: "", options: [["", t("mentoring.swap.anybody")], ...others.map((slot) => /** @type {[string, string]} */ ([slot.id, `${t("slot.number", { week: slot.week })}: ${slot.topic} (${slot.mentors.map((each) => each.name).join(", ")})`]))] }],
      send: async (values) => {
        const { data } = await write("POST", `v1/mentor-slots/${one.slot_id}/swap-offers`, values.wanted_slot_id ? { wanted_slot_id: values.wanted_slot_id } : {});
        toast(t("mentoring.offered"), { label: t("undo"), run: () => void write("DELETE", `v1/mentor-swap-offers/${data.id}`).then(load, report) });
        close();
        await load();
      },
    })));
}

/** The places that are offered in a slot. @param {Found} slot @param {OwnSignUp[]} mine @param {() => Promise<void>} load */
async function offers(slot, mine, load) {
  /** @type {Schemas["SwapOffer"][]} */
  const found = (await get(`v1/mentor-slots/${slot.id}/swap-offers`)).data.data;
  /** @type {unknown} */ let problem;
  await dialog(t("mentoring.offers"), (close, draw) => {
    const accept = async (/** @type {Schemas["SwapOffer"]} */ offer) => {
      try {
        await write("POST", `v1/mentor-swap-offers/${offer.id}/acceptance`);
        toast(t("mentoring.swapped"));
        close();
        await load();
      } catch (error) { problem = error; report(error); draw(); }
    };
    const open = found.filter((offer) => offer.open && offer.person.id !== me?.id);
    return h("div", { class: "stack" }, problemBox(problem), open.length ? h("ul", { class: "plain stack" }, open.map((offer) => {
      const wanted = offer.wanted_slot_id && mine.find((one) => one.slot_id === offer.wanted_slot_id);
      return h("li", { class: "row apart", key: offer.id },
        h("span", null, rich(offer.wanted_slot_id ? "mentoring.offer.for" : "mentoring.offer.free", { who: name(offer.person.name), week: wanted ? wanted.week.number : "?" })),
        (!offer.wanted_slot_id || wanted) && button(t("mentoring.accept"), () => accept(offer), "main"));
    })) : h("p", { class: "empty" }, t("mentoring.offers.none")));
  });
}

/** What one wishes for in a cohort, ranked. @param {Schemas["OwnSignUpCohort"]} cohort @param {Found[]} slots */
async function wishes(cohort, slots) {
  /** @type {Schemas["MentorPreferences"] | null} */
  const before = await get(`v1/cohorts/${cohort.id}/mentor-preferences/me`).then((answer) => answer.data, (error) => {
    if (error instanceof Problem && error.status === 404) return null;
    throw error;
  });
  // Office hours are offered or signed up for, and shared out to nobody.
  const choices = slots.filter((slot) => slot.cohort.id === cohort.id && !slot.booking_minutes);
  let ranked = (before?.ranked ?? []).filter((id) => choices.some((slot) => slot.id === id));
  const people = [...new Map(choices.flatMap((slot) => slot.mentors).filter((one) => one.id !== me?.id).concat(before?.together_with ?? []).map((one) => [one.id, one])).values()];
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const state = {};
  const text = (/** @type {string} */ id) => { const slot = /** @type {Found} */ (choices.find((one) => one.id === id)); return `${t("slot.number", { week: slot.week })}: ${slot.topic} · ${t(`slot.${slot.kind}`)}`; };
  await dialog(t("mentoring.wishes", { cohort: cohort.name }), (close, draw) => {
    const move = (/** @type {number} */ at, /** @type {number} */ by) => { const [one] = ranked.splice(at, 1); ranked.splice(at + by, 0, one); draw(); announce(`${number(at + by + 1)}. ${text(one)}`); };
    const rest = choices.filter((slot) => !ranked.includes(slot.id));
    return h("div", { class: "stack" }, h("p", { class: "lead" }, t("mentoring.wishes.lead")),
      h("ol", { class: "plain" }, ranked.map((id, at) => h("li", { class: "row apart", key: id }, h("span", null, `${number(at + 1)}. `, name(text(id))),
        h("span", { class: "row" },
          h("button", { type: "button", class: "icon", disabled: at === 0, "aria-label": t("mentoring.up", { what: text(id) }), onclick: () => move(at, -1) }, "↑"),
          h("button", { type: "button", class: "icon", disabled: at === ranked.length - 1, "aria-label": t("mentoring.down", { what: text(id) }), onclick: () => move(at, 1) }, "↓"),
          h("button", { type: "button", class: "icon", "aria-label": t("remove.what", { what: text(id) }), onclick: () => { ranked = ranked.filter((one) => one !== id); draw(); } }, "×"))))),
      rest.length > 0 && h("div", { class: "field" }, h("label", { for: "wish" }, t("mentoring.add")),
        h("select", { id: "wish", value: "", onchange: (/** @type {any} */ event) => { const id = event.target.value; if (id) ranked.push(id); event.target.value = ""; draw(); if (id) announce(`${number(ranked.length)}. ${text(id)}`); } },
          h("option", { value: "" }, t("choose")), rest.map((slot) => h("option", { value: slot.id, key: slot.id }, text(slot.id))))),
      formView({
        state, draw, button: t("save"),
        fields: [
          { name: "at_most", label: t("mentoring.atmost"), type: "number", inputmode: "numeric", value: String(before?.at_most ?? "") },
          ...(people.length ? [{ name: "together", pointer: "/together_with", label: t("mentoring.together"), value: before?.together_with[0]?.id ?? "", options: /** @type {[string, string][]} */ ([["", t("mentoring.nobody")], ...people.map((one) => [one.id, one.name])]) }] : []),
        ],
        send: async (values) => {
          const body = { ranked, at_most: values.at_most ? Number(values.at_most) : null, together_with: values.together ? [values.together] : [] };
          await write("PUT", `v1/cohorts/${cohort.id}/mentor-preferences/me`, body, { etag: before && `"${before.version}"` });
          toast(t("saved"));
          close();
        },
        beside: before && button(t("mentoring.unwish"), async () => { await write("DELETE", `v1/cohorts/${cohort.id}/mentor-preferences/me`).catch(report); close(); }, "quiet"),
      }));
  });
}

export default { mentoring };
