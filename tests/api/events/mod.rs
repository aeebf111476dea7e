//! Timetables, events and who was there.

mod announce;
mod attendance;
mod check_in;
pub mod samples;
mod timetable;

use chrono::{Days, TimeDelta};
use diesel::prelude::*;
use peerled::{
    db::schema::scheduled_events,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use crate::harness::{Answer, Fac, World};

pub fn events_path(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/events", fac.cohort)
}

/// With what differs from the usual.
pub fn event(differs: Value) -> Value {
    let mut event = json!({
        "title": "Agile workshop", "kind": "workshop", "starts_at": "2099-01-06T14:00", "ends_at": "2099-01-06T16:00",
        "place": "Main room",
    });
    for (field, value) in differs.as_object().unwrap() {
        event[field] = value.clone();
    }
    event
}

/// Announces one as the facilitator.
pub fn announce(fac: &Fac, differs: Value) -> Answer {
    fac.facilitator.post(&events_path(fac), event(differs)).is(201)
}

pub fn path_of(event: &Answer) -> String {
    format!("/v1/events/{}", event.id())
}

pub fn session(weekday: &str, title: &str) -> Value {
    json!({"weekday": weekday, "starts": "09:30", "ends": "10:30", "title": title, "kind": "stand_up"})
}

pub fn put_timetable(fac: &Fac, sessions: Value) -> Answer {
    let path = format!("/v1/cohorts/{}/timetable", fac.cohort);
    fac.facilitator.put(&path, json!({ "sessions": sessions }))
}

/// All events of the cohort: local begin, title and status.
pub fn told(fac: &Fac) -> Vec<(String, String, String)> {
    let all = fac.facilitator.get(&format!("{}?limit=100", events_path(fac))).is(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let each = |event: &Value| {
        (
            text(&event["starts_local"]),
            text(&event["title"]),
            text(&event["status"]),
        )
    };
    all.data().iter().map(each).collect()
}

/// What the clocks in London show so many minutes from now.
pub fn in_minutes(minutes: i64) -> String {
    let zone = TimeZone::parse("Europe/London").unwrap();
    LocalTime::of(Instant::now().plus(TimeDelta::minutes(minutes)), zone).to_string()
}

/// An event that lasts from so many minutes from now for so many.
pub fn now_on(fac: &Fac, begins: i64, lasts: i64, differs: Value) -> Answer {
    let mut all = json!({"starts_at": in_minutes(begins), "ends_at": in_minutes(begins + lasts)});
    for (field, value) in differs.as_object().unwrap() {
        all[field] = value.clone();
    }
    announce(fac, all)
}

/// Moves an event so many days back, which the API would not do to what is over.
pub fn days_ago(world: &World, event: &Answer, days: u64) {
    let row = scheduled_events::table.find(Id::parse(&event.id()).unwrap());
    world.db(move |conn| {
        let (starts, ends): (LocalTime, LocalTime) = row
            .select((scheduled_events::starts_local, scheduled_events::ends_local))
            .first(conn)?;
        let back = |time: LocalTime| LocalTime::on(time.date() - Days::new(days), time.time());
        diesel::update(row)
            .set((
                scheduled_events::starts_local.eq(back(starts)),
                scheduled_events::ends_local.eq(back(ends)),
            ))
            .execute(conn)?;
        Ok(())
    });
}
