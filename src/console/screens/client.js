// An organisation for which a campus builds, for its product owners, and for the staff who look after it: where it stands, the steps of either side, who sees it, the hand-over.
import { button, dialog, follow, formView, get, go, h, isStaffOf, language, lines, link, me, name, outside, part, partsScreen, remember, rich, t, time, toast, write } from "../core.js";

/** @import { Act, Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["Client"]} Client */
/** @typedef {Schemas["ClientStatus"]} Status */

/** The way of a client, in order. @type {Status[]} */
const WAY = ["applied", "acknowledged", "invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received", "project", "completed", "exit_feedback"];

/** What may follow, and who takes it. @type {Record<Status, [step: Status, by: Schemas["Party"] | "both"][]>} */
const NEXT = {
  applied: [["acknowledged", "staff"], ["invited", "staff"]], acknowledged: [["invited", "staff"]], invited: [["workshop_booked", "both"]], workshop_booked: [["agreement_sent", "staff"], ["invited", "both"]],
  agreement_sent: [["agreement_signed", "both"], ["invited", "both"]], agreement_signed: [["attended", "staff"], ["invited", "both"]], attended: [["research_asked", "staff"]], research_asked: [["research_received", "both"]],
  research_received: [["project", "staff"], ["research_asked", "staff"]], project: [["completed", "staff"]], completed: [["exit_feedback", "owner"]], exit_feedback: [], withdrawn: [],
};

/** @param {Status} status */
const isActive = (status) => !["completed", "exit_feedback", "withdrawn"].includes(status);

/** @param {Status} status */
const statusTag = (status) => h("span", { class: status === "withdrawn" ? "tag" : "tag good" }, status === "withdrawn" ? "– " : isActive(status) ? "● " : "✓ ", t(`client.status.${status}`));

/** Who is to act next. @param {{ status: Status, waits_for: Schemas["Party"] | null }} one @param {boolean} isStaff */
const waits = ({ status, waits_for: party }, isStaff) => party ? h("span", { class: (party === "staff") === isStaff ? "tag warn" : "tag" }, "◷ ", t(isStaff ? `client.waits.${party}` : party === "owner" ? "client.waits.you" : "client.waits.campus"))
  : status === "project" && h("span", { class: "tag" }, "⚒ ", t("client.waits.team"));

// ---- One client ----------------------------------------------------------------------------------------------------------

