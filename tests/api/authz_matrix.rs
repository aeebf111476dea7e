//! Every operation × every role, by asking. The outcome is `docs/authz.md`; an operation without a
//! sample request here fails.

use std::sync::atomic::{AtomicI32, AtomicUsize, Ordering};

use peerled::primitives::Id;
use serde_json::{Value, json};
use ureq::http::Method;

use crate::harness::{Backend, Client, Fac, User, World, compare_with_file};

/// The people of the matrix, and a campus for each to be at home or a stranger in.
struct Stage {
    world: World,
    home: Fac,
    roles: Vec<(&'static str, Client)>,
    alumnus: User,
    next_week: AtomicI32,
    next_pair: AtomicUsize,
}

/// A request that is right in itself, so that only who asks decides.
struct Sample {
    path: String,
    body: Value,
    if_match: Option<String>,
}

fn at(path: impl Into<String>) -> Sample {
    Sample {
        path: path.into(),
        body: Value::Null,
        if_match: None,
    }
}

impl Sample {
    fn with(mut self, body: Value) -> Self {
        self.body = body;
        self
    }

    fn if_match(mut self, tag: &str) -> Self {
        self.if_match = Some(tag.into());
        self
    }
}

impl Stage {
    fn new(backend: Backend) -> Self {
        let world = World::start(backend);
        let home = world.fac(12, 9);
        let away = world.campus_with_cohort("away", 6, 8);
        let alumnus = world.alumnus(&home, "An Alumna");
        let client = |user: &User| (**user).clone();
        let roles = vec![
            ("nobody", world.nobody()),
            ("stranger", client(&world.person("A Stranger"))),
            ("student", client(&home.students[0])),
            ("student elsewhere", client(&away.students[0])),
            ("alumnus", client(&alumnus)),
            ("facilitator", client(&home.facilitator)),
            ("facilitator elsewhere", client(&away.facilitator)),
            ("organiser", client(&home.organiser)),
        ];
        Self {
            world,
            home,
            roles,
            alumnus,
            next_week: AtomicI32::new(5),
            next_pair: AtomicUsize::new(0),
        }
    }

    fn ask(&self, method: &str, sample: &Sample, who: &Client) -> &'static str {
        let method: Method = method.parse().unwrap();
        let who = match &sample.if_match {
            Some(tag) => who.with("If-Match", tag),
            None => who.clone(),
        };
        let answer = if sample.path.contains("/import") {
            who.send(
                method.clone(),
                &sample.path,
                Some("text/csv"),
                b"email,name\na@example.org,A\n".to_vec(),
            )
        } else {
            who.json(method.clone(), &sample.path, sample.body.clone())
        };
        match answer.status {
            401 => "401",
            403 => "403",
            404 => "404",
            500.. => panic!("{method} {}: {}", sample.path, answer.text),
            _ => "yes",
        }
    }
}

fn table(backend: Backend) -> String {
    let stage = Stage::new(backend);
    let names: Vec<&str> = stage.roles.iter().map(|(name, _)| *name).collect();
    let operations = peerled::routes::operations();
    let mut text = format!(
        "# Who may do what\n\n\
         Made by asking: every operation, every role, one request that is right in itself. `yes` means that who asks was not\n\
         what it failed for; `401`, `403` and `404` mean that it was. A test makes this table again and compares.\n\n\
         | operation | {} |\n|---|{}\n",
        names.join(" | "),
        "---|".repeat(names.len())
    );
    // Logging out comes last: the roles' sessions end with it.
    let (ends, others): (Vec<_>, Vec<_>) = operations
        .into_iter()
        .partition(|operation| operation.id() == "log_out");
    for operation in others.into_iter().chain(ends) {
        let outcomes: Vec<&str> = stage
            .roles
            .iter()
            .map(|(_, who)| {
                let method = operation.method().as_str();
                stage.ask(method, &stage.sample(method, operation.path()), who)
            })
            .collect();
        let (method, path) = (operation.method(), operation.path());
        text.push_str(&format!("| `{method} {path}` | {} |\n", outcomes.join(" | ")));
    }
    text
}

#[test]
fn matrix_on_sqlite() {
    compare_with_file("docs/authz.md", &table(Backend::Sqlite));
}

#[test]
fn matrix_on_postgres() {
    if let Some(backend) = Backend::postgres() {
        compare_with_file("docs/authz.md", &table(backend));
    }
}

