//! Mentor slots and sign-ups as they are stored.

mod bodies;

use diesel::prelude::*;

pub use bodies::MentorSlotPatch;

use crate::{
    audit::audited,
    db::schema::{mentor_slots, sign_ups},
    primitives::{Id, Instant, Period, text_enum},
};

text_enum! {
    /// What mentors are wanted for.
    pub enum SlotKind {
        /// To be there in a week.
        Week = "week",
        /// To help with a project.
        Project = "project",
        /// To help those who have a certain role.
        Role = "role",
        /// To listen.
        Pastoral = "pastoral",
        /// To help with finding work.
        Employment = "employment",
    }
}

/// A time for which mentors are wanted.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_slots, treat_none_as_default_value = false)]
pub struct Slot {
    pub id: Id,
    pub cohort_id: Id,
    /// In which of its weeks.
    pub week_number: i32,
    pub kind: SlotKind,
    /// How many it takes.
    pub min_mentors: i32,
    /// How many there is room for.
    pub capacity: i32,
    /// When, if it is not the whole week.
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

/// Which slots of a cohort.
#[derive(Clone, Debug, Default)]
pub struct SlotSelection {
    /// Only of this week.
    pub week: Option<i32>,
    /// Only of these kinds.
    pub kinds: Option<Vec<SlotKind>>,
    /// Only of weeks on these days.
    pub period: Period,
    /// Only behind the slot with this week and id.
    pub after: Option<(i32, Id)>,
}

text_enum! {
    /// Where a mentor's sign-up stands.
    pub enum SignUpStatus {
        /// Has a place.
        Confirmed = "confirmed",
        /// Waits in line.
        Waitlisted = "waitlisted",
        /// Was given up or taken away.
        Cancelled = "cancelled",
        /// Had a place and came.
        Attended = "attended",
        /// Had a place and did not come.
        NoShow = "no_show",
    }
}

/// A mentor's place in a slot, or in the line for one.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sign_ups)]
pub struct SignUp {
    pub id: Id,
    /// Which slot.
    pub slot_id: Id,
    pub person_id: Id,
    /// Counts up in a slot: whoever waits, waits in this order.
    pub turn: i64,
    /// Where it stands.
    pub status: SignUpStatus,
    pub version: i64,
    /// When they signed up.
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Slot {
    kind,
    min_mentors,
    capacity,
    starts_at,
    ends_at
});
