// Demo days: planned by the staff of a cohort and seen by whoever is in it; for product owners, with whether they come.
import { button, dialog, follow, formView, get, h, isStaffOf, language, lines, link, name, outside, part, partsScreen, t, time, toast, write } from "../core.js";

/** @import { Act, Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["DemoDay"]} Day */
/** @typedef {Schemas["DemoDayClient"]} Invited */

/** @param {Day} one */
const isToCome = (one) => Date.parse(one.starts_at) > Date.now();

/** When and where it is. @param {Day} one */
const where = (one) => h("p", { class: "row" }, h("strong", null, time(one.starts_at, one.time_zone)), h("span", null, t("demo.until", { at: new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: one.time_zone }).format(new Date(one.ends_at)) })), one.place && name(one.place), outside(one.url));

/** @param {boolean | null} coming */
const answerTag = (coming) => h("span", { class: coming ? "tag good" : coming === null ? "tag warn" : "tag" }, coming ? "✓ " : coming === null ? "◷ " : "– ", t(coming ? "demo.comes" : coming === null ? "demo.open" : "demo.stays"));

/** Whether they come, to be said and changed until it begins. @param {Day} day @param {Invited} client @param {Act} act @param {string} label @param {[yes: string, no: string]} words */
const answer = (day, client, act, label, words) => h("span", { class: "row", role: "group", "aria-label": label }, [true, false].map((coming) => h("button", {
  type: "button", key: String(coming), "aria-pressed": String(client.coming === coming),
  onclick: () => act(async () => { await write("PUT", `v1/demo-days/${day.id}/answers/${client.id}`, { coming }); toast(t(coming ? "demo.noted.comes" : "demo.noted.stays")); }),
}, t(words[coming ? 0 : 1]))));

/** Those to come, the next first, and those that were, the latest first. @param {Day[]} all @param {string} none @param {(one: Day) => Child} card @returns {Child[]} */
const listed = (all, none, card) => {
  const past = all.filter((one) => !isToCome(one)).reverse();
  return [lines(none, all.filter(isToCome).map(card)), past.length > 0 && h("details", null, h("summary", null, t("demo.past")), h("ul", { class: "plain lines" }, past.map(card)))];
};

/** @param {Day} [one] @returns {Field[]} */
const fields = (one) => [
  { name: "starts_at", label: t("demo.starts"), hint: t("demo.local"), type: "datetime-local", value: one?.starts_local.slice(0, 16) }, { name: "ends_at", label: t("demo.ends"), type: "datetime-local", value: one?.ends_local.slice(0, 16) },
  { name: "place", label: t("demo.place"), dir: "auto", value: one?.place ?? "" }, { name: "url", label: t("demo.online"), type: "url", dir: "ltr", value: one?.url ?? "" },
];

