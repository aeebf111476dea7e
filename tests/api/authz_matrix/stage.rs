//! The people of the matrix: for each operation anew, so that what one did to somebody's standing is
//! not seen in the next row.

use std::cell::Cell;

use peerled::{primitives::Id, students::model::EnrolmentStatus, web::Operation};
use serde_json::{Value, json};

use crate::{
    careers, clients,
    harness::{Answer, Client, Fac, User, World},
};

/// A campus with a running cohort, and everybody who might ask.
pub struct Stage<'w> {
    pub world: &'w World,
    pub home: Fac,
    /// A campus that has nothing to do with it.
    pub away: Fac,
    pub roles: Vec<Role>,
    next_week: Cell<i32>,
}

/// Somebody with a standing, or nobody at all.
pub struct Role {
    pub name: &'static str,
    /// Its column.
    pub number: usize,
    pub client: Client,
    /// Nobody has none.
    pub user: Option<User>,
}

/// One stage for each operation that changes something, and one for a few reads.
pub struct Stages<S, F: FnMut(usize) -> S> {
    make: F,
    made: usize,
    latest: Option<S>,
    /// Reads that the latest can still be used for.
    reads: usize,
}

/// A sample may take up one of a stage's six weeks.
const READS: usize = 5;

impl<S, F: FnMut(usize) -> S> Stages<S, F> {
    /// `make` is told how many there were before.
    pub fn new(make: F) -> Self {
        Self {
            make,
            made: 0,
            latest: None,
            reads: 0,
        }
    }

    /// The one to ask for this operation on.
    pub fn of(&mut self, operation: &Operation) -> &S {
        let is_read = operation.method().is_safe();
        if !is_read || self.reads == 0 {
            self.another();
            self.reads = if is_read { READS } else { 1 };
        }
        self.reads -= 1;
        self.latest.as_ref().unwrap()
    }

    /// One that nothing was asked for on.
    pub fn another(&mut self) -> &S {
        let made = (self.make)(self.made);
        self.made += 1;
        self.latest.insert(made)
    }
}

impl<'w> Stage<'w> {
    pub fn new(world: &'w World, number: usize) -> Self {
        Self::with_students(world, number, 8)
    }

    /// With so many students in the cohort.
    pub fn with_students(world: &'w World, number: usize, students: usize) -> Self {
        let home = world.campus_with_cohort(&format!("home-{number}"), 6, students);
        let away = world.campus_with_cohort(&format!("away-{number}"), 1, 1);
        let named = |name: &str| format!("{name} {number}");
        let mentor = world.alumnus(&home, &named("Mentor"));
        let slots = format!("/v1/cohorts/{}/mentor-slots", home.cohort);
        let slot = json!({"week": 2, "kind": "week", "min": 0, "capacity": 1});
        let slot = home.organiser.post(&slots, slot).is(201).id();
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        // What students and mentors note ahead is not over, and a mentor sees inside a cohort about the time of their week.
        for week in [1, 2] {
            world.begin_week(&home, week, 0);
        }
        mentor.post(&sign_ups, Value::Null).is(201);
        let carer = world.person(&named("Carer"));
        let campus = format!("/v1/campuses/{}", home.campus);
        carer.put(&format!("{campus}/members/me"), Value::Null).is(204);
        home.organiser
            .put(&format!("{campus}/pastoral-carers/{}", carer.id), Value::Null)
            .is(204);
        let employer = careers::employer(&home);
        let users = [
            ("stranger", world.person(&named("Stranger"))),
            ("student", home.students[0].clone()),
            ("withdrawn student", withdrawn(world, &home, &named("Withdrawn"))),
            ("student elsewhere", away.students[0].clone()),
            ("alumna", world.alumnus(&home, &named("Alumna"))),
            ("mentor", mentor),
            ("pastoral carer", carer),
            ("product owner", product_owner(world, &home, &named("Owner"))),
            (
                "employer contact",
                careers::contact(world, &home, &employer, &named("Contact")),
            ),
            ("facilitator", home.facilitator.clone()),
            ("facilitator elsewhere", away.facilitator.clone()),
            ("organiser", home.organiser.clone()),
            ("administrator", world.administrator(&named("Administrator"))),
        ];
        let nobody = ("nobody", world.nobody(), None);
        let everybody = users.map(|(name, user)| (name, (*user).clone(), Some(user)));
        let roles = [nobody].into_iter().chain(everybody).enumerate();
        let roles = roles.map(|(number, (name, client, user))| Role {
            name,
            number,
            client,
            user,
        });
        Self {
            world,
            roles: roles.collect(),
            home,
            away,
            next_week: Cell::new(1),
        }
    }

    /// A path below the cohort.
    pub fn cohort(&self, rest: &str) -> String {
        format!("/v1/cohorts/{}{rest}", self.home.cohort)
    }

    /// A path below the campus.
    pub fn campus(&self, rest: &str) -> String {
        format!("/v1/campuses/{}{rest}", self.home.campus)
    }

    /// Reads as the organiser of the campus.
    pub fn read(&self, path: &str) -> Answer {
        self.home.organiser.get(path).is(200)
    }

    /// Makes something as the organiser of the campus.
    pub fn make(&self, path: &str, body: Value) -> Answer {
        let made = self.home.organiser.post(path, body);
        assert!([200, 201, 202].contains(&made.status), "{}", made.text);
        made
    }

    /// A week of the cohort that was not asked for before.
    pub fn another_week(&self) -> i32 {
        self.next_week.replace(self.next_week.get() + 1)
    }

    /// Somebody who plays no other part.
    pub fn somebody(&self) -> User {
        self.world.person(&format!("Somebody {}", Id::new()))
    }

    /// The same, who has joined the campus.
    pub fn member(&self) -> User {
        let somebody = self.somebody();
        somebody.put(&self.campus("/members/me"), Value::Null).is(204);
        somebody
    }

    /// A word that nobody else has.
    pub fn unique(&self) -> String {
        format!("x-{}", Id::new())
    }
}

fn withdrawn(world: &World, home: &Fac, name: &str) -> User {
    let user = world.person(name);
    world.enrol(home, &user, EnrolmentStatus::Withdrawn);
    user
}

/// Somebody who looks after a client of the campus.
fn product_owner(world: &World, home: &Fac, name: &str) -> User {
    let user = world.person(name);
    clients::open(home);
    clients::apply(home, &user);
    user
}
