//! How long codes are good, and how many are sent.

use chrono::TimeDelta;

use crate::{accounts::model::CodePurpose, error::Error};

/// Codes that one address gets in an hour: more than somebody who cannot find the first one asks for, fewer than would
/// bury somebody's mail.
pub const MOST_AN_HOUR: i64 = 5;

/// Codes that one person asks for in a day, to whatever address.
pub const MOST_A_DAY: i64 = 20;

/// How long a code can be used.
pub fn good_for(purpose: CodePurpose) -> TimeDelta {
    match purpose {
        CodePurpose::PasswordReset => TimeDelta::hours(1),
        CodePurpose::Registration
        | CodePurpose::Verification
        | CodePurpose::GrantedReset
        | CodePurpose::EmailChange
        | CodePurpose::EmailChangeConsent => TimeDelta::hours(24),
    }
}

/// What is said of a code that cannot be used.
pub fn unusable() -> Error {
    Error::field(
        "/code",
        "not_found",
        "must be a current code for this; it is unknown, was used, or has expired. Ask for a new one.",
    )
}
