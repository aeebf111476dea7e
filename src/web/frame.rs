//! Around every request, known path or not: its id, the headers that always hold, the log, the
//! metrics.

use std::borrow::Cow;

use actix_cors::CorsError;
use actix_web::{
    Error, HttpMessage, HttpRequest,
    body::{BodySize, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        ConnectionType, Method,
        header::{self, HeaderName, HeaderValue},
    },
    middleware::Next,
    web,
};

use super::{
    answer::problem_response,
    mount::{Matched, kept_answer},
    overload::is_overloaded,
    request::{RequestId, loggable},
    unread::Unread,
};
use crate::{
    error::{Code, Error as Problem},
    primitives::Id,
    state::State,
};

/// Headers that every answer carries.
const ALWAYS: [(HeaderName, &str); 3] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
];

const HTTP_METHODS: [Method; 7] = [
    Method::GET,
    Method::HEAD,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
    Method::OPTIONS,
];

/// The outermost middleware.
///
/// # Errors
/// Only what actix raises itself.
pub async fn frame(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let id = request
        .headers()
        .get("x-request-id")
        .and_then(|value| value.to_str().ok())
        .filter(|id| {
            (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b))
        })
        .map_or_else(|| Id::new().to_string(), Into::into);
    request.extensions_mut().insert(RequestId(id.clone()));
    let method = request.method().clone();
    let began = std::time::Instant::now();
    let unread = Unread::of(&mut request);
    // What only looks whether the service lives is always answered.
    let response = match is_overloaded() && !matches!(request.path(), "/healthz" | "/readyz") {
        true => {
            let answer = problem_response(&Problem::overloaded(), request.request());
            request.into_response(answer).map_into_right_body()
        }
        false => match kept_answer(request.request()) {
            Some(answer) => request.into_response(answer).map_into_right_body(),
            None => next.call(request).await?.map_into_left_body(),
        },
    };
    let refused = response.response().error().and_then(|error| error.as_error());
    let mut response = match refused.map(|why| refused_preflight(why, response.request())) {
        Some(error) => {
            let answer = problem_response(&error, response.request());
            response.into_response(answer).map_into_right_body()
        }
        None => response.map_into_left_body(),
    };

    let took = began.elapsed();
    let status = response.status().as_u16();
    let state = response.request().app_data::<web::Data<State>>();
    if let Some(state) = state {
        // Anybody can invent methods; each label value is kept for ever.
        let known = HTTP_METHODS.iter().find(|known| **known == method);
        let label = known.map_or("other", |known| known.as_str());
        state.metrics.count(label, &pattern(response.request()), status, took);
    }
    // A line for each request costs as much as answering it: only for who asks for it.
    tracing::debug!(
        target: "peerled::requests",
        request_id = id,
        %method,
        path = loggable(response.request().path()),
        status,
        took_us = took.as_micros() as u64,
        "answered"
    );

    let secure = state.is_some_and(|state| state.config.is_secure());
    if state.is_some_and(|state| state.is_stopping()) {
        // Whoever keeps a connection is sent to another process before this one closes it.
        let head = response.response_mut().head_mut();
        head.set_connection_type(ConnectionType::Close);
    }
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CONTENT_SECURITY_POLICY) {
        headers.insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'"),
        );
    }
    // What no operation has answered, such as a path that there is not, or a refusal because too much is asked.
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // Where no origin may read the answer, none may with credentials either.
    if !headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        headers.remove(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    }
    if secure {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000"),
        );
    }
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|coding| coding == "identity")
    {
        headers.remove(header::CONTENT_ENCODING);
    }
    Ok(match unread {
        None => response.map_into_left_body(),
        Some(unread) => response.map_body(|_, body| EitherBody::right(unread.until_sent(body))),
    })
}

/// The path that a request was for, with its parameters in braces.
fn pattern(request: &HttpRequest) -> Cow<'static, str> {
    let matched = request.extensions().get::<Matched>().copied();
    matched.map_or_else(
        || request.match_pattern().map_or("unknown".into(), Cow::Owned),
        |Matched(path)| path.into(),
    )
}

/// Why a browser is told not to send what a page wants to send. It hides the answer from the page but
/// shows it to whoever develops the page.
fn refused_preflight(why: &CorsError, request: &HttpRequest) -> Problem {
    let sent = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
    match (why, sent(header::ORIGIN)) {
        (CorsError::OriginNotAllowed, Some(origin)) => Problem::new(
            Code::OriginNotAllowed,
            format!("To allow pages from {origin}, whoever runs this service adds it to PEERLED_CORS_ORIGINS."),
        ),
        _ => Problem::new(
            Code::MalformedRequest,
            format!("The CORS preflight was refused: {why}."),
        ),
    }
}

/// Inside the compressor, which leaves alone what says it is encoded already: below 1 KiB
/// compression costs more than it saves. [`frame`] takes the mark off again.
///
/// # Errors
/// Only what actix raises itself.
pub async fn leave_small_answers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let small = matches!(response.response().body().size(), BodySize::Sized(0..=1023));
    if small && !response.headers().contains_key(header::CONTENT_ENCODING) {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static("identity"));
    }
    Ok(response)
}
