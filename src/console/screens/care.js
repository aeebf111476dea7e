// Pastoral care: who cares for a campus's students, and, for carers alone, whom they look after and what they noted.
import { button, campusTabs, every, formView, get, h, is, lines, link, me, name, part, partsScreen, t, time, toast, write } from "../core.js";

/** @import { Act, FormState, Page, Parts, Schemas } from "../types.js" */
/** @typedef {Schemas["PastoralNote"]} Note */

/** @param {string} campus */
const isCarer = (campus) => !!me?.roles.some((role) => role.role === "pastoral_carer" && role.campus_id === campus);
/** @param {string} campus */
const isOrganiser = (campus) => !!me?.roles.some((role) => role.role === "organiser" && role.campus_id === campus);

/** What carers are to do. @param {Schemas["Flag"] | null | undefined} flag */
const flagTag = (flag) => flag && h("span", { class: flag === "urgent" ? "tag bad" : "tag warn" }, flag === "urgent" ? "! " : "◔ ", t(`care.${flag}`));

/** @returns {[string, string][]} */
const flags = () => [["", t("care.noflag")], ["watch", t("care.watch")], ["urgent", t("care.urgent")]];

/** Who cares, and the cohorts of whoever does. @param {Page} page */
function carers(page) {
  const { campus } = page.params;
  const at = `v1/campuses/${campus}`;
  /** @type {Schemas["PastoralCarer"][]} */ let all = [];
  /** @type {Schemas["Cohort"][]} */ let cohorts = [];
  /** @type {Schemas["Member"][] | null} */ let found = null;
  const put = (/** @type {string} */ person) => write("PUT", `${at}/pastoral-carers/${person}`);
  const dismiss = (/** @type {Act} */ act, /** @type {Schemas["PersonCard"]} */ who) => act(async () => {
    await write("DELETE", `${at}/pastoral-carers/${who.id}`);
    toast(t("care.dismissed", { who: who.name }), { label: t("undo"), run: () => void act(() => put(who.id)) });
  });
  const search = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const sought = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get("q"));
    found = (await get(`${at}/members?status=member&limit=20&q=${encodeURIComponent(sought)}`)).data.data;
    page.draw();
  };
  return partsScreen(page, "care.title", (act) => ({
    load: async () => {
      const [here, running] = await Promise.all([get(`${at}/pastoral-carers`), isCarer(campus) ? every(`v1/cohorts?campus_id=${campus}&status=planned,running,graduated&limit=100`) : []]);
      [all, cohorts] = [here.data.data, running];
    },
    view: () => [
      isCarer(campus) && part(t("care.cohorts"), lines("care.nocohorts", cohorts.map((one) => h("li", { key: one.id }, link(`cohorts/${one.id}/care`, { class: "out" }, name(one.name)))))),
      part(t("care.carers"), h("p", { class: "lead" }, t("care.carers.lead")), lines("care.nobody", all.map((one) => h("li", { class: "row apart", key: one.person.id }, name(one.person.name),
        isOrganiser(campus) && button(t("care.dismiss"), () => dismiss(act, one.person), "quiet", `${t("care.dismiss")}: ${one.person.name}`)))),
        isOrganiser(campus) && [h("form", { class: "row filters", role: "search", onsubmit: (/** @type {SubmitEvent} */ event) => void act(() => search(event)) },
          h("div", { class: "field grow" }, h("label", { for: "q" }, t("care.search")), h("input", { id: "q", name: "q", type: "search", required: true })), h("button", null, t("search"))),
          found && lines("care.notfound", found.filter((one) => !all.some((carer) => carer.person.id === one.person.id)).map((one) => h("li", { class: "row apart", key: one.person.id }, name(one.person.name),
            button(t("care.name"), () => act(async () => { await put(one.person.id); found = null; toast(t("care.named", { who: one.person.name })); }), null, `${t("care.name")}: ${one.person.name}`))))]),
    ],
  }), () => is("organiser", "facilitator") && campusTabs(campus, "care"));
}

