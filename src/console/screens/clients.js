// Clients of a campus for its staff: on what terms, what waits for whom, workshops; and the products of a cohort: what is put up, the ballot, the teams.
import { button, dialog, every, follow, formView, get, h, lines, link, name, names, number, outside, part, partsScreen, t, tabs, time, toast, write } from "../core.js";

/** @import { Child, Field, FormState, Page, Schemas } from "../types.js" */
/** @typedef {Schemas["ClientWorkshop"]} Workshop */
/** @typedef {Schemas["Product"]} Product */
/** @typedef {Schemas["ProductBallot"]} Ballot */
/** @typedef {Schemas["ProductTeam"]} Team */

/** @param {Page} page @param {string} chosen */
const above = ({ params: { campus } }, chosen) => [h("p", { class: "links" }, link(`campuses/${campus}/cohorts`, null, t("nav.campus")), link(`campuses/${campus}/briefs`, null, t("nav.briefs"))), tabs(t("clients.clients"), `campuses/${campus}`, "clients", ["clients", "workshops"], chosen)];

/** Asks before what cannot be undone. @param {string} title @param {string} lead @param {() => unknown} todo */
const sure = async (title, lead, todo) => {
  if (await dialog(t(title), (close) => [h("p", null, t(lead)), h("div", { class: "row" }, button(t("close"), () => close(), "main"), button(t(title), () => close(true), "danger"))])) await todo();
};

/** What was left empty is left out, so that the API says that it is required. @param {string} text */
const filled = (text) => /** @type {string} */ (text || undefined);

// ---- The pipeline, and the terms -----------------------------------------------------------------------------------------

/** Whom clients wait for, by their status. */
const GROUPS = { staff: "applied,acknowledged,workshop_booked,agreement_signed,attended,research_received", owner: "invited,agreement_sent,research_asked", team: "project", over: "completed,exit_feedback,withdrawn" };

/** @param {Page} page */
function clients(page) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["ClientSummary"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {Schemas["ClientTerms"] | null} */ let terms = null;
  /** @type {keyof typeof GROUPS} */ let group = "staff";
  /** @type {FormState} */ const state = {};
  const path = () => `${at}/clients?status=${GROUPS[group]}&limit=30`;
  return partsScreen(page, "clients.clients", (act) => {
    const load = async () => {
      const [found, told] = await Promise.all([get(path()), get(`${at}/client-terms`)]);
      [all, more, terms] = [found.data.data, found.data.page.next_cursor, told.data];
    };
    follow(page, (change) => change.kind.startsWith("client"), load);
    return {
      load,
      view: () => terms && [
        part(t("clients.pipeline"), h("div", { class: "row", role: "group", "aria-label": t("clients.group") }, /** @type {(keyof typeof GROUPS)[]} */ (Object.keys(GROUPS)).map((each) =>
          h("button", { type: "button", key: each, "aria-pressed": String(each === group), onclick: () => act(async () => { group = each; }) }, t(`clients.group.${each}`)))),
          lines("clients.none", all.map((one) => h("li", { class: "row apart", key: one.id }, h("span", null, link(`clients/${one.id}`, { class: "out" }, name(one.name)), h("br"), h("small", null, time(one.status_since))), h("span", { class: "tag" }, t(`client.status.${one.status}`))))),
          more && button(t("more"), async () => {
            const { data } = await get(`${path()}&cursor=${more}`);
            [all, more] = [[...all, ...data.data], data.page.next_cursor];
            page.draw();
          })),
        part(t("clients.terms"), h("p", null, terms.open ? h("span", { class: "tag good" }, "● ", t("clients.open")) : h("span", { class: "tag" }, "○ ", t("clients.closed"))), formView({
          state, draw: page.draw, button: t("save"),
          fields: [{ name: "open", label: t("clients.open.field"), type: "checkbox", value: String(terms.open) }, { name: "answer_days", label: t("clients.days"), hint: t("clients.days.hint"), type: "number", inputmode: "numeric", value: String(terms.version ? terms.answer_days : 7) }, { name: "first_refusal_days", label: t("clients.refusal"), hint: t("clients.refusal.hint"), type: "number", inputmode: "numeric", value: String(terms.version ? terms.first_refusal_days : 14) }, { name: "about", label: t("clients.about"), hint: t("clients.about.hint"), rows: 3, dir: "auto", value: terms.about ?? "" }],
          send: async (values) => {
            await write("PUT", `${at}/client-terms`, { open: values.open === "true", answer_days: Number(values.answer_days), first_refusal_days: Number(values.first_refusal_days), about: values.about || null }, { etag: `"${terms?.version}"` });
            await act(async () => toast(t("saved")));
          },
        })),
      ],
    };
  }, () => above(page, "clients"));
}

