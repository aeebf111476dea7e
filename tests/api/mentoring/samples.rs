//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::{sign_ups_path, slot, slot_path};
use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    ("list_mentor_slots", Once(|stage| at(stage.cohort("/mentor-slots")))),
    (
        "create_mentor_slot",
        Once(|stage| {
            let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 2});
            at(stage.cohort("/mentor-slots")).json(slot)
        }),
    ),
    (
        "get_mentor_coverage",
        Once(|stage| at(stage.cohort("/mentor-coverage"))),
    ),
    ("get_mentor_slot", Once(|stage| at(empty_slot(stage)))),
    (
        "change_mentor_slot",
        Once(|stage| at(empty_slot(stage)).json(json!({"capacity": 5}))),
    ),
    ("delete_mentor_slot", Again(|stage| at(empty_slot(stage)))),
    (
        "list_sign_ups",
        Once(|stage| at(format!("{}/sign-ups", empty_slot(stage)))),
    ),
    ("sign_up", Again(|stage| at(format!("{}/sign-ups", empty_slot(stage))))),
    (
        "cancel_own_sign_up",
        ForEach(|stage, caller| {
            let sign_ups = format!("{}/sign-ups", empty_slot(stage));
            caller.client.post(&sign_ups, Value::Null);
            at(format!("{sign_ups}/me"))
        }),
    ),
    ("get_sign_up", Once(|stage| at(taken_place(stage)))),
    (
        "mark_sign_up",
        Again(|stage| at(taken_place(stage)).json(json!({"status": "attended"}))),
    ),
    ("cancel_sign_up", Again(|stage| at(taken_place(stage)))),
    ("list_own_sign_ups", Once(|_| at("/v1/me/sign-ups"))),
];

fn empty_slot(stage: &Stage) -> String {
    slot_path(&slot(&stage.home, 20))
}

/// The sign-up of an alumna who has no other part.
fn taken_place(stage: &Stage) -> String {
    let sign_ups = sign_ups_path(&slot(&stage.home, 1));
    let alumna = stage.world.alumnus(&stage.home, &stage.unique());
    alumna.post(&sign_ups, Value::Null).is(201);
    format!("{sign_ups}/{}", alumna.id)
}
