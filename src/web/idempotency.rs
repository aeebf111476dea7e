//! `Idempotency-Key`: a request that is sent again is done once and answered twice. For a day the answer comes again; for a
//! month it is remembered that the work is done, because a phone may wait long for power and a network.
//!
//! The first answer is kept in the transaction that did the work, so there is no moment at which a
//! crash could leave one without the other. A second request with the same key that arrives while
//! the first runs in this process is told so (409); in another process it waits for the
//! transaction and then gets the kept answer.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::TimeDelta;
use diesel::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{raw::Raw, running::Running};
use crate::{
    authz::{Actor, Standings, held},
    db::{Conn, SWEPT, schema::idempotency_keys as keys},
    error::{Code, Error, Result},
    primitives::Instant,
};

/// How long an answer is kept.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// Up to how many bytes an answer is kept: a new key for each change of a large plan would fill the disk.
const LONGEST: usize = 32 * 1024;
/// How long it is remembered that something was done.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// A caller's key for one request. While it exists, the key counts as running in this process.
#[derive(Debug)]
pub struct Key {
    actor: Actor,
    caller: String,
    key: String,
    fingerprint: String,
    running: Arc<Running>,
    released: AtomicBool,
}

impl Key {
    /// Takes the key for one request. `secret` keeps bodies with passwords from being guessed from
    /// what is stored.
    ///
    /// # Errors
    /// `400` for a key that is too long or not printable, `409` while the first request runs.
    pub fn take(
        running: &Arc<Running>,
        (actor, caller): (Actor, String),
        key: &[u8],
        secret: &[u8],
        request: &[&[u8]],
    ) -> Result<Self> {
        let printable = |key: &&str| (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
        // A key that cannot be read is refused too: without one the work would be done twice.
        let key = std::str::from_utf8(key).ok().filter(printable).ok_or_else(|| {
            let detail =
                "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces; a UUID is a good one.";
            Error::new(Code::MalformedRequest, detail)
        })?;
        let mut digest = Sha256::new();
        for part in std::iter::once(&secret).chain(request) {
            digest.update(part.len().to_le_bytes());
            digest.update(part);
        }
        let fingerprint = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        let entry = (caller.clone(), key.to_owned());
        if !running.begin(entry) {
            return Err(Error::new(
                Code::RequestInProgress,
                "Wait for the first answer, then send the request again with the same key.",
            )
            .retry_after(1));
        }
        Ok(Self {
            actor,
            caller,
            key: key.into(),
            fingerprint,
            running: running.clone(),
            released: AtomicBool::new(false),
        })
    }

    /// No longer running: the answer is there. Whoever still holds the key, such as a database
    /// thread that is about to drop its closure, must not make the caller's next try look too early.
    pub fn release(&self) {
        if self.released.swap(true, Ordering::Relaxed) {
            return;
        }
        self.running.end(&(self.caller.clone(), self.key.clone()));
    }

    fn kept(&self, conn: &mut Conn, now: Instant) -> Result<Option<Kept>> {
        Ok(keys::table
            .find((&self.caller, &self.key))
            .filter(keys::created_at.gt(now.plus(-REMEMBERED)))
            .select(Kept::as_select())
            .first(conn)
            .optional()?)
    }

    /// The answer to an earlier request with this key, if it is kept. Whoever has lost something of what they were
    /// then may no longer see what they were told.
    ///
    /// # Errors
    /// `422` if the key was used with another request, `409` if the caller may not see the answer any more or it is not
    /// kept any more.
    pub fn replay(&self, conn: &mut Conn, now: Instant) -> Result<Option<Raw>> {
        let Some(kept) = self.kept(conn, now)? else {
            return Ok(None);
        };
        let is_recent = kept.created_at > now.plus(-KEPT);
        let is_answer_kept = is_recent && kept.is_whole;
        if !is_answer_kept && kept.status >= 300 {
            // What was refused long ago may be possible now.
            return Ok(None);
        }
        if kept.fingerprint != self.fingerprint {
            return Err(Error::new(
                Code::IdempotencyKeyReused,
                "Use a new key for each new request.",
            ));
        }
        if !is_answer_kept {
            let why = match is_recent {
                true => "It was done, and its answer was too long to be kept; read what it changed.",
                false => "It was done more than a day ago.",
            };
            let detail = format!("{why} It is not done again. If the request made something, it is at `location`.");
            return Err(Error::new(Code::AlreadyDone, detail).with("location", kept.location));
        }
        if !held(conn, &self.actor)?.still_has(&Standings::stored(&kept.standings)) {
            let detail = "You have lost a role since, or this session has not shown the second factor that it takes, so the \
                          answer is not repeated; nothing was done again. \
                          If the request made something, it is at `location`.";
            return Err(Error::new(Code::AlreadyDone, detail).with("location", kept.location));
        }
        Ok(Some(kept.into()))
    }

    fn keep(&self, conn: &mut Conn, now: Instant, raw: &Raw) -> Result<()> {
        let is_whole = raw.body.len() <= LONGEST;
        let body = || String::from_utf8_lossy(&raw.body).into_owned();
        let standings = match is_whole {
            true => held(conn, &self.actor)?.to_stored(),
            false => String::new(),
        };
        diesel::delete(keys::table.find((&self.caller, &self.key))).execute(conn)?;
        diesel::insert_into(keys::table)
            .values((
                keys::caller.eq(&self.caller),
                keys::key.eq(&self.key),
                Kept {
                    created_at: now,
                    fingerprint: self.fingerprint.clone(),
                    status: raw.status.into(),
                    content_type: raw.content_type.clone(),
                    location: raw.location.clone(),
                    object_version: raw.version,
                    body: is_whole.then(body).unwrap_or_default(),
                    standings,
                    is_whole,
                },
            ))
            .execute(conn)?;
        Ok(())
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.release();
    }
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = keys)]
struct Kept {
    created_at: Instant,
    fingerprint: String,
    status: i32,
    content_type: Option<String>,
    location: Option<String>,
    object_version: Option<i64>,
    body: String,
    standings: String,
    /// Whether the answer is there, and not only that there was one.
    is_whole: bool,
}

