//! Retros and actions.

mod actions;
mod holding;
pub mod samples;
mod secrecy;
mod votes;

use serde_json::{Value, json};

use crate::harness::{Answer, Client, Fac};

pub fn retros_path(fac: &Fac, week: i32) -> String {
    format!("/v1/cohorts/{}/weeks/{week}/retros", fac.cohort)
}

pub fn actions_path(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/actions", fac.cohort)
}

/// Opens a retro of a team, or without one of the cohort; its path.
pub fn open(who: &Client, fac: &Fac, week: i32, team: Option<&str>) -> String {
    let body = match team {
        Some(team) => json!({"scope": "team", "team_id": team}),
        None => json!({"scope": "cohort"}),
    };
    who.post(&retros_path(fac, week), body)
        .is(201)
        .header("location")
        .to_owned()
}

/// Writes an item; its path.
pub fn write(who: &Client, retro: &str, kind: &str, text: &str) -> String {
    let body = json!({"kind": kind, "text": text});
    who.post(&format!("{retro}/items"), body)
        .is(201)
        .header("location")
        .to_owned()
}

pub fn vote(who: &Client, item: &str) -> Answer {
    who.put(&format!("{item}/votes/me"), Value::Null)
}

pub fn close(who: &Client, retro: &str) -> Answer {
    who.post(&format!("{retro}/closing"), Value::Null)
}

/// The item with this text, of an answer that shows a retro.
#[track_caller]
pub fn item<'a>(retro: &'a Answer, text: &str) -> &'a Value {
    let items = retro.json["items"].as_array().unwrap();
    items.iter().find(|item| item["text"] == text).unwrap()
}

/// The texts of a list of items or actions.
pub fn texts(list: &Value) -> Vec<&str> {
    let list = list.as_array().unwrap().iter();
    list.map(|one| one["text"].as_str().unwrap()).collect()
}
