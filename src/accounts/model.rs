//! Accounts as they are stored and shown.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    db::schema::{people, sessions},
    primitives::{Email, GithubHandle, Id, Instant, Line},
};

/// An account.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Person {
    pub id: Id,
    pub email: Email,
    pub name: Line,
    /// Their user name on GitHub.
    pub github: Option<GithubHandle>,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    /// Whether they run the whole service.
    pub is_admin: bool,
    /// Since when they may not log in.
    pub disabled_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
}

/// A new account.
#[derive(Insertable)]
#[diesel(table_name = people)]
pub struct NewPerson {
    pub id: Id,
    pub email: Email,
    pub name: Line,
    /// Argon2id, in PHC form.
    pub password_hash: String,
    pub created_at: Instant,
    pub updated_at: Instant,
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
}

/// A person as others see them.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Serialize, JsonSchema)]
#[diesel(table_name = people)]
pub struct PersonCard {
    /// The person's id.
    pub id: Id,
    /// What others call them.
    pub name: Line,
    /// User name on GitHub, if they have given one.
    pub github: Option<GithubHandle>,
}
