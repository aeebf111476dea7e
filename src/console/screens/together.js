// What a cohort says to itself: retros and code reviews.
import { Problem, asOf, day, dialog, follow, formView, go, h, is, link, load, me, name, onSent, outside, report, rich, t, tell, time, toast, waitingHere, write } from "../core.js";

/** @import { Answer, Page, Schemas } from "../types.js" */
/** @template T @typedef {Answer<T>} Answer */
/** @typedef {Schemas["ItemKind"]} Kind */

/**
 * Reads what a screen shows, now and whenever something came through or others changed it.
 * @param {Page} page @param {(change: Schemas["Change"]) => boolean} concerns @param {() => Promise<void>} read
 */
async function reading(page, concerns, read) {
  const again = () => read().catch((error) => { if (!page.signal.aborted) report(error); });
  onSent(page, again);
  await read();
  follow(page, concerns, read);
  return again;
}

// ---- Retros ----------------------------------------------------------------------------------------------------------

/** @type {Record<string, [string, string]>} */
const RETRO = { open: ["good", "○ "], voting: ["warn", "◔ "], closed: ["", "✓ "] };
/** @param {string} status */
const retroTag = (status) => h("span", { class: `tag ${RETRO[status][0]}` }, RETRO[status][1], t(`retro.${status}`));

/** The retros of a week, and how to open one. @param {Page} page */
async function retros(page) {
  const { cohort, week } = page.params;
  const path = `v1/cohorts/${cohort}/weeks/${week}/retros`;
  /** @type {Answer<{ data: Schemas["RetroSummary"][] }> | null} */
  let answer = null;
  page.title(() => t("retro.title"));
  const open = (/** @type {string} */ scope) => write("POST", path, { scope }).then(({ data }) => go(`retros/${data.id}`), (error) => {
    // Somebody was faster.
    if (error instanceof Problem && error.data.retro_id) go(`retros/${error.data.retro_id}`);
    else tell(error);
  });
  const view = () => {
    const all = answer?.data.data ?? [];
    return h("section", { class: "narrow stack" },
      h("p", { class: "row lead" }, link(`week?week=${week}`, null, t("week.number", { week: Number(week) })), asOf(answer)), h("h1", null, t("retro.title")),
      h("p", { class: "lead" }, t("retro.lead")),
      all.length > 0 && h("ul", { class: "plain stack" }, all.map((one) => h("li", { key: one.id }, link(`retros/${one.id}`, { class: "card row apart whole" }, one.team ? name(one.team.name) : t("retro.cohort"), retroTag(one.status))))),
      h("div", { class: all.length ? "row" : "empty row" }, !all.length && h("p", null, t("retro.none")),
        is("student") && h("button", { type: "button", class: "main", onclick: () => open("team") }, t("retro.open.team")),
        !all.some((one) => one.scope === "cohort") && h("button", { type: "button", onclick: () => open("cohort") }, t("retro.open.cohort"))));
  };
  await reading(page, (change) => change.cohort_id === cohort && change.object.type === "retro", () => load(page, path, (now) => { answer = now; page.show(view); }));
}

/** @type {[Kind, string][]} */
const KINDS = [["stop", "■"], ["go", "▶"], ["continue", "↻"]];

/** @param {Page} page */
async function retro(page) {
  const path = `v1/retros/${page.params.retro}`;
  page.title(() => t("retro.title"));
  const read = () => load(page, path, (now) => page.show(() => retroView(page, now, act)));
  const again = await reading(page, (change) => change.object.id === page.params.retro || change.object.type === "action", read);
  /** @param {() => Promise<any>} todo @param {string} [done] */
  async function act(todo, done) {
    try {
      const result = await todo();
      if (done && !result?.queued) toast(done);
      await again();
    } catch (error) { tell(error); }
  }
}

/** @typedef {(todo: () => Promise<any>, done?: string) => Promise<void>} Act */

