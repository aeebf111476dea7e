/**
 * The main job, as a front-end developer meets it: from the first account to alumni who mentor the
 * next cohort. The compiler checks every path, field and problem code used here against the
 * document of the running server; running it checks that the document tells the truth.
 *
 * Usage: node main-job.js http://127.0.0.1:8080
 */
import assert from "node:assert/strict";
import { Caller, all, ok, problem, whole, type Schemas } from "./client.js";

const url = process.argv[2];
assert(url, "usage: main-job.js URL");

const password = "weaver lamp orbit";
const run = Date.now().toString(36);
const names = [
  "Amal", "Bea", "Chidi", "Dana", "Emre", "Farah", "Gwen", "Hassan",
  "Ines", "Jonas", "Khadija", "Liam", "Mona", "Noor", "Oskar", "Priya",
];

async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  console.log(`  ${what} (${Math.round(performance.now() - began)} ms)`);
  return result;
}

const address = (name: string): string => `${name.toLowerCase().replaceAll(" ", ".")}.${run}@example.org`;

interface Somebody {
  caller: Caller;
  id: string;
}

/** Opens an account and begins a session. */
async function somebody(name: string): Promise<Somebody> {
  const caller = new Caller(url as string);
  const email = address(name);
  const account = await ok(caller.api.POST("/v1/people", { body: { email, name, password } }));
  // Where the service sends mail, the account exists only once a mailed code was sent back.
  if (!("id" in account)) throw new Error("this service mails a code first");
  await caller.logIn(email, password);
  return { caller, id: account.id };
}

/** Every two people of a team, smaller id first. */
function pairs(team: { members: { person: { id: string } }[] }): string[] {
  const ids = team.members.map((member) => member.person.id).sort();
  return ids.flatMap((a, at) => ids.slice(at + 1).map((b) => `${a} ${b}`));
}

const organiser = await step("an account, a session, a new pair of tokens", async () => {
  const me = await somebody("Olga Organiser");
  const tokens = await me.caller.logIn(address("Olga Organiser"), password);
  assert.equal(tokens.token_type, "Bearer");
  const body = { email: address("Olga Organiser"), name: "Again", password };
  await problem("email_taken", me.caller.api.POST("/v1/people", { body }));
  const short = await problem("invalid_fields", me.caller.api.POST("/v1/people", { body: { ...body, password: "short" } }));
  assert.equal(short.errors?.[0]?.pointer, "/password");

  // Nine calls at once notice that the access token has ended, and share one renewal.
  me.caller.expire();
  const answers = await Promise.all(Array.from({ length: 9 }, () => ok(me.caller.api.GET("/v1/me"))));
  assert(answers.every((answer) => answer.id === me.id && answer.roles.length === 0));

  // A refresh token that comes again at once gives the same successor; once that was used, it ends the session.
  const loggedIn = await me.caller.logIn(address("Olga Organiser"), password);
  const refresh_token = loggedIn.refresh_token ?? "";
  const refresh = (token: string) => me.caller.api.POST("/v1/auth/refresh", { body: { refresh_token: token } });
  const successor = (await ok(refresh(refresh_token))).refresh_token ?? "";
  assert.equal((await ok(refresh(refresh_token))).refresh_token, successor);
  await ok(refresh(successor));
  await problem("invalid_refresh_token", refresh(refresh_token));
  await me.caller.logIn(address("Olga Organiser"), password);
  return me;
});
const { api } = organiser.caller;

const campus = await step("a campus, opened once by two requests with one Idempotency-Key", async () => {
  const body = {
    slug: `london-${run}`, name: "FAC London", city: "London", country: "United Kingdom",
    time_zone: "Europe/London", work_week: ["mon", "tue", "wed", "thu", "fri"],
  } satisfies Schemas["NewCampus"];
  const header = { "Idempotency-Key": `open-london-${run}` };
  const first = await whole(api.POST("/v1/campuses", { body, params: { header } }));
  assert.equal(first.response.status, 201);
  assert.equal(first.response.headers.get("Location"), `/v1/campuses/${first.data.id}`);
  const again = await whole(api.POST("/v1/campuses", { body, params: { header } }));
  assert.equal(again.response.headers.get("Idempotent-Replayed"), "true");
  assert.deepEqual(again.data, first.data);
  const other = { ...body, name: "Another" };
  await problem("idempotency_key_reused", api.POST("/v1/campuses", { body: other, params: { header } }));
  await problem("slug_taken", api.POST("/v1/campuses", { body }));
  return first.data;
});

