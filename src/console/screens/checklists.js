// Checklists of a cohort and its weeks, and the templates of a campus and of its programmes, which they are made from.
import { button, campusTabs, cohortTabs, dialog, every, formView, get, h, lines, me, name, part, partsScreen, t, toast, write } from "../core.js";

/** @import { Act, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["ChecklistTemplate"]} Template */

/** @param {Page} page */
function checklists(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Schemas["Checklist"][]} */ let all = [];
  /** @type {Template[] | null} */ let templates = null;
  /** @type {FormState} */ const state = {};
  const loadTemplates = async () => {
    const { data } = await get(at);
    const [campus, programme] = await Promise.all([get(`v1/campuses/${data.campus_id}/checklist-templates`), get(`v1/programmes/${data.programme_id}/checklist-templates`)]);
    // Those of a programme of this campus are in both.
    templates = [...new Map([...campus.data.data, ...programme.data.data].map((/** @type {Template} */ one) => [one.id, one])).values()]
      .filter((one) => !one.programme_id || one.programme_id === data.programme_id);
  };
  const add = () => templates?.length ? part(t("checklists.add"), formView({ state, draw: page.draw, button: t("checklists.add"),
    fields: [{ name: "template", pointer: "/template_id", label: t("checklists.template"), options: templates.map((one) => [one.id, one.name]) }, { name: "week", label: t("checklists.week"), hint: t("checklists.week.hint"), type: "number", inputmode: "numeric" }],
    send: async (values) => { await write("POST", `${at}/checklists`, { template_id: values.template, ...(values.week ? { week: Number(values.week) } : {}) }); await load(); toast(t("saved")); } })) : h("p", { class: "empty" }, t("checklists.notemplates"));
  const load = async () => { all = (await get(`${at}/checklists`)).data.data; };
  return partsScreen(page, "checklists.title", (act) => ({
    load,
    view: () => [
      all.map((list) => part(list.week ? `${list.name} · ${t("slot.number", { week: list.week })}` : list.name,
        h("p", { class: "hint" }, t("mentors.of", { have: list.items.filter((item) => item.done_at).length, want: list.items.length })),
        list.items.map((item) => h("div", { class: "field check", key: item.id }, h("label", { for: item.id }, name(item.text), item.done_by && h("small", null, " · ", name(item.done_by.name))),
          h("input", { id: item.id, type: "checkbox", checked: !!item.done_at, onchange: (/** @type {any} */ event) => act(() => write(event.target.checked ? "PUT" : "DELETE", `v1/checklist-items/${item.id}/done`)) }))))),
      !all.length && h("p", { class: "empty" }, t("checklists.none")),
      templates ? add() : h("div", { class: "row" }, button(t("checklists.add"), () => act(loadTemplates))),
    ],
  }), () => cohortTabs(page.params.cohort, "checklists"));
}

/** @param {Page} page */
function templates(page) {
  const campus = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["ProgrammeSummary"][]} */ let programmes = [];
  /** @type {Template[]} */ let all = [];
  /** Whose are shown: a programme's, or those for all cohorts of the campus. */
  let chosen = "";
  const path = () => (chosen ? `v1/programmes/${chosen}` : campus);
  const itemsOf = (/** @type {Record<string, string>} */ values) => values.items.split("\n").map((one) => one.trim()).filter(Boolean);
  /** @param {Template | null} one @param {Act} act */
  const edit = (one, act) => {
    /** @type {FormState} */ const state = {};
    void dialog(t(one ? "templates.change" : "templates.add"), (close, draw) => formView({
      state, draw, button: t("save"),
      fields: [
        { name: "name", label: t("templates.name"), value: one?.name ?? "", dir: "auto" },
        ...(one ? [] : [{ name: "scope", label: t("templates.scope"), options: /** @type {[string, string][]} */ (["week", "cohort"].map((scope) => [scope, t(`templates.${scope}`)])) }]),
        { name: "items", label: t("templates.items"), hint: t("templates.items.hint"), rows: 8, dir: "auto", value: one?.items.join("\n") ?? "" },
      ],
      send: async (values) => {
        const body = { name: values.name, items: itemsOf(values) };
        if (one) await write("PATCH", `v1/checklist-templates/${one.id}`, body, { etag: `"${one.version}"` });
        else await write("POST", `${path()}/checklist-templates`, { ...body, scope: values.scope });
        close();
        await act(async () => toast(t("saved")));
      },
    }));
  };
  /** A copy at a campus on whose staff one is, to be changed there. @param {Template} one @param {Act} act */
  const copy = (one, act) => {
    /** @type {FormState} */ const state = {};
    const campuses = new Map((me?.roles ?? []).filter((role) => role.role === "organiser" || role.role === "facilitator").map((role) => [role.campus_id ?? "", role.campus_name ?? ""]));
    void dialog(t("templates.copy"), (close, draw) => formView({
      state, draw, button: t("templates.copy"),
      fields: [{ name: "name", label: t("templates.name"), value: one.name, dir: "auto" }, { name: "campus_id", label: t("mentoring.campus"), value: page.params.campus, options: [...campuses] }],
      send: async (values) => {
        const { data } = await write("POST", `v1/checklist-templates/${one.id}/forks`, values);
        close();
        await act(async () => toast(t("templates.copied"), { label: t("undo"), run: () => void act(() => write("DELETE", `v1/checklist-templates/${data.id}`)) }));
      },
    }));
  };
  const remove = (/** @type {Template} */ one, /** @type {Act} */ act) => act(async () => {
    const { name, scope, items } = one;
    await write("DELETE", `v1/checklist-templates/${one.id}`);
    toast(t("templates.removed"), { label: t("undo"), run: () => void act(() => write("POST", `${one.programme_id ? `v1/programmes/${one.programme_id}` : campus}/checklist-templates`, { name, scope, items })) });
  });
  return partsScreen(page, "campus.templates", (act) => ({
    load: async () => {
      const [mine, own] = await Promise.all([get(`${path()}/checklist-templates`), programmes.length ? programmes : every(`v1/programmes?campus_id=${page.params.campus}&limit=100`)]);
      all = mine.data.data.filter((/** @type {Template} */ one) => (one.programme_id ?? "") === chosen);
      programmes = own;
    },
    view: () => [
      h("p", { class: "lead" }, t("templates.lead")),
      programmes.length > 0 && h("div", { class: "field" }, h("label", { for: "programme" }, t("templates.of")),
        h("select", { id: "programme", value: chosen, onchange: (/** @type {any} */ event) => { chosen = event.target.value; void act(async () => {}); } },
          h("option", { value: "" }, t("templates.all")), programmes.map((one) => h("option", { value: one.id, key: one.id }, one.name)))),
      lines("templates.none", all.map((one) => h("li", { class: "row apart", key: one.id },
        h("span", null, name(one.name), " ", h("span", { class: "tag" }, t(`templates.${one.scope}`)), h("br"), h("small", null, t("templates.count", { count: one.items.length }))),
        h("span", { class: "row" }, button(t("templates.change"), () => edit(one, act), null, `${t("templates.change")}: ${one.name}`), button(t("templates.copy"), () => copy(one, act), null, `${t("templates.copy")}: ${one.name}`), button(t("account.remove"), () => remove(one, act), "quiet", t("remove.what", { what: one.name })))))),
      h("div", { class: "row" }, button(t("templates.add"), () => edit(null, act), "main")),
    ],
  }), () => campusTabs(page.params.campus, "templates"));
}

export default { "cohorts/:cohort/checklists": checklists, "campuses/:campus/templates": templates };
