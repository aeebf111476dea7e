//! The sessions that somebody has begun.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::{
        actions,
        model::{Session, SessionPatch},
    },
    authz::Actor,
    error::Result,
    primitives::{Id, Instant, Line, Page, PageQuery},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Operation, Reply, delete, get, patch},
};

/// The operations on one's own sessions.
pub fn operations() -> [Operation; 4] {
    [
        get("/v1/me/sessions", "list_sessions", list_sessions)
            .summary("List my sessions")
            .about(
                "\
                Where the caller is logged in, the newest log-in first. Sessions that have ended or expired are not in \
                the list.",
            )
            .no_store(),
        patch("/v1/me/sessions/{id}", "change_session", change_session)
            .summary("Rename a session")
            .about("Gives one of the caller's sessions another name, by which to know it in the list.")
            .no_store(),
        delete("/v1/me/sessions/{id}", "end_session", end_session)
            .summary("End a session")
            .about(
                "\
                Ends one of the caller's sessions at once: its access tokens and its refresh token stop working. It may be \
                the current one.",
            )
            .no_store()
            .takes_if_match(),
        delete("/v1/me/sessions", "end_other_sessions", end_other_sessions)
            .summary("End all other sessions")
            .about("Ends all sessions of the caller but the one that the request belongs to, at once.")
            .no_store(),
    ]
}

/// A session: from a log-in until it ends.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Session")]
pub struct SessionView {
    /// The session's id; also the `sid` of its access tokens.
    id: Id,
    /// The program and system that logged in, such as `Firefox on Linux`, or what the owner has called it since.
    name: Line,
    /// When it began with a log-in.
    created_at: Instant,
    /// When it was last refreshed.
    last_used_at: Instant,
    /// When it ends, unless it is refreshed or ended before.
    expires_at: Instant,
    /// Whether it is the session that this request belongs to.
    current: bool,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl SessionView {
    fn of(session: Session, actor: &Actor) -> Self {
        let current = actor.identity().and_then(|identity| identity.session);
        Self {
            current: current == Some(session.id),
            id: session.id,
            name: session.name,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
            version: session.version,
        }
    }
}

/// `GET /v1/me/sessions`
pub async fn list_sessions(call: Call<NoPath, PageQuery, NoBody>) -> Result<Reply<Page<SessionView>>> {
    call.read(|conn, call| {
        let sessions = actions::own_sessions(conn, &call.actor, &call.query, call.now)?;
        call.page(sessions.map(|session| SessionView::of(session, &call.actor)))
    })
    .await
}

/// `PATCH /v1/me/sessions/{id}`
pub async fn change_session(call: Call<ById, NoQuery, Json<SessionPatch>>) -> Result<Reply<SessionView>> {
    call.write(|conn, call| {
        let patch = call.body.0.clone();
        let session = actions::rename_session(conn, &call.actor, call.path.id, patch, call.if_match, call.now)?;
        let version = session.version;
        Ok(Reply::ok(&SessionView::of(session, &call.actor))?.version(version))
    })
    .await
}

/// `DELETE /v1/me/sessions/{id}`
pub async fn end_session(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::end_own_session(conn, &call.actor, call.path.id, call.if_match, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/me/sessions`
pub async fn end_other_sessions(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::end_other_sessions(conn, &call.actor, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
