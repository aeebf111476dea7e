//! Paid work for clients.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Party;
use crate::{
    audit::audited,
    db::schema::{brief_interests, client_briefs},
    primitives::{Currency, Date, Field, Id, Instant, Line, Text, text_enum},
};

text_enum! {
    /// How far a brief has come.
    pub enum BriefStatus {
        /// It waits for the staff to approve it.
        Submitted = "submitted",
        /// People can say that they would like it.
        Open = "open",
        /// There is a team.
        Staffed = "staffed",
        /// The work is done.
        Done = "done",
        /// Nothing comes of it.
        Withdrawn = "withdrawn",
    }
}

text_enum! {
    /// What a rate is for.
    pub enum RateUnit {
        /// An hour of one person.
        Hour = "hour",
        /// A day of one person.
        Day = "day",
        /// The whole work.
        Fixed = "fixed",
    }
}

/// What is paid for a brief.
#[derive(
    Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, Queryable, Selectable, Insertable, AsChangeset,
)]
#[diesel(table_name = client_briefs)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BriefRate", example = serde_json::json!({"amount": 25_000, "currency": "GBP", "per": "day"}))]
pub struct Rate {
    /// How much, in minor units of the currency, such as pence.
    #[diesel(column_name = rate_amount)]
    #[schemars(range(min = 1, max = 1_000_000_000_000_i64))]
    pub amount: i64,
    /// The currency.
    #[diesel(column_name = rate_currency)]
    pub currency: Currency,
    /// What it is for.
    #[diesel(column_name = rate_per)]
    pub per: RateUnit,
}

/// Paid work for a client.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = client_briefs, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Brief {
    pub id: Id,
    pub client_id: Id,
    /// The campus at which it is now.
    pub campus_id: Id,
    pub title: Line,
    pub text: Text,
    #[diesel(embed)]
    pub rate: Rate,
    pub starts_on: NaiveDate,
    /// How many people are looked for.
    pub people: i32,
    pub may_be_passed_on: bool,
    pub status: BriefStatus,
    /// When it was first opened.
    pub opened_at: Option<Instant>,
    /// Until when only the team that built the product sees it while it is open.
    pub reserved_until: Option<Instant>,
    /// When it was first opened to all graduates.
    pub opened_to_all_at: Option<Instant>,
    /// What became of it, or why it was withdrawn.
    pub outcome: Option<Text>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Brief { status, campus_id, rate, starts_on, people, may_be_passed_on, reserved_until; title, text, outcome });

/// A brief with what its client and its campus are called.
#[derive(Clone, Debug, Queryable)]
pub struct NamedBrief {
    pub brief: Brief,
    pub client_name: Line,
    pub campus_name: Line,
}

/// What somebody is to a brief.
#[derive(Clone, Debug, Default)]
pub struct BriefStanding {
    /// Whether they are on the staff of the campus at which it is, or own the client; as these they change it.
    pub parties: Vec<Party>,
    /// Whether they are on the staff of a campus that has passed it on.
    pub has_passed_on: bool,
    /// Whether they built a product for the client.
    pub has_built: bool,
    /// Whether they graduated at the campus, are a member of it, and it is open.
    pub is_graduate: bool,
    /// Whether they do the work.
    pub is_member: bool,
    /// What they have answered.
    pub answer: Option<Interest>,
}

/// What somebody has answered to a brief.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = brief_interests, primary_key(brief_id, person_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Interest {
    pub brief_id: Id,
    pub person_id: Id,
    pub is_interested: bool,
    pub note: Option<Text>,
    pub updated_at: Instant,
}

/// A campus that has passed a brief on.
#[derive(Clone, Debug, Queryable)]
pub struct Pass {
    pub campus_id: Id,
    pub campus_name: Line,
    pub passed_at: Instant,
}

/// Which briefs a list shows.
#[derive(Clone, Debug, Default)]
pub struct BriefSelection {
    /// In one of these states.
    pub states: Option<Vec<BriefStatus>>,
    /// Made after this one.
    pub after: Option<Id>,
}

