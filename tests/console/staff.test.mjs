// Staff between two Mondays: what needs them, a repair, who met whom, balance against repeats.
import assert from "node:assert/strict";
import { cohortOf, journey, logIn, look, shows, weigh } from "./harness.mjs";

journey("somebody leaves, and the published teams are put right with a reason", async ({ server, open }) => {
  const { staff, campus, cohort } = await cohortOf(server);
  for (const week of [1, 2]) {
    const plan = await staff.call("POST", `v1/cohorts/${cohort.id}/team-plans`, { from_week: week, to_week: week });
    await staff.call("POST", `v1/team-plans/${plan.id}/publication`, {});
  }
  const { students } = await staff.call("GET", `v1/cohorts/${cohort.id}/board?week=1`);
  const leaver = students[0].person;
  await staff.call("PATCH", `v1/cohorts/${cohort.id}/enrolments/${leaver.id}`, { status: "withdrawn" });
  await staff.call("POST", `v1/campuses/${campus.id}/cohorts`, { name: "Autumn", slug: "autumn", programme_id: cohort.programme_id, starts_on: new Date(Date.parse(cohort.starts_on) + 26 * 7 * 86_400_000).toISOString().slice(0, 10) });
  const action = await staff.call("POST", `v1/cohorts/${cohort.id}/actions`, { text: "Book the large room" });
  const page = await open();
  await logIn(page, staff.email);
  // All cohorts at once, and what can be done where it stands.
  await page.getByRole("heading", { name: "What needs you" }).waitFor();
  await page.getByRole("region", { name: cohort.name }).getByText(`${leaver.name} has left`).first().waitFor();
  await page.getByRole("region", { name: "Autumn" }).getByText("Nothing needs you now").waitFor();
  await look(page, "cohorts");
  await page.getByRole("button", { name: "I’ll look after it: Book the large room" }).click();
  await page.getByText("Nobody looks after: Book the large room").waitFor({ state: "detached" });
  assert.equal((await staff.call("GET", `v1/actions/${action.id}`)).owner.id, staff.id);
  await page.locator(".toast", { hasText: "You look after it now." }).getByRole("button", { name: "Undo" }).click();
  await page.getByText("Nobody looks after: Book the large room").waitFor();
  await page.getByRole("link", { name: cohort.name }).click();
  await page.getByText(`${leaver.name} has left`).first().waitFor();
  await look(page, "needs");
  const { files, calls, bytes } = await weigh(page, async () => {
    await page.goto("about:blank");
    await page.goto(server.url);
    await page.getByText(`${leaver.name} has left`).first().waitFor();
  });
  assert.equal(files.length, 5, JSON.stringify(files));
  assert(bytes <= 57_000 && calls.length === 2, JSON.stringify({ bytes, calls }));
  await page.getByRole("link", { name: "Put right" }).first().click();
  await page.getByRole("heading", { name: "Put published teams right" }).waitFor();
  await page.getByLabel("Why?").waitFor();
  await look(page, "repairs");
  for (const week of [1, 2]) {
    await page.getByRole("heading", { name: `Week ${week}` }).waitFor();
    await page.getByRole("button", { name: "Make this repair" }).click();
    await page.locator("#field-reason[aria-invalid]").waitFor();
    await page.getByLabel("Why?").fill("She has found a job.");
    await page.getByRole("button", { name: "Make this repair" }).click();
    await page.getByText(`Week ${week} is put right.`).first().waitFor();
  }
  await page.getByRole("heading", { name: "No published teams need a repair" }).waitFor();
  const made = (await staff.call("GET", `v1/cohorts/${cohort.id}/team-repairs`)).data;
  assert.deepEqual(made.map((/** @type {any} */ repair) => [repair.first_week, repair.reason]), [[2, "She has found a job."], [1, "She has found a job."]]);
  for (const week of [1, 2]) {
    const { teams } = await staff.call("GET", `v1/cohorts/${cohort.id}/board?week=${week}`);
    assert(!JSON.stringify(teams).includes(leaver.id));
  }

  // The map names whoever has the focus, by arrow keys.
  await page.getByRole("link", { name: "Who met whom" }).click();
  await page.getByRole("grid").waitFor();
  await look(page, "met");
  await page.locator('td[tabindex="0"]').focus();
  await page.keyboard.press("ArrowDown");
  const { data: pairs, students: all } = await staff.call("GET", `v1/cohorts/${cohort.id}/encounters`);
  const both = pairs.some((/** @type {any} */ pair) => pair.people.every((/** @type {any} */ one) => [all[0].id, all[2].id].includes(one.id)));
  await page.locator(".said", { hasText: both ? /together in week/ : /have never been in one team/ }).waitFor();
  await shows(() => page.locator(".said").textContent(), new RegExp(all[2].name));
});

