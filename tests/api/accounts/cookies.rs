//! Sessions in cookies.

use serde_json::{Value, json};

use crate::{
    harness::{Answer, Backend, Client, World},
    on_every_database,
};

const OURS: &str = "http://peerled.test";

fn with_account(world: &World) {
    let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/people", account).is(201);
}

fn log_in(world: &World) -> Answer {
    let body = json!({"email": "amal@example.org", "password": "weaver lamp orbit", "transport": "cookie"});
    world.nobody().post("/v1/auth/login", body).is(200)
}

/// Each cookie as it was set.
fn set(answer: &Answer) -> Vec<String> {
    let cookies = answer.headers.get_all("set-cookie").iter();
    cookies.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

/// What a browser sends back: `Cookie`.
fn jar(answer: &Answer) -> String {
    let pairs: Vec<String> = set(answer)
        .iter()
        .map(|cookie| cookie.split(';').next().unwrap().to_owned())
        .collect();
    pairs.join("; ")
}

/// A page of ours in a browser that has these cookies.
fn page(world: &World, cookies: &str) -> Client {
    world.nobody().with("Cookie", cookies).with("Origin", OURS)
}

on_every_database! {
    fn carry_a_session_instead_of_the_body(world: World) {
        with_account(&world);
        let answer = log_in(&world);
        assert_eq!(answer.json, json!({"token_type": "Bearer", "expires_in": 900}));
        let cookies = set(&answer);
        let [access, refresh] = cookies.as_slice() else { panic!("{cookies:?}") };
        let ending = |seconds: u32| format!("; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict");
        assert!(access.starts_with("peerled_access=") && access.ends_with(&ending(900)), "{access}");
        assert!(refresh.starts_with("peerled_refresh=") && refresh.ends_with(&ending(2_592_000)), "{refresh}");
        let amal = page(&world, &format!("theme=dark; {}", jar(&answer)));
        assert_eq!(amal.get("/v1/me").is(200).json["name"], "Amal");
        amal.patch("/v1/me", json!({"github": "amal"})).is(200);
        assert_eq!(amal.get("/v1/me/sessions").is(200).data()[0]["current"], true);
        // One without the other's name is nobody's.
        world.nobody().with("Cookie", "access=x").get("/v1/me").problem(401, "authentication_required");
        world.nobody().with("Cookie", "peerled_access=x").get("/v1/me").problem(401, "invalid_token");
    }

    fn bearer_wins(world: World) {
        with_account(&world);
        let basma = world.person("Basma");
        let cookies = jar(&log_in(&world));
        let both = basma.with("Cookie", &cookies);
        assert_eq!(both.get("/v1/me").is(200).id(), basma.id);
        // A program is not asked where it comes from.
        both.patch("/v1/me", json!({"github": "basma"})).is(200);
        let useless = Client::new(&world.url, Some("ended".into())).with("Cookie", &cookies);
        useless.get("/v1/me").problem(401, "invalid_token");
    }

    fn what_another_sites_page_sends_changes_nothing(world: World) {
        with_account(&world);
        let first = log_in(&world);
        let cookies = jar(&first);
        let bare = world.nobody().with("Cookie", &cookies);
        let change = |caller: &Client| caller.patch("/v1/me", json!({"github": "mallory"}));
        for foreign in ["https://evil.example", "http://peerled.test.evil.example", "https://peerled.test", "null"] {
            let caller = bare.with("Origin", foreign);
            change(&caller).problem(403, "cross_site_request");
            caller.with("Sec-Fetch-Site", "same-origin").post("/v1/auth/refresh", Value::Null).problem(403, "cross_site_request");
        }
        change(&bare).problem(403, "cross_site_request");
        change(&bare.with("Sec-Fetch-Site", "cross-site")).problem(403, "cross_site_request");
        change(&bare.with("Sec-Fetch-Site", "same-site")).problem(403, "cross_site_request");
        bare.post("/v1/auth/refresh", Value::Null).problem(403, "cross_site_request");
        bare.post("/v1/auth/logout", Value::Null).problem(403, "cross_site_request");
        assert_eq!(bare.get("/v1/me").is(200).json["github"], json!(null));
        change(&bare.with("Sec-Fetch-Site", "same-origin")).is(200);
        change(&bare.with("Origin", OURS)).is(200);
    }

    fn are_refreshed_and_taken_away(world: World) {
        with_account(&world);
        let first = log_in(&world);
        let second = page(&world, &jar(&first)).post("/v1/auth/refresh", Value::Null).is(200);
        assert_eq!(second.json, json!({"token_type": "Bearer", "expires_in": 900}));
        assert_ne!(jar(&first), jar(&second));
        // The refresh cookie is enough: that of the access token is gone after a quarter of an hour.
        let alone = jar(&second).split("; ").nth(1).unwrap().to_owned();
        let third = page(&world, &alone).post("/v1/auth/refresh", json!({})).is(200);
        let amal = page(&world, &jar(&third));
        let gone = amal.post("/v1/auth/logout", Value::Null).is(204);
        let cookies = set(&gone);
        assert_eq!(cookies.len(), 2);
        assert!(cookies.iter().all(|cookie| cookie.contains("=; ") && cookie.contains("Max-Age=0")), "{cookies:?}");
        amal.get("/v1/me").problem(401, "invalid_token");
        amal.post("/v1/auth/refresh", Value::Null).problem(401, "invalid_refresh_token");
    }

    fn the_refresh_cookie_logs_out_too(world: World) {
        with_account(&world);
        let cookies = jar(&log_in(&world));
        let alone = page(&world, cookies.split("; ").nth(1).unwrap());
        for _ in 0..2 {
            assert_eq!(set(&alone.post("/v1/auth/logout", Value::Null).is(204)).len(), 2);
        }
        page(&world, &cookies).get("/v1/me").problem(401, "invalid_token");
        alone.post("/v1/auth/refresh", Value::Null).problem(401, "invalid_refresh_token");
        world.nobody().post("/v1/auth/logout", Value::Null).problem(401, "authentication_required");
    }

    fn tokens_in_the_body_are_answered_in_the_body(world: World) {
        with_account(&world);
        let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit", "transport": "body"});
        let tokens = world.nobody().post("/v1/auth/login", login).is(200);
        assert!(set(&tokens).is_empty());
        let caller = page(&world, &jar(&log_in(&world)));
        let refreshed = caller.post("/v1/auth/refresh", json!({"refresh_token": tokens.json["refresh_token"]})).is(200);
        assert!(set(&refreshed).is_empty() && refreshed.json["refresh_token"].is_string());
        world.nobody().post("/v1/auth/refresh", Value::Null).field("/refresh_token", "required");
        let login = json!({"email": "amal@example.org", "password": "weaver lamp orbit", "transport": "pigeon"});
        world.nobody().post("/v1/auth/login", login).field("/transport", "invalid");
    }

    fn kept_answers_are_those_of_the_cookies_owner(world: World) {
        with_account(&world);
        let fac = world.fac(2, 3);
        let path = format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort);
        for _ in 0..2 {
            fac.facilitator.get(&path).is(200);
        }
        // Without Origin, as a browser sends what it reads: the way on which answers are kept.
        let amal = world.nobody().with("Cookie", &jar(&log_in(&world)));
        for _ in 0..2 {
            amal.get(&path).problem(404, "not_found");
            world.nobody().get(&path).problem(401, "authentication_required");
        }
    }

    fn a_retry_sets_no_cookies(world: World) {
        with_account(&world);
        let amal = page(&world, &jar(&log_in(&world))).with("Idempotency-Key", "one");
        let campus = json!({
            "slug": "london", "name": "FAC London", "city": "London", "country": "United Kingdom",
            "time_zone": "Europe/London", "work_week": ["mon", "tue", "wed", "thu", "fri"],
        });
        let first = amal.post("/v1/campuses", campus.clone()).is(201);
        let again = amal.post("/v1/campuses", campus).is(201);
        assert_eq!((again.header("idempotent-replayed"), &again.json), ("true", &first.json));
        assert!(set(&first).is_empty() && set(&again).is_empty());
    }

    fn an_api_token_is_no_cookie(world: World) {
        let amal = world.person("Amal");
        let today = peerled::primitives::Instant::now().date();
        let body = json!({"name": "Report", "scopes": ["read"], "expires_on": today});
        let token = amal.post("/v1/me/api-tokens", body).is(201).json["token"].as_str().unwrap().to_owned();
        let cookie = format!("peerled_access={token}");
        world.nobody().with("Cookie", &cookie).get("/v1/me").problem(401, "invalid_token");
    }
}

