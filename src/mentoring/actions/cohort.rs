//! What becomes of mentor slots when their cohort is dated again or called off.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::{admitted_alumnus, events::SlotChange, rules, store},
    SlotInCohort, affected, busy_besides, call_bookings_off, does_not_fit, is_over, promote, target, tell,
    tell_affected, tell_moved,
};
use crate::{
    campuses,
    cohorts::{
        CohortStaff,
        model::{Cohort, Week, ZoneChange},
    },
    db::Conn,
    error::{Code, Error, Result},
    mentoring::model::{SignUpStatus, Slot},
    primitives::{Id, Instant, LocalTime},
};

/// Moves the times of a week's slots with the week, and tells who signed up. Where the week keeps its days, because
/// the campus goes by other clocks, those are told whose slot has times by the campus's clocks.
pub fn week_moved(
    conn: &mut Conn,
    staff: &CohortStaff,
    week: i32,
    has_new_days: bool,
    moved: impl Fn(LocalTime) -> LocalTime,
    zones: ZoneChange,
    now: Instant,
) -> Result<()> {
    for slot in store::all_slots(conn, staff.cohort())? {
        if slot.week_number != week {
            continue;
        }
        let changed = rules::moved(&slot, &moved, zones);
        if changed != slot {
            store::update_slot(conn, &staff.into(), &changed, now)?;
        } else if slot.times().is_some() || !has_new_days {
            continue;
        }
        store::forget_reconfirmations(conn, changed.id)?;
        let target = target(conn, changed.id)?;
        tell_moved(conn, &target, staff.person(), now)?;
    }
    Ok(())
}

/// Lets what is to come of a cohort's slots go by the clocks that its campus goes by now, if it went by those from before.
pub fn clocks_changed(conn: &mut Conn, staff: &CohortStaff, zones: ZoneChange, now: Instant) -> Result<()> {
    if zones.before == zones.after {
        return Ok(());
    }
    for slot in store::all_slots(conn, staff.cohort())? {
        let changed = rules::moved(&slot, |time| time, zones);
        let target = target(conn, slot.id)?;
        if changed == slot || is_over(conn, &target, now)? {
            continue;
        }
        store::update_slot(conn, &staff.into(), &changed, now)?;
        store::forget_reconfirmations(conn, slot.id)?;
        let target = SlotInCohort {
            slot: changed,
            ..target
        };
        tell_moved(conn, &target, staff.person(), now)?;
    }
    nobody_is_double_booked(conn, staff)
}

/// Nobody studies in a cohort and mentors in it.
///
/// # Errors
/// `409` if they have a place ahead of them there, or wait for one.
pub fn must_not_mentor(conn: &mut Conn, cohort: &Cohort, person: Id, now: Instant) -> Result<()> {
    let slots = store::slots_of(conn, &[person])?.into_iter().map(|(_, slot)| slot);
    for slot in slots.filter(|slot| slot.cohort_id == cohort.id) {
        let target = SlotInCohort {
            slot,
            cohort: cohort.clone(),
        };
        if !is_over(conn, &target, now)? {
            let detail = format!(
                "Whoever mentors in a cohort cannot study in it. Cancel the sign-up for week {} first.",
                target.slot.week_number
            );
            return Err(Error::new(Code::Conflict, detail).with("slot_id", target.slot.id));
        }
    }
    Ok(())
}

/// That no mentor is in two places after the weeks of a cohort have moved.
///
/// # Errors
/// `409` naming the slots that would overlap.
pub fn nobody_is_double_booked(conn: &mut Conn, staff: &CohortStaff) -> Result<()> {
    let slots = store::all_slots(conn, staff.cohort())?;
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let holders = store::holders(conn, &ids)?;
    let people: BTreeSet<Id> = holders.iter().map(|(_, person)| *person).collect();
    let people: Vec<Id> = people.into_iter().collect();
    let mut taken: BTreeMap<Id, Vec<(Slot, Week)>> = BTreeMap::new();
    for (person, _, slot, week) in store::commitments(conn, &people)? {
        taken.entry(person).or_default().push((slot, week));
    }
    for (slot, person) in &holders {
        let own = taken.get(person).map_or(&[][..], Vec::as_slice);
        let Some((slot, week)) = own.iter().find(|(own, _)| own.id == *slot) else {
            continue;
        };
        let is_elsewhere = |(other, of): &&(Slot, Week)| {
            other.id != slot.id && rules::keep_from_each_other((slot, week.span()), (other, of.span()))
        };
        if let Some((other, _)) = own.iter().find(is_elsewhere) {
            return Err(does_not_fit(slot, *person, other));
        }
    }
    Ok(())
}

/// Gives mentors what was cancelled when their cohort was called off, and tells them: what is to come, and what they are
/// still free for.
pub fn takes_place_after_all(conn: &mut Conn, staff: &CohortStaff, since: Instant, now: Instant) -> Result<()> {
    for slot in store::all_slots(conn, staff.cohort())? {
        let target = target(conn, slot.id)?;
        if is_over(conn, &target, now)? {
            continue;
        }
        let mut people = Vec::new();
        for sign_up in store::cancelled_at(conn, slot.id, since)? {
            if busy_besides(conn, &[sign_up.person_id], &slot, &[slot.id])?.is_none() {
                store::set_status(conn, &slot, &sign_up, SignUpStatus::Waitlisted, now)?;
                people.push(sign_up.person_id);
            }
        }
        // Whoever had a place stood before those who waited.
        for sign_up in rules::promoted(&store::sign_ups(conn, slot.id)?, slot.capacity) {
            store::set_status(conn, &slot, sign_up, SignUpStatus::Confirmed, now)?;
        }
        tell(conn, &target, &people, SlotChange::TakesPlace, staff.person(), now)?;
    }
    Ok(())
}

/// Whether somebody may mentor at a campus, whoever asks.
fn may_mentor(conn: &mut Conn, campus: Id, person: Id) -> Result<bool> {
    let is_staff = campuses::store::staff_role(conn, campus, person)?.is_some();
    Ok(is_staff || admitted_alumnus(conn, campus, person)?.is_some())
}

/// Takes the places to come from people who took them as alumni and can no longer mentor: their graduation was a mistake, or the
/// staff have removed them from the campus.
pub fn no_longer_alumni(conn: &mut Conn, people: &[Id], by: Id, now: Instant) -> Result<()> {
    for (person, slot) in store::slots_of(conn, people)? {
        let target = target(conn, slot.id)?;
        if may_mentor(conn, target.cohort.campus_id, person)? || is_over(conn, &target, now)? {
            continue;
        }
        let (sign_up, _) = store::sign_up(conn, slot.id, person)?;
        store::set_status(conn, &slot, &sign_up, SignUpStatus::Cancelled, now)?;
        tell(conn, &target, &[person], SlotChange::CancelledByStaff, by, now)?;
        promote(conn, &target, by, now)?;
    }
    Ok(())
}

/// Cancels what mentors have promised to a cohort that will not be, and tells them. What they gave until now stays.
pub fn called_off(conn: &mut Conn, staff: &CohortStaff, now: Instant) -> Result<()> {
    for slot in store::all_slots(conn, staff.cohort())? {
        let target = target(conn, slot.id)?;
        if is_over(conn, &target, now)? {
            continue;
        }
        tell_affected(conn, &target, SlotChange::CalledOff, staff.person(), now)?;
        for sign_up in affected(conn, slot.id)? {
            store::set_status(conn, &slot, &sign_up, SignUpStatus::Cancelled, now)?;
        }
        call_bookings_off(conn, &target, Some(staff.person()), now)?;
    }
    Ok(())
}
