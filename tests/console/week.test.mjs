// A student's phone: the week in one answer, work handed in, a check-in, an absence, an action, and what others change meanwhile.
import assert from "node:assert/strict";
import { caller, demoPassword, journey, logIn, look, shows } from "./harness.mjs";

const phone = { viewport: { width: 390, height: 844 } };
const student = "aaliyah.johnson@example.org";

journey("a student sees the week and does what it asks", async ({ server, open }) => {
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  await page.evaluate(() => { location.hash = "#/week?week=7"; });
  await page.getByText("No team yet this week").waitFor();
  await look(page, "week-unpublished");
  await page.getByRole("navigation", { name: "Other weeks" }).getByRole("link", { name: "The week before" }).click();
  await page.getByText(/You: /).waitFor();
  await look(page, "week");

  await page.getByRole("button", { name: /^Hand in/ }).click();
  await page.getByLabel("Address of the code").fill("nowhere");
  await page.getByRole("dialog").getByRole("button", { name: "Hand in" }).click();
  await page.locator("[aria-invalid]").waitFor();
  await page.getByLabel("Address of the code").fill("https://github.com/example/team-1");
  await page.keyboard.press("Enter");
  await page.getByText(/^Version \d is handed in/).first().waitFor();
  await page.getByText(/^Version \d,/).waitFor();

  await page.getByRole("button", { name: "I’m here: Open studio" }).click();
  await page.getByText("✓ Here").waitFor();

  await page.getByRole("button", { name: /^Done: Book the large room/ }).click();
  await page.getByText("Nothing is open.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: /^Done: Book the large room/ }).waitFor();

  await page.getByRole("link", { name: "Attendance, and if you cannot come" }).click();
  await page.getByRole("heading", { name: "My attendance" }).waitFor();
  await look(page, "own-attendance");
  await page.getByRole("button", { name: "I’ll be away" }).click();
  const offered = await page.getByLabel("When").locator("option").evaluateAll((all) => all.map((one) => /** @type {HTMLOptionElement} */ (one).value.match(/\d{4}-\d\d-\d\d$/)?.[0]));
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  assert(offered.every((date) => !date || date >= yesterday), `what is over is the staff's to note: ${offered}`);
  await look(page, "absence");
  await page.getByLabel("When").selectOption({ label: "The whole of week 7" });
  await page.getByRole("button", { name: "Tell them" }).click();
  await page.getByRole("button", { name: "I come after all: Week 7" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await page.getByRole("button", { name: "I come after all: Week 7" }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Who got what" }).click();
  await page.getByRole("heading", { name: "As a student" }).waitFor();
  await look(page, "own-fairness");
  await page.getByRole("link", { name: "Walks" }).click();
  await page.getByText(/^With /).first().waitFor();
  await page.getByRole("button", { name: /^Come along: Week 7/ }).click();
  await page.getByText("✓ You come along").waitFor();
  await look(page, "walks");
  await page.getByRole("button", { name: /^Give the place up: Week 7/ }).click();
  await page.locator(".toast", { hasText: "The place is free for others." }).getByRole("button", { name: "Undo" }).click();
  await page.getByText("✓ You come along").waitFor();

  // The week tells of it, with whom it is and where.
  const walk = (await page.evaluate(async () => (await (await fetch("v1/me/week?week=7")).json()).walk));
  await page.goto(`${server.url}/#/week?week=7`);
  const row = page.locator("p", { has: page.getByRole("link", { name: "Walks to talk" }) });
  await row.getByText(walk.mentors[0].name).waitFor();
  await row.getByText(walk.place).waitFor();
  await look(page, "week-walk");
  await page.evaluate((slot) => fetch(`v1/mentor-slots/${slot}/walk/places/me`, { method: "DELETE" }), walk.slot_id);
  await page.reload();
  await page.getByRole("link", { name: "Choose a walk" }).click();
  await page.getByRole("button", { name: /^Come along: Week 7/ }).waitFor();
}, { demo: true });

journey("what staff change appears while a student types", async ({ server, open }) => {
  const page = await open(phone);
  await logIn(page, student, demoPassword(server));
  await page.getByRole("button", { name: /^Hand in/ }).click();
  await page.getByLabel("Notes").fill("The dentist has only");
  const { access_token: token } = await caller(server, null)("POST", "v1/auth/login", { email: "tariq.mahmoud@example.org", password: demoPassword(server) });
  const staff = caller(server, token);
  const cohort = (await staff("GET", "v1/cohorts")).data.find((/** @type {{ name: string }} */ one) => one.name === "FAC15");
  await staff("POST", `v1/cohorts/${cohort.id}/actions`, { text: "Bring a long cable" });
  await page.getByText("Bring a long cable").waitFor();
  await shows(() => page.getByLabel("Notes").inputValue(), "The dentist has only");
}, { demo: true });
