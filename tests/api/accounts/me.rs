use serde_json::json;

use crate::{harness::World, on_every_database};

on_every_database! {
    fn shows_and_changes_the_caller(world: World) {
        let amal = world.person("Amal");
        let me = amal.get("/v1/me").is(200);
        assert_eq!((&me.json["email"], &me.json["roles"]), (&json!(amal.email), &json!([])));
        assert_eq!(me.header("cache-control"), "no-store");

        let tag = me.header("etag").to_owned();
        amal.with("If-None-Match", &tag).get("/v1/me").is(304);
        let changed = amal.with("If-Match", &tag).patch("/v1/me", json!({"github": "amal", "name": "Amal H"})).is(200);
        assert_eq!((&changed.json["github"], &changed.json["version"]), (&json!("amal"), &json!(2)));
        amal.with("If-Match", &tag).patch("/v1/me", json!({"name": "A"})).problem(412, "precondition_failed");
        assert_eq!(amal.patch("/v1/me", json!({"github": null})).is(200).json["github"], json!(null));

        for name in ["@octocat", "https://github.com/octocat", "octocat"] {
            assert_eq!(amal.patch("/v1/me", json!({"github": name})).is(200).json["github"], "octocat");
        }
        amal.patch("/v1/me", json!({"github": "amal@example.org"})).field("/github", "invalid");

        amal.patch("/v1/me", json!({"name": null})).field("/name", "invalid");
        amal.patch("/v1/me", json!({"email": "new@example.org"})).field("/email", "unknown");
    }
}
