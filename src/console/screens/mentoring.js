// Mentoring: the places that alumni take, and how staff cover the weeks of a cohort.
import { button, cohortTabs, Problem, day, dialog, formView, get, h, language, link, me, name, number, problemBox, report, rich, stream, t, time, toast, write } from "../core.js";

/** @typedef {import("../core.js").Page} Page */
/** @typedef {import("../core.js").Schemas} Schemas */
/** @typedef {import("../core.js").Child} Child */
/** @typedef {Schemas["FoundMentorSlot"]} Found */
/** @typedef {Schemas["OwnSignUp"]} OwnSignUp */

/** @param {string} from @param {string} to both as days */
const days = (from, to) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" })
  .formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`));

/** When a slot is: its hours by the clocks of the campus and by one's own, or the days of its week. @param {{ starts_at: string | null, ends_at: string | null }} slot
 * @param {{ starts_on: string, ends_on: string }} week @param {string} [zone] */
function when(slot, week, zone) {
  if (!slot.starts_at || !slot.ends_at) return days(week.starts_on, week.ends_on);
  const own = me?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [from, to] = [new Date(slot.starts_at), new Date(slot.ends_at)];
  const by = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", timeZone }).formatRange(from, to);
  const [there, here] = [by(zone ?? own), by(own)];
  return here === there ? there : t("time.both", { there, here });
}

/** @param {{ kind: string, mentor_role?: string | null, part_of_week?: string | null }} slot */
const tags = (slot) => [h("span", { class: "tag" }, t(`slot.${slot.kind}`)),
  slot.mentor_role && h("span", { class: "tag" }, t(`slot.${slot.mentor_role}`)),
  slot.part_of_week && h("span", { class: "tag" }, t(`slot.${slot.part_of_week}`))];

/** @param {readonly { name: string }[]} people @returns {Child} */
const names = (people) => new Intl.ListFormat(language).formatToParts(people.map((one) => one.name)).map((part) => (part.type === "element" ? name(part.value) : part.value));

/** @param {string} zoneOf */
const zoneOfCampus = (zoneOf) => me?.roles.find((role) => role.campus_id === zoneOf)?.time_zone ?? undefined;

// ---- My mentoring ----------------------------------------------------------------------------------------------------

/** @param {Page} page */
async function mentoring(page) {
  page.title(t("mentoring.title"));
  /** @type {Found[]} */ let slots = [];
  /** @type {OwnSignUp[]} */ let mine = [];
  /** @type {unknown} */ let problem;
  /** @type {string | null} */ let more = null;
  let isOpenOnly = true;
  let isGivingOpen = false;
  let campus = "";
  const today = new Date().toISOString().slice(0, 10);
  const load = async () => {
    const [found, own] = await Promise.all([
      get(`v1/mentor-slots?from=${today}&limit=30`, { signal: page.signal }), get(`v1/me/sign-ups?limit=50`, { signal: page.signal })]);
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
    const { data } = await get(`v1/mentor-slots?from=${today}&limit=30&cursor=${more}`);
    slots = [...slots, ...data.data];
    more = data.page.next_cursor;
    page.draw();
  };
  await load();
  stream.listen(page, (change) => { if (!change || /sign_up|mentor/.test(change.kind)) void load().catch(report); });

  const cohorts = () => [...new Map(slots.map((slot) => [slot.cohort.id, slot.cohort])).values()];
  const isOver = (/** @type {OwnSignUp} */ one) => one.ends_at ? Date.parse(one.ends_at) < Date.now() : one.week.ends_on < today;
  const label = (/** @type {OwnSignUp | Found} */ one) => "slot_id" in one ? `${t("slot.number", { week: one.week.number })}: ${one.week.topic}` : `${t("slot.number", { week: one.week })}: ${one.topic}`;

  const own = (/** @type {OwnSignUp} */ one) => {
    const slot = slots.find((found) => found.id === one.slot_id);
    return h("li", { class: "card stack", key: one.id },
      h("div", { class: "row apart" }, h("h3", null, t("slot.number", { week: one.week.number }), ": ", name(one.week.topic)), status(one)),
      h("p", null, when(one, one.week, zoneOfCampus(one.cohort.campus_id) ?? slot?.campus.time_zone), " · ", name(one.cohort.name)),
      h("div", { class: "row" }, tags(slot ?? one)),
      place(one),
      slot && slot.mentors.length > 1 && h("p", { class: "hint" }, rich("mentoring.with", { who: names(slot.mentors.filter((each) => each.id !== me?.id)) })),
      one.reconfirm_by && !one.reconfirmed_at && one.status === "confirmed" && h("p", null, h("span", { class: "tag warn" }, "⏰ ", t("mentoring.by")), " ", time(one.reconfirm_by)),
      h("div", { class: "row acts" },
        one.reconfirm_by && !one.reconfirmed_at && one.status === "confirmed" && button(t("mentoring.reconfirm"), () => reconfirm(one), "main"),
        one.status === "confirmed" && button(t("mentoring.swap"), () => swap(one, slots, mine, load), undefined, `${t("mentoring.swap")}: ${label(one)}`),
        button(t(one.status === "waitlisted" ? "mentoring.leave" : "mentoring.giveup"), () => giveUp(one), "quiet", `${t(one.status === "waitlisted" ? "mentoring.leave" : "mentoring.giveup")}: ${label(one)}`)));
  };
  const open = (/** @type {Found} */ slot) => h("li", { class: "card stack", key: slot.id },
    h("div", { class: "row apart" }, h("h3", null, t("slot.number", { week: slot.week }), ": ", name(slot.topic)),
      slot.remaining > 0 ? h("span", { class: "tag good" }, "○ ", t("mentoring.free", { count: slot.remaining })) : h("span", { class: "tag" }, "● ", t("mentoring.full"))),
    h("p", null, when(slot, slot, slot.campus.time_zone)),
    h("p", { class: "hint" }, name(slot.cohort.name), " · ", name(slot.campus.name), !slot.campus.name.includes(slot.campus.city) && [" · ", name(slot.campus.city)]),
    h("div", { class: "row" }, tags(slot)),
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
      h("div", { class: "row apart" }, h("h1", null, t("mentoring.title")), link("account/calendar", { class: "button" }, t("mentoring.calendar"))),
      problemBox(problem),
      h("section", { class: "stack", "aria-labelledby": "mine" }, h("h2", { id: "mine" }, t("mentoring.mine")),
        coming.length ? h("ul", { class: "plain grid" }, coming.map(own)) : h("p", { class: "empty" }, t("mentoring.none"))),
      h("section", { class: "stack", "aria-labelledby": "open" },
        h("h2", { id: "open" }, t("mentoring.open")),
        h("div", { class: "row" },
          h("div", { class: "field check" }, h("label", { for: "open-only" }, t("mentoring.openonly")), h("input", { id: "open-only", type: "checkbox", checked: isOpenOnly, onchange: (/** @type {any} */ event) => { isOpenOnly = event.target.checked; page.draw(); } })),
          campuses.length > 1 && h("div", { class: "field" }, h("label", { for: "campus", class: "unseen" }, t("mentoring.campus")),
            h("select", { id: "campus", value: campus, onchange: (/** @type {any} */ event) => { campus = event.target.value; page.draw(); } }, h("option", { value: "" }, t("mentoring.anywhere")), campuses.map((one) => h("option", { value: one.id }, one.name)))),
          cohorts().map((one) => button(t("mentoring.wishes", { cohort: one.name }), () => wishes(one, slots), "quiet"))),
        free.length ? h("ul", { class: "plain grid" }, free.map(open)) : h("div", { class: "empty" }, h("p", null, t(slots.length ? "mentoring.allfull" : "mentoring.nothing")), isOpenOnly && slots.length > 0 && button(t("mentoring.showall"), () => { isOpenOnly = false; page.draw(); })),
        more && button(t("more"), loadMore)),
      h("details", { open: isGivingOpen, ontoggle: (/** @type {any} */ event) => { isGivingOpen = event.target.open; if (isGivingOpen && !givenOn.has(page)) given(page).catch(report); } },
        h("summary", null, t("mentoring.giving")), givingView(page, past)));
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

/** What one gave and promised, and whether a campus may say so. @param {Page} page @param {OwnSignUp[]} past */
function givingView(page, past) {
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
    past.length > 0 && h("ul", { class: "plain" }, past.map((one) => h("li", { key: one.id, class: "row" }, day(one.week.starts_on), " · ", name(one.cohort.name), " · ", name(one.week.topic), one.status === "attended" && h("span", { class: "tag good" }, "✓ ", t("signup.attended")), one.status === "no_show" && h("span", { class: "tag" }, "– ", t("signup.no_show"))))));
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
  const choices = slots.filter((slot) => slot.cohort.id === cohort.id);
  let ranked = (before?.ranked ?? []).filter((id) => choices.some((slot) => slot.id === id));
  const people = [...new Map(choices.flatMap((slot) => slot.mentors).filter((one) => one.id !== me?.id).concat(before?.together_with ?? []).map((one) => [one.id, one])).values()];
  /** @type {{ problem?: unknown, busy?: boolean }} */
  const state = {};
  const text = (/** @type {string} */ id) => { const slot = /** @type {Found} */ (choices.find((one) => one.id === id)); return `${t("slot.number", { week: slot.week })}: ${slot.topic} · ${t(`slot.${slot.kind}`)}`; };
  await dialog(t("mentoring.wishes", { cohort: cohort.name }), (close, draw) => {
    const move = (/** @type {number} */ at, /** @type {number} */ by) => { const [one] = ranked.splice(at, 1); ranked.splice(at + by, 0, one); draw(); };
    const rest = choices.filter((slot) => !ranked.includes(slot.id));
    return h("div", { class: "stack" }, h("p", { class: "lead" }, t("mentoring.wishes.lead")),
      h("ol", { class: "plain" }, ranked.map((id, at) => h("li", { class: "row apart", key: id }, h("span", null, `${number(at + 1)}. `, name(text(id))),
        h("span", { class: "row" },
          h("button", { type: "button", class: "icon", disabled: at === 0, "aria-label": t("mentoring.up", { what: text(id) }), onclick: () => move(at, -1) }, "↑"),
          h("button", { type: "button", class: "icon", disabled: at === ranked.length - 1, "aria-label": t("mentoring.down", { what: text(id) }), onclick: () => move(at, 1) }, "↓"),
          h("button", { type: "button", class: "icon", "aria-label": t("remove.what", { what: text(id) }), onclick: () => { ranked = ranked.filter((one) => one !== id); draw(); } }, "×"))))),
      rest.length > 0 && h("div", { class: "field" }, h("label", { for: "wish" }, t("mentoring.add")),
        h("select", { id: "wish", value: "", onchange: (/** @type {any} */ event) => { if (event.target.value) ranked.push(event.target.value); event.target.value = ""; draw(); } },
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

// ---- How staff cover the weeks of a cohort ----------------------------------------------------------------------------------

/** @typedef {Schemas["MentorSlot"]} Slot */

/** @param {Page} page */
async function mentors(page) {
  page.title(t("mentors.title"));
  const { cohort } = page.params;
  /** @type {Schemas["MentorCoverage"][]} */ let weeks = [];
  /** @type {Slot[]} */ let slots = [];
  /** @type {Schemas["MentorPreferences"][] | null} */ let wished = null;
  /** @type {unknown} */ let problem;
  let isGapsOnly = false;
  let isWishesOpen = false;
  const load = async () => {
    const [coverage, all] = await Promise.all([
      get(`v1/cohorts/${cohort}/mentor-coverage`, { signal: page.signal }), get(`v1/cohorts/${cohort}/mentor-slots?limit=100`, { signal: page.signal })]);
    weeks = coverage.data.data;
    slots = all.data.data;
    page.draw();
  };
  const loadWishes = async () => { wished = (await get(`v1/cohorts/${cohort}/mentor-preferences`)).data.data; page.draw(); };
  const act = async (/** @type {() => Promise<unknown>} */ one) => {
    problem = undefined;
    try { await one(); } catch (error) { problem = error; report(error); }
    await load();
  };
  await load();
  stream.listen(page, (change) => { if (!change || /sign_up|mentor/.test(change.kind)) void load().catch(report); });

  const gap = (/** @type {Schemas["MentorCoverage"]} */ week) => week.gap > 0 ? h("span", { class: "tag bad" }, "✕ ", t("mentors.missing", { count: week.gap }))
    : week.alone ? h("span", { class: "tag warn" }, "! ", t("mentors.alone")) : week.slots ? h("span", { class: "tag good" }, "✓ ", t("mentors.covered")) : h("span", { class: "tag" }, "– ", t("mentors.noslots"));
  const row = (/** @type {Schemas["MentorCoverage"]} */ week) => h("li", { class: "card stack", key: week.week },
    h("div", { class: "row apart" }, h("h2", null, t("slot.number", { week: week.week })), gap(week)),
    h("p", { class: "hint" }, days(week.starts_on, week.ends_on), " · ", t("mentors.of", { have: week.confirmed, want: week.wanted })),
    h("ul", { class: "plain lines" }, slots.filter((slot) => slot.week === week.week).map((slot) => h("li", { key: slot.id },
      h("button", { type: "button", class: "line", onclick: () => slotView(slot, week, load) },
        h("span", { class: "row" }, tags(slot), h("span", { class: slot.confirmed < slot.min ? "tag bad" : "tag" }, slot.confirmed < slot.min ? "✕ " : "", t("mentors.of", { have: slot.confirmed, want: slot.capacity }))),
        slot.starts_at && h("span", { class: "hint" }, time(slot.starts_at)),
        h("span", null, slot.mentors.length ? names(slot.mentors) : t("mentors.nobody")),
        slot.waitlisted > 0 && h("span", { class: "hint" }, t("mentoring.queue", { count: slot.waitlisted })))))),
    h("div", { class: "row acts" }, button(t("mentors.add"), () => make(cohort, weeks, act, week.week), "quiet", `${t("mentors.add")}: ${t("slot.number", { week: week.week })}`)));

  page.show(() => {
    const missing = weeks.reduce((sum, week) => sum + week.gap, 0);
    const shown = isGapsOnly ? weeks.filter((week) => week.gap > 0 || week.alone) : weeks;
    return h("div", { class: "stack wide" },
      cohortTabs(cohort, "mentors"),
      h("div", { class: "row apart" }, h("h1", null, t("mentors.title")),
        h("div", { class: "row" }, button(t("mentors.make"), () => make(cohort, weeks, act), slots.length ? undefined : "main"), slots.length > 0 && button(t("mentors.allocate"), () => allocate(cohort, slots, load), "main"))),
      problemBox(problem),
      slots.length === 0 ? h("div", { class: "empty" }, h("p", null, t("mentors.empty"))) : h("div", { class: "row apart" },
        h("p", { class: missing ? "tag bad" : "tag good" }, missing ? "✕ " : "✓ ", missing ? t("mentors.missing", { count: missing }) : t("mentors.allcovered")),
        h("div", { class: "field check" }, h("label", { for: "gaps" }, t("mentors.gapsonly")), h("input", { id: "gaps", type: "checkbox", checked: isGapsOnly, onchange: (/** @type {any} */ event) => { isGapsOnly = event.target.checked; page.draw(); } }))),
      h("ul", { class: "plain grid" }, shown.map(row)),
      h("details", { open: isWishesOpen, ontoggle: (/** @type {any} */ event) => { isWishesOpen = event.target.open; if (isWishesOpen && !wished) loadWishes().catch(report); } }, h("summary", null, t("mentors.wishes")),
        wished ? wished.length ? h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("mentors.wishes") }, h("table", null, h("thead", null, h("tr", null, ["mentors.who", "mentors.ranked", "mentoring.together", "mentors.atmost"].map((key) => h("th", { scope: "col", key }, t(key))))),
          h("tbody", null, wished.map((one) => h("tr", { key: one.person.id }, h("th", { scope: "row" }, name(one.person.name)), h("td", null, h("ol", null, one.ranked.map((id) => h("li", { key: id }, slotText(slots.find((slot) => slot.id === id)))))), h("td", null, names(one.together_with)), h("td", null, one.at_most ?? "–"))))))
          : h("p", { class: "empty" }, t("mentors.nowishes")) : h("p", { class: "loading" }, t("loading"))));
  });
}

/** @param {Slot | undefined} slot */
const slotText = (slot) => slot ? `${t("slot.number", { week: slot.week })} · ${t(`slot.${slot.kind}`)}` : "–";

/** Who has signed up for a slot, and who came. @param {Slot} slot @param {Schemas["MentorCoverage"]} week @param {() => Promise<void>} load */
async function slotView(slot, week, load) {
  /** @type {Schemas["SignUp"][]} */ let all = [];
  /** @type {unknown} */ let problem;
  const again = async () => { all = (await get(`v1/mentor-slots/${slot.id}/sign-ups?limit=100`)).data.data; };
  await again();
  const kinds = /** @type {[string, string][]} */ (["week", "project", "role", "pastoral", "employment"].map((kind) => [kind, t(`slot.${kind}`)]));
  /** @type {{ problem?: unknown, busy?: boolean }} */ const state = {};
  await dialog(`${slotText(slot)}`, (close, draw) => {
    const act = async (/** @type {() => Promise<unknown>} */ one) => {
      problem = undefined;
      try { await one(); } catch (error) { problem = error; report(error); }
      await again();
      draw();
      await load();
    };
    const came = (/** @type {Schemas["SignUp"]} */ one, /** @type {string} */ outcome) => act(() => write("PATCH", `v1/mentor-slots/${slot.id}/sign-ups/${one.person.id}`, { status: outcome }));
    const remove = () => act(async () => {
      await write("DELETE", `v1/mentor-slots/${slot.id}`);
      const { kind, min, capacity, starts_at, ends_at, part_of_week, place, url, mentor_role, priority_until, reconfirm_days } = slot;
      toast(t("mentors.deleted"), all.some((one) => one.status !== "cancelled") ? undefined : { label: t("undo"), run: () => void write("POST", `v1/cohorts/${slot.cohort_id}/mentor-slots`, { week: slot.week, kind, min, capacity, starts_at, ends_at, part_of_week, place, url, mentor_role, priority_until, reconfirm_days }).then(load, report) });
      close();
    });
    return h("div", { class: "stack" }, h("p", { class: "hint" }, days(week.starts_on, week.ends_on)), problemBox(problem),
      all.length ? h("ul", { class: "plain lines" }, all.map((one) => h("li", { class: "row apart", key: one.id },
        h("span", null, name(one.person.name), " ", one.status === "waitlisted" ? h("span", { class: "tag warn" }, "◷ ", t("mentoring.position", { position: one.position })) : h("span", { class: one.status === "attended" ? "tag good" : "tag" }, one.status === "attended" ? "✓ " : one.status === "no_show" ? "✕ " : "", t(`mentors.${one.status}`)),
          one.attendance?.often_missed && h("span", { class: "tag warn" }, "! ", t("mentors.often"))),
        one.status !== "cancelled" && h("span", { class: "row" },
          one.status !== "waitlisted" && one.status !== "attended" && button(t("mentors.came"), () => came(one, "attended"), undefined, `${t("mentors.came")}: ${one.person.name}`),
          one.status !== "waitlisted" && one.status !== "no_show" && button(t("mentors.missed"), () => came(one, "no_show"), undefined, `${t("mentors.missed")}: ${one.person.name}`),
          (one.status === "confirmed" || one.status === "waitlisted") && button(t("mentors.remove"), () => act(() => write("DELETE", `v1/mentor-slots/${slot.id}/sign-ups/${one.person.id}`)), "quiet", `${t("mentors.remove")}: ${one.person.name}`)))))
        : h("p", { class: "empty" }, t("mentors.nosignups")),
      h("details", null, h("summary", null, t("mentors.change")), formView({
        state, draw, button: t("save"), beside: button(t("mentors.delete"), remove, "quiet"),
        fields: [{ name: "kind", label: t("mentors.kind"), value: slot.kind, options: kinds }, ...amounts(slot), { name: "place", label: t("mentors.place"), value: slot.place ?? "" }, { name: "url", label: t("mentors.url"), type: "url", dir: "ltr", value: slot.url ?? "" }],
        send: async (values) => {
          slot = (await write("PATCH", `v1/mentor-slots/${slot.id}`, { kind: values.kind, min: Number(values.min), capacity: Number(values.capacity), place: values.place || null, url: values.url || null }, { etag: `"${slot.version}"` })).data;
          toast(t("saved"));
          await load();
        },
      })));
  });
}

/** @param {{ min: number, capacity: number }} slot */
const amounts = (slot) => [
  { name: "min", label: t("mentors.min"), type: "number", inputmode: "numeric", value: String(slot.min) },
  { name: "capacity", label: t("mentors.capacity"), type: "number", inputmode: "numeric", value: String(slot.capacity) }];

/** Slots of one pattern in many weeks, or in one. @param {string} cohort @param {Schemas["MentorCoverage"][]} weeks @param {(one: () => Promise<unknown>) => Promise<void>} act @param {number} [only] */
function make(cohort, weeks, act, only) {
  /** @type {{ problem?: unknown, busy?: boolean }} */ const state = {};
  const today = new Date().toISOString().slice(0, 10);
  const first = only ?? weeks.find((week) => week.ends_on >= today)?.week ?? 1;
  const choices = (/** @type {string[]} */ keys) => keys.map((key) => /** @type {[string, string]} */ ([key, key ? t(`slot.${key}`) : "–"]));
  const numbers = weeks.map((week) => /** @type {[string, string]} */ ([String(week.week), `${t("slot.number", { week: week.week })} · ${days(week.starts_on, week.ends_on)}`]));
  return dialog(t("mentors.make"), (close, draw) => formView({
    state, draw, button: t("mentors.make.button"),
    fields: [
      { name: "from", pointer: "/weeks", label: t("mentors.from"), value: String(first), options: numbers },
      { name: "to", pointer: "/weeks/", label: t("mentors.to"), value: String(only ?? weeks.at(-1)?.week ?? first), options: numbers },
      { name: "kind", label: t("mentors.kind"), value: "week", options: choices(["week", "project", "role", "pastoral", "employment"]) },
      ...amounts({ min: 2, capacity: 2 }),
      { name: "part_of_week", label: t("mentors.part"), value: "", options: choices(["", "first_half", "second_half", "mornings", "afternoons", "evenings"]) },
      { name: "mentor_role", label: t("mentors.as"), value: "", options: choices(["", "lead", "support"]) },
      { name: "place", label: t("mentors.place") },
      { name: "reconfirm_days", label: t("mentors.reconfirm"), hint: t("mentors.reconfirm.hint"), type: "number", inputmode: "numeric" },
    ],
    send: async (values) => {
      const chosen = weeks.map((week) => week.week).filter((week) => week >= Number(values.from) && week <= Number(values.to));
      const { data } = await write("POST", `v1/cohorts/${cohort}/mentor-slots/batch`, {
        weeks: chosen, kind: values.kind, min: Number(values.min), capacity: Number(values.capacity), part_of_week: values.part_of_week || null,
        mentor_role: values.mentor_role || null, place: values.place || null, reconfirm_days: values.reconfirm_days ? Number(values.reconfirm_days) : null,
      });
      close();
      await act(async () => {});
      toast(t("mentors.made", { count: data.data.length }), { label: t("undo"), run: () => void act(() => Promise.all(data.data.map((/** @type {Slot} */ slot) => write("DELETE", `v1/mentor-slots/${slot.id}`)))) });
    },
  }));
}

/** Share places out by wishes: a draft, why each got what, and its confirmation. @param {string} cohort @param {Slot[]} slots @param {() => Promise<void>} load */
async function allocate(cohort, slots, load) {
  /** @type {Schemas["MentorAllocation"] | null} */ let draft = null;
  /** @type {unknown} */ let problem;
  /** @type {{ problem?: unknown, busy?: boolean }} */ const state = {};
  const slotOf = (/** @type {string} */ id) => slotText(slots.find((slot) => slot.id === id));
  await dialog(t("mentors.allocate"), (close, draw) => {
    const confirm = async () => {
      try {
        await write("POST", `v1/mentor-allocations/${draft?.id}/confirmation`);
        toast(t("mentors.allocated"));
        close();
        await load();
      } catch (error) { problem = error; report(error); draw(); }
    };
    if (!draft) {
      return h("div", { class: "stack" }, h("p", { class: "lead" }, t("mentors.allocate.lead")), formView({
        state, draw, button: t("mentors.preview"),
        fields: [{ name: "weeks_in_a_row", label: t("mentors.inarow"), type: "number", inputmode: "numeric", value: "2" }],
        send: async (values) => { draft = (await write("POST", `v1/cohorts/${cohort}/mentor-allocations`, { weeks_in_a_row: values.weeks_in_a_row ? Number(values.weeks_in_a_row) : null })).data; },
      }));
    }
    const report_ = draft.report;
    return h("div", { class: "stack" }, problemBox(problem),
      h("h3", null, t("mentors.gets")),
      draft.assignments.length ? h("ul", { class: "plain lines" }, draft.assignments.map((one) => h("li", { class: "row apart", key: one.slot_id + one.person.id }, name(one.person.name), h("span", { class: "tag good" }, "✓ ", slotOf(one.slot_id))))) : h("p", { class: "empty" }, t("mentors.getsnothing")),
      report_ && report_.short_slots.length > 0 && [h("h3", null, t("mentors.short")), h("ul", { class: "plain row" }, report_.short_slots.map((one) => h("li", { class: "tag bad", key: one.slot_id }, "✕ ", slotOf(one.slot_id), " · ", t("mentors.of", { have: one.mentors, want: one.min }))))],
      report_ && report_.without_place.length > 0 && h("p", null, h("span", { class: "tag warn" }, "! ", t("mentors.without")), " ", names(report_.without_place)),
      report_?.contests.map((one) => h("p", { class: "hint" }, rich("mentors.contest", { who: names(one.people), count: one.places }))),
      h("details", null, h("summary", null, t("mentors.why")), draft.wishes.map((one) => h("div", { class: "stack", key: one.person.id }, h("h3", null, name(one.person.name)),
        h("ul", { class: "plain lines" }, one.outcomes.map((wish) => h("li", { key: wish.slot_id }, h("span", { class: wish.granted ? "tag good" : "tag" }, wish.granted ? "✓ " : "– ", slotOf(wish.slot_id)), " ", t(`why.${wish.reason}`))))))),
      h("div", { class: "row" }, draft.assignments.length > 0 && button(t("mentors.confirm"), confirm, "main"), button(t("mentors.otherwise"), () => { draft = null; draw(); })));
  }, { wide: true });
}

export default { mentoring, "cohorts/:cohort/mentors": mentors };
