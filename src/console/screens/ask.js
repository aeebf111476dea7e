// Organisations that one looks after, and asking a campus to build for one. A single one is in client.js.
import { Problem, follow, formView, get, go, button, h, lines, link, me, name, part, partsScreen, remember, t, toast, write } from "../core.js";

/** @import { FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["ClientSummary"]} Summary */

/** Whether nothing more is to come of it. @param {Summary} one */
const isOver = ({ status }) => ["completed", "exit_feedback", "withdrawn"].includes(status);

/** Who is to act next, for product owners. @param {Summary} one */
const waits = ({ waits_for: party, status }) => party ? h("span", { class: party === "owner" ? "tag warn" : "tag" }, "◷ ", t(party === "owner" ? "client.waits.you" : "client.waits.campus")) : status === "project" && h("span", { class: "tag" }, "⚒ ", t("client.waits.team"));

// ---- One's own, and campuses to apply to ---------------------------------------------------------------------------------

/** @param {Page} page */
function all(page) {
  /** @type {Summary[]} */ let mine = [];
  /** @type {Schemas["Campus"][]} */ let campuses = [];
  /** @type {string | null} */ let more = null;
  return partsScreen(page, "nav.clients", () => {
    const load = async () => {
      const [own, open] = await Promise.all([get("v1/me/clients?limit=50"), get("v1/campuses?limit=20")]);
      [mine, campuses, more] = [own.data.data, open.data.data, open.data.page.next_cursor];
      // Whoever has one comes here again.
      if (mine.length) remember("home", "clients");
    };
    follow(page, (change) => /^(client|product_owner)/.test(change.kind), load);
    const isFree = (/** @type {Schemas["Campus"]} */ campus) => !mine.some((one) => one.campus_id === campus.id && !isOver(one));
    return {
      load,
      view: () => [
        part(t("client.mine"), lines("client.none", mine.map((one) => h("li", { class: "stack", key: one.id },
          h("div", { class: "row apart" }, link(`clients/${one.id}`, { class: "out" }, name(one.name)), waits(one)),
          h("p", { class: "row" }, h("small", null, name(one.campus_name)), h("span", { class: one.status === "withdrawn" ? "tag" : "tag good" }, one.status === "withdrawn" ? "– " : isOver(one) ? "✓ " : "● ", t(`client.status.${one.status}`))))))),
        part(t("client.campuses"), h("p", { class: "lead" }, t("client.campuses.lead")), lines("client.nocampuses", campuses.filter(isFree).map((one) => h("li", { key: one.id },
          link(`campuses/${one.id}/apply`, { class: "out" }, name(one.name)), " ", h("small", null, name(one.city), " · ", name(one.country))))),
          more && button(t("more"), async () => {
            const { data } = await get(`v1/campuses?limit=20&cursor=${more}`);
            [campuses, more] = [[...campuses, ...data.data], data.page.next_cursor];
            page.draw();
          })),
      ],
    };
  });
}

/** @param {Page} page */
function apply(page) {
  const { campus } = page.params;
  /** @type {Schemas["Campus"] | null} */ let here = null;
  /** @type {Schemas["ClientTerms"] | null} */ let terms = null;
  /** @type {FormState} */ const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    try {
      const { data } = await write("POST", `v1/campuses/${campus}/clients`, { name: values.name, about: values.about || undefined, url: values.url || null });
      toast(t("client.applied"));
      go(`clients/${data.id}`);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "already_applied") throw error;
      toast(t("client.already"));
      go(`clients/${error.data.client_id}`);
    }
  };
  return partsScreen(page, "client.apply", () => {
    const load = async () => {
      const [found, told] = await Promise.all([get(`v1/campuses/${campus}`), get(`v1/campuses/${campus}/client-terms`)]);
      [here, terms] = [found.data, told.data];
    };
    follow(page, (change) => change.kind.startsWith("client_terms"), load);
    return {
      load,
      view: () => [
        h("p", { class: "links" }, link("clients", null, t("nav.clients"))),
        here && part(here.name, terms?.about && h("p", { class: "prose", dir: "auto" }, terms.about),
          terms?.open ? [h("p", { class: "hint" }, t("client.apply.lead", { count: terms.answer_days })), formView({ state, send, draw: page.draw, button: t("client.apply.do"), fields: [
            { name: "name", label: t("client.name"), autocomplete: "organization", dir: "auto" }, { name: "about", label: t("client.about"), hint: t("client.about.hint"), rows: 5, dir: "auto" },
            { name: "url", label: t("client.url"), hint: t("client.optional"), type: "url", dir: "ltr" }] }),
            state.problem instanceof Problem && state.problem.code === "conflict" && !me?.verified && h("p", null, link("account/profile", null, t("client.prove")))]
            : h("p", { class: "empty" }, t("client.closed"))),
      ],
    };
  });
}

export default { clients: all, "campuses/:campus/apply": apply };
