// The work of a cohort's week, for staff: what was handed in and by whom not, who has more time, and the code reviews.
import { button, cohortTabs, dialog, follow, formView, get, h, lines, link, name, part, partsScreen, rich, t, time, toast, today, write } from "../core.js";

/** @import { Act, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["TeamSubmission"]} Work */

/** The number of the week it is, of the next one before the first, or of the last one. @param {string} cohort */
async function currentWeek(cohort) {
  const coming = (await get(`${cohort}/weeks?from=${today()}`)).data.data;
  return (coming[0] ?? (await get(`${cohort}/weeks`)).data.data.at(-1))?.number ?? 1;
}

/** @param {string | null | undefined} url @param {string} text */
const outside = (url, text) => !!url && /^https?:/.test(url) && h("a", { href: url, rel: "noreferrer", class: "out" }, text, " ↗");

/** @param {Work} one */
function state({ submission, due }) {
  if (submission) return submission.late ? h("span", { class: "tag warn" }, "◷ ", t("work.late")) : h("span", { class: "tag good" }, "✓ ", t("work.sent"));
  return due && Date.parse(due.at) < Date.now() ? h("span", { class: "tag bad" }, "! ", t("work.overdue")) : h("span", { class: "tag" }, "○ ", t("work.unsent"));
}

/** @type {Record<Schemas["ReviewStatus"], [kind: string, sign: string]>} */
const REVIEW = { assigned: ["warn", "○ "], done: ["good", "✓ "], abandoned: ["bad", "! "] };

/** @param {Page} page */
async function work(page) {
  const cohort = `v1/cohorts/${page.params.cohort}`;
  const week = Number(page.params.week) || (await currentWeek(cohort));
  const at = `${cohort}/weeks/${week}`;
  /** @type {Work[]} */ let all = [];
  /** @type {Schemas["CodeReview"][]} */ let reviews = [];
  const to = (/** @type {number} */ other) => `cohorts/${page.params.cohort}/work?week=${other}`;
  const load = async () => {
    const [handedIn, given] = await Promise.all([get(`${at}/submissions`), get(`${at}/code-reviews`)]);
    [all, reviews] = [handedIn.data.data, given.data.data];
  };
  follow(page, (change) => change.cohort_id === page.params.cohort, load);

  /** @param {Work} one @param {Act} act */
  const extend = (one, act) => {
    /** @type {FormState} */ const form = {};
    const path = `v1/teams/${one.team.id}/weeks/${week}/extension`;
    const end = () => write("DELETE", path);
    void dialog(t("work.extend.of", { team: one.team.name }), (close, draw) => formView({
      state: form, draw, button: t("work.extend"),
      fields: [{ name: "due_at", label: t("work.due"), type: "datetime-local", hint: t("work.local"), value: one.due?.local.slice(0, 16) ?? "" }, { name: "reason", label: t("work.why"), hint: t("work.why.hint"), dir: "auto" }],
      send: async (values) => {
        await write("PUT", path, { due_at: values.due_at, ...(values.reason ? { reason: values.reason } : {}) });
        close();
        await act(async () => toast(t("work.extended", { team: one.team.name }), one.due?.extended ? undefined : { label: t("undo"), run: () => void act(end) }));
      },
      beside: one.due?.extended && button(t("work.extension.end"), () => { close(); void act(async () => { await end(); toast(t("work.extension.ended", { team: one.team.name })); }); }),
    }));
  };

  /** @param {Work} one @param {Act} act */
  const row = (one, act) => h("li", { class: "row apart", key: one.team.id },
    h("span", null, h("strong", null, name(one.team.name)), " ", state(one), one.due?.extended && [" ", h("span", { class: "tag" }, `+ ${t("work.more")}`)], h("br"),
      h("small", null, one.submission ? rich("work.version", { number: one.submission.number, at: time(one.submission.submitted_at, one.due?.time_zone) })
        : one.due ? rich("work.until", { at: time(one.due.at, one.due.time_zone) }) : t("work.nodue"), one.hints_used > 0 && [" · ", t("work.hints", { count: one.hints_used })]),
      one.submission && h("span", { class: "links" }, outside(one.submission.repository_url, t("work.code")), outside(one.submission.deployed_url, t("work.app"))),
      one.submission?.notes && h("p", { class: "prose hint", dir: "auto" }, one.submission.notes)),
    one.due && button(t("work.extend"), () => extend(one, act), "quiet", t("work.extend.of", { team: one.team.name })));

  /** @param {Schemas["CodeReview"]} one */
  const review = (one) => h("li", { key: one.id }, link(`reviews/${one.id}`, { class: "row apart whole" },
    h("span", null, rich("work.review", { reviewer: name(one.reviewer_team.name), reviewed: name(one.reviewed_team.name) }), h("br"),
      h("small", null, rich("work.until", { at: time(one.due_at, one.time_zone) }), one.issues.open > 0 && [" · ", t("work.open", { count: one.issues.open })])),
    h("span", { class: `tag ${REVIEW[one.status][0]}` }, REVIEW[one.status][1], t(`work.${one.status}`))));

  return partsScreen(page, "work.title", (act) => ({
    load,
    view: () => [
      h("nav", { class: "row", "aria-label": t("work.weeks") },
        week > 1 && link(to(week - 1), { class: "button", "aria-label": t("work.before") }, h("span", { class: "turn" }, "‹")),
        h("strong", null, t("slot.number", { week })), link(to(week + 1), { class: "button", "aria-label": t("work.after") }, h("span", { class: "turn" }, "›"))),
      part(t("work.submissions"), all.length > 0 && h("p", { class: "lead" }, t("work.count", { count: all.filter((one) => one.submission).length, all: all.length })),
        // Whom one has to ask comes first.
        lines("work.noteams", [...all].sort((a, b) => Number(!!a.submission) - Number(!!b.submission)).map((one) => row(one, act)))),
      part(t("work.reviews"), lines("work.noreviews", reviews.map(review)),
        all.length > 1 && h("div", { class: "row" }, button(t(reviews.length ? "work.share.again" : "work.share"), () => act(async () => { await write("POST", `${at}/code-reviews`, {}); toast(t("work.shared")); })))),
    ],
  }), () => cohortTabs(page.params.cohort, "work"));
}

export default { "cohorts/:cohort/work": work };
