// One's account: who one is, what one is told, what others see, and leaving. How one comes in is in security.js.
import { LANGUAGES, Problem, button, call, dialog, download, follow, formView, get, h, link, logOut, me, name, part, partsScreen, report, setMe, t, tabs, time, toast, write } from "../core.js";

/** @import { Act, FormState, Page, Parts, Schemas } from "../types.js" */

const PASSWORD = { name: "password", type: "password", autocomplete: "current-password", dir: "ltr" };
const CODE = { name: "otp", autocomplete: "one-time-code", inputmode: "numeric", dir: "ltr" };

/** @type {Record<string, (page: Page, act: Act) => Parts>} */
const PARTS = { profile, notices, privacy };

/** @param {Page} page */
function account(page) {
  const chosen = page.params.part in PARTS ? page.params.part : "profile";
  return partsScreen(page, `tab.${chosen}`, (act) => PARTS[chosen](page, act), () => tabs(t("nav.account"), "account", "tab", ["profile", "notices", "security", "calendar", "tokens", "privacy"], chosen));
}

// ---- Who one is --------------------------------------------------------------------------------------------------------

/** @param {Page} page @returns {Parts} */
function profile(page) {
  /** @type {FormState} */ const own = {};
  /** @type {FormState} */ const address = {};
  /** @type {FormState} */ const proof = {};
  let asksCode = !!page.params.code;
  const zones = Intl.supportedValuesOf("timeZone");
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const again = async () => setMe((await get("v1/me")).data);
  return {
    load: async () => {},
    view: () => me && [
      h("p", { class: "links" }, link("clients", null, t("nav.clients")), link("employers", null, t("nav.employers"))),
      part(t("account.who"), formView({
        state: own, draw: page.draw, button: t("save"),
        fields: [
          { name: "name", label: t("entry.name"), autocomplete: "name", value: me.name },
          { name: "github", label: t("account.github"), dir: "ltr", value: me.github ?? "" },
          { name: "time_zone", label: t("account.zone"), hint: t("account.zone.hint", { here }), value: me.time_zone ?? "", options: /** @type {[string, string][]} */ ([["", t("account.zone.none")], ...zones.map((zone) => [zone, zone.replaceAll("_", " ")])]) },
          { name: "language", label: t("account.language"), hint: t("account.language.hint"), value: me.language ?? "", options: [["", t("account.language.none")], ...Object.entries(LANGUAGES)] },
        ],
        send: async (values) => {
          const before = me;
          const { data } = await write("PATCH", "v1/me", { name: values.name, github: values.github || null, time_zone: values.time_zone || null, language: values.language || null }, { etag: `"${me?.version}"` });
          setMe(data);
          toast(t("saved"), before ? { label: t("undo"), run: () => void write("PATCH", "v1/me", { name: before.name, github: before.github, time_zone: before.time_zone, language: before.language }).then((answer) => { setMe(answer.data); page.draw(); }, report) } : undefined);
        },
      })),
      part(t("account.address"),
        h("p", null, name(me.email), " ", me.verified ? h("span", { class: "tag good" }, "✓ ", t("account.proved")) : h("span", { class: "tag warn" }, "! ", t("account.unproved"))),
        !me.verified && !asksCode && button(t("account.prove"), async () => { await write("POST", "v1/me/verifications").then(() => { asksCode = true; }, (error) => { address.problem = error; }); page.draw(); }),
        !asksCode && [" ", button(t("entry.havecode"), () => { asksCode = true; page.draw(); }, "quiet")],
        asksCode && formView({ state: proof, draw: page.draw, button: t("entry.verify.button"), fields: [{ name: "code", label: t("entry.code"), dir: "ltr", autocomplete: "one-time-code", value: page.params.code }],
          send: async (values) => {
            const body = { code: values.code.trim() };
            const change = () => write("POST", "v1/me/email-changes/redemptions", body);
            // A code from a mail may be for either.
            if (me?.verified || pending) await change();
            else await write("POST", "v1/me/verifications/redemptions", body).catch((error) => (error instanceof Problem ? change() : Promise.reject(error)));
            await again();
            asksCode = false;
            toast(t("saved"));
          } }),
        h("details", null, h("summary", null, t("account.newaddress")), formView({
          state: address, draw: page.draw, button: t("account.newaddress"),
          fields: [{ name: "email", type: "email", label: t("account.newaddress.field"), dir: "ltr", autocomplete: "email" }, { ...PASSWORD, label: t("entry.password") }, ...(me.second_factor ? [{ ...CODE, label: t("entry.otp") }] : [])],
          send: async (values) => {
            const { status } = await write("POST", "v1/me/email-changes", { email: values.email, password: values.password, ...(values.otp ? { otp: values.otp } : {}) });
            pending = asksCode = status === 202;
            await again();
            toast(t(pending ? "account.mailed" : "saved"));
          },
        }))),
    ],
  };
}
/** Whether a code for another address is on its way. */
let pending = false;

