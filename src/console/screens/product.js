// The products of a cohort for its students: what there is to choose from, one's vote and wishes, who builds what, and the hand-over of one's own.
import { Problem, announce, button, follow, get, h, link, me, name, names, number, outside, part, partsScreen, t, time, toast, write } from "../core.js";

/** @import { Child, Page, Schemas } from "../types.js" */

/** What somebody has ranked, or nothing. @param {string} path @returns {Promise<string[]>} */
const ranking = (path) => get(path).then((answer) => answer.data.ranked, (error) => { if (error instanceof Problem && error.status === 404) return []; throw error; });

/** @param {Page} page */
function products(page) {
  const at = `v1/cohorts/${page.params.cohort}`;
  /** Where whoever has built something may be asked first for paid work. */
  const campus = me?.roles.find((role) => role.cohort_id === page.params.cohort)?.campus_id;
  /** @type {Schemas["Product"][]} */ let all = [];
  /** The latest. @type {Schemas["ProductBallot"] | undefined} */ let ballot;
  /** @type {Schemas["ProductTeam"][]} */ let teams = [];
  /** @type {Schemas["ProductHandOver"] | null} */ let handOver = null;
  /** What was sent, and what is about to be. @type {string[]} */ let sent = [];
  /** @type {string[]} */ let ranked = [];
  const ownOf = (/** @type {Schemas["ProductTeam"][]} */ formed) => formed.find((team) => team.members.some((member) => member.person.id === me?.id));
  const own = () => ownOf(teams);
  const pathOf = (/** @type {Schemas["ProductBallot"]} */ one) => `v1/product-ballots/${one.id}/${one.status === "open" ? "votes" : "wishes"}/me`;
  const load = async () => {
    const [put, ballots] = await Promise.all([get(`${at}/products?limit=50`), get(`${at}/product-ballots?limit=100`)]);
    const latest = /** @type {Schemas["ProductBallot"][]} */ (ballots.data.data).find((one) => one.status !== "cancelled");
    const formed = latest?.status === "closed" ? (await get(`v1/product-ballots/${latest.id}/teams`)).data.data : [];
    const team = ownOf(formed);
    const done = team ? (await get(`v1/clients/${team.client_id}/hand-over`)).data : null;
    const now = latest && !formed.length ? await ranking(pathOf(latest)) : [];
    // What was not sent yet stays; what is drawn meanwhile is whole.
    if (!ranked.length || String(ranked) === String(sent)) ranked = now;
    [all, ballot, teams, handOver, sent] = [put.data.data, latest, formed, done, now];
  };
  return partsScreen(page, "product.title", (act) => {
    follow(page, (change) => change.kind.startsWith("product"), load);
    const send = (/** @type {string[]} */ mine) => act(async () => {
      if (!ballot) return;
      await write("PUT", pathOf(ballot), { ranked: mine });
      [sent, ranked] = [mine, mine];
      toast(t(ballot?.status === "open" ? "product.voted" : "product.wished"));
    });
    /** What is told to whoever does not see the list. @param {string[]} now @param {string} id @param {string} what */
    const change = (now, id, what) => {
      ranked = now;
      page.draw();
      announce(now.includes(id) ? t("product.at", { what, number: now.indexOf(id) + 1 }) : t("product.off", { what }));
    };
    const tick = (/** @type {string} */ item, /** @type {boolean} */ done) => act(() => write("PUT", `v1/clients/${own()?.client_id}/hand-over/${item}`, { done }));
    /** @param {Schemas["BallotCandidate"][]} choices @returns {Child[]} */
    const rank = (choices) => {
      const called = (/** @type {string} */ id) => choices.find((one) => one.client_id === id)?.name ?? "–";
      const mine = ranked.filter((id) => choices.some((one) => one.client_id === id)), rest = choices.filter((one) => !mine.includes(one.client_id));
      return [
        mine.length > 0 && h("ol", { class: "plain lines", "aria-label": t("product.ranked") }, mine.map((id, index) => h("li", { class: "row apart", key: id }, h("span", null, `${number(index + 1)}. `, name(called(id))), h("span", { class: "row" },
          // Whoever is the first keeps it, so that the focus does not jump to what removes.
          h("button", { type: "button", class: "icon", "aria-label": t("product.up", { what: called(id) }), "aria-disabled": index ? null : "true", onclick: () => { const now = [...mine]; if (index) now.splice(index - 1, 2, id, mine[index - 1]); change(now, id, called(id)); } }, "↑"),
          h("button", { type: "button", class: "icon", "aria-label": t("remove.what", { what: called(id) }), onclick: () => change(mine.filter((each) => each !== id), id, called(id)) }, "×"))))),
        rest.length > 0 && h("ul", { class: "plain row", "aria-label": t("product.others") }, rest.map((one) => h("li", { key: one.client_id }, button(`+ ${one.name}`, () => change([...mine, one.client_id], one.client_id, one.name), null, t("product.add", { what: one.name }))))),
        h("div", { class: "row" }, button(t(ballot?.status === "open" ? "product.vote" : "product.wish"), () => send(mine), "main"), String(ranked) !== String(sent) ? h("span", { class: "tag warn" }, "✎ ", t("product.unsent")) : sent.length > 0 && h("span", { class: "tag good" }, "✓ ", t("product.sent"))),
      ];
    };
    return {
      load,
      view: () => {
        const team = own(), chosen = ballot?.result?.chosen ?? [];
        return [
          team && handOver && part(team.name, h("p", null, names(team.members.map((member) => member.person))), h("h3", null, t("handover.title")), h("p", { class: "hint" }, t(handOver.complete ? "handover.complete" : "handover.lead")), h("ul", { class: "plain lines" }, handOver.items.map((item) => h("li", { key: item.item },
            h("div", { class: "field check" }, h("label", { for: item.item }, t(`handover.${item.item}`)), h("input", { id: item.item, type: "checkbox", checked: item.done, onchange: (/** @type {any} */ event) => tick(item.item, event.target.checked) })), item.ticked_at && h("small", null, t(`handover.by.${item.ticked_by}`), " · ", time(item.ticked_at)))))),
          ballot && !teams.length && (ballot.status === "open" ? part(t("product.ballot"), h("p", { class: "lead" }, t("product.ballot.lead", { count: ballot.winners })), h("p", { class: "hint" }, t("product.secret")), rank(ballot.candidates))
            : part(t("product.wishes"), h("p", { class: "lead" }, t("product.wishes.lead")), rank(ballot.candidates.filter((one) => chosen.includes(one.client_id))))),
          teams.length > 0 && part(t("product.teams"), h("ul", { class: "plain lines" }, teams.map((one) => h("li", { key: one.client_id }, h("strong", null, name(one.name)), h("br"), names(one.members.map((member) => member.person)))))),
          part(t("product.all"), all.length ? h("ul", { class: "plain lines" }, all.map((one) => h("li", { class: "stack", key: one.client_id }, h("div", { class: "row apart" }, h("h3", null, name(one.name)), chosen.includes(one.client_id) && h("span", { class: "tag good" }, "✓ ", t("product.chosen"))), h("p", { class: "prose", dir: "auto" }, one.summary), one.url && h("p", null, outside(one.url)))))
            : h("p", { class: "empty" }, t("product.none"))),
        ];
      },
    };
  }, () => h("p", { class: "links" }, link("week", null, t("nav.week")), link(`cohorts/${page.params.cohort}/demos`, null, t("nav.demos")), own() && campus && link(`campuses/${campus}/briefs`, null, t("nav.briefs"))));
}

export default { "me/:cohort/products": products };
