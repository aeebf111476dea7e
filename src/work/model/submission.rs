//! What teams submit, and when it is due for one of them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    db::schema::{due_extensions, submissions},
    primitives::{Field, GivenTime, Id, Instant, LocalTime, Text, Url},
};

/// A team's work at a moment. It is never changed: what comes later has a number of its own.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = submissions, treat_none_as_default_value = false)]
pub struct Submission {
    pub id: Id,
    pub cohort_id: Id,
    pub team_id: Id,
    pub week_number: i32,
    /// From 1, for each team and week.
    pub number: i32,
    /// Where the code is.
    pub repository_url: Url,
    /// Where the product runs.
    pub deployed_url: Option<Url>,
    pub notes: Option<Text>,
    pub submitted_by: Option<Id>,
    /// By the clock of the server.
    pub submitted_at: Instant,
}

/// A team's work, as it is handed in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "repository_url": "https://github.com/fac14/week1-team1", "deployed_url": "https://week1-team1.example.org",
    "notes": "The map works; the search is next.",
}))]
pub struct NewSubmission {
    /// Where the code is.
    pub repository_url: Url,
    /// Where the product runs. Left out, it stays what the team has; `null` says that it runs nowhere.
    #[serde(default)]
    pub deployed_url: Field<Option<Url>>,
    /// What whoever looks at it should know, in Markdown.
    #[serde(default)]
    pub notes: Option<Text>,
    /// A week of the team's round; the one that goes on, or ended last, if left out.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub week: Option<i32>,
}

/// A due time of one team, in place of the project's.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = due_extensions, treat_none_as_default_value = false)]
pub struct Extension {
    pub team_id: Id,
    pub week_number: i32,
    pub cohort_id: Id,
    /// By the clocks of the campus.
    pub due_local: LocalTime,
    pub reason: Option<Text>,
    pub granted_by: Option<Id>,
    pub created_at: Instant,
}

/// A due time for one team.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"due_at": "2026-03-09T12:00", "reason": "Two of the three were ill."}))]
pub struct NewExtension {
    /// When the team's work of the week is due.
    pub due_at: GivenTime,
    /// Why, for the staff.
    #[serde(default)]
    pub reason: Option<Text>,
}
