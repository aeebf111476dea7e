//! What is read off a request in several places.

use actix_web::{HttpMessage, HttpRequest, web};

use crate::state::State;

/// Names one request in headers, problems and the log.
#[derive(Clone)]
pub(super) struct RequestId(pub String);

/// The id that the frame gave this request.
pub fn request_id(request: &HttpRequest) -> String {
    request
        .extensions()
        .get::<RequestId>()
        .map_or_else(String::new, |id| id.0.clone())
}

/// The path of the public URL, which a proxy takes off before the request reaches us.
pub(super) fn base_path(request: &HttpRequest) -> &str {
    request
        .app_data::<web::Data<State>>()
        .map_or("", |state| state.config.base_path())
}

/// A header, if it is there and is text.
pub(super) fn header_text<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok()
}

/// Whether `Prefer: respond-async` was sent, perhaps among other preferences (RFC 7240).
pub(super) fn prefers_async(request: &HttpRequest) -> bool {
    let sent = request
        .headers()
        .get_all("prefer")
        .filter_map(|value| value.to_str().ok());
    sent.flat_map(|value| value.split(','))
        .filter_map(|preference| preference.split(';').next())
        .any(|name| name.trim().eq_ignore_ascii_case("respond-async"))
}
