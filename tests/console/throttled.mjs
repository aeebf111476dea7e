// Measures a student's page in a Chromium throttled to 280 kbit/s, 800 ms of latency and a processor four times slower, and its
// reload without a network: node tests/console/throttled.mjs. PEERLED_BINARY names the server, a release build for honest figures.
import { chromium } from "playwright-core";
import { demoPassword, logIn, serve } from "./harness.mjs";

const server = await serve({ demo: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
try {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "en" });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(server.url);
  await logIn(page, "aaliyah.johnson@example.org", demoPassword(server));
  const shown = () => page.locator("section.card.first").waitFor();
  await shown();
  const line = { offline: false, downloadThroughput: 280_000 / 8, uploadThroughput: 280_000 / 8, latency: 800 };
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  /** @param {string} what @param {() => Promise<unknown>} begin */
  const measure = async (what, begin) => {
    const began = performance.now();
    await begin();
    await shown();
    console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(2)} s`);
  };
  const blank = async () => { await page.goto("about:blank"); };
  const visit = () => page.goto(server.url, { waitUntil: "commit" });

  // Logged in, but with nothing kept of files and answers.
  await blank();
  await page.goto(`${server.url}/readyz`);
  await page.evaluate(async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    for (const one of await caches.keys()) await caches.delete(one);
  });
  await session.send("Network.clearBrowserCache");
  await session.send("Network.emulateNetworkConditions", line);
  await measure("a student's page for the first time", visit);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForTimeout(8000);
  await blank();
  await measure("the same again, from what is kept", visit);
  await page.waitForTimeout(8000);
  await session.send("Network.emulateNetworkConditions", { ...line, offline: true });
  await measure("its reload without a network", () => page.reload({ waitUntil: "commit" }));
} finally {
  await browser.close();
  await server.stop();
}
