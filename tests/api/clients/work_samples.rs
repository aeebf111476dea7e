//! A sample request for each operation on the work on a product; see `authz_matrix`.

use serde_json::json;

use super::samples::client;
use crate::authz_matrix::{Make::*, Samples, Stage, at};

/// A link of the product owner's client: its path.
fn link(stage: &Stage) -> String {
    let link = json!({"kind": "other", "title": "Slides", "note": "From the workshop."});
    let made = stage.make(&format!("{}/links", client(stage)), link);
    made.header("location").to_owned()
}

pub const SAMPLES: Samples = &[
    (
        "get_client_availability",
        Once(|stage| at(format!("{}/availability", client(stage)))),
    ),
    (
        "set_client_availability",
        Again(|stage| at(format!("{}/availability", client(stage))).json(json!({"text": stage.unique()}))),
    ),
    (
        "list_client_links",
        Once(|stage| at(format!("{}/links", client(stage)))),
    ),
    (
        "add_client_link",
        Again(|stage| {
            let link = json!({"kind": "design", "title": stage.unique(), "url": "https://example.org/design"});
            at(format!("{}/links", client(stage))).json(link)
        }),
    ),
    (
        "change_client_link",
        Again(|stage| at(link(stage)).json(json!({"title": stage.unique()}))),
    ),
    ("delete_client_link", Again(|stage| at(link(stage)))),
];