journey("balance is weighed against repeats on a slider, and taken back", async ({ server, open }) => {
  const { staff, cohort } = await cohortOf(server);
  const { data } = await staff.call("GET", `v1/cohorts/${cohort.id}/enrolments?limit=100`);
  for (const [at, enrolment] of data.entries()) {
    await staff.call("PATCH", `v1/cohorts/${cohort.id}/enrolments/${enrolment.person.id}`, { experience: at < 8 ? 5 : 0, attributes: { gender: at % 3 ? "m" : "w" } });
  }
  const plan = await staff.call("POST", `v1/cohorts/${cohort.id}/team-plans`, { from_week: 1, to_week: 5, team_size: { min: 4, max: 4 }, effort: "quick", seed: 1 });
  const page = await open();
  await logIn(page, staff.email);
  await page.goto(`${server.url}/#/cohorts/${cohort.id}/balance/${plan.id}`);
  const slider = page.getByRole("slider");
  await slider.or(page.getByText("There is nothing to weigh")).first().waitFor({ timeout: 60_000 });
  await look(page, "balance");
  await shows(() => slider.count(), 1, "these people leave something to weigh");
  const before = await staff.call("GET", `v1/team-plans/${plan.id}`);
  await slider.focus();
  await page.keyboard.press("End");
  await page.getByText("The draft has these teams now.").first().waitFor();
  const chosen = await staff.call("GET", `v1/team-plans/${plan.id}`);
  assert(chosen.version > before.version);
  assert(await slider.evaluate((one) => one === document.activeElement), "the slider keeps the focus while it is saved");
  await page.getByRole("button", { name: "Undo" }).first().click();
  await page.getByText("The draft is as it was.").first().waitFor();
  const back = await staff.call("GET", `v1/team-plans/${plan.id}`);
  assert.deepEqual(back.rounds, before.rounds);
});

journey("a search that goes on is stopped, and another one made", async ({ server, open }) => {
  const { staff, cohort } = await cohortOf(server);
  const search = () => staff.call("POST", `v1/cohorts/${cohort.id}/team-plans`, { from_week: 2, to_week: 12, effort: "thorough" });
  const page = await open();
  await logIn(page, staff.email);
  // The page does not hear that the search has ended while it is looked at.
  let go = () => {};
  const looked = new Promise((resolve) => { go = () => resolve(undefined); });
  await page.route("**/v1/jobs/*", (route) => looked.then(() => route.continue()));
  await search();
  await page.goto(`${server.url}/#/cohorts/${cohort.id}/weeks/1`);
  await page.getByText("The search goes on.").waitFor();
  await look(page, "board-searching");
  go();
  // A thorough search takes up to five minutes where others use the machine too.
  await page.getByText("The search goes on.").waitFor({ state: "detached", timeout: 420_000 });
  await page.unrouteAll();
  // Thirty in fours over eleven weeks take a while; sixteen do not.
  await staff.call("POST", `v1/cohorts/${cohort.id}/enrolments/import`, `name\n${Array.from({ length: 14 }, (_, at) => `Student ${at + 17}`).join("\n")}`);
  await search();
  await page.reload();
  await page.getByText("The search goes on.").waitFor();
  await page.getByRole("button", { name: "Stop it" }).click();
  await page.getByText("The search was stopped.", { exact: false }).first().waitFor();
  const last = async () => (await staff.call("GET", `v1/cohorts/${cohort.id}/jobs`)).data[0].status;
  assert.equal(await last(), "cancelled");
  await page.getByLabel("Search thoroughly, for up to five minutes").check();
  // What is busy can still be read.
  let form = () => {};
  const seen = new Promise((resolve) => { form = () => resolve(undefined); });
  await page.route("**/team-plans", (route) => seen.then(() => route.continue()));
  await page.getByRole("button", { name: "Form teams" }).click();
  await page.getByRole("button", { name: "Forming teams…" }).waitFor();
  await look(page, "board-forming");
  form();
  await page.getByRole("link", { name: "Publish" }).waitFor();
  assert.equal(await last(), "succeeded");
});
