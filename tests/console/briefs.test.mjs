// Paid work: product owners offer it, staff approve it and choose a team of those who would like to do it, or pass it on.
import assert from "node:assert/strict";
import { cohortOf, journey, logIn, look, person, shows } from "./harness.mjs";

const visit = (/** @type {import("playwright-core").Page} */ where, /** @type {string} */ path) => where.evaluate((path) => { location.hash = `#/${path}`; }, path);

/** A campus with a client, and two who have graduated there. @param {import("./harness.mjs").Server} server */
async function world(server) {
  const { staff, campus, cohort } = await cohortOf(server, 0);
  const at = `v1/cohorts/${cohort.id}`;
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7 });
  const olive = await person(server, "Olive Stern");
  const client = await olive.call("POST", `v1/campuses/${campus.id}/clients`, { name: "Riverside Food Bank", about: "Shifts are on paper." });
  await staff.call("PUT", `v1/clients/${client.id}/status`, { status: "acknowledged" });
  const { data: places } = await staff.call("GET", `${at}/enrolments?limit=100`);
  const graduates = [];
  for (const [index, name] of ["Amal Haddad", "Bea Novak"].entries()) {
    const who = await person(server, name);
    await who.call("POST", "v1/claims", { code: (await staff.call("POST", `${at}/enrolments/${places[index].person.id}/claim-links`)).code });
    graduates.push(who);
  }
  for (const status of ["running", "graduated"]) {
    const now = await staff.call("GET", at);
    if (now.status !== status) await staff.call("PATCH", at, { status });
  }
  return { staff, campus, olive, client, graduates };
}

journey("paid work is offered, approved, wished for, done", async ({ server, open }) => {
  const { staff, campus, olive, client, graduates: [amal, bea] } = await world(server);
  const hers = await open();
  await logIn(hers, olive.email);
  await visit(hers, `clients/${client.id}`);
  await hers.getByRole("link", { name: "Paid work" }).click();
  await hers.getByText("There is no paid work here.").waitFor();
  await hers.getByRole("button", { name: "Offer paid work" }).click();
  const dialog = hers.getByRole("dialog");
  await dialog.getByLabel("What it is called").fill("Second version of the shift planner");
  await dialog.getByLabel("What there is to do").fill("Volunteers swap shifts.");
  await dialog.getByLabel("It pays").fill("250.5");
  await dialog.getByLabel("Currency").fill("xx");
  await dialog.getByRole("button", { name: "Offer paid work" }).click();
  await hers.locator("#field-currency[aria-invalid]").waitFor();
  assert.equal(await hers.evaluate(() => document.activeElement?.id), "field-currency");
  await dialog.getByLabel("Currency").fill("gbp");
  await dialog.getByLabel("The campus may pass it on").check();
  await look(hers, "brief-add");
  await dialog.getByRole("button", { name: "Offer paid work" }).click();
  await hers.getByText("◷ Waits for approval").waitFor();
  await look(hers, "briefs-client");
  const { data: [{ id }] } = await olive.call("GET", `v1/clients/${client.id}/briefs`);
  assert.deepEqual((await olive.call("GET", `v1/briefs/${id}`)).rate, { amount: 25050, currency: "GBP", per: "day" });
  await hers.getByRole("link", { name: "Second version" }).click();
  await hers.getByText("£250.50").first().waitFor();
  await hers.getByText("Change this").click();
  await hers.getByLabel("How many people").fill("2");
  await hers.getByRole("button", { name: "Save" }).click();
  await hers.getByText("2 people").first().waitFor();
  await look(hers, "brief-owner");

  // Before it is approved, nobody else is shown it.
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, amal.email);
  await phone.getByRole("link", { name: "My career" }).click();
  await phone.getByRole("link", { name: "Paid work" }).click();
  await phone.getByText("Nothing is open to you at the moment.").waitFor();

  const page = await open();
  await logIn(page, staff.email);
  await page.getByRole("link", { name: "Campus", exact: true }).click();
  await page.getByRole("link", { name: "Clients" }).click();
  // What the form of the terms saves besides.
  await page.getByLabel("Days of first refusal").fill("0");
  await page.getByRole("button", { name: "Save" }).click();
  await shows(async () => (await staff.call("GET", `v1/campuses/${campus.id}/client-terms`)).first_refusal_days, 0);
  await page.getByRole("link", { name: "Paid work" }).click();
  await look(page, "briefs-staff");
  await page.getByRole("link", { name: "Second version" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Approve" }).click();
  await page.getByText("● Open").waitFor();
  await page.getByText("Nobody has said yet").waitFor();

  await phone.reload();
  await phone.getByRole("link", { name: "Second version" }).click();
  await phone.getByRole("button", { name: "Rather not" }).click();
  await phone.getByText("– You have declined").waitFor();
  await phone.getByRole("button", { name: "Undo" }).last().click();
  await phone.getByText("– You have declined").waitFor({ state: "detached" });
  await phone.getByLabel("What the staff are to know").fill("I know their volunteers well.");
  await phone.getByRole("button", { name: "I would like to" }).click();
  await phone.getByText("✓ You would like to do it").waitFor();
  await look(phone, "brief-graduate");
  await bea.call("PUT", `v1/briefs/${id}/interests/me`, { interested: false });
  await page.getByLabel("Amal Haddad").waitFor();
  await page.getByText("I know their volunteers well.").waitFor();
  await page.getByText("Declined:").waitFor();
  await look(page, "brief-staffing");
  // Owners never learn who would have liked to.
  assert.equal(await hers.getByText("Amal Haddad").count(), 0);
  await page.getByLabel("Amal Haddad").check();
  await page.getByRole("button", { name: "Choose this team" }).click();
  await page.getByText("⚒ A team does it").waitFor();
  await hers.getByText("Amal Haddad").waitFor();
  await phone.getByText("✓ You are in the team").waitFor();

  await page.getByRole("button", { name: "Note that it is done" }).click();
  await page.getByLabel("What became of it").fill("All shifts are swapped on phones.");
  await look(page, "brief-done");
  await page.getByRole("dialog").getByRole("button", { name: "Note that it is done" }).click();
  await page.getByText("✓ Done").waitFor();
  await hers.getByText("All shifts are swapped on phones.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Withdraw" }).count(), 0);
  await page.locator("main").getByRole("link", { name: "Paid work", exact: true }).click();
  await page.getByRole("button", { name: "Ended" }).click();
  await page.getByRole("link", { name: "Second version" }).waitFor();
});