/// What a request needs that does not exist yet is made by the organiser, anew for each role: one
/// role's success must not be another's 404.
impl Stage {
    fn sample(&self, method: &str, path: &str) -> Sample {
        let feature = path.split('/').nth(2).unwrap_or_default();
        match feature {
            "people" | "auth" | "me" => self.account(method, path),
            "campuses" => self.campus(method, path),
            "programmes" => self.programme(method, path),
            "cohorts" | "projects" => self.cohort(method, path),
            "invitations" | "pair-rules" => self.student(method, path),
            "team-plans" | "teams" => self.team(method, path),
            "mentor-slots" => self.mentor(method, path),
            "jobs" => self.job(path),
            _ => panic!("{method} {path} has no sample request in the authorisation matrix"),
        }
    }

    /// The path with its parameters filled in.
    fn fill(path: &str, parameters: &[(&str, &str)]) -> String {
        parameters.iter().fold(path.to_owned(), |path, (name, value)| {
            path.replace(&format!("{{{name}}}"), value)
        })
    }

    fn account(&self, method: &str, path: &str) -> Sample {
        match (method, path) {
            ("POST", "/v1/people") => at(path).with(json!({"email": "x@example.org", "name": "X", "password": "x"})),
            ("POST", "/v1/auth/login") => at(path).with(json!({"email": "x", "password": "x"})),
            ("POST", "/v1/auth/refresh") => at(path).with(json!({"refresh_token": "x"})),
            ("PATCH", "/v1/me") => at(path).with(json!({})),
            _ => at(path),
        }
    }

    fn campus(&self, method: &str, path: &str) -> Sample {
        let somebody = self.world.person(&format!("Member {}", Id::new()));
        let joined = path.contains("/staff/") || path.contains("/members/{person_id}");
        if joined {
            somebody.put(&format!("/v1/campuses/{}/members/me", self.home.campus), Value::Null);
        }
        if method == "DELETE" && path.contains("/staff/") {
            let place = format!("/v1/campuses/{}/staff/{}", self.home.campus, somebody.id);
            self.home.organiser.put(&place, json!({"role": "facilitator"})).is(204);
        }
        if method == "DELETE" && path.contains("/days-off/") {
            let place = format!("/v1/campuses/{}/days-off/2031-05-05", self.home.campus);
            self.home.organiser.put(&place, json!({"name": "May Day"})).is(204);
        }
        let id = if path.ends_with("/members/me") {
            self.open_campus()
        } else {
            self.home.campus.clone()
        };
        let elsewhere = if path.contains("{campus_id}") {
            self.open_campus()
        } else {
            String::new()
        };
        let filled = Self::fill(
            path,
            &[
                ("id", &id),
                ("person_id", &somebody.id),
                ("date", "2031-05-05"),
                ("campus_id", &elsewhere),
            ],
        );
        let slug = format!("s-{}", Id::new());
        match (method, path) {
            ("POST", "/v1/campuses") => at(filled).with(json!({
                "slug": slug, "name": "X", "city": "X", "country": "X", "time_zone": "Europe/London", "work_week": ["mon"],
            })),
            ("POST", _) => at(filled).with(json!({
                "slug": slug, "name": "X", "programme_id": self.programme_id(), "starts_on": "2031-01-06",
            })),
            ("PATCH", _) => at(filled).with(json!({"city": "London"})),
            ("PUT", path) if path.contains("/staff/") => at(filled).with(json!({"role": "facilitator"})),
            ("PUT", path) if path.contains("/days-off/") => at(filled).with(json!({"name": "May Day"})),
            _ => at(filled),
        }
    }

    /// A campus that everybody in the table has joined, the nobody excepted.
    fn open_campus(&self) -> String {
        let campus = self.world.campus_with_cohort(&format!("c-{}", Id::new()), 1, 0).campus;
        for (_, who) in &self.roles {
            who.put(&format!("/v1/campuses/{campus}/members/me"), Value::Null);
        }
        campus
    }

    fn programme_id(&self) -> String {
        let cohort = self
            .world
            .nobody()
            .get(&format!("/v1/cohorts/{}", self.home.cohort))
            .is(200);
        cohort.json["programme_id"].as_str().unwrap().into()
    }

    fn programme(&self, method: &str, path: &str) -> Sample {
        let filled = Self::fill(path, &[("id", &self.programme_id())]);
        let slug = format!("s-{}", Id::new());
        let campus = &self.home.campus;
        match (method, path) {
            ("POST", "/v1/programmes") => at(filled).with(json!({
                "campus_id": campus, "slug": slug, "name": "X", "roles": [],
                "weeks": [{"number": 1, "phase": "core", "topic": "X", "project": null}],
            })),
            ("POST", _) => at(filled).with(json!({"campus_id": campus, "slug": slug})),
            ("PATCH", _) => at(filled).with(json!({"name": "X"})),
            _ => at(filled),
        }
    }

