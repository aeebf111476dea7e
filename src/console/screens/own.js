// What is one's own: the manual, the progress log, feedback, and what waits to be sent.
import { Offline, Problem, asOf, day, formView, get, h, learn, link, load, me, name, newKey, onSent, outbox, problemBox, report, stateTag, t, tell, time, toast, waitingHere, write } from "../core.js";

/** @import { Answer, Page, Schemas, Waiting } from "../types.js" */
/** @template T @typedef {Answer<T>} Answer */

const own = () => h("nav", { class: "links", "aria-label": t("nav.own") }, link("log", null, t("week.log")), link("manual", null, t("week.manual")), link("feedback", null, t("feedback.got")), link("outbox", null, t("outbox.title")));

// ---- The manual ------------------------------------------------------------------------------------------------------

const MANUAL = /** @type {const} */ (["how_i_work", "how_i_like_feedback", "how_to_reach_me", "good_to_know"]);

/** One's own, to write in. @param {Page} page */
async function manual(page) {
  page.title(() => t("week.manual"));
  /** @type {Answer<Schemas["Manual"]> | null} */
  let answer = null;
  const state = {};
  const labels = () => Object.fromEntries(MANUAL.map((key) => [key, t(`manual.${key}`)]));
  const send = async (/** @type {Record<string, string>} */ values) => {
    const body = Object.fromEntries(MANUAL.map((key) => [key, values[key].trim() || null]));
    const sent = await write("PUT", "v1/me/manual", body, { etag: answer?.etag, later: t("week.manual"), labels: labels() });
    if (sent.queued) return;
    answer = sent;
    toast(t("manual.saved"));
  };
  const read = () => load(page, "v1/me/manual", (now) => { answer = now; page.show(view); });
  const view = () => answer && h("section", { class: "narrow stack" }, own(), h("div", { class: "row apart" }, h("h1", null, t("week.manual")), asOf(answer)), h("p", { class: "lead" }, t("manual.lead")), waitingHere("v1/me/manual"),
    formView({ state, draw: page.draw, button: t("save"), send, fields: MANUAL.map((key) => ({ name: key, label: t(`manual.${key}`), rows: 3, dir: "auto", value: answer?.data[key] ?? "" })) }));
  onSent(page, () => void read().catch(report));
  await read();
}

/** Somebody else's. @param {Page} page */
async function manualOf(page) {
  page.title(() => t("week.manual.read"));
  await load(page, `v1/people/${page.params.person}/manual`, (answer) => page.show(() => {
    const texts = MANUAL.filter((key) => answer.data[key]);
    return h("section", { class: "narrow stack" }, h("p", { class: "row lead" }, link("week", null, t("nav.week")), asOf(answer)), h("h1", null, t("week.manual.read")),
      texts.map((key) => h("div", { class: "card stack", key }, h("h2", null, t(`manual.${key}`)), h("p", { class: "prose", dir: "auto" }, answer.data[key]))),
      !texts.length && h("p", { class: "empty" }, t("manual.empty")));
  }));
}

// ---- The progress log ------------------------------------------------------------------------------------------------

