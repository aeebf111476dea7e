// Organisations for which a campus builds: an application with every step of it, workshops, product owners, the hand-over.
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { codeIn, cohortOf, journey, logIn, look, mailTo, person, shows } from "./harness.mjs";

const mail = path.join(mkdtempSync(path.join(tmpdir(), "peerled-mail-")), "mail");
/** Read whenever the server starts. @type {Record<string, string>} */
const settings = {};
const visit = (/** @type {import("playwright-core").Page} */ where, /** @type {string} */ path) => where.evaluate((path) => { location.hash = `#/${path}`; }, path);
const soon = (/** @type {number} */ days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);

journey("somebody applies for an organisation, takes the steps that are theirs, and sees who is to act next", async ({ server, open }) => {
  const { staff, campus } = await cohortOf(server);
  const olive = await person(server, "Olive Stern");
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, olive.email);
  await phone.getByRole("link", { name: "For organisations" }).click();
  await phone.getByText("You have not applied for an organisation yet.", { exact: false }).waitFor();
  await look(phone, "client-none");
  await phone.getByRole("link", { name: "Founders London" }).click();
  await phone.getByText("takes no applications of organisations", { exact: false }).waitFor();
  // The screen follows what the staff set.
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7, about: "Students build a first version in three weeks, free of charge." });
  await phone.getByText("free of charge", { exact: false }).waitFor();
  await phone.getByRole("button", { name: "Send the application" }).click();
  await phone.locator("[aria-invalid]").first().waitFor();
  await phone.getByLabel("Name of the organisation").fill("Riverside Food Bank");
  await phone.getByLabel("What it does, and what you would like").fill("Shifts are on paper; volunteers should sign up on their phones.");
  await phone.getByLabel("Its website").fill("https://example.org/food-bank");
  await look(phone, "client-apply");
  await phone.getByRole("button", { name: "Send the application" }).click();
  await phone.getByRole("heading", { name: "Where it stands" }).waitFor();
  await phone.getByText("The campus is next").waitFor();
  await phone.getByText("Others can be invited once", { exact: false }).waitFor();
  await look(phone, "client-applied");
  const { data: [{ id }] } = await olive.call("GET", "v1/me/clients");
  const at = `v1/clients/${id}`;
  // Applying again leads to the application that there is.
  await visit(phone, `campuses/${campus.id}/apply`);
  await phone.getByLabel("Name of the organisation").fill("Once more");
  await phone.getByLabel("What it does, and what you would like").fill("The same.");
  await phone.getByRole("button", { name: "Send the application" }).click();
  await phone.getByText("You have an application at this campus already.", { exact: false }).first().waitFor();
  await phone.getByRole("heading", { name: "Riverside Food Bank" }).waitFor();

  await phone.getByText("Change this").click();
  await phone.getByLabel("Its website").fill("nowhere");
  await phone.getByRole("button", { name: "Save" }).click();
  await phone.locator("#field-url[aria-invalid]").waitFor();
  await phone.getByLabel("Its website").fill("https://example.org/riverside");
  await phone.getByRole("button", { name: "Save" }).click();
  await phone.getByRole("link", { name: "example.org/riverside" }).waitFor();

  // Without a workshop to book here, what was agreed on is noted; with one, a place is taken and given up.
  const step = (/** @type {string} */ status, more = {}) => staff.call("PUT", `${at}/status`, { status, ...more });
  await step("invited", { note: "We look forward to meeting you." });
  await phone.getByText("We look forward to meeting you.").waitFor();
  await phone.getByRole("button", { name: "Note that a workshop is booked" }).waitFor();
  const workshop = await staff.call("POST", `v1/campuses/${campus.id}/client-workshops`, { starts_at: soon(5), ends_at: soon(5.05), place: "Finsbury Park", url: "https://example.org/meet", places: 2 });
  await phone.reload();
  await phone.getByText("2 places left").waitFor();
  await look(phone, "client-workshops");
  await phone.getByRole("button", { name: /^Book: / }).click();
  await phone.getByRole("heading", { name: "Riverside Food Bank" }).waitFor();
  await phone.getByRole("button", { name: "Give the place up" }).click();
  await phone.getByRole("button", { name: "Undo" }).last().click();
  await phone.getByText("Finsbury Park").waitFor();
  await phone.getByText("All steps so far").click();
  await look(phone, "client-booked");
  assert.equal((await staff.call("GET", `v1/client-workshops/${workshop.id}`)).places_left, 1);

  await step("agreement_sent", { url: "https://example.org/agreement" });
  await phone.getByRole("link", { name: "example.org/agreement" }).first().waitFor();
  await phone.getByText("Your turn").waitFor();
  await phone.getByRole("button", { name: "Note that the agreement is signed" }).click();
  await look(phone, "client-step");
  await phone.getByRole("dialog").getByLabel("Note").fill("Signed by both of us.");
  await phone.getByRole("dialog").getByRole("button", { name: "Note that the agreement is signed" }).click();
  await phone.getByText("Signed by both of us.").first().waitFor();
  await step("attended");
  await step("research_asked");
  await phone.getByRole("button", { name: "Send what the users need" }).click();
  await phone.getByRole("dialog").getByRole("button", { name: "Send what the users need" }).click();
  await phone.locator("dialog [aria-invalid]").waitFor();
  await phone.getByRole("textbox", { name: "What the users need" }).fill("They sign up on the bus.");
  await phone.getByRole("dialog").getByRole("button", { name: "Send what the users need" }).click();
  await phone.getByText("They sign up on the bus.").first().waitFor();

  // The hand-over is read while a team builds, and feedback given once it is done.
  await step("project");
  await phone.getByRole("heading", { name: "Hand-over" }).waitFor();
  await staff.call("PUT", `${at}/hand-over/readme`, { done: true });
  await phone.reload();
  await phone.getByText("By the staff", { exact: false }).waitFor();
  assert.equal(await phone.getByRole("checkbox").count(), 0);
  await look(phone, "client-project");
  await step("completed", { note: "The rest follows." });
  await phone.getByRole("button", { name: "Give feedback" }).click();
  await phone.getByLabel("How was it?").fill("Very well, thank you.");
  await phone.getByRole("dialog").getByRole("button", { name: "Give feedback" }).click();
  await phone.getByText("Very well, thank you.").first().waitFor();
  await phone.getByRole("heading", { name: "Going no further" }).waitFor({ state: "detached" });
  await phone.locator("main").getByRole("link", { name: "For organisations" }).click();
  await phone.getByText("✓ Feedback given").waitFor();
  await look(phone, "client-mine");
  // From now on this is where one comes in.
  await phone.getByRole("link", { name: "peerled" }).click();
  await phone.getByRole("heading", { name: "Your organisations" }).waitFor();
});