await step("changes guarded by If-Match, reads spared by If-None-Match", async () => {
  const path = { id: campus.id };
  const seen = await whole(api.GET("/v1/campuses/{id}", { params: { path } }));
  const tag = seen.response.headers.get("ETag") ?? "";
  const unchanged = await api.GET("/v1/campuses/{id}", { params: { path, header: { "If-None-Match": tag } } });
  assert.equal(unchanged.response.status, 304);

  const change = (city: string) =>
    api.PATCH("/v1/campuses/{id}", { params: { path, header: { "If-Match": tag } }, body: { city } });
  const changed = await ok(change("London N1"));
  assert.equal(changed.version, campus.version + 1);
  await problem("precondition_failed", change("London N7"));
});

const programme = await step("a programme from the library", async () => {
  const library = await all((cursor) => api.GET("/v1/programmes", { params: { query: { library: true, ...cursor } } }));
  assert.deepEqual(library.map((one) => one.slug).sort(), ["fac-2018", "fac-2020", "fac-2022"]);
  const chosen = library.find((one) => one.slug === "fac-2018");
  assert(chosen);
  return ok(api.GET("/v1/programmes/{id}", { params: { path: { id: chosen.id } } }));
});

async function openCohort(slug: string, starts_on: string): Promise<Schemas["Cohort"]> {
  const body = { slug, name: slug.toUpperCase(), programme_id: programme.id, starts_on };
  return ok(api.POST("/v1/campuses/{id}/cohorts", { params: { path: { id: campus.id } }, body }));
}

async function move(cohort: Schemas["Cohort"], status: Schemas["CohortStatus"]): Promise<Schemas["Cohort"]> {
  return ok(api.PATCH("/v1/cohorts/{id}", { params: { path: { id: cohort.id } }, body: { status } }));
}

const cohort = await step("a cohort with dated weeks and their projects", async () => {
  const opened = await openCohort("fac14", "2026-01-05");
  assert.equal(opened.status, "planned");
  const { data: weeks } = await ok(api.GET("/v1/cohorts/{id}/weeks", { params: { path: { id: opened.id } } }));
  assert.equal(weeks.length, programme.weeks.length);
  assert.equal(weeks[0]?.starts_on, "2026-01-05");
  assert(weeks[0].project?.title, "the first week has a project");
  return move(opened, "running");
});

const students = await step("16 students join, are enrolled, and are read page by page", async () => {
  const people = await Promise.all(names.map((name) => somebody(name)));
  await Promise.all(
    people.map(({ caller }) => ok(caller.api.PUT("/v1/campuses/{id}/members/me", { params: { path: { id: campus.id } } }))),
  );
  const params = { path: { id: cohort.id } };
  for (const [at, { id }] of people.entries()) {
    const admission = await ok(api.POST("/v1/cohorts/{id}/enrolments", { params, body: { person_id: id, experience: at % 6 } }));
    assert("person" in admission && admission.status === "enrolled");
  }
  const twice = api.POST("/v1/cohorts/{id}/enrolments", { params, body: { person_id: people[0]?.id ?? "" } });
  await problem("already_enrolled", twice);

  const pages: number[] = [];
  const enrolments = await all((cursor) => {
    pages.push(pages.length);
    return api.GET("/v1/cohorts/{id}/enrolments", { params: { ...params, query: { limit: 5, ...cursor } } });
  });
  assert.equal(pages.length, 4);
  assert.deepEqual(enrolments.map((one) => one.person.name), names);
  return people;
});

const plan = await step("five weeks of teams in which nobody meets twice", async () => {
  const params = { path: { id: cohort.id } };
  const body = { from_week: 1, to_week: 5, team_size: { min: 4, max: 4 } };
  const { data, response } = await whole(api.POST("/v1/cohorts/{id}/team-plans", { params, body }));
  assert("rounds" in data, "a plan, not a job that forms one: that would have to be asked for");
  assert.equal(data.report.repeats, 0);
  const met = data.rounds.flatMap((round) => round.teams.flatMap(pairs));
  assert.equal(met.length, 120);
  assert.equal(new Set(met).size, 120, "everybody has met everybody, once");
  return { id: data.id, tag: response.headers.get("ETag") ?? "" };
});

await step("demands that contradict each other are named", async () => {
  const [a, b] = students;
  assert(a && b);
  const params = { path: { id: cohort.id } };
  const apart = { kind: "apart", people: [a.id, b.id] } satisfies Schemas["NewPairRule"];
  const rule = await ok(api.POST("/v1/cohorts/{id}/pair-rules", { params, body: apart }));
  const body = { from_week: 6, to_week: 6, locks: [{ week: 6, people: [a.id, b.id] }] };
  const refused = await problem("plan_infeasible", api.POST("/v1/cohorts/{id}/team-plans", { params, body }));
  assert("conflict" in refused && Array.isArray(refused.conflict) && refused.conflict.length === 2);
  await ok(api.DELETE("/v1/pair-rules/{id}", { params: { path: { id: rule.id } } }));
});