/** @param {Page} page */
function cohort(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["Cohort"] | null} */ let here = null;
  /** @type {Day[]} */ let all = [];
  const load = async () => {
    const [found, days] = await Promise.all([here ? { data: here } : get(at), get(`${at}/demo-days`)]);
    [here, all] = [found.data, days.data.data];
  };
  const mayPlan = () => !!here && isStaffOf(here.campus_id);
  return partsScreen(page, "nav.demos", (act) => {
    follow(page, (change) => change.kind.startsWith("demo_day"), load);
    /** The products that the cohort has, for whoever chooses among their clients. @returns {Promise<Schemas["Product"][]>} */
    const products = async () => (await get(`${at}/products?limit=50`)).data.data;
    const plan = (/** @type {Schemas["Product"][]} */ choices) => {
      /** @type {FormState} */ const state = {};
      void dialog(t("demo.plan"), (close, draw) => formView({
        state, draw, button: t("demo.plan"),
        beside: h("p", { class: "hint" }, t("demo.plan.told")),
        fields: [...fields(), ...choices.map((one) => ({ name: `client-${one.client_id}`, pointer: "/client_ids", label: t("demo.invite.who", { who: one.name }), type: "checkbox", hint: one === choices[0] ? t("demo.invite.hint") : undefined }))],
        send: async ({ starts_at, ends_at, place, url, ...values }) => {
          const chosen = choices.map((one) => one.client_id).filter((id) => values[`client-${id}`]);
          await write("POST", `${at}/demo-days`, { starts_at, ends_at, place: place || null, url: url || null, ...(chosen.length ? { client_ids: chosen } : {}) });
          close();
          await act(async () => toast(t("demo.planned")));
        },
      }));
    };
    const change = (/** @type {Day} */ one) => {
      /** @type {FormState} */ const state = {};
      void dialog(t("demo.change"), (close, draw) => formView({
        state, draw, button: t("save"), fields: fields(one), beside: h("p", { class: "hint" }, t("demo.change.told")),
        send: async ({ starts_at, ends_at, place, url }) => {
          await write("PATCH", `v1/demo-days/${one.id}`, { starts_at, ends_at, place: place || null, url: url || null }, { etag: `"${one.version}"` });
          close();
          await act(async () => toast(t("saved")));
        },
      }));
    };
    const cancel = async (/** @type {Day} */ one) => {
      if (!(await dialog(t("demo.cancel"), (close) => [h("p", null, t("demo.cancel.lead")), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t("demo.cancel"), () => close(true), "danger"))]))) return;
      await act(async () => { await write("DELETE", `v1/demo-days/${one.id}`); toast(t("demo.cancelled")); });
    };
    const invite = (/** @type {Day} */ one) => act(async () => {
      const choices = (await products()).filter((product) => !one.clients.some((client) => client.id === product.client_id));
      if (!choices.length) return toast(t("demo.everybody"));
      /** @type {FormState} */ const state = {};
      void dialog(t("demo.invite"), (close, draw) => formView({
        state, draw, button: t("demo.invite"), fields: [{ name: "client", label: t("demo.client"), options: choices.map((product) => [product.client_id, product.name]) }],
        send: async ({ client }) => {
          await write("PUT", `v1/demo-days/${one.id}/clients/${client}`);
          close();
          await act(async () => toast(t("demo.invited")));
        },
      }));
    });
    /** @param {Day} one */
    const card = (one) => {
      const mayChange = mayPlan() && isToCome(one);
      return h("li", { class: "stack", key: one.id }, where(one),
        one.clients.length ? h("ul", { class: "plain lines", "aria-label": t("demo.clients") }, one.clients.map((client) => h("li", { class: "row apart", key: client.id }, h("span", null, mayPlan() ? link(`clients/${client.id}`, { class: "out" }, name(client.name)) : name(client.name), " ", answerTag(client.coming)),
          mayChange && answer(one, client, act, client.name, ["demo.they.come", "demo.they.stay"])))) : h("p", { class: "hint" }, t("demo.nobody")),
        mayChange && h("div", { class: "row" }, button(t("demo.change"), () => change(one)), button(t("demo.invite"), () => invite(one)), button(t("demo.cancel"), () => cancel(one), "quiet")));
    };
    return {
      load,
      view: () => part(here?.name ?? "", h("p", { class: "lead" }, t("demo.lead")), mayPlan() && h("div", { class: "row" }, button(t("demo.plan"), () => act(async () => plan(await products())), "main")), listed(all, "demo.none", card)),
    };
  }, () => h("p", { class: "links" }, link(`${mayPlan() ? "cohorts" : "me"}/${page.params.cohort}/products`, null, t("demo.products"))));
}

/** For product owners. @param {Page} page */
function client(page) {
  const at = `v1/clients/${page.params.client}`;
  /** @type {Day[]} */ let all = [];
  return partsScreen(page, "nav.demos", (act) => {
    const load = async () => { all = (await get(`${at}/demo-days`)).data.data; };
    follow(page, (change) => change.kind.startsWith("demo_day"), load);
    /** @param {Day} one */
    const card = (one) => h("li", { class: "stack", key: one.id }, where(one), one.clients.map((each) => h("div", { class: "row apart", key: each.id }, answerTag(each.coming), isToCome(one) && answer(one, each, act, t("demo.question"), ["demo.we.come", "demo.we.stay"]))));
    return { load, view: () => part(t("demo.invitations"), h("p", { class: "lead" }, t("demo.owner.lead")), listed(all, "demo.owner.none", card)) };
  }, () => h("p", { class: "links" }, link(`clients/${page.params.client}`, null, t("demo.client"))));
}

export default { "cohorts/:cohort/demos": cohort, "clients/:client/demos": client };
