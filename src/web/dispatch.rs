//! The way of every request: limit, actor, path, query, body, key, handler, answer.

use std::{future::Future, net::IpAddr, sync::Arc, time::Duration};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
    rt::time::timeout,
    web::{self, BytesMut},
};
use futures_util::{FutureExt as _, StreamExt as _};
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::{
    Body, Call, Operation, Rate, Reply,
    answer::{Raw, problem_response},
    call::Request,
    cursors::List,
    idempotency::Key,
    limits::{Budget, Counted},
    operation::Cache,
    request::{base_path, request_id},
    wording::plain,
};
use crate::{
    authz::{Actor, SignedIn},
    error::{Code, Error, Result},
    primitives::{Cursor, IfMatch, Instant},
    state::State,
};

/// A body must have arrived by then: who sends slowly must not hold a connection for ever.
const BODY_TIME: Duration = Duration::from_secs(30);

/// Answers one request to `operation`.
pub async fn dispatch<P, Q, B, T, F, Fut>(
    operation: Arc<Operation>,
    handler: F,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse
where
    P: DeserializeOwned + Send + Sync + 'static,
    Q: DeserializeOwned + Send + Sync + 'static,
    B: Body,
    F: Fn(Call<P, Q, B>) -> Fut,
    Fut: Future<Output = Result<Reply<T>>>,
{
    let mut budget = None;
    let work = async {
        let arrived = Arrived::new(&operation, &request, &mut budget).await?;
        let path = web::Path::<P>::extract_now(&request)?;
        let query = parse_query(&request)?;
        let bytes = timeout(BODY_TIME, read_body::<B>(&request, payload))
            .await
            .map_err(|_| too_slow())??;
        let body = B::parse(&bytes)?;
        match arrived
            .into_call(&operation, &request, &bytes, path, query, body)
            .await?
        {
            Either::Call(call) => {
                let key = call.request.key.clone();
                let answer = handler(call).await;
                key.inspect(|key| key.release());
                answer.map(|reply| reply.raw)
            }
            Either::Replay(raw) => Ok(raw),
        }
    };
    // A panic in a handler must not take the connection, nor its neighbours', down.
    let result = std::panic::AssertUnwindSafe(work)
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Error::internal("panic in a handler")));
    let mut response = match result {
        Ok(raw) => success(&operation, &request, raw),
        Err(error) => problem_response(&error, &request),
    };
    add_headers(&operation, budget, &mut response);
    response
}

/// A request before its parts are parsed: limited, and with its actor.
struct Arrived {
    state: Arc<State>,
    actor: Actor,
    now: Instant,
    address: IpAddr,
}

enum Either<C> {
    Call(C),
    Replay(Raw),
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
            authenticate(&state, request, now).await
        } else {
            Ok(Actor::nobody())
        };
        // Guessing tokens is limited by address like everything else without an account.
        let person = actor.as_ref().ok().and_then(Actor::person);
        let counted = person.map_or(Counted::Address(address), Counted::Person);
        if let Some((left, allowed)) = state.limiter.ask(operation.rate, &counted) {
            *budget = Some(left);
            allowed?;
        }
        let actor = actor?;
        if operation.who.needs_token() {
            SignedIn::prove(&actor)?;
        }
        Ok(Self {
            state,
            actor,
            now,
            address,
        })
    }

    async fn into_call<P, Q, B>(
        self,
        operation: &Operation,
        request: &HttpRequest,
        bytes: &[u8],
        path: P,
        query: Q,
        body: B,
    ) -> Result<Either<Call<P, Q, B>>> {
        let target = request.path().to_owned();
        let mut meta = Request {
            id: request_id(request),
            base: base_path(request).to_owned(),
            operation: operation.id,
            target,
            list: List::of(request.path(), form_pairs(request.query_string())),
            fields: if operation.shape.body_type.is_some() {
                top_level_fields(bytes)
            } else {
                Vec::new()
            },
            key: None,
        };
        let key = request.headers().get("idempotency-key").map(HeaderValue::as_bytes);
        if let Some(key) = key.filter(|_| operation.keeps_answers) {
            let caller = self
                .actor
                .person()
                .map_or(format!("address:{}", self.address), |person| person.to_string());
            let secret = self.state.keys.secret();
            let uri = request.uri().to_string();
            let parts = [operation.id.as_bytes(), uri.as_bytes(), bytes];
            let key = Arc::new(Key::take(&self.state.running_keys, caller, key, secret, &parts)?);
            let (now, asked) = (self.now, key.clone());
            // A kept answer is given before any of the work begins; it is looked for again inside
            // the transaction, where another process cannot come between.
            let kept = self.state.db.read(move |conn| asked.replay(conn, now)).await;
            if !matches!(kept, Ok(None)) {
                key.release();
            }
            if let Some(raw) = kept? {
                return Ok(Either::Replay(raw));
            }
            meta.key = Some(key);
        }
        Ok(Either::Call(Call {
            state: self.state,
            actor: self.actor,
            path,
            query,
            body,
            if_match: IfMatch::parse(request.headers().get_all("if-match").map(HeaderValue::as_bytes)),
            accept: header_text(request, "accept").unwrap_or("*/*").to_owned(),
            prefers_async: prefers_async(request),
            now: self.now,
            address: self.address,
            request: Arc::new(meta),
        }))
    }
}

