//! API tokens.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    authz::Scopes,
    db::schema::api_tokens,
    primitives::{Id, Instant, Line},
};

/// A token with which a program acts for somebody.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = api_tokens)]
pub struct ApiTokenRow {
    pub id: Id,
    pub person_id: Id,
    /// What its owner knows it by.
    pub name: Line,
    pub token_hash: String,
    pub scopes: Scopes,
    pub created_at: Instant,
    /// The last day on which it is good, in UTC.
    pub expires_on: NaiveDate,
    /// When it was last used, to within an hour.
    pub last_used_at: Option<Instant>,
}
