// What every screen stands on: types.d.ts says what each function is for, docs/console.md how to add a screen.

/** @import { Answer, Child, Core, Me, Options, Page, Props, Schemas, VNode, Waiting } from "./types.js" */

// ---- Drawing ----

/** @type {WeakMap<Node, VNode | string>} */
const drawn = new WeakMap();

/** @type {Core["h"]} */
export function h(tag, props, ...children) {
  const kept = children.flat(Infinity).filter((child) => child != null && child !== false && child !== "");
  return { tag, props: props ?? {}, key: props?.key, children: kept.map((child) => (typeof child === "object" ? child : String(child))) };
}

/** @type {Core["render"]} */
export function render(parent, ...children) {
  const focused = /** @type {any} */ (document.activeElement);
  const order = focused && parent.contains(focused) ? [.../** @type {NodeListOf<HTMLElement>} */ (parent.querySelectorAll("a, button, input, select, textarea, summary"))] : [];
  patchChildren(parent, h("x", null, ...children).children);
  if (!focused || (focused === document.activeElement && !focused.disabled)) return;
  // Moving takes the focus away.
  if (parent.contains(focused) && !focused.disabled) return focused.focus({ preventScroll: true });
  if (!focused.disabled && document.activeElement !== document.body) return;
  // Where it is gone, one goes on at what came next, or else before.
  const at = order.indexOf(focused);
  const takes = (/** @type {HTMLElement} */ one) => one.isConnected && (one.focus(), document.activeElement === one);
  if (at < 0 || ![...order.slice(at + 1), ...order.slice(0, at).reverse()].some(takes)) focusOn(parent.closest("dialog"));
}

/** @param {Element | null} [wanted] the screen if not said */
const focusOn = (wanted) => /** @type {HTMLElement} */ (wanted ?? document.getElementById("main")).focus({ preventScroll: true });

/** @param {Element} parent @param {(VNode | string)[]} children */
function patchChildren(parent, children) {
  const left = [...parent.childNodes];
  const nodes = children.map((child) => {
    const at = left.findIndex((node) => isSame(drawn.get(node), child));
    return patch(at < 0 ? null : left.splice(at, 1)[0], child);
  });
  for (const node of left) node.remove();
  nodes.forEach((node, at) => {
    if (parent.childNodes[at] !== node) parent.insertBefore(node, parent.childNodes[at] ?? null);
  });
}

/** @param {VNode | string | undefined} old @param {VNode | string} child */
function isSame(old, child) {
  if (typeof old !== "object" || typeof child !== "object") return typeof old === typeof child;
  return old.tag === child.tag && old.key === child.key;
}

/** @param {Node | null} node @param {VNode | string} child @returns {Node} */
function patch(node, child) {
  const old = node && drawn.get(node);
  if (typeof child === "string") {
    const text = node ?? document.createTextNode(child);
    if (text.nodeValue !== child) text.nodeValue = child;
    drawn.set(text, child);
    return text;
  }
  const element = /** @type {HTMLElement} */ (node ?? document.createElement(child.tag));
  const before = typeof old === "object" && old ? old.props : {};
  patchChildren(element, child.children);
  for (const name of new Set([...Object.keys(before), ...Object.keys(child.props)])) {
    if (before[name] !== child.props[name]) setProperty(element, name, child.props[name]);
  }
  drawn.set(element, child);
  if (!node) child.props.made?.(element);
  return element;
}

const STATES = new Set(["value", "checked", "disabled", "open", "hidden", "indeterminate"]);

/** @param {any} element @param {string} name @param {any} value */
function setProperty(element, name, value) {
  if (name === "key" || name === "made") return;
  if (name.startsWith("on")) element[name] = value ?? null;
  else if (STATES.has(name)) element[name] = value ?? (name === "value" ? "" : false);
  else if (name === "style") for (const [key, one] of Object.entries(value ?? {})) element.style.setProperty(key, one);
  else if (value == null || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : value);
}

// ---- Languages ----

/** The languages of the console, each by its own name. @type {Record<string, string>} */
export const LANGUAGES = { en: "English", ar: "العربية", he: "עברית", fr: "Français" };

/** @type {Record<string, string | Record<string, string>>} */
let words = {};
let plurals = new Intl.PluralRules("en");
export let language = "en";

/** The words of an area, and of all pages. @param {string} code @param {string} area */
const catalogue = async (code, area) => Object.assign({}, ...Object.values(await import(`./locales/${area}/${code}.js`)));

/** The areas whose words are there. @type {Set<string>} */
const areas = new Set();

/** @type {Core["learn"]} */
export async function learn(area) {
  if (areas.has(area)) return;
  const code = language, own = await catalogue(code, area);
  areas.add(area);
  // Meanwhile another language may have been chosen.
  words = { ...words, ...(code === language ? own : await catalogue(language, area)) };
}

/** @param {string} wanted */
async function speak(wanted) {
  let count = 0, found = [{}];
  // A screen may come meanwhile, with words of its own.
  while (count < areas.size) {
    count = areas.size;
    found = await Promise.all([...areas].map((area) => catalogue(wanted, area)));
  }
  words = Object.assign({}, ...found);
  language = wanted;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" || language === "he" ? "rtl" : "ltr";
}

/** What was chosen in this browser, else the account's language, else the browser's. */
function preferredLanguage() {
  const chosen = [remembered("language"), me?.language, ...navigator.languages.map((one) => one.slice(0, 2))];
  return chosen.find((one) => one && one in LANGUAGES) ?? "en";
}

