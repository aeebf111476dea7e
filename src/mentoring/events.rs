//! What happens to mentor slots that those who signed up have to know.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::model::{Allocation, HandOver, SignUp, Slot, SlotKind, SlotTimes};
use crate::{
    cohorts::model::Week,
    outbox::{Audience, Told, event},
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What happened to a slot, or to somebody's place in it.
    pub enum SlotChange {
        /// A place became free and went to the next in line.
        Promoted = "mentor_slot.promoted",
        /// Staff cancelled somebody's sign-up.
        CancelledByStaff = "mentor_slot.sign_up_cancelled",
        /// Staff removed the slot.
        Removed = "mentor_slot.removed",
        /// The slot has other times.
        Moved = "mentor_slot.moved",
        /// The cohort will not take place, or ends early.
        CalledOff = "mentor_slot.called_off",
        /// The cohort that was called off will take place.
        TakesPlace = "mentor_slot.takes_place",
        /// Whoever has a place is asked whether they still come.
        ReconfirmationAsked = "mentor_slot.reconfirmation_asked",
        /// A place was not confirmed again in time.
        PlaceExpired = "mentor_slot.place_expired",
        /// Somebody else took over a place that was offered.
        HandedOver = "mentor_slot.handed_over",
        /// Somebody has a place that another had.
        TakenOver = "mentor_slot.taken_over",
        /// A time of office hours was booked.
        Booked = "mentor_slot.booked",
        /// A time that was booked is booked no longer.
        BookingCancelled = "mentor_slot.booking_cancelled",
        /// A time that is booked is another than before.
        BookingMoved = "mentor_slot.booking_moved",
        /// A time that is booked is another mentor's now.
        BookingHandedOver = "mentor_slot.booking_handed_over",
    }
}

impl SlotChange {
    /// Whether a place is lost unless somebody answers, or has been lost so.
    pub fn cannot_wait(self) -> bool {
        matches!(self, Self::ReconfirmationAsked | Self::PlaceExpired)
    }
}

/// Something that happened to a slot, and the slot as it was then.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SlotEvent {
    /// What it is about.
    pub kind: SlotChange,
    /// The slot.
    pub slot_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// What mentors do in it.
    pub slot_kind: SlotKind,
    /// Its week.
    pub week: i32,
    /// When its week begins.
    pub week_starts_on: NaiveDate,
    /// When its week ends.
    pub week_ends_on: NaiveDate,
    /// When it begins, if it has times of its own.
    pub starts_at: Option<Instant>,
    /// When it ends, if it has times of its own.
    pub ends_at: Option<Instant>,
    /// So many days before it begins, places are confirmed again.
    #[serde(default)]
    pub reconfirm_days: Option<i32>,
    /// Whom it concerns.
    pub people: Vec<Id>,
}

impl SlotEvent {
    /// What happened to a slot, or to its part at these times, in a week of a cohort of this campus.
    pub fn new(
        kind: SlotChange,
        slot: &Slot,
        times: Option<SlotTimes>,
        week: &Week,
        campus_id: Id,
        people: &[Id],
    ) -> Self {
        Self {
            kind,
            slot_id: slot.id,
            campus_id,
            cohort_id: slot.cohort_id,
            slot_kind: slot.kind,
            week: week.number,
            week_starts_on: week.starts_on,
            week_ends_on: week.ends_on,
            starts_at: times.map(SlotTimes::starts_at),
            ends_at: times.map(SlotTimes::ends_at),
            reconfirm_days: slot.reconfirm_days,
            people: people.to_vec(),
        }
    }
}

event!(SlotEvent, "mentor_slot", slot_id; campus_id, cohort_id => |event| {
    event.people.iter().copied().map(Audience::Person).collect()
}, at |event| match event.kind {
    // There may be no such slot any more.
    SlotChange::Removed | SlotChange::CancelledByStaff => format!("/v1/cohorts/{}/mentor-slots", event.cohort_id),
    SlotChange::Booked
    | SlotChange::BookingCancelled
    | SlotChange::BookingMoved
    | SlotChange::BookingHandedOver => {
        format!("/v1/cohorts/{}/office-hours?week={}", event.cohort_id, event.week)
    }
    _ => format!("/v1/mentor-slots/{}", event.slot_id),
});

/// A slot, with how full it is.
pub fn slot(slot: &Slot) -> Told {
    Told {
        object: "mentor_slot",
        id: slot.id,
        campus: None,
        cohort: Some(slot.cohort_id),
        href: format!("/v1/mentor-slots/{}", slot.id),
        audience: vec![Audience::SlotViewers],
    }
}