/** @param {Page} page @param {Answer<Schemas["Retro"]>} answer @param {Act} act */
function retroView(page, answer, act) {
  const { data } = answer;
  const isClosed = data.status === "closed";
  const votes = data.votes_left ?? [];
  const left = (/** @type {Kind} */ kind) => votes.find((one) => one.kind === kind)?.votes ?? 0;
  // In a team's retro they are the same votes for all kinds.
  const total = data.scope === "team" ? left("stop") : votes.reduce((sum, one) => sum + one.votes, 0);
  return [
    h("header", { class: "head" },
      h("p", { class: "row lead" }, link(`cohorts/${data.cohort_id}/weeks/${data.week}/retros`, null, t("week.number", { week: data.week })), retroTag(data.status), asOf(answer)),
      h("h1", null, data.team ? rich("retro.of", { team: name(data.team.name) }) : t("retro.cohort")),
      h("p", { class: "lead" }, t(isClosed ? "retro.lead.closed" : "retro.lead"), !isClosed && data.votes_left && ` ${t("retro.left", { count: total })}`)),
    waitingHere(path_(data.id), "v1/retro-items/"),
    h("div", { class: "columns three" }, KINDS.map(([kind, sign]) => h("section", { class: "card stack", key: kind },
      h("h2", null, h("span", { "aria-hidden": "true" }, `${sign} `), t(`retro.${kind}`)),
      h("ul", { class: "plain list" }, data.items.filter((one) => one.kind === kind)
        .sort((a, b) => (b.votes ?? 0) - (a.votes ?? 0)).map((one) => item(one, left(kind), isClosed, act))),
      !isClosed && newItem(page, data, kind, act)))),
    actionsOf(data, act),
    !isClosed && h("div", { class: "row" }, h("button", { type: "button", onclick: () => closeRetro(data, act) }, t("retro.close"))),
  ];
}

/** @param {string} id */
const path_ = (id) => `v1/retros/${id}`;

/** @param {Schemas["RetroItem"]} one @param {number} left @param {boolean} isClosed @param {Act} act */
function item(one, left, isClosed, act) {
  const vote = () => act(() => write(one.voted ? "DELETE" : "PUT", `v1/retro-items/${one.id}/votes/me`, undefined, { later: t("retro.vote.for", { text: one.text }) }));
  const remove = () => act(async () => {
    await write("DELETE", `v1/retro-items/${one.id}`);
    toast(t("removed"), { label: t("undo"), run: () => act(() => write("POST", `v1/retros/${one.retro_id}/items`, { kind: one.kind, text: one.text })) });
  });
  return h("li", { key: one.id, class: "row apart" }, h("span", { class: "clip", dir: "auto" }, one.text),
    h("span", { class: "row" },
      one.votes != null && h("span", { class: "tag" }, "▲ ", t("retro.votes", { count: one.votes })),
      one.mine && h("button", { type: "button", class: "icon", onclick: remove, "aria-label": t("remove.what", { what: one.text }) }, "×"),
      !isClosed && one.voted != null && h("button", { type: "button", class: one.voted ? "main" : "", "aria-pressed": String(one.voted), disabled: !one.voted && left < 1, onclick: vote, "aria-label": t("retro.vote.for", { text: one.text }) }, one.voted ? "▲ ✓" : "△")));
}

/** @param {Page} page @param {Schemas["Retro"]} data @param {Kind} kind @param {Act} act */
function newItem(page, data, kind, act) {
  const id = `retro-${kind}`;
  const send = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const text = String(new FormData(form).get("text")).trim();
    if (!text) return;
    // Cleared once it is on its way, and not what has been typed since.
    await act(async () => {
      const answer = await write("POST", `v1/retros/${data.id}/items`, { kind, text }, { later: text });
      form.reset();
      return answer;
    });
    page.draw();
  };
  return h("form", { class: "inline", onsubmit: send, novalidate: true }, h("label", { class: "unseen", for: id }, t(`retro.add.${kind}`)),
    h("input", { id, name: "text", dir: "auto", maxlength: 200, placeholder: t(`retro.add.${kind}`), autocomplete: "off" }), h("button", { "aria-label": t("retro.add", { kind: t(`retro.${kind}`) }) }, "+"));
}