async fn authenticate(state: &Arc<State>, request: &HttpRequest, now: Instant) -> Result<Actor> {
    let Some(header) = header_text(request, "authorization") else {
        return Ok(Actor::nobody());
    };
    let invalid = || {
        Error::new(
            Code::InvalidToken,
            "Log in again, or refresh the session, and use the new access token.",
        )
    };
    let (scheme, token) = header.split_once(' ').ok_or_else(invalid)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(invalid());
    }
    let claims = state.keys.verify(token.trim(), now).ok_or_else(invalid)?;
    let actor = state
        .db
        .read(move |conn| Actor::of_session(conn, claims.session, claims.person, now))
        .await?;
    actor.ok_or_else(invalid)
}

/// Counts a request that is no operation's as a read of its address.
///
/// # Errors
/// `429`
pub(super) fn count_stray(request: &HttpRequest) -> Result<()> {
    match request.app_data::<web::Data<State>>() {
        Some(state) => state
            .limiter
            .count(Rate::Read, &Counted::Address(client_address(state, request))),
        None => Ok(()),
    }
}

/// The peer, or what a trusted proxy says it is. Some proxies add a header of their own behind the caller's instead of
/// an entry, and some write a port: from the last entry back, the first that is no trusted proxy's counts, and beyond
/// one that cannot be read nothing is believed.
fn client_address(state: &State, request: &HttpRequest) -> IpAddr {
    let mut nearest = request.peer_addr().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.ip());
    let headers: Vec<_> = request.headers().get_all("x-forwarded-for").collect();
    let mut hops = headers
        .iter()
        .rev()
        .flat_map(|header| header.to_str().unwrap_or("?").rsplit(','));
    while state.config.trusted_proxies.contains(&nearest) {
        match hops.next().map(|hop| forwarded_for(hop.trim())) {
            Some(Some(hop)) => nearest = hop,
            _ => break,
        }
    }
    nearest
}

fn forwarded_for(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().map(|hop: std::net::SocketAddr| hop.ip());
    hop.parse().or_else(|_| with_port()).ok()
}

trait ExtractNow: Sized {
    type Inner;
    fn extract_now(request: &HttpRequest) -> Result<Self::Inner>;
}

impl<P: DeserializeOwned> ExtractNow for web::Path<P> {
    type Inner = P;

    fn extract_now(request: &HttpRequest) -> Result<P> {
        let parameters: serde_json::Map<_, _> = request
            .match_info()
            .iter()
            .map(|(name, value)| (name.to_owned(), value.into()))
            .collect();
        serde_json::from_value(parameters.into()).map_err(|_| Error::not_found())
    }
}

fn parse_query<Q: DeserializeOwned>(request: &HttpRequest) -> Result<Q> {
    let sent = request.query_string();
    let list = List::of(request.path(), form_pairs(sent));
    let mut is_foreign = false;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_pairs(sent) {
        let cursor = (name == "cursor").then(|| list.open(&value));
        is_foreign |= cursor == Some(None);
        query.append_pair(&name, cursor.flatten().unwrap_or(&value));
    }
    let query = query.finish();
    let deserializer = serde_urlencoded::Deserializer::new(form_pairs(&query));
    let parsed = serde_path_to_error::deserialize(deserializer).map_err(|error| {
        let message = error.inner().to_string();
        let named = ["unknown field `", "missing field `", "duplicate field `"].into_iter();
        let name = match named
            .filter_map(|words| message.strip_prefix(words)?.split('`').next())
            .next()
        {
            Some(named) => named.to_owned(),
            None => error.path().to_string(),
        };
        let message = match message.strip_prefix("unknown field ") {
            Some(rest) if rest.ends_with("there are no fields") => "this operation takes no query parameters".into(),
            Some(rest) => rest
                .split_once(", ")
                .map_or_else(String::new, |(_, known)| format!("is unknown: {known}")),
            None if message.starts_with("duplicate field") => "is there twice".into(),
            None => plain(&message),
        };
        let detail = format!("The query parameter `{name}`: {message}.");
        let field = crate::error::FieldError::at(format!("?{name}"), "invalid", message);
        Error::new(Code::InvalidParameter, detail).with_fields(vec![field])
    })?;
    if is_foreign {
        return Err(Cursor::foreign());
    }
    Ok(parsed)
}

