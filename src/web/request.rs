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

/// A path as the log may hold it: callers can write anything into one, such as an address or a token.
pub(super) fn loggable(path: &str) -> String {
    let is_plain =
        |part: &str| part.len() <= 32 && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let parts: Vec<&str> = path
        .split('/')
        .take(12)
        .map(|part| if is_plain(part) { part } else { "…" })
        .collect();
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_callers_write_into_a_path_is_not_logged() {
        for (path, logged) in [
            ("/v1/cohorts/0ds8x2v4fmg00/weeks/3", "/v1/cohorts/0ds8x2v4fmg00/weeks/3"),
            ("/.well-known/jwks.json", "/.well-known/jwks.json"),
            ("/v1/people/amal@example.org", "/v1/people/…"),
            ("/v1/people/amal%40example.org/x", "/v1/people/…/x"),
            ("/v1/fCBMlq5Vq6c0v9p5tQ3T0o3yJw3k0s1mZp2hXq8uR4E", "/v1/…"),
        ] {
            assert_eq!(loggable(path), logged);
        }
        assert!(loggable(&"/x".repeat(1000)).len() < 100);
    }
}
