//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use crate::authz_matrix::{Make::*, Samples, Stage, at};

pub const SAMPLES: Samples = &[
    ("list_programmes", Once(|_| at("/v1/programmes"))),
    (
        "make_programme",
        Again(|stage| at("/v1/programmes").json(new_programme(stage))),
    ),
    ("get_programme", Once(|stage| at(programme(stage)))),
    (
        "change_programme",
        Once(|stage| at(programme(stage)).json(json!({"name": "Y"}))),
    ),
    (
        "fork_programme",
        Again(|stage| {
            let path = format!("{}/forks", programme(stage));
            at(path).json(json!({"campus_id": stage.home.campus, "slug": stage.unique()}))
        }),
    ),
];

fn new_programme(stage: &Stage) -> Value {
    json!({
        "campus_id": stage.home.campus, "slug": stage.unique(), "name": "X", "roles": [],
        "weeks": [{"number": 1, "phase": "core", "topic": "X", "project": null}],
    })
}

/// A programme of the campus.
pub fn programme(stage: &Stage) -> String {
    let id = stage.make("/v1/programmes", new_programme(stage)).id();
    format!("/v1/programmes/{id}")
}
