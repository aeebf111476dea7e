//! A cohort from before its first day to its graduation, with everybody who takes part, over HTTP alone: people miss
//! weeks, leave and come late, mentors change places and do not turn up, and each week the power goes. What must never
//! happen is looked for all along, and in the database at the end.

mod checks;
mod mentors;
mod service;
mod week;

use std::path::PathBuf;

use chrono::{Datelike, Days, NaiveDate, NaiveTime, TimeDelta};
use peerled::primitives::{Instant, time::TimeZone};
use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use self::service::{Person, Service};
use crate::{postgres::Cluster, process::text};

/// What everything that is left to chance is drawn from, but for the moment at which the power goes.
const SEED: u64 = 14;

const MENTORS: usize = 14;
const STUDENTS: usize = 16;
/// The student who leaves, and in which week.
const LEAVER: (usize, i32) = (3, 6);
/// The week in which somebody comes late.
const LATE: i32 = 4;

/// Everybody who takes part.
struct Cohort {
    service: Service,
    rng: ChaCha8Rng,
    facilitator: Person,
    students: Vec<Person>,
    mentors: Vec<Person>,
    campus: String,
    id: String,
    starts_on: NaiveDate,
    /// What the facilitator's telephone knows of all that has changed.
    phone: checks::Phone,
    /// What was done and acknowledged.
    done: checks::Done,
}

impl Cohort {
    fn open(service: Service) -> Self {
        let [organiser, facilitator] = ["Olga", "Farid"].map(|name| service.person(name));
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let campus = service.post(&organiser, "/v1/campuses", campus).is(201).id();
        let join = |person: &Person| {
            service
                .put(person, &format!("/v1/campuses/{campus}/members/me"), Value::Null)
                .is(204)
        };
        join(&facilitator);
        let staff = format!("/v1/campuses/{campus}/staff/{}", facilitator.id);
        service.put(&organiser, &staff, json!({"role": "facilitator"}));

        let programme = service
            .get(&facilitator, "/v1/programmes?library=true&slug=fac-2018")
            .is(200);
        let programme = text(&programme.data()[0]["id"]);
        let cohorts = format!("/v1/campuses/{campus}/cohorts");
        let today = Instant::now().date();
        let starts_on = today + Days::new(14 - u64::from(today.weekday().num_days_from_monday()));
        let cohort = json!({"slug": "fac14", "name": "FAC 14", "programme_id": programme, "starts_on": starts_on});
        let id = service.post(&facilitator, &cohorts, cohort).is(201).id();

        let students = (0..STUDENTS).map(|number| {
            let name = format!("Student{number}");
            let place = service
                .post(
                    &facilitator,
                    &format!("/v1/cohorts/{id}/enrolments"),
                    json!({"name": name}),
                )
                .is(201);
            let place = format!(
                "/v1/cohorts/{id}/enrolments/{}/claim-links",
                text(&place.json["person"]["id"])
            );
            let link = service.post(&facilitator, &place, Value::Null).is(201);
            let student = service.person(&name);
            service
                .post(&student, "/v1/claims", json!({"code": link.json["code"]}))
                .is(200);
            student
        });
        let students = students.collect();
        let old = json!({
            "slug": "fac13", "name": "FAC 13", "programme_id": programme, "starts_on": "2015-03-02", "status": "graduated",
        });
        let old = service.post(&facilitator, &cohorts, old).is(201).id();
        let mentors = (0..MENTORS).map(|number| {
            let mentor = service.person(&format!("Mentor{number}"));
            join(&mentor);
            let graduate = json!({"person_id": mentor.id, "status": "graduated"});
            service
                .post(&facilitator, &format!("/v1/cohorts/{old}/enrolments"), graduate)
                .is(201);
            mentor
        });
        let mentors = mentors.collect();
        let phone = checks::Phone::new(&service, &facilitator);
        Self {
            rng: ChaCha8Rng::seed_from_u64(SEED),
            facilitator,
            students,
            mentors,
            campus,
            id,
            starts_on,
            phone,
            done: checks::Done::default(),
            service,
        }
    }

    fn path(&self, rest: &str) -> String {
        format!("/v1/cohorts/{}{rest}", self.id)
    }

    /// Sets the clock to an hour, as the clocks of London show it, of a day of a week: 0 is its Monday.
    fn go_to(&self, week: i32, day: i64, hour: u32) {
        let date = self.starts_on + TimeDelta::days(i64::from(week - 1) * 7 + day);
        let time = NaiveTime::from_hms_opt(hour, 0, 0).unwrap();
        self.service.set_clock(Instant::of_local(
            date.and_time(time),
            TimeZone::parse("Europe/London").unwrap(),
        ));
    }

    /// Some of a list, drawn anew.
    fn draw<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut drawn = from.to_vec();
        drawn.shuffle(&mut self.rng);
        drawn.truncate(count);
        drawn
    }
}

fn live(library: PathBuf, database: Option<String>) {
    let mut cohort = Cohort::open(Service::start(library, database));
    cohort.share_out_mentoring();
    cohort
        .service
        .patch(&cohort.facilitator, &cohort.path(""), json!({"status": "running"}))
        .is(200);
    let weeks = cohort.service.get(&cohort.facilitator, &cohort.path("/weeks")).is(200);
    let with_project: Vec<bool> = weeks.data().iter().map(|week| !week["project"].is_null()).collect();
    assert_eq!(with_project.len(), 16);
    for (number, with_project) in (1..).zip(with_project) {
        cohort.prepare(number, with_project);
        cohort.monday(number, with_project);
        cohort.wednesday(number);
        if with_project {
            cohort.friday(number);
        }
        cohort.mentors_came(number);
        cohort.check(number);
    }
    cohort.go_to(17, 0, 9);
    cohort
        .service
        .patch(&cohort.facilitator, &cohort.path(""), json!({"status": "graduated"}))
        .is(200);
    cohort.check_in_the_end();
}

#[test]
fn a_whole_cohort_goes_by_on_sqlite() {
    live(crate::clock::library(), None);
}

#[test]
fn a_whole_cohort_goes_by_on_postgresql() {
    let Some(cluster) = Cluster::start() else { return };
    live(crate::clock::library(), Some(cluster.url()));
}
