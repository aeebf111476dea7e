// How one comes in: sessions, passkeys, a second factor, accounts elsewhere, a password; and what comes in for one: calendars and programs.
import { button, call, dialog, formView, get, h, link, me, name, part, partsScreen, report, rich, setMe, t, tabs, time, toast, today, write } from "../core.js";

/** @import { Act, FormState, Page, Parts, Schemas } from "../types.js" */

const PASSWORD = { name: "password", type: "password", autocomplete: "current-password", dir: "ltr" };
const CODE = { name: "otp", autocomplete: "one-time-code", inputmode: "numeric", dir: "ltr" };

/** Text to be copied. @param {string} text @param {string} label */
const copyBox = (text, label) => h("div", { class: "row" }, h("input", { readonly: true, value: text, dir: "ltr", "aria-label": label, class: "copied", onfocus: (/** @type {any} */ event) => event.target.select() }),
  button(t("account.copy"), () => navigator.clipboard.writeText(text).then(() => toast(t("account.copied")), report)));

/** @type {Record<string, (page: Page, act: Act) => Parts>} */
const PARTS = { security, calendar, tokens };

/** @param {string} chosen @returns {(page: Page) => Promise<void>} */
const screen = (chosen) => (page) => partsScreen(page, `tab.${chosen}`, (act) => PARTS[chosen](page, act), () => tabs(t("nav.account"), "account", "tab", ["profile", "notices", "security", "calendar", "tokens", "privacy"], chosen));

// ---- How one comes in ------------------------------------------------------------------------------------------------------

