//! Erasing an account that has no password.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{second_factors, sign_ons},
    primitives::Instant,
};
use serde_json::{Value, json};
use ureq::http::Method;

use super::{
    super::totp::{code, confirm},
    LINK, bearer, begin, link, sign_on,
};
use crate::{
    harness::{Answer, Client, World, provider::PROVIDER},
    on_every_database,
};

fn erase(client: &Client, proof: Value) -> Answer {
    client.json(Method::DELETE, "/v1/me", proof)
}

/// The caller has come back from the school, which says what `change` makes of an honest token.
fn returned(client: &Client, change: impl FnOnce(&mut Value)) -> Value {
    let begun = begin(client, LINK, "school");
    let back = PROVIDER.approve(&begun.url, change);
    begun.with(&back)
}

fn another(token: &mut Value) {
    token["sub"] = json!("amal-2");
    token["email"] = json!("amal.two@example.org");
}

on_every_database! {
    fn a_sign_on_proves_who_asks(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        erase(&amal, json!({})).field("/sign_on", "required");
        erase(&amal, json!({"otp": "000000"})).field("/sign_on", "required");
        erase(&amal, json!({"password": "weaver lamp orbit"})).field("/password", "wrong");
        let proof = returned(&amal, |_| {});
        // It is good in their session only.
        erase(&world.person("Basma"), json!({"sign_on": proof})).field("/password", "required");
        erase(&amal, json!({"sign_on": returned(&amal, another)})).field("/sign_on", "wrong");
        let spent = returned(&amal, another);
        erase(&amal, json!({"sign_on": spent})).field("/sign_on", "wrong");
        erase(&amal, json!({"sign_on": spent})).problem(401, "invalid_sign_on");
        amal.get("/v1/me").is(200);
        erase(&amal, json!({"sign_on": proof})).is(202);
        amal.get("/v1/me").problem(401, "invalid_token");
    }

    fn one_that_was_linked_of_late_proves_nothing(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        link(&amal, another).is(201);
        let proof = || json!({"sign_on": returned(&amal, another)});
        let refused = erase(&amal, proof()).field("/sign_on", "wrong");
        assert!(refused.text.contains("linked just now"), "{}", refused.text);
        world.db(|conn| {
            diesel::update(sign_ons::table.filter(sign_ons::subject.eq("amal-2")))
                .set(sign_ons::created_at.eq(Instant::now().plus(-TimeDelta::days(1))))
                .execute(conn)?;
            Ok(())
        });
        erase(&amal, proof()).is(202);
    }

    fn the_second_factor_is_asked_for_beside_it_and_is_enough_alone(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        let secret = amal.post("/v1/me/totp", Value::Null).is(201).json["secret"].as_str().unwrap().to_owned();
        let codes = confirm(&amal, &secret).json["recovery_codes"].as_array().unwrap().clone();
        let proof = returned(&amal, |_| {});
        erase(&amal, json!({"sign_on": proof})).problem(401, "otp_required");
        erase(&amal, json!({"sign_on": proof, "otp": "000000"})).problem(401, "invalid_otp");
        // Whoever has stolen the session could have set it up.
        for code in [code(&secret, 0), codes[0].as_str().unwrap().into(), "000000".into()] {
            let refused = erase(&amal, json!({"otp": code})).field("/otp", "wrong");
            assert!(refused.text.contains("set up just now"), "{}", refused.text);
        }
        world.db(|conn| {
            let yesterday = Instant::now().plus(-TimeDelta::days(1));
            diesel::update(second_factors::table).set(second_factors::confirmed_at.eq(yesterday)).execute(conn)?;
            Ok(())
        });
        erase(&amal, json!({"otp": "000000"})).problem(401, "invalid_otp");
        amal.get("/v1/me").is(200);
        erase(&amal, json!({"otp": code(&secret, 0)})).is(202);
        amal.get("/v1/me").problem(401, "invalid_token");
    }
}