// ---- Workshops -----------------------------------------------------------------------------------------------------------

/** @param {Workshop} [one] @returns {Field[]} */
const workshopFields = (one) => [
  { name: "starts_at", label: t("clients.starts"), hint: t("clients.local"), type: "datetime-local", value: one?.starts_local.slice(0, 16) }, { name: "ends_at", label: t("clients.ends"), type: "datetime-local", value: one?.ends_local.slice(0, 16) },
  { name: "place", label: t("clients.place"), dir: "auto", value: one?.place ?? "" }, { name: "url", label: t("clients.online"), type: "url", dir: "ltr", value: one?.url ?? "" }, { name: "places", label: t("clients.places"), type: "number", inputmode: "numeric", value: String(one?.places ?? 12) },
];
/** @param {Record<string, string>} values */
const workshopOf = (values) => ({ starts_at: values.starts_at, ends_at: values.ends_at, place: values.place || null, url: values.url || null, places: Number(values.places) });

/** @param {Page} page */
function workshops(page) {
  const at = `v1/campuses/${page.params.campus}/client-workshops`;
  /** @type {Workshop[]} */ let all = [];
  /** @type {string | null} */ let more = null;
  return partsScreen(page, "clients.workshops", (act) => {
    const load = async () => {
      const { data } = await get(`${at}?limit=20`);
      [all, more] = [data.data, data.page.next_cursor];
    };
    follow(page, (change) => /^(client|workshop)/.test(change.kind), load);
    const edit = (/** @type {Workshop | undefined} */ one) => {
      /** @type {FormState} */ const state = {};
      void dialog(t(one ? "clients.workshop.change" : "clients.workshop.add"), (close, draw) => formView({
        state, draw, button: t("save"), fields: workshopFields(one),
        send: async (values) => {
          if (one) await write("PATCH", `v1/client-workshops/${one.id}`, workshopOf(values), { etag: `"${one.version}"` });
          else await write("POST", at, workshopOf(values));
          close();
          await act(async () => toast(t("saved")));
        },
      }));
    };
    const attend = (/** @type {Workshop} */ one, /** @type {Schemas["WorkshopClient"]} */ client, /** @type {boolean} */ attended) => act(async () => {
      await write("PUT", `v1/client-workshops/${one.id}/attendances/${client.id}`, { attended });
      toast(t(attended ? "clients.noted.came" : "clients.noted.missed"));
    });
    const card = (/** @type {Workshop} */ one) => {
      const isToCome = Date.parse(one.starts_at) > Date.now();
      return h("li", { class: "stack", key: one.id },
        h("div", { class: "row apart" }, h("span", { class: "row" }, time(one.starts_at, one.time_zone), one.place && name(one.place), outside(one.url)), h("span", { class: "tag" }, t("clients.left", { count: one.places_left, places: one.places }))),
        lines("clients.nobody", one.clients.map((client) => {
          const isBooked = ["workshop_booked", "agreement_sent", "agreement_signed"].includes(client.status);
          return h("li", { class: "row apart", key: client.id }, link(`clients/${client.id}`, { class: "out" }, name(client.name)), h("span", { class: "row" }, isBooked && !isToCome ? [
            client.status === "agreement_signed" ? button(t("clients.came"), () => attend(one, client, true), null, `${t("clients.came")}: ${client.name}`) : h("small", null, t("clients.unsigned")),
            button(t("clients.missed"), () => attend(one, client, false), "quiet", `${t("clients.missed")}: ${client.name}`)]
            : h("span", { class: isBooked ? "tag" : "tag good" }, isBooked ? "" : "✓ ", t(`client.status.${client.status}`))));
        })),
        isToCome && h("div", { class: "row" }, button(t("clients.workshop.change"), () => edit(one)), button(t("clients.workshop.cancel"), () => sure("clients.workshop.cancel", "clients.workshop.cancel.lead", () => act(async () => { await write("DELETE", `v1/client-workshops/${one.id}`); toast(t("removed")); })), "quiet")));
    };
    return {
      load,
      view: () => part(t("clients.workshops"), h("p", { class: "lead" }, t("clients.workshops.lead")), h("div", { class: "row" }, button(t("clients.workshop.add"), () => edit(undefined), "main")), lines("clients.noworkshops", all.map(card)),
        more && button(t("more"), async () => {
          const { data } = await get(`${at}?limit=20&cursor=${more}`);
          [all, more] = [[...all, ...data.data], data.page.next_cursor];
          page.draw();
        })),
    };
  }, () => above(page, "workshops"));
}