/** @param {Page} page @param {Act} act @returns {Parts} */
function security(page, act) {
  /** @type {Schemas["Session"][]} */ let sessions = [];
  /** @type {Schemas["Passkey"][]} */ let passkeys = [];
  /** @type {Schemas["TotpSecret"] | null} */ let secret = null;
  /** The secret as a picture. */
  let qr = "";
  /** @type {string[]} */ let recovery = [];
  /** @type {FormState} */ const password = {};
  /** @type {FormState} */ const factor = {};
  /** @type {FormState} */ const passkey = {};
  /** @type {Schemas["SignOn"][]} */ let signOns = [];
  /** @type {Schemas["SignOnProvider"][]} */ let providers = [];
  const load = async () => {
    const [own, keys] = await Promise.all([get("v1/me/sessions?limit=50"), get("v1/me/passkeys")]);
    sessions = own.data.data;
    passkeys = keys.data.data;
    void Promise.all([get("v1/me/sign-ons"), get("v1/auth/methods")]).then(([linked, methods]) => {
      signOns = linked.data.data;
      providers = methods.data.sign_on;
      page.draw();
    }, report);
  };
  const rename = (/** @type {string} */ path, /** @type {{ id: string, name: string, version: number }} */ one) => {
    /** @type {FormState} */ const state = {};
    void dialog(t("account.rename"), (close, draw) => formView({
      state, draw, button: t("save"), fields: [{ name: "name", label: t("account.passkey.name"), value: one.name, dir: "auto" }],
      send: async (values) => {
        await write("PATCH", `${path}/${one.id}`, { name: values.name }, { etag: `"${one.version}"` });
        close();
        await act(async () => toast(t("saved")));
      },
    }));
  };
  const renameButton = (/** @type {string} */ path, /** @type {{ id: string, name: string, version: number }} */ one) => button(t("account.rename"), () => rename(path, one), "quiet", `${t("account.rename")}: ${one.name}`);
  const again = async () => setMe((await get("v1/me")).data);
  const addPasskey = async (/** @type {Record<string, string>} */ values) => {
    const { data } = await call("POST", "v1/me/passkeys");
    const key = /** @type {any} */ (PublicKeyCredential);
    const made = /** @type {any} */ (await navigator.credentials.create({ publicKey: key.parseCreationOptionsFromJSON(data) }));
    await write("POST", "v1/me/passkeys/confirmation", { name: values.name, credential: made.toJSON() });
    toast(t("account.passkey.added"));
    await load();
  };
  const secondFactor = () => {
    if (recovery.length) return [h("p", null, t("account.recovery")), h("ul", { class: "plain grid codes", dir: "ltr" }, recovery.map((code) => h("li", { key: code }, h("code", null, code)))),
      h("div", { class: "row" }, button(t("account.copy"), () => navigator.clipboard.writeText(recovery.join("\n")).then(() => toast(t("account.copied")), report)), button(t("account.noted"), () => { recovery = []; page.draw(); }, "main"))];
    if (secret) return [h("p", null, t("account.factor.scan")), qr && h("img", { src: qr, alt: t("account.factor.qr"), class: "qr" }), h("p", null, h("a", { href: secret.otpauth_url, class: "button" }, t("account.factor.open"))), copyBox(secret.secret, t("account.factor.secret")),
      formView({ state: factor, draw: page.draw, button: t("account.factor.confirm"), fields: [{ ...CODE, name: "code", label: t("entry.otp") }], beside: button(t("cancel"), () => { secret = null; page.draw(); }, "quiet"),
        send: async (values) => { recovery = (await call("POST", "v1/me/totp/confirmation", { body: { code: values.code.trim() } })).data.recovery_codes; secret = null; await again(); } })];
    if (!me?.second_factor) return [h("p", null, t("account.factor.lead")), h("div", { class: "row" }, button(t("account.factor.add"), () => act(async () => {
      const { data } = await call("POST", "v1/me/totp");
      qr = (await import("../qr.js")).picture(data.otpauth_url);
      secret = data;
    })))];
    return [h("p", null, h("span", { class: "tag good" }, "✓ ", t("account.factor.on")), " ", t("account.factor.left", { count: me.recovery_codes_left ?? 0 })),
      h("details", null, h("summary", null, t("account.factor.remove")), formView({ state: factor, draw: page.draw, button: t("account.factor.remove"), fields: [{ ...PASSWORD, label: t("entry.password") }, { ...CODE, label: t("entry.otp") }],
        send: async (values) => { await call("DELETE", "v1/me/totp", { body: { password: values.password, otp: values.otp } }); await again(); toast(t("account.factor.removed")); } }))];
  };
  return {
    load,
    view: () => [
      part(t("account.sessions"),
        h("ul", { class: "plain lines" }, sessions.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, name(one.name), " ", one.current && h("span", { class: "tag good" }, "● ", t("account.this")), h("br"), h("small", null, t("account.lastused"), " ", time(one.last_used_at))),
          h("span", { class: "row" }, renameButton("v1/me/sessions", one),
            !one.current && button(t("account.end"), () => act(() => write("DELETE", `v1/me/sessions/${one.id}`)), "quiet", `${t("account.end")}: ${one.name}`))))),
        sessions.length > 1 && h("div", { class: "row" }, button(t("account.endothers"), () => act(async () => { await write("DELETE", "v1/me/sessions"); toast(t("account.ended")); })))),
      part(t("account.passkeys"), h("p", { class: "lead" }, t("account.passkeys.lead")),
        passkeys.length > 0 && h("ul", { class: "plain lines" }, passkeys.map((one) => h("li", { class: "row apart", key: one.id }, h("span", null, name(one.name), h("br"), h("small", null, one.last_used_at ? [t("account.lastused"), " ", time(one.last_used_at)] : t("account.unused"))),
          h("span", { class: "row" }, renameButton("v1/me/passkeys", one),
            button(t("account.remove"), () => act(() => write("DELETE", `v1/me/passkeys/${one.id}`)), "quiet", t("remove.what", { what: one.name })))))),
        "PublicKeyCredential" in window ? formView({ state: passkey, draw: page.draw, button: t("account.passkey.add"), fields: [{ name: "name", label: t("account.passkey.name"), value: t("account.passkey.default") }],
          send: (values) => addPasskey(values).catch((error) => { if (error instanceof DOMException) { toast(t("account.passkey.notmade")); return; } throw error; }) }) : h("p", { class: "hint" }, t("account.passkey.none"))),
      (providers.length > 0 || signOns.length > 0) && part(t("account.signons"), h("p", { class: "lead" }, t("account.signons.lead")),
        signOns.length > 0 && h("ul", { class: "plain lines" }, signOns.map((one) => h("li", { class: "row apart", key: one.id },
          h("span", null, name(one.name), one.email && [" · ", name(one.email)], h("br"), h("small", null, t("account.lastused"), " ", time(one.last_used_at))),
          button(t("account.remove"), () => act(() => write("DELETE", `v1/me/sign-ons/${one.id}`)), "quiet", t("remove.what", { what: one.name }))))),
        h("div", { class: "row" }, providers.map((one) => link(`sign-on?${new URLSearchParams({ provider: one.id, link: "yes", next: "account/security" })}`, { class: "button", key: one.id }, h("span", null, rich("account.signon.link", { provider: name(one.name) })))))),
      part(t("account.factor"), secondFactor()),
      part(t("entry.password"), formView({
        state: password, draw: page.draw, button: t("entry.reset.button"),
        fields: [{ ...PASSWORD, name: "current_password", label: t("account.oldpassword") }, { name: "new_password", type: "password", autocomplete: "new-password", dir: "ltr", label: t("entry.password.new"), hint: t("entry.password.hint") }, ...(me?.second_factor ? [{ ...CODE, name: "factor_code", pointer: "/otp", label: t("entry.otp") }] : [])],
        send: async (values) => {
          await call("PUT", "v1/me/password", { body: { current_password: values.current_password, new_password: values.new_password, ...(values.factor_code ? { otp: values.factor_code } : {}) } });
          toast(t("account.password.changed"));
          await load();
        },
      })),
    ],
  };
}

