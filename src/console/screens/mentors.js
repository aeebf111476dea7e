// Mentors for staff: the weeks of a cohort and their gaps, slots by pattern, wishes, places shared out, and who came.
import { button, call, cohortTabs, days, dialog, every, follow, formView, get, h, lines, link, name, names, problemBox, report, rich, t, tags, time, toast, today, write } from "../core.js";

/** @import { Page, Schemas } from "../types.js" */
/** @typedef {Schemas["MentorSlot"]} Slot */

/** @param {{ kind: string, booking_minutes?: number | null, mentor_role?: string | null, part_of_week?: string | null }} slot */
const slotTags = (slot) => tags("slot.", slot.booking_minutes ? "office" : null, slot.kind, slot.mentor_role, slot.part_of_week);

/** @param {Page} page */
async function mentors(page) {
  page.title(() => t("mentors.title"));
  const { cohort } = page.params;
  /** @type {Schemas["MentorCoverage"][]} */ let weeks = [];
  /** @type {Slot[]} */ let slots = [];
  /** @type {Schemas["MentorPreferences"][] | null} */ let wished = null;
  /** @type {Schemas["MentorAllocationItem"][] | null} */ let drawn = null;
  /** @type {unknown} */ let problem;
  let isGapsOnly = false;
  let isWishesOpen = false;
  let isDrawsOpen = false;
  const load = async () => {
    const [coverage, all] = await Promise.all([
      get(`v1/cohorts/${cohort}/mentor-coverage`, { signal: page.signal }), every(`v1/cohorts/${cohort}/mentor-slots?limit=100`, { signal: page.signal })]);
    weeks = coverage.data.data;
    slots = all;
    if (isDrawsOpen) await loadDraws();
    page.draw();
  };
  const loadDraws = async () => { drawn = (await get(`v1/cohorts/${cohort}/mentor-allocations`)).data.data; page.draw(); };
  const loadWishes = async () => { wished = (await get(`v1/cohorts/${cohort}/mentor-preferences`)).data.data; page.draw(); };
  const act = async (/** @type {() => Promise<unknown>} */ one) => {
    problem = undefined;
    try { await one(); } catch (error) { problem = error; report(error); }
    await load();
  };
  await load();
  follow(page, (change) => /sign_up|mentor/.test(change.kind), load);

  const gap = (/** @type {Schemas["MentorCoverage"]} */ week) => week.gap > 0 ? h("span", { class: "tag bad" }, "✕ ", t("mentors.missing", { count: week.gap }))
    : week.alone ? h("span", { class: "tag warn" }, "! ", t("mentors.alone")) : week.slots ? h("span", { class: "tag good" }, "✓ ", t("mentors.covered")) : h("span", { class: "tag" }, "– ", t("mentors.noslots"));
  const row = (/** @type {Schemas["MentorCoverage"]} */ week) => h("li", { class: "card stack", key: week.week },
    h("div", { class: "row apart" }, h("h2", null, t("slot.number", { week: week.week })), gap(week)),
    h("p", { class: "hint" }, days(week.starts_on, week.ends_on), " · ", t("mentors.of", { have: week.confirmed, want: week.wanted })),
    h("ul", { class: "plain lines" }, slots.filter((slot) => slot.week === week.week).map((slot) => h("li", { key: slot.id },
      h("button", { type: "button", class: "line", onclick: () => slotView(slot, week, load) },
        h("span", { class: "row" }, slotTags(slot), h("span", { class: slot.confirmed < slot.min ? "tag bad" : "tag" }, slot.confirmed < slot.min ? "✕ " : "", t("mentors.of", { have: slot.confirmed, want: slot.capacity }))),
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
        h("div", { class: "row" }, link(`cohorts/${cohort}/office-hours`, { class: "button" }, t("slot.office")), button(t("mentors.make"), () => make(cohort, weeks, act), slots.length ? undefined : "main"), slots.length > 0 && button(t("mentors.allocate"), () => allocate(cohort, slots, load), "main"))),
      problemBox(problem),
      slots.length === 0 ? h("div", { class: "empty" }, h("p", null, t("mentors.empty"))) : h("div", { class: "row apart" },
        h("p", { class: missing ? "tag bad" : "tag good" }, missing ? "✕ " : "✓ ", missing ? t("mentors.missing", { count: missing }) : t("mentors.allcovered")),
        h("div", { class: "field check" }, h("label", { for: "gaps" }, t("mentors.gapsonly")), h("input", { id: "gaps", type: "checkbox", checked: isGapsOnly, onchange: (/** @type {any} */ event) => { isGapsOnly = event.target.checked; page.draw(); } }))),
      h("ul", { class: "plain grid" }, shown.map(row)),
      h("details", { open: isWishesOpen, ontoggle: (/** @type {any} */ event) => { isWishesOpen = event.target.open; if (isWishesOpen && !wished) loadWishes().catch(report); } }, h("summary", null, t("mentors.wishes")),
        wished ? wished.length ? h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("mentors.wishes") }, h("table", null, h("thead", null, h("tr", null, ["mentors.who", "mentors.ranked", "mentoring.together", "mentors.atmost"].map((key) => h("th", { scope: "col", key }, t(key))))),
          h("tbody", null, wished.map((one) => h("tr", { key: one.person.id }, h("th", { scope: "row" }, name(one.person.name)), h("td", null, h("ol", null, one.ranked.map((id) => h("li", { key: id }, slotText(slots.find((slot) => slot.id === id)))))), h("td", null, names(one.together_with)), h("td", null, one.at_most ?? "–"))))))
          : h("p", { class: "empty" }, t("mentors.nowishes")) : h("p", { class: "loading" }, t("loading"))),
      h("details", { open: isDrawsOpen, ontoggle: (/** @type {any} */ event) => { isDrawsOpen = event.target.open; if (isDrawsOpen && !drawn) loadDraws().catch(report); } }, h("summary", null, t("mentors.draws")),
        drawn ? lines("mentors.draws.none", drawn.map((one) => h("li", { key: one.id }, h("button", { type: "button", class: "line", onclick: () => showDraw(one.id, cohort, slots, load).catch(report) },
          h("span", { class: "row" }, time(one.created_at), h("span", { class: one.status === "confirmed" ? "tag good" : "tag" }, one.status === "confirmed" ? "✓ " : "○ ", t(`mentors.draw.${one.status}`))))))) : h("p", { class: "loading" }, t("loading"))));
  });
}

