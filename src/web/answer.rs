//! What an operation answers.

use std::marker::PhantomData;

use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, http::StatusCode, http::header, web::Bytes};
use serde::Serialize;
use tokio::sync::mpsc;

use super::{
    cookies::SessionCookie,
    cursors::List,
    raw::{Raw, Stream},
    request::{base_path, loggable, request_id},
    spool::Spool,
};
use crate::{
    config::Config,
    error::{Error, Result},
    primitives::Page,
};

/// A success: status, headers and the body `T`, already written as JSON, so that it can be kept for
/// an `Idempotency-Key` in the transaction that made it.
#[derive(Clone, Debug)]
pub struct Reply<T> {
    pub(super) raw: Raw,
    kind: PhantomData<fn() -> T>,
}

impl<T> Reply<T> {
    pub(super) fn from_raw(raw: Raw) -> Self {
        Self { raw, kind: PhantomData }
    }

    /// Another status than the usual one; the operation table must name it.
    pub fn status(mut self, status: u16) -> Self {
        self.raw.status = status;
        self
    }

    /// The version of the object in the body: makes its `ETag`.
    pub fn version(mut self, version: i64) -> Self {
        self.raw.version = Some(version);
        self
    }
}

impl<T> Reply<T> {
    /// With a session in cookies: its tokens, and for how many seconds each is good.
    pub fn session_cookies(mut self, config: &Config, access: (&str, i64), refresh: (&str, i64)) -> Self {
        self.raw.cookies = vec![
            SessionCookie::Access.set(config, access.0, access.1),
            SessionCookie::Refresh.set(config, refresh.0, refresh.1),
        ];
        self
    }

    /// The browser forgets the session.
    pub fn no_session_cookies(self, config: &Config) -> Self {
        self.session_cookies(config, ("", 0), ("", 0))
    }
}

impl<T: Serialize> Reply<T> {
    /// `200` with a body.
    ///
    /// # Errors
    /// `500` if the body cannot be written as JSON.
    pub fn ok(body: &T) -> Result<Self> {
        let body = serde_json::to_vec(body).map_err(Error::internal)?;
        Ok(Self::from_raw(Raw::new(200, Some("application/json"), body)))
    }

    /// `201` with the new object and where it lies.
    ///
    /// # Errors
    /// As [`Reply::ok`].
    pub fn created(location: impl Into<String>, body: &T) -> Result<Self> {
        let mut reply = Self::ok(body)?.status(201);
        reply.raw.location = Some(location.into());
        Ok(reply)
    }
}

impl<T: Serialize> Reply<Page<T>> {
    /// `200` with one page of the list that was asked for, and a `Link` to the next.
    pub(super) fn page(page: Page<T>, list: &List) -> Result<Self> {
        let page = page.map_cursor(|cursor| list.seal(cursor));
        let mut reply = Self::ok(&page)?;
        reply.raw.next_cursor = page.page.next_cursor.map(|cursor| cursor.to_string());
        Ok(reply)
    }
}

impl<T> Reply<T> {
    /// `202` with an object that says how far it has come; the operation table must name its type.
    ///
    /// # Errors
    /// As [`Reply::ok`].
    pub fn accepted<L: Serialize>(location: impl Into<String>, body: &L) -> Result<Self> {
        Ok(Self::from_raw(Reply::created(location, body)?.status(202).raw))
    }

    /// `204`.
    pub fn no_content() -> Self {
        Self::from_raw(Raw::new(204, None, String::new()))
    }

    /// `200` with a body of another media type; the operation table must name it.
    pub fn media(content_type: &str, body: String) -> Self {
        Self::from_raw(Raw::new(200, Some(content_type), body))
    }

    /// `200` with a body that goes on as long as something is sent to it. So many pieces may wait.
    pub fn stream(content_type: &str, waiting: usize) -> (Self, mpsc::Sender<Bytes>) {
        let (sender, receiver) = mpsc::channel(waiting);
        let mut raw = Raw::new(200, Some(content_type), String::new());
        raw.stream = Some(Stream::new(receiver));
        (Self::from_raw(raw), sender)
    }

    /// `200` with a body that was written to a file.
    ///
    /// # Errors
    /// `500` if the file cannot be written.
    pub fn spooled(content_type: &str, spool: Spool) -> Result<Self> {
        let (spooled, tag) = spool.finish()?;
        let mut raw = Raw::new(200, Some(content_type), String::new());
        (raw.spooled, raw.tag) = (Some(spooled), Some(tag));
        Ok(Self::from_raw(raw))
    }

    /// Saved by a browser under this name, of ASCII letters, digits, dots and hyphens.
    pub fn file_name(mut self, name: String) -> Self {
        self.raw.file_name = Some(name);
        self
    }
}

/// The problem document for an error, and a line in the log for a failure of ours.
pub fn problem_response(error: &Error, request: &HttpRequest) -> HttpResponse {
    let (base, path, request_id) = (base_path(request), request.path(), &request_id(request));
    let code = error.code();
    // Being asked too much is counted, not told line by line: the log must not be one more thing that is too much.
    if code.status() >= 500 && error.cause().is_some() {
        let path = loggable(path);
        tracing::error!(code = code.as_str(), cause = error.cause(), path, request_id, "failed");
    }
    let status = StatusCode::from_u16(code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponseBuilder::new(status);
    response.content_type("application/problem+json");
    if status == StatusCode::UNAUTHORIZED {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"peerled\""));
    }
    if let Some(seconds) = error.retry_after_seconds() {
        response.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    response.body(error.problem(base, path, request_id).to_string())
}
