//! Notes that mentors leave, and what they have given.

use diesel::prelude::*;

use super::{SignUpStatus, Slot};
use crate::{
    audit::audited,
    cohorts::model::Week,
    db::schema::hand_overs,
    primitives::{Id, Instant, Line, Text, time::TimeZone},
};

/// What the mentors of a week tell those of the next.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = hand_overs, treat_none_as_default_value = false)]
pub struct HandOver {
    pub week_id: Id,
    pub cohort_id: Id,
    pub text: Text,
    /// Who wrote it last.
    pub written_by: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(HandOver { ; text });

/// A place that somebody has or had, and where.
pub struct Giving {
    pub status: SignUpStatus,
    pub slot: Slot,
    pub week: Week,
    pub campus: Id,
    /// What the campus is called.
    pub campus_name: Line,
    /// What its clocks show.
    pub zone: TimeZone,
}
