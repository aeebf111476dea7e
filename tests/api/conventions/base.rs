//! A public URL with a path: a proxy takes it off, every URL that callers get has it.

use serde_json::{Value, json};

use crate::harness::{Backend, World};

#[test]
fn its_path_is_in_every_url() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.public_url = Some("https://api.example.org/peerled/".into());
    });
    let fac = world.fac(1, 0);
    let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
    let keyed = fac.facilitator.with("Idempotency-Key", "one-slot");
    for _ in 0..2 {
        let made = keyed.post(&slots, slot.clone()).is(201);
        assert_eq!(
            made.header("location"),
            format!("/peerled/v1/mentor-slots/{}", made.id())
        );
    }
    fac.facilitator.post(&slots, slot).is(201);
    let page = fac.facilitator.get(&format!("{slots}?limit=1")).is(200);
    assert!(
        page.header("link")
            .starts_with(&format!("</peerled{slots}?limit=1&cursor=")),
        "{}",
        page.header("link")
    );

    for path in ["/v1/me", "/nowhere"] {
        let problem = world.nobody().get(path);
        assert_eq!(problem.json["instance"], format!("/peerled{path}"));
        let kind = problem.json["type"].as_str().unwrap();
        assert!(kind.starts_with("/peerled/docs/errors#"), "{kind}");
    }
    let refused = keyed.post("/v1/campuses", Value::Object(serde_json::Map::new()));
    assert_eq!(refused.json["instance"], "/peerled/v1/campuses");
    let document = world.nobody().get("/openapi.json").is(200);
    assert_eq!(document.json["servers"][0]["url"], "https://api.example.org/peerled");
}
