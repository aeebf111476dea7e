// Employers of a campus for its staff, and for organisers what these owe for hires. One employer is in employer.js.
import { button, day, dialog, follow, formView, get, go, h, isStaffOf, lines, link, money, name, number, part, partsScreen, t, tabs, toast, write } from "../core.js";

/** @import { FormState, Page, Schemas } from "../types.js" */

/** @param {Page} page @param {string} chosen */
const above = ({ params: { campus } }, chosen) => [h("p", { class: "links" }, link(`campuses/${campus}/cohorts`, null, t("nav.campus"))), isStaffOf(campus, /^organiser$/) && tabs(t("careers.employers"), `campuses/${campus}`, "careers", ["employers", "fees"], chosen)];

/** @param {Page} page */
function employers(page) {
  const at = `v1/campuses/${page.params.campus}/employers`;
  /** @type {Schemas["EmployerSummary"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  return partsScreen(page, "careers.employers", () => {
    const load = async () => {
      const { data } = await get(`${at}?limit=40`);
      [all, more] = [data.data, data.page.next_cursor];
    };
    follow(page, (change) => change.kind.startsWith("employer"), load);
    const add = () => {
      /** @type {FormState} */ const state = {};
      void dialog(t("careers.add"), (close, draw) => formView({
        state, draw, button: t("careers.add"),
        fields: [{ name: "name", label: t("employer.name"), dir: "auto" }, { name: "about", label: t("employer.about"), rows: 3, dir: "auto" }, { name: "url", label: t("employer.url"), type: "url", dir: "ltr" },
          { name: "agreement_url", label: t("employer.agreement.url"), type: "url", dir: "ltr" }, { name: "agreement_from", label: t("employer.agreement.from"), type: "date" }, { name: "agreement_until", label: t("employer.agreement.until"), type: "date" }],
        send: async (values) => {
          const { data } = await write("POST", at, Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value || (key === "name" ? "" : null)])));
          close();
          toast(t("saved"));
          go(`employers/${data.id}`);
        },
      }));
    };
    return {
      load,
      view: () => part(t("careers.employers"), h("p", { class: "hint" }, t("careers.lead")), lines("careers.none", all.map((one) => h("li", { class: "row apart", key: one.id }, link(`employers/${one.id}`, { class: "out" }, name(one.name)), one.agreement.until && h("small", null, t("employer.agreed.until", { day: day(one.agreement.until, { dateStyle: "medium" }) }))))),
        h("div", { class: "row" }, button(t("careers.add"), add, "main"), more && button(t("more"), async () => {
          const { data } = await get(`${at}?limit=40&cursor=${more}`);
          [all, more] = [[...all, ...data.data], data.page.next_cursor];
          page.draw();
        }))),
    };
  }, () => above(page, "employers"));
}

/** @type {Record<Schemas["FeeStatus"], [kind: string, sign: string]>} */
const FEE = { due: ["warn", "◷ "], paid: ["good", "✓ "], waived: ["", "– "] };

/** What employers owe for hires, and what it comes to. @param {Page} page */
function fees(page) {
  const at = `v1/campuses/${page.params.campus}`;
  /** @type {Schemas["ReferralFeeSums"] | null} */ let sums = null;
  /** @type {Schemas["ReferralFee"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {FormState} */ const state = {};
  let between = "";
  return partsScreen(page, "careers.fees", (act) => {
    const load = async () => {
      const [summed, listed] = await Promise.all([get(`${at}/referral-fee-sums${between}`), get(`${at}/referral-fees?limit=30`)]);
      [sums, all, more] = [summed.data, listed.data.data, listed.data.page.next_cursor];
    };
    follow(page, (change) => change.kind.startsWith("referral_fee"), load);
    const settle = (/** @type {Schemas["ReferralFee"]} */ one, /** @type {"paid" | "waived"} */ status) => {
      /** @type {FormState} */ const form = {};
      void dialog(t(`careers.fee.do.${status}`), (close, draw) => h("div", { class: "stack" }, h("p", null, money(one.amount, one.currency), " · ", day(one.due_on, { dateStyle: "medium" })), h("p", { class: "hint" }, t("careers.fee.final")), formView({
        state: form, draw, button: t(`careers.fee.do.${status}`), fields: status === "waived" ? [{ name: "reason", label: t("careers.fee.reason"), rows: 2, dir: "auto" }] : [],
        send: async (values) => { await write("PUT", `v1/referral-fees/${one.id}/status`, { status, reason: values.reason || null }); close(); await act(async () => toast(t("saved"))); },
      })));
    };
    return {
      load,
      view: () => sums && [
        part(t("careers.sums"), h("p", { class: "hint" }, t("careers.sums.lead", { from: day(sums.from, { dateStyle: "medium" }), to: day(sums.to, { dateStyle: "medium" }), count: sums.hires })),
          sums.sums.length > 0 && h("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": t("careers.sums") }, h("table", null, h("thead", null, h("tr", null, ["currency", "fees", "due", "paid", "waived"].map((key) => h("th", { scope: "col", key }, t(`careers.sum.${key}`))))),
            h("tbody", null, sums.sums.map((one) => h("tr", { key: one.currency }, h("th", { scope: "row" }, one.currency), h("td", null, number(one.fees)), [one.due, one.paid, one.waived].map((amount, index) => h("td", { key: index }, money(amount, one.currency)))))))),
          h("details", null, h("summary", null, t("careers.days")), formView({
            state, draw: page.draw, button: t("careers.show"), fields: [{ name: "from", label: t("careers.from"), type: "date", value: sums.from }, { name: "to", label: t("account.until"), type: "date", value: sums.to }],
            send: async (values) => { between = `?${new URLSearchParams({ from: values.from, to: values.to })}`; await load(); },
          }))),
        part(t("careers.fees"), h("p", { class: "hint" }, t("careers.fees.lead")), lines("careers.nofees", all.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, link(`introductions/${one.introduction_id}`, { class: "out" }, money(one.amount, one.currency)), " ", h("span", { class: `tag ${FEE[one.status][0]}` }, FEE[one.status][1], t(`careers.fee.${one.status}`)), h("br"), h("small", null, t("careers.fee.due.on", { day: day(one.due_on, { dateStyle: "medium" }) })), one.reason && h("p", { class: "prose hint", dir: "auto" }, one.reason)),
          one.status === "due" && h("span", { class: "row" }, button(t("careers.fee.do.paid"), () => settle(one, "paid")), button(t("careers.fee.do.waived"), () => settle(one, "waived"), "quiet"))))),
          more && button(t("more"), async () => {
            const { data } = await get(`${at}/referral-fees?limit=30&cursor=${more}`);
            [all, more] = [[...all, ...data.data], data.page.next_cursor];
            page.draw();
          })),
      ],
    };
  }, () => above(page, "fees"));
}

export default { "campuses/:campus/employers": employers, "campuses/:campus/fees": fees };