journey("what nobody can do is passed on to another campus, and what is not wanted is withdrawn", async ({ server, open }) => {
  const { staff, olive, client } = await world(server);
  const rate = { amount: 25_000, currency: "GBP", per: "day" };
  const brief = { text: "As before.", rate, starts_on: "2099-04-01", people: 1 };
  const passed = await olive.call("POST", `v1/clients/${client.id}/briefs`, { ...brief, title: "A third version", may_be_passed_on: true });
  const kept = await olive.call("POST", `v1/clients/${client.id}/briefs`, { ...brief, title: "A fourth version" });
  const other = await person(server, "Ulla Berg");
  const campus = await other.call("POST", "v1/campuses", { name: "Founders Oslo", slug: "oslo", city: "Oslo", country: "Norway", time_zone: "Europe/Oslo", work_week: ["mon", "tue", "wed", "thu", "fri"] });
  await other.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7 });
  const page = await open();
  await logIn(page, staff.email);
  await visit(page, `briefs/${kept.id}`);
  await page.getByRole("heading", { name: "A fourth version" }).waitFor();
  assert.equal(await page.getByRole("button", { name: "Pass it on" }).count(), 0);
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByLabel("Reason").fill("There is no money for it.");
  await page.getByRole("dialog").getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("There is no money for it.").waitFor();
  await visit(page, `briefs/${passed.id}`);
  await page.getByRole("button", { name: "Pass it on" }).click();
  await page.getByRole("combobox", { name: "Campus" }).selectOption({ label: "Founders Oslo" });
  await look(page, "brief-pass");
  await page.getByRole("dialog").getByRole("button", { name: "Pass it on" }).click();
  // They can read it on, and nothing else.
  await page.getByText("Passed on by").waitFor();
  assert.equal(await page.getByRole("button", { name: "Withdraw" }).count(), 0);
  await look(page, "brief-passed");
  assert.equal((await other.call("GET", `v1/briefs/${passed.id}`)).status, "submitted");
});
