//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use super::{FEEDS, feed};
use crate::authz_matrix::{Make::*, Samples, at};

pub const SAMPLES: Samples = &[
    ("list_calendar_feeds", Once(|_| at(FEEDS))),
    ("create_calendar_feed", Once(|_| at(FEEDS).json(json!({"of": "me"})))),
    (
        "delete_calendar_feed",
        ForEach(|stage, caller| {
            let owner = caller.user.as_ref().unwrap_or(&stage.home.organiser);
            let made = owner.post(FEEDS, json!({"of": "me"})).is(201);
            at(made.header("location"))
        }),
    ),
    (
        "read_calendar",
        Once(|stage| {
            at(feed(
                &stage.home.organiser,
                json!({"of": "campus", "id": stage.home.campus}),
            ))
        }),
    ),
];
