//! The parts of a request: who sent it, its path, its query and its body.

use std::{borrow::Cow, net::IpAddr, time::Duration};

use actix_web::{
    HttpRequest,
    http::{Version, header},
    rt::time::timeout,
    web::{self, BytesMut},
};
use futures_util::StreamExt as _;
use serde::{
    Deserialize as _,
    de::{
        DeserializeOwned, IntoDeserializer as _,
        value::{Error as ValueError, StrDeserializer},
    },
};

use super::{
    cursors::List,
    operation::{Shape, WholeList},
    request::header_text,
    wording::plain,
};
use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::{Cursor, Limit},
    state::State,
};

/// A body must have arrived by then: who sends slowly must not hold a connection for ever.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The peer, or what a trusted proxy says it is. Some proxies add a header of their own behind the caller's instead of
/// an entry, and some write a port: from the last entry back, the first that is no trusted proxy's counts, and beyond
/// one that cannot be read nothing is believed.
pub(super) fn client_address(state: &State, request: &HttpRequest) -> IpAddr {
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

/// The query parameters.
///
/// # Errors
/// `400`, for a cursor of another list too.
pub(super) fn parse_query<Q: DeserializeOwned>(request: &HttpRequest, is_whole_list: &WholeList) -> Result<Q> {
    let (mut query, is_foreign) = open_cursor(request);
    if form_pairs(&query).any(|(name, _)| name == "limit") && ***is_whole_list {
        query = without_limit(&query)?.into();
    }
    let deserializer = serde_urlencoded::Deserializer::new(form_pairs(&query));
    let parsed = serde_path_to_error::deserialize(deserializer)
        .map_err(|error| wrong_parameter(&error.path().to_string(), &error.inner().to_string()))?;
    match is_foreign {
        true => Err(Cursor::foreign()),
        false => Ok(parsed),
    }
}

/// A list that is never paged takes a `limit` like any other, and comes whole.
fn without_limit(query: &str) -> Result<String> {
    let mut rest = form_urlencoded::Serializer::new(String::new());
    let mut is_limited = false;
    for (name, value) in form_pairs(query) {
        if name == "limit" && std::mem::replace(&mut is_limited, true) {
            return Err(wrong_parameter(&name, "duplicate field `limit`"));
        }
        if name == "limit" {
            let sent: StrDeserializer<'_, ValueError> = value.as_ref().into_deserializer();
            Limit::deserialize(sent).map_err(|error| wrong_parameter(&name, &error.to_string()))?;
        } else {
            rest.append_pair(&name, &value);
        }
    }
    Ok(rest.finish())
}

/// The query with its cursor as the list made it, and whether that cursor is another list's.
fn open_cursor(request: &HttpRequest) -> (Cow<'_, str>, bool) {
    let sent = request.query_string();
    if !form_pairs(sent).any(|(name, _)| name == "cursor") {
        return (sent.into(), false);
    }
    let list = List::of(request.path(), sent);
    let mut is_foreign = false;
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_pairs(sent) {
        let cursor = (name == "cursor").then(|| list.open(&value));
        is_foreign |= cursor == Some(None);
        query.append_pair(&name, cursor.flatten().unwrap_or(&value));
    }
    (query.finish().into(), is_foreign)
}

fn wrong_parameter(path: &str, message: &str) -> Error {
    let named = ["unknown field `", "missing field `", "duplicate field `"].into_iter();
    let name = match named
        .filter_map(|words| message.strip_prefix(words)?.split('`').next())
        .next()
    {
        Some(named) => named.to_owned(),
        None => path.to_owned(),
    };
    let is_missing = message.starts_with("missing field");
    let message = match message.strip_prefix("unknown field ") {
        Some(rest) if rest.ends_with("there are no fields") => "this operation takes no query parameters".into(),
        Some(rest) => rest
            .split_once(", ")
            .map_or_else(String::new, |(_, known)| format!("is unknown: {known}")),
        None if message.starts_with("duplicate field") => "is there twice".into(),
        None if is_missing => "is required".into(),
        None => plain(message),
    };
    let detail = format!("The query parameter `{name}`: {message}.");
    let code = if is_missing { "required" } else { "invalid" };
    let field = FieldError::at(format!("?{name}"), code, message);
    Error::new(Code::InvalidParameter, detail).with_fields(vec![field])
}

pub(super) fn form_pairs(query: &str) -> form_urlencoded::Parse<'_> {
    form_urlencoded::parse(query.as_bytes())
}

/// Whether it is sure that no body comes.
pub(super) fn has_no_body(request: &HttpRequest) -> bool {
    let announced = |name| request.headers().contains_key(name);
    request.version() <= Version::HTTP_11 && !announced(header::CONTENT_LENGTH) && !announced(header::TRANSFER_ENCODING)
}

/// The body, whole and of the type that the operation takes.
///
/// # Errors
/// `400`, `408`, `413`, `415`
pub(super) async fn read_body(shape: &Shape, request: &HttpRequest, payload: web::Payload) -> Result<BytesMut> {
    if shape.body_type.is_none() && has_no_body(request) {
        return Ok(BytesMut::new());
    }
    timeout(BODY_TIME, receive(shape, request, payload))
        .await
        .map_err(|_| too_slow())?
}

async fn receive(shape: &Shape, request: &HttpRequest, mut payload: web::Payload) -> Result<BytesMut> {
    let max = shape.body_max;
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
    let Some(wanted) = shape.body_type else {
        return Ok(bytes);
    };
    if shape.body_optional && bytes.is_empty() {
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

fn too_slow() -> Error {
    let detail = format!(
        "The body took more than {} s to arrive. Send it again.",
        BODY_TIME.as_secs()
    );
    Error::new(Code::RequestTimeout, detail)
}
