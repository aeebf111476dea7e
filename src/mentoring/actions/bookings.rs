//! Booking times of office hours, and giving them up.

use super::{
    super::{
        events::SlotChange,
        model::{Booking, Slot, SlotTimes},
        rules::{self, Engagements},
        store,
    },
    SlotInCohort, must_be_open, people_of, target, tell_at,
};
use crate::{
    audit,
    authz::{Actor, SignedIn},
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    teams,
};

/// Books a time for the caller, or for their team of that week. One that is theirs already stays so.
pub fn book(conn: &mut Conn, actor: &Actor, (slot, number): (Id, i32), for_team: bool, now: Instant) -> Result<()> {
    let (target, booker) = SlotInCohort::to_book_in(conn, actor, slot)?;
    let person = booker.person();
    let team_id = match for_team {
        true => Some(own_team(conn, &target, person)?),
        false => None,
    };
    let new = Booking {
        slot_id: slot,
        number,
        person_id: person,
        team_id,
        created_at: now,
    };
    let there = store::bookings(conn, &[slot])?;
    let is_same = |other: &Booking| (other.number, other.person_id, other.team_id) == (number, person, team_id);
    if there.iter().any(is_same) {
        return Ok(());
    }
    must_be_open(&target.cohort)?;
    let people = people_of(conn, &new)?;
    let theirs = engagements(conn, &people)?;
    let mentors = store::held_by(conn, slot)?;
    rules::BOOKINGS.check_room(store::booked_since(conn, &booker, now.plus(-rules::DAY))?)?;
    rules::may_book(&target.slot, number, &there, &theirs, !mentors.is_empty(), now)?;
    store::insert_booking(conn, &booker, &target.slot, &new)?;
    tell_others(conn, &target, &new, (SlotChange::Booked, &mentors), person, now)
}

fn engagements(conn: &mut Conn, people: &[Id]) -> Result<Engagements> {
    Ok(Engagements {
        booked: store::bookings_of(conn, people)?,
        walks: store::walks_of(conn, people)?,
    })
}

fn own_team(conn: &mut Conn, SlotInCohort { slot, cohort }: &SlotInCohort, person: Id) -> Result<Id> {
    teams::store::team_of(conn, cohort.id, slot.week_number, person)?.ok_or_else(|| {
        let detail = format!(
            "You are in no published team in week {}. Book the time for yourself.",
            slot.week_number
        );
        Error::new(Code::Conflict, detail)
    })
}

/// Lets others have a time: for those who would come to it, the mentors of the slot, and staff.
pub fn cancel_booking(conn: &mut Conn, actor: &Actor, (slot, number): (Id, i32), now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    let target = target(conn, slot)?;
    audit::at_campus(target.cohort.campus_id);
    let mut there = store::bookings(conn, &[slot])?.into_iter();
    let Some(booking) = there.find(|booking| booking.number == number) else {
        return Err(Error::not_found());
    };
    let mentors = store::held_by(conn, slot)?;
    let people = people_of(conn, &booking)?;
    let is_theirs = mentors.contains(&person) || people.contains(&person);
    if !is_theirs {
        CohortStaff::or_hide(conn, actor, target.cohort.id)?;
    }
    if target.slot.time(number).is_some_and(|time| time.starts_at() <= now) {
        let detail = "The time has begun, so it can no longer be given up.";
        return Err(Error::new(Code::SlotOver, detail));
    }
    store::delete_booking(conn, &target.slot, &booking, &people, now)?;
    let change = (SlotChange::BookingCancelled, mentors.as_slice());
    tell_others(conn, &target, &booking, change, person, now)
}

/// Tells the mentors and those who come or would have, but not whoever did it.
fn tell_others(
    conn: &mut Conn,
    target: &SlotInCohort,
    booking: &Booking,
    (kind, mentors): (SlotChange, &[Id]),
    by: Id,
    now: Instant,
) -> Result<()> {
    let mut people = people_of(conn, booking)?;
    people.extend(mentors);
    people.retain(|person| *person != by);
    tell_at(conn, target, target.slot.time(booking.number), &people, kind, by, now)
}

/// Gives up what somebody who goes has booked: for their team it stays booked, by another of the team.
pub(super) fn give_up_bookings(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    for (booking, slot) in store::booked_by(conn, person)? {
        let others = match booking.team_id {
            Some(team) => teams::store::members(conn, team)?,
            None => Vec::new(),
        };
        if let Some(other) = others.into_iter().find(|other| *other != person) {
            store::pass_booking(conn, &slot, &booking, other)?;
            continue;
        }
        store::delete_booking(conn, &slot, &booking, &[person], now)?;
        if slot.time(booking.number).is_some_and(|time| time.starts_at() > now) {
            let mentors = store::held_by(conn, slot.id)?;
            let (target, time) = (target(conn, slot.id)?, slot.time(booking.number));
            tell_at(conn, &target, time, &mentors, SlotChange::BookingCancelled, None, now)?;
        }
    }
    Ok(())
}

/// That a slot can become this with what is booked in it: nobody loses a time, or gets one at which they are elsewhere.
pub(super) fn must_keep_bookings(conn: &mut Conn, before: &Slot, after: &Slot) -> Result<()> {
    let there = store::bookings(conn, &[before.id])?;
    rules::keeps_bookings(before, after, &there)?;
    if before.times() == after.times() {
        return Ok(());
    }
    for booking in &there {
        let Some(times) = after.time(booking.number) else {
            continue;
        };
        must_be_free(conn, after, booking, times)?;
    }
    Ok(())
}

fn must_be_free(conn: &mut Conn, slot: &Slot, booking: &Booking, times: SlotTimes) -> Result<()> {
    let people = people_of(conn, booking)?;
    let theirs = engagements(conn, &people)?;
    match theirs.has_at(times, Some(slot.id)) {
        false => Ok(()),
        true => {
            let detail = format!(
                "Somebody who has booked time {} would be elsewhere then. Choose other times, or cancel the booking first.",
                booking.number
            );
            Err(Error::new(Code::Conflict, detail).with("number", booking.number))
        }
    }
}