// ---- What one is told ----------------------------------------------------------------------------------------------------

/** @param {Page} page @param {Act} act @returns {Parts} */
function notices(page, act) {
  /** @type {Schemas["Notification"][]} */ let all = [];
  /** @type {string | null} */ let more = null;
  /** @type {Schemas["NotificationSettings"] | null} */ let settings = null;
  const load = async () => {
    const [told, chosen] = await Promise.all([get("v1/me/notifications?limit=20"), get("v1/me/notification-settings")]);
    all = told.data.data;
    more = told.data.page.next_cursor;
    settings = chosen.data;
  };
  follow(page, (change) => change.kind.startsWith("notification"), load);
  const choose = (/** @type {string} */ kind, /** @type {Record<string, unknown>} */ choice) => act(async () => { await write("PATCH", "v1/me/notification-settings", { [kind]: choice }); toast(t("saved")); });
  return {
    load,
    view: () => [
      part(t("account.told"),
        all.some((one) => !one.read_at) && h("div", { class: "row" }, button(t("account.allread"), () => act(() => write("PUT", "v1/me/notifications/read")))),
        all.length ? h("ul", { class: "plain lines" }, all.map((one) => h("li", { key: one.id, class: "row apart" },
          h("span", null, !one.read_at && h("span", { class: "tag good" }, "● ", t("account.new")), " ", h("bdi", null, one.title), " ", h("small", null, time(one.at)), one.detail && [h("br"), h("small", { class: "prose" }, h("bdi", null, one.detail))], one.kind === "mentoring" && [" ", link("mentoring", null, t("nav.mentoring"))], one.href?.endsWith("/admission-panel") && [" ", link("panels", null, t("nav.panels"))],
            /\/(applications\/\w+|intake)$/.test(one.href ?? "") && [" ", link(one.kind === "requests" ? `applications/${one.href?.split("/").at(-1)}` : "applications", null, t("account.notice.open"))], /\/briefs\/\w+$/.test(one.href ?? "") && [" ", link(`briefs/${one.href?.split("/").at(-1)}`, null, t("account.notice.open"))]),
          !one.read_at && button(t("account.read"), () => act(() => write("PUT", `v1/me/notifications/${one.id}/read`)), "quiet", `${t("account.read")}: ${one.title}`))))
          : h("p", { class: "empty" }, t("account.nonotices")),
        more && button(t("more"), async () => {
          const { data } = await get(`v1/me/notifications?limit=20&cursor=${more}`);
          all = [...all, ...data.data];
          more = data.page.next_cursor;
          page.draw();
        })),
      part(t("account.settings"), settings && Object.entries(settings).map(([kind, choice]) => h("fieldset", { class: "row apart", key: kind },
        h("legend", null, t(`notice.${kind}`)),
        h("div", { class: "field check" }, h("label", { for: `app-${kind}` }, t("account.inapp")), h("input", { id: `app-${kind}`, type: "checkbox", checked: choice.in_app, onchange: (/** @type {any} */ event) => choose(kind, { in_app: event.target.checked }) })),
        h("div", { class: "field" }, h("label", { for: `mail-${kind}`, class: "unseen" }, t("account.mail")),
          h("select", { id: `mail-${kind}`, value: choice.mail, onchange: (/** @type {any} */ event) => choose(kind, { mail: event.target.value }) }, ["at_once", "daily", "none"].map((one) => h("option", { value: one, selected: one === choice.mail }, t(`mail.${one}`)))))))),
    ],
  };
}

