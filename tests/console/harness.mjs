// What every journey stands on: a server of its own, people, a browser, and looking at screens in all their variants.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const { PEERLED_BINARY: binary = ["release", "debug"].map((kind) => new URL(`../../target/${kind}/peerled`, import.meta.url).pathname).find((file) => existsSync(file)), CONSOLE_DATABASE: database = "sqlite", CONSOLE_POSTGRES: postgres, CONSOLE_PICTURES: pictures = "../../target/console" } = process.env;

export const password = "weaver lamp orbit";
/** How long a journey waits for what must come, in milliseconds: long enough for a loaded machine. */
export const patience = 30_000;
/** Screens are looked at in all variants on one database; what is stored is the same on both. CONSOLE_QUICK leaves it out while one works on a journey. */
const looks = database === "sqlite" && !process.env.CONSOLE_QUICK;

/** @returns {Promise<number>} a port nobody listens at */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** A database of the cluster that goes with it. */
async function emptyDatabase() {
  if (database === "sqlite") return null;
  assert(postgres, "CONSOLE_POSTGRES is the URL of a cluster to test on");
  const name = `console_${process.pid}_${await freePort()}`;
  await run("psql", [postgres, "-qc", `CREATE DATABASE ${name}`]);
  return Object.assign(new URL(postgres), { pathname: `/${name}` }).href;
}

/** @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] */
function run(command, args, env = process.env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env });
    child.on("error", reject);
    child.on("exit", (code) => (code ? reject(new Error(`${command} ended with ${code}`)) : resolve(undefined)));
  });
}

/** `run` does what the binary does beside serving, on the same data. @typedef {{ url: string, folder: string, said: () => string, stop: () => Promise<void>, start: () => Promise<void>, run: (...args: string[]) => Promise<unknown> }} Server */

/** A server of its own; `stop` and `start` again keep its data. @param {{ demo?: boolean, host?: string, settings?: Record<string, string> }} options @returns {Promise<Server>} */
export async function serve({ demo = false, host = "127.0.0.1", settings = {} } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "peerled-console-"));
  let port = await freePort();
  let url = `http://${host}:${port}`;
  const store = demo ? null : await emptyDatabase();
  let said = "";
  /** @type {import("node:child_process").ChildProcess | null} */
  let child = null;
  const data = { PEERLED_DATA_DIR: `${folder}/data`, ...(store ? { PEERLED_DATABASE_URL: store } : {}) };
  const { PEERLED_BINARY, ...inherited } = process.env;
  const start = async () => {
    const env = { ...inherited, ...data, PEERLED_BIND: `127.0.0.1:${port}`, PEERLED_PUBLIC_URL: url, PEERLED_RATE_LIMIT: "off", ...settings };
    const started = spawn(/** @type {string} */ (binary), demo ? ["serve", "--demo"] : ["serve"], { env });
    child = started;
    started.stdout.on("data", (text) => { said += text; });
    started.stderr.on("data", (text) => { said += text; });
    const deadline = Date.now() + 60_000;
    for (;;) {
      const ready = await fetch(`${url}/readyz`).then((response) => response.ok, () => false);
      if (ready && (!demo || said.includes("/docs#token="))) return;
      if (started.exitCode !== null || Date.now() > deadline) throw new Error(`the server did not start:\n${said}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async () => {
    const running = child;
    child = null;
    if (!running || running.exitCode !== null) return;
    await new Promise((resolve) => { running.on("exit", resolve); running.kill(); });
  };
  for (let tries = 0; ; tries += 1) {
    try {
      await start();
      break;
    } catch (error) {
      // Somebody else has taken the port meanwhile.
      if (tries === 5 || !said.includes("Address already in use")) throw error;
      said = "";
      port = await freePort();
      url = `http://${host}:${port}`;
    }
  }
  return { url, folder, said: () => said, start, stop, run: (...args) => run(/** @type {string} */ (binary), args, { ...inherited, ...data }) };
}