// ---- Products, the ballot and the teams of a cohort ------------------------------------------------------------------------

/** @param {Page} page */
function products(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** @type {Product[]} */ let all = [];
  /** The latest. @type {Ballot | undefined} */ let ballot;
  /** @type {Team[]} */ let teams = [];
  /** What is about to be set. @type {Team[] | null} */ let draft = null;
  /** @type {Schemas["ProductTeamSuggestion"] | null} */ let suggested = null;
  /** @type {Schemas["ProductWish"][] | null} */ let wishes = null;
  const load = async () => {
    const [put, ballots] = await Promise.all([get(`${at}/products?limit=50`), get(`${at}/product-ballots?limit=100`)]);
    [all, ballot] = [put.data.data, ballots.data.data[0]];
    teams = ballot?.status === "closed" ? (await get(`v1/product-ballots/${ballot.id}/teams`)).data.data : [];
  };
  return partsScreen(page, "clients.products", (act) => {
    follow(page, (change) => /^product/.test(change.kind), load);
    const put = (/** @type {string} */ client, /** @type {Schemas["NewProduct"]} */ body) => write("PUT", `${at}/products/${client}`, body);
    const edit = async (/** @type {Product | null} */ one) => {
      /** @type {FormState} */ const state = {};
      /** @type {[string, string][]} */ let choices = [];
      if (!one) {
        await act(async () => {
          const { campus_id: campus } = (await get(at)).data;
          const ready = /** @type {Schemas["ClientSummary"][]} */ (await every(`v1/campuses/${campus}/clients?status=research_received,project&limit=100`));
          choices = ready.filter((client) => !all.some((product) => product.client_id === client.id)).map((client) => [client.id, client.name]);
        });
        if (!choices.length) return toast(t("clients.noneready"));
      }
      void dialog(one ? one.name : t("clients.product.add"), (close, draw) => formView({
        state, draw, button: t("save"),
        fields: [...(one ? [] : [{ name: "client", label: t("clients.client"), options: choices }]), { name: "summary", label: t("clients.summary"), rows: 3, dir: "auto", value: one?.summary }, { name: "url", label: t("clients.pitch"), type: "url", dir: "ltr", value: one?.url ?? "" }],
        send: async (values) => {
          await put(one?.client_id ?? values.client, { summary: filled(values.summary), url: values.url || null });
          close();
          await act(async () => toast(t("saved")));
        },
      }));
    };
    const remove = (/** @type {Product} */ one) => act(async () => {
      await write("DELETE", `${at}/products/${one.client_id}`);
      toast(t("removed"), { label: t("undo"), run: () => void act(() => put(one.client_id, { summary: one.summary, url: one.url })) });
    });
    const open = () => {
      /** @type {FormState} */ const state = {};
      void dialog(t("clients.ballot.open"), (close, draw) => h("div", { class: "stack" }, h("p", { class: "lead" }, t("clients.ballot.lead")), formView({
        state, draw, button: t("clients.ballot.open"), fields: [{ name: "winners", label: t("clients.winners"), type: "number", inputmode: "numeric", value: "1" }],
        send: async (values) => { await write("POST", `${at}/product-ballots`, { winners: Number(values.winners) }); close(); await act(async () => toast(t("clients.ballot.opened"))); },
      })));
    };
    /** @param {Ballot} one */
    const end = (one, /** @type {"closed" | "cancelled"} */ status) => sure(`clients.ballot.${status}`, `clients.ballot.${status}.lead`, () => act(async () => { await write("PUT", `v1/product-ballots/${one.id}/status`, { status }); toast(t("saved")); }));
    /** @param {Ballot} one @returns {Child[]} */
    const ballotView = (one) => {
      const called = (/** @type {string} */ id) => name(one.candidates.find((each) => each.client_id === id)?.name ?? "–");
      const { result } = one;
      return [
        h("p", { class: "row" }, h("span", { class: one.status === "open" ? "tag good" : "tag" }, one.status === "open" ? "● " : one.status === "closed" ? "✓ " : "– ", t(`clients.ballot.is.${one.status}`)), one.status !== "cancelled" && h("span", null, t("clients.voted", { count: one.voted }))),
        one.status === "open" && h("div", { class: "row" }, button(t("clients.ballot.closed"), () => end(one, "closed"), "main"), button(t("clients.ballot.cancelled"), () => end(one, "cancelled"), "quiet")),
        result && [h("h3", null, t("clients.chosen")), h("ul", { class: "plain" }, result.chosen.map((id) => h("li", { key: id }, "✓ ", called(id)))),
          result.rounds.length > 0 && h("details", null, h("summary", null, t("clients.count")), h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("clients.count") }, h("table", null, h("thead", null, h("tr", null, [t("clients.client"), ...result.rounds.map((_, index) => t("clients.round", { number: index + 1 }))].map((text) => h("th", { scope: "col", key: text }, text)))),
            h("tbody", null, one.candidates.map((each) => h("tr", { key: each.client_id }, h("th", { scope: "row" }, name(each.name)), result.rounds.map((round, index) => {
              const votes = round.counts.find((count) => count.client_id === each.client_id);
              return h("td", { key: index }, votes ? number(votes.votes) : "–", round.dropped === each.client_id && [" ", h("span", { class: "tag warn" }, "✕ ", t(round.by_lot ? "clients.out.lot" : "clients.out"))]);
            }))))))),
          result.left_out.length > 0 && h("p", { class: "hint" }, t("clients.leftout"), " ", names(result.left_out.map((id) => one.candidates.find((each) => each.client_id === id)?.name ?? "–")))],
        one.status !== "cancelled" && h("details", null, h("summary", null, t("clients.check")), h("p", { class: "hint" }, t("clients.check.lead")), h("dl", null, h("dt", null, "SHA-256"), h("dd", null, h("bdi", { dir: "ltr" }, one.commitment)), one.seed && [h("dt", null, t("clients.seed")), h("dd", null, h("bdi", { dir: "ltr" }, one.seed))])),
      ];
    };
    /** @param {Ballot} one */
    const teamsView = (one) => {
      const suggest = () => act(async () => { suggested = (await get(`v1/product-ballots/${one.id}/team-suggestion`)).data; draft = suggested && suggested.teams; });
      const set = () => act(async () => {
        await write("PUT", `v1/product-ballots/${one.id}/teams`, { teams: draft?.map((team) => ({ client_id: team.client_id, members: team.members.map((member) => member.person.id) })) });
        [draft, suggested] = [null, null];
        toast(t("clients.teams.set"));
      });
      const move = (/** @type {Schemas["ProductTeamMember"]} */ member, /** @type {string} */ to) => {
        draft = (draft ?? []).map((team) => ({ ...team, members: team.client_id === to ? [...team.members, member] : team.members.filter((each) => each !== member) }));
        page.draw();
      };
      const shown = draft ?? teams;
      return part(t("clients.teams"), h("p", { class: "hint" }, t(draft ? "clients.teams.draft" : "clients.teams.lead")),
        suggested && h("p", null, suggested.by_rank.map((count, index) => h("span", { class: "tag good", key: index }, t("clients.wish", { number: index + 1, count }))), " ", suggested.without_wish > 0 && h("span", { class: "tag warn" }, "! ", t("clients.wish.none", { count: suggested.without_wish }))),
        lines("clients.noteams", shown.map((team) => h("li", { class: "stack", key: team.client_id }, h("h3", null, name(team.name), " ", h("small", null, number(team.members.length))), h("ul", { class: "plain" }, team.members.map((member) => h("li", { class: "row apart", key: member.person.id }, h("span", null, name(member.person.name), draft && member.rank && [" ", h("small", null, t("clients.rank", { number: member.rank }))]),
          draft && shown.length > 1 && h("select", { class: "short", "aria-label": t("clients.move", { who: member.person.name }), onchange: (/** @type {any} */ event) => move(member, event.target.value) }, shown.map((to) => h("option", { value: to.client_id, key: to.client_id, selected: to === team }, to.name))))))))),
        h("div", { class: "row" }, draft && button(t("clients.teams.do"), set, "main"), button(t("clients.suggest"), suggest, draft ? null : "main"), !draft && teams.length > 0 && button(t("clients.teams.change"), () => { draft = teams; page.draw(); }), draft && button(t("clients.teams.leave"), () => { [draft, suggested] = [null, null]; page.draw(); }, "quiet"),
          !wishes && button(t("clients.wishes"), () => act(async () => { wishes = (await get(`v1/product-ballots/${one.id}/wishes`)).data.data; }), "quiet")),
        wishes && [h("h3", null, t("clients.wishes")), h("ul", { class: "plain lines" }, wishes.map((wish) => h("li", { key: wish.person.id }, name(wish.person.name), h("br"),
          h("small", null, wish.ranked.length ? wish.ranked.map((id, index) => [index > 0 && " · ", `${number(index + 1)}. `, name(one.candidates.find((each) => each.client_id === id)?.name ?? "–")]) : t("clients.wishes.none")))))]);
    };
    return {
      load,
      view: () => [
        part(t("clients.products.up"), h("p", { class: "hint" }, t("clients.products.lead")), lines("clients.noproducts", all.map((one) => h("li", { class: "stack", key: one.client_id }, h("div", { class: "row apart" }, h("h3", null, link(`clients/${one.client_id}`, null, name(one.name))),
          h("span", { class: "row" }, button(t("clients.product.change"), () => edit(one), "quiet", `${t("clients.product.change")}: ${one.name}`), button(t("account.remove"), () => remove(one), "quiet", t("remove.what", { what: one.name })))), h("p", { class: "prose", dir: "auto" }, one.summary), one.url && h("p", null, outside(one.url))))),
          h("div", { class: "row" }, button(t("clients.product.add"), () => edit(null)))),
        part(t("clients.ballot"), ballot ? ballotView(ballot) : h("p", { class: "empty" }, t("clients.ballot.none")), (!ballot || ballot.status !== "open") && all.length > 1 && h("div", { class: "row" }, button(t("clients.ballot.open"), open, ballot ? null : "main"))),
        ballot?.status === "closed" && teamsView(ballot),
      ],
    };
  }, () => h("p", { class: "links" }, link(`cohorts/${page.params.cohort}`, null, t("nav.needs")), link(`cohorts/${page.params.cohort}/roster`, null, t("campus.cohort")), link(`cohorts/${page.params.cohort}/demos`, null, t("nav.demos"))));
}

export default { "campuses/:campus/clients": clients, "campuses/:campus/workshops": workshops, "cohorts/:cohort/products": products };
