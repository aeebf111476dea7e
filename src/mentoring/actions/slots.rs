//! Making, reading and changing slots.

use std::collections::BTreeMap;

use super::{
    super::{
        letters::News,
        model::{SignUpStatus, Slot, SlotKind, Which},
        rules::{self, Places, Wanted},
        store,
    },
    must_be_open, place, promote, tell,
};
use crate::{
    authz::{Actor, CohortStaff, SlotViewer},
    cohorts,
    db::Conn,
    error::{Code, Error, FieldError, Result},
    primitives::{Field, Id, IfMatch, Instant},
};

/// A slot and how full it is.
pub struct Filled {
    /// The slot.
    pub slot: Slot,
    /// How full it is.
    pub places: Places,
}

/// A slot as staff want it.
#[derive(Clone, Copy)]
pub struct NewSlot {
    /// In which week.
    pub week: i32,
    /// What for.
    pub kind: SlotKind,
    /// Numbers and times.
    pub wanted: Wanted,
}

pub fn create(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewSlot, now: Instant) -> Result<Filled> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    let staff = CohortStaff::prove(actor, cohort.campus_id, cohort.id)?;
    let mut faults = rules::faults(new.wanted);
    if !has_week(conn, cohort.id, new.week)? {
        faults.insert(
            0,
            FieldError::at("/week", "not_found", "the cohort has no week with this number"),
        );
    }
    if !faults.is_empty() {
        return Err(Error::fields(faults));
    }
    must_be_open(&cohort)?;
    let slot = Slot {
        id: Id::new(),
        cohort_id: cohort.id,
        week_number: new.week,
        kind: new.kind,
        min_mentors: new.wanted.min,
        capacity: new.wanted.capacity,
        starts_at: new.wanted.starts_at,
        ends_at: new.wanted.ends_at,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    store::insert_slot(conn, &staff, &slot)?;
    let places = Places::default();
    Ok(Filled { slot, places })
}

fn has_week(conn: &mut Conn, cohort: Id, number: i32) -> Result<bool> {
    match cohorts::store::week(conn, cohort, number) {
        Ok(_) => Ok(true),
        Err(error) if error.code() == Code::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Up to `limit` slots of a cohort.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, which: Which, limit: i64) -> Result<Vec<Filled>> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    SlotViewer::prove_or_hide(actor, cohort.campus_id, cohort.id)?;
    let slots = store::slots(conn, cohort.id, which, limit)?;
    filled(conn, slots)
}

pub fn read(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Filled> {
    let place = place(conn, id)?;
    SlotViewer::prove_or_hide(actor, place.cohort.campus_id, place.cohort.id)?;
    one_filled(conn, place.slot)
}

fn filled(conn: &mut Conn, slots: Vec<Slot>) -> Result<Vec<Filled>> {
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let mut statuses: BTreeMap<Id, Vec<SignUpStatus>> = BTreeMap::new();
    for (slot, status) in store::statuses(conn, &ids)? {
        statuses.entry(slot).or_default().push(status);
    }
    let filled = |slot: Slot| {
        let places = Places::of(statuses.remove(&slot.id).unwrap_or_default());
        Filled { slot, places }
    };
    Ok(slots.into_iter().map(filled).collect())
}

fn one_filled(conn: &mut Conn, slot: Slot) -> Result<Filled> {
    let statuses = store::statuses(conn, &[slot.id])?;
    let places = Places::of(statuses.into_iter().map(|(_, status)| status));
    Ok(Filled { slot, places })
}

/// What staff change of a slot.
#[derive(Clone)]
pub struct Changes {
    /// What for.
    pub kind: Field<SlotKind>,
    /// How many it takes.
    pub min: Field<i32>,
    /// How many there is room for.
    pub capacity: Field<i32>,
    /// When.
    pub starts_at: Field<Option<Instant>>,
    /// Until when.
    pub ends_at: Field<Option<Instant>>,
}

impl Changes {
    fn made_to(self, slot: &Slot) -> Slot {
        Slot {
            kind: self.kind.or(slot.kind),
            min_mentors: self.min.or(slot.min_mentors),
            capacity: self.capacity.or(slot.capacity),
            starts_at: self.starts_at.or(slot.starts_at),
            ends_at: self.ends_at.or(slot.ends_at),
            ..slot.clone()
        }
    }
}

pub fn change(conn: &mut Conn, actor: &Actor, id: Id, changes: Changes, seen: IfMatch, now: Instant) -> Result<Filled> {
    let mut place = place(conn, id)?;
    let (campus, cohort) = (place.cohort.campus_id, place.cohort.id);
    SlotViewer::prove_or_hide(actor, campus, cohort)?;
    let staff = CohortStaff::prove(actor, campus, cohort)?;
    seen.check(place.slot.version)?;
    let changed = changes.made_to(&place.slot);
    check(conn, &changed)?;
    must_be_open(&place.cohort)?;
    let moved = (changed.starts_at, changed.ends_at) != (place.slot.starts_at, place.slot.ends_at);
    place.slot = store::update_slot(conn, &staff, &changed, now)?;
    if moved {
        let people = affected(conn, id)?;
        tell(conn, &place, &people, News::Moved, now)?;
    }
    promote(conn, &place, now)?;
    one_filled(conn, place.slot)
}

/// Whether a slot can be like this with the people who have signed up for it.
fn check(conn: &mut Conn, slot: &Slot) -> Result<()> {
    let faults = rules::faults(Wanted {
        min: slot.min_mentors,
        capacity: slot.capacity,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
    });
    if !faults.is_empty() {
        return Err(Error::fields(faults));
    }
    let taken = one_filled(conn, slot.clone())?.places.taken;
    if slot.capacity < taken {
        let detail = format!("{taken} places are taken. Cancel sign-ups first, or leave room for them.");
        return Err(Error::new(Code::SlotFull, detail));
    }
    Ok(())
}

/// Who would come or waits, and so has to know of a change.
fn affected(conn: &mut Conn, slot: Id) -> Result<Vec<Id>> {
    let sign_ups = store::sign_ups(conn, slot)?;
    let concerned = |status| matches!(status, SignUpStatus::Confirmed | SignUpStatus::Waitlisted);
    Ok(sign_ups
        .iter()
        .filter(|sign_up| concerned(sign_up.status))
        .map(|sign_up| sign_up.person_id)
        .collect())
}

pub fn remove(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let place = place(conn, id)?;
    let (campus, cohort) = (place.cohort.campus_id, place.cohort.id);
    SlotViewer::prove_or_hide(actor, campus, cohort)?;
    let staff = CohortStaff::prove(actor, campus, cohort)?;
    let people = affected(conn, id)?;
    let statuses = store::statuses(conn, &[id])?;
    if statuses.iter().any(|(_, status)| rules::is_on_record(*status)) {
        let detail = "Somebody has mentored here: what they gave stays on record.";
        return Err(Error::new(Code::Conflict, detail));
    }
    tell(conn, &place, &people, News::Removed, now)?;
    store::delete_slot(conn, &staff, id)
}
