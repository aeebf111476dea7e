//! What a handler is given.

use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::LocalBoxFuture;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{accept, answer::Reply, cursors::List, idempotency, raw::Raw};
use crate::{
    audit::{self, Changes},
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    outbox::{self, Doing},
    primitives::{Id, IfMatch, Instant, Page},
    state::State,
};

/// For operations whose path has no parameters.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct NoPath {}

/// For operations that take no query parameters.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// `{id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ById {
    /// The object's id.
    pub id: Id,
}

/// `{id}/…/{person_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByPerson {
    /// The id of the cohort, campus or slot.
    pub id: Id,
    /// The person's id.
    pub person_id: Id,
}

/// `{id}/weeks/{number}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByWeek {
    /// The cohort's id.
    pub id: Id,
    /// The number of the week, from 1.
    pub number: Number,
}

/// `{id}/weeks/{number}/…/{person_id}`
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByWeekAndPerson {
    /// The cohort's id.
    pub id: Id,
    /// The number of the week, from 1.
    pub number: Number,
    /// The student's id.
    pub person_id: Id,
}

/// A number in a path, where everything is text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number(pub i32);

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "WeekNumber".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "integer", "description": "A week of a cohort, from 1.", "minimum": 1, "examples": [1] })
    }
}

/// One request, parsed and with its actor: path `P`, query `Q`, body `B`.
pub struct Call<P, Q, B> {
    /// The running service.
    pub state: Arc<State>,
    /// Who asks.
    pub actor: Actor,
    /// The parameters in the path.
    pub path: P,
    /// The query parameters.
    pub query: Q,
    /// The body.
    pub body: B,
    /// Which version the caller has seen.
    pub if_match: IfMatch,
    /// The media types the caller accepts, as sent.
    pub(super) accept: String,
    /// Whether the caller would rather be answered before the work is done (RFC 7240).
    pub prefers_async: bool,
    /// When the request arrived.
    pub now: Instant,
    /// The caller's network address.
    pub address: std::net::IpAddr,
    /// What the caller's program says it is (`User-Agent`), as sent.
    pub user_agent: String,
    /// The refresh token of the session's cookie, if it came from where it may.
    pub(super) refresh_cookie: Result<Option<String>>,
    /// The id of the last event of a stream that the caller has heard.
    pub last_event_id: Option<String>,
    pub(super) request: Arc<Request>,
}

/// A call but for what its operation declares as types: path, query and body.
pub(super) type Untyped = Call<(), (), ()>;

/// A handler with its path, query and body, waiting for the rest of its call.
pub(super) type Parsed = Box<dyn FnOnce(Untyped) -> LocalBoxFuture<'static, Result<Raw>>>;

/// What a problem document and the audit trail say of a request, for work that outlives it.
#[derive(Clone, Debug)]
pub struct Origin {
    /// The path that was asked.
    pub target: String,
    /// The request's name in the log.
    pub request_id: String,
    /// Who asked, by what they came in.
    pub actor: Actor,
}

/// What the log, the audit trail and an `Idempotency-Key` need to know of a request.
#[derive(Debug)]
pub(super) struct Request {
    pub id: String,
    /// The path of the public URL.
    pub base: String,
    pub operation: &'static str,
    pub is_head: bool,
    pub target: String,
    /// The path without ids, where the audit trail keeps nothing else.
    pub veiled: Option<&'static str>,
    pub query: String,
    /// The fields that the body sets; of a change those count that it made.
    pub fields: Option<Vec<String>>,
    pub key: Option<Arc<idempotency::Key>>,
}

impl Untyped {
    /// The call of an operation that declares these.
    pub(super) fn with<P, Q, B>(self, path: P, query: Q, body: B) -> Call<P, Q, B> {
        Call {
            state: self.state,
            actor: self.actor,
            path,
            query,
            body,
            if_match: self.if_match,
            accept: self.accept,
            prefers_async: self.prefers_async,
            now: self.now,
            address: self.address,
            user_agent: self.user_agent,
            refresh_cookie: self.refresh_cookie,
            last_event_id: self.last_event_id,
            request: self.request,
        }
    }
}

