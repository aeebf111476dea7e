//! Queries on allocations.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::all_slots;
use crate::{
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{cohorts, mentor_allocations, sign_ups},
    },
    error::Result,
    mentoring::{
        events,
        model::{Allocation, AllocationStatus, SignUp},
    },
    on_both,
    primitives::{Id, Instant},
};

/// An allocation.
///
/// # Errors
/// `404` if there is none.
pub fn allocation(conn: &mut Conn, id: Id) -> Result<Allocation> {
    Ok(mentor_allocations::table
        .find(id)
        .select(Allocation::as_select())
        .first(conn)?)
}

/// Up to `limit` allocations of a cohort before another, the latest first.
pub fn allocations(
    conn: &mut Conn,
    cohort: Id,
    status: Option<AllocationStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Allocation>> {
    let mut query = mentor_allocations::table
        .filter(mentor_allocations::cohort_id.eq(cohort))
        .order(mentor_allocations::id.desc())
        .limit(limit)
        .select(Allocation::as_select())
        .into_boxed();
    if let Some(status) = status {
        query = query.filter(mentor_allocations::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(mentor_allocations::id.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Which of its cohort's draws an allocation is, from 1.
pub fn draw_number(conn: &mut Conn, cohort: Id, id: Id) -> Result<i64> {
    let until_then = mentor_allocations::table
        .filter(mentor_allocations::cohort_id.eq(cohort))
        .filter(mentor_allocations::id.le(id));
    Ok(until_then.count().get_result(conn)?)
}

/// The allocation at a campus that was confirmed last.
pub fn last_confirmed(conn: &mut Conn, campus: Id) -> Result<Option<Allocation>> {
    Ok(mentor_allocations::table
        .inner_join(cohorts::table)
        .filter(cohorts::campus_id.eq(campus))
        .filter(mentor_allocations::status.eq(AllocationStatus::Confirmed))
        .order((mentor_allocations::confirmed_at.desc(), mentor_allocations::id.desc()))
        .select(Allocation::as_select())
        .first(conn)
        .optional()?)
}

/// How many draws a cohort has had since then.
pub fn drawn_since(conn: &mut Conn, cohort: Id, since: Instant) -> Result<i64> {
    Ok(mentor_allocations::table
        .filter(mentor_allocations::cohort_id.eq(cohort))
        .filter(mentor_allocations::created_at.gt(since))
        .count()
        .get_result(conn)?)
}

/// Keeps an allocation.
pub fn insert_allocation(conn: &mut Conn, _: &CohortStaff, allocation: &Allocation) -> Result<()> {
    diesel::insert_into(mentor_allocations::table)
        .values(allocation)
        .execute(conn)?;
    events::allocation(allocation).created(conn)
}

/// Notes that its places have become sign-ups.
pub fn confirm_allocation(conn: &mut Conn, _: &CohortStaff, id: Id, now: Instant) -> Result<()> {
    diesel::update(mentor_allocations::table.find(id))
        .set((
            mentor_allocations::status.eq(AllocationStatus::Confirmed),
            mentor_allocations::confirmed_at.eq(now),
            mentor_allocations::version.eq(mentor_allocations::version + 1),
            mentor_allocations::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The last turn in each of these slots in which anybody ever signed up.
pub fn last_turns(conn: &mut Conn, slots: &[Id]) -> Result<BTreeMap<Id, i64>> {
    let turns: Vec<(Id, i64)> = sign_ups::table
        .filter(sign_ups::slot_id.among(slots))
        .select((sign_ups::slot_id, sign_ups::turn))
        .load(conn)?;
    let mut last = BTreeMap::new();
    for (slot, turn) in turns {
        let known = last.entry(slot).or_insert(turn);
        *known = turn.max(*known);
    }
    Ok(last)
}

/// Signs several up for slots of the cohort, as allocated.
pub fn insert_allocated(conn: &mut Conn, staff: &CohortStaff, new: &[SignUp]) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(sign_ups::table)
        .values(new)
        .execute(conn))?;
    for slot in all_slots(conn, staff.cohort())? {
        for sign_up in new.iter().filter(|one| one.slot_id == slot.id) {
            events::sign_up(&slot, sign_up).created(conn)?;
        }
    }
    Ok(())
}