/** Whom carers look after in a cohort. @param {Page} page */
function cohort(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Note[]} */ let flagged = [];
  /** @type {string | null} */ let more = null;
  /** @type {Schemas["EnrolmentView"][]} */ let students = [];
  const path = `${at}/pastoral-flags?limit=20`;
  return partsScreen(page, "care.cohort", () => ({
    load: async () => {
      const [notes, enrolled] = await Promise.all([get(path), every(`${at}/enrolments?limit=100`)]);
      [flagged, more, students] = [notes.data.data, notes.data.page.next_cursor, enrolled];
    },
    view: () => [
      h("p", { class: "links" }, link(`cohorts/${page.params.cohort}/walks`, null, t("campus.walks"))),
      part(t("care.flags"), lines("care.noflags", flagged.map((one) => h("li", { key: one.id }, h("div", { class: "row apart" },
        h("span", { class: "clip" }, link(`cohorts/${page.params.cohort}/care/${one.person.id}`, { class: "out" }, name(one.person.name)), h("p", { class: "prose hint", dir: "auto" }, one.text)), flagTag(one.flag))))),
        more && button(t("more"), async () => {
          const { data } = await get(`${path}&cursor=${more}`);
          flagged = [...flagged, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
      part(t("care.students"), lines("care.nostudents", students.filter((one) => one.person.id !== me?.id).map((one) => h("li", { key: one.person.id },
        link(`cohorts/${page.params.cohort}/care/${one.person.id}?name=${encodeURIComponent(one.person.name)}`, { class: "out" }, name(one.person.name)))))),
    ],
  }));
}

/** What carers noted about a student. @param {Page} page */
function notes(page) {
  const at = `v1/cohorts/${page.params.cohort}/students/${page.params.person}/pastoral-notes`;
  /** @type {Note[]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {FormState} */ const form = {};
  /** @type {Record<string, FormState>} */ const forms = {};
  /** The note that is being changed. */
  let open = "";
  const patch = (/** @type {Note} */ one, /** @type {Schemas["NotePatch"]} */ body) => write("PATCH", `v1/pastoral-notes/${one.id}`, body, { etag: `"${one.version}"` });
  const remove = (/** @type {Act} */ act, /** @type {Note} */ one) => act(async () => {
    await write("DELETE", `v1/pastoral-notes/${one.id}`);
    toast(t("care.removed"), { label: t("undo"), run: () => void act(() => write("POST", at, { text: one.text, flag: one.flag })) });
  });
  /** @param {Act} act @returns {Parts} */
  const make = (act) => ({
    load: async () => {
      const { data } = await get(`${at}?limit=20`);
      [all, more] = [data.data, data.page.next_cursor];
    },
    view: () => [
      h("p", { class: "links" }, link(`cohorts/${page.params.cohort}/care`, null, t("care.cohort"))),
      part(t("care.write"), h("p", { class: "lead" }, name(all[0]?.person.name ?? page.params.name ?? "")), h("p", { class: "hint" }, t("care.write.lead")), formView({
        state: form, draw: page.draw, button: t("care.note"),
        fields: [{ name: "text", label: t("care.text"), rows: 4, dir: "auto" }, { name: "flag", label: t("care.flag"), options: flags() }],
        send: async (values) => {
          await write("POST", at, { text: values.text, flag: values.flag || null });
          /** @type {HTMLFormElement | null} */ (document.querySelector("main form"))?.reset();
          await act(async () => toast(t("saved")));
        },
      })),
      part(t("care.notes"), lines("care.nonotes", all.map((one) => h("li", { key: one.id, class: "stack" },
        open === one.id ? formView({
          state: (forms[one.id] ??= {}), draw: page.draw, button: t("save"), beside: button(t("care.cancel"), () => { open = ""; page.draw(); }, "quiet"),
          fields: [{ name: `text-${one.id}`, pointer: "/text", label: t("care.text"), rows: 4, dir: "auto", value: one.text }],
          send: async (values) => { await patch(one, { text: values[`text-${one.id}`] }); open = ""; await act(async () => toast(t("saved"))); },
        }) : [h("div", { class: "row apart" }, h("small", null, one.written_by ? name(one.written_by.name) : t("care.gone"), " · ", time(one.created_at)), flagTag(one.flag)), h("p", { class: "prose", dir: "auto" }, one.text)],
        h("div", { class: "row" },
          h("label", { for: `flag-${one.id}`, class: "unseen" }, t("care.flag")),
          h("select", { id: `flag-${one.id}`, class: "short", value: one.flag ?? "", onchange: (/** @type {any} */ event) => act(async () => { await patch(one, { flag: event.target.value || null }); toast(t("saved")); }) }, flags().map(([key, text]) => h("option", { value: key, selected: key === (one.flag ?? "") }, text))),
          one.shared_at ? h("span", { class: "tag" }, "✓ ", t("care.shared")) : button(t("care.share"), () => act(async () => { await patch(one, { shared: true }); toast(t("care.shared")); }), "quiet"),
          one.written_by?.id === me?.id && open !== one.id && [button(t("care.change"), () => { open = one.id; page.draw(); }, "quiet"), button(t("account.remove"), () => remove(act, one), "quiet")])))),
        more && button(t("more"), async () => {
          const { data } = await get(`${at}?limit=20&cursor=${more}`);
          all = [...all, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
    ],
  });
  return partsScreen(page, "care.about", make);
}

export default { "campuses/:campus/care": carers, "cohorts/:cohort/care": cohort, "cohorts/:cohort/care/:person": notes };
