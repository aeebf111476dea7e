//! Cross-origin requests: exact origins from the configuration, and nobody else.

use serde_json::json;
use ureq::http::Method;

use crate::harness::{Answer, Backend, World};

const ORIGIN: &str = "https://app.example.org";

fn world() -> World {
    World::start_with(Backend::Sqlite, |settings| {
        settings.cors_origins = Some(format!("{ORIGIN}, http://localhost:5173"));
    })
}

fn preflight(world: &World, origin: &str, method: &str, headers: &str) -> Answer {
    let caller = world
        .nobody()
        .with("Origin", origin)
        .with("Access-Control-Request-Method", method);
    caller
        .with("Access-Control-Request-Headers", headers)
        .send(Method::OPTIONS, "/v1/me", None, Vec::new())
}

fn has_word(answer: &Answer, header: &str, word: &str) -> bool {
    let values = answer.headers.get_all(header).iter();
    let mut words = values.flat_map(|value| value.to_str().unwrap().split(','));
    words.any(|one| one.trim().eq_ignore_ascii_case(word))
}

#[test]
fn a_configured_origin_may_ask() {
    let world = world();
    for origin in [ORIGIN, "http://localhost:5173"] {
        let headers = "authorization, content-type, if-match, if-none-match, idempotency-key, x-request-id, \
                       traceparent, tracestate, baggage, sentry-trace";
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
            let answer = preflight(&world, origin, method, headers);
            assert!(answer.status == 200 || answer.status == 204, "{}", answer.text);
            assert_eq!(answer.header("access-control-allow-origin"), origin);
            assert!(has_word(&answer, "access-control-allow-methods", method));
            for header in headers.split(", ") {
                assert!(has_word(&answer, "access-control-allow-headers", header), "{header}");
            }
            assert_eq!(answer.header("access-control-max-age"), "3600");
            assert!(has_word(&answer, "vary", "origin"));
        }
    }
}

#[test]
fn its_pages_see_the_headers_they_need_on_success_and_on_problems() {
    let world = world();
    let amal = world.person("Amal").with("Origin", ORIGIN);
    for answer in [
        amal.get("/v1/me").is(200),
        amal.get("/v1/nowhere").is(404),
        amal.patch("/v1/me", json!({"name": ""})).is(422),
        amal.delete("/v1/people").is(405),
        world.nobody().with("Origin", ORIGIN).get("/v1/me").is(401),
        world.nobody().with("Origin", ORIGIN).get("/openapi.json").is(200),
    ] {
        assert_eq!(answer.header("access-control-allow-origin"), ORIGIN, "{}", answer.text);
        for header in [
            "ETag",
            "Link",
            "Location",
            "RateLimit",
            "RateLimit-Policy",
            "Retry-After",
            "X-Request-Id",
            "Idempotent-Replayed",
        ] {
            assert!(has_word(&answer, "access-control-expose-headers", header), "{header}");
        }
        assert!(has_word(&answer, "vary", "origin"));
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
    }
    // A cache must not give the answer for nobody's origin to a page of that origin.
    assert!(has_word(&world.nobody().get("/v1/campuses").is(200), "vary", "origin"));
}

#[test]
fn any_other_origin_may_not() {
    let world = world();
    let refused = preflight(&world, "https://evil.example.org", "GET", "authorization");
    let refused = refused.problem(403, "origin_not_allowed");
    assert!(
        refused.json["detail"]
            .as_str()
            .unwrap()
            .contains("https://evil.example.org")
    );
    for origin in [
        "https://evil.example.org",
        "https://app.example.org.evil.org",
        "http://app.example.org",
        "null",
    ] {
        let answer = preflight(&world, origin, "GET", "authorization");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        let answer = world
            .person(&format!("P{}", origin.len()))
            .with("Origin", origin)
            .get("/v1/me");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{origin}");
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{origin}");
    }
    let closed = World::start(Backend::Sqlite);
    assert_eq!(
        preflight(&closed, ORIGIN, "GET", "").header("access-control-allow-origin"),
        ""
    );
    let answer = closed.nobody().with("Origin", ORIGIN).get("/v1/campuses").is(200);
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
