// Measures a student's page and the board of a week in a Chromium throttled to 280 kbit/s, 800 ms of latency and a processor four times
// slower, and their reload without a network: node tests/console/throttled.mjs. PEERLED_BINARY names the server, a release build for honest figures.
import { chromium } from "playwright-core";
import { caller, demoPassword, logIn, serve } from "./harness.mjs";

const server = await serve({ demo: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
/** @param {string} what @param {string} email @param {string} at @param {string} first what is shown once it is there */
async function measureAll(what, email, at, first) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(server.url);
  await logIn(page, email, demoPassword(server));
  const shown = () => page.locator(first).first().waitFor();
  const address = `${server.url}/#/${at}`;
  await page.goto(address);
  await shown();
  const line = { offline: false, downloadThroughput: 280_000 / 8, uploadThroughput: 280_000 / 8, latency: 800 };
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  /** @param {string} when @param {() => Promise<unknown>} begin */
  const measure = async (when, begin) => {
    const began = performance.now();
    await begin();
    await shown();
    console.log(`${what}, ${when}: ${((performance.now() - began) / 1000).toFixed(2)} s`);
  };
  const blank = async () => { await page.goto("about:blank"); };
  const visit = () => page.goto(address, { waitUntil: "commit" });

  // Logged in, but with nothing kept of files and answers.
  await blank();
  await page.goto(`${server.url}/readyz`);
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    for (const one of await caches.keys()) await caches.delete(one);
  });
  await session.send("Network.clearBrowserCache");
  await session.send("Network.emulateNetworkConditions", line);
  await measure("for the first time", visit);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(8000);
  await blank();
  await measure("again, from what is kept", visit);
  await page.waitForTimeout(8000);
  await session.send("Network.emulateNetworkConditions", { ...line, offline: true });
  await measure("reloaded without a network", () => page.reload({ waitUntil: "commit" }));
  await context.close();
}

try {
  const organiser = "rosa.lindqvist@example.org";
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email: organiser, password: demoPassword(server) });
  const { data: running } = await caller(server, token)("GET", "v1/cohorts?status=running");
  const cohort = running.find((/** @type {{ name: string }} */ one) => one.name === "FAC15");
  await measureAll("a student's page", "aaliyah.johnson@example.org", "week", "section.card.first");
  await measureAll("the board", organiser, `cohorts/${cohort.id}/weeks/6`, ".board .card");
} finally {
  await browser.close();
  await server.stop();
}
