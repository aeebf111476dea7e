// An organiser's campus: staff, members, days off, audit, closing, and a cohort’s timetable, events and checklists; numbers of students; approval.
import { caller, cohortOf, demoPassword, journey, logIn, look, person, shows, speak } from "./harness.mjs";

journey("an organiser invites staff, admits a member, adds a day off, reads the trail, and plans a week", async ({ server, open }) => {
  const password = demoPassword(server);
  const email = "rosa.lindqvist@example.org";
  const call = caller(server, (await caller(server, null)("POST", "v1/auth/login", { email, password })).access_token);
  const campus = (await call("GET", "v1/me")).roles[0].campus_id;
  await call("PATCH", `v1/campuses/${campus}`, { approves_members: true });
  const newcomer = caller(server, (await caller(server, null)("POST", "v1/auth/login", { email: "ahmad.shaheen@example.org", password })).access_token);
  await newcomer("PUT", `v1/campuses/${campus}/members/me`);
  const page = await open();
  await logIn(page, email, password);
  await page.getByRole("link", { name: "Campus" }).click();
  await page.getByRole("heading", { name: "FAC15" }).waitFor();

  await page.getByRole("link", { name: "Staff" }).click();
  await page.getByLabel("E-mail").fill("dana@example.org");
  await page.getByRole("button", { name: "Invite to the staff" }).click();
  await page.getByRole("button", { name: "Take back: dana@example.org" }).click();
  await page.getByRole("button", { name: "Take back: dana@example.org" }).waitFor({ state: "detached" });
  await page.getByLabel("Role of Tariq Mahmoud").selectOption("organiser");
  await page.getByRole("button", { name: "Undo" }).last().click();

  await page.getByRole("link", { name: "Members" }).click();
  await page.getByRole("button", { name: "Admit: Ahmad Shaheen" }).click();
  await page.getByText("Nobody is waiting.").waitFor();

  await page.getByRole("link", { name: "Days off" }).click();
  await page.getByLabel("Day", { exact: true }).fill("2027-01-01");
  await page.getByLabel("What it is").fill("New Year");
  await page.getByRole("button", { name: "Add a day off" }).click();
  await page.getByText("New Year").waitFor();

  await page.getByRole("link", { name: "Audit trail" }).click();
  await page.getByText("Add a day off", { exact: false }).or(page.getByText("day off", { exact: false })).first().waitFor();
  await page.getByLabel("To", { exact: true }).fill("2001-01-01");
  await page.getByText("Nothing was done in this time.").waitFor();
  await page.getByLabel("To", { exact: true }).fill("");
  await look(page, "campus");
  await speak(page, "fr");
  await page.getByText("Définir un jour de congé").first().waitFor();
  await speak(page, "en");

  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Close it" }).waitFor();
  await page.getByLabel("Language of its letters").selectOption("Français");
  await page.getByRole("button", { name: "Save" }).click();
  await shows(async () => (await call("GET", `v1/campuses/${campus}`)).language, "fr");
  await call("PATCH", `v1/campuses/${campus}`, { language: null });
  await page.getByRole("link", { name: "Cohorts" }).click();
  await page.getByRole("navigation", { name: "FAC15" }).getByRole("link", { name: "Timetable" }).click();
  await page.getByRole("button", { name: "Add a session" }).click();
  await page.getByLabel("Title").fill("Lunch talk");
  await page.getByLabel("Day", { exact: true }).selectOption("wed");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("button", { name: /^Lunch talk/ }).waitFor();
  await page.getByRole("button", { name: /^Call off: Check-in/ }).first().click();
  await page.getByRole("button", { name: /^Put back on: Check-in/ }).waitFor();
  await look(page, "plan");
  await page.getByRole("link", { name: "Checklists" }).click();
  await page.getByLabel("Publish the teams").check();
  await page.getByText("1 of 3").waitFor();
}, { demo: true });

journey("an organiser is told of students in numbers, and whoever runs the service approves the campus", async ({ server, open }) => {
  const { staff, campus } = await cohortOf(server);
  const page = await open();
  await logIn(page, staff.email);
  await page.evaluate((id) => { location.hash = `#/campuses/${id}/members`; }, campus.id);
  await page.getByRole("button", { name: "Count" }).click();
  await page.getByText("Nothing can be told yet", { exact: false }).waitFor();
  // Only years that are over are told, which no journey can wait for.
  await page.route("**/diversity?attribute=city", (route) => route.fulfill({ json: { data: [{ first_year: 2024, last_year: 2025, students: 21, counts: [{ value: "london", count: 12 }], untold: null }], page: { next_cursor: null, has_more: false } } }));
  await page.getByLabel("What is counted").fill("city");
  await page.keyboard.press("Enter");
  await page.getByText("2024–2025").waitFor();
  await page.getByText("london 12").waitFor();
  await shows(() => page.getByLabel("What is counted").inputValue(), "city");
  await look(page, "diversity");
  await page.getByRole("button", { name: "Log out" }).click();

  const runner = await person(server, "Noor Khalil");
  await server.run("grant-admin", runner.email);
  await logIn(page, runner.email);
  await page.getByRole("link", { name: "Campus" }).click();
  await page.getByRole("button", { name: "Approve: Founders London" }).click();
  await page.getByRole("button", { name: "Withdraw approval: Founders London" }).waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Approve: Founders London" }).waitFor();
  await shows(async () => (await staff.call("GET", `v1/campuses/${campus.id}`)).approved_at, null);
  await look(page, "campuses");
});
