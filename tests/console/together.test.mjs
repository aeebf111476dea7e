// Retros, code reviews, discoveries, manuals, logs and feedback, as students use them.
import assert from "node:assert/strict";
import { caller, demoPassword, journey, logIn, look, shows } from "./harness.mjs";

const phone = { viewport: { width: 390, height: 844 } };
const student = "aaliyah.johnson@example.org";

/** @typedef {{ id: string, name: string }} Named */

/** @param {import("./harness.mjs").Server} server @param {string} email */
async function acts(server, email) {
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email, password: demoPassword(server) });
  return caller(server, token);
}

/** @param {import("playwright-core").Page} page @param {string} path */
const visit = (page, path) => page.evaluate((path) => { location.hash = `#/${path}`; }, path);

journey("a retro: items, votes, what others write meanwhile, closing, actions", async ({ server, open }) => {
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  const me = await acts(server, student);
  const week = await me("GET", "v1/me/week?week=6");
  await visit(page, `cohorts/${week.cohort.id}/weeks/6/retros`);
  await page.getByRole("link", { name: /Retro of the whole cohort/ }).waitFor();
  await page.getByRole("button", { name: "Open my team’s" }).click();
  await page.getByRole("heading", { name: "Retro of Team 1" }).waitFor();
  await page.getByLabel("We should start…").fill("Pair in the mornings");
  await page.keyboard.press("Enter");
  await page.getByText("Pair in the mornings").waitFor();
  await page.getByLabel("We should stop…").fill("Half a thou");
  const retro = page.url().split("/").at(-1);
  await (await acts(server, "tariq.mahmoud@example.org"))("POST", `v1/retros/${retro}/items`, { kind: "continue", text: "Tea at four" });
  await page.getByText("Tea at four").waitFor();
  await shows(() => page.getByLabel("We should stop…").inputValue(), "Half a thou");
  await page.getByRole("button", { name: "Vote for: Pair in the mornings" }).click();
  await page.getByText("You have 2 votes left.").waitFor();
  await look(page, "retro");
  await page.getByRole("button", { name: "Close the retro" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close the retro" }).click();
  await page.getByText("1 action came of it.").first().waitFor();
  await page.getByRole("button", { name: "Done: Pair in the mornings" }).waitFor();
}, { demo: true });

journey("a code review: an issue is raised, answered and closed", async ({ server, open }) => {
  const staff = await acts(server, "tariq.mahmoud@example.org");
  const me = await acts(server, student);
  const cohort = (await me("GET", "v1/me/week?week=6")).cohort.id;
  await staff("POST", `v1/cohorts/${cohort}/weeks/6/code-reviews`);
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  await visit(page, "week?week=6");
  await page.getByText("We review").waitFor();
  const reviewed = (await me("GET", "v1/me/week?week=6")).reviewed_by[0];
  await page.locator("section", { hasText: "We review" }).getByRole("link").first().click();
  await page.getByText("Nothing has been raised yet").waitFor();
  await page.getByRole("button", { name: "Raise an issue" }).click();
  await page.getByLabel("What is it, in one line?").fill("The password is in the log");
  await page.getByLabel("What you saw").fill("Look at server.js: it prints the body of every request.");
  await page.getByRole("dialog").getByRole("button", { name: "Raise an issue" }).click();
  await page.getByRole("heading", { name: "The password is in the log" }).waitFor();
  await page.getByText("✓ Done").waitFor();
  await look(page, "review");
  await page.getByRole("button", { name: "Close: The password is in the log" }).click();
  await page.getByText("✓ Closed").waitFor();
  await visit(page, `reviews/${reviewed.id}?as=reviewed`);
  await page.getByText("Nothing has been raised yet.", { exact: true }).waitFor();
}, { demo: true });

journey("discoveries: search, share, take back, useful", async ({ server, open }) => {
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  await page.getByRole("link", { name: "Discoveries" }).first().click();
  await page.getByRole("heading", { name: "Why hashes are salted" }).waitFor();
  await look(page, "discoveries");
  await page.getByLabel("Search").fill("join");
  await page.getByRole("heading", { name: "Why hashes are salted" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: /^Useful to me: Joins, drawn/ }).click();
  await page.getByText("1 found it useful").waitFor();
  await page.getByLabel("Search").fill("");
  await page.getByRole("button", { name: "Share a discovery" }).click();
  await page.getByLabel("Address").fill("https://example.org/cookies");
  await page.getByLabel("What is it called?").fill("Cookies, slowly");
  await page.getByLabel("What is it about?").fill("HTTP");
  await page.getByRole("dialog").getByRole("button", { name: "Share a discovery" }).click();
  await page.getByRole("button", { name: "Remove: Cookies, slowly" }).click();
  await page.getByRole("heading", { name: "Cookies, slowly" }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("heading", { name: "Cookies, slowly" }).waitFor();
}, { demo: true });

journey("what is one's own: a manual, a log, feedback", async ({ server, open }) => {
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  await page.getByRole("link", { name: "My notes" }).click();
  await page.getByLabel("What have you noticed?").fill("Closures make sense now.");
  await page.getByLabel("Share with staff").check();
  await page.getByRole("button", { name: "Note it" }).click();
  await page.getByText("◉ Shared with staff").waitFor();
  await shows(() => page.getByLabel("What have you noticed?").inputValue(), "");
  await page.getByRole("button", { name: "Remove: Closures" }).click();
  await page.getByText("Nothing noted yet.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("Closures make sense now.").waitFor();
  await look(page, "log");
  await page.getByRole("link", { name: "How I work" }).click();
  await page.getByLabel("How I like feedback").fill("At once");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").first().waitFor();
  await visit(page, "week?week=5");
  await page.getByRole("link", { name: "Feedback to team mates", exact: true }).click();
  const card = page.locator("section.card").first();
  await card.getByLabel("What would you like to tell them?").fill("You asked the question all of us had.");
  await card.getByLabel("Without my name").check();
  await card.getByRole("button", { name: "Give feedback" }).click();
  await card.getByRole("button", { name: "Take it back" }).waitFor();
  await look(page, "feedback");
}, { demo: true });
