//! Who sent a request, by its access token.

use std::sync::Arc;

use actix_web::HttpRequest;
use quick_cache::sync::Cache;

use super::request::header_text;
use crate::{
    accounts::SignedToken,
    authz::{Actor, LiveSession},
    db::Moment,
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

/// Whose token the request carries: nobody's if it has none.
///
/// # Errors
/// `401` for a token that is not good now.
pub(super) async fn authenticate(state: &Arc<State>, request: &HttpRequest, now: Instant) -> Result<Actor> {
    let Some(header) = header_text(request, "authorization") else {
        return Ok(Actor::nobody());
    };
    let invalid = || {
        Error::new(
            Code::InvalidToken,
            "Log in again, or refresh the session, and use the new access token.",
        )
    };
    let (scheme, sent) = header.split_once(' ').ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    let sent = sent.trim();
    let known = state.callers.0.get(sent);
    let token = match &known {
        Some(known) => known.token,
        None => state.keys.verify(sent).ok_or_else(invalid)?,
    };
    if !token.is_timely(now) {
        return Err(invalid());
    }
    let changes = state.db.changes();
    if let (Some((session, since)), Some(changes)) = (known.as_ref().and_then(|known| known.session), changes)
        && session.expires_at > now
        && changes.unchanged(since, &[token.session, token.person])
    {
        return Ok(session.actor);
    }
    let since = changes.map(crate::db::Changes::now);
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
