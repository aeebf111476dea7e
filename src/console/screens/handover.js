// What the mentors of a week tell those of the next.
import { Problem, day, formView, get, h, is, lines, link, name, part, partsScreen, t, time, toast, write } from "../core.js";

/** @import { Answer, FormState, Page, Schemas } from "../types.js" */

/** @param {Page} page */
function handOver(page) {
  const { cohort } = page.params;
  const week = Number(page.params.week);
  const at = `v1/cohorts/${cohort}/weeks/${week}/hand-over`;
  /** @type {Answer<Schemas["HandOver"]> | null} */ let note = null;
  let writes = is("organiser", "facilitator");
  /** What somebody else has written meanwhile stands above one's own. */
  let isChanged = false;
  let draft = "";
  /** @type {FormState} */ const state = {};
  const to = (/** @type {number} */ other) => `cohorts/${cohort}/weeks/${other}/hand-over`;
  const load = async () => {
    const [now, mine] = await Promise.all([get(at), writes || !is("alumnus") ? null : get("v1/me/sign-ups?limit=50")]);
    note = now;
    writes ||= !!mine?.data.data.some((/** @type {Schemas["OwnSignUp"]} */ one) => one.cohort.id === cohort && one.week.number === week && ["confirmed", "attended"].includes(one.status));
  };
  return partsScreen(page, "hand.title", () => ({
    load,
    view: () => note && [
      h("nav", { class: "row", "aria-label": t("hand.weeks") }, week > 1 && link(to(week - 1), { class: "button", "aria-label": t("week.number", { week: week - 1 }) }, h("span", { class: "turn" }, "‹")),
        h("strong", null, t("week.number", { week })), link(to(week + 1), { class: "button", "aria-label": t("week.number", { week: week + 1 }) }, h("span", { class: "turn" }, "›"))),
      part(t("hand.note"), h("p", { class: "hint" }, t("hand.lead")),
        isChanged && h("p", { class: "problem", role: "alert" }, t("hand.changed")),
        note.data.text && (!writes || isChanged) && h("p", { class: "prose", dir: "auto" }, note.data.text),
        !note.data.text && !writes && h("p", { class: "empty" }, t("hand.none")),
        note.data.written_by && note.data.updated_at && h("p", { class: "hint" }, name(note.data.written_by.name), " · ", time(note.data.updated_at)),
        writes && formView({
          state, draw: page.draw, button: t("save"), fields: [{ name: "text", label: t("hand.text"), rows: 8, dir: "auto", value: isChanged ? draft : note.data.text ?? "" }],
          send: async (values) => {
            try {
              note = await write("PUT", at, { text: values.text }, note?.data.version ? { etag: `"${note.data.version}"` } : {});
              isChanged = false;
              toast(t("saved"));
            } catch (error) {
              if (!(error instanceof Problem) || ![412, 428].includes(error.status)) throw error;
              // Theirs is read, and what one wrote stays in the field.
              draft = values.text;
              note = await get(at);
              isChanged = true;
            }
          },
        })),
      part(t("week.actions"), lines("hand.noactions", note.data.open_actions.map((one) => h("li", { key: one.id }, name(one.text), h("br"), h("small", null, one.owner ? name(one.owner.name) : t("week.action.nobody"), ` · ${t("week.action.by", { day: day(one.due_on) })}`))))),
    ],
  }), () => h("p", { class: "links" }, is("organiser", "facilitator") ? link(`cohorts/${cohort}`, null, t("nav.needs")) : link("mentoring", null, t("nav.mentoring"))));
}

export default { "cohorts/:cohort/weeks/:week/hand-over": handOver };
