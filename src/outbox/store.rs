//! Queries on events.

use std::{
    cell::Cell,
    collections::{BTreeMap, VecDeque},
};

use diesel::prelude::*;

use super::event::{Event, StoredEvent};
use crate::{
    db::{
        Conn, SWEPT,
        dialect::AmongMethod as _,
        schema::{event_consumers as consumers, events},
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant},
};

/// How many events go into one statement: SQLite takes 32,766 values.
const RECORDED_AT_ONCE: usize = 1000;

/// How many events are given positions in one transaction.
const PLACED_AT_ONCE: i64 = 500;

thread_local! {
    /// Whether this thread has recorded something since it was last asked.
    static RECORDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a transaction's work; whether it recorded something that is to be handed out after the commit.
pub fn recording<T>(work: impl FnOnce() -> T) -> (T, bool) {
    RECORDED.set(false);
    let done = work();
    (done, RECORDED.take())
}

/// Writes down what happened, as part of the transaction. `person` is who did it.
pub fn record<E: Event>(conn: &mut Conn, event: &E, person: Option<Id>, now: Instant) -> Result<()> {
    insert(conn, event, person, None, now)
}

/// [`record`] with something that only the event's mail may tell.
pub fn record_with_secret<E: Event>(
    conn: &mut Conn,
    event: &E,
    person: Option<Id>,
    secret: &str,
    now: Instant,
) -> Result<()> {
    insert(conn, event, person, Some(secret.to_owned()), now)
}

fn insert<E: Event>(
    conn: &mut Conn,
    event: &E,
    person: Option<Id>,
    secret: Option<String>,
    now: Instant,
) -> Result<()> {
    let last: Option<i64> = events::table
        .filter(events::object_type.eq(E::OBJECT))
        .filter(events::object_id.eq(event.subject().object))
        .select(diesel::dsl::max(events::sequence))
        .first(conn)?;
    let stored = StoredEvent {
        secret,
        ..stored(event, last, person, now)?
    };
    on_both!(conn, |conn| diesel::insert_into(events::table)
        .values(&stored)
        .execute(conn))?;
    RECORDED.set(true);
    Ok(())
}

/// An event behind the last one of its object.
fn stored<E: Event>(event: &E, last: Option<i64>, person: Option<Id>, now: Instant) -> Result<StoredEvent> {
    let subject = event.subject();
    Ok(StoredEvent {
        id: Id::new(),
        position: None,
        kind: event.kind().into(),
        object_type: E::OBJECT.into(),
        object_id: subject.object,
        sequence: last.unwrap_or(0) + 1,
        campus_id: subject.campus,
        cohort_id: subject.cohort,
        person_id: person,
        payload: serde_json::to_string(event).map_err(Error::internal)?,
        secret: None,
        created_at: now,
    })
}

/// [`record`] for many, each of which happened to another object.
pub fn record_all<E: Event>(conn: &mut Conn, happened: &[E], person: Option<Id>, now: Instant) -> Result<()> {
    for some in happened.chunks(RECORDED_AT_ONCE) {
        let objects = some.iter().map(|event| event.subject().object);
        let last: BTreeMap<Id, Option<i64>> = events::table
            .filter(events::object_type.eq(E::OBJECT))
            .filter(events::object_id.among(objects))
            .group_by(events::object_id)
            .select((events::object_id, diesel::dsl::max(events::sequence)))
            .load::<(Id, Option<i64>)>(conn)?
            .into_iter()
            .collect();
        let last_of = |event: &E| last.get(&event.subject().object).copied().flatten();
        let rows = some.iter().map(|event| stored(event, last_of(event), person, now));
        let rows: Vec<StoredEvent> = rows.collect::<Result<_>>()?;
        on_both!(conn, |conn| diesel::insert_into(events::table)
            .values(&rows)
            .execute(conn))?;
        RECORDED.set(true);
    }
    Ok(())
}

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
    for (position, event) in (last + 1..).zip(in_order_of_objects(unplaced)) {
        diesel::update(events::table.find(event.id))
            .set(events::position.eq(position))
            .execute(conn)?;
    }
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

/// The next events for a consumer; for one that has just been added there are none, it begins with what comes.
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
pub(super) fn position(conn: &mut Conn, consumer: &str) -> Result<Option<i64>> {
    Ok(consumers::table
        .find(consumer)
        .select(consumers::position)
        .first(conn)
        .optional()?)
}

/// Lets a new consumer begin with what happens from now on.
pub(super) fn begin(conn: &mut Conn, consumer: &str) -> Result<()> {
    if position(conn, consumer)?.is_none() {
        let last = last_position(conn)?;
        diesel::insert_into(consumers::table)
            .values((consumers::name.eq(consumer), consumers::position.eq(last)))
            .execute(conn)?;
    }
    Ok(())
}

/// Notes that a consumer has received an event.
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
    let old = events::table
        .filter(events::created_at.le(before))
        .filter(events::position.le(slowest.unwrap_or(0)));
    let some: Vec<Id> = old.select(events::id).limit(SWEPT).load(conn)?;
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
