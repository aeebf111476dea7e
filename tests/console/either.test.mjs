// A cohort's week on either database: work handed in on a phone, written without a network, seen by staff, and a mentor's place.
import assert from "node:assert/strict";
import { cohortOf, journey, logIn, person } from "./harness.mjs";

journey("a student hands in on a phone and writes without a network, staff see it, and a mentor takes a place", async ({ server, open }) => {
  const { staff, cohort } = await cohortOf(server, 0);
  const path = `v1/cohorts/${cohort.id}`;
  const amal = await person(server, "Amal Haddad");
  const { data: students } = await staff.call("GET", `${path}/enrolments?limit=100`);
  const place = students.find((/** @type {any} */ one) => one.person.name === amal.name);
  await amal.call("POST", "v1/claims", { code: (await staff.call("POST", `${path}/enrolments/${place.person.id}/claim-links`)).code });
  const plan = await staff.call("POST", `${path}/team-plans`, { from_week: 1, to_week: 1 });
  await staff.call("POST", `v1/team-plans/${plan.id}/publication`, {});
  await staff.call("POST", `${path}/mentor-slots`, { week: 2, kind: "week", min: 1, capacity: 2 });

  const phone = await open({ viewport: { width: 390, height: 844 }, serviceWorkers: "allow" });
  await logIn(phone, amal.email);
  await phone.getByText(/You: |Together for the first time/).first().waitFor();
  await phone.evaluate(() => navigator.serviceWorker.ready);
  await phone.getByRole("button", { name: /^Hand in/ }).click();
  await phone.getByLabel("Address of the code").fill("https://github.com/example/first");
  await phone.keyboard.press("Enter");
  await phone.getByText(/^Version 1 is handed in/).first().waitFor();
  await phone.context().setOffline(true);
  await phone.reload();
  await phone.getByText(/As of \d/).waitFor();
  await phone.getByRole("button", { name: /^Hand in/ }).click();
  await phone.getByLabel("Address of the code").fill("https://github.com/example/second");
  await phone.keyboard.press("Enter");
  await phone.getByRole("link", { name: /Waiting/ }).first().waitFor();
  await phone.reload();
  await phone.getByRole("link", { name: /Waiting/ }).first().waitFor();
  await phone.context().setOffline(false);
  await phone.getByText(/^Version 2, /).waitFor({ timeout: 40_000 });

  const desk = await open();
  await logIn(desk, staff.email);
  await desk.goto(`${server.url}/#/cohorts/${cohort.id}/work?week=1`);
  await desk.getByText("Version 2, ").waitFor();
  await desk.getByText("1 of 4 teams has handed in its work.").waitFor();
  assert.equal(await desk.getByRole("link", { name: "Code ↗" }).getAttribute("href"), "https://github.com/example/second");

  await desk.goto(`${server.url}/#/mentoring`);
  await desk.getByRole("button", { name: /^Take this place: Week 2/ }).click();
  await desk.getByText("The place is yours. Thank you!").first().waitFor();
  const { data: [slot] } = await staff.call("GET", `${path}/mentor-slots`);
  assert.equal((await staff.call("GET", `v1/mentor-slots/${slot.id}/sign-ups`)).data[0].person.id, staff.id);
});
