//! Sessions.

use diesel::prelude::*;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::sessions,
    primitives::{Field, Id, Instant, Line},
};

/// What may be changed of a session.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "My old laptop"}))]
pub struct SessionPatch {
    /// What to call it in the list of sessions.
    #[serde(default)]
    pub name: Field<Line>,
}

/// A session: from a log-in until it ends.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct Session {
    /// Names it; the `sid` of its access tokens.
    pub id: Id,
    pub person_id: Id,
    pub created_at: Instant,
    /// When it was last refreshed.
    pub last_used_at: Instant,
    /// When it ends by itself.
    pub expires_at: Instant,
    pub ended_at: Option<Instant>,
    /// What its owner sees it by.
    pub name: Line,
    pub version: i64,
    /// Whether whoever logged in showed a second factor, or a passkey, which is both in one.
    pub both_factors: bool,
}

audited!(Session { ; name });
