// An hour without a network: what was seen stays, what is written waits, and each of it arrives exactly once.
import assert from "node:assert/strict";
import { caller, demoPassword, journey, logIn, look, shows } from "./harness.mjs";

const student = "aaliyah.johnson@example.org";

/** @param {import("playwright-core").Page} page what is kept in the browser */
const kept = (page) => page.evaluate(async () => {
  const { outbox } = await import(new URL("console/core.js", document.baseURI).href);
  return { seen: await caches.has("seen-1") && (await (await caches.open("seen-1")).keys()).length, waiting: (await outbox.ask("readonly", (/** @type {IDBObjectStore} */ store) => store.getAll())).length, storage: Object.keys(localStorage).sort() };
});

journey("an hour offline: what was seen stays, what is written arrives once", async ({ server, open }) => {
  const secret = demoPassword(server);
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email: student, password: secret });
  const elsewhere = caller(server, token);
  const page = await open({ viewport: { width: 390, height: 844 }, serviceWorkers: "allow" });
  await logIn(page, student, secret);
  await page.locator("section.card.first").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  const visit = async (/** @type {string} */ path, /** @type {string} */ text) => {
    await page.evaluate((path) => { location.hash = `#/${path}`; }, path);
    await page.getByText(text).first().waitFor();
  };
  const week = await elsewhere("GET", "v1/me/week?week=6");
  const retro = (await elsewhere("GET", `v1/cohorts/${week.cohort.id}/weeks/6/retros`)).data[0];
  await visit(`retros/${retro.id}`, "We should start");
  await page.waitForFunction(() => document.querySelectorAll("form.inline").length === 3);
  await visit("week?week=6", "You: ");
  await visit("manual", "How I work best");

  await page.context().setOffline(true);
  await page.getByLabel("How I work best").fill("By daylight");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: /Waiting/ }).first().waitFor();
  await visit("week?week=6", "You: ");
  await page.reload();
  await page.getByText(/As of \d/).waitFor();
  await page.getByText(/You: /).waitFor();
  await page.getByRole("button", { name: /^Hand in/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand in" }).click();
  await page.getByText("Work of Team 1").waitFor();
  await page.getByRole("button", { name: "I’m here: Open studio" }).click();
  await page.getByText("I’m here: Open studio").waitFor();
  await visit(`retros/${retro.id}`, "We should start");
  await page.getByLabel("We should continue…").fill("Bread on Fridays");
  await page.keyboard.press("Enter");
  await page.getByText("Bread on Fridays").first().waitFor();
  await shows(() => page.getByLabel("We should continue…").inputValue(), "");
  await visit("log", "but you can write");
  await page.getByLabel("What have you noticed?").fill("The lamp went out at six.");
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("The lamp went out at six.").first().waitFor();
  await page.getByRole("link", { name: /Waiting/ }).first().click();
  await page.getByRole("heading", { name: "Waiting to be sent" }).waitFor();
  // It outlives the page.
  await page.reload();
  await page.locator("main .tag", { hasText: "Waiting" }).nth(4).waitFor();
  await shows(() => page.locator("main .tag", { hasText: "Waiting" }).count(), 5);

  await elsewhere("PUT", "v1/me/manual", { how_i_work: "In the library" });
  // The first answer is lost on its way: what was done is not done again.
  let lost = 0;
  await page.route("**/submissions", async (route) => { lost += 1; await route.fetch(); await route.abort(); }, { times: 1 });
  await page.context().setOffline(false);
  await shows(async () => lost, 1);
  await page.getByRole("button", { name: "Send now" }).click();
  await page.locator("main .tag", { hasText: "Saved" }).nth(3).waitFor();
  assert.equal(lost, 1);
  await page.getByText("What is there now").waitFor();
  await page.getByRole("button", { name: "Use mine" }).click();
  await page.locator("main .tag", { hasText: "Saved" }).nth(4).waitFor();
  assert.equal((await elsewhere("GET", "v1/me/manual")).how_i_work, "By daylight");
  const versions = (await elsewhere("GET", `v1/teams/${week.team.id}/submissions`)).data;
  assert.equal(versions[0].number, (week.work.submission?.number ?? 0) + 1);
  assert.equal((await elsewhere("GET", "v1/me/progress-logs")).data.length, 1);
  assert.equal((await elsewhere("GET", `v1/retros/${retro.id}`)).items.filter((/** @type {{ text: string }} */ one) => one.text === "Bread on Fridays").length, 1);

  assert((/** @type {number} */ ((await kept(page)).seen)) >= 3);
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByRole("heading", { name: "Log in" }).waitFor();
  assert.deepEqual(await kept(page), { seen: false, waiting: 0, storage: [] });
}, { demo: true });

journey("what others changed meanwhile is shown beside one's own", async ({ server, open }) => {
  const secret = demoPassword(server);
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email: student, password: secret });
  const elsewhere = caller(server, token);
  const page = await open({ serviceWorkers: "allow" });
  await logIn(page, student, secret);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole("link", { name: "How I work" }).click();
  await page.getByLabel("How I work best").waitFor();
  await page.context().setOffline(true);
  await page.getByLabel("How I work best").fill("By night");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: /Waiting/ }).first().click();
  await elsewhere("PUT", "v1/me/manual", { how_i_work: "In the library" });
  await page.context().setOffline(false);
  await page.getByText("In the library").waitFor();
  await look(page, "outbox-conflict", async () => { await page.locator("dl").first().waitFor(); });
  await page.getByRole("button", { name: "Keep what is there" }).click();
  await page.getByText("Nothing waits.").waitFor();
  assert.equal((await elsewhere("GET", "v1/me/manual")).how_i_work, "In the library");
}, { demo: true });

journey("whoever logs out while something waits is told first", async ({ server, open }) => {
  const page = await open({ serviceWorkers: "allow" });
  await logIn(page, student, demoPassword(server));
  await page.locator("section.card.first").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.getByRole("link", { name: "Attendance, and if you cannot come" }).click();
  await page.getByRole("heading", { name: "My attendance" }).waitFor();
  await page.context().setOffline(true);
  await page.getByRole("button", { name: "I’ll be away" }).click();
  await page.getByRole("button", { name: "Tell them" }).click();
  await page.getByRole("link", { name: /Waiting/ }).first().waitFor();
  await page.getByRole("button", { name: "Log out" }).click();
  await page.getByText("1 thing is still waiting").waitFor();
  await page.getByRole("button", { name: "Stay" }).click();
  await page.context().setOffline(false);
  await page.getByRole("link", { name: /Waiting/ }).first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^I come after all/ }).waitFor();
}, { demo: true });