journey("product owners invite each other, leave, and withdraw", async ({ server, open }) => {
  const { staff, campus } = await cohortOf(server);
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7 });
  const olive = await person(server, "Olive Stern"), pia = await person(server, "Pia");
  const { id } = await olive.call("POST", `v1/campuses/${campus.id}/clients`, { name: "Riverside Food Bank", about: "Shifts are on paper." });
  await staff.call("PUT", `v1/clients/${id}/status`, { status: "acknowledged" });
  // From now on there is mail, by which a code comes.
  await server.stop();
  Object.assign(settings, { PEERLED_SMTP_URL: `file:${mail}` });
  await server.start();
  const page = await open();
  await logIn(page, olive.email);
  await visit(page, `clients/${id}`);
  await page.getByRole("heading", { name: "Product owners" }).waitFor();
  await page.getByLabel("E-mail").fill(pia.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText(pia.email).waitFor();
  await look(page, "client-invitations");
  await page.getByRole("button", { name: `Take back: ${pia.email}` }).click();
  await page.getByText("No invitation waits for an answer.").waitFor();
  const before = await mailTo(mail, pia.email);
  await page.getByLabel("E-mail").fill(pia.email);
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await page.getByText(pia.email).waitFor();
  let letter = before;
  while (letter === before) letter = await mailTo(mail, pia.email);

  const hers = await open();
  await logIn(hers, pia.email);
  await visit(hers, `join?${new URLSearchParams({ code: codeIn(letter), as: "owner" })}`);
  await hers.getByRole("button", { name: "Accept" }).click();
  // Whoever accepts sees what they look after.
  await hers.getByRole("heading", { name: "Riverside Food Bank" }).waitFor();
  await page.getByText("Pia", { exact: true }).waitFor();
  await page.getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await page.getByText("You have not applied for an organisation yet.", { exact: false }).waitFor();
  await shows(() => hers.getByText("Olive Stern", { exact: true }).count(), 0);
  await hers.getByRole("button", { name: "Withdraw" }).click();
  await hers.getByLabel("Reason").fill("We have found one.");
  await look(hers, "client-withdraw");
  await hers.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await hers.getByText("We have found one.").waitFor();
  await look(hers, "client-withdrawn");
}, { settings });
