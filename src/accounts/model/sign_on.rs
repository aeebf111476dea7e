//! Accounts at identity providers, as they are stored.

use diesel::prelude::*;

use crate::{
    db::schema::{sign_on_attempts, sign_ons},
    primitives::{Email, Id, Instant},
};

/// An account at an identity provider that a person logs in with.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ons)]
pub struct SignOn {
    pub id: Id,
    pub person_id: Id,
    /// The provider's issuer, or the URL of a GitHub.
    pub provider: String,
    /// Names the person there, for ever.
    pub subject: String,
    /// The address that the provider had verified when it was last used.
    pub email: Option<Email>,
    pub created_at: Instant,
    pub last_used_at: Instant,
}

/// A sign-on that has begun.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_on_attempts)]
pub struct SignOnAttempt {
    pub id: Id,
    pub secret_hash: String,
    pub provider: String,
    /// The page that the browser comes back to.
    pub return_to: String,
    /// To whose account it is to be linked; none for a log-in.
    pub person_id: Option<Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
    /// Who has come back by it, and has still to show a second factor: what the provider calls them.
    pub subject: Option<String>,
    /// Their address, if the provider has verified it.
    pub email: Option<Email>,
}