/** @param {Page} page */
function one(page) {
  const at = `v1/clients/${page.params.client}`;
  /** @type {Client | null} */ let here = null;
  /** @type {Schemas["OfferedWorkshop"][]} */ let workshops = [];
  /** @type {Schemas["ProductHandOver"] | null} */ let handOver = null;
  /** Asked for by whoever wants to see them. @type {Schemas["OwnerInvitation"][] | null} */ let invitations = null;
  /** @type {Record<string, FormState>} */ const states = {};
  const load = async () => {
    here = (await get(at)).data;
    page.title(here?.name ?? "");
    const status = here?.status;
    workshops = status === "invited" ? (await get(`${at}/workshops?limit=50`)).data.data : [];
    handOver = status === "project" || status === "completed" || status === "exit_feedback" ? (await get(`${at}/hand-over`)).data : null;
    if (invitations) invitations = (await get(`${at}/owner-invitations?limit=50`)).data.data;
  };
  return partsScreen(page, "client.one", (act) => {
    follow(page, (change) => change.object.id === page.params.client || /^(product_owner|owner_invitation|client_workshop)/.test(change.kind), load);
    return {
      load,
      view: () => {
        if (!here) return null;
        const client = here, isStaff = isStaffOf(client.campus_id), isOwner = client.owners.some((who) => who.id === me?.id);
        const mayEdit = isActive(client.status);
        return [
          h("p", { class: "links" }, isStaff && link(`campuses/${client.campus_id}/clients`, null, t("client.all")), isOwner && link("clients", null, t("nav.clients")), WAY.indexOf(client.status) > 7 && link(`clients/${client.id}/demos`, null, t("nav.demos")), client.status !== "applied" && link(`clients/${client.id}/briefs`, null, t("nav.briefs"))),
          part(client.name, h("p", { class: "row" }, statusTag(client.status), waits(client, isStaff && !isOwner)), h("p", { class: "hint" }, name(client.campus_name), " · ", rich("client.since", { at: time(client.status_since) })),
            next(client, isStaff, isOwner, act)),
          part(t("client.way"), way(client)),
          handOver && part(t("handover.title"), checklist(handOver, isStaff && client.status === "project", act)),
          part(t("client.what"), h("p", { class: "prose", dir: "auto" }, client.about), client.url && h("p", null, outside(client.url)),
            mayEdit && h("details", null, h("summary", null, t("client.change")), formView({
              state: (states.about ??= {}), draw: page.draw, button: t("save"), fields: [
                { name: "name", label: t("client.name"), autocomplete: "organization", dir: "auto", value: client.name }, { name: "about", label: t("client.about"), hint: t("client.about.hint"), rows: 5, dir: "auto", value: client.about },
                { name: "url", label: t("client.url"), hint: t("client.optional"), type: "url", dir: "ltr", value: client.url ?? "" }],
              send: async (values) => { await write("PATCH", at, { name: values.name, about: values.about, url: values.url || null }, { etag: `"${client.version}"` }); await act(async () => toast(t("saved"))); },
            }))),
          owners(client, isStaff, act),
          mayEdit && part(t("client.end"), h("p", { class: "hint" }, t("client.end.lead")), h("div", { class: "row" }, button(t("client.do.withdrawn"), () => take(client, "withdrawn", act), "danger"))),
        ];
      },
    };
  });

  /** What one can do now. @param {Client} client @param {boolean} isStaff @param {boolean} isOwner @param {Act} act */
  function next(client, isStaff, isOwner, act) {
    const steps = NEXT[client.status].filter(([, by]) => by === "both" || (by === "staff" ? isStaff : isOwner));
    const { workshop } = client;
    const isToCome = !!workshop && Date.parse(workshop.starts_at) > Date.now();
    const book = (/** @type {string} */ id) => act(async () => { await write("PUT", `${at}/workshop`, { workshop_id: id }); toast(t("client.booked")); });
    const free = workshops.filter((each) => each.places_left > 0);
    return [
      workshop && ["workshop_booked", "agreement_sent", "agreement_signed"].includes(client.status) && h("div", { class: "made stack" }, h("p", null, h("strong", null, t("client.workshop"))), where(workshop)),
      workshops.length > 0 && [h("h3", null, t("client.workshops")), h("ul", { class: "plain lines" }, workshops.map((each) => h("li", { class: "row apart", key: each.id }, h("div", null, where(each), h("small", null, t("client.places", { count: each.places_left }))),
        each.places_left > 0 && button(t("client.book"), () => book(each.id), "main", `${t("client.book")}: ${new Date(each.starts_at).toLocaleString(language)}`))))],
      client.status === "invited" && !free.length && isOwner && h("p", { class: "hint" }, t(workshops.length ? "client.workshops.full" : "client.workshops.none")),
      h("div", { class: "row" }, steps.map(([step], index) => {
        const isBack = WAY.indexOf(step) < WAY.indexOf(client.status);
        if (step === "invited" && isBack) return workshop && isToCome ? button(t("client.giveup"), () => act(async () => {
          await write("DELETE", `${at}/workshop`);
          toast(t("client.givenup"), { label: t("undo"), run: () => void book(workshop.id) });
        }), "quiet") : button(t("client.again"), () => take(client, step, act, "client.again"), "quiet");
        // A place is booked above, where there are any.
        if (step === "workshop_booked" && workshops.length && !isStaff) return null;
        return button(t(`client.do.${step}`), () => take(client, step, act), !index && !(step === "workshop_booked" && free.length) ? "main" : null);
      })),
    ];
  }

  /** Takes a step, with what belongs to it. @param {Client} client @param {Status} status @param {Act} act @param {string} [title] */
  function take(client, status, act, title = `client.do.${status}`) {
    /** @type {FormState} */ const state = {};
    const note = status === "exit_feedback" ? t("client.note.feedback") : status === "withdrawn" ? t("client.note.reason") : status === "research_received" ? t("client.note.users") : t("client.note");
    /** @type {Field[]} */
    const asked = [
      ...(status === "agreement_sent" ? [{ name: "step_url", pointer: "/url", label: t("client.url.agreement"), type: "url", dir: "ltr" }] : status === "research_received" ? [{ name: "step_url", pointer: "/url", label: t("client.url.research"), hint: t("client.url.research.hint"), type: "url", dir: "ltr" }] : []),
      { name: "note", label: note, hint: ["exit_feedback", "research_received"].includes(status) ? undefined : t("client.note.hint"), rows: 4, dir: "auto" },
    ];
    const lead = status === "withdrawn" ? t("client.withdraw.lead") : status === "completed" && !handOver?.complete ? t("client.unfinished") : null;
    void dialog(t(title), (close, draw) => h("div", { class: "stack" }, lead && h("p", null, lead), formView({
      state, draw, button: t(title), fields: asked,
      send: async (values) => {
        await write("PUT", `${at}/status`, { status, note: values.note || null, url: values.step_url || null }, { etag: `"${client.version}"` });
        close();
        await act(async () => toast(t("saved")));
      },
    })));
  }

  /** Who looks after it. @param {Client} client @param {boolean} isStaff @param {Act} act */
  function owners(client, isStaff, act) {
    const isOver = client.status === "exit_feedback" || client.status === "withdrawn";
    const mayInvite = !isOver && (isStaff || client.status !== "applied");
    const show = () => act(async () => { invitations = []; });
    const leave = async () => {
      if (!(await dialog(t("client.leave"), (close) => [h("p", null, t("client.leave.lead")), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t("client.leave"), () => close(true), "danger"))]))) return;
      let isGone = false;
      await act(async () => {
        await write("DELETE", `${at}/owners/${me?.id}`);
        isGone = true;
        remember("home", null);
        go("clients");
      });
      if (isGone) toast(t("client.left"));
    };
    const remove = (/** @type {Schemas["PersonCard"]} */ who) => act(async () => { await write("DELETE", `${at}/owners/${who.id}`); toast(t("client.owner.removed", { who: who.name })); });
    return part(t("client.owners"), lines("client.noowners", client.owners.map((who) => h("li", { class: "row apart", key: who.id }, h("span", null, name(who.name), who.email && [" · ", h("bdi", { dir: "ltr" }, who.email)]),
      who.id === me?.id ? button(t("client.leave"), leave, "quiet") : isStaff && button(t("account.remove"), () => remove(who), "quiet", t("remove.what", { what: who.name }))))),
      !mayInvite && client.status === "applied" && h("p", { class: "hint" }, t("client.invite.later")),
      mayInvite && [h("h3", null, t("client.invite")), formView({
        state: (states.invite ??= {}), draw: page.draw, button: t("client.invite.do"), fields: [{ name: "email", label: t("entry.email"), hint: t("client.invite.hint"), type: "email", dir: "ltr" }],
        send: async (values) => {
          await write("POST", `${at}/owner-invitations`, { email: values.email });
          /** @type {HTMLInputElement} */ (document.getElementById("field-email")).value = "";
          invitations ??= [];
          await act(async () => toast(t("client.invited")));
        },
        beside: !invitations && button(t("client.invitations"), show, "quiet"),
      })],
      invitations && [h("h3", null, t("client.invitations")), lines("client.noinvitations", invitations.map((each) => h("li", { class: "row apart", key: each.id },
        h("span", null, h("bdi", { dir: "ltr" }, each.email), " ", h("span", { class: each.status === "pending" ? "tag warn" : "tag" }, each.status === "pending" ? "◷ " : "– ", t(`client.invitation.${each.status}`))),
        button(t("client.revoke"), () => act(async () => { await write("DELETE", `v1/owner-invitations/${each.id}`); toast(t("client.revoked")); }), "quiet", `${t("client.revoke")}: ${each.email}`))))]);
  }

  /** What belongs to handing a product over. @param {Schemas["ProductHandOver"]} all @param {boolean} mayTick @param {Act} act */
  function checklist(all, mayTick, act) {
    const tick = (/** @type {string} */ item, /** @type {boolean} */ done) => act(() => write("PUT", `${at}/hand-over/${item}`, { done }));
    return [h("p", { class: "lead" }, t(all.complete ? "handover.complete" : "handover.lead")), h("ul", { class: "plain lines" }, all.items.map((each) => h("li", { key: each.item }, mayTick
      ? h("div", { class: "field check" }, h("label", { for: each.item }, t(`handover.${each.item}`)), h("input", { id: each.item, type: "checkbox", checked: each.done, onchange: (/** @type {any} */ event) => tick(each.item, event.target.checked) }))
      : h("p", null, each.done ? "✓ " : "○ ", h("span", { class: "unseen" }, t(each.done ? "handover.done" : "handover.undone"), ": "), t(`handover.${each.item}`)),
    each.ticked_at && h("small", null, t(`handover.by.${each.ticked_by}`), " · ", time(each.ticked_at)))))];
  }
}