/** @param {string} key @param {Props} [params] @returns {string} */
function sentence(key, params) {
  const found = words[key];
  if (found === undefined) throw new Error(`the catalogue of ${language} has no ${key}`);
  if (typeof found === "string") return found;
  const count = Number(params?.count);
  return found[count === 0 && "zero" in found ? "zero" : plurals.select(count)] ?? found.other;
}

/** @type {Core["t"]} */
export function t(key, params = {}) {
  return sentence(key, params).replace(/\{(\w+)\}/g, (_, name) => shown(params[name]));
}

/** @type {Core["rich"]} */
export function rich(key, params) {
  return sentence(key, params).split(/(\{\w+\})/).map((part) => {
    const value = part.startsWith("{") ? params[part.slice(1, -1)] : part;
    return typeof value === "object" ? value : shown(value);
  });
}

/** @type {Core["has"]} */
export const has = (key) => key in words;

/** @param {unknown} value */
const shown = (value) => (typeof value === "number" ? number(value) : String(value ?? ""));

/** @type {Core["number"]} */
export const number = (value, options) => new Intl.NumberFormat(language, options).format(value);

/** How many digits ISO 4217 has behind the point; browsers go by what people write. @param {string} currency */
const digitsOf = (currency) => (/^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF)$/.test(currency) ? 0 : /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/.test(currency) ? 3 : 2);

/** @type {Core["money"]} */
export function money(amount, currency) {
  const digits = digitsOf(currency);
  return number(amount / 10 ** digits, { style: "currency", currency, minimumFractionDigits: amount % 10 ** digits ? digits : 0, maximumFractionDigits: digits });
}

/** @type {Core["minor"]} */
export const minor = (text, currency) => Math.round(Number(text) * 10 ** digitsOf(currency));

/** @type {Core["major"]} */
export const major = (amount, currency) => (amount === undefined ? "" : String(amount / 10 ** digitsOf(currency)));

/** @type {Core["name"]} */
export const name = (text) => h("bdi", null, text);

/** @type {Core["names"]} */
export const names = (all) => new Intl.ListFormat(language).formatToParts(all.map((one) => (typeof one === "string" ? one : one.name))).map((part) => (part.type === "element" ? name(part.value) : part.value));

/** @type {Core["listed"]} */
export const listed = (all) => new Intl.ListFormat(language).format(all);

/** @type {Core["inWords"]} */
export const inWords = (texts) => texts?.[language] ?? texts?.en ?? Object.values(texts ?? {})[0] ?? "";

/** @type {Core["roleName"]} */
export const roleName = (role) => (has(`role.${role}`) ? t(`role.${role}`) : role.replaceAll("_", " "));

/** @type {Core["day"]} */
export const day = (date, options = { weekday: "short", day: "numeric", month: "short" }) =>
  new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(new Date(`${date}T12:00:00Z`));

/** @type {Core["days"]} */
export const days = (from, to) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" })
  .formatRange(new Date(`${from}T12:00:00Z`), new Date(`${to}T12:00:00Z`));

export const ownZone = () => me?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Which day it is somewhere, one's own zone if not said, or will be in so many days: as the API writes it. @param {string | null} [zone] @param {number} [ahead] */
export const today = (zone, ahead = 0) => new Intl.DateTimeFormat("en-CA", { timeZone: zone ?? ownZone() }).format(Date.now() + ahead * 86_400_000);

/** @type {Core["time"]} */
export function time(instant, zone) {
  const own = ownZone();
  const at = new Date(instant);
  const by = (/** @type {string} */ timeZone) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", timeZone }).format(at);
  const there = by(zone ?? own);
  const here = by(own);
  return h("time", { datetime: instant }, here === there ? there : t("time.both", { there, here }));
}

/** @type {Core["chooseLanguage"]} */
export async function chooseLanguage(chosen) {
  try {
    await speak(chosen);
  } catch (error) {
    // Without a network there are only languages used here before.
    report(error instanceof TypeError ? new Offline() : error);
    return toast(t("problem.offline"));
  }
  remember("language", chosen);
  if (me && me.language !== chosen) {
    await write("PATCH", "v1/me", { language: chosen }).then((answer) => setMe(answer.data), () => {});
  }
  redraw();
}

// ---- What this browser remembers ----

/** @type {Core["remembered"]} */
export function remembered(key) {
  try { return localStorage.getItem(`peerled.${key}`); } catch { return null; }
}

/** @type {Core["remember"]} */
export function remember(key, value) {
  try {
    if (value === null) localStorage.removeItem(`peerled.${key}`);
    else localStorage.setItem(`peerled.${key}`, value);
  } catch { /* A browser that keeps nothing still works. */ }
}

// ---- Calls ----

const base = new URL("..", import.meta.url);

/** A refusal of the API, by its code. */
export class Problem extends Error {
  /** @param {Props} data @param {string | null} retryAfter */
  constructor(data, retryAfter) {
    super(data.detail);
    this.code = String(data.code);
    this.status = Number(data.status);
    /** @type {Schemas["FieldError"][]} */
    this.errors = data.errors ?? [];
    this.data = data;
    this.retryAfter = retryAfter;
  }
}

/** The network did not answer. */
export class Offline extends Error {}

/** @type {Core["call"]} */
export async function call(method, path, options = {}) {
  const began = Date.now();
  let response = await send(method, path, options);
  if (response.status === 401 && !path.startsWith("v1/auth/") && (await refresh(began))) response = await send(method, path, options);
  const kind = response.headers.get("content-type") ?? "";
  // A network may go in the middle of an answer.
  const data = await (kind.includes("json") ? response.json() : response.text()).catch((error) => { throw error instanceof TypeError ? new Offline() : error; });
  if (response.ok) return { data, etag: response.headers.get("etag"), status: response.status, headers: response.headers };
  if (response.status === 401 && !path.startsWith("v1/auth/")) sessionEnded();
  // Also in English: another language may be chosen meanwhile.
  await learn("problems").catch(report);
  const problem = typeof data === "object" ? data : { code: "unavailable", status: response.status, detail: "" };
  throw new Problem(problem, response.headers.get("retry-after"));
}

