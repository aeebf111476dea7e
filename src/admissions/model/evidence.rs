//! How far applicants have come with what is asked of them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::evidence_readings,
    primitives::{Id, Instant, Word},
};

/// How far somebody had come, as it was seen then.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = evidence_readings, treat_none_as_default_value = false)]
pub struct Reading {
    pub id: Id,
    pub application_id: Id,
    /// The key of the question.
    pub question: Word,
    pub value: i32,
    pub seen_at: Instant,
    /// Whether the staff looked.
    pub is_checked: bool,
    pub noted_by: Option<Id>,
    pub created_at: Instant,
}

/// How far somebody has come.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewEvidence", example = serde_json::json!({"question": "points", "value": 120}))]
pub struct NewReading {
    /// The key of a question of kind `evidence`.
    pub question: Word,
    /// Points, a rank, pages or meetups, as the question asks.
    pub value: i32,
    /// When the staff saw it, if not now. Left out by applicants, for whom the server's clock counts.
    #[serde(default)]
    pub seen_at: Option<Instant>,
}

/// What counts of one thing that is asked: how far somebody had come when applications closed, or has by now.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct JudgedEvidence {
    /// The key of the question.
    pub question: Word,
    /// How far they had come; null if nothing was seen in time.
    pub value: Option<i32>,
    /// When that was seen.
    pub seen_at: Option<Instant>,
    /// Whether the staff looked, and not only the applicant says so.
    pub checked: bool,
    /// Whether it is enough.
    pub met: bool,
}
