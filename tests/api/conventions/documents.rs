//! What the service says of itself.

use serde_json::{Value, json};

use crate::{
    harness::{Backend, Client, World},
    on_every_database,
};

on_every_database! {
    fn tells_whether_it_lives_and_is_ready(world: World) {
        let nobody = world.nobody();
        assert_eq!(nobody.get("/healthz").is(200).json, json!({"status": "ok"}));
        assert_eq!(nobody.get("/readyz").is(200).json, json!({"status": "ready"}));
    }

    fn shows_its_public_keys_and_nothing_of_the_private_ones(world: World) {
        let keys = world.nobody().get("/.well-known/jwks.json").is(200);
        let keys = keys.json["keys"].as_array().unwrap().clone();
        assert!(!keys.is_empty());
        for key in keys {
            let members: Vec<&String> = key.as_object().unwrap().keys().collect();
            assert!(!members.contains(&&"d".to_owned()), "{members:?}");
            assert_eq!((&key["kty"], &key["crv"], &key["alg"], &key["use"]), (&json!("OKP"), &json!("Ed25519"), &json!("EdDSA"), &json!("sig")));
            assert!(key["kid"].is_string() && key["x"].is_string());
        }
    }

    fn documents_itself_without_any_network(world: World) {
        let nobody = world.nobody();
        for (path, content_type) in [
            ("/docs", "text/html; charset=utf-8"),
            ("/docs/docs.js", "text/javascript; charset=utf-8"),
            ("/docs/examples.js", "text/javascript; charset=utf-8"),
            ("/docs/docs.css", "text/css; charset=utf-8"),
            ("/docs/errors", "text/html; charset=utf-8"),
        ] {
            let page = nobody.get(path).is(200);
            assert_eq!(page.header("content-type"), content_type);
            for elsewhere in ["src=\"http", "href=\"http", "src=\"//", "@import", "url(http", "fetch(\"http", "<script>", " onclick="] {
                assert!(!page.text.contains(elsewhere), "{path} has {elsewhere}");
            }
        }
        let page = nobody.get("/docs").text;
        assert!(page.contains("\"docs/docs.js\"") && page.contains("\"docs/docs.css\""));
        let errors = nobody.get("/docs/errors").text;
        let problem = nobody.get("/v1/me").is(401).json;
        let (page, anchor) = problem["type"].as_str().unwrap().split_once('#').unwrap();
        assert_eq!(page, "/docs/errors");
        assert!(errors.contains(&format!("id=\"{anchor}\"")));

        let openapi = nobody.get("/openapi.json").is(200);
        assert_eq!((&openapi.json["openapi"], openapi.header("content-type")), (&json!("3.1.0"), "application/json"));
        assert_eq!(openapi.header("cache-control"), "public, no-cache");
        nobody.with("If-None-Match", openapi.header("etag")).get("/openapi.json").is(304);
        assert_eq!(nobody.get("/openapi.json").is(200).header("etag"), openapi.header("etag"));
        assert_eq!(openapi.json["servers"], json!([{"url": "http://peerled.test"}]));
        assert_ne!(openapi.json["paths"]["/v1/me"]["get"], Value::Null);
    }
}

#[test]
fn the_metrics_are_on_an_address_of_their_own_and_nowhere_without_one() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.metrics_bind = Some(free.to_string())
    });
    let (nobody, operator) = (world.nobody(), Client::new(&format!("http://{free}"), None));
    nobody.get("/healthz").is(200);
    nobody.get("/metrics").problem(404, "not_found");
    nobody.get("/v1/mentor-slots/0ds8x2v4fmg00").is(401);
    let metrics = operator.get("/metrics").is(200);
    assert!(metrics.header("content-type").starts_with("text/plain"));
    let line = |path: &str, status: u16| {
        format!("http_requests_total{{method=\"GET\",path=\"{path}\",status=\"{status}\"}} 1")
    };
    // By pattern: what callers write into a path must not make new series.
    for line in [
        line("/v1/mentor-slots/{id}", 401),
        line("unknown", 404),
        line("/healthz", 200),
    ] {
        assert!(metrics.text.contains(&line), "{line} is missing in\n{}", metrics.text);
    }
    // The API is not there.
    for name in [
        "queue_waiting{queue=\"database\"} ",
        "queue_refused_total{queue=\"passwords\"} ",
        "queue_longest_wait_seconds{queue=\"solver\"} ",
        "solver_seconds_count ",
        "database_commit_writes_count ",
    ] {
        assert!(
            metrics.text.lines().any(|line| line.starts_with(name)),
            "{name} is not in\n{}",
            metrics.text
        );
    }
    operator.get("/healthz").is(404);
    World::start(Backend::Sqlite)
        .nobody()
        .get("/metrics")
        .problem(404, "not_found");
}
