//! What somebody does with the sessions they have begun.

use super::sessions::current;
use crate::{
    accounts::{
        model::{Session, SessionPatch},
        store,
    },
    audit,
    authz::{Actor, SignedIn},
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant, Page, PageQuery},
};

/// Their sessions that go on, the newest first.
pub fn own_sessions(conn: &mut Conn, actor: &Actor, query: &PageQuery, now: Instant) -> Result<Page<Session>> {
    let person = SignedIn::prove(actor)?.person();
    let rows = store::live_sessions(conn, person, query.after()?, query.limit, now)?;
    Ok(Page::of(rows, query.limit, |session| session.id))
}

pub fn rename_session(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: SessionPatch,
    seen: IfMatch,
    now: Instant,
) -> Result<Session> {
    let person = SignedIn::prove(actor)?.person();
    let session = store::live_session(conn, person, id, now)?;
    seen.check(session.version)?;
    let name = patch.name.or(session.name.clone());
    if name == session.name {
        return Ok(session);
    }
    store::rename_session(conn, id, &name)?;
    let renamed = store::live_session(conn, person, id, now)?;
    audit::changed(&session, &renamed);
    Ok(renamed)
}

/// Ends one of their sessions, which may be the current one.
pub fn end_own_session(conn: &mut Conn, actor: &Actor, id: Id, seen: IfMatch, now: Instant) -> Result<()> {
    let session = store::live_session(conn, SignedIn::prove(actor)?.person(), id, now)?;
    seen.check(session.version)?;
    store::end_session(conn, session.id, now)
}

/// Ends all their sessions but the current one.
pub fn end_other_sessions(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let person = SignedIn::prove(actor)?.person();
    store::end_sessions(conn, person, Some(current(actor)?), now)
}
