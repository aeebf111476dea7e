//! Making, reading and changing slots.

use std::collections::BTreeMap;

use super::{
    super::{
        events::SlotChange,
        model::{MentorSlotPatch, SignUpStatus, Slot, SlotDetails, SlotSelection},
        rules::{self, Places},
        store,
    },
    SlotInCohort,
    bookings::must_keep_bookings,
    call_bookings_off, is_over, must_be_open, must_fit_its_mentors, promote, tell_affected, tell_moved, tell_walkers,
};
use crate::{
    audit,
    authz::Actor,
    campuses,
    cohorts::{
        self, CohortStaff,
        model::{Cohort, Week},
    },
    db::Conn,
    error::{Code, Error, FieldError, Result},
    mentoring::SlotViewer,
    pastoral::model::WalkChange,
    primitives::{Id, IfMatch, Instant, time::TimeZone},
    teams::model::PersonName,
};

/// A slot and how full it is.
pub struct SlotWithMentors {
    pub slot: Slot,
    /// How full it is.
    pub places: Places,
    /// Those who will come or came, in the order in which they signed up.
    pub mentors: Vec<PersonName>,
}

impl SlotWithMentors {
    /// A new one.
    pub(super) fn empty(slot: Slot) -> Self {
        Self {
            slot,
            places: Places::default(),
            mentors: Vec::new(),
        }
    }
}

pub fn create(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    week: i32,
    details: impl FnOnce(TimeZone) -> SlotDetails,
    now: Instant,
) -> Result<SlotWithMentors> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    let details = details(zone);
    let mut faults = rules::faults(&details);
    match week_of(conn, &cohort, week)? {
        Some(week) => faults.extend(rules::outside(&details, &week, zone)),
        None => faults.insert(0, FieldError::at("/week", "not_found", "must be a week of this cohort")),
    }
    Error::check_fields(faults)?;
    must_be_open(&cohort)?;
    rules::OF_A_COHORT.check_room(store::count_slots(conn, cohort.id)?)?;
    let slot = Slot::new(Id::new(), cohort.id, week, details, now);
    store::insert_slots(conn, &staff, std::slice::from_ref(&slot))?;
    Ok(SlotWithMentors::empty(slot))
}

