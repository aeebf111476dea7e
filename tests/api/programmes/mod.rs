//! Programmes: the library, a campus's own, forks.

mod forks;
mod library;
mod make;
pub mod samples;

use serde_json::{Value, json};

/// A programme of two weeks for this campus.
pub fn short_course(campus: &str) -> Value {
    json!({
        "campus_id": campus, "slug": "short-course", "name": "Short course", "roles": ["ux_lead", "qa"],
        "weeks": [
            {"number": 1, "phase": "core", "topic": "Testing", "project": {
                "title": "To-do list", "brief": "Tests first.", "outcomes": ["Write a failing test"],
            }},
            {"number": 2, "phase": "reading", "topic": "Reading week", "project": null},
        ],
    })
}