#[test]
fn behind_tls_they_go_nowhere_else_and_pages_of_configured_origins_may_use_them() {
    let world = World::start_with(Backend::Sqlite, |settings| {
        settings.public_url = Some("https://api.example.org/peerled".into());
        settings.cors_origins = Some("https://app.example.org".into());
    });
    with_account(&world);
    let answer = log_in(&world);
    for (cookie, name) in set(&answer)
        .iter()
        .zip(["__Host-peerled_access=", "__Host-peerled_refresh="])
    {
        assert!(cookie.starts_with(name), "{cookie}");
        assert!(cookie.contains("; Path=/;") && cookie.ends_with("; Secure"), "{cookie}");
    }
    let amal = world.nobody().with("Cookie", &jar(&answer));
    for origin in ["https://app.example.org", "https://api.example.org"] {
        amal.with("Origin", origin)
            .patch("/v1/me", json!({"github": "amal"}))
            .is(200);
    }
    let read = amal.with("Origin", "https://app.example.org").get("/v1/me").is(200);
    assert_eq!(read.header("access-control-allow-credentials"), "true");
    assert_eq!(read.header("access-control-allow-origin"), "https://app.example.org");
    amal.with("Origin", "https://example.org")
        .patch("/v1/me", json!({}))
        .problem(403, "cross_site_request");
    // What is set without TLS does not count.
    let plain = jar(&answer).replace("__Host-", "");
    world
        .nobody()
        .with("Cookie", &plain)
        .get("/v1/me")
        .problem(401, "authentication_required");
}
