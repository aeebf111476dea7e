//! Graduates who meet an employer about a role.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::introductions,
    primitives::{Date, Id, Instant, Text, text_enum},
};

text_enum! {
    /// How far an introduction has come.
    pub enum IntroductionStatus {
        /// The staff have asked the graduate.
        Asked = "asked",
        /// The graduate would rather not.
        Refused = "refused",
        /// The graduate agrees: the employer sees the profile.
        Introduced = "introduced",
        /// They talk.
        Interview = "interview",
        /// The employer has made an offer.
        Offer = "offer",
        /// The graduate has the job.
        Hired = "hired",
        /// The employer does not go on.
        Declined = "declined",
        /// The graduate does not go on, or the consent has run out.
        Withdrawn = "withdrawn",
    }
}

/// An introduction.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = introductions, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Introduction {
    pub id: Id,
    pub campus_id: Id,
    pub employer_id: Id,
    pub role_id: Id,
    pub person_id: Id,
    /// As it was noted. What is shown depends on the consent too.
    pub status: IntroductionStatus,
    /// What the staff wrote to the graduate.
    pub message: Option<Text>,
    /// When the graduate first agreed: before that the employer knows of nothing.
    pub consented_at: Option<Instant>,
    /// Until when the employer may see the profile; none if the graduate has not agreed, or no longer.
    pub consent_until: Option<Instant>,
    pub hired_on: Option<NaiveDate>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Introduction { status, consent_until; message });

/// Whom to ask.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"person_id": "0ds8x2v4fmg00", "message": "They look for somebody who likes maps."}))]
pub struct NewIntroduction {
    /// A graduate of the campus.
    pub person_id: Id,
    /// What the graduate is to know. The employer never sees it.
    #[serde(default)]
    pub message: Option<Text>,
}

/// That an employer may see the caller's profile.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "IntroductionConsent", example = serde_json::json!({
    "employer_id": "0ds8x2v4fmg00", "role_id": "0ds8x2v4fmg01", "until": "2027-03-31",
}))]
pub struct NewConsent {
    /// The employer of the introduction.
    pub employer_id: Id,
    /// The role of the introduction.
    pub role_id: Id,
    /// The last day on which they may see it, at the campus: at most 90 days ahead.
    pub until: Date,
}

/// A step of an introduction.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "interview"}))]
pub struct NewIntroductionStep {
    /// `interview`, `offer`, `hired` or `declined`.
    pub status: IntroductionStatus,
}
