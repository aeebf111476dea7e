// Coming in: log in, open an account, prove an address, a forgotten password.
import { Problem, begin, call, formView, get, go, h, home, language, link, t, write } from "../core.js";

/** @import { Child, Page, Schemas } from "../types.js" */
/** @typedef {{ problem?: unknown, busy?: boolean }} FormState */

/** What everybody who comes in has to know of the service. @type {Schemas["AuthMethods"] | null} */
let methods = null;
const loadMethods = async () => (methods ??= /** @type {Schemas["AuthMethods"]} */ ((await get("v1/auth/methods")).data));

const EMAIL = { name: "email", type: "email", autocomplete: "username", dir: "ltr", required: true };
const NEW_PASSWORD = { name: "password", type: "password", autocomplete: "new-password", dir: "ltr", required: true };
const CURRENT = { ...NEW_PASSWORD, autocomplete: "current-password" };
const CODE = { name: "code", autocomplete: "one-time-code", dir: "ltr", required: true };

/** @param {string} key @param {...Child} inside */
const sheet = (key, ...inside) => h("section", { class: "sheet" }, h("h1", null, t(key)), inside);

/** Where who has come in goes on. @param {Page} page */
const onward = (page) => go(page.params.next || home());

/** @param {Page} page */
async function login(page) {
  page.title(() => t("entry.login"));
  /** @type {FormState} */
  const state = {};
  let asksCode = false;
  /** @type {Record<string, string>} */
  let kept = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    kept = { ...kept, ...values };
    const otp = kept.otp ? { otp: kept.otp } : {};
    try {
      await call("POST", "v1/auth/login", { body: { email: kept.email, password: kept.password, ...otp, transport: "cookie" } });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== "otp_required") throw error;
      asksCode = true;
      return;
    }
    await begin();
    onward(page);
  };
  const passkey = async () => {
    state.problem = undefined;
    try {
      const key = /** @type {any} */ (PublicKeyCredential);
      const { data } = await call("POST", "v1/auth/passkeys");
      const shown = /** @type {any} */ (await navigator.credentials.get({ publicKey: key.parseRequestOptionsFromJSON(data) }));
      await call("POST", "v1/auth/passkeys/log-ins", { body: { credential: shown.toJSON(), transport: "cookie" } });
      await begin();
      onward(page);
    } catch (error) {
      // Whoever closes the browser's window has thought better of it.
      if (!(error instanceof DOMException)) state.problem = error;
      page.draw();
    }
  };
  page.show(() => sheet("entry.login",
    h("p", { class: "lead" }, t(asksCode ? "entry.login.code" : "entry.login.lead")),
    formView({
      state, send, draw: page.draw, button: t("entry.login"),
      fields: asksCode ? [{ name: "otp", label: t("entry.otp"), hint: t("entry.otp.hint"), autocomplete: "one-time-code", inputmode: "numeric", dir: "ltr" }]
        : [{ ...EMAIL, label: t("entry.email") }, { ...CURRENT, label: t("entry.password") }],
    }),
    !asksCode && "PublicKeyCredential" in window && h("button", { type: "button", onclick: passkey }, t("entry.passkey")),
    !asksCode && h("p", { class: "beside" }, link("register", null, t("entry.register")), link("forgotten", null, t("entry.forgotten")))));
}


/** @param {Page} page */
async function register(page) {
  page.title(() => t("entry.register"));
  const { registration } = await loadMethods();
  const invitation = page.params.invitation;
  /** @type {FormState} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    const own = ["en", "ar", "he"].includes(language) ? { language } : {};
    const answer = await write("POST", "v1/people", { name: values.name, email: values.email, password: values.password, ...own, ...(values.invitation ? { invitation: values.invitation } : {}) });
    if (answer.status === 202) return go(`verify?email=${encodeURIComponent(values.email)}`);
    await call("POST", "v1/auth/login", { body: { email: values.email, password: values.password, transport: "cookie" } });
    await begin();
    onward(page);
  };
  const isClosed = registration === "closed";
  page.show(() => sheet("entry.register",
    h("p", { class: "lead" }, t(isClosed ? "entry.register.closed" : "entry.register.lead")),
    formView({
      state, send, draw: page.draw, button: t("entry.register"),
      fields: [
        { name: "name", label: t("entry.name"), autocomplete: "name", required: true },
        { ...EMAIL, label: t("entry.email") },
        { ...NEW_PASSWORD, label: t("entry.password"), hint: t("entry.password.hint") },
        ...(isClosed || invitation ? [{ name: "invitation", label: t("entry.invitation"), value: invitation, dir: "ltr" }] : []),
      ],
    }),
    h("p", { class: "beside" }, link("login", null, t("entry.have")))));
}

/** @param {Page} page */
function verify(page) {
  page.title(() => t("entry.verify"));
  /** @type {FormState} */
  const state = {};
  // Where the account was asked for more than once, the password has to be sent again.
  let asksPassword = false;
  const send = async (/** @type {Record<string, string>} */ values) => {
    try {
      await write("POST", "v1/people/verifications", { code: values.code.trim(), ...(values.password ? { password: values.password } : {}) });
    } catch (error) {
      if (error instanceof Problem && error.errors.some((one) => one.pointer === "/password")) asksPassword = true;
      throw error;
    }
    go("login");
  };
  page.show(() => sheet("entry.verify",
    h("p", { class: "lead" }, page.params.email ? t("entry.verify.sent", { email: page.params.email }) : t("entry.verify.lead")),
    formView({
      state, send, draw: page.draw, button: t("entry.verify.button"),
      fields: [
        { ...CODE, label: t("entry.code"), value: page.params.code },
        ...(asksPassword ? [{ ...NEW_PASSWORD, label: t("entry.password"), hint: t("entry.password.hint") }] : []),
      ],
    }),
    h("p", { class: "beside" }, link("login", null, t("entry.have")))));
}

/** @param {Page} page */
async function forgotten(page) {
  page.title(() => t("entry.forgotten"));
  const { mail } = await loadMethods();
  /** @type {FormState} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    await write("POST", "v1/auth/password-resets", { email: values.email });
    go(`reset?email=${encodeURIComponent(values.email)}`);
  };
  page.show(() => sheet("entry.forgotten",
    h("p", { class: "lead" }, t(mail ? "entry.forgotten.lead" : "entry.forgotten.nomail")),
    mail && formView({ state, send, draw: page.draw, button: t("entry.forgotten.button"), fields: [{ ...EMAIL, label: t("entry.email") }] }),
    h("p", { class: "beside" }, link("reset", null, t("entry.havecode")), link("login", null, t("entry.login")))));
}

/** @param {Page} page */
function reset(page) {
  page.title(() => t("entry.reset"));
  /** @type {FormState} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    await write("POST", "v1/auth/password-resets/redemptions", { code: values.code.trim(), password: values.password });
    go("login");
  };
  page.show(() => sheet("entry.reset",
    h("p", { class: "lead" }, page.params.email ? t("entry.verify.sent", { email: page.params.email }) : t("entry.reset.lead")),
    formView({
      state, send, draw: page.draw, button: t("entry.reset.button"),
      fields: [{ ...CODE, label: t("entry.code"), value: page.params.code }, { ...NEW_PASSWORD, label: t("entry.password.new"), hint: t("entry.password.hint") }],
    })));
}

export default { login, register, verify, forgotten, reset };
