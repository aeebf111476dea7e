//! Accounts over HTTP.

mod addresses;
mod api_tokens;
mod fresh_proof;
mod me;
mod merging;
mod methods;
mod operations;
mod own_sessions;
mod passkey_operations;
mod passkeys;
mod passwords;
mod proof;
mod registration;
mod sessions;
mod sign_on_operations;
mod sign_ons;
mod totp;

pub(crate) use fresh_proof::{FreshProof, proved_afresh};
pub use operations::operations;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::Person,
    primitives::{Email, GithubHandle, Id, Instant, Language, Line, time::TimeZone},
};

/// A code that was mailed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E"}))]
pub struct MailedCode {
    /// The code from the mail. It is good once.
    code: String,
}

impl MailedCode {
    fn code(&self) -> &str {
        &self.code
    }
}

/// An account as its owner sees it.
#[derive(Serialize, JsonSchema)]
pub struct Account {
    /// The account's id; the same person has it everywhere.
    id: Id,
    /// The address they log in with. `GET /v1/me/visibility` says who else sees it.
    email: Email,
    /// What others call them.
    name: Line,
    /// Whether they have shown that mail to the address reaches them. An import or an invitation that names an address
    /// reaches only an account whose address is verified.
    verified: bool,
    /// User name on GitHub, without `@`.
    github: Option<GithubHandle>,
    /// IANA time zone in which mail tells times, beside that of a campus; null if they have not chosen one.
    time_zone: Option<TimeZone>,
    /// The language of their mail; null if they have not chosen one: then a campus writes in its own, and the service in
    /// English.
    language: Option<Language>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// When the account was opened.
    created_at: Instant,
}

impl From<Person> for Account {
    fn from(person: Person) -> Self {
        Self {
            id: person.id,
            email: person.email,
            verified: person.email_verified_at.is_some(),
            name: person.name,
            github: person.github,
            time_zone: person.time_zone,
            language: person.language,
            version: person.version,
            created_at: person.created_at,
        }
    }
}
