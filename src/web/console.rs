//! The console in the browser: files as they are written, packed when they are first asked for.

use std::{io::Read as _, sync::OnceLock};

use actix_web::{
    HttpRequest, HttpResponse,
    http::{
        StatusCode,
        header::{self, AcceptEncoding, Encoding, Header as _},
    },
    web::{self, ServiceConfig},
};
use sha2::{Digest as _, Sha256};

use super::{
    answer::problem_response,
    docs::CSP,
    mount::{document, unknown_path},
    request::header_text,
    tags,
};
use crate::error::{Error, Result};

/// A file of the console.
struct File {
    /// Where it lies below `src/console`.
    name: &'static str,
    plain: &'static [u8],
    identity: OnceLock<Form>,
    gzip: OnceLock<Form>,
    brotli: OnceLock<Form>,
}

/// A file in one of the codings.
struct Form {
    bytes: web::Bytes,
    tag: String,
}

/// How a file is encoded on its way.
#[derive(Clone, Copy)]
enum Coding {
    Identity,
    Gzip,
    Brotli,
}

macro_rules! files {
    ($($name:literal)*) => {
        static FILES: [File; [$($name),*].len()] = [$(File {
            name: $name,
            plain: include_bytes!(concat!("../console/", $name)),
            identity: OnceLock::new(),
            gzip: OnceLock::new(),
            brotli: OnceLock::new(),
        },)*];
    };
}

files! {
    "index.html" "console.css" "core.js" "sw.js" "icon.svg" "manifest.webmanifest"
    "locales/ar.js" "locales/en.js" "locales/fr.js" "locales/he.js"
    "screens/account.js" "screens/entry.js" "screens/mentoring.js" "screens/mentors.js" "screens/organiser.js"
    "screens/roster.js" "screens/start.js"
}

/// The page at `/`, its worker beside it, because a worker is responsible for what lies below itself, and the rest below
/// `/console/`.
pub(super) fn documents(config: &mut ServiceConfig) {
    let file = |name: &'static str| web::route().to(move |request: HttpRequest| answer(request, name.to_owned()));
    let any = |request: HttpRequest, name: web::Path<String>| answer(request, name.into_inner());
    config
        .service(document("/", file("index.html")))
        .service(document("/sw.js", file("sw.js")))
        // One pattern for all: every request of the API walks past these.
        .service(document("/console/{name:.*}", web::route().to(any)));
}

async fn answer(request: HttpRequest, name: String) -> HttpResponse {
    let Some(file) = FILES.iter().find(|file| file.name == name) else {
        return unknown_path(request).await;
    };
    let coding = Coding::wanted_by(&request);
    let form = match file.form(coding).await {
        Ok(form) => form,
        Err(error) => return problem_response(&error, &request),
    };
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::ETAG, form.tag.as_str()));
    let seen = header_text(&request, "if-none-match").unwrap_or_default();
    if tags::is_among(seen, &form.tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response
        .content_type(content_type(file.name))
        // Also `identity`, so that the compressor leaves it alone.
        .insert_header((header::CONTENT_ENCODING, coding.as_str()))
        .insert_header((header::CONTENT_SECURITY_POLICY, CSP))
        .body(form.bytes.clone())
}

impl File {
    /// The file in this coding. Packing it as tightly as can be takes a moment, once.
    async fn form(&'static self, coding: Coding) -> Result<&'static Form> {
        let slot = match coding {
            Coding::Identity => &self.identity,
            Coding::Gzip => &self.gzip,
            Coding::Brotli => &self.brotli,
        };
        if let Some(form) = slot.get() {
            return Ok(form);
        }
        let packed = web::block(move || coding.pack(self.plain)).await;
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

    fn pack(self, plain: &'static [u8]) -> std::io::Result<web::Bytes> {
        let mut packed = Vec::new();
        match self {
            Self::Identity => return Ok(web::Bytes::from_static(plain)),
            Self::Gzip => flate2::read::GzEncoder::new(plain, flate2::Compression::best()).read_to_end(&mut packed)?,
            Self::Brotli => brotli::CompressorReader::new(plain, 4096, 11, 22).read_to_end(&mut packed)?,
        };
        Ok(packed.into())
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_console_is_served_with_its_type() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/console");
        let mut found = Vec::new();
        let mut folders = vec![folder.clone()];
        while let Some(inner) = folders.pop() {
            for entry in std::fs::read_dir(inner).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&folder).unwrap().display().to_string());
                }
            }
        }
        found.sort();
        let mut served: Vec<_> = FILES.iter().map(|file| file.name.to_owned()).collect();
        served.sort();
        assert_eq!(served, found);
        let unnamed = served
            .iter()
            .find(|name| content_type(name) == "application/octet-stream");
        assert_eq!(unnamed, None);
    }
}
