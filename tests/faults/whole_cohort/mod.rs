//! A cohort from before its first day to its graduation, with everybody who takes part, over HTTP alone: people miss
//! weeks, leave and come late, mentors change places and do not turn up, and each week the power goes. What must never
//! happen is looked for all along, and in the database at the end.

pub mod asking;
mod calendars;
pub mod checks;
mod events;
mod feedback;
mod hook;
mod mentors;
mod opening;
mod pastoral;
pub mod phone;
mod retros;
pub mod service;
mod week;

use std::path::PathBuf;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use peerled::primitives::{Instant, time::TimeZone};
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::json;

use self::{
    phone::Phone,
    service::{Person, Service},
};
use crate::postgres::Cluster;

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
    organiser: Person,
    facilitator: Person,
    students: Vec<Person>,
    mentors: Vec<Person>,
    campus: String,
    id: String,
    starts_on: NaiveDate,
    /// What the facilitator's telephone knows of all that has changed.
    phone: Phone,
    hook: hook::Hook,
    calendars: Vec<calendars::Calendar>,
    care: pastoral::Care,
    events: events::Events,
    actions: retros::Actions,
    feedback: feedback::Feedback,
    /// What was done and acknowledged.
    done: checks::Done,
}

impl Cohort {
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
        cohort.attend(number);
        cohort.wednesday(number);
        cohort.care(number);
        if with_project {
            cohort.friday(number);
            cohort.retros(number);
            cohort.feed_back(number);
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