/** @param {Schemas["Retro"]} data @param {Act} act */
function actionsOf(data, act) {
  const all = [...data.actions, ...data.carried_over];
  if (!all.length) return null;
  const done = (/** @type {Schemas["Action"]} */ one) => act(() => write("PATCH", `v1/actions/${one.id}`, { status: "done" }, { later: one.text }), t("week.action.done"));
  return h("section", { class: "card stack" }, h("h2", null, t("week.actions")), h("ul", { class: "plain list" }, all.map((one) => h("li", { key: one.id, class: "row apart" },
    h("span", { class: "clip" }, name(one.text), h("br"), h("small", null, one.owner ? name(one.owner.name) : t("week.action.nobody"), ` · ${t("week.action.by", { day: day(one.due_on) })}`)),
    one.status === "open" ? h("button", { type: "button", onclick: () => done(one), "aria-label": t("week.action.do", { what: one.text }) }, "✓ ", t("week.action.finish")) : h("span", { class: "tag good" }, "✓ ", t("week.action.finish"))))));
}

/** Closing counts the votes for good, so it says beforehand what it does. @param {Schemas["Retro"]} data @param {Act} act */
function closeRetro(data, act) {
  void dialog(t("retro.close"), (close) => [h("p", null, t("retro.close.lead")), h("div", { class: "row" },
    h("button", { type: "button", class: "main", onclick: () => close(true) }, t("retro.close")), h("button", { type: "button", onclick: () => close() }, t("retro.close.not")))])
    .then((yes) => yes && act(async () => {
      const { data: made } = await write("POST", `v1/retros/${data.id}/closing`);
      toast(t("retro.closed.with", { count: made.data.length }));
    }));
}

// ---- Code reviews ----------------------------------------------------------------------------------------------------

/** @param {Page} page */
async function review(page) {
  const path = `v1/code-reviews/${page.params.review}`;
  /** @type {Answer<Schemas["CodeReview"]> | null} */
  let answer = null;
  /** @type {Schemas["ReviewIssue"][]} */
  let issues = [];
  page.title(() => t("review.title"));
  const read = async () => {
    await Promise.all([
      load(page, path, (now) => { answer = now; draw(); }),
      load(page, `${path}/issues`, ({ data }) => { issues = data.data; draw(); }),
    ]);
  };
  const draw = () => page.show(() => answer && reviewView(page, answer, issues, act));
  const again = await reading(page, (change) => change.object.type === "review_issue" || change.object.id === page.params.review, read);
  /** @param {() => Promise<any>} todo @param {string} [done] */
  async function act(todo, done) {
    try {
      const result = await todo();
      if (done && !result?.queued) toast(done);
      await again();
    } catch (error) { tell(error); }
  }
}

/** @type {Record<string, [string, string]>} */
const ISSUE = { open: ["warn", "○ "], answered: ["good", "↩ "], closed: ["", "✓ "] };
/** @type {Record<string, [string, string]>} */
const REVIEW = { assigned: ["warn", "○ "], done: ["good", "✓ "], abandoned: ["bad", "! "] };

