// By keyboard alone, and by what a screen reader is told: where the focus goes, what is announced, what a screen is called.
import assert from "node:assert/strict";
import { cohortOf, demoPassword, journey, logIn, password, person, shows } from "./harness.mjs";

/** @typedef {import("playwright-core").Page} Page */
const visit = (/** @type {Page} */ where, /** @type {string} */ path) => where.evaluate((path) => { location.hash = `#/${path}`; }, path);
/** What has the focus, by its name. @param {Page} page */
const focus = (page) => page.evaluate(() => {
  const one = /** @type {any} */ (document.activeElement);
  return `${one.tagName.toLowerCase()} ${one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? (one.matches("main, body, dialog") ? "" : one.textContent)}`.trim();
});
/** What was read out last, where it can be heard: behind a dialog nothing is. @param {Page} page */
const heard = (page) => page.evaluate(() => [...document.querySelectorAll("#said, dialog[open] > [role=status]")].at(-1)?.textContent?.trim());
/** Goes on by Tab until something of this name has the focus. @param {Page} page @param {RegExp} wanted @param {string} [key] */
async function reach(page, wanted, key = "Tab") {
  for (let steps = 0; steps < 120; steps += 1) {
    await page.keyboard.press(key);
    if (wanted.test(await focus(page))) return;
  }
  assert.fail(`not reached by the keyboard: ${wanted}`);
}
/** @param {Page} page @param {RegExp} wanted @param {string} text */
async function type(page, wanted, text) {
  await reach(page, wanted);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

journey("by keyboard from an account to published teams", async ({ open }) => {
  const page = await open();
  await page.getByRole("link", { name: "Open an account" }).waitFor();
  await reach(page, /Open an account/);
  await page.keyboard.press("Enter");
  await shows(() => focus(page), "h1 Open an account", "a new screen says what it is");
  await type(page, /Your name/, "Rosa Lind");
  await type(page, /E-mail/, "rosa@example.org");
  await type(page, /Password/, password);
  await page.keyboard.press("Enter");
  await page.getByLabel("What is it called?").waitFor();
  await shows(() => page.title(), /^Campus · /);
  // Several fields that are wrong are counted, and the first has the focus with what is wrong in it.
  await reach(page, /Go on/);
  await page.keyboard.press("Enter");
  await shows(() => focus(page), "input What is it called?");
  assert.equal(await page.evaluate(() => document.getElementById(String(document.activeElement?.getAttribute("aria-describedby")).split(" ").at(-1) ?? "")?.className), "wrong");
  await shows(() => heard(page), "Fields to look at again: 3");
  await page.keyboard.insertText("Founders London");
  await type(page, /City/, "London");
  await type(page, /Country/, "United Kingdom");
  await page.keyboard.press("Enter");
  await page.getByLabel("Name of the cohort").waitFor();
  await shows(() => page.title(), /^Cohort · /);
  await type(page, /Name of the cohort/, "Spring");
  await page.keyboard.press("Enter");
  await page.getByLabel("Paste your list").waitFor();
  await shows(() => page.title(), /^People · /);
  await type(page, /Paste your list/, "name\nAmal Haddad\nBea Novak\nChidi Okafor\nDana Levi\nEmre Yilmaz\nFarah Aziz\nGwen Price\nHassan Omar");
  await shows(() => heard(page), "People in the table: 8");
  // Whoever is taken off the list leaves the focus to whoever comes next; undoing leaves it on the screen.
  await reach(page, /Remove Bea Novak/);
  await page.keyboard.press("Enter");
  await shows(() => focus(page), /Chidi|row 2/);
  assert.equal(await heard(page), "Bea Novak was taken off the list.");
  await reach(page, /Undo/);
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Remove Bea Novak" }).waitFor();
  await shows(() => focus(page), "main");
  await reach(page, /Enrol 8 students/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Team 1" }).waitFor();
  await shows(() => focus(page), /^h1 Week 1/);
  await reach(page, /^a Publish/);
  await page.keyboard.press("Enter");
  await shows(() => page.title(), /^Publish week 1/);
  await reach(page, /^button Publish to students/);
  await page.keyboard.press("Enter");
  await shows(() => heard(page), /./);
  await shows(async () => (await focus(page)).startsWith("body"), false, "the focus stays on the screen");
  await page.getByText("Published", { exact: false }).first().waitFor();
});

journey("a dialog keeps the focus, tells what is wrong in it, and gives the focus back", async ({ server, open }) => {
  const { staff, cohort } = await cohortOf(server, 0);
  const page = await open();
  await logIn(page, staff.email);
  await visit(page, `cohorts/${cohort.id}/demos`);
  await shows(() => focus(page), "h1 Demo days");
  await reach(page, /Plan a demo day/);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Plan a demo day" }).waitFor();
  const inside = () => page.evaluate(() => { const one = document.activeElement; return one === document.body || !!one?.closest("dialog"); });
  for (let steps = 0; steps < 14; steps += 1) {
    await page.keyboard.press(steps < 9 ? "Tab" : "Shift+Tab");
    // A browser leads through its own bar between the last and the first.
    assert(await inside(), await focus(page));
  }
  await reach(page, /^button Plan a demo day/);
  await page.keyboard.press("Enter");
  await shows(() => focus(page), "input Begins");
  await shows(() => heard(page), "Fields to look at again: 2");
  assert.equal(await page.getByRole("dialog").getByRole("status").textContent(), "Fields to look at again: 2");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await focus(page), "button Plan a demo day");
});

journey("somebody who has graduated comes in at their mentoring, and what they answer leaves the focus where it was", async ({ server, open }) => {
  const { staff, campus, cohort } = await cohortOf(server, 0);
  const at = `v1/cohorts/${cohort.id}`;
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7, first_refusal_days: 0 });
  const olive = await person(server, "Olive Stern"), amal = await person(server, "Amal Haddad");
  const client = await olive.call("POST", `v1/campuses/${campus.id}/clients`, { name: "Riverside Food Bank", about: "Shifts are on paper." });
  await staff.call("PUT", `v1/clients/${client.id}/status`, { status: "acknowledged" });
  const { data: places } = await staff.call("GET", `${at}/enrolments?limit=100`);
  await amal.call("POST", "v1/claims", { code: (await staff.call("POST", `${at}/enrolments/${places[0].person.id}/claim-links`)).code });
  for (const status of ["running", "graduated"]) if ((await staff.call("GET", at)).status !== status) await staff.call("PATCH", at, { status });
  const brief = await olive.call("POST", `v1/clients/${client.id}/briefs`, { title: "A second version", text: "As before.", rate: { amount: 25_000, currency: "GBP", per: "day" }, starts_on: "2099-04-01", people: 1 });
  await staff.call("PUT", `v1/briefs/${brief.id}/status`, { status: "open" }, { "If-Match": "*" });
  const page = await open();
  await logIn(page, amal.email);
  await page.getByRole("heading", { name: "My mentoring", level: 1 }).waitFor();
  await visit(page, `briefs/${brief.id}`);
  await shows(() => page.title(), "A second version · peerled");
  await reach(page, /Rather not/);
  await page.keyboard.press("Enter");
  await shows(() => heard(page), "You have declined.");
  // The button is gone by then; the next takes its place.
  await shows(() => focus(page), "button Take the answer back");
  await page.keyboard.press("Enter");
  await page.getByText("You have declined", { exact: true }).waitFor({ state: "detached" });
  await shows(async () => /^(body|main)/.test(await focus(page)), false);
});

