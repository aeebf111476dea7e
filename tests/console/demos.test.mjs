// Demo days: staff plan them, product owners say whether they come, and the cohort sees when, where and who.
import assert from "node:assert/strict";
import { cohortOf, journey, logIn, look, person, shows } from "./harness.mjs";

const visit = (/** @type {import("playwright-core").Page} */ where, /** @type {string} */ path) => where.evaluate((path) => { location.hash = `#/${path}`; }, path);
const soon = (/** @type {number} */ days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 16);

journey("staff plan, change and cancel a demo day, owners answer, and students see it", async ({ server, open }) => {
  const { staff, campus, cohort } = await cohortOf(server, 0);
  const at = `v1/cohorts/${cohort.id}`;
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7 });
  const owners = [], clients = [];
  for (const [who, name] of /** @type {const} */ ([["Olive Stern", "Riverside Food Bank"], ["Pia Moss", "Hill Library"]])) {
    const owner = await person(server, who);
    const { id } = await owner.call("POST", `v1/campuses/${campus.id}/clients`, { name, about: "We need it." });
    for (const status of ["invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received"]) await staff.call("PUT", `v1/clients/${id}/status`, { status, ...(status === "agreement_sent" ? { url: "https://example.org/agreement" } : {}), ...(status === "research_received" ? { note: "We know them." } : {}) });
    await staff.call("PUT", `${at}/products/${id}`, { summary: `Something for ${name}.` });
    owners.push(owner);
    clients.push(id);
  }
  const { data: places } = await staff.call("GET", `${at}/enrolments?limit=100`);
  const amal = await person(server, "Amal Haddad");
  await amal.call("POST", "v1/claims", { code: (await staff.call("POST", `${at}/enrolments/${places[0].person.id}/claim-links`)).code });

  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, amal.email);
  await phone.getByRole("link", { name: "Products for clients" }).click();
  await phone.getByRole("link", { name: "Demo days" }).click();
  await phone.getByText("No demo day is planned.").waitFor();

  const page = await open();
  await logIn(page, staff.email);
  await visit(page, `cohorts/${cohort.id}/products`);
  await page.getByRole("link", { name: "Demo days" }).click();
  await page.getByRole("button", { name: "Plan a demo day" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Begins").fill(soon(5));
  await dialog.getByLabel("Ends").fill(soon(4));
  await dialog.getByRole("button", { name: "Plan a demo day" }).click();
  await page.locator("#field-ends_at[aria-invalid]").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "field-ends_at");
  await dialog.getByLabel("Ends").fill(soon(5.1));
  await dialog.getByLabel("Place", { exact: true }).fill("Finsbury Park");
  await dialog.getByLabel("Address online").fill("https://example.org/demo");
  await dialog.getByLabel("Invite Riverside Food Bank").check();
  await look(page, "demo-plan");
  await dialog.getByRole("button", { name: "Plan a demo day" }).click();
  await page.getByRole("listitem").filter({ hasText: "Riverside Food Bank" }).first().waitFor();
  assert.equal(await page.getByText("Hill Library").count(), 0);
  // Who looks already sees it at once.
  await phone.getByText("Finsbury Park").waitFor();
  assert.equal(await phone.getByRole("button", { name: "Change" }).count(), 0);
  await look(phone, "demo-student");

  await page.getByRole("button", { name: "Invite a client" }).click();
  await page.getByLabel("Client", { exact: true }).selectOption({ label: "Hill Library" });
  await dialog.getByRole("button", { name: "Invite a client" }).click();
  await page.getByRole("link", { name: "Hill Library" }).waitFor();
  await page.getByRole("button", { name: "Change" }).click();
  await dialog.getByLabel("Place", { exact: true }).fill("The old library");
  await dialog.getByRole("button", { name: "Save" }).click();
  await page.getByText("The old library").waitFor();
  const library = page.getByRole("group", { name: "Hill Library" });
  await library.getByRole("button", { name: "They do not come" }).click();
  await library.getByRole("button", { name: "They do not come", pressed: true }).waitFor();

  const hers = await open({ viewport: { width: 390, height: 844 } });
  await logIn(hers, owners[0].email);
  await visit(hers, `clients/${clients[0]}`);
  await hers.getByRole("link", { name: "Demo days" }).click();
  await hers.getByText("The old library").waitFor();
  assert.equal(await hers.getByText("Hill Library").count(), 0);
  await hers.getByText("Not answered yet").waitFor();
  await hers.getByRole("group", { name: "Do you come?" }).getByRole("button", { name: "We cannot come" }).click();
  await hers.getByText("Not coming").waitFor();
  await hers.getByRole("button", { name: "We come" }).click();
  await hers.getByRole("button", { name: "We come", pressed: true }).waitFor();
  await look(hers, "demo-owner");
  await page.getByText("✓ Coming").waitFor();
  await phone.getByText("✓ Coming").waitFor();
  await look(page, "demo-staff");

  await page.getByRole("button", { name: "Cancel the demo day" }).click();
  await dialog.getByRole("button", { name: "Cancel the demo day" }).click();
  await page.getByText("No demo day is planned.").waitFor();
  await hers.getByText("You are not invited to a demo day yet.").waitFor();
  assert.deepEqual((await staff.call("GET", `${at}/demo-days`)).data, []);

  // What has begun is kept, and cannot be answered any more.
  const begins = Date.now() + 4_000;
  await staff.call("POST", `${at}/demo-days`, { starts_at: new Date(begins).toISOString(), ends_at: new Date(begins + 3_600_000).toISOString(), place: "Room 2", client_ids: clients });
  await new Promise((resolve) => setTimeout(resolve, begins + 500 - Date.now()));
  await hers.reload();
  await hers.getByText("Earlier demo days").click();
  await hers.getByText("Room 2").waitFor();
  await shows(() => hers.getByRole("button", { name: "We come" }).count(), 0);
});