/// A week of the cohort, if there is one.
fn week_of(conn: &mut Conn, cohort: &Cohort, number: i32) -> Result<Option<Week>> {
    match cohorts::store::week(conn, cohort.id, number) {
        Ok(week) => Ok(Some(week)),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Up to `limit` slots of a cohort.
pub fn list(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    selection: SlotSelection,
    limit: i64,
) -> Result<Vec<SlotWithMentors>> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    let slots = store::slots(conn, cohort.id, selection, limit)?;
    with_mentors(conn, slots)
}

pub fn read(conn: &mut Conn, actor: &Actor, id: Id) -> Result<SlotWithMentors> {
    let (target, _) = SlotInCohort::seen(conn, actor, id)?;
    one_with_mentors(conn, target.slot)
}

pub(super) fn with_mentors(conn: &mut Conn, slots: Vec<Slot>) -> Result<Vec<SlotWithMentors>> {
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let mut statuses: BTreeMap<Id, Vec<SignUpStatus>> = BTreeMap::new();
    for (slot, status) in store::statuses(conn, &ids)? {
        statuses.entry(slot).or_default().push(status);
    }
    let coming = store::coming(conn, &ids)?;
    let with_mentors = |slot: Slot| {
        let mentors = coming.iter().filter(|(id, _)| *id == slot.id);
        SlotWithMentors {
            places: Places::of(statuses.remove(&slot.id).unwrap_or_default()),
            mentors: mentors.map(|(_, mentor)| mentor.clone()).collect(),
            slot,
        }
    };
    Ok(slots.into_iter().map(with_mentors).collect())
}

fn one_with_mentors(conn: &mut Conn, slot: Slot) -> Result<SlotWithMentors> {
    with_mentors(conn, vec![slot])?.pop().ok_or_else(Error::not_found)
}

pub fn change(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: &MentorSlotPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<SlotWithMentors> {
    let (mut target, keeper) = SlotInCohort::kept(conn, actor, id)?;
    if !keeper.is_staff() {
        let fault = |pointer| FieldError::at(pointer, "invalid", "is for staff to change; leave it out");
        Error::check_fields(patch.for_staff().map(fault).collect())?;
    }
    seen.check(target.slot.version)?;
    let zone = campuses::store::campus(conn, target.cohort.campus_id)?.time_zone;
    let changed = target.slot.patched(patch, zone);
    if changed.is_offered && changed.booking_minutes.is_none() {
        let detail = "cannot be null for office hours that a mentor offers; delete them instead";
        return Err(Error::field("/booking_minutes", "invalid", detail));
    }
    check(conn, &target, &changed, zone)?;
    must_be_open(&target.cohort)?;
    if changed.kind != target.slot.kind && store::has_walk(conn, id)? {
        let detail = "The slot is a walk. Call the walk off first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    if changed.booking_minutes.is_some() && store::has_walk(conn, id)? {
        let detail = "The slot is a walk, so it cannot be office hours too. Call the walk off first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    if changed == target.slot {
        return one_with_mentors(conn, target.slot);
    }
    let moved = changed.times() != target.slot.times();
    let is_elsewhere = moved || (changed.kind, changed.part_of_week) != (target.slot.kind, target.slot.part_of_week);
    if is_elsewhere {
        must_fit_its_mentors(conn, &changed)?;
    }
    if target.slot.booking_minutes.is_some() {
        must_keep_bookings(conn, &target.slot, &changed)?;
    }
    audit::changed(&target.slot, &changed);
    target.slot = store::update_slot(conn, &keeper, &changed, now)?;
    if moved {
        store::forget_reconfirmations(conn, target.slot.id)?;
        tell_moved(conn, &target, keeper.person(), now)?;
    }
    promote(conn, &target, keeper.person(), now)?;
    one_with_mentors(conn, target.slot)
}

/// Whether a slot can be like this with the people who have signed up for it.
fn check(conn: &mut Conn, target: &SlotInCohort, slot: &Slot, campus: TimeZone) -> Result<()> {
    let details = slot.details();
    let mut faults = rules::faults(&details);
    let moved = slot.times() != target.slot.times();
    if let Some(week) = week_of(conn, &target.cohort, slot.week_number)?.filter(|_| moved) {
        faults.extend(rules::outside(&details, &week, campus));
    }
    Error::check_fields(faults)?;
    let taken = one_with_mentors(conn, slot.clone())?.places.taken;
    if slot.capacity < taken {
        let detail = format!("{taken} places are taken. Choose at least that capacity, or cancel sign-ups first.");
        return Err(Error::new(Code::SlotFull, detail));
    }
    Ok(())
}

pub fn remove(conn: &mut Conn, actor: &Actor, id: Id, known: IfMatch, now: Instant) -> Result<()> {
    let (target, keeper) = SlotInCohort::kept(conn, actor, id)?;
    known.check(target.slot.version)?;
    let statuses = store::statuses(conn, &[id])?;
    if !keeper.is_staff() && statuses.len() > 1 {
        let detail = "Others have signed up for these office hours too. Give your place up instead.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let is_over = is_over(conn, &target, now)?;
    let is_given = |status| rules::is_on_record(status) || is_over && rules::holds_a_place(status);
    if statuses.iter().any(|(_, status)| is_given(*status)) {
        let detail = "A mentor has given this time, so it is part of their record and cannot be deleted.";
        return Err(Error::new(Code::Conflict, detail));
    }
    tell_affected(conn, &target, SlotChange::Removed, keeper.person(), now)?;
    call_bookings_off(conn, &target, Some(keeper.person()), now)?;
    tell_walkers(conn, &target, WalkChange::CalledOff)?;
    store::delete_slot(conn, &keeper, &target.slot, now)
}
