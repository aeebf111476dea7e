//! The account and how one gets in.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::rows::{HASHES, HOUSEKEEPING, LeftOut, SECRETS, person, rows};
use crate::{
    accounts::model::Audience,
    db::schema::{api_tokens, mailed_codes, passkeys, people, second_factors, sessions, sign_on_attempts, sign_ons},
    primitives::{Email, GithubHandle, Id, Instant, Language, Line, time::TimeZone},
};

rows! {
    /// The account.
    ExportedAccount from people {
        /// The account's id.
        id: Id,
        /// The address.
        email: Option<Email>,
        /// The name.
        name: Line,
        /// User name on GitHub.
        github: Option<GithubHandle>,
        /// Whether the account runs the whole service.
        is_admin: bool,
        /// Since when nobody may log in with it.
        disabled_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// When the person showed that mail to the address reaches them.
        email_verified_at: Option<Instant>,
        /// The zone in which mail tells them times.
        time_zone: Option<TimeZone>,
        /// The language in which mail is written to them.
        language: Option<Language>,
        /// Who sees the address.
        email_audience: Audience,
        /// Who sees the user name on GitHub.
        github_audience: Audience,
        /// Who sees the time zone.
        time_zone_audience: Audience,
    }

    /// A session.
    ExportedSession from sessions {
        /// The session.
        id: Id,
        /// The person.
        person_id: Id,
        /// When it began.
        created_at: Instant,
        /// When it was last refreshed.
        last_used_at: Instant,
        /// When it ends by itself.
        expires_at: Instant,
        /// When it was ended.
        ended_at: Option<Instant>,
        /// What the person sees it by.
        name: Line,
        /// Rises with every change.
        version: i64,
        /// Whether the log-in showed a second factor, or a passkey.
        both_factors: bool,
    }

    /// A second factor.
    ExportedSecondFactor from second_factors {
        /// The person.
        person_id: Id,
        /// When it was begun.
        created_at: Instant,
        /// Since when log-ins want a code.
        confirmed_at: Option<Instant>,
    }

    /// A passkey that the person logs in with.
    ExportedPasskey from passkeys {
        /// The passkey's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// What its authenticator calls it.
        credential_id: String,
        /// The id of the account that it was made for.
        user_handle: String,
        /// Its public key, in base 64.
        public_key: String,
        /// How often it has signed, if its authenticator counts.
        sign_count: i64,
        /// What the person knows it by.
        name: Line,
        /// Rises with every change.
        version: i64,
        /// When it was added.
        created_at: Instant,
        /// When it was last used.
        last_used_at: Option<Instant>,
    }

    /// A token with which a program acts for the person.
    ExportedApiToken from api_tokens {
        /// The token's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// What the person knows it by.
        name: Line,
        /// What it may be used for.
        scopes: String,
        /// When it was made.
        created_at: Instant,
        /// The last day on which it is good.
        expires_on: NaiveDate,
        /// When it was last used, to within an hour.
        last_used_at: Option<Instant>,
    }

    /// An account elsewhere that the person logs in with.
    ExportedSignOn from sign_ons {
        /// The sign-on's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// The identity provider.
        provider: String,
        /// The person's id there.
        subject: String,
        /// The address that the provider had verified.
        email: Option<Email>,
        /// When it was linked.
        created_at: Instant,
        /// When it was last used.
        last_used_at: Instant,
    }

    /// A link to an account elsewhere that has begun.
    ExportedSignOnAttempt from sign_on_attempts {
        /// The attempt's id.
        id: Id,
        /// The identity provider.
        provider: String,
        /// The page that the browser comes back to.
        return_to: String,
        /// The person.
        person_id: Option<Id>,
        /// When it began.
        created_at: Instant,
        /// Until when it can be ended.
        expires_at: Instant,
        /// What the provider calls whoever has come back by it, while their second factor is missing.
        subject: Option<String>,
        /// The address that the provider had verified.
        email: Option<Email>,
    }

    /// A code that was mailed.
    ExportedMailedCode from mailed_codes {
        /// The code's id.
        id: Id,
        /// What it is for.
        purpose: String,
        /// Where it was mailed.
        email: Email,
        /// The person.
        person_id: Option<Id>,
        /// The name that an account is to have.
        name: Option<Line>,
        /// When it was made.
        created_at: Instant,
        /// Until when it can be used.
        expires_at: Instant,
        /// When it was sent back, if others are still awaited.
        confirmed_at: Option<Instant>,
        /// When it was used up, or made useless.
        voided_at: Option<Instant>,
        /// The campus whose organiser handed it out, if one did.
        campus_id: Option<Id>,
        /// The language that an account is to have.
        language: Option<Language>,
    }
}

person! {
    Account {
        /// Sessions: from a log-in until they end.
        sessions: ExportedSession in sessions of person_id by id;
        /// The second factor that log-ins want.
        second_factors: ExportedSecondFactor in second_factors of person_id by created_at;
        /// Passkeys that the person logs in with.
        passkeys: ExportedPasskey in passkeys of person_id by id;
        /// Tokens with which programs act for the person.
        api_tokens: ExportedApiToken in api_tokens of person_id by id;
        /// Accounts elsewhere that the person logs in with.
        sign_ons: ExportedSignOn in sign_ons of person_id by id;
        /// Links to accounts elsewhere that have begun.
        sign_on_attempts: ExportedSignOnAttempt in sign_on_attempts of person_id by id;
        /// Codes that were mailed for the account and still count. The codes themselves are not stored.
        mailed_codes: ExportedMailedCode in mailed_codes of person_id by id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (
        SECRETS,
        &[
            "people.password_hash",
            "second_factors.secret",
            "sign_on_attempts.secret_hash",
            "api_tokens.token_hash",
            "recovery_codes.person_id",
            "recovery_codes.code_hash",
            "mailed_codes.code_hash",
            "mailed_codes.password_hash",
        ],
    ),
    (
        HOUSEKEEPING,
        &[
            "people.erased_at",
            "passkey_challenges.id",
            "passkey_challenges.challenge_hash",
            "passkey_challenges.person_id",
            "passkey_challenges.created_at",
            "passkey_challenges.expires_at",
            "second_factors.last_step",
            "second_factors.wrong_codes",
            "second_factors.wrong_at",
        ],
    ),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(HASHES, &["mailed_codes.*"])];
