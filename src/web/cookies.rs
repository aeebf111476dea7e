//! The cookies of a session, for pages that keep no tokens themselves.
//!
//! No script reads them (`HttpOnly`), no request that another site begins carries them (`SameSite=Strict`), and what they
//! are to change takes an `Origin` that is ours as well. Behind TLS they have the prefix `__Host-`, with which no
//! neighbouring host can set them (RFC 6265bis).

use actix_web::{HttpRequest, http::header};

use super::request::header_text;
use crate::{
    config::Config,
    error::{Code, Error, Result},
};

/// One of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SessionCookie {
    Access,
    Refresh,
}

impl SessionCookie {
    /// Its name, which says whether it only goes over TLS.
    pub fn name(self, is_secure: bool) -> &'static str {
        match (self, is_secure) {
            (Self::Access, true) => "__Host-peerled_access",
            (Self::Access, false) => "peerled_access",
            (Self::Refresh, true) => "__Host-peerled_refresh",
            (Self::Refresh, false) => "peerled_refresh",
        }
    }

    /// What the request carries of it.
    pub fn sent<'a>(self, config: &Config, request: &'a HttpRequest) -> Option<&'a str> {
        let name = self.name(config.is_secure());
        let headers = request.headers().get_all(header::COOKIE);
        let mut pairs = headers
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='));
        let (_, value) = pairs.find(|(sent, _)| *sent == name)?;
        (!value.is_empty()).then_some(value)
    }

    /// As `Set-Cookie` says it; no seconds remove it.
    pub fn set(self, config: &Config, value: &str, seconds: i64) -> String {
        let (name, secure) = match config.is_secure() {
            true => (self.name(true), "; Secure"),
            false => (self.name(false), ""),
        };
        format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
    }
}

/// Whether a request that carries cookies comes from a page that may change something: one of ours, or of a configured
/// origin.
///
/// # Errors
/// `403`
pub(super) fn check_origin(config: &Config, request: &HttpRequest) -> Result<()> {
    let is_ours = match header_text(request, "origin") {
        Some(origin) => config.is_own_page(origin),
        None => header_text(request, "sec-fetch-site") == Some("same-origin"),
    };
    if is_ours {
        return Ok(());
    }
    let detail = "A request that changes something and is sent with cookies needs an `Origin` that is this service's own \
                  or one of PEERLED_CORS_ORIGINS. Programs send the access token as Bearer instead.";
    Err(Error::new(Code::CrossSiteRequest, detail))
}
