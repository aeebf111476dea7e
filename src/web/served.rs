//! A document that is made once, compressed once, and served as it is.

use std::io::Write as _;

use actix_web::{
    HttpMessage as _, HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, Encoding},
    },
    web::Bytes,
};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest as _, Sha256};

use super::tags;

/// JSON for whoever asks.
pub struct Served {
    text: Bytes,
    /// None if it could not be compressed.
    gzip: Option<Bytes>,
    tag: String,
}

impl Served {
    /// Of this JSON.
    pub fn new(text: String) -> Self {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let gzip = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish());
        Self {
            tag: tags::of_digest(&Sha256::digest(&text)),
            gzip: gzip.ok().map(Bytes::from),
            text: text.into(),
        }
    }

    /// `200`, or `304` for whoever has it already.
    pub(super) fn answer(&self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::ETAG, self.tag.as_str()))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"))
            .insert_header((header::VARY, "Accept-Encoding"));
        let seen = request.headers().get(header::IF_NONE_MATCH);
        let seen = seen.and_then(|seen| seen.to_str().ok()).unwrap_or_default();
        if tags::is_seen(seen, &self.tag) {
            return response.status(StatusCode::NOT_MODIFIED).finish();
        }
        response.content_type("application/json");
        match self.gzip.as_ref().filter(|_| takes_gzip(request)) {
            Some(gzip) => response
                .insert_header((header::CONTENT_ENCODING, "gzip"))
                .body(gzip.clone()),
            None => response.body(self.text.clone()),
        }
    }
}

fn takes_gzip(request: &HttpRequest) -> bool {
    let known = [Encoding::gzip(), Encoding::identity()];
    let asked = request.get_header::<AcceptEncoding>();
    asked.and_then(|asked| asked.negotiate(known.iter())) == Some(Encoding::gzip())
}