    fn cohort(&self, method: &str, path: &str) -> Sample {
        let (cohort, organiser) = (&self.home.cohort, &self.home.organiser);
        let student = &self.home.students[1].id;
        let week = organiser.get(&format!("/v1/cohorts/{cohort}/weeks")).is(200).data()[0].clone();
        let id = if path.starts_with("/v1/projects") {
            week["project"]["id"].as_str().unwrap()
        } else {
            cohort
        };
        let filled = Self::fill(path, &[("id", id), ("number", "1"), ("person_id", student)]);
        let member = || {
            let somebody = self.world.person(&format!("Member {}", Id::new()));
            somebody
                .put(&format!("/v1/campuses/{}/members/me", self.home.campus), Value::Null)
                .is(204);
            somebody.id
        };
        if path.ends_with("/publication") {
            // The week has begun: who may take it back is told why it stays.
            self.published();
        }
        if path.contains("/absences/") && method == "DELETE" {
            organiser.put(&filled, json!({})).is(204);
        }
        let last = path.rsplit('/').next().unwrap();
        let body = match (method, last) {
            ("PUT", _) => json!({}),
            ("PATCH", "{id}") if path.starts_with("/v1/projects") => json!({"title": "X"}),
            ("PATCH", "{id}") => json!({"name": "X"}),
            ("PATCH", "{number}") => json!({"topic": "X"}),
            ("PATCH", _) => json!({"experience": 3}),
            ("POST", "enrolments") => json!({"person_id": member()}),
            ("POST", "pair-rules") => return self.pair_rule_sample(filled),
            ("POST", "team-plans") => {
                json!({"from_week": 2, "to_week": 2, "team_size": {"min": 3, "max": 4}, "effort": "quick"})
            }
            ("POST", "mentor-slots") => json!({"week": 1, "kind": "week", "min": 1, "capacity": 2}),
            _ => Value::Null,
        };
        at(filled).with(body)
    }

    /// A rule that is in no other's way: of a week in which no teams are formed here, for two students
    /// who have none yet. Who asks is not one of them.
    fn pair_rule_sample(&self, path: String) -> Sample {
        let others = &self.home.students[1..];
        let pairs = (0..others.len()).flat_map(|a| (0..a).map(move |b| [&others[a].id, &others[b].id]));
        let pair = pairs
            .cycle()
            .nth(self.next_pair.fetch_add(1, Ordering::Relaxed))
            .unwrap();
        at(path).with(json!({"kind": "apart", "people": pair, "from_week": 4, "to_week": 4}))
    }

    fn student(&self, _: &str, path: &str) -> Sample {
        let organiser = &self.home.organiser;
        let made = match path {
            "/v1/invitations/acceptances" => return at(path).with(json!({"token": "x"})),
            "/v1/invitations/{id}" => {
                let body = json!({"email": format!("i-{}@example.org", Id::new()), "name": "X"});
                let made = organiser
                    .post(&format!("/v1/cohorts/{}/enrolments", self.home.cohort), body)
                    .is(202);
                made.json["invitation"]["id"].as_str().unwrap().to_owned()
            }
            _ => {
                let rules = format!("/v1/cohorts/{}/pair-rules", self.home.cohort);
                organiser
                    .post(&rules, self.pair_rule_sample(rules.clone()).body)
                    .is(201)
                    .id()
            }
        };
        at(Self::fill(path, &[("id", &made)]))
    }

    /// A draft for one week: its answer and `ETag`.
    fn draft(&self, week: i32) -> (Value, String) {
        let plans = format!("/v1/cohorts/{}/team-plans", self.home.cohort);
        let body = json!({"from_week": week, "to_week": week, "team_size": {"min": 3, "max": 5}, "effort": "quick"});
        let made = self.home.organiser.post(&plans, body).is(201);
        let tag = made.header("etag").to_owned();
        (made.json, tag)
    }

