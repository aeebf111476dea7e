//! The console in the browser: files as they are written.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::{self, ServiceConfig},
};

use super::{
    answer::problem_response,
    mount::{document, unknown_path},
    served::{CSP, Served},
};

/// A file of the console.
struct File {
    /// Where it lies below `src/console`.
    name: &'static str,
    served: Served,
}

macro_rules! files {
    ($($name:literal)* words of $($area:literal $(after $other:literal)?),*) => {
        static FILES: [File; [$($name),*].len() + 4 * [$($area),*].len()] = [
            $(File {
                name: $name,
                served: Served::file(content_type($name), include_bytes!(concat!("../console/", $name))),
            },)*
            $(
                words!("ar" $area $(after $other)?), words!("en" $area $(after $other)?),
                words!("fr" $area $(after $other)?), words!("he" $area $(after $other)?),
            )*
        ];
    };
}

/// The words of an area in a language: a module of those of all pages, perhaps those of another area, and its own, so that a
/// page asks once.
macro_rules! words {
    ($language:literal $area:literal $(after $other:literal)?) => {
        File {
            name: concat!("locales/", $area, "/", $language, ".js"),
            served: Served::file(
                content_type(".js"),
                concat!(
                    include_str!(concat!("../console/locales/", $language, ".js")),
                    $(include_str!(concat!("../console/locales/", $other, "/", $language, ".js")),)?
                    include_str!(concat!("../console/locales/", $area, "/", $language, ".js")),
                )
                .as_bytes(),
            ),
        }
    };
}

files! {
    "index.html" "console.css" "core.js" "jobs.js" "qr.js" "sw.js" "icon.svg" "manifest.webmanifest"
    "operations/ar.js" "operations/fr.js" "operations/he.js"
    "screens/account.js" "screens/apply.js" "screens/ask.js" "screens/board.js" "screens/briefs.js" "screens/care.js" "screens/career.js" "screens/careers.js" "screens/checklists.js" "screens/client.js" "screens/clients.js" "screens/cohort.js" "screens/demo.js" "screens/discoveries.js" "screens/employer.js" "screens/entry.js" "screens/handover.js" "screens/hours.js"
    "screens/mentoring.js" "screens/mentors.js" "screens/organiser.js" "screens/own.js" "screens/panel.js" "screens/product.js" "screens/publish.js"
    "screens/roster.js" "screens/running.js" "screens/security.js" "screens/staff.js" "screens/start.js" "screens/together.js" "screens/webhooks.js"
    "screens/week.js" "screens/work.js"
    words of "account" after "entry", "apply", "ask" after "client", "briefs", "career" after "employer", "careers" after "employer", "client", "clients" after "client", "cohort", "demo", "employer", "entry", "hours", "mentor", "own", "panel", "problems", "product" after "client", "security" after "entry", "staff" after "mentor", "together", "week"
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
    let mut response = match file.served.answer(&request).await {
        Ok(response) => response,
        Err(error) => return problem_response(&error, &request),
    };
    let policy = HeaderValue::from_static(CSP);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    response
}

/// By how the name ends.
const fn content_type(name: &str) -> &'static str {
    match name.as_bytes() {
        [.., b'.', b'h', b't', b'm', b'l'] => "text/html; charset=utf-8",
        [.., b'.', b'c', b's', b's'] => "text/css; charset=utf-8",
        [.., b'.', b'j', b's'] => "text/javascript; charset=utf-8",
        [.., b'.', b's', b'v', b'g'] => "image/svg+xml",
        [.., b'm', b'a', b'n', b'i', b'f', b'e', b's', b't'] => "application/manifest+json",
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
        // Types are for whoever writes it, and the words of all pages are served with those of each area.
        let is_of_all_pages = |name: &str| name.starts_with("locales/") && name.matches('/').count() == 1;
        found.retain(|name| !name.ends_with(".d.ts") && !is_of_all_pages(name));
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
