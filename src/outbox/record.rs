//! Writing down what happened, in the transaction that did it.

use std::{cell::Cell, collections::BTreeMap};

use diesel::{
    dsl::sql,
    prelude::*,
    sql_types::{BigInt, Text},
};

use super::{Audience, Event, StoredEvent};
use crate::{
    db::{Conn, dialect::AmongMethod as _, schema::events},
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant},
};

/// How many events go into one statement: SQLite takes 32,766 values.
const RECORDED_AT_ONCE: usize = 1000;

/// Who does what a transaction does, and when.
#[derive(Clone, Copy, Debug)]
pub struct Doing {
    /// Who; none at the console.
    pub person: Option<Id>,
    /// When.
    pub now: Instant,
}

thread_local! {
    /// What this thread is doing for whom, if somebody asked for it.
    static DOING: Cell<Option<Doing>> = const { Cell::new(None) };
    /// Whether this thread has recorded something since it was last asked.
    static RECORDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs a transaction's work; whether it recorded something that is to be handed out after the commit.
pub fn recording<T>(doing: Doing, work: impl FnOnce() -> T) -> (T, bool) {
    RECORDED.set(false);
    DOING.set(Some(doing));
    let done = work();
    DOING.set(None);
    (done, RECORDED.take())
}

/// Writes down what happened, as part of the transaction. `person` is who did it.
pub fn record<E: Event>(conn: &mut Conn, event: &E, person: Option<Id>, now: Instant) -> Result<()> {
    let doing = Doing { person, now };
    insert(conn, Id::new(), New::of(event, &event.audience())?, None, doing)
}

/// [`record`] with something that only the event's mail may tell.
pub fn record_with_secret<E: Event>(
    conn: &mut Conn,
    event: &E,
    person: Option<Id>,
    secret: &str,
    now: Instant,
) -> Result<()> {
    insert(
        conn,
        Id::new(),
        New::of(event, &event.audience())?,
        Some(secret),
        Doing { person, now },
    )
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
        audience: Audience::to_stored(&event.audience()),
        href: event.href(),
    })
}

/// An event that is about to be stored.
pub(super) struct New<'a> {
    pub kind: String,
    pub object_type: &'static str,
    pub object: Id,
    pub campus: Option<Id>,
    pub cohort: Option<Id>,
    pub payload: String,
    pub audience: &'a [Audience],
    pub href: Option<String>,
}

impl<'a> New<'a> {
    fn of<E: Event>(event: &E, audience: &'a [Audience]) -> Result<Self> {
        let subject = event.subject();
        Ok(Self {
            kind: event.kind().into(),
            object_type: E::OBJECT,
            object: subject.object,
            campus: subject.campus,
            cohort: subject.cohort,
            payload: serde_json::to_string(event).map_err(Error::internal)?,
            audience,
            href: event.href(),
        })
    }
}

/// Writes down something of which nothing is told, by whoever this thread works for.
pub(super) fn insert_told(conn: &mut Conn, new: New<'_>) -> Result<()> {
    insert(conn, Id::new(), new, None, doing())
}

/// The same by nobody, at no time of the day.
pub(super) fn insert_told_of_day(conn: &mut Conn, new: New<'_>) -> Result<()> {
    let now = doing().now.day();
    insert(conn, Id::of_day(now), new, None, Doing { person: None, now })
}

fn doing() -> Doing {
    let at_the_console = || Doing {
        person: None,
        now: Instant::now(),
    };
    DOING.get().unwrap_or_else(at_the_console)
}

/// One statement: what happens most often must not be slowed down by being told.
fn insert(conn: &mut Conn, id: Id, new: New<'_>, secret: Option<&str>, doing: Doing) -> Result<()> {
    on_both!(conn, |conn| {
        let sequence = sql::<BigInt>("(SELECT coalesce(max(sequence), 0) + 1 FROM events WHERE object_type = ")
            .bind::<Text, _>(new.object_type)
            .sql(" AND object_id = ")
            .bind::<BigInt, _>(new.object)
            .sql(")");
        diesel::insert_into(events::table)
            .values((
                events::id.eq(id),
                events::kind.eq(new.kind),
                events::object_type.eq(new.object_type),
                events::object_id.eq(new.object),
                events::sequence.eq(sequence),
                events::campus_id.eq(new.campus),
                events::cohort_id.eq(new.cohort),
                events::person_id.eq(doing.person),
                events::payload.eq(new.payload),
                events::secret.eq(secret),
                events::created_at.eq(doing.now),
                events::audience.eq(Audience::to_stored(new.audience)),
                events::href.eq(new.href),
            ))
            .execute(conn)
    })?;
    RECORDED.set(true);
    Ok(())
}
