//! What makes another way into an account takes a log-in of the last hour.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::sessions,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    harness::{User, World, provider::PAGE},
    on_every_database,
};

/// As if all sessions of somebody had begun so long ago, and been refreshed since.
pub fn age(world: &World, user: &User, minutes: i64) {
    let (person, then) = (
        Id::parse(&user.id).unwrap(),
        Instant::now().plus(-TimeDelta::minutes(minutes)),
    );
    world.db(move |conn| {
        diesel::update(sessions::table.filter(sessions::person_id.eq(person)))
            .set((sessions::created_at.eq(then), sessions::last_used_at.eq(Instant::now())))
            .execute(conn)?;
        Ok(())
    });
}

fn ways_in() -> [(&'static str, Value); 3] {
    [
        ("/v1/me/totp", Value::Null),
        (
            "/v1/me/api-tokens",
            json!({"name": "Nightly", "scopes": ["read"], "expires_on": Instant::now().date()}),
        ),
        ("/v1/me/sign-ons", json!({"provider": "school", "return_to": PAGE})),
    ]
}

on_every_database! {
    fn an_old_session_makes_no_way_in(world: World) {
        let amal = world.person("Amal");
        age(&world, &amal, 61);
        for (path, body) in ways_in() {
            let refused = amal.post(path, body).problem(403, "fresh_log_in_required");
            assert!(refused.text.contains("Log in again"), "{}", refused.text);
        }
        assert!(amal.get("/v1/me/api-tokens").is(200).data().is_empty());
        age(&world, &amal, 59);
        for (path, body) in ways_in() {
            amal.post(path, body).is(201);
        }
    }

    fn what_was_begun_in_time_is_finished_later(world: World) {
        let amal = world.person("Amal");
        let secret = amal.post("/v1/me/totp", Value::Null).is(201).json["secret"].clone();
        age(&world, &amal, 61);
        crate::accounts::totp::confirm(&amal, secret.as_str().unwrap());
    }

    fn refreshing_is_no_log_in(world: World) {
        let body = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        let id = world.nobody().post("/v1/people", body.clone()).is(201).id();
        let log_in = || {
            let body = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
            world.nobody().post("/v1/auth/login", body).is(200).json
        };
        let bearer = |tokens: &Value| {
            world.nobody().with("Authorization", &format!("Bearer {}", tokens["access_token"].as_str().unwrap()))
        };
        let first = log_in();
        let person = Id::parse(&id).unwrap();
        world.db(move |conn| {
            let then = Instant::now().plus(-TimeDelta::hours(2));
            diesel::update(sessions::table.filter(sessions::person_id.eq(person)))
                .set(sessions::created_at.eq(then))
                .execute(conn)?;
            Ok(())
        });
        let refreshed = world.nobody().post("/v1/auth/refresh", json!({"refresh_token": first["refresh_token"]})).is(200).json;
        bearer(&refreshed).post("/v1/me/totp", Value::Null).problem(403, "fresh_log_in_required");
        bearer(&log_in()).post("/v1/me/totp", Value::Null).is(201);
    }
}
