// A campus's webhooks: where it is told of what happens there, what was sent, and what has to be sent again.
import { button, campusTabs, dialog, formView, get, go, h, lines, link, number, part, partsScreen, t, time, toast, write } from "../core.js";

/** @import { Act, Child, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["Webhook"]} Webhook */
/** @typedef {Schemas["WebhookDelivery"]} Delivery */

/** What there is to be told of; each has several types of events, such as `cohort.created`. @type {Schemas["WebhookEvents"]} */
const EVENTS = ["round.*", "enrolment.*", "cohort.*", "week.*", "event.*", "timetable.*", "team.*", "team_plan.*", "absence.*", "attendance.*", "project.*", "submission.*", "due_time.*", "code_review.*", "code_reviews.*",
  "review_issue.*", "retro.*", "action.*", "discovery.*", "mentor_slot.*", "sign_up.*", "mentor_allocation.*", "mentor_swap_offer.*", "hand_over.*", "member.*", "staff.*", "invitation.*", "checklist.*", "campus.*", "programme.*"];

/** @param {string} url */
const address = (url) => h("bdi", { dir: "ltr" }, url);

/** How its receiver fares. @param {Webhook} one */
function state(one) {
  if (one.disabled_because) return h("span", { class: "tag bad" }, "! ", t(`webhook.${one.disabled_because}`));
  if (!one.enabled) return h("span", { class: "tag" }, "– ", t("webhook.off"));
  if (one.paused_until) return h("span", { class: "tag warn" }, "◷ ", t("webhook.paused"));
  return one.failing_since ? h("span", { class: "tag warn" }, "! ", t("webhook.fails")) : h("span", { class: "tag good" }, "✓ ", t("webhook.on"));
}

/** What is shown once. @param {string} secret @param {() => void} noted */
const secretBox = (secret, noted) => h("div", { class: "stack made", role: "status" }, h("p", null, h("strong", null, "✓ ", t("webhook.secret.lead"))),
  h("div", { class: "row" }, h("input", { readonly: true, value: secret, dir: "ltr", class: "copied", "aria-label": t("webhook.secret"), onfocus: (/** @type {any} */ event) => event.target.select() }),
    button(t("account.copy"), () => navigator.clipboard.writeText(secret).then(() => toast(t("account.copied")), () => {})), button(t("webhook.noted"), noted, "main")));

/** Fields for a new one, or for changing one. @param {Webhook | null} one @param {FormState} form @param {() => void} draw @param {(body: object) => Promise<void>} save */
function editor(one, form, draw, save) {
  const chosen = new Set(one?.events ?? ["round.*", "enrolment.*"]);
  // What was chosen elsewhere, such as one type alone, stays.
  const known = [...new Set([...EVENTS, ...chosen])];
  return formView({
    state: form, draw, button: t("save"),
    fields: [{ name: "url", type: "url", label: t("webhook.url"), hint: t("webhook.url.hint"), dir: "ltr", value: one?.url ?? "" }, ...known.map((event) => ({ name: `on ${event}`, pointer: "/events", type: "checkbox", label: `\u2066${event}\u2069`, value: String(chosen.has(event)) }))],
    send: (values) => save({ url: values.url, events: known.filter((event) => values[`on ${event}`]) }),
  });
}

/** @param {Page} page */
function webhooks(page) {
  const at = `v1/campuses/${page.params.campus}/webhooks`;
  /** @type {Webhook[]} */ let all = [];
  let secret = "";
  const add = (/** @type {Act} */ act) => {
    /** @type {FormState} */ const form = {};
    void dialog(t("webhook.add"), (close, draw) => h("div", { class: "events" }, editor(null, form, draw, async (body) => {
      secret = (await write("POST", at, body)).data.secret;
      close();
      await act(async () => {});
    })));
  };
  return partsScreen(page, "campus.webhooks", (act) => ({
    load: async () => { all = (await get(at)).data.data; },
    view: () => [
      h("p", { class: "lead" }, t("webhook.lead")),
      secret && secretBox(secret, () => { secret = ""; page.draw(); }),
      lines("webhook.none", all.map((one) => h("li", { class: "row apart", key: one.id },
        h("span", null, link(`webhooks/${one.id}`, { class: "out" }, address(one.url)), h("br"), h("small", null, one.succeeded_at ? [t("webhook.taken"), " ", time(one.succeeded_at)] : t("webhook.nothing"))), state(one)))),
      h("div", { class: "row" }, button(t("webhook.add"), () => add(act), "main")),
    ],
  }), () => campusTabs(page.params.campus, "webhooks"));
}

const STATUS = /** @type {const} */ ({ pending: ["", "◷ "], delivered: ["good", "✓ "], failed: ["bad", "! "] });