/** @param {Page} page */
async function log(page) {
  page.title(() => t("week.log"));
  /** @type {Answer<{ data: Schemas["ProgressLog"][], page: Schemas["PageInfo"] }> | null} */
  let answer = null;
  const state = {};
  let isOffline = false;
  const read = async () => {
    try {
      await load(page, "v1/me/progress-logs", (now) => { answer = now; isOffline = false; page.show(view); });
    } catch (error) {
      // The API wants them kept nowhere; one can write all the same.
      if (!(error instanceof Offline)) throw error;
      isOffline = true;
      page.show(view);
    }
  };
  const again = () => read().catch(tell);
  const change = async (/** @type {() => Promise<unknown>} */ todo) => { try { await todo(); await again(); } catch (error) { tell(error); } };
  const cohort = me?.roles.find((role) => role.role === "student")?.cohort_id ?? undefined;
  const post = (/** @type {string} */ text, /** @type {boolean} */ shared, /** @type {string | undefined} */ cohortId) =>
    write("POST", "v1/me/progress-logs", { text, shared_with_staff: shared, ...(cohortId ? { cohort_id: cohortId } : {}) }, { later: text });
  let drawn = 0;
  const send = async (/** @type {Record<string, string>} */ values) => {
    const sent = await post(values.text, values.shared_with_staff === "true", cohort);
    drawn += 1;
    if (!sent.queued) toast(t("log.kept"));
    await again();
  };
  const remove = (/** @type {Schemas["ProgressLog"]} */ one) => change(async () => {
    await write("DELETE", `v1/me/progress-logs/${one.id}`);
    toast(t("removed"), { label: t("undo"), run: () => void change(() => post(one.text, one.shared_with_staff, one.cohort_id)) });
  });
  const share = (/** @type {Schemas["ProgressLog"]} */ one) => change(() => write("PATCH", `v1/me/progress-logs/${one.id}`, { shared_with_staff: !one.shared_with_staff }, { later: one.text }));
  const view = () => h("section", { class: "narrow stack" }, own(), h("h1", null, t("week.log")), h("p", { class: "lead" }, t("log.lead")),
    h("div", { class: "card", key: drawn }, formView({ state, draw: page.draw, button: t("log.add"), send, fields: [
      { name: "text", label: t("log.text"), rows: 3, dir: "auto", required: true }, { name: "shared_with_staff", label: t("log.share"), type: "checkbox" }] })),
    waitingHere("v1/me/progress-logs"),
    isOffline && h("p", { class: "hint" }, t("log.offline")),
    answer?.data.data.length ? h("ul", { class: "plain stack" }, answer.data.data.map((one) => h("li", { key: one.id, class: "card stack" },
      h("div", { class: "row apart" }, h("small", null, time(one.created_at)), h("span", { class: `tag ${one.shared_with_staff ? "good" : ""}` }, one.shared_with_staff ? "◉ " : "○ ", t(one.shared_with_staff ? "log.shared" : "log.private"))),
      h("p", { class: "prose", dir: "auto" }, one.text),
      h("div", { class: "row" }, h("button", { type: "button", class: "quiet", onclick: () => share(one) }, t(one.shared_with_staff ? "log.unshare" : "log.share")),
        h("button", { type: "button", class: "quiet", onclick: () => remove(one), "aria-label": t("remove.what", { what: one.text.slice(0, 40) }) }, t("log.remove")))))) : !isOffline && h("p", { class: "empty" }, t("log.none")));
  onSent(page, () => void again());
  await read();
}

// ---- Feedback --------------------------------------------------------------------------------------------------------

/** To those one worked with. @param {Page} page */
async function give(page) {
  const path = `v1/teams/${page.params.team}/feedback`;
  page.title(() => t("week.feedback"));
  /** @type {Answer<{ data: Schemas["GivenFeedback"][] }> | null} */
  let answer = null;
  /** @type {Record<string, { problem?: unknown }>} */
  const states = {};
  const read = () => load(page, path, (now) => { answer = now; page.show(view); });
  const again = () => read().catch(report);
  const form = (/** @type {Schemas["GivenFeedback"]} */ one) => {
    const at = `${path}/${one.person.id}`;
    const takeBack = () => write("DELETE", at).then(async () => {
      await again();
      toast(t("feedback.taken"), { label: t("undo"), run: () => void write("PUT", at, { text: one.text, anonymous: one.anonymous }).then(again, tell) });
    }, tell);
    if (one.released) return [h("p", { class: "prose", dir: "auto" }, one.text), h("p", null, h("span", { class: "tag good" }, "✓ ", t("feedback.released")))];
    return formView({
      state: (states[one.person.id] ??= {}), draw: page.draw, button: t(one.text ? "feedback.change" : "feedback.give"),
      fields: [
        { name: `text`, pointer: "/text", label: t("feedback.text"), rows: 3, dir: "auto", value: one.text ?? "" },
        { name: "anonymous", label: t("feedback.anonymous"), type: "checkbox", value: one.anonymous ? "true" : "" }].map((field) => ({ ...field, name: `${field.name}-${one.person.id}`, pointer: `/${field.name}` })),
      send: async (values) => {
        const body = { text: values[`text-${one.person.id}`], anonymous: values[`anonymous-${one.person.id}`] === "true" };
        const sent = await write("PUT", at, body, { later: t("feedback.to", { who: one.person.name }) });
        if (!sent.queued) toast(t("feedback.given"));
        await again();
      },
      beside: one.text && h("button", { type: "button", class: "quiet", onclick: takeBack }, t("feedback.take")),
    });
  };
  const view = () => answer && h("section", { class: "narrow stack" },
    h("p", { class: "row lead" }, link(page.params.week ? `week?week=${page.params.week}` : "week", null, t("nav.week")), link("feedback", null, t("feedback.got")), asOf(answer)),
    h("h1", null, t("week.feedback")), h("p", { class: "lead" }, t("feedback.lead")), waitingHere(path),
    answer.data.data.length ? answer.data.data.map((one) => h("section", { class: "card stack", key: one.person.id }, h("h2", null, name(one.person.name)), form(one))) : h("p", { class: "empty" }, t("feedback.nobody")));
  onSent(page, () => void again());
  await read();
}

