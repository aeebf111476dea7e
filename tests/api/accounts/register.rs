use std::{
    thread,
    time::{Duration, Instant},
};

use serde_json::json;

use super::by_mail::{code, letters, redeem, with_mail};
use crate::{
    harness::{Answer, Backend, World},
    on_every_database,
};

/// What became of a hundred registrations at once with these addresses. Whoever is told to come back, because too many wait to have
/// their passwords hashed, comes back.
fn register_at_once(world: &World, email: impl Fn(usize) -> String + Sync) -> Vec<Answer> {
    let register = |at: usize| {
        let body = json!({"email": email(at), "name": "Amal", "password": "weaver lamp orbit"});
        let began = Instant::now();
        loop {
            let answer = world.nobody().post("/v1/people", body.clone());
            if answer.status != 503 || began.elapsed() > Duration::from_secs(60) {
                return answer;
            }
            thread::sleep(Duration::from_millis(100));
        }
    };
    let register = &register;
    thread::scope(|scope| {
        let all: Vec<_> = (0..100).map(|at| scope.spawn(move || register(at))).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn of_many_who_ask_for_one_address_at_once_whoever_has_the_mail_gets_it() {
    with_mail(|world| {
        let asked = register_at_once(world, |_| "amal@example.org".into());
        assert!(asked.iter().all(|answer| answer.status == 202));
        let sent = letters(world, "amal@example.org").len();
        assert_eq!(
            (sent, world.count_people()),
            (5, 0),
            "an address is sent so many within an hour"
        );
        let newest = code(world, "amal@example.org").unwrap();
        redeem(world, &newest).field("/password", "required");
        let body = json!({"code": newest, "password": "copper fern violin"});
        world.nobody().post("/v1/people/verifications", body).is(201);
        assert_eq!(world.count_people(), 1);
    });
}

on_every_database! {
    fn of_a_hundred_at_once_with_one_address_one_opens_an_account(world: World) {
        let mut statuses: Vec<u16> = Vec::new();
        for answer in register_at_once(&world, |_| "amal@example.org".into()) {
            statuses.push(answer.status);
            if answer.status != 201 {
                answer.problem(409, "email_taken");
            }
        }
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1);
        assert_eq!(world.count_people(), 1);
    }

    fn a_hundred_at_once_open_a_hundred_accounts(world: World) {
        for answer in register_at_once(&world, |at| format!("amal{at}@example.org")) {
            answer.is(201);
        }
        assert_eq!(world.count_people(), 100);
    }

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
        // All that is wrong is told at once, however long a password may be.
        for password in ["short".to_owned(), "weaver lamp ".repeat(11)] {
            let refused = nobody.post("/v1/people", json!({"email": "amal", "name": " ", "password": password})).problem(422, "invalid_fields");
            let mut wrong: Vec<&str> = refused.json["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
            wrong.sort_unstable();
            assert_eq!(wrong, ["/email", "/name", "/password"], "{}", refused.text);
        }
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
