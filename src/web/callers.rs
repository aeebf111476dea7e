//! Who sent a request, by its access token.

use std::sync::Arc;

use actix_web::HttpRequest;
use quick_cache::sync::Cache;

use super::request::header_text;
use crate::{
    accounts::SignedToken,
    authz::{Actor, LiveSession},
    db::{Changes, Moment},
    error::{Code, Error, Result},
    primitives::Instant,
    state::State,
};

/// Tokens whose signature was verified. What can change is asked of each request all the same: the time, and whether
/// the session is live.
pub struct Callers(Cache<String, Arc<Caller>>);

struct Caller {
    token: SignedToken,
    /// As of a moment.
    session: Option<(LiveSession, Moment)>,
}

impl Default for Callers {
    fn default() -> Self {
        Self(Cache::new(8192))
    }
}

impl Callers {
    /// Whose token this is, if that is known and nothing it rests on has changed.
    fn live(&self, sent: &str, now: Instant, changes: &Changes) -> Option<Actor> {
        let known = self.0.get(sent)?;
        let (session, since) = known.session?;
        let holds = known.token.is_timely(now)
            && session.expires_at > now
            && changes.unchanged(since, &[known.token.session, known.token.person]);
        holds.then_some(session.actor)
    }

    /// Who asks, if that can be told without the database.
    pub(super) fn known(&self, request: &HttpRequest, now: Instant, changes: &Changes) -> Option<Actor> {
        match bearer(request).ok()? {
            Some(sent) => self.live(sent, now, changes),
            None => Some(Actor::nobody()),
        }
    }
}

/// Whose token the request carries: nobody's if it has none.
///
/// # Errors
/// `401` for a token that is not good now.
pub(super) async fn authenticate(state: &Arc<State>, request: &HttpRequest, now: Instant) -> Result<Actor> {
    let Some(sent) = bearer(request)? else {
        return Ok(Actor::nobody());
    };
    let changes = state.db.changes();
    if let Some(actor) = changes.and_then(|changes| state.callers.live(sent, now, changes)) {
        return Ok(actor);
    }
    let known = state.callers.0.get(sent);
    let token = match &known {
        Some(known) => known.token,
        None => state.keys.verify(sent).ok_or_else(invalid)?,
    };
    if !token.is_timely(now) {
        return Err(invalid());
    }
    let since = changes.map(Changes::now);
    let session = state
        .db
        .read(move |conn| LiveSession::find(conn, token.session, token.person, now))
        .await?
        .ok_or_else(invalid)?;
    if known.is_none() || since.is_some() {
        let session = since.map(|since| (session, since));
        state
            .callers
            .0
            .insert(sent.to_owned(), Arc::new(Caller { token, session }));
    }
    Ok(session.actor)
}

/// The access token that was sent, if one was.
fn bearer(request: &HttpRequest) -> Result<Option<&str>> {
    let Some(header) = header_text(request, "authorization") else {
        return Ok(None);
    };
    let (scheme, sent) = header.split_once(' ').ok_or_else(invalid)?;
    match scheme.eq_ignore_ascii_case("bearer") {
        true => Ok(Some(sent.trim())),
        false => Err(invalid()),
    }
}

fn invalid() -> Error {
    let detail = "Log in again, or refresh the session, and use the new access token.";
    Error::new(Code::InvalidToken, detail)
}
