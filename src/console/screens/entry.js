// Coming in: log in, open an account, prove an address, a forgotten password.
import { Problem, begin, call, formView, get, go, h, home, language, link, me, name, problemBox, report, rich, t, toast, write } from "../core.js";

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

/** A link to another way in, after which one goes on to the same place. @param {Page} page @param {string} path @param {string} key */
const onwardLink = (page, path, key) => link(page.params.next ? `${path}?${new URLSearchParams({ next: page.params.next })}` : path, null, t(key));

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
  const view = () => sheet("entry.login",
    h("p", { class: "lead" }, t(asksCode ? "entry.login.code" : "entry.login.lead")),
    formView({
      state, send, draw: page.draw, button: t("entry.login"),
      fields: asksCode ? [{ name: "otp", label: t("entry.otp"), hint: t("entry.otp.hint"), autocomplete: "one-time-code", inputmode: "numeric", dir: "ltr" }]
        : [{ ...EMAIL, label: t("entry.email") }, { ...CURRENT, label: t("entry.password") }],
    }),
    !asksCode && h("div", { class: "row" },
      "PublicKeyCredential" in window && methods?.passkeys !== false && h("button", { type: "button", onclick: passkey }, t("entry.passkey")),
      methods?.sign_on.map((one) => link(`sign-on?${new URLSearchParams({ provider: one.id, next: page.params.next ?? "" })}`, { class: "button", key: one.id }, h("span", null, rich("entry.signon", { provider: name(one.name) }))))),
    !asksCode && h("p", { class: "beside" }, onwardLink(page, "register", "entry.register"), link("forgotten", null, t("entry.forgotten"))));
  page.show(view);
  // Whoever has a password need not wait for it.
  loadMethods().then(page.draw, report);
}

// ---- With an account elsewhere -------------------------------------------------------------------------------------------

/** What has begun in this tab. @typedef {{ provider: string, secret: string, isLink: boolean, next: string, invitation?: string }} Begun */
const BEGUN = "peerled.sign-on";

/** Sends the browser to an identity provider, to log in or, with `link`, to be known by it from now on. @param {Page} page @param {Omit<Begun, "secret">} wish */
async function leaveFor(page, wish) {
  const { data } = await call("POST", wish.isLink ? "v1/me/sign-ons" : "v1/auth/sign-ons", { body: { provider: wish.provider, return_to: location.origin + location.pathname }, signal: page.signal });
  sessionStorage.setItem(BEGUN, JSON.stringify({ ...wish, secret: data.secret }));
  location.assign(data.authorization_url);
}

/** Leads to an identity provider, and is where the browser comes back. @param {Page} page */
async function signOn(page) {
  const { provider, code, state: given, iss, link: isLink, next = "" } = page.params;
  page.title(() => t("entry.signon.title"));
  /** @type {FormState} */
  const state = {};
  /** What is asked for before it goes on. @type {"otp" | "invitation" | null} */
  let asks = null;
  const begun = /** @type {Begun | null} */ (JSON.parse(sessionStorage.getItem(BEGUN) ?? "null"));
  const isLost = !provider && (!code || !begun);
  const finish = async (/** @type {Record<string, string>} */ values) => {
    if (!begun || !code) return;
    const body = { code, state: given, secret: begun.secret, ...(iss ? { iss } : {}) };
    if (begun.isLink) await write("POST", "v1/me/sign-ons/redemptions", body);
    else await call("POST", "v1/auth/sign-ons/redemptions", { body: { ...body, ...values, ...(begun.invitation ? { invitation: begun.invitation } : {}), transport: "cookie" } });
    sessionStorage.removeItem(BEGUN);
    if (!begun.isLink) await begin();
    else toast(t("entry.signon.linked"));
    // Who has gone elsewhere meanwhile stays there.
    if (location.hash.startsWith("#/sign-on")) go(begun.next || home());
  };
  const send = async (/** @type {Record<string, string>} */ values) => {
    try {
      // An invitation goes with a sign-on of its own.
      await (asks === "invitation" && begun ? leaveFor(page, { ...begun, invitation: values.invitation.trim() }) : finish(values));
    } catch (error) {
      const code = error instanceof Problem ? error.code : "";
      const wanted = code === "otp_required" ? "otp" : code === "registration_closed" ? "invitation" : null;
      if (wanted && wanted !== asks) asks = wanted;
      else throw error;
    }
  };
  page.show(() => sheet("entry.signon.title",
    asks ? formView({
      state, send, draw: page.draw, button: t("entry.verify.button"),
      fields: [asks === "otp" ? { ...CODE, name: "otp", label: t("entry.otp"), hint: t("entry.otp.hint"), inputmode: "numeric" } : { name: "invitation", label: t("entry.invitation"), hint: t("entry.register.closed"), dir: "ltr" }],
    }) : state.problem ? problemBox(state.problem) : h("p", { class: "lead" }, t(isLost ? "entry.signon.failed" : "loading")),
    (asks || state.problem || isLost) && h("p", { class: "beside" }, me ? link("account/security", null, t("nav.account")) : link("login", null, t("entry.login")))));
  // What came with the address is of no use to anybody who looks at it later.
  history.replaceState(null, "", "#/sign-on");
  try {
    if (provider) await leaveFor(page, { provider, isLink: !!isLink && !!me, next });
    else if (!isLost) await send({});
  } catch (error) {
    if (page.signal.aborted) return;
    state.problem = error;
    report(error);
  }
  page.draw();
}