/** Calls the API as a program does. @param {Server} server @param {string | null} token */
export const caller = (server, token) => async (/** @type {string} */ method, /** @type {string} */ at, /** @type {unknown} */ body, /** @type {Record<string, string>} */ more = {}) => {
  const response = await fetch(`${server.url}/${at}`, {
    method,
    headers: { ...(body === undefined ? {} : { "Content-Type": typeof body === "string" ? "text/csv" : "application/json" }), ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(at.startsWith("v1/team-plans/") && body !== undefined ? { "If-Match": "*" } : {}), ...more },
    body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await response.text();
  assert(response.ok, `${method} ${at}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : null;
};

/** Opens an account; `call` acts for it. @param {Server} server @param {string} name */
export async function person(server, name) {
  const email = `${name.toLowerCase().replace(/[^a-z]+/g, ".")}@example.org`;
  const nobody = caller(server, null);
  const { id } = await nobody("POST", "v1/people", { email, name, password });
  const { access_token: token } = await nobody("POST", "v1/auth/login", { email, password });
  return { id, name, email, call: caller(server, token) };
}

export const names = ["Amal Haddad", "Bea Novak", "Chidi Okafor", "Dana Levi", "Emre Yilmaz", "Farah Aziz", "Gwen Price", "Hassan Omar", "Ines Costa", "Jonas Berg", "Khadija Noor", "Liam Walsh", "Mona Saleh", "Noor Khalil", "Oskar Lind", "Priya Rao"];

/** A cohort of sixteen that begins in so many weeks, two if not said, without teams, and one of its staff. @param {Server} server */
export async function cohortOf(server, weeks = 2) {
  const staff = await person(server, "Rosa Lind");
  const campus = await staff.call("POST", "v1/campuses", { name: "Founders London", slug: "london", city: "London", country: "United Kingdom", time_zone: "Europe/London", work_week: ["mon", "tue", "wed", "thu", "fri"] });
  const { data: [programme] } = await staff.call("GET", "v1/programmes?limit=1");
  // A Monday: that of this week for none.
  const starts = new Date(Date.now() + weeks * 7 * 86_400_000);
  starts.setUTCDate(starts.getUTCDate() - ((starts.getUTCDay() + 6) % 7) + (weeks > 0 ? 7 : 0));
  const cohort = await staff.call("POST", `v1/campuses/${campus.id}/cohorts`, { name: "Spring", slug: "spring", programme_id: programme.id, starts_on: starts.toISOString().slice(0, 10) });
  await staff.call("POST", `v1/cohorts/${cohort.id}/enrolments/import`, `name\n${names.join("\n")}`);
  return { staff, campus, cohort };
}

/** @typedef {import("playwright-core").Page} Page */

/** The demonstration that the journeys of a file share. @type {Promise<Server> | null} */
let demonstration = null;
/** The browser that they share. @type {Promise<import("playwright-core").Browser> | null} */
let shared = null;
const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
after(async () => {
  await (await shared)?.close();
  const server = await demonstration;
  await server?.stop();
  if (server) await rm(server.folder, { recursive: true, force: true });
});

/**
 * A journey through a server of its own, which is stopped and emptied afterwards. Journeys through the demonstration share one, which keeps its data
 * in SQLite: they walk once, not for each database. All journeys of a file share a browser. An error that a page logs fails the journey.
 * @param {string} name @param {(world: { server: Server, open: (options?: import("playwright-core").BrowserContextOptions) => Promise<Page> }) => Promise<void>} walk
 * @param {Parameters<typeof serve>[0]} [options]
 */
export function journey(name, walk, options) {
  const isDemo = !!options?.demo;
  if (isDemo && database !== "sqlite") return;
  test(`${name} (${database})`, { timeout: 600_000 }, async () => {
    const server = await (isDemo ? (demonstration ??= serve(options)) : serve(options));
    const browser = await (shared ??= launch());
    /** @type {string[]} */
    const faults = [];
    try {
      const open = async (/** @type {import("playwright-core").BrowserContextOptions} */ more = {}) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "en", serviceWorkers: "block", ...more });
        const page = await context.newPage();
        page.setDefaultTimeout(patience);
        page.on("pageerror", (error) => faults.push(String(error.stack)));
        // A browser logs every answer that is no success; those are the API's to give.
        page.on("console", (message) => message.type() === "error" && !message.text().startsWith("Failed to load resource") && faults.push(message.text()));
        await page.goto(server.url);
        return page;
      };
      await walk({ server, open });
      assert.deepEqual(faults, []);
    } catch (error) {
      for (const context of browser.contexts()) for (const page of context.pages()) await picture(page, `failed-${name}`).catch(() => {});
      if (faults.length) console.error(faults);
      throw error;
    } finally {
      for (const context of browser.contexts()) await context.close();
      if (!isDemo) {
        await server.stop();
        await rm(server.folder, { recursive: true, force: true });
      }
    }
  });
}

/** @param {Page} page @param {string} email */
export async function logIn(page, email, secret = password) {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.waitForFunction(() => !location.hash.startsWith("#/login"));
}

/**
 * Waits until what is read from a page is as expected: a page draws when an answer or an event has come, not at once.
 * @template T @param {() => Promise<T>} read @param {T | RegExp} expected @param {string} [why]
 */
export async function shows(read, expected, why) {
  const deadline = Date.now() + patience;
  for (;;) {
    const now = await read();
    if (expected instanceof RegExp ? expected.test(String(now)) : isDeepStrictEqual(now, expected)) return;
    if (Date.now() > deadline) return expected instanceof RegExp ? assert.match(String(now), expected, why) : assert.deepEqual(now, expected, why);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @param {Page} page @param {string} name */
async function picture(page, name) {
  const folder = path.resolve(pictures);
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name.replace(/\W+/g, "-")}.png`), fullPage: true });
}

