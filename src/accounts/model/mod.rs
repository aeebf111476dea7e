//! Accounts as they are stored and shown.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

mod api_token;
mod card;
mod code;
mod passkey;
mod second_factor;
mod session;
mod sign_on;
mod standing;

pub use api_token::ApiTokenRow;
pub use card::{Audience, PersonCard, PersonView, Viewer};
pub use code::{CodePurpose, MailedCode};
pub use passkey::{Passkey, PasskeyChallenge, PasskeyPatch};
pub use second_factor::SecondFactor;
pub use session::{Session, SessionPatch};
pub use sign_on::{SignOn, SignOnAttempt};
pub use standing::Standing;

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::people,
    error::{Code, Error, Result},
    primitives::{Email, Field, GithubHandle, Id, Instant, Language, Line, text_enum, time::TimeZone},
};

text_enum! {
    /// What a person can be.
    pub enum RoleName {
        /// Runs the whole service.
        Admin = "admin",
        /// Governs a campus.
        Organiser = "organiser",
        /// Keeps the cohorts of a campus moving.
        Facilitator = "facilitator",
        /// Cares for the students of a campus.
        PastoralCarer = "pastoral_carer",
        /// Has joined a campus.
        Member = "member",
        /// Studies in a cohort.
        Student = "student",
        /// Graduated from a cohort.
        Alumnus = "alumnus",
    }
}

/// What a person may change of their own account.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"github": "amal"}))]
pub struct AccountPatch {
    /// What others call them.
    #[serde(default)]
    pub name: Field<Line>,
    /// User name on GitHub, without `@`; `null` clears it.
    #[serde(default)]
    pub github: Field<Option<GithubHandle>>,
    /// IANA time zone, such as `Asia/Gaza`, in which mail tells times; `null` clears it.
    #[serde(default)]
    pub time_zone: Field<Option<TimeZone>>,
    /// The language of their mail; `null` for the campus's where a campus writes, and else English.
    #[serde(default)]
    pub language: Field<Option<Language>>,
}

/// An organisation or an employer that a person acts for.
#[derive(Clone, Debug, Serialize, JsonSchema, Queryable)]
#[schemars(rename = "RepresentedParty")]
pub struct Represented {
    /// Its id.
    pub id: Id,
    /// What it is called.
    pub name: Line,
    /// Its campus.
    pub campus_id: Id,
}

/// What a person is, and where.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Role {
    /// What they are.
    pub role: RoleName,
    /// The campus; for students and alumni the campus of their cohort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campus_id: Option<Id>,
    /// The cohort, for students and alumni.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort_id: Option<Id>,
    /// The campus's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub campus_name: Option<Line>,
    /// The cohort's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cohort_name: Option<Line>,
    /// The campus's time zone, such as `Asia/Gaza`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<TimeZone>,
    /// The number of the cohort's week that it is at the campus: a week lasts until the next one begins. Left out before the
    /// first week and after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_week: Option<i32>,
}

impl Role {
    /// Everywhere.
    pub fn everywhere(role: RoleName) -> Self {
        Self {
            role,
            campus_id: None,
            cohort_id: None,
            campus_name: None,
            cohort_name: None,
            time_zone: None,
            current_week: None,
        }
    }
}

/// An account. People without one have no address.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = people)]
pub struct Person {
    pub id: Id,
    #[diesel(select_expression = people::email.assume_not_null())]
    pub email: Email,
    pub name: Line,
    /// Their user name on GitHub.
    pub github: Option<GithubHandle>,
    /// Argon2id, in PHC form; none of those who log in with an account elsewhere only.
    pub password_hash: Option<String>,
    /// Whether they run the whole service.
    pub is_admin: bool,
    /// Since when they may not log in.
    pub disabled_at: Option<Instant>,
    /// When they showed that mail to their address reaches them.
    pub email_verified_at: Option<Instant>,
    /// In which their mail tells times.
    pub time_zone: Option<TimeZone>,
    /// In which their mail is written.
    pub language: Option<Language>,
    pub version: i64,
    pub created_at: Instant,
}

impl Person {
    /// That they have shown that the address of their account is theirs, where the service sends mail.
    ///
    /// # Errors
    /// `409 conflict`
    pub fn must_have_proved_address(&self, proves_addresses: bool) -> Result<()> {
        match self.email_verified_at {
            None if proves_addresses => Err(Error::new(
                Code::Conflict,
                "Confirm first that the address of your account is yours. Ask for a code in your account's settings, and send it back.",
            )),
            _ => Ok(()),
        }
    }
}

/// Where somebody's mail goes, and the time zone and the language that they have chosen for it.
#[derive(Clone, Debug, Queryable)]
pub struct Addressee {
    /// The account's address.
    pub email: Email,
    /// IANA time zone.
    pub time_zone: Option<TimeZone>,
    /// The language.
    pub language: Option<Language>,
}

/// A new account.
#[derive(Insertable)]
#[diesel(table_name = people)]
pub struct NewPerson {
    pub id: Id,
    pub email: Email,
    pub name: Line,
    /// Argon2id, in PHC form.
    pub password_hash: Option<String>,
    /// When they showed that mail to their address reaches them.
    pub email_verified_at: Option<Instant>,
    /// In which their mail is written.
    pub language: Option<Language>,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Person { time_zone, language; name, github });
