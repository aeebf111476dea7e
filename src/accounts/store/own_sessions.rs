//! Queries on sessions, for whose they are.

use diesel::prelude::*;

use crate::{
    accounts::model::Session,
    db::{Conn, schema::sessions},
    error::Result,
    on_both,
    primitives::{Id, Instant, Limit, Line},
};

/// The sessions of a person that go on, the newest first, behind this one.
pub fn live_sessions(
    conn: &mut Conn,
    person: Id,
    after: Option<Id>,
    limit: Limit,
    now: Instant,
) -> Result<Vec<Session>> {
    Ok(on_both!(conn, |conn| {
        let mut live = sessions::table
            .filter(sessions::person_id.eq(person))
            .filter(sessions::ended_at.is_null())
            .filter(sessions::expires_at.gt(now))
            .into_boxed();
        if let Some(after) = after {
            live = live.filter(sessions::id.lt(after));
        }
        live.order(sessions::id.desc())
            .limit(limit.plus_one())
            .select(Session::as_select())
            .load(conn)
    })?)
}

/// A session of a person that goes on.
///
/// # Errors
/// `404` if it has ended or is somebody else's.
pub fn live_session(conn: &mut Conn, person: Id, id: Id, now: Instant) -> Result<Session> {
    Ok(sessions::table
        .find(id)
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null())
        .filter(sessions::expires_at.gt(now))
        .select(Session::as_select())
        .first(conn)?)
}

/// Gives a session another name.
pub fn rename_session(conn: &mut Conn, id: Id, name: &Line) -> Result<()> {
    diesel::update(sessions::table.find(id))
        .set((sessions::name.eq(name), sessions::version.eq(sessions::version + 1)))
        .execute(conn)?;
    Ok(())
}
