//! Mentor slots and sign-ups as they are stored.

mod allocation;
mod bodies;
mod booking;
mod coverage;
mod draw;
mod giving;
mod share;
mod times;

use chrono::{NaiveDate, TimeDelta};
use diesel::{
    dsl::{And, IsNull},
    prelude::*,
};

pub use allocation::{
    Allocation, AllocationReport, AllocationResult, AllocationStatus, Assignment, Companion, ContestedSlots, DrawsLost,
    Load, MentorWish, PersonWishes, Preference, Search, ShortSlot,
};
pub use bodies::{MentorSlotPatch, SlotDetails};
pub use booking::{Booking, LeftOut};
pub use coverage::{CoverageMap, CoverageRow, CoveredCell};
pub use draw::{Draw, DrawInputs, DrawPart};
pub use giving::{Giving, HandOver};
pub use share::{MentorAverage, MentorShare, StoredPlace};
pub use times::SlotTimes;

use crate::{
    audit::audited,
    db::{
        dialect::{Among, AmongMethod as _},
        schema::{mentor_slots, mentor_swap_offers, sign_ups},
    },
    primitives::{Id, Instant, Line, LocalTime, Period, Url, text_enum, time::TimeZone},
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

text_enum! {
    /// Which part of the week a slot without times takes.
    pub enum PartOfWeek {
        /// The first half of the week.
        FirstHalf = "first_half",
        /// The second half of the week.
        SecondHalf = "second_half",
        /// Every morning.
        Mornings = "mornings",
        /// Every afternoon.
        Afternoons = "afternoons",
        /// Every evening.
        Evenings = "evenings",
    }
}

text_enum! {
    /// As what the mentors of a slot come.
    pub enum MentorRole {
        /// Looks after the week.
        Lead = "lead",
        /// Helps whoever leads.
        Support = "support",
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
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Which part of the week, if it has no times.
    pub part_of_week: Option<PartOfWeek>,
    /// Where mentors come to.
    pub place: Option<Line>,
    /// Where they are met online.
    pub url: Option<Url>,
    /// As what they come.
    pub mentor_role: Option<MentorRole>,
    /// Until when only graduates of the campus's previous cohort take its places.
    pub priority_until: Option<Instant>,
    /// So many days before it begins, places are confirmed again or lost.
    pub reconfirm_days: Option<i32>,
    /// When, if it is not the whole week: by the clocks of its zone.
    pub starts_local: Option<LocalTime>,
    pub ends_local: Option<LocalTime>,
    /// Whose clocks; none without times.
    pub time_zone: Option<TimeZone>,
    /// How long one time is that students book; none if these are no office hours.
    pub booking_minutes: Option<i32>,
    /// Whether a mentor offered it: office hours, which end with their place in it.
    pub is_offered: bool,
}

impl Slot {
    /// When it is, if it is not the whole week.
    pub fn times(&self) -> Option<SlotTimes> {
        SlotTimes::of(self.starts_local, self.ends_local, self.time_zone)
    }

    /// How many times students book in it; none if these are no office hours.
    pub fn time_count(&self) -> i32 {
        let hours = self.times().zip(self.booking_minutes);
        hours.map_or(0, |(times, minutes)| times.count_of(minutes))
    }

    /// When one of its times is, from 1, if it has that one.
    pub fn time(&self, number: i32) -> Option<SlotTimes> {
        let (times, minutes) = self.times().zip(self.booking_minutes)?;
        if !(1..=times.count_of(minutes)).contains(&number) {
            return None;
        }
        let before = TimeDelta::minutes(i64::from(minutes) * i64::from(number - 1));
        let starts = times.starts.plus(before);
        Some(SlotTimes {
            starts,
            ends: starts.plus(TimeDelta::minutes(minutes.into())),
            ..times
        })
    }
}

/// Which slots of a cohort.
#[derive(Clone, Debug, Default)]
pub struct SlotSelection {
    /// Only of this week.
    pub week: Option<i32>,
    /// Only of these kinds.
    pub kinds: Option<Vec<SlotKind>>,
    /// Only office hours, or none of these.
    pub office_hours: Option<bool>,
    /// Only of weeks on these days.
    pub period: Period,
    /// Only behind the slot with this week and id.
    pub after: Option<(i32, Id)>,
}

/// Which slots of several cohorts.
#[derive(Clone, Debug)]
pub struct SlotSearch {
    /// Only with a free place, in a cohort that takes mentors, not over.
    pub open: bool,
    /// Only at this campus.
    pub campus: Option<Id>,
    /// Only of these kinds.
    pub kinds: Option<Vec<SlotKind>>,
    /// Only of weeks on these days.
    pub period: Period,
    /// Only behind the slot whose week begins then, with this id.
    pub after: Option<(NaiveDate, Id)>,
    /// When it is asked.
    pub now: Instant,
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
#[diesel(table_name = sign_ups, treat_none_as_default_value = false)]
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
    /// When they were asked whether they still come.
    pub reconfirm_asked_at: Option<Instant>,
    /// When they said so.
    pub reconfirmed_at: Option<Instant>,
    /// Whether they were on the waiting list first.
    pub waited: bool,
}

impl SignUp {
    /// A new one, which was never on the waiting list and has not to be confirmed again yet.
    pub fn new(id: Id, (slot, person): (Id, Id), turn: i64, status: SignUpStatus, now: Instant) -> Self {
        Self {
            id,
            slot_id: slot,
            person_id: person,
            turn,
            status,
            version: 1,
            created_at: now,
            updated_at: now,
            reconfirm_asked_at: None,
            reconfirmed_at: None,
            waited: false,
        }
    }
}

/// Of a sign-up with its slot: whether it is a place by which its mentor sees inside the cohort. One in office hours is none,
/// as whoever may mentor can offer them.
pub fn lets_in() -> And<Among<sign_ups::status, SignUpStatus>, IsNull<mentor_slots::booking_minutes>> {
    let comes = sign_ups::status.among([SignUpStatus::Confirmed, SignUpStatus::Attended]);
    comes.and(mentor_slots::booking_minutes.is_null())
}

/// How reliably somebody came to slots.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Attendance {
    /// To how many they came or should have come.
    pub expected: i64,
    /// To how many of them they did not come.
    pub no_shows: i64,
}

impl Attendance {
    /// Whether it was so often that organisers are to know.
    pub fn is_often_missed(self) -> bool {
        self.no_shows >= 3
    }
}

text_enum! {
    /// Where the offer of a place stands.
    pub enum SwapStatus {
        /// Can be accepted.
        Open = "open",
        /// The place has changed hands.
        Accepted = "accepted",
        /// Was taken back.
        Withdrawn = "withdrawn",
    }
}

/// A place that its mentor offers.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = mentor_swap_offers, treat_none_as_default_value = false)]
pub struct SwapOffer {
    pub id: Id,
    /// The place.
    pub sign_up_id: Id,
    /// In which slot they would like one instead; to whoever takes it, if in none.
    pub wanted_slot_id: Option<Id>,
    /// Where it stands.
    pub status: SwapStatus,
    pub accepted_by: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Slot {
    kind,
    min_mentors,
    capacity,
    starts_local,
    ends_local,
    time_zone,
    booking_minutes,
    part_of_week,
    place,
    url,
    mentor_role,
    priority_until,
    reconfirm_days
});