/** @param {Slot | undefined} slot */
const slotText = (slot) => slot ? `${t("slot.number", { week: slot.week })} · ${t(`slot.${slot.kind}`)}` : "–";

/** Who has signed up for a slot, and who came. @param {Slot} slot @param {Schemas["MentorCoverage"]} week @param {() => Promise<void>} load */
async function slotView(slot, week, load) {
  /** @type {Schemas["SignUp"][]} */ let all = [];
  /** In which students have a place, of a pastoral slot. @type {Schemas["Walk"] | undefined} */ let walk;
  /** @type {unknown} */ let problem;
  const again = async () => {
    const [here, walks] = await Promise.all([every(`v1/mentor-slots/${slot.id}/sign-ups?limit=100`), slot.kind === "pastoral" ? get(`v1/cohorts/${slot.cohort_id}/walks`) : null]);
    all = here;
    walk = walks?.data.data.find((/** @type {Schemas["Walk"]} */ one) => one.slot_id === slot.id);
  };
  await again();
  const kinds = /** @type {[string, string][]} */ (["week", "project", "role", "pastoral", "employment"].map((kind) => [kind, t(`slot.${kind}`)]));
  /** @type {{ problem?: unknown, busy?: boolean }} */ const state = {};
  /** @type {{ problem?: unknown, busy?: boolean }} */ const walking = {};
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
      slot.kind === "pastoral" && h("details", { open: !!walk }, h("summary", null, t("walks.offer")), h("p", { class: "hint" }, t("walks.offer.lead")), formView({
        state: walking, draw, button: t(walk ? "save" : "walks.offer"),
        beside: walk && button(t("walks.end"), () => act(async () => { await write("DELETE", `v1/mentor-slots/${slot.id}/walk`); toast(t("walks.ended")); }), "quiet"),
        fields: [{ name: "places", label: t("walks.places"), type: "number", inputmode: "numeric", value: String(walk?.places ?? 3), hint: walk && t("walks.taken", { count: walk.taken }) }],
        send: async (values) => { await write("PUT", `v1/mentor-slots/${slot.id}/walk`, { places: Number(values.places) }); await again(); toast(t("walks.offered")); },
      })),
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
  const first = only ?? weeks.find((week) => week.ends_on >= today())?.week ?? 1;
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
      const there = data.left_out.length;
      toast(`${t("mentors.made", { count: data.data.length })} ${there ? t("mentors.there", { count: there }) : ""}`, { label: t("undo"), run: () => void act(() => Promise.all(data.data.map((/** @type {Slot} */ slot) => write("DELETE", `v1/mentor-slots/${slot.id}`)))) });
    },
  }));
}