/**
 * Looks at a screen light and dark, from left to right and from right to left, on a phone and on a desk: axe finds nothing, nothing
 * scrolls sideways, and a picture is kept of each. What is typed or open stays, because a language changes only what is drawn; a dialog is
 * drawn in the language of its last answer, so the screen is looked at when no dialog waits for one.
 * @param {Page} page @param {string} name
 */
export async function look(page, name) {
  if (!looks) return;
  await page.waitForFunction(() => !document.querySelector("dialog [aria-busy]"));
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const language of ["ar", "en"]) {
    await speak(page, language);
    await page.setViewportSize({ width: 320, height: 700 });
    const wide = await page.evaluate(() => [...document.querySelectorAll("body *")].map((one) => ({ one, box: one.getBoundingClientRect() }))
      .filter(({ one, box }) => (box.right > innerWidth + 1 || box.left < -1) && box.width > 0 && !one.closest(".scroll, .unseen, .skip, option")).map(({ one }) => one.outerHTML.slice(0, 120)));
    assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways at 320 px (${language}): ${wide.slice(0, 5).join("\n")}`);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      // So high that nothing lies under what stays at the edge of the window.
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.max(900, height + 200) });
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await picture(page, `${name}-${language}-${width}-${colorScheme}`);
        const found = await violations(page, colorScheme === "dark");
        assert.deepEqual(found, [], `${name}, ${language}, ${width} px, ${colorScheme}`);
      }
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await page.setViewportSize(size);
}

/** @param {Page} page @param {string} language */
export async function speak(page, language) {
  await page.evaluate(async (language) => (await import(new URL("console/core.js", document.baseURI).href)).chooseLanguage(language), language);
}

/** In the dark only colours differ. @param {Page} page @param {boolean} [onlyColours] */
async function violations(page, onlyColours = false) {
  // By the debugger: the page's policy lets no script in that it has not loaded itself.
  await page.evaluate(`window.axe || (() => {${axe}\n})()`);
  return page.evaluate(async (onlyColours) => {
    const runOnly = onlyColours ? ["color-contrast", "link-in-text-block"] : ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const { violations } = await /** @type {any} */ (window).axe.run(document, { resultTypes: ["violations"], runOnly });
    return violations.map((/** @type {any} */ one) => ({ rule: one.id, help: one.help, where: one.nodes.map((/** @type {any} */ node) => node.html.slice(0, 200)) }));
  }, onlyColours);
}

/**
 * What a screen loads: files of the console, and calls of the API, in bytes as they are packed, without headers.
 * @param {Page} page @param {() => Promise<void>} act
 */
export async function weigh(page, act) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  /** @type {Map<string, { path: string, bytes: number }>} */
  const loaded = new Map();
  // Pictures of the browser's own, such as a calendar in a field, come from nowhere.
  session.on("Network.requestWillBeSent", ({ requestId, request }) => !request.url.startsWith("data:") && loaded.set(requestId, { path: new URL(request.url).pathname, bytes: 0 }));
  session.on("Network.responseReceived", ({ requestId, response }) => { const one = loaded.get(requestId); if (one) one.bytes = Number(new Headers(response.headers).get("content-length") ?? 0); });
  // Of what has no length said beforehand.
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => { const one = loaded.get(requestId); if (one && !one.bytes) one.bytes = encodedDataLength; });
  await act();
  await page.waitForTimeout(200);
  await session.detach();
  const all = [...loaded.values()].filter(({ path: at }) => !/icon|manifest|sw\.js/.test(at));
  const files = all.filter(({ path: at }) => !at.startsWith("/v1/"));
  const calls = all.filter(({ path: at }) => at.startsWith("/v1/") && at !== "/v1/changes/stream");
  return { files, calls, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** The newest mail to an address, where the server writes mail to `folder`. @param {string} folder @param {string} email */
export async function mailTo(folder, email) {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const letters = safeList(folder).map((file) => readFileSync(path.join(folder, file), "utf8").replaceAll(/=\r?\n/g, ""));
    const found = letters.filter((letter) => letter.includes(`To: ${email}`)).at(-1);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no mail came for ${email}`);
}

/** The code in a letter. @param {string} letter */
export const codeIn = (letter) => /** @type {RegExpMatchArray} */ (letter.match(/^ {4}([\w-]{20,})\s*$/m))[1];

/** @param {string} folder */
function safeList(folder) {
  try { return readdirSync(folder).filter((file) => !file.startsWith(".")).sort(); } catch { return []; }
}

/** The password of every account of a demonstration. @param {Server} server */
export const demoPassword = (server) => /** @type {RegExpMatchArray} */ (server.said().match(/all with the password (\S+)/))[1];
