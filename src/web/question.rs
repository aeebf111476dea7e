//! What a request asks for, as far as its answer may be kept.

use actix_web::{HttpRequest, http::header};

use super::{Operation, request::header_text};
use crate::{
    authz::{Actor, Identity},
    primitives::Id,
};

/// Caller, their session or API token, path, query and `Accept`. None if what is answered cannot be kept, or if the caller wants it read anew
/// (RFC 9111, 5.2.1.4).
pub(super) fn question(operation: &Operation, request: &HttpRequest, actor: &Actor) -> Option<String> {
    let anew = header_text(request, header::CACHE_CONTROL.as_str()).is_some_and(|value| value.contains("no-cache"));
    if !operation.keeps_body || anew {
        return None;
    }
    let accept = header_text(request, "accept").unwrap_or_default();
    let target = request.uri().path_and_query()?.as_str();
    let id = |id: Option<Id>| id.map_or(0, Id::raw);
    let (person, way_in) = (id(actor.person()), id(actor.identity().and_then(Identity::way_in)));
    Some(format!("{person} {way_in} {} {target} {accept}", actor.is_admin()))
}