impl<P, Q, B> Call<P, Q, B>
where
    P: Send + Sync + 'static,
    Q: Send + Sync + 'static,
    B: Send + Sync + 'static,
{
    /// Whether only the head of the answer is sent.
    pub fn is_head(&self) -> bool {
        self.request.is_head
    }

    /// Whether the caller wants this media type more than JSON.
    pub fn prefers(&self, media_type: &str) -> bool {
        accept::prefers(&self.accept, media_type)
    }

    /// Runs `read` on one snapshot of the data.
    ///
    /// # Errors
    /// What `read` returns, or `503`.
    pub async fn read<T, F>(self, read: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Conn, &Self) -> Result<T> + Send + 'static,
    {
        let db = self.state.db.clone();
        db.read(move |conn| read(conn, &self)).await
    }

    /// Runs `write` in one transaction, with what the actor is then, however long ago the request
    /// began, together with its entry in the audit trail and what its
    /// `Idempotency-Key` needs; `write` may run more than once before it counts.
    ///
    /// # Errors
    /// What `write` returns, or `503`.
    pub async fn write<T, F>(self, write: F) -> Result<Reply<T>>
    where
        T: 'static,
        F: Fn(&mut Conn, &Self) -> Result<Reply<T>> + Send + 'static,
    {
        let (db, notifier) = (self.state.db.clone(), self.state.outbox_notifier.clone());
        let call = Mutex::new(self);
        let (raw, recorded) = db
            .write(move |conn| {
                let mut call = call.lock().unwrap_or_else(PoisonError::into_inner);
                call.actor = call.actor.as_of_now(conn)?;
                let Request {
                    key, base, target, id, ..
                } = &*call.request;
                let problem = |error: &Error| error.problem(base, target, id);
                let doing = Doing {
                    person: call.actor.person().filter(|_| call.request.veiled.is_none()),
                    now: call.now,
                };
                let (raw, recorded) = outbox::recording(doing, || {
                    idempotency::once(conn, key.as_deref(), call.now, problem, |conn| {
                        let (reply, changes) = audit::watched(|| write(conn, &call));
                        let raw = reply?.raw;
                        call.audit(conn, raw.location.as_deref(), &changes)?;
                        Ok(raw)
                    })
                });
                Ok((raw?, recorded))
            })
            .await?;
        if recorded {
            notifier.notify();
        }
        Ok(Reply::from_raw(raw?))
    }

    /// `200` with one page of the list that this request asks for, and a `Link` to the next.
    ///
    /// # Errors
    /// `500` if it cannot be written as JSON.
    pub fn page<T: Serialize>(&self, page: Page<T>) -> Result<Reply<Page<T>>> {
        Reply::page(page, &List::of(&self.request.target, &self.request.query))
    }

    /// The list at another path with the filters of this request: what its cursors belong to.
    pub fn list_at(&self, path: &str) -> List {
        List::of(path, &self.request.query)
    }

    /// The refresh token in the session's cookie, for operations that declare that they use cookies.
    ///
    /// # Errors
    /// `403` if another site's page sent it.
    pub fn refresh_cookie(&self) -> Result<Option<String>> {
        self.refresh_cookie.clone()
    }

    /// This request's name in the log.
    pub fn request_id(&self) -> &str {
        &self.request.id
    }

    /// Where this request went and what it is called, for what goes on after it was answered.
    pub fn origin(&self) -> Origin {
        Origin {
            target: format!("{}{}", self.request.base, self.request.target),
            request_id: self.request.id.clone(),
            actor: self.actor,
        }
    }

    /// Who did what to which object, what was made, which fields they set, and what became what. Of what is secret only
    /// the person's own trail tells, and that they did it on that day: no campus, since its organisers know who is who.
    fn audit(&self, conn: &mut Conn, made: Option<&str>, changes: &Changes) -> Result<()> {
        let Request {
            id,
            operation,
            target,
            veiled,
            ..
        } = &*self.request;
        if let Some(path) = veiled {
            let entry = audit::AuditEntry {
                operation,
                target: path,
                ..audit::AuditEntry::default()
            };
            return audit::note_of_day(conn, &entry.by(&self.actor), self.now);
        }
        let fields = self.request.fields.as_ref();
        let fields = fields.map_or_else(|| changes.names(), |fields| fields.join(","));
        let entry = audit::AuditEntry {
            operation,
            target,
            object: made,
            fields: &fields,
            changes: Some(changes),
            request_id: id,
            ..audit::AuditEntry::default()
        };
        audit::note(conn, &entry.by(&self.actor), self.now)
    }
}
