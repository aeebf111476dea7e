// My mentoring: take a place, give it up and take it back, offer it, wish, and what one gave; office hours, seen from both sides.
import { caller, demoPassword, journey, logIn, look, shows } from "./harness.mjs";

journey("a mentor finds a place, takes it, gives it up, takes it again and offers it to others", async ({ server, open }) => {
  const page = await open();
  await logIn(page, "abena.owusu@example.org", demoPassword(server));
  await page.getByRole("link", { name: "My mentoring" }).click();
  await page.getByRole("heading", { name: "Where mentors are wanted" }).waitFor();
  const giving = async () => { if (!(await page.locator("details").evaluate((one) => /** @type {HTMLDetailsElement} */ (one).open))) await page.locator("summary").click(); await page.getByRole("checkbox").nth(1).waitFor(); };
  await look(page, "mentoring", giving);
  await page.getByRole("button", { name: /^Take this place: Week 7/ }).first().click();
  await page.getByText("The place is yours. Thank you!").first().waitFor();
  const mine = page.getByRole("region", { name: "Coming up" });
  await mine.getByRole("heading", { name: /Week 7/ }).first().waitFor();
  await mine.getByRole("button", { name: /^Give up: Week 7((?!Office hours).)*$/ }).first().click();
  await page.getByRole("button", { name: "Take it again" }).click();
  await mine.getByRole("button", { name: /^Swap: Week 7((?!Office hours).)*$/ }).first().click();
  await page.getByRole("button", { name: "Offer my place" }).click();
  await page.getByText("Your place is on offer.").first().waitFor();
  await page.getByRole("button", { name: /My wishes for/ }).click();
  await page.getByLabel("Add a wish").selectOption({ index: 2 });
  await page.getByLabel("Add a wish").selectOption({ index: 1 });
  await page.getByRole("button", { name: /Move .* up/ }).nth(1).press("Enter");
  // Where it has come to is read out, inside the dialog.
  await shows(() => page.getByRole("dialog").getByRole("status").textContent(), /^1\. /);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved").first().waitFor();
  await giving();
  await page.getByLabel(/may thank me in public/).check();
}, { demo: true });

journey("a mentor offers office hours, a student books, each calls off, and staff find somebody for others", async ({ server, open }) => {
  const password = demoPassword(server);
  const staff = caller(server, (await caller(server, null)("POST", "v1/auth/login", { email: "rosa.lindqvist@example.org", password })).access_token);
  const cohort = (await staff("GET", "v1/cohorts?status=running")).data.find((/** @type {{ name: string }} */ one) => one.name === "FAC15");
  const [there] = (await staff("GET", `v1/cohorts/${cohort.id}/office-hours`)).data;
  const plan = await staff("POST", `v1/cohorts/${cohort.id}/team-plans`, { from_week: there.week, to_week: there.week });
  await staff("POST", `v1/team-plans/${plan.id}/publication`, {});
  /** So many days after the office hours of the demonstration. @param {number} days */
  const date = (days) => new Date(Date.parse(there.times[0].starts_at) + days * 86_400_000).toISOString().slice(0, 10);

  const page = await open();
  await logIn(page, "abena.owusu@example.org", password);
  await page.getByRole("link", { name: "My mentoring" }).click();
  await page.getByRole("link", { name: "Office hours: FAC15" }).click();
  await page.getByText("Aaliyah Johnson").waitFor();
  await page.getByRole("button", { name: "Offer office hours" }).click();
  await look(page, "office-hours-offer");
  await page.getByRole("dialog").getByRole("button", { name: "Offer office hours" }).click();
  await page.locator("[aria-invalid]").first().waitFor();
  await page.getByLabel("Day", { exact: true }).fill(date(-1));
  await page.getByLabel("How often", { exact: true }).selectOption("weekly");
  await page.getByLabel("From", { exact: true }).fill("10:00");
  await page.getByLabel("Until", { exact: true }).fill("11:00");
  await page.getByLabel("Place", { exact: true }).fill("The kitchen");
  await page.getByRole("dialog").getByRole("button", { name: "Offer office hours" }).click();
  await page.getByText(/^Students can book your office hours in \d+ weeks/).first().waitFor();
  const mine = page.getByRole("region", { name: /Tuesday.*10:00/ });
  await mine.first().waitFor();
  await look(page, "office-hours");

  const phone = await open({ viewport: { width: 390, height: 844 } });
  await logIn(phone, "aaliyah.johnson@example.org", password);
  await phone.getByRole("link", { name: "Office hours" }).first().click();
  await phone.getByRole("region", { name: /Wednesday/ }).getByRole("button", { name: /^Give back: / }).waitFor();
  await phone.getByLabel("Who comes", { exact: true }).selectOption("team");
  const offered = phone.getByRole("region", { name: /Tuesday.*10:00/ });
  await look(phone, "office-hours-student");
  await offered.getByRole("button", { name: /^Book: .*10:20/ }).press("Enter");
  await phone.getByText("The time is yours.").first().waitFor();
  await mine.getByText("Aaliyah Johnson").waitFor();
  await mine.getByRole("button", { name: /^Call off: .*10:20/ }).click();
  await offered.getByRole("button", { name: /^Book: .*10:20/ }).waitFor();
  await phone.getByLabel("Who comes", { exact: true }).selectOption("me");
  await offered.getByRole("button", { name: /^Book: .*10:40/ }).click();
  await offered.getByText("yours").waitFor();
  await offered.getByRole("button", { name: /^Give back: / }).click();
  await phone.locator(".toast", { hasText: "The time is free again." }).getByRole("button", { name: "Undo" }).click();
  await offered.getByText("yours").waitFor();
  await phone.getByRole("link", { name: "My week" }).first().click();
  await phone.getByRole("link", { name: "The next week" }).click();
  await shows(() => phone.locator("section", { has: phone.getByRole("heading", { name: "Mentors" }) }).getByRole("link", { name: "Office hours" }).count(), 2);
  await look(phone, "week-office-hours");
  await phone.goBack();
  await phone.goBack();

  await mine.getByText("Aaliyah Johnson").waitFor();
  await mine.getByRole("button", { name: /^Call them off: / }).click();
  await page.getByText("One time is booked.").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Call them off" }).click();
  await page.getByText("The office hours are called off.").first().waitFor();
  await offered.waitFor({ state: "detached" });
  await phone.getByRole("region", { name: /Wednesday/ }).waitFor();

  await page.getByRole("button", { name: "Log out" }).click();
  await logIn(page, "rosa.lindqvist@example.org", password);
  await page.evaluate((id) => { location.hash = `#/cohorts/${id}/mentors`; }, cohort.id);
  await page.getByRole("link", { name: "Office hours" }).click();
  await page.getByRole("button", { name: "Find a mentor for office hours" }).click();
  await page.getByLabel("Day", { exact: true }).fill(date(1));
  await page.getByLabel("What for", { exact: true }).selectOption("Finding work");
  await page.getByRole("dialog").getByRole("button", { name: "Find a mentor for office hours" }).click();
  const asked = page.getByRole("region", { name: /Thursday/ });
  await asked.getByText("Nobody holds them yet").waitFor();
  await asked.getByRole("button", { name: /^Hold them/ }).click();
  await asked.getByText("Rosa Lindqvist").waitFor();
  await asked.getByRole("button", { name: /^Call them off: / }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Call them off" }).click();
  await asked.waitFor({ state: "detached" });
}, { demo: true });
