//! Who sends a request, by its access token.

use std::sync::Arc;

use actix_web::HttpRequest;
use chrono::TimeDelta;

use super::{
    cookies::{SessionCookie, check_origin},
    request::header_text,
};
use crate::{
    authz::{API_TOKEN_PREFIX, Actor, LiveApiToken, LiveSession, SignedToken, Sought},
    db::Changes,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    state::State,
};

/// Who asks, if that can be told without the database.
pub(super) fn known(state: &State, request: &HttpRequest, now: Instant, changes: &Changes) -> Option<Actor> {
    match sent(state, request).ok()? {
        Some(sent) => state.callers.live(sent, now, changes),
        None => Some(Actor::nobody()),
    }
}

/// Whose token the request carries: nobody's if it has none.
///
/// # Errors
/// `401` for a token that is not good now, `403` for a cookie that another site's page sent.
pub(super) async fn authenticate(state: &Arc<State>, request: &HttpRequest, now: Instant) -> Result<Actor> {
    let Some(sent) = sent(state, request)? else {
        return Ok(Actor::nobody());
    };
    let changes = state.db.changes();
    if let Some(actor) = changes.and_then(|changes| state.callers.live(sent, now, changes)) {
        return Ok(actor);
    }
    if sent.starts_with(API_TOKEN_PREFIX) {
        return by_api_token(state, sent, now).await;
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

/// How often the use of an API token is noted: a read must not become a write each time.
const NOTED: TimeDelta = TimeDelta::hours(1);

/// Whose API token this is.
///
/// # Errors
/// `401` for one that is not good now.
async fn by_api_token(state: &Arc<State>, sent: &str, now: Instant) -> Result<Actor> {
    let since = state.db.changes().map(Changes::now);
    let sought = Sought::Sent(sent.to_owned());
    let found = state
        .db
        .read(move |conn| LiveApiToken::find(conn, &sought, now))
        .await?;
    let LiveApiToken {
        mut live,
        token,
        last_used_at,
    } = found.ok_or_else(no_api_token)?;
    match last_used_at.filter(|last| last.plus(NOTED) > now) {
        // What is remembered runs out when the next use is to be noted.
        Some(last) => live.expires_at = live.expires_at.min(last.plus(NOTED)),
        None => note_use(state, token.id, now),
    }
    if let (Some(since), Some(person)) = (since, live.actor.person()) {
        let signed = SignedToken {
            person,
            session: token.id,
            begins: i64::MIN,
            ends: i64::MAX,
        };
        state.callers.insert(sent.to_owned(), signed, Some((live, since)));
    }
    Ok(live.actor)
}

/// Beside the request, which does not wait for it, and which a database that cannot be written does not stop.
fn note_use(state: &Arc<State>, token: Id, now: Instant) {
    let db = state.db.clone();
    actix_web::rt::spawn(async move {
        if let Err(error) = db.write(move |conn| LiveApiToken::touch(conn, token, now)).await {
            tracing::warn!(%error, "the use of an API token was not noted");
        }
    });
}

/// The access token that was sent, if one was: as Bearer, or else in a cookie.
fn sent<'a>(state: &State, request: &'a HttpRequest) -> Result<Option<&'a str>> {
    let bearer = bearer(request)?;
    if bearer.is_some() {
        return Ok(bearer);
    }
    let Some(cookie) = SessionCookie::Access.sent(&state.config, request) else {
        return Ok(None);
    };
    if !request.method().is_safe() {
        check_origin(&state.config, request)?;
    }
    match cookie.starts_with(API_TOKEN_PREFIX) {
        true => Err(invalid()),
        false => Ok(Some(cookie)),
    }
}

/// The token behind `Authorization: Bearer`.
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

fn no_api_token() -> Error {
    let detail = "This API token was deleted or has expired. Make a new one.";
    Error::new(Code::InvalidToken, detail)
}

fn invalid() -> Error {
    let detail = "Log in again, or refresh the session, and use the new access token.";
    Error::new(Code::InvalidToken, detail)
}
