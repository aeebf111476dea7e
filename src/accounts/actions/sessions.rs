//! Sessions, from a log-in until they end.

use chrono::TimeDelta;

use super::telling::tell;
use crate::{
    accounts::{
        events::AccountChange,
        model::{Person, Session},
        rules, store,
    },
    audit::{self, AuditEntry},
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant, Line, Secret},
    web::Origin,
};

/// What came of an attempt to refresh a session.
pub enum Refreshed {
    /// The next tokens.
    Granted(Granted),
    /// The token was used before: its session has ended.
    Reused { person: Id, session: Id },
    /// The token is unknown, or its session is over.
    Refused,
}

/// A session that is not refreshed for so long ends by itself.
pub const SESSION: TimeDelta = TimeDelta::days(30);

/// What a client needs to go on: whose session, and its next refresh token.
pub struct Granted {
    pub person: Id,
    pub session: Id,
    pub refresh_token: String,
}

/// Whoever may be logging in.
pub fn with_address(conn: &mut Conn, email: &Email) -> Result<Option<Person>> {
    store::by_email(conn, email)
}

/// What to call a session that a program with this `User-Agent` begins.
pub fn session_name(user_agent: &str) -> Result<Line> {
    Line::parse(&rules::device_name(user_agent)).map_err(Error::internal)
}

/// Begins a session; its owner will know it by its name.
pub fn begin_session(conn: &mut Conn, person: Id, name: &Line, both_factors: bool, now: Instant) -> Result<Granted> {
    let secret = Secret::new();
    let session = Session {
        id: Id::new(),
        person_id: person,
        created_at: now,
        last_used_at: now,
        expires_at: now.plus(SESSION),
        ended_at: None,
        name: name.clone(),
        version: 1,
        both_factors,
    };
    store::begin_session(conn, &session, &secret.hash)?;
    Ok(Granted {
        person,
        session: session.id,
        refresh_token: secret.text,
    })
}

/// Notes in the audit trail what was done with a session, or tried: nobody is logged in yet.
pub fn note_session(
    conn: &mut Conn,
    operation: &str,
    person: Option<Id>,
    session: Option<Id>,
    origin: &Origin,
    now: Instant,
) -> Result<()> {
    let entry = AuditEntry {
        person,
        session,
        operation,
        target: &origin.target,
        request_id: &origin.request_id,
        ..AuditEntry::default()
    };
    audit::note(conn, &entry, now)
}

/// How refresh tokens are exchanged.
pub struct Exchange<'a> {
    /// Successors are derived with it, so that a token gives the same one each time and none is stored.
    pub key: &'a [u8],
    /// How long a spent token still gives its successor, for whoever did not get the first answer.
    pub grace: TimeDelta,
}

/// Exchanges a refresh token for its successor. A spent token that comes after the grace, or once its successor
/// was used, has been stolen, or the thief's came first: either way the whole session ends (RFC 9700), which is
/// why the refusal is a value here and not an error: it must be committed.
pub fn refresh(conn: &mut Conn, token: &str, how: &Exchange, now: Instant) -> Result<Refreshed> {
    let Some(sent) = store::refresh_token(conn, &Secret::hash(token))? else {
        return Ok(Refreshed::Refused);
    };
    let successor = Secret::successor(token, how.key)?;
    let session = sent.session;
    if let Some(spent_at) = sent.spent_at {
        let next = store::refresh_token(conn, &successor.hash)?;
        let is_unused = next.is_some_and(|next| next.spent_at.is_none());
        if !is_unused || now >= spent_at.plus(how.grace) {
            if session.ended_at.is_none() {
                store::end_session(conn, session.id, now)?;
                tell(conn, AccountChange::SessionReused, session.person_id, now)?;
            }
            return Ok(Refreshed::Reused {
                person: session.person_id,
                session: session.id,
            });
        }
    }
    if session.ended_at.is_some() || session.expires_at <= now || !sent.may_log_in {
        return Ok(Refreshed::Refused);
    }
    if sent.spent_at.is_none() {
        store::spend(conn, sent.id, session.id, now.plus(SESSION), now)?;
        store::insert_refresh_token(conn, session.id, &successor.hash, now)?;
    }
    Ok(Refreshed::Granted(Granted {
        person: session.person_id,
        session: session.id,
        refresh_token: successor.text,
    }))
}

pub fn log_out(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    store::end_session(conn, current(actor)?, now)
}

/// The same by the refresh token, for pages whose access token has run out. A session that has ended already, or a token
/// that nobody knows, is all the same: whoever logs out is out.
pub fn log_out_by(conn: &mut Conn, refresh_token: &str, now: Instant) -> Result<()> {
    match store::refresh_token(conn, &Secret::hash(refresh_token))? {
        Some(token) => store::end_session(conn, token.session.id, now),
        None => Ok(()),
    }
}

/// The caller, who has logged in a short while ago: for what makes another way into the account, which a stolen session
/// must not be enough for.
pub(super) fn freshly_signed_in(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<SignedIn> {
    let proof = SignedIn::prove(actor)?;
    let session = store::live_session(conn, proof.person(), current(actor)?, now)?;
    rules::is_fresh(session.created_at, now)?;
    Ok(proof)
}

/// The session that the request belongs to.
pub(super) fn current(actor: &Actor) -> Result<Id> {
    let session = actor.identity().and_then(|identity| identity.session);
    session.ok_or_else(|| {
        Error::new(
            Code::AuthenticationRequired,
            "Log in, and send the access token of the session.",
        )
    })
}