fn form_pairs(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

fn too_slow() -> Error {
    let detail = format!(
        "The body took more than {} s to arrive. Send it again.",
        BODY_TIME.as_secs()
    );
    Error::new(Code::RequestTimeout, detail)
}

async fn read_body<B: Body>(request: &HttpRequest, mut payload: web::Payload) -> Result<BytesMut> {
    let max = B::MAX;
    let too_large = || Error::new(Code::BodyTooLarge, format!("Send at most {max} bytes."));
    let length = header_text(request, "content-length").and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > max) {
        return Err(too_large());
    }
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| {
            Error::new(
                Code::MalformedRequest,
                format!("The body ended early: {error}. Send it again."),
            )
        })?;
        if bytes.len() + chunk.len() > max {
            return Err(too_large());
        }
        bytes.extend_from_slice(&chunk);
    }
    let Some(wanted) = B::MEDIA_TYPE else { return Ok(bytes) };
    if B::OPTIONAL && bytes.is_empty() {
        return Ok(bytes);
    }
    let sent = header_text(request, "content-type").unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim();
    let merge_patch = wanted == "application/json" && essence.eq_ignore_ascii_case("application/merge-patch+json");
    if !essence.eq_ignore_ascii_case(wanted) && !merge_patch {
        return Err(Error::new(
            Code::UnsupportedMediaType,
            format!("Send the body with Content-Type: {wanted}."),
        ));
    }
    if header_text(request, "content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return Err(Error::new(
            Code::UnsupportedMediaType,
            "Send the body without Content-Encoding.",
        ));
    }
    Ok(bytes)
}

/// The names of the fields a JSON body sets: all that the audit trail keeps of it.
fn top_level_fields(bytes: &[u8]) -> Vec<String> {
    let object = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes);
    object
        .map(|object| object.into_iter().map(|(name, _)| name).collect())
        .unwrap_or_default()
}

fn success(operation: &Operation, request: &HttpRequest, raw: Raw) -> HttpResponse {
    let status = StatusCode::from_u16(raw.status).unwrap_or(StatusCode::OK);
    let tag = entity_tag(&raw);
    let mut response = HttpResponse::build(status);
    if !operation.also.is_empty() {
        response.append_header((header::VARY, "Accept"));
    }
    if let Some(location) = &raw.location {
        response.insert_header((header::LOCATION, format!("{}{location}", base_path(request))));
    }
    if let Some(cursor) = &raw.next_cursor {
        response.insert_header((header::LINK, format!("<{}>; rel=\"next\"", next_page(request, cursor))));
    }
    if raw.replayed {
        response.insert_header(("Idempotent-Replayed", "true"));
    }
    if operation.later.is_some() && raw.status == 202 && prefers_async(request) {
        response.insert_header(("Preference-Applied", "respond-async"));
    }
    if let Some(tag) = tag {
        response.insert_header((header::ETAG, tag.as_str()));
        let seen = header_text(request, "if-none-match").unwrap_or_default();
        let fresh = seen
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == tag || one == "*");
        if operation.method == Method::GET && fresh {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
    }
    match raw.content_type {
        Some(content_type) => response.content_type(content_type).body(raw.body),
        None => response.finish(),
    }
}

/// Of a versioned object `"version-digest"`, so that `If-Match` can compare the version while
/// `If-None-Match` notices any difference; of anything else the digest alone.
fn entity_tag(raw: &Raw) -> Option<String> {
    if raw.body.is_empty() || raw.status >= 300 {
        return None;
    }
    let digest = Sha256::digest(raw.body.as_bytes());
    let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    Some(match raw.version {
        Some(version) => format!("\"{version}-{digest}\""),
        None => format!("\"{digest}\""),
    })
}

fn next_page(request: &HttpRequest, cursor: &str) -> String {
    let kept = form_pairs(request.query_string()).filter(|(name, _)| name != "cursor");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(kept)
        .append_pair("cursor", cursor)
        .finish();
    format!("{}{}?{query}", base_path(request), request.path())
}

fn add_headers(operation: &Operation, budget: Option<Budget>, response: &mut HttpResponse) {
    let cache = match operation.cache {
        Cache::Revalidate => "private, no-cache",
        Cache::NoStore => "no-store",
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    for (name, value) in budget
        .iter()
        .flat_map(|b| [("ratelimit-policy", &b.policy), ("ratelimit", &b.left)])
    {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(header::HeaderName::from_static(name), value);
        }
    }
}

fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// Whether `Prefer: respond-async` was sent, perhaps among other preferences (RFC 7240).
fn prefers_async(request: &HttpRequest) -> bool {
    let sent = request
        .headers()
        .get_all("prefer")
        .filter_map(|value| value.to_str().ok());
    sent.flat_map(|value| value.split(','))
        .filter_map(|preference| preference.split(';').next())
        .any(|name| name.trim().eq_ignore_ascii_case("respond-async"))
}
