//! Who was there.

use std::ops::RangeInclusive;

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    audit::audited,
    db::schema::attendances,
    primitives::{Id, Instant, text_enum},
    students::model::Enrolment,
};

text_enum! {
    /// Whether somebody was at an event.
    pub enum AttendanceStatus {
        /// They were, in time.
        Present = "present",
        /// They came more than five minutes after it had begun.
        Late = "late",
        /// They were not.
        Absent = "absent",
        /// They were not, and staff knew why: it counts neither for nor against them.
        Excused = "excused",
    }
}

/// What is known of one person at one event.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = attendances, primary_key(event_id, person_id), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Attendance {
    pub event_id: Id,
    pub person_id: Id,
    pub cohort_id: Id,
    pub status: AttendanceStatus,
    /// When they came, of those who checked in.
    pub arrived_at: Option<Instant>,
    /// When the server heard of it.
    pub received_at: Option<Instant>,
    pub noted_by: Option<Id>,
    /// Whether staff said so, and not they themselves.
    pub is_noted: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Attendance { status });

/// From when until when somebody is expected at the events of a cohort.
#[derive(Clone, Copy, Debug)]
pub struct Expected {
    pub joined_on: NaiveDate,
    /// Their last day.
    pub left_on: Option<NaiveDate>,
}

impl Expected {
    /// As somebody is or was enrolled.
    pub fn of(enrolment: &Enrolment) -> Self {
        Self {
            joined_on: enrolment.joined_on,
            left_on: enrolment.left_on,
        }
    }

    /// Whether they are expected on a day.
    pub fn on(self, day: NaiveDate) -> bool {
        self.during(&(day..=day))
    }

    /// Whether they are expected on one of these days.
    pub fn during(self, days: &RangeInclusive<NaiveDate>) -> bool {
        self.joined_on <= *days.end() && self.left_on.is_none_or(|last| *days.start() <= last)
    }
}

/// How often somebody was there, of the events that are over and at which they were expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "AttendanceCounts")]
pub struct Counts {
    /// Events that are over, at which they were expected, without those they were excused from.
    pub expected: usize,
    /// Those of them that they were at, in time or late.
    pub attended: usize,
    /// Those of these at which they were late.
    pub late: usize,
    /// Events that they were excused from; they count neither as expected nor as attended.
    pub excused: usize,
}