/// A sign-up for a slot, which then is more or less full.
pub fn sign_up(of: &Slot, sign_up: &SignUp) -> Told {
    Told {
        object: "sign_up",
        id: sign_up.id,
        href: format!("/v1/mentor-slots/{}", of.id),
        audience: vec![Audience::SlotViewers, Audience::Person(sign_up.person_id)],
        ..slot(of)
    }
}

text_enum! {
    /// What happened to an allocation.
    pub enum AllocationChange {
        /// Its places have become sign-ups.
        Confirmed = "mentor_allocation.confirmed",
    }
}

/// Something that happened to an allocation of places.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AllocationEvent {
    /// What it is about.
    pub kind: AllocationChange,
    /// The allocation.
    pub allocation_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// Everybody who had wishes.
    pub people: Vec<Id>,
}

event!(AllocationEvent, "mentor_allocation", allocation_id; campus_id, cohort_id => |event| {
    let concerned = event.people.iter().copied().map(Audience::Person);
    [Audience::Staff].into_iter().chain(concerned).collect()
}, at |event| format!("/v1/mentor-allocations/{}", event.allocation_id));

text_enum! {
    /// To whom a place is offered.
    pub enum SwapOfferChange {
        /// To those who have a place in the slot that is wanted for it.
        ForYours = "mentor_swap_offer.for_yours",
        /// To whoever waits first for such a place.
        ForWhoWaits = "mentor_swap_offer.for_who_waits",
    }
}

/// A place that is offered to people who could take it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SwapOfferEvent {
    /// To whom.
    pub kind: SwapOfferChange,
    /// The offer.
    pub offer_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// The cohort of the place.
    pub cohort_id: Id,
    /// The week of the place.
    pub week: i32,
    /// Who could take it.
    pub people: Vec<Id>,
}

event!(SwapOfferEvent, "mentor_swap_offer", offer_id; campus_id, cohort_id => |event| {
    event.people.iter().copied().map(Audience::Person).collect()
}, at |event| format!("/v1/mentor-swap-offers/{}", event.offer_id));

text_enum! {
    /// What happened to a draw.
    pub enum DrawChange {
        /// It was drawn. What came of it is told when it is confirmed.
        Made = "mentor_draw.made",
    }
}

/// A draw, with what it commits to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DrawEvent {
    /// What it is about.
    pub kind: DrawChange,
    /// The allocation that was drawn.
    pub allocation_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// Which draw of the cohort it is, from 1.
    pub number: i64,
    /// The hash of its inputs and seed.
    pub commitment: String,
    /// Everybody who had wishes.
    pub people: Vec<Id>,
}

event!(DrawEvent, "mentor_draw", allocation_id; campus_id, cohort_id => |event| {
    event.people.iter().copied().map(Audience::Person).collect()
}, at |event| format!("/v1/mentor-allocations/{}/draw", event.allocation_id));

/// An allocation; others than staff see it once it is confirmed.
pub fn allocation(of: &Allocation) -> Told {
    Told {
        object: "mentor_allocation",
        id: of.id,
        campus: None,
        cohort: Some(of.cohort_id),
        href: format!("/v1/mentor-allocations/{}", of.id),
        audience: vec![Audience::Staff],
    }
}

/// What a mentor wishes for in a cohort.
pub fn preference(cohort: Id, person: Id) -> Told {
    Told {
        object: "mentor_preference",
        id: person,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/cohorts/{cohort}/mentor-preferences"),
        audience: vec![Audience::Staff],
    }
}

/// An offer of a place in a slot.
pub fn swap_offer(of: &Slot, id: Id) -> Told {
    Told {
        object: "mentor_swap_offer",
        id,
        href: format!("/v1/mentor-swap-offers/{id}"),
        ..slot(of)
    }
}

/// The note of a week for the next week's mentors, told to these.
pub fn hand_over(note: &HandOver, week: i32, readers: Vec<Audience>) -> Told {
    Told {
        object: "hand_over",
        id: note.week_id,
        campus: None,
        cohort: Some(note.cohort_id),
        href: format!("/v1/cohorts/{}/weeks/{week}/hand-over", note.cohort_id),
        audience: readers,
    }
}

/// What a week lacks that begins soon.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Gap {
    /// The week.
    pub week: i32,
    /// When it begins.
    pub starts_on: NaiveDate,
    /// How many mentors are missing.
    pub missing: i32,
}

/// How a week is covered, for the staff.
pub fn gap(week: &Week) -> Told {
    Told {
        object: "mentor_cover",
        id: week.id,
        campus: None,
        cohort: Some(week.cohort_id),
        href: format!("/v1/cohorts/{}/mentor-coverage", week.cohort_id),
        audience: vec![Audience::Staff],
    }
}
