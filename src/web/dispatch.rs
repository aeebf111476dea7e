//! The way of every request: limit, actor, path, query, body, key, handler, answer. Only what an operation declares
//! as a type is compiled for each operation; everything here is compiled once.

use std::{net::IpAddr, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method,
        header::{self, HeaderValue},
    },
    web,
};
use futures_util::FutureExt as _;

use super::{
    Operation, Rate,
    answer::problem_response,
    authentication::{authenticate, known},
    body::without_mark,
    call::{Request, Untyped},
    cookies::{SessionCookie, check_origin},
    idempotency::Key,
    incoming::{client_address, has_no_body, read_body},
    limits::{Budget, Counted},
    outgoing::{add_headers, entity_tag, success},
    path::Parameters,
    question::question,
    raw::Raw,
    request::{base_path, header_text, prefers_async, request_id},
};
use crate::{
    authz::{Actor, Identity, SignedIn},
    error::{Code, Error, Result},
    primitives::{Id, IfMatch, Instant},
    state::State,
};

/// Answers one request to `operation`.
pub(super) async fn dispatch(
    operation: Arc<Operation>,
    request: HttpRequest,
    path: Parameters,
    payload: web::Payload,
) -> HttpResponse {
    let mut budget = None;
    let answer = async {
        // Otherwise it was looked for at the door.
        let kept = (!goes_out_unchanged(&request)).then(|| kept(&operation, &request, &mut budget));
        match kept.flatten() {
            Some(kept) => kept,
            // Apart, so that a kept answer is not moved about in what all the rest needs room for.
            None => Box::pin(work(&operation, &request, &path, payload, &mut budget)).await,
        }
    };
    // A panic in a handler must not take the connection, nor its neighbours', down.
    let result = std::panic::AssertUnwindSafe(answer)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Error::internal("panic in a handler")));
    respond(&operation, &request, result, budget)
}

/// Whether neither CORS nor compression has anything to add to an answer.
pub(super) fn goes_out_unchanged(request: &HttpRequest) -> bool {
    let headers = request.headers();
    !headers.contains_key(header::ORIGIN) && !headers.contains_key(header::ACCEPT_ENCODING)
}

/// The answer that was kept for a request to `operation`, if there is one.
pub(super) fn kept_answer(operation: &Operation, request: &HttpRequest) -> Option<HttpResponse> {
    let mut budget = None;
    let kept = kept(operation, request, &mut budget)?;
    Some(respond(operation, request, kept, budget))
}

fn respond(
    operation: &Operation,
    request: &HttpRequest,
    result: Result<Arc<Raw>>,
    budget: Option<Budget>,
) -> HttpResponse {
    let mut response = match result {
        Ok(raw) => success(operation, request, &raw),
        Err(error) => problem_response(&error, request),
    };
    add_headers(operation, budget, &mut response);
    response
}

/// An answer that was kept and still holds, without asking the database.
fn kept(operation: &Operation, request: &HttpRequest, budget: &mut Option<Budget>) -> Option<Result<Arc<Raw>>> {
    let state = request
        .app_data::<web::Data<State>>()
        .filter(|_| operation.keeps_body && has_no_body(request))?;
    let (changes, now) = (state.db.changes()?, Instant::now());
    let actor = known(state, request, now, changes).filter(|actor| may_by_token(operation, actor).is_ok())?;
    let question = question(operation, request, &actor)?;
    let raw = state.kept_answers.get(changes, &question, now)?;
    let counted = count(
        state,
        operation,
        actor.person(),
        || client_address(state, request),
        budget,
    );
    Some(counted.map(|()| raw))
}

/// Counts a request against what its caller may ask.
///
/// # Errors
/// `429`
fn count(
    state: &State,
    operation: &Operation,
    person: Option<Id>,
    address: impl FnOnce() -> IpAddr,
    budget: &mut Option<Budget>,
) -> Result<()> {
    let counted = person.map_or_else(|| Counted::Network(address().into()), Counted::Person);
    let Some((left, allowed)) = state.limiter.ask(operation.rate, &counted) else {
        return Ok(());
    };
    *budget = Some(left);
    allowed
}

