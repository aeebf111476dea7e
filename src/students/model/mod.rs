//! Enrolments and what belongs to them, as they are stored.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

mod consent;
mod import;
mod values;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use consent::{Consent, Purpose};
pub use import::{CellError, DateFormat, ImportOptions, ImportOutcome, ImportSummary, RowOutcome, RowResult};
pub use values::{Attributes, AttributesPatch, Experience};

use crate::{
    audit::audited,
    campuses::model::InvitationStatus,
    cohorts::model::Cohort,
    db::schema::{absences, claim_links, day_absences, enrolments, invitations, pair_rules},
    primitives::{Email, Id, Instant, Line, Text, text_enum, time::TimeZone},
};

text_enum! {
    /// Where a student is on their way.
    #[derive(Default)]
    pub enum EnrolmentStatus {
        /// Studies.
        #[default]
        Enrolled = "enrolled",
        /// Has left.
        Withdrawn = "withdrawn",
        /// Is one of the alumni.
        Graduated = "graduated",
    }
}

/// A person as student of a cohort.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolments, treat_none_as_default_value = false)]
pub struct Enrolment {
    pub cohort_id: Id,
    pub person_id: Id,
    /// Where they are on their way.
    pub status: EnrolmentStatus,
    /// 0 to 5; for staff only.
    pub experience: Option<i32>,
    /// A JSON object of text values that balance the teams; volunteered, for staff only.
    pub attributes: String,
    /// First day.
    pub joined_on: NaiveDate,
    /// Last day, of those who left.
    pub left_on: Option<NaiveDate>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// What the staff called them when they entered them by name.
    pub entered_as: Option<Line>,
    /// The id they had before they claimed their place.
    pub claimed_id: Option<Id>,
    /// Their name until then, as the staff had corrected it.
    pub claimed_name: Option<Line>,
    /// When the student last told experience and attributes themself.
    pub told_at: Option<Instant>,
}

impl Enrolment {
    /// The same without what the student does not want to be used.
    pub fn without_volunteered(self) -> Self {
        Self {
            experience: None,
            attributes: "{}".into(),
            ..self
        }
    }
}

/// A code that hands the place of somebody without an account over to whoever holds it.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = claim_links)]
pub struct ClaimLink {
    pub id: Id,
    pub cohort_id: Id,
    /// Whose place it is; once it was used, who took it.
    pub person_id: Id,
    /// What is kept of the code.
    pub token_hash: String,
    /// Who made it.
    pub made_by: Option<Id>,
    pub created_at: Instant,
    /// Until when it can be used.
    pub expires_at: Instant,
    pub used_at: Option<Instant>,
}

/// A cohort that somebody studies or studied in.
#[derive(Clone, Debug, Queryable)]
pub struct OwnCohort {
    pub cohort: Cohort,
    /// Where they are on their way there.
    pub enrolment: EnrolmentStatus,
    /// The clocks of its campus.
    pub time_zone: TimeZone,
}

/// An offer of a student's place to whoever holds its token.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = invitations)]
pub struct Invitation {
    pub id: Id,
    pub cohort_id: Id,
    pub email: Email,
    /// How it addresses them.
    pub name: Line,
    /// For the enrolment.
    pub experience: Option<i32>,
    /// For the enrolment.
    pub attributes: String,
    /// For the enrolment.
    pub joined_on: Option<NaiveDate>,
    /// What is kept of the token.
    pub token_hash: String,
    /// What has become of it.
    pub status: InvitationStatus,
    /// Who made it; nobody if it was made at the console.
    pub invited_by: Option<Id>,
    pub created_at: Instant,
    /// Until when it can be accepted.
    pub expires_at: Instant,
    /// Who accepted it.
    pub accepted_by: Option<Id>,
    /// Whether whoever accepts it has graduated with the cohort.
    pub graduated: bool,
    /// The student without an account whose place it is for; who took the place, once somebody has.
    pub place_id: Option<Id>,
}

impl Invitation {
    /// The same without what it would note of the student to balance teams.
    pub fn without_volunteered(self) -> Self {
        Self {
            experience: None,
            attributes: "{}".into(),
            ..self
        }
    }
}

/// A student who misses a week.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = absences)]
pub struct Absence {
    pub cohort_id: Id,
    pub week_number: i32,
    pub person_id: Id,
    /// Why; for staff only.
    pub reason: Option<Text>,
    /// Who said so, themself or staff; not known of those from before this was kept.
    pub noted_by: Option<Id>,
    pub created_at: Instant,
}

/// A student who misses a day.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = day_absences)]
pub struct DayAbsence {
    pub cohort_id: Id,
    pub day: NaiveDate,
    pub person_id: Id,
    /// Why; for staff only.
    pub reason: Option<Text>,
    /// Who said so, themself or staff.
    pub noted_by: Option<Id>,
    pub created_at: Instant,
}

text_enum! {
    /// What a pair rule asks for.
    pub enum PairKind {
        /// Never in one team.
        Apart = "apart",
        /// Always in one team.
        Together = "together",
    }
}

/// A rule for two people; always private to staff.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pair_rules)]
pub struct PairRule {
    pub id: Id,
    /// Where it holds.
    pub cohort_id: Id,
    /// What it asks for.
    pub kind: PairKind,
    /// One of the two.
    pub person_a: Id,
    pub person_b: Id,
    /// First week it holds; from the start if not said.
    pub from_week: Option<i32>,
    /// Last week it holds; to the end if not said.
    pub to_week: Option<i32>,
    pub created_by: Option<Id>,
    pub created_at: Instant,
}

impl Enrolment {
    /// Whether it is the same to everybody but staff.
    pub fn looks_like(&self, other: &Self) -> bool {
        (self.status, self.joined_on, self.left_on) == (other.status, other.joined_on, other.left_on)
    }
}

audited!(Enrolment { status, joined_on, left_on; experience, attributes });
