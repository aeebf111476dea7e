//! Sessions as their owner sees them.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{db::schema::sessions, primitives::Instant};
use serde_json::{Value, json};

use crate::{
    harness::{Client, World},
    on_every_database,
};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/// Somebody who has logged in twice: with Firefox, and with curl.
struct Twice {
    firefox: Client,
    curl: Client,
    refresh_token: Value,
}

fn twice(world: &World) -> Twice {
    let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/people", account).is(201);
    let log_in = |user_agent: &str| {
        let credentials = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
        let program = world.nobody().with("User-Agent", user_agent);
        program.post("/v1/auth/login", credentials).is(200).json
    };
    let caller = |tokens: &Value| Client::new(&world.url, tokens["access_token"].as_str().map(Into::into));
    let (firefox, curl) = (log_in(FIREFOX), log_in("curl/8.14.1"));
    Twice {
        firefox: caller(&firefox),
        curl: caller(&curl),
        refresh_token: curl["refresh_token"].clone(),
    }
}

fn names(caller: &Client) -> Vec<(Value, Value)> {
    let sessions = caller.get("/v1/me/sessions").is(200);
    let name = |session: &Value| (session["name"].clone(), session["current"].clone());
    sessions.data().iter().map(name).collect()
}

fn path(session: &Value) -> String {
    format!("/v1/me/sessions/{}", session["id"].as_str().unwrap())
}

on_every_database! {
    fn are_listed_and_renamed(world: World) {
        let Twice { firefox, curl, .. } = twice(&world);
        let on = |current: bool| json!(current);
        let expected = [(json!("curl"), on(false)), (json!("Firefox on Linux"), on(true))];
        assert_eq!(names(&firefox), expected);
        assert_eq!(names(&curl)[0], (json!("curl"), on(true)));
        let first = firefox.get("/v1/me/sessions?limit=1").is(200);
        assert_eq!((first.data().len(), &first.data()[0]["name"]), (1, &json!("curl")));
        let next = first.json["page"]["next_cursor"].as_str().unwrap();
        let second = firefox.get(&format!("/v1/me/sessions?limit=1&cursor={next}")).is(200);
        assert_eq!((&second.data()[0]["name"], &second.json["page"]["has_more"]), (&json!("Firefox on Linux"), &json!(false)));

        let other = path(&first.data()[0]);
        let renamed = firefox.patch(&other, json!({"name": "Build server"})).is(200);
        assert_eq!((&renamed.json["name"], &renamed.json["version"]), (&json!("Build server"), &json!(2)));
        firefox.with("If-Match", "\"1\"").patch(&other, json!({"name": "Another"})).problem(412, "precondition_failed");
        assert_eq!(firefox.patch(&other, json!({})).is(200).json["version"], 2);
        for wrong in [json!(""), json!(null), json!("x".repeat(201))] {
            firefox.patch(&other, json!({"name": wrong})).field("/name", "invalid");
        }
        assert_eq!(names(&curl)[0].0, "Build server");
    }

    fn one_that_is_refreshed_goes_on(world: World) {
        let Twice { firefox, refresh_token, .. } = twice(&world);
        let tomorrow = Instant::now().plus(TimeDelta::days(1));
        world.db(move |conn| {
            diesel::update(sessions::table).set(sessions::expires_at.eq(tomorrow)).execute(conn)?;
            Ok(())
        });
        world.nobody().post("/v1/auth/refresh", json!({"refresh_token": refresh_token})).is(200);
        let list = firefox.get("/v1/me/sessions").is(200);
        let ends = |place: usize| Instant::parse(list.data()[place]["expires_at"].as_str().unwrap()).unwrap();
        assert!(ends(0) > Instant::now().plus(TimeDelta::days(29)), "{}", list.text);
        assert_eq!(ends(1), tomorrow, "the other session was not refreshed");
    }

    fn one_is_ended_at_once(world: World) {
        let Twice { firefox, curl, refresh_token } = twice(&world);
        let other = path(&firefox.get("/v1/me/sessions").is(200).data()[0]);
        curl.get("/v1/me").is(200);
        firefox.delete(&other).is(204);
        curl.get("/v1/me").problem(401, "invalid_token");
        world.nobody().post("/v1/auth/refresh", json!({"refresh_token": refresh_token})).problem(401, "invalid_refresh_token");
        assert_eq!(names(&firefox), [(json!("Firefox on Linux"), json!(true))]);
        firefox.delete(&other).problem(404, "not_found");
        firefox.patch(&other, json!({"name": "Gone"})).problem(404, "not_found");
        let own = path(&firefox.get("/v1/me/sessions").is(200).data()[0]);
        firefox.delete(&own).is(204);
        firefox.get("/v1/me").problem(401, "invalid_token");
    }

    fn all_others_are_ended_and_the_current_one_stays(world: World) {
        let Twice { firefox, curl, refresh_token } = twice(&world);
        let basma = world.person("Basma");
        curl.get("/v1/me").is(200);
        firefox.delete("/v1/me/sessions").is(204);
        curl.get("/v1/me").problem(401, "invalid_token");
        world.nobody().post("/v1/auth/refresh", json!({"refresh_token": refresh_token})).problem(401, "invalid_refresh_token");
        assert_eq!(names(&firefox).len(), 1);
        basma.get("/v1/me").is(200);
    }

    fn somebody_elses_do_not_exist(world: World) {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let theirs = path(&basma.get("/v1/me/sessions").is(200).data()[0]);
        amal.delete(&theirs).problem(404, "not_found");
        amal.patch(&theirs, json!({"name": "Mine"})).problem(404, "not_found");
        assert_eq!(basma.get("/v1/me/sessions").is(200).data()[0]["name"], "Firefox on Linux");
        world.nobody().get("/v1/me/sessions").problem(401, "authentication_required");
    }
}