    /// A published team in the first week, in which the student of the table is.
    fn published(&self) -> (Value, String) {
        let teams = format!("/v1/cohorts/{}/weeks/1/teams", self.home.cohort);
        let mut standing = self.home.organiser.get(&teams).is(200);
        if standing.data().is_empty() {
            let (plan, tag) = self.draft(1);
            let publication = format!("/v1/team-plans/{}/publication", plan["id"].as_str().unwrap());
            self.home
                .organiser
                .with("If-Match", &tag)
                .post(&publication, json!({}))
                .is(200);
            standing = self.home.organiser.get(&teams).is(200);
        }
        let holds = |team: &&Value| team["members"].to_string().contains(&self.home.students[0].id);
        let team = standing.data().iter().find(holds).unwrap().clone();
        let read = self
            .home
            .organiser
            .get(&format!("/v1/teams/{}", team["id"].as_str().unwrap()))
            .is(200);
        let tag = read.header("etag").to_owned();
        (team, tag)
    }

    fn team(&self, method: &str, path: &str) -> Sample {
        if path.starts_with("/v1/teams") {
            let (team, tag) = self.published();
            let filled = Self::fill(path, &[("id", team["id"].as_str().unwrap())]);
            return match (method, path.rsplit('/').next().unwrap()) {
                ("PATCH", _) => at(filled).with(json!({"deployed_url": "https://example.org"})),
                ("POST", "repairs") => at(filled).with(json!({"moves": [], "reason": "X"})).if_match(&tag),
                ("POST", _) => at(filled).with(json!({})),
                ("GET", "explanation") => at(format!("{filled}?person_id={}", self.home.students[0].id)),
                _ => at(filled),
            };
        }
        // A week is published once: each role gets one of its own.
        let week = if path.ends_with("/publication") {
            self.next_week.fetch_add(1, Ordering::Relaxed)
        } else {
            3
        };
        let (plan, tag) = self.draft(week);
        let filled = Self::fill(path, &[("id", plan["id"].as_str().unwrap())]);
        if path.contains("/trade-off") {
            self.find_trade_off(plan["id"].as_str().unwrap());
        }
        let teams = &plan["rounds"][0]["teams"];
        let person = |team: usize| teams[team]["members"][0]["person"]["id"].clone();
        let sample = match path.rsplit('/').next().unwrap() {
            "swaps" | "swap-previews" => at(filled).with(json!({"week": week, "people": [person(0), person(1)]})),
            "moves" => at(filled).with(json!({"week": week, "person_id": person(0), "to_team": teams[1]["id"]})),
            "publication" => at(filled).with(json!({})),
            "reruns" => at(filled).with(json!({"keep": [], "effort": "quick"})),
            "choice" => at(filled).with(json!({"point": 1})),
            "explanation" => at(format!("{filled}?person_id={}", person(0).as_str().unwrap())),
            _ => at(filled),
        };
        if method == "GET" { sample } else { sample.if_match(&tag) }
    }

    /// Has the curve of a draft found.
    fn find_trade_off(&self, plan: &str) {
        let path = format!("/v1/team-plans/{plan}/trade-off");
        self.home.organiser.post(&path, Value::Null).is(202);
        while self.home.organiser.get(&path).status != 200 {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// A job that has just ended: that there is nothing to cancel is not for want of a right.
    fn job(&self, path: &str) -> Sample {
        let (organiser, plans) = (
            &self.home.organiser,
            format!("/v1/cohorts/{}/team-plans", self.home.cohort),
        );
        let body = json!({"from_week": 3, "to_week": 3, "effort": "quick"});
        let made = organiser.with("Prefer", "respond-async").post(&plans, body).is(202);
        while organiser.get(made.header("location")).json["finished_at"].is_null() {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        at(Self::fill(path, &[("id", &made.id())]))
    }

    fn mentor(&self, method: &str, path: &str) -> Sample {
        let organiser = &self.home.organiser;
        let slots = format!("/v1/cohorts/{}/mentor-slots", self.home.cohort);
        let slot = organiser
            .post(&slots, json!({"week": 1, "kind": "week", "min": 0, "capacity": 20}))
            .is(201)
            .id();
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        if path.contains("/sign-ups/{person_id}") {
            self.alumnus.post(&sign_ups, Value::Null).is(201);
        }
        if path.ends_with("/sign-ups/me") {
            for (_, who) in &self.roles {
                who.post(&sign_ups, Value::Null);
            }
        }
        let filled = Self::fill(path, &[("id", &slot), ("person_id", &self.alumnus.id)]);
        match (method, path) {
            ("PATCH", "/v1/mentor-slots/{id}") => at(filled).with(json!({"capacity": 5})),
            ("PATCH", _) => at(filled).with(json!({"status": "attended"})),
            _ => at(filled),
        }
    }
}