impl From<Kept> for Raw {
    fn from(kept: Kept) -> Self {
        Raw {
            status: u16::try_from(kept.status).unwrap_or(500),
            content_type: kept.content_type,
            location: kept.location,
            version: kept.object_version,
            next_cursor: None,
            body: kept.body.into(),
            spooled: None,
            tag: None,
            replayed: true,
            file_name: None,
            cookies: Vec::new(),
            stream: None,
        }
    }
}

/// Does the work unless it was done before; keeps the answer, a refusal too, but not one that asks to
/// try again. `problem` writes the document of a refusal. The outer `Err` rolls everything back, the inner one is a refusal that is kept.
pub(super) fn once(
    conn: &mut Conn,
    key: Option<&Key>,
    now: Instant,
    problem: impl FnOnce(&Error) -> Value,
    work: impl FnOnce(&mut Conn) -> Result<Raw>,
) -> Result<Result<Raw>> {
    let Some(key) = key else {
        return work(conn).map(Ok);
    };
    if let Some(raw) = key.replay(conn, now)? {
        return Ok(Ok(raw));
    }
    match conn.savepoint(work) {
        Ok(raw) => {
            key.keep(conn, now, &raw)?;
            Ok(Ok(raw))
        }
        Err(error) if error.code().status() < 500 && error.retry_after_seconds().is_none() => {
            let body = problem(&error).to_string();
            let problem = Raw::new(error.code().status(), Some("application/problem+json"), body);
            key.keep(conn, now, &problem)?;
            Ok(Err(error))
        }
        Err(error) => Err(error),
    }
}

/// Removes some of what is no longer remembered, and some of the answers that are no longer kept, the oldest. Returns how
/// many.
pub fn forget_old_keys(conn: &mut Conn, now: Instant) -> Result<usize> {
    let then = now.plus(-REMEMBERED);
    let old = keys::table.filter(keys::created_at.le(then)).order(keys::created_at);
    let next: Option<Instant> = old.select(keys::created_at).offset(SWEPT).first(conn).optional()?;
    let some = keys::table.filter(keys::created_at.le(next.unwrap_or(then)));
    Ok(diesel::delete(some).execute(conn)? + forget_answers(conn, now)?)
}

/// Of what was refused nothing is remembered, of what was done that it was, and where.
fn forget_answers(conn: &mut Conn, now: Instant) -> Result<usize> {
    let then = now.plus(-KEPT);
    let with_answer = || keys::table.filter(keys::is_whole.eq(true));
    let old = with_answer().filter(keys::created_at.le(then)).order(keys::created_at);
    let next: Option<Instant> = old.select(keys::created_at).offset(SWEPT).first(conn).optional()?;
    let some = || with_answer().filter(keys::created_at.le(next.unwrap_or(then)));
    let refused = diesel::delete(some().filter(keys::status.ge(300))).execute(conn)?;
    let done = diesel::update(some())
        .set((keys::body.eq(""), keys::standings.eq(""), keys::is_whole.eq(false)))
        .execute(conn)?;
    Ok(refused + done)
}
