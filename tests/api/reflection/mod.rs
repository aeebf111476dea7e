//! Manuals, progress logs and feedback.

mod feedback;
mod logs;
mod manuals;
pub mod samples;

use serde_json::{Value, json};

use crate::harness::{Answer, User};

pub const MANUAL: &str = "/v1/me/manual";
pub const LOGS: &str = "/v1/me/progress-logs";

pub fn feedback_path(team: &str, to: &User) -> String {
    format!("/v1/teams/{team}/feedback/{}", to.id)
}

pub fn give(from: &User, team: &str, to: &User, text: &str, anonymous: bool) -> Answer {
    from.put(&feedback_path(team, to), json!({"text": text, "anonymous": anonymous}))
}

/// The texts of a list, sorted.
pub fn texts(list: &Answer) -> Vec<String> {
    let text = |one: &Value| one["text"].as_str().unwrap().to_owned();
    let mut texts: Vec<String> = list.data().iter().map(text).collect();
    texts.sort();
    texts
}