/** @param {Page} page */
function webhook(page) {
  const at = `v1/webhooks/${page.params.webhook}`;
  /** @type {Webhook | null} */ let one = null;
  /** @type {Delivery[]} */ let sent = [];
  /** @type {string | null} */ let more = null;
  let secret = "", status = "";
  const path = () => `${at}/deliveries?limit=20${status && `&status=${status}`}`;
  /** @param {Act} act */
  const change = (act) => {
    /** @type {FormState} */ const form = {};
    void dialog(t("webhook.change"), (close, draw) => h("div", { class: "events" }, editor(one, form, draw, async (body) => {
      await write("PATCH", at, body, { etag: `"${one?.version}"` });
      close();
      await act(async () => toast(t("saved")));
    })));
  };
  const turn = (/** @type {Act} */ act, /** @type {boolean} */ enabled) => act(async () => {
    await write("PATCH", at, { enabled });
    toast(t(enabled ? "webhook.turned.on" : "webhook.turned.off"), { label: t("undo"), run: () => void turn(act, !enabled) });
  });
  const rotate = (/** @type {Act} */ act) => act(async () => { secret = (await write("POST", `${at}/secret-rotations`)).data.secret; });
  const remove = (/** @type {Act} */ act) => dialog(t("webhook.remove"), (close) => [h("p", null, t("webhook.remove.lead")), h("div", { class: "row" }, button(t("webhook.keep"), () => close(), "main"),
    button(t("account.remove"), () => { close(); write("DELETE", at).then(() => go(`campuses/${one?.campus_id}/webhooks`), (error) => act(() => Promise.reject(error))); }, "danger"))]);
  /** Those of the last thirty days that were given up. @param {Act} act */
  const replayAll = (act) => act(async () => {
    const { data } = await write("POST", `${at}/replays`, { from: new Date(Date.now() - 30 * 86_400_000).toISOString() });
    toast(t("webhook.replayed", { count: data.replayed }));
  });
  const replay = (/** @type {Act} */ act, /** @type {Delivery} */ each) => act(async () => { await write("POST", `v1/webhook-deliveries/${each.id}/replays`); toast(t("webhook.again.done")); });
  /** @param {Delivery} each @param {Act} act @returns {Child} */
  const line = (each, act) => h("li", { class: "row apart", key: each.id },
    h("span", null, h("span", { class: `tag ${STATUS[each.status][0]}` }, STATUS[each.status][1], t(`webhook.${each.status}`)), " ", h("bdi", { dir: "ltr" }, each.type), h("br"),
      h("small", null, time(each.created_at), " · ", t("webhook.tries", { count: each.attempts }), each.response_status ? [" · HTTP ", number(each.response_status, { useGrouping: false })] : null, each.next_attempt_at && [" · ", t("webhook.next"), " ", time(each.next_attempt_at)]),
      each.error && h("p", { class: "hint", lang: "en", dir: "ltr" }, each.error)),
    each.status !== "delivered" && button(t("webhook.again"), () => replay(act, each), "quiet", `${t("webhook.again")}: ${each.type}`));
  return partsScreen(page, "webhook.title", (act) => ({
    load: async () => {
      const [own, list] = await Promise.all([get(at), get(path())]);
      [one, sent, more] = [own.data, list.data.data, list.data.page.next_cursor];
    },
    view: () => one && [
      h("p", { class: "links" }, link(`campuses/${one.campus_id}/webhooks`, null, t("campus.webhooks"))),
      secret && secretBox(secret, () => { secret = ""; page.draw(); }),
      part(t("webhook.receiver"), h("p", { class: "row" }, address(one.url), state(one)),
        h("p", { class: "row" }, one.events.map((event) => h("bdi", { dir: "ltr", class: "tag", key: event }, event))),
        one.failing_since && h("p", { class: "hint" }, t("webhook.since"), " ", time(one.failing_since)),
        one.old_secret_until && h("p", { class: "hint" }, t("webhook.oldsecret"), " ", time(one.old_secret_until)),
        h("div", { class: "row" }, button(t("webhook.change"), () => change(act)), button(t("webhook.rotate"), () => rotate(act)),
          button(t(one.enabled ? "webhook.turn.off" : "webhook.turn.on"), () => turn(act, !one?.enabled)), button(t("account.remove"), () => remove(act), "danger"))),
      part(t("webhook.deliveries"), h("div", { class: "row apart" },
        h("div", { class: "field" }, h("label", { for: "status", class: "unseen" }, t("webhook.which")), h("select", { id: "status", class: "short", value: status, onchange: (/** @type {any} */ event) => { status = event.target.value; void act(async () => {}); } },
          h("option", { value: "" }, t("webhook.every")), ["pending", "delivered", "failed"].map((each) => h("option", { value: each, key: each }, t(`webhook.${each}`))))),
        button(t("webhook.replay"), () => replayAll(act))),
        lines("webhook.nothing", sent.map((each) => line(each, act))),
        more && button(t("more"), async () => {
          const { data } = await get(`${path()}&cursor=${more}`);
          sent = [...sent, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
    ],
  }));
}

export default { "campuses/:campus/webhooks": webhooks, "webhooks/:webhook": webhook };
