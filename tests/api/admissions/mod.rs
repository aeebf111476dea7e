//! Who comes into a cohort.

mod applications;
mod decisions;
mod intakes;
mod interviews;
mod keeping;
mod panel;
pub mod reading;
pub mod samples;
mod trail;
mod trials;

use std::{thread, time::Duration};

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    admissions,
    db::schema,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Fac, User, World};

/// An instant so many days from now.
pub fn in_days(days: i64) -> String {
    Instant::now().plus(TimeDelta::days(days)).to_string()
}

/// A window that opens and closes so many days from now.
pub fn window(opens: i64, closes: i64) -> Value {
    json!({"opens_at": in_days(opens), "closes_at": in_days(closes)})
}

/// An intake of two places with this window.
pub fn intake(window: Value) -> Value {
    let mut intake = json!({"places": 2, "reply_days": 5, "keep_months": 6, "precourse": "Read chapter 1"});
    intake
        .as_object_mut()
        .unwrap()
        .extend(window.as_object().unwrap().clone());
    intake
}

/// Why, and a profile with 100 points.
pub fn form() -> Value {
    json!({"questions": [
        {"key": "why", "kind": "text", "label": {"en": "Why?", "ar": "لماذا؟"}, "required": true},
        {"key": "points", "kind": "evidence", "label": {"en": "Your profile"}, "required": true, "at_least": 100},
    ]})
}

pub fn answers() -> Value {
    json!({"why": "To learn", "points": "https://example.org/me"})
}

pub fn path(fac: &Fac, rest: &str) -> String {
    format!("/v1/cohorts/{}{rest}", fac.cohort)
}

/// Closes applications at the next second of the clock, and waits for it, so that what is known of applicants by now counts.
pub fn close(world: &World, fac: &Fac) {
    let cohort = Id::parse(&fac.cohort).unwrap();
    let next = LocalTime::of(Instant::now(), TimeZone::parse("Europe/London").unwrap()).plus(TimeDelta::seconds(1));
    world.db(move |conn| {
        diesel::update(schema::intakes::table.find(cohort))
            .set(schema::intakes::closes_local.eq(next))
            .execute(conn)?;
        Ok(())
    });
    thread::sleep(Duration::from_secs(1));
}

/// A campus with a cohort to come, whose intake is open.
pub fn open_fac(world: &World) -> Fac {
    let fac = world.coming_fac(2, 0);
    open(&fac, intake(window(-1, 1)));
    fac
}

/// Opens the intake of a cohort.
pub fn open(fac: &Fac, intake: Value) {
    fac.facilitator.put(&path(fac, "/intake"), intake).is(200);
    fac.facilitator.put(&path(fac, "/intake/form"), form()).is(200);
}

/// A draft of somebody: its path.
pub fn draft(fac: &Fac, who: &User) -> String {
    let made = who
        .post(&path(fac, "/applications"), json!({"answers": answers()}))
        .is(201);
    format!("/v1/applications/{}", made.id())
}

/// The same handed in.
pub fn apply(fac: &Fac, who: &User) -> String {
    let path = draft(fac, who);
    submit(who, &path).is(200);
    path
}

/// The same with the points that are required.
pub fn apply_with_points(fac: &Fac, who: &User) -> String {
    let path = apply(fac, who);
    let points = json!({"question": "points", "value": 120});
    who.post(&format!("{path}/evidence"), points).is(201);
    path
}

pub fn submit(who: &User, path: &str) -> Answer {
    who.put(&format!("{path}/submission"), Value::Null)
}

pub fn withdraw(who: &User, path: &str) -> Answer {
    who.put(&format!("{path}/withdrawal"), Value::Null)
}

pub fn status(who: &User, path: &str) -> Value {
    who.get(path).is(200).json["status"].clone()
}

/// What the server does every minute, as if it were so many days later.
pub fn keep_time(world: &World, days: i64) -> bool {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let then = Instant::now().plus(TimeDelta::days(days));
    runtime.block_on(admissions::keep_time(&world.state.db, then)).unwrap()
}