/** What was drawn, from what, and drawing it again. @param {string} id @param {string} cohort @param {Slot[]} slots @param {() => Promise<void>} load */
async function showDraw(id, cohort, slots, load) {
  const [allocation, drawn] = await Promise.all([get(`v1/mentor-allocations/${id}`), get(`v1/mentor-allocations/${id}/draw`)]);
  await allocate(cohort, slots, load, allocation.data, drawn.data);
}

/** How a draw was made, so that nobody need take it on trust. @param {Schemas["MentorDraw"]} drawn @param {Schemas["MentorRerun"] | null} again @param {() => void} rerun */
const drawView = (drawn, again, rerun) => [
  h("p", { class: "hint" }, t("mentors.draw.number", { number: drawn.number }), " · ", time(drawn.created_at), drawn.seed_given != null && [" · ", t(drawn.seed_given ? "mentors.draw.given" : "mentors.draw.random")]),
  drawn.commitment && h("p", { class: "hint" }, t("mentors.draw.told"), " ", h("bdi", { dir: "ltr", class: "prose" }, drawn.commitment)),
  h("div", { class: "row", role: "status" }, button(t("mentors.draw.again"), rerun),
    again && h("span", { class: again.same_result ? "tag good wrap" : "tag bad wrap" }, again.same_result ? "✓ " : "✕ ", t(again.same_result ? "mentors.draw.same" : "mentors.draw.other")),
    again?.commitment_holds != null && h("span", { class: again.commitment_holds ? "tag good wrap" : "tag bad wrap" }, again.commitment_holds ? "✓ " : "✕ ", t(again.commitment_holds ? "mentors.draw.holds" : "mentors.draw.broken")))];

/** Share places out by wishes: a draft, why each got what, and its confirmation. @param {string} cohort @param {Slot[]} slots @param {() => Promise<void>} load
 * @param {Schemas["MentorAllocation"] | null} [draft] one that was drawn before @param {Schemas["MentorDraw"]} [drawn] its draw */
async function allocate(cohort, slots, load, draft = null, drawn) {
  /** @type {Schemas["MentorRerun"] | null} */ let again = null;
  /** @type {unknown} */ let problem;
  /** @type {{ problem?: unknown, busy?: boolean }} */ const state = {};
  const slotOf = (/** @type {string} */ id) => slotText(slots.find((slot) => slot.id === id));
  await dialog(t(drawn ? "mentors.draws" : "mentors.allocate"), (close, draw) => {
    const rerun = async () => {
      try { again = (await call("POST", `v1/mentor-allocations/${draft?.id}/reruns`)).data; } catch (error) { problem = error; report(error); }
      draw();
    };
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
      drawn && drawView(drawn, again, rerun),
      h("h3", null, t("mentors.gets")),
      draft.assignments.length ? h("ul", { class: "plain lines" }, draft.assignments.map((one) => h("li", { class: "row apart", key: one.slot_id + one.person.id }, name(one.person.name), h("span", { class: "tag good" }, "✓ ", slotOf(one.slot_id))))) : h("p", { class: "empty" }, t("mentors.getsnothing")),
      report_ && report_.short_slots.length > 0 && [h("h3", null, t("mentors.short")), h("ul", { class: "plain row" }, report_.short_slots.map((one) => h("li", { class: "tag bad", key: one.slot_id }, "✕ ", slotOf(one.slot_id), " · ", t("mentors.of", { have: one.mentors, want: one.min }))))],
      report_ && report_.without_place.length > 0 && h("p", null, h("span", { class: "tag warn" }, "! ", t("mentors.without")), " ", names(report_.without_place)),
      report_?.contests.map((one) => h("p", { class: "hint" }, rich("mentors.contest", { who: names(one.people), count: one.places }))),
      h("details", null, h("summary", null, t("mentors.why")), draft.wishes.map((one) => h("div", { class: "stack", key: one.person.id }, h("h3", null, name(one.person.name)),
        h("ul", { class: "plain lines" }, one.outcomes.map((wish) => h("li", { key: wish.slot_id }, h("span", { class: wish.granted ? "tag good" : "tag" }, wish.granted ? "✓ " : "– ", slotOf(wish.slot_id)), " ", t(`why.${wish.reason}`))))))),
      h("div", { class: "row" }, draft.status === "draft" && draft.assignments.length > 0 && button(t("mentors.confirm"), confirm, "main"), !drawn && button(t("mentors.otherwise"), () => { draft = null; draw(); })));
  }, { kind: "wide" });
}

export default { "cohorts/:cohort/mentors": mentors };
