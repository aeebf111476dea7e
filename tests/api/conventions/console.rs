//! The console: files as they are, packed once, never stale; or none at all.

use serde_json::json;
use ureq::http::Method;

use crate::harness::{Backend, World};

const FILES: [(&str, &str); 6] = [
    ("/", "text/html; charset=utf-8"),
    ("/sw.js", "text/javascript; charset=utf-8"),
    ("/console/core.js", "text/javascript; charset=utf-8"),
    ("/console/console.css", "text/css; charset=utf-8"),
    ("/console/locales/week/ar.js", "text/javascript; charset=utf-8"),
    ("/console/manifest.webmanifest", "application/manifest+json"),
];

#[test]
fn pages_load_nothing_from_elsewhere_and_run_nothing_inline() {
    let world = World::start(Backend::Sqlite);
    let nobody = world.nobody();
    for (path, content_type) in FILES {
        let file = nobody.get(path).is(200);
        assert_eq!(file.header("content-type"), content_type, "{path}");
        assert_eq!(file.header("cache-control"), "no-cache", "{path}");
        let policy = file.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "manifest-src 'self'",
            "worker-src 'self'",
            "form-action 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.split("; ").any(|one| one == part), "{path}: {part} in {policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        for elsewhere in [
            "src=\"http",
            "href=\"http",
            "src=\"/",
            "href=\"/",
            "url(http",
            "@import \"",
            "@import url",
            " onclick=",
            "<style",
            " style=\"",
        ] {
            assert!(!file.text.contains(elsewhere), "{path} has {elsewhere}");
        }
    }
    for path in [
        "/console",
        "/console/",
        "/console/nothing.js",
        "/console/../Cargo.toml",
        "/console/index.html/x",
    ] {
        nobody.get(path).problem(404, "not_found");
    }
    let refused = nobody.json(Method::POST, "/", json!({}));
    assert_eq!(refused.problem(405, "method_not_allowed").header("allow"), "GET, HEAD");
}

#[test]
fn a_file_is_packed_for_who_can_read_it_and_sent_again_only_when_it_has_changed() {
    let world = World::start(Backend::Sqlite);
    let nobody = world.nobody();
    for (path, _) in FILES {
        let plain = nobody.with("Accept-Encoding", "identity").get(path).is(200);
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        let mut tags = vec![plain.header("etag").to_owned()];
        for coding in ["gzip", "br"] {
            let asks = nobody.with("Accept-Encoding", coding);
            let packed = asks.get(path).is(200);
            assert_eq!(packed.header("content-encoding"), coding, "{path}");
            assert!(packed.bytes.len() < plain.bytes.len(), "{path} by {coding}");
            assert!(
                packed.header("vary").contains("Accept-Encoding"),
                "{path}: {}",
                packed.header("vary")
            );
            let tag = packed.header("etag").to_owned();
            assert!(tag.starts_with('"') && !tags.contains(&tag), "{path}: {tag}");
            let again = asks.with("If-None-Match", &tag).get(path).is(304);
            assert_eq!((again.bytes.len(), again.header("etag")), (0, tag.as_str()), "{path}");
            let looked = asks.json(Method::HEAD, path, json!(null));
            assert_eq!(
                (looked.status, looked.bytes.len(), looked.header("etag")),
                (200, 0, tag.as_str()),
                "{path}"
            );
            tags.push(tag);
        }
        nobody.with("If-None-Match", "\"other\"").get(path).is(200);
    }
}

#[test]
fn without_it_the_documentation_is_what_a_browser_is_led_to() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.console = Some("off".into());
        settings.public_url = Some("https://api.example.org/peerled/".into());
    });
    let home = world.nobody().get("/");
    assert_eq!((home.status, home.header("location")), (307, "/peerled/docs"));
    for path in ["/sw.js", "/console/core.js"] {
        world.nobody().get(path).problem(404, "not_found");
    }
    world.nobody().get("/docs").is(200);
}
