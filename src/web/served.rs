//! A document that is served as it is, packed once for each way in which it is encoded.

use std::{io::Read as _, sync::OnceLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, Encoding, Header as _},
    },
    web::{self, Bytes},
};
use sha2::{Digest as _, Sha256};

use super::tags;
use crate::error::{Error, Result};

/// Pages may load what this service itself serves, and nothing else; no form is sent but by their scripts.
pub(super) const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
     img-src 'self' data:; manifest-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// A document for whoever asks, which is the same as long as the process runs.
pub struct Served {
    content_type: &'static str,
    plain: Bytes,
    identity: OnceLock<Form>,
    gzip: OnceLock<Form>,
    brotli: OnceLock<Form>,
}

/// It in one of the codings.
struct Form {
    bytes: Bytes,
    tag: String,
}

/// In bytes: above this, packing as tightly as can be takes too long.
const LARGE: usize = 200_000;

/// How it is encoded on its way.
#[derive(Clone, Copy)]
enum Coding {
    Identity,
    Gzip,
    Brotli,
}

impl Served {
    /// Of this JSON.
    pub fn json(text: String) -> Self {
        Self::of("application/json", Bytes::from(text))
    }

    /// Of a file that is part of the program.
    pub(super) const fn file(content_type: &'static str, bytes: &'static [u8]) -> Self {
        Self::of(content_type, Bytes::from_static(bytes))
    }

    const fn of(content_type: &'static str, plain: Bytes) -> Self {
        Self {
            content_type,
            plain,
            identity: OnceLock::new(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        }
    }

    /// `200`, or `304` for whoever has it already.
    ///
    /// # Errors
    /// `500` if it cannot be packed.
    pub(super) async fn answer(&self, request: &HttpRequest) -> Result<HttpResponse> {
        let coding = Coding::wanted_by(request);
        let form = self.form(coding).await?;
        let mut response = HttpResponse::Ok();
        response
            .insert_header((header::CACHE_CONTROL, "no-cache"))
            .insert_header((header::VARY, "Accept-Encoding"))
            .insert_header((header::ETAG, form.tag.as_str()));
        let seen = request.headers().get(header::IF_NONE_MATCH);
        let seen = seen.and_then(|seen| seen.to_str().ok()).unwrap_or_default();
        if tags::is_seen(seen, &form.tag) {
            return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
        }
        Ok(response
            .content_type(self.content_type)
            // Also `identity`, so that the compressor leaves it alone.
            .insert_header((header::CONTENT_ENCODING, coding.as_str()))
            .body(form.bytes.clone()))
    }

    /// It in this coding. Packing takes a moment, once.
    async fn form(&self, coding: Coding) -> Result<&Form> {
        let slot = match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        if let Some(form) = slot.get() {
            return Ok(form);
        }
        let plain = self.plain.clone();
        let packed = web::block(move || coding.pack(plain)).await;
        let bytes = packed.map_err(Error::internal)?.map_err(Error::internal)?;
        let tag = tags::of_digest(&Sha256::digest(&bytes));
        Ok(slot.get_or_init(|| Form { bytes, tag }))
    }
}

impl Coding {
    fn wanted_by(request: &HttpRequest) -> Self {
        let offered = [Encoding::brotli(), Encoding::gzip(), Encoding::identity()];
        let wanted = AcceptEncoding::parse(request).ok();
        match wanted
            .filter(|wanted| !wanted.is_empty())
            .and_then(|wanted| wanted.negotiate(offered.iter()))
        {
            Some(wanted) if wanted == Encoding::brotli() => Self::Brotli,
            Some(wanted) if wanted == Encoding::gzip() => Self::Gzip,
            _ => Self::Identity,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }

    fn pack(self, plain: Bytes) -> std::io::Result<Bytes> {
        let mut packed = Vec::new();
        match self {
            Self::Identity => return Ok(plain),
            Self::Gzip => {
                flate2::read::GzEncoder::new(&*plain, flate2::Compression::best()).read_to_end(&mut packed)?
            }
            Self::Brotli => {
                // The best takes ten times as long as the next: seconds, for what is large.
                let quality = if plain.len() > LARGE { 9 } else { 11 };
                brotli::CompressorReader::new(&*plain, 4096, quality, 22).read_to_end(&mut packed)?
            }
        };
        Ok(packed.into())
    }
}