/** What one is shown. @param {Page} page */
async function got(page) {
  page.title(() => t("feedback.got"));
  await load(page, "v1/me/feedback", (answer) => page.show(() => {
    /** @type {Schemas["Feedback"][]} */
    const all = answer.data.data;
    return h("section", { class: "narrow stack" }, own(), h("div", { class: "row apart" }, h("h1", null, t("feedback.got")), asOf(answer)), h("p", { class: "lead" }, t("feedback.got.lead")),
      all.length ? h("ul", { class: "plain stack" }, all.map((one) => h("li", { key: one.id, class: "card stack" }, h("p", { class: "prose", dir: "auto" }, one.text),
        h("small", null, one.from ? name(one.from.name) : t("feedback.somebody"), one.released_on && ` · ${day(one.released_on)}`)))) : h("p", { class: "empty" }, t("feedback.none")));
  }));
}

// ---- What waits to be sent -------------------------------------------------------------------------------------------

/** @param {Page} page */
async function waiting(page) {
  page.title(() => t("outbox.title"));
  /** What is there now of what was refused because others changed it. @type {Record<string, Answer<any> | null>} */
  const theirs = {};
  const look = async () => {
    for (const one of outbox.all) {
      if (one.state !== "refused" || !["PUT", "PATCH"].includes(one.method) || one.key in theirs) continue;
      theirs[one.key] = null;
      get(one.path, { signal: page.signal }).then((answer) => { if (!answer.seen) theirs[one.key] = answer; page.draw(); }, () => {});
    }
  };
  const again = async (/** @type {Waiting} */ one) => {
    // Another request by now, and so with a key of its own.
    await outbox.remove(one.key);
    await outbox.put({ ...one, key: newKey(), etag: theirs[one.key]?.etag ?? one.etag, state: "waiting", problem: null });
    await outbox.flush();
  };
  const drop = async (/** @type {Waiting} */ one) => {
    await outbox.remove(one.key);
    toast(t("outbox.dropped"), { label: t("undo"), run: () => void outbox.put(one).then(() => outbox.flush()).catch(tell) });
  };
  const clear = async () => { for (const one of outbox.all.filter((each) => each.state === "saved")) await outbox.remove(one.key); };
  const side = (/** @type {string} */ key, /** @type {any} */ from, /** @type {Waiting} */ one) => h("div", { class: "card stack", key }, h("h3", null, t(key)),
    h("dl", null, fields(one).map((field) => [h("dt", { key: `t${field}` }, one.labels[field]), h("dd", { class: "prose", dir: "auto", key: `d${field}` }, from?.[field] ? String(from[field]) : "–")])));
  const fields = (/** @type {Waiting} */ one) => Object.keys(one.labels).filter((field) => one.body && field in one.body);
  const view = () => h("section", { class: "narrow stack" }, own(), h("h1", null, t("outbox.title")), h("p", { class: "lead" }, t("outbox.lead")),
    outbox.all.length ? h("ul", { class: "plain stack" }, outbox.all.map((one) => h("li", { key: one.key, class: "card stack" },
      h("div", { class: "row apart" }, h("h2", { class: "clip" }, name(one.what)), stateTag(one)),
      h("small", null, t(`outbox.at.${one.state === "saved" ? "saved" : "waiting"}`), " ", time(new Date(one.at).toISOString())),
      one.state === "refused" && one.problem && (one.problem.status === 412 ? h("p", null, t("outbox.changed")) : problemBox(new Problem(one.problem, null))),
      one.state === "refused" && theirs[one.key] && fields(one).length > 0 && h("div", { class: "columns" }, side("outbox.theirs", theirs[one.key]?.data, one), side("outbox.yours", one.body, one)),
      one.state !== "saved" && h("div", { class: "row" },
        one.state === "refused" && h("button", { type: "button", class: "main", onclick: () => again(one).catch(tell) }, t(theirs[one.key] && fields(one).length ? "outbox.mine" : "failed.again")),
        h("button", { type: "button", onclick: () => drop(one) }, t(one.state === "refused" && theirs[one.key] && fields(one).length ? "outbox.keep" : "outbox.drop"))))))
      : h("div", { class: "empty" }, h("p", null, t("outbox.none")), link("week", { class: "button" }, t("nav.week"))),
    outbox.all.some((one) => one.state === "waiting") && h("button", { type: "button", onclick: () => outbox.flush().catch(tell) }, t("outbox.send")),
    outbox.all.some((one) => one.state === "saved") && h("button", { type: "button", class: "quiet", onclick: clear }, t("outbox.clear")));
  const listener = () => { void look(); page.draw(); };
  outbox.listeners.add(listener);
  page.signal.addEventListener("abort", () => outbox.listeners.delete(listener));
  await outbox.list();
  if (outbox.all.some((one) => one.problem)) await learn("problems").catch(report);
  await look();
  page.show(view);
}

export default { manual, "people/:person/manual": manualOf, log, "teams/:team/feedback": give, feedback: got, outbox: waiting };
