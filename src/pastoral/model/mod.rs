//! Carers, notes and walks as they are stored.

mod bodies;

pub use bodies::{Flag, NewNote, NewWalk, NotePatch};

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::model::PersonCard,
    cohorts::model::Week,
    db::schema::{mentor_slots, pastoral_notes, walks, weeks},
    mentoring::model::SlotTimes,
    primitives::{Field, Id, Instant, Line, LocalTime, Text, Url, text_enum, time::TimeZone},
};

/// Somebody who cares for the students of a campus.
#[derive(Clone, Debug, Queryable)]
pub struct Carer {
    /// Who it is.
    pub person: PersonCard,
    /// Since when.
    pub created_at: Instant,
}

/// What a carer noted about a student.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = pastoral_notes, treat_none_as_default_value = false)]
pub struct Note {
    /// Its id.
    pub id: Id,
    /// The cohort.
    pub cohort_id: Id,
    /// The student.
    pub person_id: Id,
    /// What was noted.
    pub text: Text,
    /// What carers are to do.
    pub flag: Option<Flag>,
    /// The carer; none if their account is gone.
    pub written_by: Option<Id>,
    /// Rises with every change.
    pub version: i64,
    /// When it was written.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
    /// When it was last shared with carers named since it was written.
    pub shared_at: Option<Instant>,
}

impl Note {
    /// Whether somebody who has been a carer since then reads it: what is about others, and was written or shared since, or
    /// is their own.
    pub fn is_read_by(&self, carer: Id, since: Instant) -> bool {
        let is_recent = self.created_at >= since || self.shared_at >= Some(since);
        self.person_id != carer && (is_recent || self.written_by == Some(carer))
    }

    /// With what a patch changes.
    #[must_use]
    pub fn patched(self, patch: NotePatch, now: Instant) -> Self {
        Self {
            shared_at: match patch.shared {
                Field::Given(true) => Some(now),
                Field::Given(false) => None,
                Field::Absent => self.shared_at,
            },
            text: patch.text.or(self.text),
            flag: patch.flag.or(self.flag),
            ..self
        }
    }
}

/// A pastoral mentor slot in which students choose a place.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = walks)]
pub struct Walk {
    /// The mentor slot.
    pub slot_id: Id,
    /// How many students there is room for.
    pub places: i32,
    /// The cohort.
    #[diesel(select_expression = mentor_slots::cohort_id)]
    pub cohort_id: Id,
    /// The number of the week.
    #[diesel(select_expression = mentor_slots::week_number)]
    pub week: i32,
    /// When it begins by the clocks of its zone, if it has a time.
    #[diesel(select_expression = mentor_slots::starts_local)]
    pub starts_local: Option<LocalTime>,
    /// When it ends, if it has a time.
    #[diesel(select_expression = mentor_slots::ends_local)]
    pub ends_local: Option<LocalTime>,
    /// Whose clocks.
    #[diesel(select_expression = mentor_slots::time_zone)]
    pub time_zone: Option<TimeZone>,
    /// Where one meets.
    #[diesel(select_expression = mentor_slots::place)]
    pub place: Option<Line>,
    /// Where one meets online.
    #[diesel(select_expression = mentor_slots::url)]
    pub url: Option<Url>,
    /// The last day of the week.
    #[diesel(select_expression = weeks::ends_on)]
    pub week_ends_on: NaiveDate,
}

impl Walk {
    /// When it is, if it has a time.
    pub fn times(&self) -> Option<SlotTimes> {
        SlotTimes::of(self.starts_local, self.ends_local, self.time_zone)
    }
}

text_enum! {
    /// What becomes of a walk on which somebody comes along.
    pub enum WalkChange {
        /// It is at another time.
        Moved = "moved",
        /// It is no more.
        CalledOff = "called_off",
    }
}

/// What those are told who come along on a walk.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WalkNews {
    pub change: WalkChange,
    /// In which week.
    pub week: i32,
    /// When that week begins.
    pub week_starts_on: NaiveDate,
    /// When it is, or was to be, if it has a time.
    pub starts_at: Option<Instant>,
    /// Who comes along or was to, and the mentors who were to walk with them.
    pub people: Vec<Id>,
}

impl WalkNews {
    /// Of a walk in this slot, whose week this is.
    pub fn of(change: WalkChange, times: Option<SlotTimes>, week: &Week, people: Vec<Id>) -> Self {
        Self {
            change,
            week: week.number,
            week_starts_on: week.starts_on,
            starts_at: times.map(SlotTimes::starts_at),
            people,
        }
    }
}

/// Somebody's place in a walk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WalkPlace {
    /// The mentor slot.
    pub slot_id: Id,
    /// The week.
    pub week: i32,
    /// Whose it is.
    pub person_id: Id,
    /// When they took it.
    pub taken_at: Instant,
}