/** @param {Page} page @param {Answer<Schemas["CodeReview"]>} answer @param {Schemas["ReviewIssue"][]} issues @param {Act} act */
function reviewView(page, answer, issues, act) {
  const { data } = answer;
  const path = `v1/code-reviews/${data.id}`;
  // Who comes from the week knows on which side they are; whoever does not is told by the API.
  const reads = page.params.as !== "reviewed";
  const isRead = page.params.as !== "reviewer";
  const raise = () => {
    const state = {};
    void dialog(t("review.raise"), (close, draw) => formView({
      state, draw, button: t("review.raise"),
      fields: [{ name: "title", label: t("review.issue"), dir: "auto", required: true }, { name: "body", label: t("review.body"), hint: t("review.body.hint"), rows: 5, dir: "auto", required: true }, { name: "url", label: t("review.url"), type: "url", dir: "ltr" }],
      send: async (values) => {
        const sent = await write("POST", `${path}/issues`, { title: values.title, body: values.body, ...(values.url ? { url: values.url } : {}) }, { later: values.title });
        close();
        await act(async () => sent, t("review.raised"));
      },
    }));
  };
  return h("section", { class: "narrow stack" },
    h("p", { class: "row lead" }, link(`week?week=${data.week}`, null, t("week.number", { week: data.week })), h("span", { class: `tag ${REVIEW[data.status][0]}` }, REVIEW[data.status][1], t(`review.status.${data.status}`)), asOf(answer)),
    h("h1", null, rich("review.of", { reviewer: name(data.reviewer_team.name), reviewed: name(data.reviewed_team.name) })),
    h("p", { class: "links" }, data.reviewed_team.repository_url && outside(data.reviewed_team.repository_url), data.reviewed_team.deployed_url && outside(data.reviewed_team.deployed_url)),
    data.status !== "done" && h("p", null, rich("review.until", { at: time(data.due_at, data.time_zone) })),
    waitingHere(path, "v1/review-issues/"),
    issues.length ? h("ul", { class: "plain stack" }, issues.map((one) => issue(one, isRead, act)))
      : h("div", { class: "empty" }, h("p", null, t(reads ? "review.none" : "review.none.yet"))),
    reads && h("div", { class: "row" }, h("button", { type: "button", class: "main", onclick: raise }, t("review.raise")),
      data.status === "assigned" && h("button", { type: "button", onclick: () => act(() => write("PATCH", path, { status: "done" }, { etag: answer.etag, later: t("review.finish") }), t("review.finished")) }, "✓ ", t("review.finish")),
      data.status === "abandoned" && h("button", { type: "button", onclick: () => act(() => write("POST", `${path}/takeovers`), t("review.taken")) }, t("review.take"))),
    h("details", null, h("summary", null, t("review.why")), h("p", { lang: "en", dir: "ltr", class: "prose" }, data.explanation)));
}

/** @param {Schemas["ReviewIssue"]} one @param {boolean} isRead @param {Act} act */
function issue(one, isRead, act) {
  const path = `v1/review-issues/${one.id}`;
  const answer = () => {
    const state = {};
    void dialog(one.title, (close, draw) => formView({
      state, draw, button: t("review.answer"), fields: [{ name: "answer", label: t("review.answer.label"), rows: 4, dir: "auto", value: one.answer ?? "", required: true }],
      send: async (values) => {
        const sent = await write("PATCH", path, { status: "answered", answer: values.answer }, { etag: `"${one.version}"`, later: one.title, labels: { answer: t("review.answer.label") } });
        close();
        await act(async () => sent, t("review.answered.done"));
      },
    }));
  };
  return h("li", { key: one.id, class: "card stack" },
    h("div", { class: "row apart" }, h("h2", null, name(one.title)), h("span", { class: `tag ${ISSUE[one.status][0]}` }, ISSUE[one.status][1], t(`issue.${one.status}`))),
    h("p", { class: "prose", dir: "auto" }, one.body), one.url && h("p", null, outside(one.url)),
    h("p", null, h("small", null, one.raised_by && name(one.raised_by.name), " · ", time(one.created_at))),
    one.answer && h("blockquote", null, h("p", { class: "prose", dir: "auto" }, one.answer), one.answered_by && h("small", null, name(one.answered_by.name))),
    one.status !== "closed" && h("div", { class: "row" },
      isRead && one.raised_by?.id !== me?.id && h("button", { type: "button", onclick: answer, "aria-label": t("review.answer.to", { what: one.title }) }, "↩ ", t("review.answer")),
      one.raised_by?.id === me?.id && h("button", { type: "button", "aria-label": t("review.close.what", { what: one.title }), onclick: () => act(() => write("PATCH", path, { status: "closed" }, { later: one.title }), t("review.closed.done")) }, "✓ ", t("review.close"))));
}

export default {
  "cohorts/:cohort/weeks/:week/retros": retros,
  "retros/:retro": retro,
  "reviews/:review": review,
};
