//! What an answer needs to know of its request.

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
