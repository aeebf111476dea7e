//! Queries on events.

use std::collections::{BTreeMap, VecDeque};

use diesel::{prelude::*, sql_types::BigInt};

use super::event::StoredEvent;
use crate::{
    db::{
        Conn, SWEPT,
        schema::{event_consumers as consumers, events},
    },
    error::Result,
    primitives::{Id, Instant},
};

/// How many events are given positions in one transaction.
const PLACED_AT_ONCE: i64 = 500;

/// Removes the secret of an event.
pub fn forget_secret(conn: &mut Conn, event: Id) -> Result<()> {
    diesel::update(events::table.find(event))
        .set(events::secret.eq(None::<String>))
        .execute(conn)?;
    Ok(())
}

/// Whether events wait for a position.
pub(super) fn has_unplaced(conn: &mut Conn) -> Result<bool> {
    let first: Option<Id> = events::table
        .filter(events::position.is_null())
        .select(events::id)
        .first(conn)
        .optional()?;
    Ok(first.is_some())
}

/// Gives positions to committed events that have none. Two such transactions at once conflict, and one of them is
/// tried again: whoever sees a position also sees every lower one.
pub(super) fn place(conn: &mut Conn) -> Result<()> {
    let unplaced: Vec<StoredEvent> = events::table
        .filter(events::position.is_null())
        .order(events::id)
        .limit(PLACED_AT_ONCE)
        .select(StoredEvent::as_select())
        .load(conn)?;
    let last = last_position(conn)?;
    let lacks_campus = |event: &StoredEvent| event.campus_id.is_none() && event.cohort_id.is_some();
    let any_lacks_campus = unplaced.iter().any(lacks_campus);
    for (position, event) in (last + 1..).zip(in_order_of_objects(unplaced)) {
        diesel::update(events::table.find(event.id))
            .set(events::position.eq(position))
            .execute(conn)?;
    }
    match any_lacks_campus {
        true => fill_campuses(conn, last),
        false => Ok(()),
    }
}

/// What happened in a cohort happened at its campus: whoever wrote it down need not have known which.
fn fill_campuses(conn: &mut Conn, behind: i64) -> Result<()> {
    let fill = "UPDATE events SET campus_id = (SELECT campus_id FROM cohorts WHERE cohorts.id = events.cohort_id) \
                WHERE campus_id IS NULL AND cohort_id IS NOT NULL AND position > ";
    match conn {
        Conn::Sqlite(conn) => diesel::sql_query(format!("{fill}?"))
            .bind::<BigInt, _>(behind)
            .execute(conn)?,
        Conn::Postgres(conn) => diesel::sql_query(format!("{fill}$1"))
            .bind::<BigInt, _>(behind)
            .execute(conn)?,
    };
    Ok(())
}

/// The clocks of two processes may differ: where the ids of an object's events disagree with the order in which
/// they were written, they change places among themselves.
fn in_order_of_objects(events: Vec<StoredEvent>) -> Vec<StoredEvent> {
    let of = |event: &StoredEvent| (event.object_type.clone(), event.object_id);
    let turns: Vec<_> = events.iter().map(of).collect();
    let mut by_object: BTreeMap<_, VecDeque<StoredEvent>> = BTreeMap::new();
    let mut sorted = events;
    sorted.sort_by_key(|event| event.sequence);
    for event in sorted {
        by_object.entry(of(&event)).or_default().push_back(event);
    }
    turns
        .iter()
        .filter_map(|object| by_object.get_mut(object)?.pop_front())
        .collect()
}

/// The highest position given so far, also to events that have been deleted since.
fn last_position(conn: &mut Conn) -> Result<i64> {
    let given: Option<i64> = events::table.select(diesel::dsl::max(events::position)).first(conn)?;
    let read: Option<i64> = consumers::table
        .select(diesel::dsl::max(consumers::position))
        .first(conn)?;
    Ok(given.max(read).unwrap_or(0))
}

/// The next events for a consumer; for one that has not begun there are none.
pub(super) fn next(conn: &mut Conn, consumer: &str, limit: i64) -> Result<Vec<StoredEvent>> {
    let Some(position) = position(conn, consumer)? else {
        return Ok(Vec::new());
    };
    Ok(events::table
        .filter(events::position.gt(position))
        .order(events::position)
        .limit(limit)
        .select(StoredEvent::as_select())
        .load(conn)?)
}

/// How far a consumer has come; `None` if it has not begun.
pub fn position(conn: &mut Conn, consumer: &str) -> Result<Option<i64>> {
    Ok(consumers::table
        .find(consumer)
        .select(consumers::position)
        .first(conn)
        .optional()?)
}

/// The names of those who have begun.
pub(super) fn consumers(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(consumers::table.select(consumers::name).load(conn)?)
}

/// Lets a new consumer begin behind what has a position.
pub(super) fn begin(conn: &mut Conn, consumer: &str) -> Result<()> {
    if position(conn, consumer)?.is_none() {
        let last = last_position(conn)?;
        diesel::insert_into(consumers::table)
            .values((consumers::name.eq(consumer), consumers::position.eq(last)))
            .execute(conn)?;
    }
    Ok(())
}

/// Notes that a consumer has received an event and all before it.
pub(super) fn advance(conn: &mut Conn, consumer: &str, event: &StoredEvent) -> Result<()> {
    diesel::update(consumers::table.find(consumer))
        .set(consumers::position.eq(event.position.unwrap_or(0)))
        .execute(conn)?;
    Ok(())
}

/// Deletes some of the events from before a moment that every consumer has received. Returns how many.
pub fn delete_old(conn: &mut Conn, before: Instant) -> Result<usize> {
    let slowest: Option<i64> = consumers::table
        .select(diesel::dsl::min(consumers::position))
        .first(conn)?;
    // Positions are nearly in the order of time, and are looked up faster.
    let oldest: Vec<(Id, Instant)> = events::table
        .filter(events::position.le(slowest.unwrap_or(0)))
        .order(events::position)
        .select((events::id, events::created_at))
        .limit(SWEPT)
        .load(conn)?;
    let old = oldest.into_iter().filter(|(_, at)| *at <= before);
    let some: Vec<Id> = old.map(|(id, _)| id).collect();
    Ok(diesel::delete(events::table.filter(events::id.eq_any(some))).execute(conn)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(object: Id, sequence: i64) -> StoredEvent {
        StoredEvent {
            id: Id::new(),
            position: None,
            kind: "invitation.sent".into(),
            object_type: "invitation".into(),
            object_id: object,
            sequence,
            campus_id: None,
            cohort_id: None,
            person_id: None,
            payload: "{}".into(),
            secret: None,
            created_at: Instant::now(),
            audience: String::new(),
            href: None,
        }
    }

    #[test]
    fn events_of_one_object_come_as_they_were_written_whatever_the_clocks_said() {
        let (one, other) = (Id::new(), Id::new());
        let events = vec![event(one, 2), event(other, 1), event(one, 1), event(other, 2)];
        let placed: Vec<_> = in_order_of_objects(events)
            .iter()
            .map(|event| (event.object_id, event.sequence))
            .collect();
        assert_eq!(placed, [(one, 1), (other, 1), (one, 2), (other, 2)]);
    }
}