// ---- What others see, and leaving ---------------------------------------------------------------------------------------------------

/** @param {Page} page @param {Act} act @returns {Parts} */
function privacy(page, act) {
  /** @type {FormState} */ const other = {};
  /** @type {Schemas["Visibility"] | null} */ let seen = null;
  /** @type {Schemas["Consent"][]} */ let consents = [];
  const load = async () => {
    const [visibility, uses] = await Promise.all([get("v1/me/visibility"), get("v1/me/consents")]);
    seen = visibility.data;
    consents = uses.data.data;
  };
  const copy = async () => {
    download("peerled.json", JSON.stringify((await get("v1/me/export")).data, null, 2), "application/json");
    toast(t("account.exported"));
  };
  /** @type {FormState} */ const state = {};
  const erase = () => dialog(t("account.erase"), (close, draw) => h("div", { class: "stack" }, h("p", null, t("account.erase.lead")), formView({
    state, draw, button: t("account.erase.button"),
    fields: [{ ...PASSWORD, label: t("entry.password") }, ...(me?.second_factor ? [{ ...CODE, label: t("entry.otp") }] : [])],
    send: async (values) => {
      await call("DELETE", "v1/me", { body: { password: values.password, ...(values.otp ? { otp: values.otp } : {}) } });
      close();
      await logOut();
      toast(t("account.erased"));
    },
  })));
  return {
    load,
    view: () => [
      part(t("account.visibility"), h("p", { class: "lead" }, t("account.visibility.lead")), seen && /** @type {("email" | "github" | "time_zone")[]} */ (["email", "github", "time_zone"]).map((field) => h("div", { class: "field", key: field },
        h("label", { for: `see-${field}` }, t(`see.${field}`)),
        h("select", { id: `see-${field}`, value: seen?.[field], onchange: (/** @type {any} */ event) => act(async () => { await write("PATCH", "v1/me/visibility", { [field]: event.target.value }); toast(t("saved")); }) },
          ["staff", "cohort", "campus", "network"].map((one) => h("option", { value: one, selected: one === seen?.[field] }, t(`audience.${one}`))))))),
      part(t("account.consents"), h("p", { class: "lead" }, t("account.consents.lead")), consents.map((one) => h("div", { class: "field check", key: one.use }, h("label", { for: `use-${one.use}` }, t(`use.${one.use}`)),
        h("input", { id: `use-${one.use}`, type: "checkbox", checked: one.given, onchange: (/** @type {any} */ event) => act(async () => { await write(event.target.checked ? "PUT" : "DELETE", `v1/me/consents/${one.use}`); toast(t("saved")); }) })))),
      part(t("account.export"), h("p", null, t("account.export.lead")), h("div", { class: "row" }, button(t("account.export.button"), () => act(copy)))),
      part(t("account.merge"), h("p", null, t("account.merge.lead")), h("details", null, h("summary", null, t("account.merge.button")), formView({
        state: other, draw: page.draw, button: t("account.merge.button"),
        fields: [{ name: "email", type: "email", label: t("account.merge.email"), dir: "ltr", autocomplete: "off" }, { ...PASSWORD, name: "other_password", pointer: "/password", label: t("account.merge.password"), autocomplete: "off" }, { ...CODE, name: "other_otp", pointer: "/otp", autocomplete: "off", label: t("account.merge.otp"), hint: t("account.merge.otp.hint") }],
        send: async (values) => {
          setMe((await write("POST", "v1/me/merges", { email: values.email, password: values.other_password, ...(values.other_otp ? { otp: values.other_otp } : {}) })).data);
          toast(t("account.merged"));
        },
      }))),
      part(t("account.erase"), h("p", null, t("account.erase.hint")), h("div", { class: "row" }, button(t("account.erase.button"), erase, "danger"))),
    ],
  };
}

export default { account, "account/:part": account };
