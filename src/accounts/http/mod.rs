//! Accounts over HTTP.

mod me;
mod operations;
mod registration;
mod sessions;
mod sign_on_operations;
mod sign_ons;

pub use operations::operations;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::Person,
    primitives::{Email, GithubHandle, Id, Instant, Line},
};

/// An account as its owner sees it.
#[derive(Serialize, JsonSchema)]
pub struct Account {
    /// The account's id; the same person has it everywhere.
    id: Id,
    /// The address they log in with. Others see it only in a roster's export.
    email: Email,
    /// What others call them.
    name: Line,
    /// User name on GitHub, without `@`.
    github: Option<GithubHandle>,
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
            name: person.name,
            github: person.github,
            version: person.version,
            created_at: person.created_at,
        }
    }
}
