//! A second factor is asked for here, unless the provider has asked for one.

use diesel::prelude::*;
use peerled::{db::schema::sign_on_attempts as attempts, primitives::Instant};
use serde_json::{Value, json};

use super::{
    super::totp::{code, confirm},
    LOG_IN, bearer, begin, redeem, sign_on,
};
use crate::{
    harness::{Client, World, provider::PROVIDER},
    on_every_database,
};

/// Gives somebody a second factor: its secret and the recovery codes.
fn set_up(client: &Client) -> (String, Vec<Value>) {
    let secret = client.post("/v1/me/totp", Value::Null).is(201).json["secret"].clone();
    let secret = secret.as_str().unwrap().to_owned();
    let confirmed = confirm(client, &secret);
    (secret, confirmed.json["recovery_codes"].as_array().unwrap().clone())
}

/// Somebody has come back from the school.
fn returned(world: &World) -> Value {
    let begun = begin(&world.nobody(), LOG_IN, "school");
    begun.with(&PROVIDER.approve(&begun.url, |_| {}))
}

fn with(body: &Value, otp: &str) -> Value {
    let mut body = body.clone();
    body["otp"] = json!(otp);
    body
}

on_every_database! {
    fn it_is_wanted_after_the_provider_has_spoken(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        let (secret, recovery) = set_up(&amal);
        let body = returned(&world);
        redeem(&world, body.clone()).problem(401, "otp_required");
        redeem(&world, body.clone()).problem(401, "otp_required");
        redeem(&world, with(&body, "000000")).problem(401, "invalid_otp");
        let tokens = redeem(&world, with(&body, &code(&secret, 0))).is(200);
        bearer(&world, &tokens).get("/v1/me").is(200);
        redeem(&world, with(&body, &code(&secret, 1))).problem(401, "invalid_sign_on");
        // At once too, and by a recovery code; each once.
        let spare = recovery[0].as_str().unwrap();
        redeem(&world, with(&returned(&world), spare)).is(200);
        redeem(&world, with(&returned(&world), spare)).problem(401, "invalid_otp");
    }

    fn who_waits_for_it_is_still_in_their_browser_and_in_time(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        let (_, recovery) = set_up(&amal);
        let body = returned(&world);
        redeem(&world, body.clone()).problem(401, "otp_required");
        let mut foreign = with(&body, recovery[0].as_str().unwrap());
        foreign["secret"] = returned(&world)["secret"].clone();
        redeem(&world, foreign).problem(401, "invalid_sign_on");
        amal.post("/v1/me/sign-ons/redemptions", body.clone()).problem(401, "invalid_sign_on");
        let body = returned(&world);
        redeem(&world, body.clone()).problem(401, "otp_required");
        world.db(|conn| {
            diesel::update(attempts::table).set(attempts::expires_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        redeem(&world, with(&body, recovery[0].as_str().unwrap())).problem(401, "invalid_sign_on");
    }

    fn it_is_not_wanted_of_whom_the_provider_has_asked(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        set_up(&amal);
        sign_on(&world, |claims| claims["amr"] = json!(["pwd", "otp", "mfa"])).is(200);
        sign_on(&world, |claims| claims["amr"] = json!(["pwd"])).problem(401, "otp_required");
    }

    fn nothing_is_linked_or_noted_before_it_was_given(world: World) {
        let amal = world.person("Amal");
        world.prove_address(&amal);
        let (secret, _) = set_up(&amal);
        let body = returned(&world);
        redeem(&world, body.clone()).problem(401, "otp_required");
        redeem(&world, with(&body, "000000")).problem(401, "invalid_otp");
        assert!(amal.get("/v1/me/sign-ons").is(200).data().is_empty());
        let about_it = |world: &World| world.mail().iter().filter(|letter| letter.subject.contains("log in with")).count();
        assert_eq!(about_it(&world), 0);
        let tokens = redeem(&world, with(&body, &code(&secret, 0))).is(200);
        assert_eq!(bearer(&world, &tokens).get("/v1/me").is(200).json["id"], json!(amal.id));
        let linked = amal.get("/v1/me/sign-ons").is(200);
        assert_eq!(linked.data()[0]["email"], json!("amal@example.org"));
        assert_eq!(about_it(&world), 1);
        // Nor is one that is linked noted as used.
        let before = linked.data()[0]["last_used_at"].clone();
        redeem(&world, returned(&world)).problem(401, "otp_required");
        assert_eq!(amal.get("/v1/me/sign-ons").is(200).data()[0]["last_used_at"], before);
    }

    fn who_waits_for_it_is_forgotten_with_the_account(world: World) {
        let amal = world.person("Amal");
        world.prove_address(&amal);
        set_up(&amal);
        redeem(&world, returned(&world)).problem(401, "otp_required");
        let person = peerled::primitives::Id::parse(&amal.id).unwrap();
        world.db(move |conn| peerled::accounts::store::delete_sign_ons_of(conn, person));
        let left: i64 = world.db(|conn| Ok(attempts::table.filter(attempts::email.is_not_null()).count().get_result(conn)?));
        assert_eq!(left, 0);
    }

    fn a_campus_that_requires_one_is_content_with_the_providers(world: World) {
        let fac = world.fac(2, 0);
        world.prove_address(&fac.organiser);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let required = json!({"require_second_factor": true});
        let by = |amr: Value| {
            let email = fac.organiser.email.clone();
            bearer(&world, &sign_on(&world, move |claims| {
                (claims["sub"], claims["email"], claims["amr"]) = (json!("organiser"), json!(email), amr);
            }).is(200))
        };
        by(json!(["pwd"])).patch(&campus, required.clone()).problem(403, "second_factor_required");
        by(json!(["pwd", "mfa"])).patch(&campus, required).is(200);
        fac.organiser.patch(&campus, json!({"name": "X"})).problem(403, "second_factor_required");
    }

    fn that_of_whoever_claimed_the_address_is_in_nobodys_way(world: World) {
        let amal = world.person("Amal");
        set_up(&amal);
        sign_on(&world, |_| {}).is(200);
        amal.get("/v1/me").problem(401, "invalid_token");
    }
}
