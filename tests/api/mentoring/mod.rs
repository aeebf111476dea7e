//! Mentor slots, sign-ups, waiting lists, coverage.

mod admission;
mod allocations;
mod batch;
mod cohort;
mod coverage;
mod doors;
mod draws;
mod giving;
mod mine;
pub mod office_hours;
mod outcomes;
mod preferences;
mod races;
mod reconfirmation;
pub mod samples;
mod search;
mod sign_ups;
mod slots;
mod swaps;

use serde_json::{Value, json};

use crate::harness::{Fac, World};

/// A new slot in week 1 with room for so many.
fn slot(fac: &Fac, capacity: i32) -> String {
    slot_with(fac, json!({"capacity": capacity}))
}

/// A new slot in a week.
pub fn slot_in(fac: &Fac, week: i32) -> String {
    slot_with(fac, json!({"week": week, "capacity": 4}))
}

/// A new slot in week 1 with room for one, unless said otherwise.
pub fn slot_with(fac: &Fac, differences: Value) -> String {
    let mut body = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
    for (name, value) in differences.as_object().unwrap() {
        body[name] = value.clone();
    }
    let path = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    fac.facilitator.post(&path, body).is(201).id()
}

fn slot_path(slot: &str) -> String {
    format!("/v1/mentor-slots/{slot}")
}

fn sign_ups_path(slot: &str) -> String {
    format!("/v1/mentor-slots/{slot}/sign-ups")
}

/// `confirmed`, `remaining` and `waitlisted` of a slot.
fn places(fac: &Fac, slot: &str) -> [i64; 3] {
    let slot = fac.facilitator.get(&slot_path(slot)).is(200).json;
    ["confirmed", "remaining", "waitlisted"].map(|name| slot[name].as_i64().unwrap())
}

/// Recipient and subject of all mail, the oldest first.
fn mails(world: &World) -> Vec<(String, String)> {
    let letters = world.mail();
    letters
        .into_iter()
        .map(|letter| (letter.recipient, letter.subject))
        .collect()
}
