//! Paths, methods, bodies, queries, headers.

use serde_json::json;
use ureq::http::Method;

use crate::{
    harness::{Backend, World},
    on_every_database,
};

on_every_database! {
    fn what_does_not_exist_is_a_problem_too(world: World) {
        let amal = world.person("Amal");
        for path in ["/v1", "/v1/nowhere", "/v1/me/", "/v1/cohorts/x/y/z"] {
            amal.get(path).problem(404, "not_found");
            amal.post(path, json!({})).problem(404, "not_found");
        }
        // An id that is none names nothing.
        for id in ["1", "x", "0ds8x2v4fmg0", "zzzzzzzzzzzzz", "0ds8x2v4fmg0%2F", "%00"] {
            amal.get(&format!("/v1/mentor-slots/{id}")).problem(404, "not_found");
        }
    }

    fn a_method_that_a_path_does_not_take_names_those_it_takes(world: World) {
        let amal = world.person("Amal");
        for (method, path, allow) in [
            (Method::POST, "/v1/me", ["GET", "HEAD", "PATCH", "DELETE"].as_slice()),
            (Method::PUT, "/v1/people", &["POST"]),
            (Method::POST, "/v1/mentor-slots/0ds8x2v4fmg00", &["GET", "HEAD", "PATCH", "DELETE"]),
            (Method::GET, "/v1/mentor-slots/0ds8x2v4fmg00/sign-ups/me", &["DELETE"]),
            (Method::POST, "/healthz", &["GET", "HEAD"]),
            (Method::DELETE, "/openapi.json", &["GET", "HEAD"]),
            (Method::PUT, "/docs", &["GET", "HEAD"]),
        ] {
            let answer = amal.json(method, path, json!({})).problem(405, "method_not_allowed");
            let mut taken: Vec<&str> = answer.header("allow").split(", ").collect();
            let mut expected = allow.to_vec();
            taken.sort_unstable();
            expected.sort_unstable();
            assert_eq!(taken, expected, "{path}");
        }
    }

    fn every_wrong_field_of_a_body_is_named_at_once(world: World) {
        let fac = world.coming_fac(1, 2);
        let (cohort, campus) = (format!("/v1/cohorts/{}", fac.cohort), format!("/v1/campuses/{}", fac.campus));
        let nowhere = "0ds8x2v4fmg00";
        for (method, path, body, expected) in [
            (
                Method::PUT, format!("{cohort}/timetable"),
                json!({"sessions": [
                    {"weekday": "moonday", "starts": "9", "ends": "10:00", "title": "", "kind": "talk"},
                    {"weekday": "mon", "starts": "09:00", "ends": "10:00", "title": "Talk", "kind": "talk"},
                    {"weekday": "tue"},
                ]}),
                &["/sessions/0/starts", "/sessions/0/title", "/sessions/0/weekday", "/sessions/2/ends", "/sessions/2/kind", "/sessions/2/starts", "/sessions/2/title"][..],
            ),
            (
                Method::PUT, format!("/v1/teams/{nowhere}/feedback/{nowhere}"), json!({"text": 5, "anonymous": "yes", "mood": "good"}),
                &["/anonymous", "/mood", "/text"],
            ),
            (
                Method::POST, format!("{campus}/webhooks"), json!({"url": "nowhere", "events": ["round.published", "a", "round.*", "b"]}),
                &["/events/1", "/events/3", "/url"],
            ),
            (
                Method::POST, format!("{cohort}/actions"), json!({"text": "Pair more", "team_id": nowhere, "owner_id": nowhere}),
                &["/owner_id", "/team_id"],
            ),
            (
                Method::POST, format!("{cohort}/team-plans"), json!({"from_week": "one", "locks": [{"week": "x", "people": ["y", nowhere, "z"]}]}),
                &["/from_week", "/locks/0/people/0", "/locks/0/people/2", "/locks/0/week", "/to_week"],
            ),
            // What is of the right type and too small is named beside what is not a field.
            (
                Method::PUT, format!("{cohort}/mentor-preferences/me"), json!({"ranked": [nowhere], "at_most": 0, "foo": 1}),
                &["/at_most", "/foo"],
            ),
        ] {
            let problem = fac.organiser.json(method, &path, body).problem(422, "invalid_fields");
            let errors = problem.json["errors"].as_array().unwrap();
            let mut named: Vec<&str> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
            named.sort_unstable();
            assert_eq!(named, expected, "{path}");
        }
    }

    fn a_body_must_be_json_of_the_right_size_and_type(world: World) {
        let amal = world.person("Amal");
        let body = |content_type: Option<&str>, text: &str| {
            amal.send(Method::PATCH, "/v1/me", content_type, text.as_bytes().to_vec())
        };
        let good = r#"{"github":"amal"}"#;
        for content_type in ["application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"] {
            body(Some(content_type), good).is(200);
        }
        for content_type in [None, Some("text/plain"), Some("text/csv"), Some("application/x-www-form-urlencoded")] {
            body(content_type, good).problem(415, "unsupported_media_type");
        }
        let encoded = amal.with("Content-Encoding", "gzip").patch("/v1/me", json!({"github": "x"}));
        encoded.problem(415, "unsupported_media_type");
        let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
        for text in ["{", "", "{\"github\":}", "\u{feff}x", "{\"github\":\"a\"}}", &format!("{{\"github\":{deep}}}")] {
            body(Some("application/json"), text).problem(400, "malformed_request");
        }
        for text in ["[]", "\"text\"", "7", "null"] {
            body(Some("application/json"), text).field("", "invalid");
        }
        let twice = body(Some("application/json"), r#"{"github":"x","github":"y"}"#).problem(400, "malformed_request");
        assert!(twice.json["detail"].as_str().unwrap().contains("`github` is there twice"), "{}", twice.text);
        let long = |bytes: usize| format!("{good}{}", " ".repeat(bytes - good.len()));
        body(Some("application/json"), &long(64 * 1024)).is(200);
        body(Some("application/json"), &long(64 * 1024 + 1)).problem(413, "body_too_large");
        assert_eq!(amal.get("/v1/me").is(200).json["github"], "amal");
    }

    fn a_condition_that_cannot_be_read_is_not_met(world: World) {
        let fac = world.fac(1, 0);
        let path = format!("/v1/campuses/{}", fac.campus);
        for odd in ["\"é\"", "\"x\"", ""] {
            let changed = fac.organiser.with("If-Match", odd).patch(&path, json!({"city": "Leeds"}));
            changed.problem(412, "precondition_failed");
        }
        assert_eq!(fac.organiser.get(&path).is(200).json["city"], "London");
    }

    fn a_parameter_that_is_not_known_is_named(world: World) {
        let amal = world.person("Amal");
        for (query, pointer) in [("status=confirmed&sort=id", "?sort"), ("limit=0", "?limit"), ("limit=many", "?limit"), ("status=x", "?status")] {
            let answer = amal.get(&format!("/v1/me/sign-ups?{query}")).problem(400, "invalid_parameter");
            assert_eq!(answer.json["errors"][0]["pointer"], pointer, "{}", answer.text);
            let name = pointer.trim_start_matches('?');
            assert!(answer.json["detail"].as_str().unwrap().contains(&format!("`{name}`")), "{}", answer.text);
        }
        let twice = amal.get("/v1/me/sign-ups?limit=1&limit=2").problem(400, "invalid_parameter");
        assert_eq!(twice.json["errors"][0], json!({"pointer": "?limit", "code": "invalid", "detail": "is there twice"}));
        // Also where there are no parameters at all.
        amal.get("/v1/me?verbose=1").problem(400, "invalid_parameter");
    }

    fn every_answer_has_an_id_and_headers_that_protect(world: World) {
        let amal = world.person("Amal");
        let own = amal.with("X-Request-Id", "my-request_1.0");
        assert_eq!(own.get("/v1/me").is(200).header("x-request-id"), "my-request_1.0");
        let problem = own.get("/v1/nowhere").problem(404, "not_found");
        assert_eq!(problem.json["request_id"], "my-request_1.0");
        assert_eq!(problem.json["instance"], "/v1/nowhere");
        for bad in ["short", "with space in it", "<script>alert(1)</script>", &"x".repeat(65)] {
            let answer = amal.with("X-Request-Id", bad).get("/v1/me").is(200);
            assert_eq!(answer.header("x-request-id").len(), 13, "{bad}");
        }
        assert_ne!(amal.get("/v1/me").header("x-request-id"), amal.get("/v1/me").header("x-request-id"));

        for path in ["/v1/me", "/v1/nowhere", "/healthz", "/docs", "/openapi.json"] {
            let answer = amal.get(path);
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
            assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
            assert!(answer.header("content-security-policy").contains("default-src 'none'"), "{path}");
            assert!(answer.header("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
            assert_eq!(answer.header("strict-transport-security"), "", "only behind TLS");
        }
        assert_eq!(amal.get("/v1/me").header("cache-control"), "no-store");
        assert_eq!(amal.get("/v1/campuses").header("cache-control"), "private, no-cache");
    }

    fn what_has_not_changed_is_not_sent_again(world: World) {
        let fac = world.fac(3, 1);
        let path = format!("/v1/cohorts/{}/mentor-coverage", fac.cohort);
        let first = fac.facilitator.get(&path).is(200);
        let tag = first.header("etag").to_owned();
        for seen in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".into()] {
            let again = fac.facilitator.with("If-None-Match", &seen).get(&path).is(304);
            assert_eq!((again.text.as_str(), again.header("etag")), ("", tag.as_str()));
        }
        fac.facilitator.with("If-None-Match", "\"other\"").get(&path).is(200);
        let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
        fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201);
        let changed = fac.facilitator.with("If-None-Match", &tag).get(&path).is(200);
        assert_ne!(changed.header("etag"), tag);
    }

    fn who_is_dismissed_while_they_send_may_no_more(world: World) {
        let fac = world.fac(1, 0);
        let staff = |who: &str| format!("/v1/campuses/{}/staff/{who}", fac.campus);
        let second = world.person("Second");
        second.put(&format!("/v1/campuses/{}/members/me", fac.campus), json!(null)).is(204);
        fac.organiser.put(&staff(&second.id), json!({"role": "organiser"})).is(204);
        let back = json!({"role": "organiser"});
        let status = second.interrupted("PUT", &staff(&second.id), &back, || {
            fac.organiser.delete(&staff(&second.id)).is(204);
        });
        assert_eq!(status, 403);
        let ended = fac.facilitator.interrupted("PATCH", "/v1/me", &json!({"name": "Somebody else"}), || {
            fac.facilitator.post("/v1/auth/logout", json!(null)).is(204);
        });
        assert_eq!(ended, 401);
    }

    fn what_is_read_is_also_looked_at_with_head(world: World) {
        let fac = world.fac(1, 0);
        for path in ["/healthz", "/v1/campuses", &format!("/v1/cohorts/{}", fac.cohort)] {
            let (read, looked) = (fac.organiser.get(path).is(200), fac.organiser.json(Method::HEAD, path, json!(null)));
            assert_eq!((looked.status, looked.bytes.len()), (200, 0), "{path}");
            assert_eq!(looked.header("etag"), read.header("etag"), "{path}");
        }
    }

    fn long_answers_are_compressed_for_those_who_can_read_them(world: World) {
        let fac = world.fac(30, 0);
        let long = format!("/v1/cohorts/{}/mentor-coverage", fac.cohort);
        let plain = fac.facilitator.get(&long).is(200);
        assert!(plain.text.len() > 1024 && plain.header("content-encoding").is_empty());
        for coding in ["gzip", "br"] {
            let (caller, body) = (fac.facilitator.with("Accept-Encoding", coding), plain.text.len());
            let small = caller.get(&long);
            assert_eq!((small.status, small.header("content-encoding")), (200, coding));
            assert!(small.bytes.len() < body / 2, "{} of {body}", small.bytes.len());
            assert!(small.header("vary").to_lowercase().contains("accept-encoding"), "{}", small.header("vary"));
            let short = caller.get("/v1/me");
            assert_eq!((short.status, short.header("content-encoding")), (200, ""));
            assert!(serde_json::from_slice::<serde_json::Value>(&short.bytes).is_ok());
        }
    }
}

#[test]
fn browsers_keep_to_tls_where_the_service_is_reached_by_it() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.public_url = Some("https://peerled.test".into());
    });
    for path in [
        "/v1/campuses",
        "/v1/me",
        "/v1/nowhere",
        "/healthz",
        "/docs",
        "/openapi.json",
    ] {
        let answer = world.nobody().get(path);
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000", "{path}");
    }
}