/** @param {string} method @param {string} path @param {Options} options */
async function send(method, path, options) {
  /** @type {Record<string, string>} */
  const headers = { Accept: options.accept ?? "application/json" };
  if (options.body !== undefined) headers["Content-Type"] = options.type ?? "application/json";
  if (options.etag) headers["If-Match"] = options.etag;
  if (options.key) headers["Idempotency-Key"] = options.key;
  const body = options.body === undefined || options.type ? /** @type {any} */ (options.body) : JSON.stringify(options.body);
  try {
    return await fetch(new URL(path, base), { method, headers, body, credentials: "same-origin", signal: options.signal ?? null, keepalive: options.keepalive });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Offline(String(error));
  }
}

/** @type {Promise<boolean> | null} */
let refreshing = null;

/**
 * Tabs share one session: whoever comes first refreshes it, the others go on with what came of it. That it was done is told by a
 * lock that is held for a while, because tabs learn of each other's storage late.
 * @param {number} since when the request was sent that was refused
 */
function refresh(since) {
  const mark = "peerled.refreshed.";
  const once = async () => {
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    if (held.some((lock) => lock.name?.startsWith(mark) && Number(lock.name.slice(mark.length)) >= since)) return true;
    const response = await send("POST", "v1/auth/refresh", {});
    const leave = (/** @type {() => void} */ held) => navigator.locks?.request(mark + Date.now(), () => (held(), new Promise((done) => setTimeout(done, 30_000))));
    if (response.ok && navigator.locks) await new Promise((resolve) => void leave(() => resolve(undefined)));
    return response.ok;
  };
  refreshing ??= (async () => (navigator.locks ? navigator.locks.request("peerled.session", once) : once()))().finally(() => { refreshing = null; });
  return refreshing;
}

/** @type {Core["get"]} */
export async function get(path, options) {
  try {
    const answer = await call("GET", path, options);
    if (me && !options?.accept && !/no-store/.test(answer.headers.get("cache-control") ?? "")) keep(path, answer).catch(report);
    return answer;
  } catch (error) {
    const kept = error instanceof Offline && (await seen(path));
    if (!kept) throw error;
    return kept;
  }
}

const SEEN = "seen-1";
const MOST_SEEN = 80;

/** @param {string} path @param {Answer<any>} answer */
async function keep(path, { data, etag }) {
  const cache = await globalThis.caches?.open(SEEN);
  if (!cache) return;
  await cache.put(new URL(path, base), new Response(JSON.stringify({ data, etag, seen: Date.now() })));
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST_SEEN)).map((one) => cache.delete(one)));
}

/** @param {string} path @returns {Promise<Answer<any> | null>} */
async function seen(path) {
  const kept = await (await globalThis.caches?.open(SEEN).catch(() => null))?.match(new URL(path, base));
  return kept ? { status: 200, headers: new Headers(), ...(await kept.json()) } : null;
}

/** What was asked before its screen was there. @type {Map<string, Promise<Answer<any>>>} */
const early = new Map();

/** Loads a screen while the words are on their way: every round counts. @param {string} path */
function hurry(path) {
  const route = routeOf(path);
  if (!route || (!me && !route.open)) return;
  import(`./screens/${route.module}.js`).catch(() => {});
  if (path !== "week") return;
  const asked = get("v1/me/week");
  asked.catch(() => {});
  early.set("v1/me/week", asked);
}

const forgetSeen = () => globalThis.caches?.delete(SEEN).catch(() => {});

/** @type {Core["load"]} */
export async function load(page, path, show) {
  let isFresh = false;
  void seen(path).then((kept) => { if (kept && !isFresh && !page.signal.aborted) show(kept); }, report);
  const asked = early.get(path);
  early.delete(path);
  const answer = await (asked ?? get(path, { signal: page.signal }));
  isFresh = true;
  show(answer);
}

/** @type {Core["asOf"]} */
export function asOf(answer) {
  if (!answer?.seen) return null;
  const today = new Date(answer.seen).toDateString() === new Date().toDateString();
  const at = new Intl.DateTimeFormat(language, { timeStyle: "short", ...(today ? {} : { dateStyle: "medium" }) }).format(answer.seen);
  return h("span", { class: "tag warn" }, "◷ ", t("seen.asof", { at }));
}

/** A key under which the API does a write once, however often it is sent. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @type {Core["write"]} */
export async function write(method, path, body, options = {}) {
  const { later, labels, ...rest } = options;
  const key = options.key ?? newKey();
  try {
    // What was written before comes before.
    if (later && outbox.all.some((one) => one.state === "waiting" && one.path === path)) throw new Offline();
    return await call(method, path, { ...rest, body, key });
  } catch (error) {
    if (!(error instanceof Offline) || !later || !me) throw error;
    await outbox.put({ key, method, path, body, etag: options.etag ?? null, type: options.type ?? null, what: later, labels: labels ?? {}, person: me.id, at: Date.now(), state: "waiting", problem: null });
    toast(t("outbox.kept"));
    void outbox.flush().catch(report);
    return { data: null, etag: null, status: 0, headers: new Headers(), queued: true };
  }
}

// ---- What waits to be sent ----

const DAY = 86_400_000;

