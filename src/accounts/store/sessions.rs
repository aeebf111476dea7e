//! Queries on sessions and their refresh tokens.

use diesel::prelude::*;

use crate::{
    accounts::model::Session,
    db::{
        Conn, SWEPT,
        schema::{calendar_feeds, people, refresh_tokens, sessions},
    },
    error::Result,
    primitives::{Id, Instant},
};

/// Begins a session with its first refresh token.
pub fn begin_session(conn: &mut Conn, session: &Session, token_hash: &str) -> Result<()> {
    diesel::insert_into(sessions::table).values(session).execute(conn)?;
    insert_refresh_token(conn, session.id, token_hash, session.created_at)
}

/// Adds a refresh token to a session.
pub fn insert_refresh_token(conn: &mut Conn, session: Id, token_hash: &str, now: Instant) -> Result<()> {
    diesel::insert_into(refresh_tokens::table)
        .values((
            refresh_tokens::id.eq(Id::new()),
            refresh_tokens::session_id.eq(session),
            refresh_tokens::token_hash.eq(token_hash),
            refresh_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// A refresh token, and whether it can still be used.
#[derive(Queryable)]
pub struct RefreshToken {
    /// Its id.
    pub id: Id,
    /// When it was exchanged for its successor.
    pub spent_at: Option<Instant>,
    /// The session it goes on with.
    pub session: Session,
    /// Whether the person may still log in.
    pub may_log_in: bool,
}

/// The refresh token with this hash.
pub fn refresh_token(conn: &mut Conn, hash: &str) -> Result<Option<RefreshToken>> {
    let found = refresh_tokens::table
        .inner_join(sessions::table.inner_join(people::table))
        .filter(refresh_tokens::token_hash.eq(hash))
        .select((
            refresh_tokens::id,
            refresh_tokens::spent_at,
            Session::as_select(),
            people::disabled_at.is_null(),
        ))
        .first(conn)
        .optional()?;
    Ok(found)
}

/// Spends a refresh token; its session goes on until then.
pub fn spend(conn: &mut Conn, token: Id, session: Id, until: Instant, now: Instant) -> Result<()> {
    diesel::update(refresh_tokens::table.find(token))
        .set(refresh_tokens::spent_at.eq(now))
        .execute(conn)?;
    diesel::update(sessions::table.find(session))
        .set((sessions::last_used_at.eq(now), sessions::expires_at.eq(until)))
        .execute(conn)?;
    Ok(())
}

/// Ends a session; its access tokens are refused from the commit on.
pub fn end_session(conn: &mut Conn, session: Id, now: Instant) -> Result<()> {
    diesel::update(sessions::table.find(session).filter(sessions::ended_at.is_null()))
        .set(sessions::ended_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Ends all sessions of a person but the one to keep.
pub fn end_sessions(conn: &mut Conn, person: Id, keep: Option<Id>, now: Instant) -> Result<()> {
    let live = sessions::table
        .filter(sessions::person_id.eq(person))
        .filter(sessions::ended_at.is_null());
    match keep {
        Some(keep) => diesel::update(live.filter(sessions::id.ne(keep)))
            .set(sessions::ended_at.eq(now))
            .execute(conn)?,
        None => diesel::update(live).set(sessions::ended_at.eq(now)).execute(conn)?,
    };
    Ok(())
}

/// Nothing is read at the addresses of somebody's calendars any more.
pub fn delete_calendar_feeds(conn: &mut Conn, person: Id) -> Result<()> {
    diesel::delete(calendar_feeds::table.filter(calendar_feeds::person_id.eq(person))).execute(conn)?;
    Ok(())
}

/// Removes some of the sessions that were over before `then`, with their refresh tokens. Returns how many.
pub fn forget_sessions(conn: &mut Conn, then: Instant) -> Result<usize> {
    let over = sessions::expires_at
        .le(then)
        .or(sessions::ended_at.assume_not_null().le(then));
    let some: Vec<Id> = sessions::table
        .filter(over)
        .select(sessions::id)
        .limit(SWEPT)
        .load(conn)?;
    Ok(diesel::delete(sessions::table.filter(sessions::id.eq_any(some))).execute(conn)?)
}

/// Removes some of the refresh tokens that were spent before `then`: a session that is refreshed for years would keep
/// them all. Returns how many.
pub fn forget_spent_tokens(conn: &mut Conn, then: Instant) -> Result<usize> {
    let old = refresh_tokens::table.filter(refresh_tokens::spent_at.le(then));
    let some: Vec<Id> = old.select(refresh_tokens::id).limit(SWEPT).load(conn)?;
    Ok(diesel::delete(refresh_tokens::table.filter(refresh_tokens::id.eq_any(some))).execute(conn)?)
}
