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
  await shows(async () => (await staff.call("GET", `v1/client-workshops/${workshop.id}`)).places_left, 1);

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
  await phone.getByRole("heading", { name: "Your organisations" }).waitFor();
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
  // One that is taken back before its mail is written sends none.
  const before = await mailTo(mail, pia.email);
  await page.getByRole("button", { name: `Take back: ${pia.email}` }).click();
  await page.getByText("No invitation waits for an answer.").waitFor();
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

journey("the staff set the terms, take their steps, offer workshops and note who came", async ({ server, open }) => {
  const { staff, campus } = await cohortOf(server);
  const olive = await person(server, "Olive Stern"), pia = await person(server, "Pia");
  const page = await open();
  await logIn(page, staff.email);
  await page.getByRole("link", { name: "Campus", exact: true }).click();
  await page.getByRole("link", { name: "Clients" }).click();
  await page.getByText("○ Nobody can apply").waitFor();
  await page.getByLabel("Take applications").check();
  await page.getByLabel("What organisations read").fill("Three weeks, free of charge.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("● Organisations can apply").waitFor();
  const { id } = await olive.call("POST", `v1/campuses/${campus.id}/clients`, { name: "Riverside Food Bank", about: "Shifts are on paper." });
  const other = await pia.call("POST", `v1/campuses/${campus.id}/clients`, { name: "Hill Library", about: "Nobody finds the books." });
  await page.getByRole("link", { name: "Riverside Food Bank" }).waitFor();
  await look(page, "clients");
  await page.getByRole("link", { name: "Riverside Food Bank" }).click();
  await page.getByText("The staff are next").waitFor();
  const step = async (/** @type {string} */ title, more = async () => {}) => {
    await page.getByRole("button", { name: title }).click();
    await more();
    await page.getByRole("dialog").getByRole("button", { name: title }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
  };
  await step("Tell them that it is read");
  await step("Invite to a workshop", () => page.getByLabel("Note", { exact: true }).fill("See you soon."));
  await page.getByText("See you soon.").waitFor();
  await page.getByText("The product owners are next").waitFor();
  await look(page, "client-staff");
  await page.getByRole("link", { name: "All clients" }).click();
  await page.getByRole("button", { name: "For the product owners" }).click();
  await page.getByRole("link", { name: "Riverside Food Bank" }).waitFor();

  await page.getByRole("link", { name: "Workshops" }).click();
  await page.getByRole("button", { name: "Offer a workshop" }).click();
  await page.getByLabel("Begins").fill(soon(5));
  await page.getByLabel("Ends").fill(soon(4));
  await page.getByRole("button", { name: "Save" }).click();
  await page.locator("#field-ends_at[aria-invalid]").waitFor();
  await page.getByLabel("Ends").fill(soon(5.1));
  await page.getByLabel("Place", { exact: true }).fill("Finsbury Park");
  await page.getByLabel("For how many clients").fill("3");
  await look(page, "workshop-add");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("3 of 3 free").waitFor();
  await page.getByRole("button", { name: "Change" }).click();
  await page.getByLabel("For how many clients").fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("2 of 2 free").waitFor();
  const { data: [{ id: workshop }] } = await olive.call("GET", `v1/clients/${id}/workshops`);
  await olive.call("PUT", `v1/clients/${id}/workshop`, { workshop_id: workshop });
  await page.getByRole("link", { name: "Riverside Food Bank" }).waitFor();
  await look(page, "workshops");
  await page.getByRole("button", { name: "Cancel the workshop" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Cancel the workshop" }).click();
  await page.getByText("No workshop has been offered yet.").waitFor();
  assert.equal((await olive.call("GET", `v1/clients/${id}`)).status, "invited");

  // Who came is noted once it has begun.
  const begins = Date.now() + 8_000;
  const soonest = await staff.call("POST", `v1/campuses/${campus.id}/client-workshops`, { starts_at: new Date(begins).toISOString(), ends_at: new Date(begins + 3_600_000).toISOString(), place: "Room 2", places: 2 });
  await staff.call("PUT", `v1/clients/${other.id}/status`, { status: "invited" });
  for (const [who, client] of /** @type {const} */ ([[olive, id], [pia, other.id]])) await who.call("PUT", `v1/clients/${client}/workshop`, { workshop_id: soonest.id });
  await staff.call("PUT", `v1/clients/${id}/status`, { status: "agreement_sent", url: "https://example.org/agreement" });
  await olive.call("PUT", `v1/clients/${id}/status`, { status: "agreement_signed" });
  await new Promise((resolve) => setTimeout(resolve, begins + 500 - Date.now()));
  await page.reload();
  await page.getByText("The agreement is not signed").waitFor();
  await look(page, "workshop-begun");
  await page.getByRole("button", { name: "They came: Riverside Food Bank" }).click();
  await page.getByText("✓ Came to the workshop").waitFor();
  await page.getByRole("button", { name: "They did not come: Hill Library" }).click();
  await shows(async () => (await pia.call("GET", `v1/clients/${other.id}`)).status, "invited");

  // What has waited too long is one tap away; here as if it had.
  await page.route("**/v1/me/attention", async (route) => {
    const response = await route.fetch(), json = await response.json();
    json.data[0].items.unshift({ kind: "client_waiting", title: "", detail: "", about: "Hill Library", href: `/v1/clients/${other.id}` });
    await route.fulfill({ response, json });
  });
  await page.getByRole("link", { name: "What needs me" }).click();
  await page.getByRole("listitem").filter({ hasText: "A client waits: Hill Library" }).getByRole("link", { name: "See the client" }).click();
  await page.getByRole("heading", { name: "Hill Library" }).waitFor();
});

journey("a cohort votes on products, teams are made from wishes, and one hands over", async ({ server, open }) => {
  const { staff, campus, cohort } = await cohortOf(server, 0);
  const at = `v1/cohorts/${cohort.id}`;
  await staff.call("PUT", `v1/campuses/${campus.id}/client-terms`, { open: true, answer_days: 7 });
  /** @type {string[]} */
  const clients = [];
  for (const [who, name] of /** @type {const} */ ([["Olive Stern", "Riverside Food Bank"], ["Pia Moss", "Hill Library"], ["Quinn Reed", "City Choir"]])) {
    const owner = await person(server, who);
    const { id } = await owner.call("POST", `v1/campuses/${campus.id}/clients`, { name, about: "We need it." });
    for (const status of ["invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received"]) await staff.call("PUT", `v1/clients/${id}/status`, { status, ...(status === "agreement_sent" ? { url: "https://example.org/agreement" } : {}), ...(status === "research_received" ? { note: "We know them." } : {}) });
    clients.push(id);
  }
  const { data: places } = await staff.call("GET", `${at}/enrolments?limit=100`);
  const students = [];
  for (const [index, name] of ["Amal Haddad", "Bea Novak", "Chidi Okafor"].entries()) {
    const who = await person(server, name);
    await who.call("POST", "v1/claims", { code: (await staff.call("POST", `${at}/enrolments/${places[index].person.id}/claim-links`)).code });
    students.push(who);
  }
  const page = await open();
  await logIn(page, staff.email);
  await visit(page, `cohorts/${cohort.id}/roster`);
  await page.getByRole("link", { name: "Products" }).click();
  await page.getByText("Nothing has been put up yet.").waitFor();
  for (const [index, name] of ["Riverside Food Bank", "Hill Library"].entries()) {
    await page.getByRole("button", { name: "Put up a product" }).click();
    await page.getByLabel("Client", { exact: true }).selectOption({ label: name });
    if (!index) await page.getByRole("button", { name: "Save" }).click();
    if (!index) await page.locator("dialog [aria-invalid]").waitFor();
    await page.getByLabel("What is to be built").fill(`Something for ${name}.`);
    if (!index) await look(page, "product-add");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText(`Something for ${name}.`).waitFor();
  }
  await page.getByRole("button", { name: "Remove: Hill Library" }).click();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await page.getByText("Something for Hill Library.").waitFor();
  await staff.call("PUT", `${at}/products/${clients[2]}`, { summary: "Something for City Choir.", url: "https://example.org/pitch" });
  await page.getByText("Something for City Choir.").waitFor();
  await page.getByRole("button", { name: "Open a ballot" }).click();
  await page.getByLabel("How many products are built").fill("2");
  await page.getByRole("dialog").getByRole("button", { name: "Open a ballot" }).click();
  await page.getByText("● Open").waitFor();
  await look(page, "products-ballot");

  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, students[0].email);
  await phone.getByRole("link", { name: "Products for clients" }).click();
  await phone.getByRole("button", { name: "Rank next: City Choir" }).click();
  // Whoever does not see the list is told, and goes on at what comes next.
  await shows(() => phone.locator("#said").textContent(), "Number 1: City Choir");
  await shows(() => phone.evaluate(() => document.activeElement?.textContent), "Send my vote");
  await phone.getByRole("button", { name: "Rank next: Riverside Food Bank" }).click();
  await phone.getByRole("button", { name: "Move up: Riverside Food Bank" }).press("Enter");
  await shows(() => phone.locator("#said").textContent(), "Number 1: Riverside Food Bank");
  // Once it is the first, once more takes nothing off the list.
  await phone.keyboard.press("Enter");
  await shows(() => phone.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Move up: Riverside Food Bank");
  await look(phone, "product-vote");
  await phone.getByRole("button", { name: "Send my vote" }).click();
  await phone.getByText("✓ Sent").waitFor();
  const ballot = (await staff.call("GET", `${at}/product-ballots`)).data[0];
  assert.deepEqual((await students[0].call("GET", `v1/product-ballots/${ballot.id}/votes/me`)).ranked, [clients[0], clients[2]]);
  for (const [index, first] of [[1, 0], [2, 1]]) await students[index].call("PUT", `v1/product-ballots/${ballot.id}/votes/me`, { ranked: [clients[first]] });
  await page.reload();
  await page.getByText("3 people have voted").waitFor();
  await page.getByRole("button", { name: "Count the votes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Count the votes" }).click();
  await page.getByText("✓ Counted").waitFor();
  await look(page, "products-counted");
  await page.getByText("How it was counted").click();
  await page.getByRole("row").filter({ hasText: "City Choir" }).getByText("✕ out").waitFor();

  await phone.getByRole("heading", { name: "What I would like to build" }).waitFor();
  await phone.getByRole("button", { name: "Rank next: Riverside Food Bank" }).click();
  await phone.getByRole("button", { name: "Send my wishes" }).click();
  await phone.getByText("✓ Sent").waitFor();
  await look(phone, "product-wish");
  await page.getByRole("button", { name: "Wishes", exact: true }).click();
  await page.getByText("1. Riverside Food Bank").waitFor();
  await page.getByRole("button", { name: "Suggest teams by the wishes" }).click();
  await page.getByText("Wish 1: 1").waitFor();
  const chooser = page.getByLabel("Team of Bea Novak");
  const wanted = await chooser.inputValue() === clients[0] ? clients[1] : clients[0];
  await chooser.selectOption(wanted);
  await look(page, "products-teams");
  await page.getByRole("button", { name: "Set these teams" }).click();
  await page.getByRole("button", { name: "Change the teams" }).waitFor();
  const { data: teams } = await staff.call("GET", `v1/product-ballots/${ballot.id}/teams`);
  assert(teams.find((/** @type {any} */ team) => team.client_id === wanted).members.some((/** @type {any} */ member) => member.person.name === "Bea Novak"));

  await phone.getByRole("heading", { name: "Hand-over" }).waitFor();
  for (const item of ["The product was demonstrated", "A README says", "What is still to be done", "The owners have the logins"]) {
    const ticked = phone.waitForResponse((response) => response.request().method() === "PUT" && response.ok());
    await phone.getByLabel(item, { exact: false }).check();
    await ticked;
  }
  await look(phone, "product-team");
  await visit(page, `clients/${clients[0]}`);
  await page.getByRole("button", { name: "Hand the product over" }).click();
  await page.getByText("Not all of the hand-over is done.", { exact: false }).waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Hand the product over" }).click();
  await page.getByRole("dialog").getByRole("alert").waitFor();
  await page.keyboard.press("Escape");
  await page.getByLabel("Faults that are known").check();
  await page.getByText("All of it is done.").waitFor();
  await page.getByRole("button", { name: "Hand the product over" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hand the product over" }).click();
  await page.getByText("✓ Product handed over").first().waitFor();

  // Whoever has built something is asked first whether they would like to go on with it, for pay, and is led there by the notice.
  const built = teams.find((/** @type {any} */ team) => team.members.some((/** @type {any} */ member) => member.person.name === "Amal Haddad")).client_id;
  const brief = await staff.call("POST", `v1/clients/${built}/briefs`, { title: "A second version", text: "As before.", rate: { amount: 25_000, currency: "GBP", per: "day" }, starts_on: "2099-04-01", people: 1 });
  await staff.call("PUT", `v1/briefs/${brief.id}/status`, { status: "open" }, { "If-Match": "*" });
  await phone.getByRole("link", { name: "Paid work" }).click();
  await phone.getByRole("link", { name: "A second version" }).click();
  await phone.getByText("You have the first refusal", { exact: false }).waitFor();
  await look(phone, "brief-reserved");
  await shows(async () => { await visit(phone, "week"); await visit(phone, "account/notices"); return phone.locator(`main a[href="#/briefs/${brief.id}"]`).count(); }, 1);
});
