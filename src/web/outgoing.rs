//! What goes out: an answer's status, headers and body.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        Method, StatusCode,
        header::{self, HeaderValue},
    },
};
use futures_util::StreamExt as _;
use sha2::{Digest, Sha256};

use super::{
    Operation,
    incoming::form_pairs,
    limits::Budget,
    operation::Cache,
    raw::{Raw, Stream},
    request::{base_path, header_text, prefers_async},
    tags,
};

pub(super) fn success(operation: &Operation, request: &HttpRequest, raw: &Raw) -> HttpResponse {
    let status = StatusCode::from_u16(raw.status).unwrap_or(StatusCode::OK);
    let tag = raw.tag.clone().or_else(|| entity_tag(raw));
    let mut response = HttpResponse::build(status);
    if !operation.also.is_empty() {
        // In one header with what the compressor adds: of several, the one for origins would keep the first.
        response.append_header((header::VARY, "Accept, Accept-Encoding"));
    }
    if let Some(location) = &raw.location {
        response.insert_header((header::LOCATION, format!("{}{location}", base_path(request))));
    }
    if let Some(cursor) = &raw.next_cursor {
        response.insert_header((header::LINK, format!("<{}>; rel=\"next\"", next_page(request, cursor))));
    }
    if let Some(name) = &raw.file_name {
        let disposition = format!("attachment; filename=\"{name}\"");
        response.insert_header((header::CONTENT_DISPOSITION, disposition));
    }
    for cookie in &raw.cookies {
        response.append_header((header::SET_COOKIE, cookie.as_str()));
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
        if operation.method == Method::GET && tags::is_seen(seen, &tag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
    }
    if let Some(mut receiver) = raw.stream.as_ref().and_then(Stream::take) {
        let pieces = futures_util::stream::poll_fn(move |context| receiver.poll_recv(context));
        // A compressor would keep back what is sent until there is more of it.
        response.insert_header((header::CONTENT_ENCODING, "identity"));
        response.content_type(raw.content_type.as_deref().unwrap_or_default());
        return response.streaming(pieces.map(Ok::<_, std::convert::Infallible>));
    }
    match (&raw.content_type, &raw.spooled) {
        (Some(content_type), Some(spooled)) => response.content_type(content_type.as_str()).body(spooled.body()),
        (Some(content_type), None) => response.content_type(content_type.as_str()).body(raw.body.clone()),
        (None, _) => response.finish(),
    }
}

/// Of a versioned object `"version-digest"`, so that `If-Match` can compare the version while
/// `If-None-Match` notices any difference; of anything else the digest alone.
pub(super) fn entity_tag(raw: &Raw) -> Option<String> {
    if raw.body.is_empty() || raw.status >= 300 {
        return None;
    }
    let digest = Sha256::digest(&raw.body);
    Some(match raw.version {
        Some(version) => tags::of_version(version, &digest),
        None => tags::of_digest(&digest),
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

pub(super) fn add_headers(operation: &Operation, budget: Option<Budget>, response: &mut HttpResponse) {
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
