//! A sample request for each operation; see `authz_matrix`. The student is a carer too, as members of the campus can be.

use serde_json::{Value, json};

use crate::{
    authz_matrix::{Make::*, Sample, Samples, Stage, at},
    harness::User,
};

fn name(stage: &Stage, carer: &User) {
    let path = stage.campus(&format!("/pastoral-carers/{}", carer.id));
    stage.home.organiser.put(&path, Value::Null).is(204);
}

/// The facilitator and a student are carers; of the last student something is noted.
fn notes(stage: &Stage) -> String {
    let carers = [&stage.home.facilitator, &stage.home.students[0]];
    for carer in carers {
        stage
            .home
            .organiser
            .put(&stage.campus(&format!("/members/{}", carer.id)), Value::Null);
        carer.put(&stage.campus("/members/me"), Value::Null);
        name(stage, carer);
    }
    stage.cohort(&format!("/students/{}/pastoral-notes", stage.home.students[7].id))
}

fn note(stage: &Stage) -> String {
    let note = json!({"text": "Sleeps badly.", "flag": "watch"});
    let made = stage.home.facilitator.post(&notes(stage), note).is(201);
    format!("/v1/pastoral-notes/{}", made.id())
}

/// A walk of three in a week to come.
fn walk(stage: &Stage, rest: &str) -> Sample {
    let week = 6;
    stage.world.begin_week(&stage.home, week, 7);
    let slot = json!({"week": week, "kind": "pastoral", "min": 0, "capacity": 1});
    let slot = stage.make(&stage.cohort("/mentor-slots"), slot).id();
    let path = format!("/v1/mentor-slots/{slot}/walk");
    stage.home.organiser.put(&path, json!({"places": 3})).is(204);
    at(format!("{path}{rest}"))
}

pub const SAMPLES: Samples = &[
    (
        "list_pastoral_carers",
        Once(|stage| at(stage.campus("/pastoral-carers"))),
    ),
    (
        "name_pastoral_carer",
        Again(|stage| at(stage.campus(&format!("/pastoral-carers/{}", stage.member().id)))),
    ),
    (
        "dismiss_pastoral_carer",
        Again(|stage| {
            let carer = stage.member();
            name(stage, &carer);
            at(stage.campus(&format!("/pastoral-carers/{}", carer.id)))
        }),
    ),
    ("list_pastoral_notes", Once(|stage| at(notes(stage)))),
    (
        "create_pastoral_note",
        Once(|stage| at(notes(stage)).json(json!({"text": "Sleeps better."}))),
    ),
    ("get_pastoral_note", Once(|stage| at(note(stage)))),
    (
        "change_pastoral_note",
        Again(|stage| at(note(stage)).json(json!({"flag": "urgent"}))),
    ),
    ("delete_pastoral_note", Again(|stage| at(note(stage)))),
    (
        "list_pastoral_flags",
        Once(|stage| {
            note(stage);
            at(stage.cohort("/pastoral-flags"))
        }),
    ),
    (
        "list_walks",
        Once(|stage| {
            walk(stage, "");
            at(stage.cohort("/walks"))
        }),
    ),
    ("offer_walk", Once(|stage| walk(stage, "").json(json!({"places": 4})))),
    ("cancel_walk", Again(|stage| walk(stage, ""))),
    ("take_walk_place", Once(|stage| walk(stage, "/places/me"))),
    (
        "give_up_walk_place",
        Again(|stage| {
            let own = walk(stage, "/places/me");
            let walks = stage.read(&stage.cohort("/walks"));
            let place = |walk: &Value| format!("/v1/mentor-slots/{}/walk/places/me", walk["slot_id"].as_str().unwrap());
            let places: Vec<String> = walks.data().iter().map(place).collect();
            // One place a week: what they had before is given up.
            for place in &places {
                stage.home.students[0].delete(place);
            }
            stage.home.students[0].put(places.last().unwrap(), Value::Null).is(204);
            own
        }),
    ),
];
