// Values for the requests that the page prefills: ids of what there is on this server, found by
// listing it with the caller's token. What cannot be found stays as the document has it.
"use strict";

const examples = (() => {
  const answers = new Map();

  // What a GET answers, or nothing if it is refused. Each is asked once with each token.
  function look(path) {
    const token = sessionStorage.getItem("token"), key = `${token} ${path}`;
    const ask = async () => {
      const headers = token ? { Authorization: `Bearer ${token}` } : {};
      const response = await fetch(base + path, { headers, credentials: "omit" });
      return response.ok ? response.json() : undefined;
    };
    if (!answers.has(key)) answers.set(key, ask().catch(() => undefined));
    return answers.get(key);
  }
  const list = async (path) => (path.includes("undefined") ? [] : (await look(path))?.data || []);
  const first = async (path) => (await list(path))[0];

  const cohort = async () => (await first("/v1/cohorts?status=running")) || first("/v1/cohorts");
  const cohortId = async () => (await cohort())?.id;
  const campusId = async () => (await cohort())?.campus_id || (await first("/v1/campuses"))?.id;
  const inCohort = async (path) => list(`/v1/cohorts/${await cohortId()}/${path}`);
  const enrolled = () => inCohort("enrolments?status=enrolled&limit=100");
  const students = async () => (await enrolled()).map(({ person }) => person.id);
  // Claim links are for those who have no account yet.
  const unclaimed = async () => (await enrolled()).find(({ person }) => !person.claimed)?.person.id;
  const today = () => new Date().toISOString().slice(0, 10);
  // The week after this one: what is planned, and what can still be changed.
  async function nextWeek() {
    const weeks = (await inCohort("weeks")).filter(({ phase }) => phase !== "reading");
    return (weeks.find(({ starts_on }) => starts_on > today()) || weeks.at(-1))?.number;
  }
  const publishedTeam = async () => {
    for (let week = await nextWeek(); week > 0; week -= 1) {
      const [team] = await inCohort(`weeks/${week}/teams`);
      if (team) return team;
    }
    return undefined;
  };
  // Of a week before the next, for which the page opens one.
  const retro = async () => {
    for (let week = (await nextWeek()) - 1; week > 0; week -= 1) {
      const [found] = await inCohort(`weeks/${week}/retros`);
      if (found) return found;
    }
    return undefined;
  };
  const slot = async () => (await inCohort(`mentor-slots?week=${await nextWeek()}`))[0];
  // Attendance is noted of what has begun: the cohort's first slot.
  const walk = async () => { const [one] = await inCohort("walks"); return one && { id: one.slot_id }; };
  // Office hours with a time that is booked.
  const isBooked = ({ booked }) => booked;
  const hours = async () => (await inCohort("office-hours")).find(({ times }) => times.some(isBooked));
  const hoursSlot = async () => { const found = await hours(); return found && { id: found.slot_id }; };
  const slotOf = ({ id, path }) =>
    path.includes("/times/") ? hoursSlot() : id.includes("walk") ? walk() : id === "mark_sign_up" ? inCohort("mentor-slots").then((all) => all[0]) : slot();
  // A draft if there is one, else any plan.
  async function plan() {
    const id = ((await inCohort("team-plans?status=draft"))[0] || (await inCohort("team-plans"))[0])?.id;
    return id && look(`/v1/team-plans/${id}`);
  }
  const round = async () => (await plan())?.rounds.find(({ published_at }) => !published_at);
  // The teams of that round, the largest first: whom it can spare, and who can take one more.
  const bySize = async () => [...((await round())?.teams || [])].sort((a, b) => b.members.length - a.members.length);

  // Somebody of the largest team whom no pair rule keeps there.
  async function spared() {
    const bound = (await inCohort("pair-rules")).flatMap(({ people }) => people.map(({ id }) => id));
    const [largest] = await bySize();
    return largest?.members.find(({ person }) => !bound.includes(person.id))?.person.id;
  }

  // A review of the last week that has any.
  async function codeReview() {
    const begun = (await inCohort("weeks")).filter(({ starts_on }) => starts_on <= today());
    for (const { number } of begun.reverse()) {
      const [review] = await inCohort(`weeks/${number}/code-reviews`);
      if (review) return review.id;
    }
    return undefined;
  }

  // The cohort that people apply to.
  const intakeCohort = async () => (await first("/v1/intakes"))?.cohort_id;
  const inIntake = async (path) => list(`/v1/cohorts/${await intakeCohort()}/${path}`);
  const isOfIntake = ({ path }) => /\/(intake|admission|application|interview)/.test(path);

  const employer = async () => look(`/v1/employers/${(await first(`/v1/campuses/${await campusId()}/employers`))?.id}`);
  const rolesOf = async (status) => list(`/v1/employers/${(await employer())?.id}/roles?status=${status}`);
  const workshop = async () => first(`/v1/campuses/${await campusId()}/client-workshops`);
  const graduate = async () => {
    const before = (await list(`/v1/cohorts?status=graduated&campus_id=${await campusId()}`))[0]?.id;
    // Not the first ones, who have been introduced.
    return (await list(`/v1/cohorts/${before}/enrolments?limit=100`)).at(-1)?.person.id;
  };

  // What the `{id}` behind each collection stands for.
  const ids = {
    campuses: campusId,
    programmes: async () => ((await first(`/v1/programmes?campus_id=${await campusId()}`)) || (await first("/v1/programmes")))?.id,
    cohorts: (entry) => (isOfIntake(entry) ? intakeCohort() : cohortId()),
    // Whoever stands aside from one goes on with another.
    applications: async ({ id }) =>
      (await inIntake("applications?status=submitted")).at(/stand_aside|recusal/.test(id) ? -1 : 0)?.id,
    "interview-slots": async () => (await inIntake("interview-slots"))[0]?.id,
    projects: async () => (await inCohort("weeks")).find(({ project }) => project)?.project.id,
    "team-plans": async () => (await plan())?.id,
    teams: async () => (await publishedTeam())?.id,
    "mentor-slots": async (entry) => (await slotOf(entry))?.id,
    jobs: async () => (await inCohort("jobs"))[0]?.id,
    invitations: async () => (await inCohort("invitations?status=pending"))[0]?.id,
    clients: async () => (await first(`/v1/campuses/${await campusId()}/clients`))?.id,
    "client-workshops": async () => (await workshop())?.id,
    "client-links": async () => (await first(`/v1/clients/${await ids.clients()}/links`))?.id,
    "demo-days": async () => (await inCohort("demo-days"))[0]?.id,
    "product-ballots": async () => (await inCohort("product-ballots"))[0]?.id,
    employers: async () => (await employer())?.id,
    roles: async ({ id }) => (await rolesOf(id === "set_employer_role_status" ? "submitted" : "published"))[0]?.id,
    introductions: async () => (await first(`/v1/roles/${(await rolesOf("published"))[0]?.id}/introductions`))?.id,
    "referral-fees": async () => (await first(`/v1/campuses/${await campusId()}/referral-fees`))?.id,
    briefs: async () => (await first(`/v1/campuses/${await campusId()}/briefs`))?.id,
    "owner-invitations": async () => (await first(`/v1/clients/${await ids.clients()}/owner-invitations`))?.id,
    "staff-invitations": async () => (await first(`/v1/campuses/${await campusId()}/staff-invitations`))?.id,
    "pair-rules": async () => (await inCohort("pair-rules"))[0]?.id,
    // Whoever tries to end a session does not want to end their own.
    sessions: async (entry) => (await list("/v1/me/sessions")).find(({ current }) => current !== (entry.id === "end_session"))?.id,
    people: async () => (await look("/v1/me"))?.id,
    retros: async () => (await retro())?.id,
    "retro-items": async () => (await look(`/v1/retros/${(await retro())?.id}`))?.items[0]?.id,
    actions: async () => (await inCohort("actions"))[0]?.id,
    discoveries: async () => (await inCohort("discoveries"))[0]?.id,
    submissions: async () => (await first(`/v1/teams/${(await publishedTeam())?.id}/submissions`))?.id,
    "code-reviews": codeReview,
    "review-issues": async () => (await first(`/v1/code-reviews/${await codeReview()}/issues`))?.id,
    notifications: async () => (await first("/v1/me/notifications"))?.id,
    "checklist-templates": async () => (await first(`/v1/campuses/${await campusId()}/checklist-templates`))?.id,
    checklists: async () => (await inCohort("checklists")).at(-1)?.id,
    "checklist-items": async () => (await inCohort("checklists")).at(-1)?.items[0].id,
    "pastoral-notes": async () => (await inCohort("pastoral-flags"))[0]?.id,
    webhooks: async () => (await first(`/v1/campuses/${await campusId()}/webhooks`))?.id,
    "webhook-deliveries": async () => (await first(`/v1/webhooks/${await ids.webhooks()}/deliveries`))?.id,
    // The one that goes on, at which one can check in.
    events: async () => ((await inCohort("events?kind=studio"))[0] || (await inCohort("events"))[0])?.id,
    "calendar-feeds": async () => (await first("/v1/me/calendar-feeds"))?.id,
    "api-tokens": async () => (await first("/v1/me/api-tokens"))?.id,
  };
  const newestMember = async () => (await list(`/v1/campuses/${await campusId()}/members?limit=100`)).at(-1)?.person.id;
  const personIn = {
    members: newestMember,
    staff: newestMember,
    "pastoral-carers": newestMember,
    contacts: async ({ id }) => (id === "remove_employer_contact" ? (await employer())?.contacts[0]?.id : newestMember()),
    owners: async () => (await look(`/v1/clients/${await ids.clients()}`))?.owners[0]?.id,
    "admission-panel": async () => (await list(`/v1/campuses/${await campusId()}/staff`)).at(-1)?.person.id,
    recusals: async () => (await look("/v1/me"))?.id,
    "sign-ups": async (entry) => (await first(`/v1/mentor-slots/${(await slotOf(entry))?.id}/sign-ups`))?.person.id,
  };

  const clientIn = {
    products: async () => (await inCohort("products"))[0]?.client_id,
    clients: async () => (await inCohort("products"))[0]?.client_id,
    answers: async () => (await inCohort("demo-days"))[0]?.clients[0]?.id,
    attendances: async () => (await workshop())?.clients[0]?.id,
  };

  // A value for a parameter of an operation.
  async function parameter(entry, { name, in: place, required, schema }) {
    const parts = entry.path.split("/");
    if (name === "id") return ids[parts[parts.indexOf("{id}") - 1]]?.(entry);
    if (name === "number" && parts.includes("times")) return (await hours())?.times.find(isBooked).number;
    if (name === "number") return nextWeek();
    if (name === "campus_id" && place === "path")
      return campusId().then(async (own) => (await list("/v1/campuses")).find(({ id }) => id !== own)?.id);
    if (name === "client_id" && place === "path") return clientIn[parts[parts.indexOf("{client_id}") - 1]]?.();
    if (name === "person_id" && place === "path") {
      const of = parts[parts.indexOf("{person_id}") - 1];
      if (entry.id === "create_claim_link") return unclaimed();
      // Not the first, whom the demonstration lets one log in as.
      return (personIn[of] || (async () => (await students()).at(-1)))(entry);
    }
    if (name === "person_id" && parts.includes("teams"))
      return publishedTeam().then((team) => team?.members[0].person.id);
    if (name === "person_id" && required) return students().then((all) => all[0]);
    if (name === "attribute" && required) return "gender";
    if (name === "use") return "team_balance";
    if (name === "date" && parts.includes("absences"))
      return nextWeek().then(async (next) => (await inCohort("weeks")).find(({ number }) => number === next)?.starts_on);
    if (name === "date") return `${new Date().getFullYear() + 1}-05-04`;
    if (name === "If-Match" && required) return "*";
    return required ? schema?.examples?.[0] : undefined;
  }

  // A repair that lets two people of a published round change teams.
  async function moves() {
    const team = await publishedTeam();
    const teams = team ? await inCohort(`weeks/${team.first_week}/teams`) : [];
    if (teams.length < 2) return undefined;
    const move = (from, to) => ({ person_id: from.members[0].person.id, from_team: from.id, to_team: to.id });
    return [move(teams[0], teams[1]), move(teams[1], teams[0])];
  }

  // Values for the fields of a body that hold ids or weeks, by their names.
  const fields = {
    campus_id: campusId,
    template_id: async () => (await first(`/v1/campuses/${await campusId()}/checklist-templates`))?.id,
    programme_id: async () => (await first("/v1/programmes?library=true"))?.id,
    // An introduction comes with a message.
    person_id: (example) => ("message" in example ? graduate() : spared()),
    employer_id: async () => (await employer())?.id,
    role_id: async () => (await rolesOf("published"))[0]?.id,
    workshop_id: async () => (await workshop())?.id,
    // Of those who would like to do paid work.
    members: async () =>
      (await list(`/v1/briefs/${await ids.briefs()}/interests`)).filter(({ interested }) => interested).map(({ person }) => person.id),
    teams: async () => (await round())?.teams.map(({ members }) => members.map(({ person }) => person.id)),
    version: async () => (await plan())?.version,
    ranked: async () => (await slot()) && [(await slot()).id],
    to_team: async () => (await bySize()).at(-1)?.id,
    moves,
    refresh_token: async () => sessionStorage.getItem("refresh_token") || undefined,
    week: async () => (await round())?.first_week ?? nextWeek(),
    from_week: nextWeek,
    to_week: async () => (await nextWeek()) + 1,
    weeks: async () => { const one = await round(); return one && [one.first_week]; },
    opens_at: async () => new Date(Date.now() - 7 * 86400000).toISOString(),
    closes_at: async () => new Date(Date.now() + 21 * 86400000).toISOString(),
    expires_on: async () => new Date(Date.now() + 30 * 86400000).toISOString().slice(0, 10),
    number: async () => (await inCohort("weeks")).length + 1,
    people: async () => (await round())?.teams.slice(0, 2).map(({ members }) => members[0].person.id) ||
      (await students()).slice(0, 2),
  };

  // The example of a body with the values that this server has.
  async function body(example) {
    if (!example || typeof example !== "object" || Array.isArray(example)) return example;
    const entries = Object.entries(example).map(async ([name, value]) => {
      // Weeks are numbers of a plan's weeks, or the weeks of a programme, which stay as they are.
      // What is ranked is a list of ids, of which the example has made up all.
      // How many people are looked for is a number.
      // Teams that build something are more than lists of people.
      const isOwn = name === "ranked" ? false : name === "people" ? !Array.isArray(value) : name === "weeks" ? typeof value[0] === "object"
        : name === "teams" ? !Array.isArray(value[0]) : typeof value === "object" && !Array.isArray(value);
      const real = isOwn ? undefined : await fields[name]?.(example);
      return [name, real ?? value];
    });
    return Object.fromEntries(await Promise.all(entries));
  }

  // What was found holds until something is changed.
  const forget = () => answers.clear();

  return { parameter, body, forget };
})();
