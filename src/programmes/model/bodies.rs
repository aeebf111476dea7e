//! A programme as it is made, changed and copied.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{RoleName, WeekOutline};
use crate::primitives::{Field, Id, Line, Slug, Text};

/// A new programme.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "campus_id": "0ds8x2v4fmg00", "slug": "short-course", "name": "Short course", "roles": ["ux_lead", "qa"],
    "weeks": [
        {"number": 1, "phase": "core", "topic": "Testing", "project": {
            "title": "To-do list", "brief": "Build a to-do list, tests first.", "outcomes": ["Write a failing test first"],
        }},
        {"number": 2, "phase": "reading", "topic": "Reading week", "project": null},
    ],
}))]
pub struct NewProgramme {
    /// The campus it belongs to, whose staff may change it.
    pub campus_id: Id,
    /// Short name for URLs, unique at its campus.
    pub slug: Slug,
    /// Name to show.
    pub name: Line,
    /// What it teaches and to whom, in Markdown.
    pub description: Option<Text>,
    /// The roles that rotate in teams, in order; up to 10.
    #[schemars(length(max = 10))]
    pub roles: Vec<RoleName>,
    /// Its weeks, numbered from 1.
    #[schemars(length(min = 1, max = 52))]
    pub weeks: Vec<WeekOutline>,
}

/// What of a programme can be changed. Cohorts keep the weeks they were made with.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"roles": ["scrum_facilitator", "ux_lead", "qa", "devops"]}))]
pub struct ProgrammePatch {
    /// Short name for URLs, unique at its campus.
    #[serde(default)]
    pub slug: Field<Slug>,
    /// Name to show.
    #[serde(default)]
    pub name: Field<Line>,
    /// What it teaches and to whom; `null` clears it.
    #[serde(default)]
    pub description: Field<Option<Text>>,
    /// The roles that rotate in teams; replaces the whole list.
    #[serde(default)]
    #[schemars(length(max = 10))]
    pub roles: Field<Vec<RoleName>>,
    /// Its weeks; replaces the whole list.
    #[serde(default)]
    #[schemars(length(min = 1, max = 52))]
    pub weeks: Field<Vec<WeekOutline>>,
}

/// Where a copy of a programme goes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"campus_id": "0ds8x2v4fmg00", "slug": "our-2022"}))]
pub struct NewFork {
    /// The campus that gets the copy.
    pub campus_id: Id,
    /// Short name of the copy for URLs, unique at its campus.
    pub slug: Slug,
    /// Name of the copy; that of the original if left out.
    pub name: Option<Line>,
}
