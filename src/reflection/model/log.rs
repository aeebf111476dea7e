//! What somebody notes of their own progress.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::progress_logs,
    primitives::{Field, Id, Instant, Text},
};

/// A note of one's own progress in a cohort.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = progress_logs)]
pub struct ProgressLog {
    pub id: Id,
    pub person_id: Id,
    pub cohort_id: Id,
    pub text: Text,
    pub shared_with_staff: bool,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(ProgressLog { shared_with_staff; text });

/// A note of one's own progress, as it is written.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "Closures make sense now.", "shared_with_staff": true}))]
pub struct NewLog {
    /// The note, in Markdown.
    pub text: Text,
    /// A cohort that the caller studies in; may be left out by whoever studies in one.
    #[serde(default)]
    pub cohort_id: Option<Id>,
    /// Whether the staff of the cohort's campus may read it.
    #[serde(default)]
    pub shared_with_staff: bool,
}

/// What of a note can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"shared_with_staff": false}))]
pub struct LogPatch {
    /// The note.
    #[serde(default)]
    pub text: Field<Text>,
    /// Whether the staff of the cohort's campus may read it.
    #[serde(default)]
    pub shared_with_staff: Field<bool>,
}

/// Which notes.
#[derive(Clone, Copy, Debug)]
pub struct LogSelection {
    pub cohort: Option<Id>,
    pub person: Option<Id>,
    pub only_shared: bool,
    /// Those before the one with this id.
    pub before: Option<Id>,
}
