//! Tokens with which programs act for somebody.

use crate::primitives::{Id, text_enum};

/// What all of them begin with: whoever finds one, a program that looks for secrets too, knows what it is.
pub const API_TOKEN_PREFIX: &str = "pl_";

text_enum! {
    /// What an API token may be used for.
    pub enum Scope {
        /// Requests that change nothing: `GET` and `HEAD`.
        Read = "read",
        /// All other requests.
        Write = "write",
    }
}

text_enum! {
    /// The scopes of an API token, as they are stored.
    pub enum Scopes {
        /// Only requests that change nothing.
        Read = "read",
        /// Only requests that may change something.
        Write = "write",
        /// Both.
        ReadAndWrite = "read,write",
    }
}

impl Scopes {
    /// From a list; none if it is empty.
    pub fn of(list: &[Scope]) -> Option<Self> {
        match (list.contains(&Scope::Read), list.contains(&Scope::Write)) {
            (true, true) => Some(Self::ReadAndWrite),
            (true, false) => Some(Self::Read),
            (false, true) => Some(Self::Write),
            (false, false) => None,
        }
    }

    /// As a list.
    pub fn list(self) -> &'static [Scope] {
        match self {
            Self::Read => &[Scope::Read],
            Self::Write => &[Scope::Write],
            Self::ReadAndWrite => &[Scope::Read, Scope::Write],
        }
    }
}

/// The API token that a request was sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: Id,
    /// What it may be used for.
    pub scopes: Scopes,
}
