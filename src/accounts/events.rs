//! What happens to accounts.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// Why a code is mailed.
    pub enum CodeChange {
        /// Somebody wants to open an account for an address.
        Registration = "registration.requested",
        /// Somebody wants to prove the address of their account.
        Verification = "verification.requested",
        /// Somebody has forgotten a password.
        PasswordReset = "password_reset.requested",
        /// An account is to have another address: to that one.
        EmailChange = "email_change.requested",
        /// The same, to the address that it has.
        EmailChangeConsent = "email_change.to_agree",
    }
}

/// A code that is to be mailed. The event's secret is the code.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CodeEvent {
    /// What it is for.
    pub kind: CodeChange,
    /// The code's id.
    pub code_id: Id,
}

event!(CodeEvent, "mailed_code", code_id);

text_enum! {
    /// What its owner is told of an account.
    pub enum AccountChange {
        /// It has another password.
        PasswordChanged = "password.changed",
        /// It has another password, set with a code.
        PasswordReset = "password.reset",
        /// It can be logged in to with a new passkey.
        PasskeyAdded = "passkey.added",
        /// It can no longer be logged in to with one of its passkeys.
        PasskeyRemoved = "passkey.removed",
        /// A program can act for it.
        ApiTokenCreated = "api_token.created",
        /// Whoever has a new address reads one of its calendars.
        CalendarFeedCreated = "calendar_feed.created",
        /// It has another address. The event's secret is the one it had.
        EmailChanged = "email.changed",
        /// Log-ins want a code as well from now on.
        SecondFactorAdded = "second_factor.added",
        /// Log-ins want the password alone again.
        SecondFactorRemoved = "second_factor.removed",
        /// Another account became part of it. The event's secret is the address of that one.
        Merged = "account.merged",
        /// Another account was merged into it.
        MergedInto = "account.merged_into",
        /// A refresh token was used twice, so the session was ended.
        SessionReused = "session.reused",
    }
}

/// Something that its owner is told of an account.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AccountEvent {
    /// What happened.
    pub kind: AccountChange,
    /// Whose account it is.
    pub person_id: Id,
}

event!(AccountEvent, "account", person_id => |event| vec![Audience::Person(event.person_id)]);

/// What somebody sees of themself.
pub fn account(person: Id) -> Told {
    Told {
        object: "account",
        id: person,
        campus: None,
        cohort: None,
        href: "/v1/me".into(),
        audience: vec![Audience::Person(person)],
    }
}
