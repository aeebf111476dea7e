//! What people do with mentor slots.

mod allocations;
mod batch;
mod bookings;
mod cohort;
mod coverage;
mod departure;
mod draws;
mod gaps;
mod giving;
mod mine;
mod office_hours;
mod preferences;
mod reconfirmation;
mod search;
mod shares;
mod sign_ups;
mod slots;
mod swaps;

pub use allocations::{
    FullAllocation, allocate, confirm, get as get_allocation, list as list_allocations, prepare, save,
};
pub use batch::{MadeSlots, SlotPattern, create_batch};
pub use bookings::{book, cancel_booking};
pub use cohort::{
    called_off, clocks_changed, must_not_mentor, no_longer_alumni, nobody_is_double_booked, takes_place_after_all,
    week_moved,
};
pub use coverage::{CoveredWeek, coverage, coverage_map};
pub use departure::give_up_everything;
pub use draws::{Redrawn, SeenDraw, compare, get as get_draw, prepare_rerun, rerun};
pub use gaps::tell_gaps;
pub use giving::{
    GivenAtCampus, GivingBack, Thanked, WeekHandOver, giving_back, hand_over, set_thanked, thanks, weeks_mentored,
    write_hand_over,
};
pub use mine::{MentoredPlace, MyMentoring, my_mentoring};
pub use office_hours::{BookableTime, NewOfficeHours, OfficeHours, list_office_hours, offer};
pub use preferences::{Wished, delete_wishes, own_wishes, set_wishes, wishes};
pub use reconfirmation::{ask_and_expire, reconfirm};
pub use search::{FoundSlot, search};
pub use shares::{OwnShare, own_share, shares};
pub use sign_ups::{
    SignUpWithPerson, SignUpWithSlot, attendance, cancel_of, cancel_own, mark, own_sign_ups, sign_up, sign_up_of,
    sign_ups,
};
pub use slots::{SlotWithMentors, change, create, list, read, remove};
pub use swaps::{
    LocatedSwapOffer, SwapOfferWithPeople, accept_swap, offer_swap, own_swap_offers, swap_offer, swap_offers,
    withdraw_swap,
};

// Which weeks and days are meant, and what is wished for.
pub use super::rules::{HoursDay, NewWishes, WeekChoice};

use super::{
    events::{SlotChange, SlotEvent},
    model::{Booking, SignUp, SignUpStatus, Slot, SlotKind, SlotTimes},
    rules, store,
};
use crate::{
    accounts,
    authz::Actor,
    campuses,
    cohorts::{
        self,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, Result},
    mail,
    mentoring::{Booker, Mentor, SlotKeeper, SlotViewer},
    outbox,
    pastoral::{
        self,
        model::{WalkChange, WalkNews},
    },
    primitives::{Id, Instant},
    teams,
};

/// A slot and the cohort it belongs to.
struct SlotInCohort {
    slot: Slot,
    cohort: Cohort,
}