await step("publication: not without If-Match, and never over what somebody else changed", async () => {
  // The types ask for the header; a caller in a language without types may still leave it out.
  const publish = (tag?: string) => {
    const header = (tag === undefined ? {} : { "If-Match": tag }) as { "If-Match": string };
    return api.POST("/v1/team-plans/{id}/publication", { params: { path: { id: plan.id }, header }, body: {} });
  };
  await problem("precondition_required", publish());
  await problem("precondition_failed", publish('"999"'));
  const [somebodyElse] = students;
  await problem("not_found", somebodyElse?.caller.api.GET("/v1/team-plans/{id}", { params: { path: { id: plan.id } } }));
  const published = await ok(publish(plan.tag));
  assert.equal(published.status, "published");
});

await step("every student reads their team and its project, week by week", async () => {
  for (const { caller, id } of students) {
    const mates = new Set<string>();
    for (const number of [1, 2, 3, 4, 5]) {
      const path = { id: cohort.id, number };
      const week = await ok(caller.api.GET("/v1/cohorts/{id}/weeks/{number}/teams", { params: { path } }));
      assert(week.project?.title, "a project to build");
      const own = week.data.filter((team) => team.members.some((member) => member.person.id === id));
      assert.equal(own.length, 1);
      for (const member of own[0]?.members ?? []) mates.add(member.person.id);
    }
    assert.equal(mates.size, students.length);
  }
  const outsider = await somebody("Stranger");
  const path = { id: cohort.id, number: 1 };
  await problem("not_found", outsider.caller.api.GET("/v1/cohorts/{id}/weeks/{number}/teams", { params: { path } }));
});

await step("encounters as numbers and as a picture", async () => {
  const params = { path: { id: cohort.id } };
  const numbers = await ok(api.GET("/v1/cohorts/{id}/encounters", { params }));
  assert(typeof numbers === "object" && numbers.never_met === 0 && numbers.data.length === 120);
  const headers = { Accept: "image/svg+xml" };
  const picture = await ok(api.GET("/v1/cohorts/{id}/encounters", { params, headers, parseAs: "text" }));
  assert(picture.startsWith("<svg"));
});

await step("the cohort graduates and its students are alumni at once", async () => {
  await move(cohort, "graduated");
  const me = await ok((students[0] as Somebody).caller.api.GET("/v1/me"));
  assert(me.roles.some((role) => role.role === "alumnus" && role.cohort_id === cohort.id));
  await problem("invalid_transition", api.PATCH("/v1/cohorts/{id}", { params: { path: { id: cohort.id } }, body: { status: "planned" } }));
});

await step("alumni mentor the next cohort; who comes late waits in line and moves up", async () => {
  const next = await openCohort("fac15", "2031-01-06");
  const params = { path: { id: next.id } };
  const body = { week: 1, kind: "week", min: 2, capacity: 2 } satisfies Schemas["NewMentorSlot"];
  const slot = await ok(api.POST("/v1/cohorts/{id}/mentor-slots", { params, body }));
  const path = { id: slot.id };
  const signUp = (who: Somebody) => who.caller.api.POST("/v1/mentor-slots/{id}/sign-ups", { params: { path } });
  const [a, b, c, d] = students as [Somebody, Somebody, Somebody, Somebody];
  for (const mentor of [a, b]) assert.equal((await ok(signUp(mentor))).status, "confirmed");
  for (const [waiting, position] of [[c, 1], [d, 2]] as const) {
    const place = await ok(signUp(waiting));
    assert.deepEqual([place.status, place.position], ["waitlisted", position]);
  }
  await problem("already_signed_up", signUp(a));
  await problem("not_alumni", signUp(await somebody("Newcomer")));

  await ok(a.caller.api.DELETE("/v1/mentor-slots/{id}/sign-ups/me", { params: { path } }));
  const places = await all((query) => api.GET("/v1/mentor-slots/{id}/sign-ups", { params: { path, query } }));
  const standing = Object.fromEntries(places.map((place) => [place.person.id, place.status]));
  assert.deepEqual([standing[b.id], standing[c.id], standing[d.id]], ["confirmed", "confirmed", "waitlisted"]);

  const [slots] = await all((query) => api.GET("/v1/cohorts/{id}/mentor-slots", { params: { ...params, query } }));
  assert.deepEqual([slots?.confirmed, slots?.remaining, slots?.waitlisted], [2, 0, 1]);
  const covered = await ok(api.GET("/v1/cohorts/{id}/mentor-coverage", { params }));
  assert(typeof covered === "object");
  const coverage = covered.data;
  assert.deepEqual([coverage[0]?.wanted, coverage[0]?.confirmed, coverage[0]?.gap], [2, 2, 0]);
});

await step("logging out ends the session at once", async () => {
  const guest = await somebody("Guest");
  const tokens = await guest.caller.logIn(address("Guest"), password);
  await guest.caller.logOut();
  const headers = { Authorization: `Bearer ${tokens.access_token}` };
  await problem("invalid_token", guest.caller.api.GET("/v1/me", { headers }));
});