/** Writes made without a network, by their keys, in the order in which they were made. */
export const outbox = {
  /** @type {Promise<IDBDatabase> | null} */
  opened: null,
  /** What is in it of whoever is logged in. @type {Waiting[]} */
  all: [],
  /** @type {Set<() => void>} */
  listeners: new Set(),
  retry: 0,

  /** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} ask @returns {Promise<T>} */
  async ask(mode, ask) {
    this.opened ??= new Promise((resolve, reject) => {
      const opening = indexedDB.open("peerled", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("outbox", { keyPath: "key" });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const store = (await this.opened).transaction("outbox", mode).objectStore("outbox");
    return new Promise((resolve, reject) => {
      const asked = ask(store);
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  },

  /** Reads it again, because other tabs write into it too. */
  async list() {
    const all = /** @type {Waiting[]} */ (await this.ask("readonly", (store) => store.getAll()));
    this.all = all.filter((one) => one.person === me?.id).sort((a, b) => a.at - b.at);
    for (const listener of this.listeners) listener();
    return this.all;
  },

  /** @param {Waiting} one */
  async put(one) {
    await this.ask("readwrite", (store) => store.put(one));
    await this.list();
  },

  /** @param {string} key */
  async remove(key) {
    await this.ask("readwrite", (store) => store.delete(key));
    await this.list();
  },

  /** Sends what waits, in order; what is refused stays visible and holds up nothing behind it. */
  async flush() {
    const run = async () => {
      for (const one of await this.list()) {
        if (one.state === "saved" && one.at < Date.now() - DAY) await this.remove(one.key);
        if (one.state !== "waiting") continue;
        try {
          await call(one.method, one.path, { body: one.body ?? undefined, etag: one.etag, key: one.key, type: one.type ?? undefined });
          await this.put({ ...one, body: null, state: "saved", at: Date.now() });
        } catch (error) {
          // What is gone was removed before.
          const isDone = error instanceof Problem && (error.code === "already_done" || (one.method === "DELETE" && error.status === 404));
          if (isDone) await this.put({ ...one, body: null, state: "saved", at: Date.now() });
          else if (!(error instanceof Problem) || error.retryAfter || error.status === 401 || error.status >= 500) return;
          else await this.put({ ...one, state: "refused", problem: error.data });
        }
      }
    };
    if (!me) return;
    await (navigator.locks ? navigator.locks.request("peerled.outbox", run) : run());
    clearTimeout(this.retry);
    // A browser does not always notice that a network is back.
    if (this.all.some((one) => one.state === "waiting")) this.retry = setTimeout(() => this.flush().catch(report), 20_000);
  },

  async clear() {
    this.all = [];
    await this.ask("readwrite", (store) => store.clear()).catch(() => {});
  },
};

/** @type {Record<Waiting["state"], [string, string]>} */
const WAITING = { waiting: ["warn", "◷ "], refused: ["bad", "! "], saved: ["good", "✓ "] };

/** @type {Core["stateTag"]} */
export const stateTag = (one) => h("span", { class: `tag ${WAITING[one.state][0]}` }, WAITING[one.state][1], t(`outbox.state.${one.state}`));

/** @type {Core["waitingHere"]} */
export function waitingHere(...paths) {
  const here = outbox.all.filter((one) => one.state !== "saved" && paths.some((path) => one.path.startsWith(path)));
  return here.length > 0 && h("ul", { class: "plain card list" }, here.map((one) =>
    h("li", { key: one.key, class: "row apart" }, h("span", { class: "clip" }, one.what), link("outbox", { class: "row" }, stateTag(one)))));
}

/** @type {Core["onSent"]} */
export function onSent(page, then) {
  let saved = outbox.all.filter((one) => one.state === "saved").length;
  const listener = () => {
    const now = outbox.all.filter((one) => one.state === "saved").length;
    if (now > saved) then?.();
    saved = now;
    page.draw();
  };
  outbox.listeners.add(listener);
  page.signal.addEventListener("abort", () => outbox.listeners.delete(listener));
}

// ---- Problems in one's language ----

/** @type {Core["problemText"]} */
export function problemText(error) {
  if (error instanceof Offline) return t("problem.offline");
  if (!(error instanceof Problem)) return t("problem.unexpected");
  if (language === "en" && error.message) return error.message;
  const key = `problem.${error.code}`;
  return has(key) ? t(key, error.data) : t("problem.unexpected");
}

/** @type {Core["tell"]} */
export const tell = (error) => { report(error); toast(problemText(error)); };

/** @type {Core["fieldText"]} */
export function fieldText(error) {
  if (language === "en") return error.detail.charAt(0).toUpperCase() + error.detail.slice(1);
  return t(has(`field.${error.code}`) ? `field.${error.code}` : "field.invalid");
}

/** @type {Core["problemBox"]} */
export const problemBox = (error) => error ? h("p", { class: "problem", role: "alert" }, problemText(error)) : null;

// ---- The session ----

/** @type {Me | null} */
export let me = null;

/** @type {Core["setMe"]} */
export function setMe(now) {
  if (me && now?.id !== me.id) void forgetSeen();
  me = now;
  remember("me", now && JSON.stringify(now));
}

/** @type {Core["is"]} */
export const is = (...roles) => !!me?.roles.some((role) => roles.includes(role.role));

/** @type {Core["studies"]} */
export const studies = (cohort) => !!me?.roles.some((role) => role.role === "student" && role.cohort_id === cohort);

/** @type {Core["isStaffOf"]} */
export const isStaffOf = (campus, roles = /^(organiser|facilitator)$/) => !!me?.roles.some((role) => role.role === "admin" || (roles.test(role.role) && role.campus_id === campus));

/** Who is logged in: as far as this browser knows at once, and then as it is. */
async function loadMe() {
  if (!remembered("session")) return;
  const now = get("v1/me").then((answer) => setMe(answer.data), (error) => { if (!(error instanceof Problem)) throw error; });
  try { me = JSON.parse(remembered("me") ?? "null"); } catch { /* What cannot be read is asked for. */ }
  if (!me) return now;
  // Not before there are words.
  now.then(() => me && current && drawFrame(), report);
}

/** After a log-in by any way. */
export async function begin() {
  remember("session", "yes");
  const before = remembered("me");
  setMe((await call("GET", "v1/me")).data);
  if (before && JSON.parse(before).id !== me?.id) await forgetSeen();
  await speak(preferredLanguage());
  stream.start();
  void outbox.flush().catch(report);
}

function sessionEnded() {
  me = null;
  void forgetSeen();
  remember("session", null);
  stream.stop();
  const here = location.hash.slice(2);
  if (!isOpen(here)) go(`login?next=${encodeURIComponent(here)}`);
}

/** Ends the session; what is private leaves this browser. */
export async function logOut() {
  const unsent = outbox.all.filter((one) => one.state === "waiting").length;
  if (unsent && !(await dialog(t("outbox.leave"), (close) => [h("p", null, t("outbox.leave.lead", { count: unsent })),
    h("div", { class: "row" }, button(t("outbox.stay"), () => close(), "main"), button(t("nav.logout"), () => close(true)))]))) return;
  await call("POST", "v1/auth/logout").catch(() => {});
  stream.stop();
  await outbox.clear();
  await forgetSeen();
  const kept = remembered("language");
  try { localStorage.clear(); } catch { /* Nothing was kept. */ }
  remember("language", kept);
  me = null;
  if (!isOpen(location.hash.slice(2))) go("login");
}

// ---- What others change ----

/** Tells screens of the changes that others make: `stream.listen(page, (change) => …)`. */
export const stream = {
  /** @type {EventSource | null} */
  source: null,
  /** @type {Set<(change: Schemas["Change"] | null) => void>} */
  listeners: new Set(),

  start() {
    if (this.source || !me || !this.listeners.size) return;
    this.source = new EventSource(new URL("v1/changes/stream", base), { withCredentials: true });
    this.source.addEventListener("change", (event) => this.tell(JSON.parse(event.data)));
    this.source.addEventListener("resync", () => this.tell(null));
    // A browser tries again by itself, unless it was refused: then the session has to be refreshed.
    this.source.onerror = () => {
      if (this.source?.readyState !== EventSource.CLOSED) return;
      this.stop();
      setTimeout(() => get("v1/me").then(() => this.start(), () => {}), 5000);
    };
  },

  stop() {
    this.source?.close();
    this.source = null;
  },

  /** @param {Schemas["Change"] | null} change null if anything may have changed */
  tell(change) {
    for (const listener of this.listeners) listener(change);
  },

  /** Until the page is left. @param {Page} page @param {(change: Schemas["Change"] | null) => void} listener */
  listen(page, listener) {
    this.listeners.add(listener);
    page.signal.addEventListener("abort", () => this.listeners.delete(listener));
    this.start();
  },
};

/** @type {Core["follow"]} */
export function follow(page, concerns, load) {
  let later = 0;
  stream.listen(page, (change) => {
    if (change && !concerns(change)) return;
    clearTimeout(later);
    later = setTimeout(() => load().then(page.draw, (error) => { if (!page.signal.aborted) report(error); }), 400);
  });
}

// ---- Saying and asking ----

/** @type {Core["announce"]} */
export function announce(text) {
  // What lies behind a dialog is not read out.
  const said = /** @type {HTMLElement} */ ([...document.querySelectorAll("#said, dialog[open] > [role=status]")].at(-1));
  // The same words twice are said twice.
  said.textContent = said.textContent === text ? `${text}\u00a0` : text;
}

/** @type {{ id: number, text: string, act?: { label: string, run: () => void } }[]} */
let toasts = [];
let toastCount = 0;

/** @type {Core["toast"]} */
export function toast(text, act) {
  const id = ++toastCount;
  const close = () => { toasts = toasts.filter((one) => one.id !== id); drawToasts(); };
  toasts = [...toasts.slice(-2), { id, text, act: act && { label: act.label, run: () => { close(); act.run(); } } }];
  drawToasts();
  announce(text);
  setTimeout(close, act ? 15000 : 6000);
  return close;
}

function drawToasts() {
  render(/** @type {Element} */ (document.getElementById("toasts")), toasts.map((one) => h("div", { class: "toast", key: one.id },
    h("span", null, one.text), one.act && button(one.act.label, one.act.run, "quiet"))));
}

/** @type {Core["dialog"]} */
export function dialog(title, view, options = {}) {
  const element = document.createElement("dialog");
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  const id = `dialog-${++toastCount}`;
  element.setAttribute("aria-labelledby", id);
  element.className = options.kind ?? "";
  element.tabIndex = -1;
  document.body.append(element);
  return new Promise((resolve) => {
    /** @type {any} */
    let result;
    const close = (/** @type {any} */ value) => { result = value; element.close(); };
    const draw = () => render(element, h("header", null, h("h2", { id }, title),
      button("×", () => element.close(), "icon", t("close"))), view(/** @type {any} */ (close), draw), h("p", { class: "unseen", role: "status" }));
    element.onclose = () => { element.remove(); focusOn(before?.isConnected ? before : null); resolve(result); };
    draw();
    element.showModal();
  });
}

// ---- Forms ----

/** @type {Core["fieldView"]} */
export function fieldView(field, problem) {
  const { label, hint, options, pointer = `/${field.name}`, rows, value, type = "text", ...rest } = field;
  const wrong = problem instanceof Problem ? problem.errors.filter((error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`)) : [];
  const id = `field-${field.name}`;
  const described = [hint && `${id}-hint`, wrong.length && `${id}-wrong`].filter(Boolean).join(" ");
  const props = { ...rest, id, value, "aria-describedby": described || null, "aria-invalid": wrong.length ? "true" : null };
  const control = type === "checkbox" ? h("input", { ...props, type, value: "true", checked: value === "true" })
    : options ? h("select", props, options.map(([key, text]) => h("option", { value: key, selected: key === value }, text)))
    : rows ? h("textarea", { ...props, rows }) : h("input", { ...props, type });
  return h("div", { class: type === "checkbox" ? "field check" : "field", key: field.name },
    h("label", { for: id }, label), control,
    hint && h("p", { class: "hint", id: `${id}-hint` }, hint),
    wrong.length > 0 && h("p", { class: "wrong", id: `${id}-wrong` }, wrong.map(fieldText).join(" ")));
}

/** @type {Core["formView"]} */
export function formView({ fields, button, send: submit, draw, state, beside }) {
  const onsubmit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    if (state.busy) return;
    const form = /** @type {HTMLFormElement} */ (event.currentTarget);
    const values = /** @type {Record<string, string>} */ (Object.fromEntries(new FormData(form)));
    Object.assign(state, { busy: true, problem: undefined });
    draw();
    try {
      await submit(values);
      state.busy = false;
    } catch (error) {
      Object.assign(state, { busy: false, problem: error });
      report(error);
    }
    draw();
    // After the drawing, which waits for the end of what runs now.
    queueMicrotask(() => {
      const wrong = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[aria-invalid]"));
      wrong[0]?.focus();
      if (wrong.length > 1) announce(t("field.several", { count: wrong.length }));
    });
  };
  const pointers = fields.map((field) => field.pointer ?? `/${field.name}`);
  const elsewhere = state.problem instanceof Problem && state.problem.errors.length > 0
    && state.problem.errors.every((error) => pointers.some((pointer) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`)));
  return h("form", { onsubmit, novalidate: true, class: "form" }, !elsewhere && problemBox(state.problem),
    fields.map((field) => fieldView(field, state.problem)),
    h("div", { class: "row" }, h("button", { class: "main", "aria-busy": state.busy ? "true" : null }, button), beside));
}

/** @type {Core["report"]} */
export function report(error) {
  if (!(error instanceof Problem) && !(error instanceof Offline)) console.error(error);
}

// ---- Routes and the frame ----

/** The paths that each module shows, by its default export; those of `entry` without a session. @type {Record<string, string[]>} */
const ROUTES = {
  entry: ["login", "register", "verify", "forgotten", "reset", "sign-on", "join", "unsubscribe"],
  start: ["start"],
  staff: ["cohorts", "cohorts/:cohort", "cohorts/:cohort/met", "cohorts/:cohort/repairs", "cohorts/:cohort/balance/:plan"],
  board: ["cohorts/:cohort/weeks/:week"],
  publish: ["cohorts/:cohort/weeks/:week/publish"],
  week: ["week"],
  cohort: ["cohorts/:cohort/walks", "cohorts/:cohort/fairness", "me/:cohort/attendance"],
  running: ["cohorts/:cohort/attendance", "cohorts/:cohort/logs", "events/:event"],
  apply: ["applications", "apply/:cohort"],
  panel: ["cohorts/:cohort/applicants", "cohorts/:cohort/reading", "cohorts/:cohort/interviews", "cohorts/:cohort/intake", "applications/:application", "applications/:application/reading", "panels"],
  hours: ["cohorts/:cohort/office-hours"],
  handover: ["cohorts/:cohort/weeks/:week/hand-over"],
  together: ["cohorts/:cohort/weeks/:week/retros", "retros/:retro", "reviews/:review"],
  discoveries: ["cohorts/:cohort/discoveries"],
  own: ["manual", "people/:person/manual", "log", "teams/:team/feedback", "feedback", "outbox"],
  mentoring: ["mentoring"],
  mentors: ["cohorts/:cohort/mentors"],
  roster: ["cohorts/:cohort/roster"],
  work: ["cohorts/:cohort/work"],
  checklists: ["cohorts/:cohort/checklists", "campuses/:campus/templates"],
  care: ["campuses/:campus/care", "cohorts/:cohort/care", "cohorts/:cohort/care/:person"],
  webhooks: ["campuses/:campus/webhooks", "webhooks/:webhook"],
  ask: ["clients", "campuses/:campus/apply"],
  client: ["clients/:client"],
  clients: ["campuses/:campus/clients", "campuses/:campus/workshops", "cohorts/:cohort/products"],
  demo: ["cohorts/:cohort/demos", "clients/:client/demos"],
  briefs: ["clients/:client/briefs", "campuses/:campus/briefs", "briefs/:brief"],
  product: ["me/:cohort/products"],
  career: ["career"],
  careers: ["campuses/:campus/employers", "campuses/:campus/fees"],
  employer: ["employers", "employers/:employer", "roles/:role", "introductions/:introduction"],
  organiser: ["cohorts/:cohort/plan", "campuses/:campus", "campuses/:campus/:part"],
  security: ["account/security", "account/calendar", "account/tokens"],
  account: ["account", "account/:part"],
};

/** The areas of modules without words of their own; those of most are for staff. @type {Record<string, string>} */
const AREAS = { discoveries: "together", handover: "mentor", mentoring: "mentor" };
const OWN = ["account", "apply", "ask", "briefs", "career", "careers", "client", "clients", "cohort", "demo", "employer", "entry", "hours", "own", "panel", "product", "security", "together", "week"];

/** @param {{ module: string }} route */
const areaOf = ({ module }) => AREAS[module] ?? (OWN.includes(module) ? module : "staff");

/** @param {string} path */
function routeOf(path) {
  const [plain, query] = path.split("?");
  const parts = plain.split("/");
  for (const [module, patterns] of Object.entries(ROUTES)) {
    for (const pattern of patterns) {
      const wanted = pattern.split("/");
      if (wanted.length !== parts.length || !wanted.every((part, at) => part.startsWith(":") || part === parts[at])) continue;
      const params = Object.fromEntries(new URLSearchParams(query));
      wanted.forEach((part, at) => { if (part.startsWith(":")) params[part.slice(1)] = decodeURIComponent(parts[at]); });
      return { pattern, module, open: module === "entry", params };
    }
  }
  return null;
}

/** Whether a path is shown to whoever has not logged in. @param {string} path */
const isOpen = (path) => !!routeOf(path)?.open;

export function home() {
  if (is("organiser", "facilitator")) return "cohorts";
  return is("student") ? "week" : remembered("home") ?? (is("alumnus") ? "mentoring" : "start");
}

/** @type {Core["go"]} */
export function go(path) {
  if (location.hash === `#/${path}`) void showRoute();
  else location.hash = `#/${path}`;
}

/** @type {Core["link"]} */
export const link = (path, props, ...children) => h("a", { "aria-current": location.hash === `#/${path}` ? "page" : null, ...props, href: `#/${path}` }, ...children);

let leaving = new AbortController();
/** Draws the frame and the screen again, in another language. */
let redraw = () => {};
let isFirst = true;

async function showRoute() {
  const path = location.hash.slice(2);
  const route = routeOf(path);
  if (!me && !route?.open) return go(path && route ? `login?next=${encodeURIComponent(path)}` : "login");
  if (!route) return go(home());
  if (isOutdated) return location.reload();
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  const main = /** @type {HTMLElement} */ (document.getElementById("main"));
  /** @type {() => Child} */
  let view = () => h("p", { class: "loading" }, t("loading"));
  let waits = false, isNew = true;
  let heading = () => "";
  /** @type {Page} */
  const page = {
    params: route.params,
    signal,
    draw() {
      if (waits) return;
      waits = true;
      queueMicrotask(() => {
        waits = false;
        if (signal.aborted) return;
        // Nothing typed elsewhere stays.
        if (isNew) main.replaceChildren();
        isNew = false;
        render(main, view());
      });
    },
    show(now) { view = now; page.draw(); },
    title(text) {
      heading = typeof text === "string" ? () => text : text;
      document.title = `${heading()} · peerled`;
    },
  };
  redraw = () => {
    drawFrame();
    page.title(heading);
    page.draw();
  };
  current = route.pattern;
  drawFrame();
  const slow = setTimeout(page.draw, 300);
  try {
    const [module] = await Promise.all([import(`./screens/${route.module}.js`), learn(areaOf(route))]);
    if (signal.aborted) return;
    await module.default[route.pattern](page);
    // A screen may have chosen the cohort that the bar leads to.
    if (!signal.aborted) drawFrame();
  } catch (error) {
    if (signal.aborted) return;
    report(error);
    page.show(() => h("section", { class: "narrow stack" }, h("h1", null, t("failed.title")), problemBox(error),
      button(t("failed.again"), showRoute, "main")));
  } finally {
    clearTimeout(slow);
  }
  // After the drawing that waits.
  queueMicrotask(() => {
    if (signal.aborted) return;
    // What a screen is called is read out.
    const title = main.querySelector("h1");
    if (title) title.tabIndex = -1;
    if (!isFirst) focusOn(main.querySelector("[autofocus]") ?? title);
    if (!isFirst) window.scrollTo(0, 0);
    isFirst = false;
  });
}

/** What the bar leads to, by what somebody is. @returns {[path: string, label: string][]} */
function destinations() {
  if (!me) return [];
  const cohort = remembered("cohort");
  const studies = me.roles.find((role) => role.role === "student");
  const campus = me.roles.find(({ role }) => /^(organiser|facilitator|admin)$/.test(role));
  const care = me.roles.find((role) => role.role === "pastoral_carer");
  /** @type {[path: string, label: string][]} */
  const found = [];
  if (is("organiser", "facilitator")) found.push(["cohorts", t("nav.needs")]);
  if (campus && cohort) found.push([`cohorts/${cohort}/weeks/now`, t("nav.board")], [`cohorts/${cohort}/met`, t("nav.met")]);
  if (campus) found.push([`campuses/${campus.campus_id ?? "all"}/cohorts`, t("nav.campus")]);
  if (studies) found.push(["week", t("nav.week")], [`cohorts/${studies.cohort_id}/discoveries`, t("nav.discoveries")], ["log", t("nav.own")]);
  if (is("alumnus")) found.push(["mentoring", t("nav.mentoring")], ["career", t("nav.career")]);
  if (care && !campus) found.push([`campuses/${care.campus_id}/care`, t("nav.care")]);
  if (!found.length) found.push(["start", t("nav.start")], ["applications", t("nav.apply")], ["clients", t("nav.clients")], ["employers", t("nav.employers")]);
  found.push(["account/profile", t("nav.account")]);
  return found;
}

let current = "";
/** Whether there are newer files. */
let isOutdated = false;

function drawFrame() {
  const unsent = outbox.all.filter((one) => one.state !== "saved");
  const choose = (/** @type {Event} */ event) => chooseLanguage(/** @type {HTMLSelectElement} */ (event.currentTarget).value);
  render(/** @type {Element} */ (document.getElementById("top")), h("a", { class: "skip", href: "#main", onclick: skip }, t("nav.skip")),
    h("header", { class: "bar" },
      link(me ? home() : "login", { class: "brand" }, "peerled"),
      me && h("nav", { "aria-label": t("nav.label") }, destinations().map(([path, label]) =>
        link(path, { key: path, "aria-current": routeOf(path)?.pattern === current ? "page" : null }, label))),
      h("div", { class: "end" },
        unsent.length > 0 && link("outbox", { class: "button" }, stateTag(unsent.find((one) => one.state === "refused") ?? unsent[0]), h("span", { class: "unseen" }, t("outbox.title"))),
        h("label", { class: "unseen", for: "language" }, t("nav.language")),
        h("select", { id: "language", onchange: choose }, Object.entries(LANGUAGES).map(([code, own]) =>
          h("option", { value: code, lang: code, selected: code === language }, own))),
        me && button(t("nav.logout"), logOut, "quiet"))));
  document.getElementById("toasts")?.setAttribute("aria-label", t("nav.messages"));
}

/** @type {Core["button"]} */
export const button = (text, onclick, kind, label) => h("button", { type: "button", class: kind ?? null, onclick, "aria-label": label ?? null }, text);

/** @type {Core["tabs"]} */
export const tabs = (label, path, words, parts, chosen) => h("nav", { class: "tabs", "aria-label": label }, parts.map((one) =>
  link(`${path}/${one}`, { key: one, "aria-current": one === chosen ? "page" : null }, t(`${words}.${one}`))));

/** @type {Core["tags"]} */
export const tags = (words, ...keys) => keys.map((key) => key && h("span", { class: "tag", key }, t(words + key)));

/** @type {Core["cohortTabs"]} */
export const cohortTabs = (cohort, chosen, label) => tabs(label ?? t("campus.cohort"), `cohorts/${cohort}`, "campus", ["roster", "mentors", "work", "attendance", "walks", "logs", "plan", "checklists", "fairness", "applicants", "products"], chosen);

/** @type {Core["campusTabs"]} */
export const campusTabs = (campus, chosen) => tabs(t("nav.campus"), `campuses/${campus}`, "campus", ["cohorts", "staff", "members", "care", "clients", "employers", "days", "templates", "webhooks", "audit", "settings"], chosen);

/** @type {Core["part"]} */
export const part = (title, ...inside) => h("section", { class: "card stack part", "aria-label": title, key: title }, h("h2", null, title), inside);

/** @type {Core["outside"]} */
export const outside = (url, text) => !!url && /^https?:/.test(url) && h("a", { href: url, rel: "noreferrer", class: "out" }, text ?? h("bdi", { dir: "ltr" }, url.replace(/^https?:\/\//, "")), " ↗");

/** @type {Record<Schemas["AttendanceStatus"], [kind: string, sign: string]>} */
export const CAME = { present: ["good", "✓ "], late: ["warn", "◷ "], absent: ["bad", "! "], excused: ["", "– "] };

/** @type {Core["cameTag"]} */
export const cameTag = (status) => h("span", { class: `tag ${CAME[status][0]}` }, CAME[status][1], t(`came.${status}`));

/** @type {Core["lines"]} */
export const lines = (empty, rows) => rows.length ? h("ul", { class: "plain lines" }, rows) : h("p", { class: "empty" }, t(empty));

/** @type {Core["partsScreen"]} */
export async function partsScreen(page, title, make, beside) {
  page.title(() => t(title));
  /** @type {unknown} */
  let problem;
  const { load, view } = make(async (todo) => {
    problem = undefined;
    try { await todo(); await load(); } catch (error) { problem = error; report(error); }
    page.draw();
  });
  await load();
  page.show(() => h("div", { class: "stack account" }, h("h1", null, t(title)), beside?.(), problemBox(problem), view()));
}

/** @type {Core["every"]} */
export async function every(path, options) {
  const { data: { data, page } } = await get(path, options);
  return page.next_cursor ? [...data, ...(await every(`${path.replace(/&cursor=.*/, "")}&cursor=${page.next_cursor}`, options))] : data;
}

/** @type {Core["download"]} */
export function download(file, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement("a"), { href: url, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("main")?.focus();
}

/** Has the worker keep what was loaded before there was one. */
async function keepFiles() {
  const worker = navigator.serviceWorker;
  if (!worker) return;
  worker.addEventListener("message", ({ data }) => { isOutdated ||= data === "outdated"; });
  await worker.register(new URL("sw.js", base));
  const { active } = await worker.ready;
  active?.postMessage(performance.getEntriesByType("resource").map((one) => one.name).filter((one) => one.startsWith(`${base}console/`)));
}

async function start() {
  // From an identity provider.
  if (/[?&]state=/.test(location.search)) history.replaceState(null, "", `${location.pathname}#/sign-on${location.search}`);
  try {
    await loadMe();
  } catch (error) {
    report(error);
  }
  const path = location.hash.slice(2) || home();
  hurry(path);
  const route = routeOf(path);
  areas.add(me || route?.open ? areaOf(route ?? /** @type {{ module: string }} */ (routeOf(home()))) : "entry");
  await speak(preferredLanguage());
  window.addEventListener("hashchange", showRoute);
  const flush = () => outbox.flush().catch(report);
  outbox.listeners.add(() => me && drawFrame());
  window.addEventListener("online", flush);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) void flush(); });
  void flush();
  await showRoute();
  await keepFiles().catch(report);
}

void start();