/** When and where a workshop is. @param {Schemas["Appointment"] | Schemas["OfferedWorkshop"]} one_ */
const where = (one_) => h("p", { class: "row" }, time(one_.starts_at, one_.time_zone), one_.place && name(one_.place), outside(one_.url));

/** @param {Schemas["ClientStep"]} step */
const isGivenUp = (step) => step.status === "invited" && step.taken_by === "owner";

/** Where it stands: what it has come, where it is, and what is to come. @param {Client} client */
function way({ status, steps }) {
  const last = status === "withdrawn" ? steps.at(-2)?.status ?? "applied" : status;
  const now = WAY.indexOf(last);
  /** @type {(step: Schemas["ClientStep"]) => Child} */
  const told = (step) => [h("br"), h("small", null, t(`client.by.${step.taken_by}`), " · ", time(step.taken_at)), step.note && h("p", { class: "prose hint", dir: "auto" }, step.note), step.url && h("p", null, outside(step.url))];
  const repeats = steps.some((step, index) => steps.findIndex((each) => each.status === step.status) < index);
  return [
    h("ol", { class: "plain lines" }, WAY.map((each, index) => {
      // Whoever gives a workshop up is invited by that; what is shown is the invitation.
      const step = index <= now ? steps.findLast((one_) => one_.status === each && !isGivenUp(one_)) : undefined;
      if (status === "withdrawn" ? !step : index <= now && !step) return null;
      const isHere = each === status;
      return h("li", { key: each, "aria-current": isHere ? "step" : null }, step ? h(isHere ? "strong" : "span", null, isHere && each !== "exit_feedback" ? "● " : "✓ ", t(`client.status.${each}`)) : h("span", { class: "lead" }, "○ ", t(`client.status.${each}`), h("span", { class: "unseen" }, " – ", t("client.tocome"))), step && told(step));
    }), status === "withdrawn" && h("li", { key: "withdrawn", "aria-current": "step" }, h("strong", null, "– ", t("client.status.withdrawn")), steps.slice(-1).map(told))),
    repeats && h("details", null, h("summary", null, t("client.history")), h("ol", { class: "lines" }, steps.map((step, index) => h("li", { key: index }, isGivenUp(step) ? t("client.givenup") : t(`client.status.${step.status}`), told(step))))),
  ];
}

export default { "clients/:client": one };
