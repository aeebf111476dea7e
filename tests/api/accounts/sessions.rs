use serde_json::{Value, json};

use crate::{
    harness::{Answer, Backend, Client, World},
    on_every_database,
};

fn log_in(world: &World) -> Value {
    let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/people", account).is(201);
    let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/auth/login", login).is(200).json
}

fn bearer(world: &World, tokens: &Value) -> Client {
    Client::new(&world.url, tokens["access_token"].as_str().map(Into::into))
}

fn refresh(world: &World, tokens: &Value) -> Answer {
    let token = json!({"refresh_token": tokens["refresh_token"]});
    world.nobody().post("/v1/auth/refresh", token)
}

/// The grace is switched off, or over.
#[test]
fn without_grace_a_spent_token_ends_the_session() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| settings.refresh_grace = Some("0".into()));
        let first = log_in(&world);
        let second = refresh(&world, &first).is(200).json;
        refresh(&world, &first).problem(401, "invalid_refresh_token");
        refresh(&world, &second).problem(401, "invalid_refresh_token");
        bearer(&world, &second).get("/v1/me").problem(401, "invalid_token");
    }
}

on_every_database! {
    fn unknown_address_and_wrong_password_are_answered_alike(world: World) {
        log_in(&world);
        let attempt = |email: &str, password: &str| {
            let mut answer = world
                .nobody()
                .post("/v1/auth/login", json!({"email": email, "password": password}))
                .problem(401, "invalid_credentials");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
            answer.json["request_id"] = Value::Null;
            answer.json
        };
        let wrong = attempt("amal@example.org", "not the password");
        assert_eq!(wrong, attempt("nobody@example.org", "weaver lamp orbit"));
        assert_eq!(wrong, attempt("not an address", "weaver lamp orbit"));
    }

    fn a_useless_access_token_is_not_in_the_way_of_a_new_one(world: World) {
        let tokens = log_in(&world);
        let ended = Client::new(&world.url, Some("ended.long.ago".into()));
        ended.get("/v1/me").problem(401, "invalid_token");
        ended.get("/v1/campuses").problem(401, "invalid_token");
        ended.post("/v1/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).is(200);
        let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
        ended.post("/v1/auth/login", login).is(200);
        let account = json!({"email": "basma@example.org", "name": "Basma", "password": "weaver lamp orbit"});
        ended.post("/v1/people", account).is(201);
    }

    fn refresh_rotates_and_a_lost_answer_can_be_asked_for_again(world: World) {
        let first = log_in(&world);
        let second = refresh(&world, &first).is(200).json;
        assert_ne!(first["refresh_token"], second["refresh_token"]);
        let again = refresh(&world, &first).is(200).json;
        assert_eq!(again["refresh_token"], second["refresh_token"]);
        bearer(&world, &second).get("/v1/me").is(200);
        let third = refresh(&world, &again).is(200).json;
        assert_ne!(third["refresh_token"], second["refresh_token"]);
    }

    fn a_spent_token_ends_the_session_once_its_successor_was_used(world: World) {
        let first = log_in(&world);
        let second = refresh(&world, &first).is(200).json;
        let third = refresh(&world, &second).is(200).json;
        refresh(&world, &first).problem(401, "invalid_refresh_token");
        refresh(&world, &third).problem(401, "invalid_refresh_token");
        bearer(&world, &third).get("/v1/me").problem(401, "invalid_token");
    }

    fn parallel_refreshes_get_the_same_successor(world: World) {
        let first = log_in(&world);
        let ask = || refresh(&world, &first).is(200).json["refresh_token"].clone();
        let successors: Vec<Value> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            asked.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(successors.iter().all(|one| *one == successors[0]));
        world.nobody().post("/v1/auth/refresh", json!({"refresh_token": successors[0]})).is(200);
    }

    fn logging_out_ends_access_at_once(world: World) {
        let tokens = log_in(&world);
        let amal = bearer(&world, &tokens);
        amal.post("/v1/auth/logout", Value::Null).is(204);
        amal.get("/v1/me").problem(401, "invalid_token");
        let refresh = json!({"refresh_token": tokens["refresh_token"]});
        world.nobody().post("/v1/auth/refresh", refresh).problem(401, "invalid_refresh_token");
    }

    fn foreign_tokens_are_refused(world: World) {
        let good = log_in(&world)["access_token"].as_str().unwrap().to_owned();
        let mut parts = good.split('.');
        let (header, claims) = (parts.next().unwrap(), parts.next().unwrap());
        // {"alg":"none","typ":"at+jwt"}
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0";
        for token in [
            format!("{none}.{claims}."),
            format!("{header}.{claims}."),
            format!("{header}.{claims}.AAAA"),
            good.replace('.', ".."),
            "x".into(),
        ] {
            Client::new(&world.url, Some(token)).get("/v1/me").problem(401, "invalid_token");
        }
        world.nobody().get("/v1/me").problem(401, "authentication_required");
        world.nobody().with("Authorization", "Basic YTpi").get("/v1/me").problem(401, "invalid_token");
    }
}