/// Paid work that a client has to give.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "title": "Second version of the shift planner", "text": "Volunteers swap shifts among themselves.",
    "rate": {"amount": 25_000, "currency": "GBP", "per": "day"}, "starts_on": "2099-04-01", "people": 2, "may_be_passed_on": true,
}))]
pub struct NewBrief {
    /// What it is called.
    pub title: Line,
    /// What there is to do.
    pub text: Text,
    /// What is paid.
    pub rate: Rate,
    /// The day on which the work begins.
    pub starts_on: Date,
    /// How many people are looked for.
    #[schemars(range(min = 1, max = 50))]
    pub people: i32,
    /// Whether the campus may pass it on to another one.
    #[serde(default)]
    pub may_be_passed_on: bool,
}

/// Fields to change of a brief.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"people": 3}))]
pub struct BriefPatch {
    /// What it is called.
    #[serde(default)]
    pub title: Field<Line>,
    /// What there is to do.
    #[serde(default)]
    pub text: Field<Text>,
    /// What is paid.
    #[serde(default)]
    pub rate: Field<Rate>,
    /// The day on which the work begins.
    #[serde(default)]
    pub starts_on: Field<Date>,
    /// How many people are looked for.
    #[serde(default)]
    #[schemars(range(min = 1, max = 50))]
    pub people: Field<i32>,
    /// Whether the campus may pass it on to another one.
    #[serde(default)]
    pub may_be_passed_on: Field<bool>,
}

/// What a brief is to become.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "open"}))]
pub struct NewBriefStatus {
    /// `open` approves it, or looks for another team; `done` and `withdrawn` end it.
    pub status: BriefStatus,
    /// Of `done` what became of it, of `withdrawn` why; for no other status.
    #[serde(default)]
    pub note: Option<Text>,
}

/// The campus to which a brief is passed on.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"campus_id": "1v1730py00001"}))]
pub struct NewBriefCampus {
    /// A campus that builds for organisations.
    pub campus_id: Id,
}

/// Who does the work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"members": ["1v1730py00001", "1v1730py00002"]}))]
pub struct NewBriefTeam {
    /// Some of those who would like it, at most as many as are looked for.
    #[schemars(length(min = 1, max = 50))]
    pub members: Vec<Id>,
}

/// Whether somebody would like to do the work.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewBriefAnswer", example = serde_json::json!({"interested": true, "note": "I know their volunteers well."}))]
pub struct NewInterest {
    /// `false` declines.
    #[serde(default = "yes")]
    pub interested: bool,
    /// What the staff are to know.
    #[serde(default)]
    pub note: Option<Text>,
}

fn yes() -> bool {
    true
}

impl Brief {
    /// A new one, which waits to be approved.
    pub fn submitted(new: NewBrief, client: Id, campus: Id, now: Instant) -> Self {
        Self {
            id: Id::new(),
            client_id: client,
            campus_id: campus,
            title: new.title,
            text: new.text,
            rate: new.rate,
            starts_on: new.starts_on.get(),
            people: new.people,
            may_be_passed_on: new.may_be_passed_on,
            status: BriefStatus::Submitted,
            opened_at: None,
            reserved_until: None,
            opened_to_all_at: None,
            outcome: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    /// With what a patch says.
    #[must_use]
    pub fn patched(&self, patch: BriefPatch) -> Self {
        let before = self.clone();
        Self {
            title: patch.title.or(before.title),
            text: patch.text.or(before.text),
            rate: patch.rate.or(before.rate),
            starts_on: patch.starts_on.map(Date::get).or(before.starts_on),
            people: patch.people.or(before.people),
            may_be_passed_on: patch.may_be_passed_on.or(before.may_be_passed_on),
            ..before
        }
    }

    /// Whether it offers the same as another.
    pub fn offers_the_same(&self, other: &Self) -> bool {
        let Self {
            title,
            text,
            rate,
            starts_on,
            people,
            ..
        } = self;
        (title, text, rate, starts_on, people)
            == (&other.title, &other.text, &other.rate, &other.starts_on, &other.people)
    }

    /// The next version of it.
    #[must_use]
    pub fn changed(self, now: Instant) -> Self {
        Self {
            version: self.version + 1,
            updated_at: now,
            ..self
        }
    }
}
