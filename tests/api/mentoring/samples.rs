//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::{
    office_hours::{booking, working_day},
    sign_ups_path, slot, slot_path, slot_with,
};
use crate::authz_matrix::{Make::*, Role, Sample, Samples, Stage, at};

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
        "create_mentor_slots",
        Once(|stage| {
            let slots = json!({"weeks": [1, 3], "kind": "week", "min": 1, "capacity": 2});
            at(stage.cohort("/mentor-slots/batch")).json(slots)
        }),
    ),
    ("list_office_hours", Once(|stage| at(stage.cohort("/office-hours")))),
    (
        "offer_office_hours",
        Once(|stage| {
            let hours = json!({"date": day_to_come(stage), "starts": "08:00", "ends": "09:00", "minutes": 30});
            at(stage.cohort("/office-hours")).json(hours)
        }),
    ),
    (
        "book_office_hours",
        Again(|stage| at(booking(&office_hours(stage), 1)).json(json!({}))),
    ),
    (
        "cancel_booking",
        ForEach(|stage, caller| {
            let slot = office_hours(stage);
            caller.client.put(&booking(&slot, 1), json!({}));
            at(booking(&slot, 1))
        }),
    ),
    ("get_my_mentoring", Once(|_| at("/v1/me/mentoring"))),
    ("search_mentor_slots", Once(|_| at("/v1/mentor-slots?open=true"))),
    (
        "list_mentor_preferences",
        Once(|stage| at(stage.cohort("/mentor-preferences"))),
    ),
    (
        "set_own_mentor_preferences",
        Once(|stage| at(stage.cohort("/mentor-preferences/me")).json(wishes(stage))),
    ),
    ("get_own_mentor_preferences", ForEach(own_wishes)),
    ("delete_own_mentor_preferences", ForEach(own_wishes)),
    (
        "list_mentor_allocations",
        Once(|stage| at(stage.cohort("/mentor-allocations"))),
    ),
    (
        "create_mentor_allocation",
        Once(|stage| {
            somebody_wishes(stage);
            at(stage.cohort("/mentor-allocations")).json(json!({}))
        }),
    ),
    ("get_mentor_allocation", Once(|stage| at(allocation(stage)))),
    (
        "confirm_mentor_allocation",
        Again(|stage| at(format!("{}/confirmation", allocation(stage)))),
    ),
    (
        "get_mentor_draw",
        Once(|stage| at(format!("{}/draw", allocation(stage)))),
    ),
    (
        "rerun_mentor_allocation",
        Once(|stage| at(format!("{}/reruns", allocation(stage)))),
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
    (
        "reconfirm_own_sign_up",
        ForEach(|stage, caller| {
            let sign_ups = format!("{}/sign-ups", empty_slot(stage));
            caller.client.post(&sign_ups, Value::Null);
            at(format!("{sign_ups}/me/confirmation"))
        }),
    ),
    (
        "offer_swap",
        ForEach(|stage, caller| {
            let slot = empty_slot(stage);
            caller.client.post(&format!("{slot}/sign-ups"), Value::Null);
            at(format!("{slot}/swap-offers")).json(json!({}))
        }),
    ),
    (
        "list_swap_offers",
        Once(|stage| at(format!("{}/swap-offers", empty_slot(stage)))),
    ),
    ("get_swap_offer", Once(|stage| at(swap_offer(stage)))),
    ("withdraw_swap_offer", Again(|stage| at(swap_offer(stage)))),
    (
        "accept_swap_offer",
        Again(|stage| at(format!("{}/acceptance", swap_offer(stage)))),
    ),
    ("get_sign_up", Once(|stage| at(taken_place(stage)))),
    (
        "mark_sign_up",
        Again(|stage| at(taken_place(stage)).json(json!({"status": "attended"}))),
    ),
    ("cancel_sign_up", Again(|stage| at(taken_place(stage)))),
    ("get_hand_over", Once(|stage| at(stage.cohort("/weeks/2/hand-over")))),
    (
        "set_hand_over",
        ForEach(|stage, _| {
            let path = stage.cohort("/weeks/2/hand-over");
            let seen = stage.read(&path);
            at(path).json(json!({"text": stage.unique()})).seen(&seen)
        }),
    ),
    ("list_thanks", Once(|stage| at(stage.campus("/thanks")))),
    ("agree_to_thanks", Once(|stage| at(stage.campus("/thanks/me")))),
    (
        "decline_thanks",
        ForEach(|stage, caller| {
            let path = stage.campus("/thanks/me");
            caller.client.put(&path, Value::Null);
            at(path)
        }),
    ),
    ("get_giving_back", Once(|_| at("/v1/me/giving-back"))),
    ("list_own_swap_offers", Once(|_| at("/v1/me/swap-offers"))),
    ("list_own_sign_ups", Once(|_| at("/v1/me/sign-ups"))),
];

/// A working day of a week to come.
fn day_to_come(stage: &Stage) -> String {
    let week = 6;
    stage.world.begin_week(&stage.home, week, 7);
    let week = stage.read(&stage.cohort(&format!("/weeks/{week}")));
    working_day(&week.json["starts_on"])
}

/// Those of an alumna who has no other part, in a week to come.
fn office_hours(stage: &Stage) -> String {
    let alumna = stage.world.alumnus(&stage.home, &stage.unique());
    let hours = json!({"date": day_to_come(stage), "starts": "10:00", "ends": "11:00", "minutes": 20});
    let made = alumna.post(&stage.cohort("/office-hours"), hours).is(201);
    made.data()[0]["id"].as_str().unwrap().to_owned()
}

/// For a slot of its own.
fn wishes(stage: &Stage) -> Value {
    json!({"ranked": [slot_with(&stage.home, json!({"week": 2, "kind": "project"}))]})
}

fn own_wishes(stage: &Stage, caller: &Role) -> Sample {
    let path = stage.cohort("/mentor-preferences/me");
    caller.client.put(&path, wishes(stage));
    at(path)
}

fn somebody_wishes(stage: &Stage) {
    let alumna = stage.world.alumnus(&stage.home, &stage.unique());
    alumna
        .put(&stage.cohort("/mentor-preferences/me"), wishes(stage))
        .is(200);
}

fn allocation(stage: &Stage) -> String {
    somebody_wishes(stage);
    let made = stage.make(&stage.cohort("/mentor-allocations"), json!({}));
    format!("/v1/mentor-allocations/{}", made.id())
}

/// Of which anybody can have several in a week.
fn empty_slot(stage: &Stage) -> String {
    slot_path(&slot_with(&stage.home, json!({"kind": "project", "capacity": 20})))
}

/// Of the place of an alumna who has no other part.
fn swap_offer(stage: &Stage) -> String {
    let slot = slot_path(&slot_with(&stage.home, json!({"kind": "project"})));
    let alumna = stage.world.alumnus(&stage.home, &stage.unique());
    alumna.post(&format!("{slot}/sign-ups"), Value::Null).is(201);
    let offer = alumna.post(&format!("{slot}/swap-offers"), json!({})).is(201);
    format!("/v1/mentor-swap-offers/{}", offer.id())
}

/// The sign-up of an alumna who has no other part.
fn taken_place(stage: &Stage) -> String {
    let sign_ups = sign_ups_path(&slot(&stage.home, 1));
    let alumna = stage.world.alumnus(&stage.home, &stage.unique());
    alumna.post(&sign_ups, Value::Null).is(201);
    format!("{sign_ups}/{}", alumna.id)
}
