//! Calendar feeds.

mod feeds;
pub mod samples;

use serde_json::{Value, json};

use crate::harness::{Answer, User};

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