impl SlotInCohort {
    /// For those who may see when mentors are wanted there.
    fn seen(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<(Self, SlotViewer)> {
        let slot = store::slot(conn, slot)?;
        let (cohort, viewer) = SlotViewer::of(conn, actor, slot.cohort_id)?;
        Ok((Self { slot, cohort }, viewer))
    }

    /// For those who may change it.
    fn kept(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<(Self, SlotKeeper)> {
        let slot = store::slot(conn, slot)?;
        let (cohort, keeper) = SlotKeeper::of(conn, actor, &slot)?;
        Ok((Self { slot, cohort }, keeper))
    }

    /// For those who may mentor there.
    fn to_mentor_in(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<(Self, Mentor)> {
        let slot = store::slot(conn, slot)?;
        let (cohort, mentor) = Mentor::of(conn, actor, slot.cohort_id)?;
        Ok((Self { slot, cohort }, mentor))
    }

    /// For those who may book times there.
    fn to_book_in(conn: &mut Conn, actor: &Actor, slot: Id) -> Result<(Self, Booker)> {
        let slot = store::slot(conn, slot)?;
        let (cohort, booker) = Booker::of(conn, actor, slot.cohort_id)?;
        Ok((Self { slot, cohort }, booker))
    }
}

fn target(conn: &mut Conn, slot: Id) -> Result<SlotInCohort> {
    let slot = store::slot(conn, slot)?;
    let cohort = cohorts::store::cohort(conn, slot.cohort_id)?;
    Ok(SlotInCohort { slot, cohort })
}

/// Whether it is too late to take, give up or pass on places of it.
fn is_over(conn: &mut Conn, SlotInCohort { slot, cohort }: &SlotInCohort, now: Instant) -> Result<bool> {
    let week = cohorts::store::week(conn, cohort.id, slot.week_number)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    Ok(rules::is_over(slot, week.ends_on, zone, now))
}

/// What has been is on record: neither taken nor given up afterwards.
fn must_be_to_come(conn: &mut Conn, target: &SlotInCohort, now: Instant) -> Result<()> {
    if !is_over(conn, target, now)? {
        return Ok(());
    }
    let detail = match target.slot.times() {
        Some(times) => format!(
            "The slot began at {}: its places can no longer be taken or given up. Staff note who came.",
            rules::shown(times.starts)
        ),
        None => format!(
            "Week {} is over: its places can no longer be taken or given up. Staff note who came.",
            target.slot.week_number
        ),
    };
    Err(Error::new(Code::SlotOver, detail))
}

/// Nobody can be in two places, or look after one week twice: who of these people holds or waits for a slot that keeps them
/// from this one, besides some, and which.
fn busy_besides(conn: &mut Conn, people: &[Id], slot: &Slot, besides: &[Id]) -> Result<Option<(Id, Slot)>> {
    let mut others = store::commitments(conn, people)?;
    others.retain(|(_, _, other, _)| !besides.contains(&other.id));
    if others.is_empty() {
        return Ok(None);
    }
    let days = cohorts::store::week(conn, slot.cohort_id, slot.week_number)?.span();
    let keeps = |other: &Slot, week: &Week| rules::keep_from_each_other((slot, days), (other, week.span()));
    let first = others.into_iter().find(|(_, _, other, week)| keeps(other, week));
    Ok(first.map(|(person, _, other, _)| (person, other)))
}

/// That a slot gets in the way of nobody who has signed up for it.
fn must_fit_its_mentors(conn: &mut Conn, slot: &Slot) -> Result<()> {
    let people = affected_people(conn, slot.id)?;
    match busy_besides(conn, &people, slot, &[slot.id])? {
        None => Ok(()),
        Some((person, other)) => Err(does_not_fit(slot, person, &other)),
    }
}

fn does_not_fit(slot: &Slot, person: Id, other: &Slot) -> Error {
    let detail = format!(
        "A mentor of the slot in week {} has also signed up for {}, at an overlapping time or to look after the same week. \
         Choose something else, or cancel one of the sign-ups first.",
        slot.week_number,
        rules::named(other)
    );
    Error::new(Code::Conflict, detail).with("person_id", person)
}

/// Whoever may not mentor is told why.
fn not_alumni(error: Error) -> Error {
    match error.code() {
        Code::Forbidden => Error::new(
            Code::NotAlumni,
            "You can mentor here once you have graduated from this campus or one whose alumni it admits, or if you are on its staff.",
        ),
        _ => error,
    }
}

fn must_be_open(cohort: &Cohort) -> Result<()> {
    if rules::is_open(cohort.status) {
        return Ok(());
    }
    let detail = format!(
        "The cohort is {}. Only planned and running cohorts take mentors.",
        cohort.status.as_str()
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Gives the free places to the first in line and tells them: in the transaction that freed a place. Office hours that their
/// mentor offered end when nobody holds them any more.
fn promote(conn: &mut Conn, target: &SlotInCohort, by: impl Into<Option<Id>>, now: Instant) -> Result<()> {
    if !rules::is_open(target.cohort.status) || is_over(conn, target, now)? {
        return Ok(());
    }
    let sign_ups = store::sign_ups(conn, target.slot.id)?;
    let next = rules::promoted(&sign_ups, target.slot.capacity);
    for sign_up in &next {
        store::set_status(conn, &target.slot, sign_up, SignUpStatus::Confirmed, now)?;
    }
    let people: Vec<Id> = next.iter().map(|sign_up| sign_up.person_id).collect();
    let by = by.into();
    tell(conn, target, &people, SlotChange::Promoted, by, now)?;
    let has_mentor = !next.is_empty() || sign_ups.iter().any(|sign_up| sign_up.status == SignUpStatus::Confirmed);
    if has_mentor {
        return Ok(());
    }
    call_bookings_off(conn, target, by, now)?;
    match target.slot.is_offered {
        true => store::delete_offered(conn, &target.slot, now),
        false => Ok(()),
    }
}

/// Who has answered, or given the place up, is asked no more, however long the question has waited to be sent.
fn forget_question(conn: &mut Conn, sign_up: &SignUp) -> Result<()> {
    let Some(asked_at) = sign_up.reconfirm_asked_at else {
        return Ok(());
    };
    match accounts::store::addressees(conn, &[sign_up.person_id])?.pop() {
        Some(to) => mail::delete_unsent(conn, ("mentor_slot", sign_up.slot_id), &to.email, asked_at),
        None => Ok(()),
    }
}

/// Who comes to a time that is booked: the team, or whoever booked it.
fn people_of(conn: &mut Conn, booking: &Booking) -> Result<Vec<Id>> {
    match booking.team_id {
        Some(team) => teams::store::members(conn, team),
        None => Ok(vec![booking.person_id]),
    }
}

/// Nobody is there for what is booked and to come, so it is booked no longer; those who would have come are told.
fn call_bookings_off(conn: &mut Conn, target: &SlotInCohort, by: Option<Id>, now: Instant) -> Result<()> {
    for booking in bookings_to_come(conn, &target.slot, now)? {
        let people = people_of(conn, &booking)?;
        store::delete_booking(conn, &target.slot, &booking, &people, now)?;
        let time = target.slot.time(booking.number);
        tell_at(conn, target, time, &people, SlotChange::BookingCancelled, by, now)?;
    }
    Ok(())
}

/// Tells everybody who comes to a slot that it is at another time: its mentors, those who have booked times in it, and those who come
/// along where it is a walk.
fn tell_moved(conn: &mut Conn, target: &SlotInCohort, by: Id, now: Instant) -> Result<()> {
    tell_affected(conn, target, SlotChange::Moved, by, now)?;
    tell_bookers(conn, target, SlotChange::BookingMoved, by, now)?;
    tell_walkers(conn, target, WalkChange::Moved)
}

/// Tells those who come along on a walk that it is at another time, or that there is none.
fn tell_walkers(conn: &mut Conn, target: &SlotInCohort, change: WalkChange) -> Result<()> {
    let SlotInCohort { slot, cohort } = target;
    let people = match slot.kind {
        SlotKind::Pastoral => pastoral::store::walkers(conn, slot.id)?,
        SlotKind::Week | SlotKind::Project | SlotKind::Role | SlotKind::Employment => return Ok(()),
    };
    if people.is_empty() {
        return Ok(());
    }
    let week = cohorts::store::week(conn, cohort.id, slot.week_number)?;
    let news = WalkNews::of(change, slot.times(), &week, people);
    pastoral::events::walk_changed(conn, slot.id, cohort.id, &news)
}

/// Tells those who have booked times what becomes of these.
fn tell_bookers(conn: &mut Conn, target: &SlotInCohort, kind: SlotChange, by: Id, now: Instant) -> Result<()> {
    for booking in bookings_to_come(conn, &target.slot, now)? {
        let people = people_of(conn, &booking)?;
        let time = target.slot.time(booking.number);
        tell_at(conn, target, time, &people, kind, by, now)?;
    }
    Ok(())
}

fn bookings_to_come(conn: &mut Conn, slot: &Slot, now: Instant) -> Result<Vec<Booking>> {
    let mut there = match slot.booking_minutes {
        Some(_) => store::bookings(conn, &[slot.id])?,
        None => Vec::new(),
    };
    there.retain(|booking| slot.time(booking.number).is_some_and(|time| time.starts_at() > now));
    Ok(there)
}

/// Who would come or waits, and so has to know of a change.
fn affected_people(conn: &mut Conn, slot: Id) -> Result<Vec<Id>> {
    let sign_ups = affected(conn, slot)?;
    Ok(sign_ups.iter().map(|sign_up| sign_up.person_id).collect())
}

fn affected(conn: &mut Conn, slot: Id) -> Result<Vec<SignUp>> {
    let mut sign_ups = store::sign_ups(conn, slot)?;
    sign_ups.retain(|sign_up| matches!(sign_up.status, SignUpStatus::Confirmed | SignUpStatus::Waitlisted));
    Ok(sign_ups)
}

/// Tells whoever has signed up for a slot to come; what becomes of one that is over is no news to them.
fn tell_affected(conn: &mut Conn, target: &SlotInCohort, kind: SlotChange, by: Id, now: Instant) -> Result<()> {
    if is_over(conn, target, now)? {
        return Ok(());
    }
    let mut people = affected_people(conn, target.slot.id)?;
    people.retain(|person| *person != by);
    tell(conn, target, &people, kind, by, now)
}

/// Writes down that something happened which these people have to know.
fn tell(
    conn: &mut Conn,
    target: &SlotInCohort,
    people: &[Id],
    kind: SlotChange,
    by: impl Into<Option<Id>>,
    now: Instant,
) -> Result<()> {
    tell_at(conn, target, target.slot.times(), people, kind, by, now)
}

/// The same of one of the slot's times.
fn tell_at(
    conn: &mut Conn,
    target: &SlotInCohort,
    times: Option<SlotTimes>,
    people: &[Id],
    kind: SlotChange,
    by: impl Into<Option<Id>>,
    now: Instant,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let SlotInCohort { slot, cohort } = target;
    let week = cohorts::store::week(conn, cohort.id, slot.week_number)?;
    let event = SlotEvent::new(kind, slot, times, &week, cohort.campus_id, people);
    outbox::record(conn, &event, by.into(), now)
}
