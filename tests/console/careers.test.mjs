// Employers and graduates: a role that is written and approved, an introduction that its graduate agrees to, and what comes of it.
import assert from "node:assert/strict";
import { cohortOf, journey, logIn, look, person, shows } from "./harness.mjs";

const visit = (/** @type {import("playwright-core").Page} */ where, /** @type {string} */ path) => where.evaluate((path) => { location.hash = `#/${path}`; }, path);
const day = (/** @type {number} */ days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** Somebody who has graduated from the cohort. @param {import("./harness.mjs").Server} server @param {Awaited<ReturnType<typeof cohortOf>>} world @param {string} name */
async function graduate(server, { staff, cohort, campus }, name) {
  const who = await person(server, name);
  await who.call("PUT", `v1/campuses/${campus.id}/members/me`);
  const { data: [place] } = await staff.call("GET", `v1/cohorts/${cohort.id}/enrolments?limit=1`);
  await who.call("POST", "v1/claims", { code: (await staff.call("POST", `v1/cohorts/${cohort.id}/enrolments/${place.person.id}/claim-links`)).code });
  const plan = await staff.call("POST", `v1/cohorts/${cohort.id}/team-plans`, { from_week: 1, to_week: 1 });
  await staff.call("POST", `v1/team-plans/${plan.id}/publication`, {});
  const { data: teams } = await who.call("GET", `v1/cohorts/${cohort.id}/weeks/1/teams`);
  const own = teams.find((/** @type {any} */ team) => team.members.some((/** @type {any} */ member) => member.person.id === who.id));
  await who.call("POST", `v1/teams/${own.id}/submissions`, { repository_url: "https://example.org/code" });
  for (const status of ["running", "graduated"]) await staff.call("PATCH", `v1/cohorts/${cohort.id}`, { status });
  return who;
}

journey("a contact writes a role, a graduate agrees to be introduced, and the staff look after both", async ({ server, open }) => {
  const world = await cohortOf(server, 0), { staff, campus } = world;
  const amal = await graduate(server, world, "Amal Sayegh"), vera = await person(server, "Vera North");
  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, vera.email);
  await phone.getByRole("link", { name: "For employers" }).click();
  await phone.getByText("You act for no employer yet.", { exact: false }).waitFor();
  await look(phone, "employer-none");
  await phone.getByRole("button", { name: "Join: Founders London" }).click();
  await phone.getByText("✓ Joined").waitFor();
  const page = await open();
  await logIn(page, staff.email);
  // No cohort goes on any more.
  await page.getByRole("heading", { name: "Teams in three minutes" }).waitFor();
  await page.getByRole("link", { name: "Campus", exact: true }).click();
  await page.getByRole("link", { name: "Employers" }).click();
  await page.getByText("No employer has been added yet.").waitFor();
  await page.getByRole("button", { name: "Add an employer" }).click();
  await page.getByLabel("Name of the employer").fill("Northwind Software");
  await page.getByLabel("What it does").fill("Tickets for theatres.");
  await page.getByLabel("First day of the agreement").fill(day(30));
  await page.getByLabel("Last day of the agreement").fill(day(-30));
  const add = page.getByRole("dialog").getByRole("button", { name: "Add an employer" });
  await add.click();
  await page.locator("dialog [aria-invalid]").waitFor();
  await page.getByLabel("Last day of the agreement").fill(day(330));
  await look(page, "employer-add");
  await add.click();
  await page.getByRole("heading", { name: "Northwind Software" }).waitFor();
  const { data: [{ id }] } = await staff.call("GET", `v1/campuses/${campus.id}/employers`);
  await staff.call("PUT", `v1/employers/${id}/contacts/${vera.id}`);
  // The screen follows what the staff do.
  await phone.getByRole("link", { name: "Northwind Software" }).click();
  await phone.getByText("No role has been written yet.").waitFor();
  await look(phone, "employer");
  await phone.getByRole("button", { name: "Write a role" }).click();
  await phone.getByRole("button", { name: "Send it to the staff" }).click();
  await phone.locator("[aria-invalid]").first().waitFor();
  await phone.getByLabel("Title").fill("Junior developer");
  await phone.getByLabel("What there is to do").fill("You build the box office.");
  await phone.getByLabel("Place").fill("London");
  await phone.getByLabel("It pays at least").fill("30000.50");
  await phone.getByLabel("It pays at most").fill("36000");
  await phone.getByLabel("Currency").fill("gbp");
  await phone.getByLabel("Last day on which it is public").fill(day(60));
  await look(phone, "role-write");
  await phone.getByRole("button", { name: "Send it to the staff" }).click();
  await phone.getByText("◷ Waits for approval").waitFor();
  await phone.getByText("£30,000.50 to £36,000 a year", { exact: false }).waitFor();
  const { data: [role] } = await vera.call("GET", `v1/employers/${id}/roles`);
  assert.deepEqual(role.pay, { minimum: 3000050, maximum: 3600000, currency: "GBP", per: "year" });
  await phone.getByRole("link", { name: "Junior developer" }).click();
  await phone.getByText("The staff of the campus have to approve it first.").waitFor();
  await look(phone, "role-submitted");
  await phone.getByRole("button", { name: "Close it" }).click();
  await phone.getByRole("button", { name: "Submit it again" }).waitFor();
  await phone.getByRole("button", { name: "Undo" }).click();
  await phone.getByText("◷ Waits for approval").waitFor();

  // The staff approve it, and ask a graduate.
  await visit(page, `campuses/${campus.id}/employers`);
  await page.getByRole("link", { name: "Northwind Software" }).waitFor();
  await look(page, "employers-staff");
  await page.getByRole("link", { name: "Northwind Software" }).click();
  await page.getByText("Change this").click();
  await page.getByLabel("Its website").fill("https://example.org/northwind");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "example.org/northwind" }).waitFor();
  await page.getByRole("button", { name: "Remove: Vera North" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Remove: Vera North" }).waitFor();
  await page.getByLabel("Look for a member of the campus").fill("Amal");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Make a contact: Amal Sayegh" }).waitFor();
  await look(page, "employer-staff");
  await page.getByRole("link", { name: "Junior developer" }).click();
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("button", { name: "Ask a graduate" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Vera");
  await page.getByRole("dialog").getByRole("button", { name: "Search" }).click();
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.locator("dialog [aria-invalid]").waitFor();
  await page.getByRole("dialog").getByLabel("Name").fill("Amal");
  await page.getByRole("dialog").getByRole("button", { name: "Search" }).click();
  await page.getByLabel("What they are to know").fill("They look for somebody who likes maps.");
  await look(page, "introduction-ask");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  await page.getByRole("link", { name: "Amal Sayegh" }).waitFor();
  await look(page, "role-staff");

  // The employer learns of nobody who has not agreed.
  await phone.getByText("✓ Public").waitFor();
  await phone.getByText("Nobody yet.").waitFor();

  const hers = await open({ viewport: { width: 390, height: 844 } });
  await logIn(hers, amal.email);
  await hers.getByRole("link", { name: "My career" }).click();
  await hers.getByText("They look for somebody who likes maps.").waitFor();
  await hers.getByLabel("Who you are, in a line").fill("Developer who used to run a kitchen");
  await hers.getByLabel("Skills").fill("TypeScript\nSQL");
  await hers.getByLabel("Show in how many weeks I have mentored").check();
  await hers.getByRole("button", { name: "Save" }).click();
  await hers.getByText("Mentored in 0 weeks.").waitFor();
  await hers.getByRole("button", { name: "Delete the profile" }).click();
  await hers.getByRole("button", { name: "Undo" }).click();
  await shows(async () => (await amal.call("GET", "v1/me/career-profile")).skills, ["TypeScript", "SQL"]);
  await hers.reload();
  await hers.getByText("Mentored in 0 weeks.").waitFor();
  await hers.getByRole("button", { name: "Show some work" }).click();
  await hers.getByLabel("Number of the week").fill("2");
  await hers.getByRole("button", { name: "Show it" }).click();
  await hers.getByText("You were in no team that week", { exact: false }).waitFor();
  await look(hers, "career-work");
  await hers.getByLabel("Number of the week").fill("1");
  await hers.getByRole("button", { name: "Show it" }).click();
  await hers.getByRole("button", { name: "Remove: https://example.org/code" }).click();
  await hers.getByText("No work is shown.").waitFor();
  await hers.getByRole("button", { name: "Undo" }).last().click();
  await hers.getByRole("link", { name: "example.org/code" }).waitFor();
  await look(hers, "career");
  await hers.getByRole("button", { name: "Refuse" }).click();
  await hers.getByText("– Refused").waitFor();
  await hers.getByText("Agree", { exact: true }).first().click();
  await hers.getByLabel("Last day").fill(day(200));
  await hers.getByRole("button", { name: "Agree" }).click();
  await hers.locator("[aria-invalid]").waitFor();
  await hers.getByLabel("Last day").fill(day(20));
  await hers.getByRole("button", { name: "Agree" }).click();
  await hers.getByText("● Introduced").waitFor();
  await look(hers, "career-agreed");

  await phone.getByRole("link", { name: /^A graduate, since/ }).click();
  await phone.getByText("Developer who used to run a kitchen").waitFor();
  await phone.getByRole("link", { name: amal.email }).waitFor();
  await look(phone, "introduction");
  await phone.getByRole("button", { name: "There is an interview" }).click();
  await phone.getByRole("button", { name: "An offer was made" }).click();
  await phone.getByText("★ Offer made").waitFor();
  // Once consent is withdrawn everything of the graduate is gone; they may agree anew.
  await hers.getByRole("button", { name: "Withdraw consent" }).click();
  await phone.getByText("The profile is not shown any more", { exact: false }).waitFor();
  assert.equal(await phone.getByText("Amal").count(), 0);
  // Nor does the browser keep it.
  const kept = await phone.evaluate(async () => (await (await caches.open("seen-1")).keys()).map((one) => one.url));
  assert(kept.some((url) => url.endsWith("/v1/campuses?limit=20")) && !kept.some((url) => url.endsWith("/profile")), kept.join(" "));
  await look(phone, "introduction-gone");
  await hers.getByText("Agree", { exact: true }).first().click();
  await hers.getByRole("button", { name: "Agree" }).click();
  for (const does of ["There is an interview", "An offer was made"]) await phone.getByRole("button", { name: does }).click();
  await phone.getByRole("button", { name: "They are hired" }).click();
  await look(phone, "introduction-hired");
  await phone.getByRole("dialog").getByRole("button", { name: "They are hired" }).click();
  await phone.getByText("✓ Hired").waitFor();
  await hers.getByRole("link", { name: "What they see" }).click();
  await hers.getByText("Developer who used to run a kitchen").waitFor();

  // Organisers note what the employer owes, and that it was paid or is done without.
  await page.getByRole("link", { name: "Amal Sayegh" }).click();
  await page.getByLabel("Amount").waitFor();
  await look(page, "introduction-fee");
  await page.getByLabel("Amount").fill("4000");
  await page.getByLabel("Currency").fill("GBP");
  await page.getByLabel("To be paid by").fill(day(10));
  await page.getByRole("button", { name: "Note a referral fee" }).click();
  await page.getByRole("link", { name: "£4,000" }).waitFor();
  await page.getByText("Other days").click();
  await page.getByLabel("From", { exact: true }).fill(day(-5));
  await page.getByLabel("Until", { exact: true }).fill(day(20));
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByText(": 1 hire.", { exact: false }).waitFor();
  await look(page, "fees");
  await page.getByRole("button", { name: "Waive" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Waive" }).click();
  await page.locator("dialog [aria-invalid]").waitFor();
  await page.getByLabel("Why").fill("They left within the first month.");
  await look(page, "fee-waive");
  await page.getByRole("dialog").getByRole("button", { name: "Waive" }).click();
  await page.getByText("– Waived").waitFor();

  await visit(phone, "employers");
  await phone.getByRole("link", { name: "Northwind Software" }).waitFor();
  await look(phone, "employers");
  await phone.getByRole("link", { name: "Northwind Software" }).click();
  await phone.getByRole("button", { name: "Leave", exact: true }).click();
  await phone.getByRole("dialog").getByRole("button", { name: "Leave", exact: true }).click();
  await phone.getByText("You act for no employer yet.", { exact: false }).waitFor();
  await shows(async () => (await staff.call("GET", `v1/employers/${id}`)).contacts.length, 0);
});