/** @param {Page} page */
async function register(page) {
  page.title(() => t("entry.register"));
  const { registration } = await loadMethods();
  // Whoever follows the link of an invitation has its code already; a claim is none.
  const { next = "" } = page.params;
  const joins = new URLSearchParams(next.startsWith("join?") ? next.slice(5) : "");
  const invitation = page.params.invitation ?? (joins.get("as") === "claim" ? undefined : joins.get("code") ?? undefined);
  /** @type {FormState} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    const answer = await write("POST", "v1/people", { name: values.name, email: values.email, password: values.password, language, ...(values.invitation ? { invitation: values.invitation } : {}) });
    if (answer.status === 202) return go(`verify?${new URLSearchParams({ email: values.email, next })}`);
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
    h("p", { class: "beside" }, onwardLink(page, "login", "entry.have"))));
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
    go(page.params.next ? `login?${new URLSearchParams({ next: page.params.next })}` : "login");
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
    h("p", { class: "beside" }, onwardLink(page, "login", "entry.have"))));
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

/** What a code may be for, by where it is sent. */
const CODES = { student: "v1/invitations/acceptances", staff: "v1/staff-invitations/acceptances", owner: "v1/owner-invitations/acceptances", claim: "v1/claims" };

/** Accepts an invitation, or takes the place of a student entered by name. @param {Page} page */
function join(page) {
  page.title(() => t("entry.join"));
  const { code = "", as } = page.params;
  /** @type {FormState} */
  const state = {};
  const send = async (/** @type {Record<string, string>} */ values) => {
    const paths = as && as in CODES ? [CODES[/** @type {keyof typeof CODES} */ (as)]] : Object.values(CODES);
    let onwards = "";
    for (const [at, path] of paths.entries()) {
      try {
        const { data } = await write("POST", path, { code: values.code.trim() });
        if (path === CODES.owner) onwards = `clients/${data.id}`;
        break;
      } catch (error) {
        const isUnknown = error instanceof Problem && (error.status === 404 || error.errors.some((one) => one.code === "not_found"));
        if (at === paths.length - 1 || !isUnknown) throw error;
      }
    }
    // What somebody is has changed by it.
    await begin();
    toast(t("entry.joined"));
    go(onwards || home());
  };
  const here = `join?${new URLSearchParams({ ...(code ? { code } : {}), ...(as ? { as } : {}) })}`;
  const next = new URLSearchParams({ next: here });
  page.show(() => sheet("entry.join", me
    ? [h("p", { class: "lead" }, rich("entry.join.lead", { email: name(me.email) })), formView({ state, send, draw: page.draw, button: t("entry.join.button"), fields: [{ ...CODE, label: t("entry.code"), value: code, autocomplete: "off" }] })]
    : [h("p", { class: "lead" }, t("entry.join.first")), h("div", { class: "row" }, link(`register?${next}`, { class: "button main" }, t("entry.register")), link(`login?${next}`, { class: "button" }, t("entry.have")))]));
}

/** Ends mail of one kind, by the link of such a mail. @param {Page} page */
function unsubscribe(page) {
  page.title(() => t("entry.unsubscribe"));
  /** @type {FormState} */
  const state = {};
  let isDone = false;
  const send = async () => {
    await call("POST", `v1/notification-unsubscriptions?${new URLSearchParams({ token: page.params.token ?? "" })}`);
    isDone = true;
  };
  page.show(() => sheet("entry.unsubscribe", h("p", { class: "lead" }, t(isDone ? "entry.unsubscribe.done" : "entry.unsubscribe.lead")),
    !isDone && formView({ state, send, draw: page.draw, button: t("entry.unsubscribe.button"), fields: [] }),
    h("p", { class: "beside" }, link("account/notices", null, t("entry.unsubscribe.settings")))));
}

export default { join, unsubscribe, login, register, verify, forgotten, reset, "sign-on": signOn };
