//! Who sends a request, by its access token.

use std::sync::Arc;

use actix_web::HttpRequest;

use super::request::header_text;
use crate::{
    authz::{Actor, LiveSession},
    db::Changes,
    error::{Code, Error, Result},
    primitives::Instant,
    state::State,
};

/// Who asks, if that can be told without the database.
pub(super) fn known(state: &State, request: &HttpRequest, now: Instant, changes: &Changes) -> Option<Actor> {
    match bearer(request).ok()? {
        Some(sent) => state.callers.live(sent, now, changes),
        None => Some(Actor::nobody()),
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
    let verified = state.callers.verified(sent);
    let token = match verified {
        Some(token) => token,
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
    if verified.is_none() || since.is_some() {
        let as_of = since.map(|since| (session, since));
        state.callers.insert(sent.to_owned(), token, as_of);
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