journey("what one presses may be gone or out of use by then: the focus goes on, and a hint is read out", async ({ server, open }) => {
  const page = await open();
  await logIn(page, "rosa.lindqvist@example.org", demoPassword(server));
  await page.getByRole("heading", { name: "FAC15" }).first().waitFor();
  const cohort = await page.evaluate(async () => (await (await fetch("v1/cohorts?status=running")).json()).data[0].id);
  await visit(page, `cohorts/${cohort}/weeks/7`);
  await page.getByRole("heading", { name: "Team 1" }).waitFor();
  const [one, other] = await page.locator("button.person bdi").allTextContents().then((all) => [all[0], all.at(-1) ?? ""]);
  await reach(page, new RegExp(one));
  await page.keyboard.press("Enter");
  await shows(() => heard(page), new RegExp(`${one} is picked up`));
  await reach(page, new RegExp(other));
  await page.keyboard.press("Enter");
  await shows(() => heard(page), /have changed places/);
  // There is nothing else to undo: the button is out of use, and what follows can be done at once.
  await page.getByRole("button", { name: "Undo" }).first().focus();
  await page.keyboard.press("Enter");
  await shows(() => heard(page), /^Undone/);
  await shows(() => focus(page), /^button .*(Redo|Form again)$/);
  await page.context().close();

  const student = await open();
  await logIn(student, "aaliyah.johnson@example.org", demoPassword(server));
  await student.getByRole("button", { name: "Ask for hint 1" }).waitFor();
  assert.equal(await student.locator("main [aria-live] li").count(), 0);
  await reach(student, /Ask for hint 1/);
  await student.keyboard.press("Enter");
  await student.locator("main [aria-live=polite] li").waitFor();
  await shows(() => focus(student), /^(button Ask for hint 2|a )/);
}, { demo: true });