async fn work(
    operation: &Operation,
    request: &HttpRequest,
    path: &Parameters,
    payload: web::Payload,
    budget: &mut Option<Budget>,
) -> Result<Arc<Raw>> {
    let arrived = Arrived::new(operation, request, budget).await?;
    let bytes = read_body(&operation.shape, request, payload).await?;
    may_set_by_token(operation, &arrived.actor, &bytes)?;
    let handler = (operation.parse)(request, path, &bytes)?;
    if operation.heeds_if_match() && !operation.compares_versions() {
        seen_by(request).check_without_version()?;
    }
    let state = arrived.state.clone();
    if let Some(question) = question(operation, request, &arrived.actor)
        && let Some(changes) = state.db.changes()
    {
        let cohort = path.get("id").and_then(|id| Id::parse(id).ok());
        let way_in = arrived.actor.identity().and_then(Identity::way_in);
        let rests_on = cohort.into_iter().chain(arrived.actor.person()).chain(way_in).collect();
        let began = (changes.now(), arrived.now);
        let mut raw = handler(arrived.into_call(operation, request, &bytes, None)).await?;
        raw.tag = entity_tag(&raw);
        return Ok(state.kept_answers.keep(question, raw, began, rests_on));
    }
    let key = match arrived.key(operation, request, &bytes).await? {
        Some(Replayed::Answer(raw)) => return Ok(raw),
        Some(Replayed::Not(key)) => Some(key),
        None => None,
    };
    let answer = handler(arrived.into_call(operation, request, &bytes, key.clone())).await;
    key.inspect(|key| key.release());
    answer.map(Arc::new)
}

/// A request before its parts are parsed: limited, and with its actor.
struct Arrived {
    state: Arc<State>,
    actor: Actor,
    now: Instant,
    address: IpAddr,
}

/// What became of a key: there is an answer already, or the request is the first.
enum Replayed {
    Answer(Arc<Raw>),
    Not(Arc<Key>),
}

impl Arrived {
    async fn new(operation: &Operation, request: &HttpRequest, budget: &mut Option<Budget>) -> Result<Self> {
        let state = request
            .app_data::<web::Data<State>>()
            .map(|data| data.clone().into_inner())
            .ok_or_else(|| Error::internal("the application has no state"))?;
        let now = Instant::now();
        let address = client_address(&state, request);
        let actor = if operation.who.reads_token() {
            let actor = authenticate(&state, request, now).await;
            actor.map(|actor| actor.requiring(state.config.require_second_factor))
        } else {
            Ok(Actor::nobody())
        };
        // Guessing tokens is limited by address like everything else without an account.
        let person = actor.as_ref().ok().and_then(Actor::person);
        count(&state, operation, person, || address, budget)?;
        if person.is_none() {
            let together = state
                .limiter
                .ask_together(&state.db, operation.rate, address.into(), now);
            if let Some((left, refused)) = together.await? {
                *budget = Some(left);
                return Err(refused);
            }
        }
        let actor = actor?;
        may_by_token(operation, &actor)?;
        let has_cookie = || operation.uses_cookies && SessionCookie::Refresh.sent(&state.config, request).is_some();
        if operation.who.needs_token() && !has_cookie() {
            SignedIn::prove(&actor)?;
        }
        Ok(Self {
            state,
            actor,
            now,
            address,
        })
    }

    /// Takes the request's `Idempotency-Key`, if it has one that counts.
    async fn key(&self, operation: &Operation, request: &HttpRequest, bytes: &[u8]) -> Result<Option<Replayed>> {
        let key = request.headers().get("idempotency-key").map(HeaderValue::as_bytes);
        let Some(key) = key.filter(|_| operation.keeps_answers) else {
            return Ok(None);
        };
        let caller = self
            .actor
            .person()
            .map_or(format!("address:{}", self.address), |person| person.to_string());
        let secret = self.state.vault.secret();
        let uri = request.uri().to_string();
        let parts = [operation.id.as_bytes(), uri.as_bytes(), bytes];
        let key = Key::take(&self.state.running_keys, (self.actor, caller), key, secret, &parts)?;
        let key = Arc::new(key);
        let (now, asked) = (self.now, key.clone());
        // A kept answer is given before any of the work begins; it is looked for again inside
        // the transaction, where another process cannot come between.
        let kept = self.state.db.read(move |conn| asked.replay(conn, now)).await;
        if !matches!(kept, Ok(None)) {
            key.release();
        }
        Ok(Some(
            kept?.map_or(Replayed::Not(key), |raw| Replayed::Answer(Arc::new(raw))),
        ))
    }

