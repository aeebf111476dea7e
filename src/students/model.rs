//! Enrolments and what belongs to them, as they are stored.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    db::schema::{absences, enrolments, pair_rules},
    primitives::{Id, Instant, Text, words},
};

words! {
    /// Where a student is on their way.
    pub enum EnrolmentStatus {
        /// Studies.
        Enrolled = "enrolled",
        /// Has left.
        Withdrawn = "withdrawn",
        /// Is one of the alumni.
        Graduated = "graduated",
    }
}

/// A person as student of a cohort.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolments)]
pub struct Enrolment {
    /// Where.
    pub cohort_id: Id,
    /// Who.
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
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A student who misses a week.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = absences)]
pub struct Absence {
    /// Where.
    pub cohort_id: Id,
    /// Which week.
    pub week_number: i32,
    /// Who.
    pub person_id: Id,
    /// Why; for staff only.
    pub reason: Option<Text>,
    /// When it was noted.
    pub created_at: Instant,
}

words! {
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
    /// Names it.
    pub id: Id,
    /// Where it holds.
    pub cohort_id: Id,
    /// What it asks for.
    pub kind: PairKind,
    /// One of the two.
    pub person_a: Id,
    /// The other.
    pub person_b: Id,
    /// First week it holds; from the start if not said.
    pub from_week: Option<i32>,
    /// Last week it holds; to the end if not said.
    pub to_week: Option<i32>,
    /// Who made it.
    pub created_by: Option<Id>,
    /// When it was made.
    pub created_at: Instant,
}
