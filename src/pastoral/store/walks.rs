//! Queries on walks and their places.

use diesel::prelude::*;

use crate::{
    calendars::revisions,
    cohorts::CohortStaff,
    db::{
        Conn,
        schema::{mentor_slots, walk_places as places, walks, weeks},
    },
    error::Result,
    on_both,
    pastoral::{
        Walker, events,
        model::{Walk, WalkNews, WalkPlace},
    },
    primitives::{Id, Instant},
};

/// The walks of a cohort, by week and time.
pub fn cohort_walks(conn: &mut Conn, cohort: Id) -> Result<Vec<Walk>> {
    let of_week = weeks::cohort_id
        .eq(mentor_slots::cohort_id)
        .and(weeks::number.eq(mentor_slots::week_number));
    Ok(on_both!(conn, |conn| walks::table
        .inner_join(mentor_slots::table.inner_join(weeks::table.on(of_week)))
        .filter(mentor_slots::cohort_id.eq(cohort))
        .order((mentor_slots::week_number, mentor_slots::starts_local, walks::slot_id))
        .select(Walk::as_select())
        .load(conn))?)
}

/// Who has a place in which walk of a cohort.
pub fn places_in(conn: &mut Conn, cohort: Id) -> Result<Vec<WalkPlace>> {
    let rows: Vec<(Id, i32, Id, Instant)> = places::table
        .inner_join(mentor_slots::table.on(mentor_slots::id.eq(places::slot_id)))
        .filter(mentor_slots::cohort_id.eq(cohort))
        .order((places::slot_id, places::created_at, places::person_id))
        .select((
            places::slot_id,
            mentor_slots::week_number,
            places::person_id,
            places::created_at,
        ))
        .load(conn)?;
    let place = |(slot_id, week, person_id, taken_at)| WalkPlace {
        slot_id,
        week,
        person_id,
        taken_at,
    };
    Ok(rows.into_iter().map(place).collect())
}

/// Who comes along on the walk in a slot.
pub fn walkers(conn: &mut Conn, slot: Id) -> Result<Vec<Id>> {
    Ok(places::table
        .filter(places::slot_id.eq(slot))
        .order(places::person_id)
        .select(places::person_id)
        .load(conn)?)
}

/// Makes a walk of a slot, or gives it another number of places.
pub fn replace_walk(conn: &mut Conn, proof: &CohortStaff, slot: Id, offered: i32) -> Result<()> {
    let changed = diesel::update(walks::table.find(slot))
        .set(walks::places.eq(offered))
        .execute(conn)?;
    if changed == 0 {
        diesel::insert_into(walks::table)
            .values((walks::slot_id.eq(slot), walks::places.eq(offered)))
            .execute(conn)?;
    }
    events::walk(slot, proof.cohort()).updated(conn)
}

/// The slot is no walk any more; nobody has a place.
pub fn delete_walk(conn: &mut Conn, proof: &CohortStaff, slot: Id, news: &WalkNews, now: Instant) -> Result<()> {
    revisions::walk_called_off(conn, slot, now)?;
    diesel::delete(walks::table.find(slot)).execute(conn)?;
    events::walk_changed(conn, slot, proof.cohort(), news)
}

/// Gives a student a place.
pub fn insert_place(conn: &mut Conn, proof: &Walker, cohort: Id, now: Instant) -> Result<()> {
    diesel::insert_into(places::table)
        .values((
            places::slot_id.eq(proof.slot()),
            places::person_id.eq(proof.person()),
            places::created_at.eq(now),
        ))
        .execute(conn)?;
    events::walk(proof.slot(), cohort).updated_that_day(conn)
}

/// Takes the place back. Whether there was one.
pub fn delete_place(conn: &mut Conn, proof: &Walker, cohort: Id, now: Instant) -> Result<bool> {
    let deleted = diesel::delete(places::table.find((proof.slot(), proof.person()))).execute(conn)?;
    if deleted > 0 {
        revisions::walk_left(conn, proof.slot(), &[proof.person()], now)?;
        events::walk(proof.slot(), cohort).updated_that_day(conn)?;
    }
    Ok(deleted > 0)
}
