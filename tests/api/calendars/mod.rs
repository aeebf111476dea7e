//! Calendar feeds.

mod feeds;
mod gone;
pub mod samples;

use serde_json::{Value, json};

use crate::harness::{Answer, Client, User};

pub const FEEDS: &str = "/v1/me/calendar-feeds";

/// The path at which a new feed is read.
pub fn feed(user: &User, body: Value) -> String {
    path(&user.post(FEEDS, body).is(201))
}

pub fn path(made: &Answer) -> String {
    let url = made.json["url"].as_str().unwrap();
    url[url.find("/calendars/").unwrap()..].to_owned()
}

pub fn of_cohort(id: &str) -> Value {
    json!({"of": "cohort", "id": id})
}

/// The lines of the entry whose UID begins like this, unfolded.
fn entry(calendar: &str, uid: &str) -> Option<Vec<String>> {
    let unfolded = calendar.replace("\r\n ", "");
    let entries = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let mut found = entries.filter(|entry| entry.contains(&format!("UID:{uid}")));
    let lines = found.next()?.split("\r\n").map(ToOwned::to_owned).collect();
    assert!(found.next().is_none(), "{uid} is there twice");
    Some(lines)
}

#[track_caller]
fn has(lines: &Option<Vec<String>>, line: &str) {
    assert!(
        lines.as_ref().unwrap().iter().any(|one| one == line),
        "{line} in {lines:?}"
    );
}

fn read(nobody: &Client, path: &str) -> String {
    nobody.get(path).is(200).text
}
