//! What people do with their accounts.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sha2::{Digest, Sha256};

use super::{
    model::{NewPerson, Person, Session},
    store,
};
use crate::{
    authz::{Actor, SignedIn},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Email, Field, Id, Instant, Line},
};

/// A session that is not refreshed for so long ends by itself.
const SESSION: TimeDelta = TimeDelta::days(30);

/// A secret of 256 bits for a client, and the hash of it that is stored.
pub struct Secret {
    /// What the client keeps.
    pub text: String,
    /// What we keep.
    pub hash: String,
}

impl Secret {
    /// A new one.
    pub fn new() -> Self {
        let text = URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>());
        let hash = Self::hash(&text);
        Self { text, hash }
    }

    /// What is stored for a secret.
    pub fn hash(text: &str) -> String {
        Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a client needs to go on: whose session, and its next refresh token.
pub struct Granted {
    pub person: Id,
    pub session: Id,
    pub refresh_token: String,
}

pub fn register(conn: &mut Conn, email: &Email, name: &Line, password_hash: &str, now: Instant) -> Result<Person> {
    let new = NewPerson {
        id: Id::new(),
        email: email.clone(),
        name: name.clone(),
        password_hash: password_hash.into(),
        created_at: now,
        updated_at: now,
    };
    store::insert(conn, &new)
}

pub fn begin_session(conn: &mut Conn, person: Id, now: Instant) -> Result<Granted> {
    let secret = Secret::new();
    let session = Session {
        id: Id::new(),
        person_id: person,
        created_at: now,
        last_used_at: now,
        expires_at: now.plus(SESSION),
        ended_at: None,
    };
    store::begin_session(conn, &session, &secret.hash)?;
    Ok(Granted {
        person,
        session: session.id,
        refresh_token: secret.text,
    })
}

/// Exchanges a refresh token for the next one. A token that comes twice has been stolen, or the
/// thief's came first: either way the whole session ends (RFC 9700), which is why the refusal is a
/// value here and not an error: it must be committed.
pub fn refresh(conn: &mut Conn, token: &str, now: Instant) -> Result<Option<Granted>> {
    let Some((id, spent, session, may_log_in)) = store::refresh_token(conn, &Secret::hash(token))? else {
        return Ok(None);
    };
    if spent {
        store::end_session(conn, session.id, now)?;
        return Ok(None);
    }
    if session.ended_at.is_some() || session.expires_at <= now || !may_log_in {
        return Ok(None);
    }
    store::spend(conn, id, session.id, now)?;
    let secret = Secret::new();
    store::insert_refresh_token(conn, session.id, &secret.hash, now)?;
    Ok(Some(Granted {
        person: session.person_id,
        session: session.id,
        refresh_token: secret.text,
    }))
}

pub fn log_out(conn: &mut Conn, actor: &Actor, now: Instant) -> Result<()> {
    let identity = actor
        .identity()
        .ok_or_else(|| Error::new(Code::AuthenticationRequired, "There is no session to end."))?;
    store::end_session(conn, identity.session, now)
}

pub fn me(conn: &mut Conn, actor: &Actor) -> Result<Person> {
    store::person(conn, SignedIn::prove(actor)?.person())
}

pub struct Changes {
    pub name: Field<Line>,
    pub github: Field<Option<Line>>,
}

pub fn change_me(
    conn: &mut Conn,
    actor: &Actor,
    changes: Changes,
    seen: impl Fn(i64) -> Result<()>,
    now: Instant,
) -> Result<Person> {
    let person = me(conn, actor)?;
    seen(person.version)?;
    let (name, github) = (changes.name.or(person.name), changes.github.or(person.github));
    store::update(conn, person.id, &name, github.as_ref(), now)
}
