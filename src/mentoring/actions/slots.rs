//! Making, reading and changing slots.

use std::collections::BTreeMap;

use super::{
    super::{
        events::SlotChange,
        model::{SignUpStatus, Slot, SlotKind, Which},
        rules::{self, Places, Wanted},
        store,
    },
    Place, is_over, must_be_open, must_fit_its_mentors, promote, tell_affected,
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
    primitives::{Field, Id, IfMatch, Instant, time::TimeZone},
    teams::model::PersonName,
};

/// A slot and how full it is.
pub struct Filled {
    pub slot: Slot,
    /// How full it is.
    pub places: Places,
    /// Those who will come or came, in the order in which they signed up.
    pub mentors: Vec<PersonName>,
}

/// A slot as staff want it.
#[derive(Clone, Copy)]
pub struct NewSlot {
    pub week: i32,
    pub kind: SlotKind,
    /// Numbers and times.
    pub wanted: Wanted,
}

pub fn create(conn: &mut Conn, actor: &Actor, cohort: Id, new: NewSlot, now: Instant) -> Result<Filled> {
    let (cohort, staff) = CohortStaff::of(conn, actor, cohort)?;
    let mut faults = rules::faults(new.wanted);
    match week_of(conn, &cohort, new.week)? {
        Some((week, zone)) => faults.extend(rules::outside(new.wanted, &week, zone)),
        None => faults.insert(0, FieldError::at("/week", "not_found", "must be a week of this cohort")),
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
    Ok(Filled {
        slot,
        places: Places::default(),
        mentors: Vec::new(),
    })
}

/// A week of the cohort, if there is one, and the clocks it is seen by.
fn week_of(conn: &mut Conn, cohort: &Cohort, number: i32) -> Result<Option<(Week, TimeZone)>> {
    let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
    match cohorts::store::week(conn, cohort.id, number) {
        Ok(week) => Ok(Some((week, zone))),
        Err(error) if error.code() == Code::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Up to `limit` slots of a cohort.
pub fn list(conn: &mut Conn, actor: &Actor, cohort: Id, which: Which, limit: i64) -> Result<Vec<Filled>> {
    let (cohort, _) = SlotViewer::of(conn, actor, cohort)?;
    let slots = store::slots(conn, cohort.id, which, limit)?;
    filled(conn, slots)
}

pub fn read(conn: &mut Conn, actor: &Actor, id: Id) -> Result<Filled> {
    let (place, _) = Place::seen(conn, actor, id)?;
    one_filled(conn, place.slot)
}

fn filled(conn: &mut Conn, slots: Vec<Slot>) -> Result<Vec<Filled>> {
    let ids: Vec<Id> = slots.iter().map(|slot| slot.id).collect();
    let mut statuses: BTreeMap<Id, Vec<SignUpStatus>> = BTreeMap::new();
    for (slot, status) in store::statuses(conn, &ids)? {
        statuses.entry(slot).or_default().push(status);
    }
    let coming = store::coming(conn, &ids)?;
    let filled = |slot: Slot| {
        let mentors = coming.iter().filter(|(id, _)| *id == slot.id);
        Filled {
            places: Places::of(statuses.remove(&slot.id).unwrap_or_default()),
            mentors: mentors.map(|(_, mentor)| mentor.clone()).collect(),
            slot,
        }
    };
    Ok(slots.into_iter().map(filled).collect())
}

fn one_filled(conn: &mut Conn, slot: Slot) -> Result<Filled> {
    filled(conn, vec![slot])?.pop().ok_or_else(Error::not_found)
}

/// What staff change of a slot.
#[derive(Clone)]
pub struct Changes {
    pub kind: Field<SlotKind>,
    /// How many it takes.
    pub min: Field<i32>,
    /// How many there is room for.
    pub capacity: Field<i32>,
    pub starts_at: Field<Option<Instant>>,
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
    let (mut place, viewer) = Place::seen(conn, actor, id)?;
    let staff = viewer.staff()?;
    seen.check(place.slot.version)?;
    let changed = changes.made_to(&place.slot);
    check(conn, &place, &changed)?;
    must_be_open(&place.cohort)?;
    if changed == place.slot {
        return one_filled(conn, place.slot);
    }
    let moved = (changed.starts_at, changed.ends_at) != (place.slot.starts_at, place.slot.ends_at);
    if moved {
        must_fit_its_mentors(conn, &changed)?;
    }
    audit::changed(&place.slot, &changed);
    place.slot = store::update_slot(conn, &staff, &changed, now)?;
    if moved {
        tell_affected(conn, &place, SlotChange::Moved, staff.person(), now)?;
    }
    promote(conn, &place, staff.person(), now)?;
    one_filled(conn, place.slot)
}

/// Whether a slot can be like this with the people who have signed up for it.
fn check(conn: &mut Conn, place: &Place, slot: &Slot) -> Result<()> {
    let wanted = Wanted {
        min: slot.min_mentors,
        capacity: slot.capacity,
        starts_at: slot.starts_at,
        ends_at: slot.ends_at,
    };
    let mut faults = rules::faults(wanted);
    let moved = (slot.starts_at, slot.ends_at) != (place.slot.starts_at, place.slot.ends_at);
    if let Some((week, zone)) = week_of(conn, &place.cohort, slot.week_number)?.filter(|_| moved) {
        faults.extend(rules::outside(wanted, &week, zone));
    }
    if !faults.is_empty() {
        return Err(Error::fields(faults));
    }
    let taken = one_filled(conn, slot.clone())?.places.taken;
    if slot.capacity < taken {
        let detail = format!("{taken} places are taken. Choose at least that capacity, or cancel sign-ups first.");
        return Err(Error::new(Code::SlotFull, detail));
    }
    Ok(())
}

pub fn remove(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let (place, viewer) = Place::seen(conn, actor, id)?;
    let staff = viewer.staff()?;
    let statuses = store::statuses(conn, &[id])?;
    let is_over = is_over(conn, &place, now)?;
    let is_given = |status| rules::is_on_record(status) || is_over && rules::holds_a_place(status);
    if statuses.iter().any(|(_, status)| is_given(*status)) {
        let detail = "A mentor has given this time, so it is part of their record and cannot be deleted.";
        return Err(Error::new(Code::Conflict, detail));
    }
    tell_affected(conn, &place, SlotChange::Removed, staff.person(), now)?;
    store::delete_slot(conn, &staff, id)
}
