//! A sample request for each operation; see `authz_matrix`.

use peerled::primitives::Instant;
use serde_json::{Value, json};

use super::{announce, event, now_on, path_of, session};
use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    ("get_timetable", Once(|stage| at(stage.cohort("/timetable")))),
    (
        "put_timetable",
        Once(|stage| at(stage.cohort("/timetable")).json(json!({"sessions": [session("mon", "Check-in")]}))),
    ),
    (
        "list_events",
        Once(|stage| {
            announce(&stage.home, tomorrow());
            at(stage.cohort("/events?from=2026-01-01&kind=workshop"))
        }),
    ),
    (
        "announce_event",
        Once(|stage| at(stage.cohort("/events")).json(event(tomorrow()))),
    ),
    (
        "get_event",
        Once(|stage| at(path_of(&announce(&stage.home, tomorrow())))),
    ),
    (
        "change_event",
        Once(|stage| at(path_of(&announce(&stage.home, tomorrow()))).json(json!({"place": "The library"}))),
    ),
    (
        "cancel_event",
        Once(|stage| at(path_of(&announce(&stage.home, tomorrow())))),
    ),
    (
        "check_in",
        Once(|stage| at(format!("{}/attendance/me", current(stage))).json(json!({}))),
    ),
    (
        "list_event_attendance",
        Once(|stage| at(format!("{}/attendance", current(stage)))),
    ),
    (
        "note_attendance",
        Once(|stage| at(of_student(stage)).json(json!({"status": "excused"}))),
    ),
    (
        "forget_attendance",
        Once(|stage| {
            let path = of_student(stage);
            stage.home.facilitator.put(&path, json!({"status": "present"})).is(200);
            at(path)
        }),
    ),
    ("list_cohort_attendance", Once(|stage| at(stage.cohort("/attendance")))),
];

/// The cohort's last day is over, so events begin soon.
fn tomorrow() -> Value {
    let day = Instant::now().date() + chrono::Days::new(1);
    json!({"starts_at": format!("{day}T14:00"), "ends_at": format!("{day}T16:00")})
}

/// An event that goes on.
fn current(stage: &Stage) -> String {
    path_of(&now_on(&stage.home, 1, 60, Value::Object(serde_json::Map::new())))
}

fn of_student(stage: &Stage) -> String {
    format!("{}/attendance/{}", current(stage), stage.home.students[0].id)
}
