// What students have found and share.
import { asOf, dialog, follow, formView, get, h, has, load, me, name, onSent, outside, t, tell, toast, waitingHere, write } from "../core.js";

/** @import { Answer, Page, Schemas } from "../types.js" */

/** @param {Page} page */
async function discoveries(page) {
  const { cohort } = page.params;
  const base = `v1/cohorts/${cohort}/discoveries`;
  const asked = { q: "", sort: "-created_at" };
  /** @type {Answer<{ data: Schemas["Discovery"][], page: Schemas["PageInfo"] }> | null} */
  let answer = null;
  /** @type {Schemas["Discovery"][]} */
  let more = [];
  page.title(() => t("nav.discoveries"));
  const path = () => `${base}?${new URLSearchParams({ ...(asked.q ? { q: asked.q } : {}), sort: asked.sort })}`;
  const read = async () => {
    const wanted = path();
    await load(page, wanted, (now) => { if (wanted === path()) { answer = now; more = []; page.show(view); } });
  };
  let later = 0;
  const again = () => read().catch(tell);
  const search = (/** @type {Event} */ event) => {
    asked.q = /** @type {HTMLInputElement} */ (event.currentTarget).value.trim();
    clearTimeout(later);
    later = setTimeout(again, 250);
  };
  const useful = async (/** @type {Schemas["Discovery"]} */ one) => {
    try {
      await write(one.useful_to_me ? "DELETE" : "PUT", `v1/discoveries/${one.id}/useful/me`, undefined, { later: one.title });
      Object.assign(one, { useful: one.useful + (one.useful_to_me ? -1 : 1), useful_to_me: !one.useful_to_me });
      page.draw();
    } catch (error) { tell(error); }
  };
  const remove = async (/** @type {Schemas["Discovery"]} */ one) => {
    try {
      await write("DELETE", `v1/discoveries/${one.id}`);
      const { title, url, kind, topic, text } = one;
      toast(t("removed"), { label: t("undo"), run: () => write("POST", base, { title, url, kind, topic, ...(text ? { text } : {}) }).then(again, tell) });
      await again();
    } catch (error) { tell(error); }
  };
  const share = () => {
    const state = {};
    void dialog(t("discovery.share"), (close, draw) => formView({
      state, draw, button: t("discovery.share"),
      fields: [
        { name: "url", label: t("discovery.url"), type: "url", dir: "ltr", required: true }, { name: "title", label: t("discovery.name"), dir: "auto", required: true },
        { name: "topic", label: t("discovery.topic"), dir: "auto", required: true },
        { name: "kind", label: t("discovery.kind"), options: ["article", "video", "tool", "technique"].map((kind) => [kind, t(`kind.${kind}`)]) },
        { name: "text", label: t("discovery.text"), rows: 3, dir: "auto" }],
      send: async ({ text, ...values }) => {
        const sent = await write("POST", base, { ...values, ...(text ? { text } : {}) }, { later: values.title });
        close();
        if (!sent.queued) toast(t("discovery.shared"));
        await again();
      },
    }));
  };
  const next = async () => {
    try {
      const cursor = answer?.data.page.next_cursor;
      const now = await get(`${path()}&cursor=${encodeURIComponent(cursor ?? "")}`, { signal: page.signal });
      more = [...more, ...now.data.data];
      if (answer) answer.data.page = now.data.page;
      page.draw();
    } catch (error) { tell(error); }
  };
  const view = () => {
    const all = [...(answer?.data.data ?? []), ...more];
    return h("section", { class: "stack" },
      h("div", { class: "row apart" }, h("h1", null, t("nav.discoveries")), h("span", { class: "row" }, asOf(answer), h("button", { type: "button", class: "main", onclick: share }, "+ ", t("discovery.share")))),
      h("form", { class: "row search", role: "search", onsubmit: (/** @type {Event} */ event) => event.preventDefault() },
        h("div", { class: "field" }, h("label", { for: "discovery-q" }, t("discovery.search")), h("input", { id: "discovery-q", type: "search", dir: "auto", oninput: search })),
        h("div", { class: "field" }, h("label", { for: "discovery-sort" }, t("discovery.sort")), h("select", { id: "discovery-sort", onchange: (/** @type {Event} */ event) => { asked.sort = /** @type {HTMLSelectElement} */ (event.currentTarget).value; void again(); } },
          h("option", { value: "-created_at" }, t("discovery.newest")), h("option", { value: "-useful" }, t("discovery.best"))))),
      waitingHere(base, "v1/discoveries/"),
      all.length ? h("ul", { class: "plain grid" }, all.map((one) => h("li", { key: one.id, class: "card stack" },
        h("div", null, h("span", { class: "row" }, h("span", { class: "tag" }, has(`kind.${one.kind}`) ? t(`kind.${one.kind}`) : name(one.kind)), h("small", null, name(one.topic))),
          h("h2", null, name(one.title))),
        one.text && h("p", { class: "prose", dir: "auto" }, one.text), h("p", null, outside(one.url)),
        h("div", { class: "row apart" }, h("small", null, one.shared_by && name(one.shared_by.name), one.week != null && ` · ${t("week.number", { week: one.week })}`),
          h("span", { class: "row" }, one.shared_by?.id === me?.id && h("button", { type: "button", class: "icon", onclick: () => remove(one), "aria-label": t("remove.what", { what: one.title }) }, "×"),
            h("button", { type: "button", class: one.useful_to_me ? "main" : "", "aria-pressed": String(one.useful_to_me), onclick: () => useful(one), "aria-label": t("discovery.useful.what", { what: one.title, count: one.useful }) }, one.useful_to_me ? "♥ " : "♡ ", t("discovery.useful", { count: one.useful })))))))
        : h("div", { class: "empty" }, h("p", null, t(asked.q ? "discovery.none.found" : "discovery.none")), !asked.q && h("button", { type: "button", onclick: share }, t("discovery.share"))),
      answer?.data.page.has_more && !answer.seen && h("button", { type: "button", onclick: next }, t("discovery.more")));
  };
  onSent(page, again);
  await read();
  follow(page, (change) => change.cohort_id === cohort && change.object.type === "discovery", read);
}

export default { "cohorts/:cohort/discoveries": discoveries };
