//! Hints of an open project, and which team has asked for which.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::{hint_requests, hint_texts, project_hints},
    primitives::{Field, Id, Instant, Text},
};

/// A hint.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = project_hints, treat_none_as_default_value = false)]
pub struct Hint {
    pub id: Id,
    pub cohort_id: Id,
    pub project_id: Id,
    /// From 1, in the order in which they are revealed.
    pub number: i32,
    pub body: Text,
    pub written_by: Option<Id>,
    pub created_at: Instant,
    pub version: i64,
    /// When it last became another than a team had been shown.
    pub changed_at: Option<Instant>,
}

audited!(Hint { ; body });

/// What a hint said that a team was shown, before it was changed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = hint_texts)]
pub struct HintText {
    pub id: Id,
    pub hint_id: Id,
    pub cohort_id: Id,
    pub body: Text,
    pub replaced_at: Instant,
}

/// That a team has asked for a hint, and so sees it.
#[derive(Clone, Copy, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = hint_requests, treat_none_as_default_value = false)]
pub struct AskedHint {
    pub hint_id: Id,
    pub team_id: Id,
    pub cohort_id: Id,
    pub asked_by: Option<Id>,
    pub asked_at: Instant,
}

/// A hint, as it is written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"body": "What would the smallest version of it be that somebody could try?"}))]
pub struct NewHint {
    /// What it says, in Markdown.
    pub body: Text,
}

/// What of a hint can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"body": "What would the smallest version of it be?"}))]
pub struct HintPatch {
    /// What it says, in Markdown.
    #[serde(default)]
    pub body: Field<Text>,
}

/// Which hint a team asks for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"number": 1}))]
pub struct HintRequest {
    /// The next one: one more than the team has. Of several members who ask for the same one, all get it and no other.
    #[schemars(range(min = 1))]
    pub number: i32,
}
