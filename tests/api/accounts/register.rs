use serde_json::json;

use crate::{
    harness::{Backend, World},
    on_every_database,
};

on_every_database! {
    fn opens_an_account(world: World) {
        let answer = world
            .nobody()
            .post("/v1/people", json!({"email": "Amal@Example.org", "name": "Amal", "password": "weaver lamp orbit"}))
            .is(201);
        assert_eq!(answer.json["email"], "amal@example.org");
        assert_eq!(answer.header("location"), "/v1/me");
        assert!(!answer.text.contains("password"));
        let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
        let tokens = world.nobody().post("/v1/auth/login", login).is(200);
        assert_eq!(tokens.json["token_type"], "Bearer");
        assert_eq!(tokens.header("cache-control"), "no-store");
    }

    fn refuses_what_is_not_right_and_changes_nothing(world: World) {
        let good = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        let with = |field: &str, value: serde_json::Value| {
            let mut body = good.clone();
            body[field] = value;
            body
        };
        let nobody = world.nobody();
        nobody.post("/v1/people", with("email", json!("amal"))).field("/email", "invalid");
        nobody.post("/v1/people", with("name", json!(" "))).field("/name", "invalid");
        nobody.post("/v1/people", with("password", json!("short"))).field("/password", "invalid");
        nobody.post("/v1/people", with("is_admin", json!(true))).field("/is_admin", "unknown");
        nobody.post("/v1/people", json!({"name": "Amal"})).field("/email", "required");
        assert_eq!(world.count_people(), 0);
        nobody.post("/v1/people", good.clone()).is(201);
        let taken = nobody.post("/v1/people", with("email", json!("AMAL@example.org"))).problem(409, "email_taken");
        assert_eq!(taken.json["errors"][0]["pointer"], "/email");
        assert_eq!(world.count_people(), 1);
    }

    fn is_done_once_for_one_key(world: World) {
        let body = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        let caller = world.nobody().with("Idempotency-Key", "first");
        let first = caller.post("/v1/people", body.clone()).is(201);
        let again = caller.post("/v1/people", body).is(201);
        assert_eq!((first.json, again.header("idempotent-replayed")), (again.json.clone(), "true"));
        let other = json!({"email": "basma@example.org", "name": "Basma", "password": "weaver lamp orbit"});
        caller.post("/v1/people", other).problem(422, "idempotency_key_reused");
        assert_eq!(world.count_people(), 1);
    }
}

#[test]
fn can_be_closed() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.registration = Some("closed".into())
    });
    let body = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world
        .nobody()
        .post("/v1/people", body)
        .problem(403, "registration_closed");
}
