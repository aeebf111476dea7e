//! Passkeys, as they are stored.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::{passkey_challenges, passkeys},
    primitives::{Field, Id, Instant, Line},
};

/// What may be changed of a passkey.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "My old phone"}))]
pub struct PasskeyPatch {
    /// What to call it in the list of passkeys.
    #[serde(default)]
    pub name: Field<Line>,
}

/// A passkey that a person logs in with.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkeys)]
pub struct Passkey {
    pub id: Id,
    pub person_id: Id,
    /// What its authenticator calls it, in base 64 for URLs.
    pub credential_id: String,
    /// The account that it was made for, which may have become part of another one.
    pub user_handle: String,
    /// `SubjectPublicKeyInfo`, in base 64 for URLs.
    pub public_key: String,
    /// Signatures so far; stays 0 if its authenticator does not count.
    pub sign_count: i64,
    /// What its owner knows it by.
    pub name: Line,
    pub version: i64,
    pub created_at: Instant,
    pub last_used_at: Option<Instant>,
}

/// What a browser has been asked to sign.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = passkey_challenges)]
pub struct PasskeyChallenge {
    pub id: Id,
    pub challenge_hash: String,
    /// Whose new passkey it is for; none for a log-in.
    pub person_id: Option<Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
}

audited!(Passkey { ; name });