// ---- Calendars and programs -----------------------------------------------------------------------------------------------------

/** @param {Page} page @param {Act} act @returns {Parts} */
function calendar(page, act) {
  /** @type {Schemas["CalendarFeed"][]} */ let feeds = [];
  /** @type {Schemas["NewCalendarFeed"] | null} */ let made = null;
  /** @type {FormState} */ const state = {};
  const load = async () => { feeds = (await get("v1/me/calendar-feeds")).data.data; };
  /** What a feed can be of, as `of:id`. @returns {[string, string][]} */
  const choices = () => {
    const all = new Map([["me:", t("feed.me")]]);
    for (const role of me?.roles ?? []) {
      if (role.cohort_id) all.set(`cohort:${role.cohort_id}`, `${role.cohort_name}`);
      if (role.campus_id) all.set(`campus:${role.campus_id}`, `${role.campus_name}`);
    }
    return [...all];
  };
  const title = (/** @type {Schemas["CalendarFeed"]} */ feed) => choices().find(([key]) => key === `${feed.of}:${feed.cohort_id ?? feed.campus_id ?? ""}`)?.[1] ?? t(`feed.${feed.of}`);
  return {
    load,
    view: () => [
      part(t("account.feeds"), h("p", { class: "lead" }, t("account.feeds.lead")),
        made && h("div", { class: "stack made" }, h("p", null, h("strong", null, "✓ ", t("account.feed.made"))), copyBox(made.url, t("account.feed.address")), h("p", null, h("a", { href: made.url.replace(/^https?:/, "webcal:"), class: "button" }, t("account.feed.open")))),
        feeds.length > 0 && h("ul", { class: "plain lines" }, feeds.map((feed) => h("li", { class: "row apart", key: feed.id }, h("span", null, name(title(feed)), h("br"), h("small", null, time(feed.created_at))),
          button(t("account.revoke"), () => act(async () => { await write("DELETE", `v1/me/calendar-feeds/${feed.id}`); if (made?.id === feed.id) made = null; toast(t("account.revoked")); }), "quiet", `${t("account.revoke")}: ${title(feed)}`)))),
        formView({ state, draw: page.draw, button: t("account.feed.make"), fields: [{ name: "of", label: t("account.feed.of"), value: "me:", options: choices() }],
          send: async (values) => {
            const [of, id] = values.of.split(":");
            made = (await write("POST", "v1/me/calendar-feeds", id ? { of, id } : { of })).data;
            await load();
          } })),
    ],
  };
}

/** @param {Page} page @param {Act} act @returns {Parts} */
function tokens(page, act) {
  /** @type {Schemas["ApiToken"][]} */ let all = [];
  /** @type {Schemas["NewApiToken"] | null} */ let made = null;
  /** @type {FormState} */ const state = {};
  const load = async () => { all = (await get("v1/me/api-tokens")).data.data; };
  return {
    load,
    view: () => [part(t("tab.tokens"), h("p", { class: "lead" }, t("account.tokens.lead")),
      made && h("div", { class: "stack made" }, h("p", null, h("strong", null, "✓ ", t("account.token.made"))), copyBox(made.token, t("account.token"))),
      all.length > 0 && h("ul", { class: "plain lines" }, all.map((one) => h("li", { class: "row apart", key: one.id },
        h("span", null, name(one.name), " ", one.scopes.map((scope) => h("span", { class: "tag", key: scope }, t(`scope.${scope}`))), h("br"), h("small", null, t("account.until"), " ", one.expires_on, " · ", one.last_used_at ? [t("account.lastused"), " ", time(one.last_used_at)] : t("account.unused"))),
        button(t("account.revoke"), () => act(async () => { await write("DELETE", `v1/me/api-tokens/${one.id}`); if (made?.id === one.id) made = null; }), "quiet", `${t("account.revoke")}: ${one.name}`)))),
      formView({ state, draw: page.draw, button: t("account.token.make"),
        fields: [{ name: "name", label: t("account.token.name") }, { name: "scope", pointer: "/scopes", label: t("account.token.scope"), value: "read", options: [["read", t("scope.read")], ["write", t("scope.readwrite")]] }, { name: "expires_on", label: t("account.until"), type: "date", value: today(null, 90) }],
        send: async (values) => {
          made = (await call("POST", "v1/me/api-tokens", { body: { name: values.name, scopes: values.scope === "write" ? ["read", "write"] : ["read"], expires_on: values.expires_on } })).data;
          await load();
        } }))],
  };
}

export default Object.fromEntries(Object.keys(PARTS).map((part) => [`account/${part}`, screen(part)]));