    /// The refresh token in the cookie, for the operations that it is for.
    fn refresh_cookie(&self, operation: &Operation, request: &HttpRequest) -> Result<Option<String>> {
        let config = &self.state.config;
        let sent = SessionCookie::Refresh
            .sent(config, request)
            .filter(|_| operation.uses_cookies);
        sent.map(|sent| check_origin(config, request).map(|()| sent.to_owned()))
            .transpose()
    }

    fn into_call(self, operation: &Operation, request: &HttpRequest, bytes: &[u8], key: Option<Arc<Key>>) -> Untyped {
        let meta = Request {
            id: request_id(request),
            base: base_path(request).to_owned(),
            operation: operation.id,
            is_head: request.method() == Method::HEAD,
            target: request.path().to_owned(),
            veiled: operation.is_secret.then_some(operation.path),
            query: request.query_string().to_owned(),
            fields: match operation.shape.body_type {
                Some(_) if operation.method() == "PATCH" => None,
                Some(_) => Some(top_level_fields(bytes)),
                None => Some(Vec::new()),
            },
            key,
        };
        Untyped {
            refresh_cookie: self.refresh_cookie(operation, request),
            state: self.state,
            actor: self.actor,
            path: (),
            query: (),
            body: (),
            if_match: seen_by(request),
            accept: header_text(request, "accept").unwrap_or("*/*").to_owned(),
            prefers_async: prefers_async(request),
            now: self.now,
            address: self.address,
            last_event_id: header_text(request, "last-event-id").map(Into::into),
            user_agent: header_text(request, "user-agent").unwrap_or_default().to_owned(),
            request: Arc::new(meta),
        }
    }
}

/// Which version the caller has seen.
fn seen_by(request: &HttpRequest) -> IfMatch {
    IfMatch::parse(request.headers().get_all("if-match").map(HeaderValue::as_bytes))
}

/// Whether an API token, if the caller has sent one, may be used for this.
///
/// # Errors
/// `403`
fn may_by_token(operation: &Operation, actor: &Actor) -> Result<()> {
    let Some(token) = actor.identity().and_then(|identity| identity.api_token) else {
        return Ok(());
    };
    if !operation.admits_programs() {
        let detail = "API tokens may not be used for this operation. Log in, and send the access token.";
        return Err(Error::new(Code::SessionRequired, detail));
    }
    let scope = operation.scope();
    if !token.scopes.list().contains(&scope) {
        let detail = format!("This takes an API token with the scope `{}`.", scope.as_str());
        return Err(Error::new(Code::InsufficientScope, detail));
    }
    Ok(())
}

/// Whether an API token, if the caller has sent one, may set what the body sets.
///
/// # Errors
/// `403`
fn may_set_by_token(operation: &Operation, actor: &Actor, body: &[u8]) -> Result<()> {
    let taking = operation.session_fields;
    if taking.is_empty() || actor.identity().and_then(|identity| identity.api_token).is_none() {
        return Ok(());
    }
    match top_level_fields(body)
        .iter()
        .find(|field| taking.contains(&field.as_str()))
    {
        Some(field) => {
            let detail = format!("API tokens do not change `{field}`. Log in, and send the access token.");
            Err(Error::new(Code::SessionRequired, detail))
        }
        None => Ok(()),
    }
}

/// Counts a request that is no operation's as a read of its address.
///
/// # Errors
/// `429`
pub(super) fn count_stray(request: &HttpRequest) -> Result<()> {
    match request.app_data::<web::Data<State>>() {
        Some(state) => state
            .limiter
            .count(Rate::Read, &Counted::Network(client_address(state, request).into())),
        None => Ok(()),
    }
}

/// The names of the fields a JSON body sets: all that the audit trail keeps of it.
fn top_level_fields(bytes: &[u8]) -> Vec<String> {
    let object = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(without_mark(bytes));
    object
        .map(|object| object.into_iter().map(|(name, _)| name).collect())
        .unwrap_or_default()
}
