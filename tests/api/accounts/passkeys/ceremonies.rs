//! Whole ceremonies.

use diesel::prelude::*;
use peerled::db::schema::{audit_entries, passkeys};
use serde_json::{Value, json};

use super::{BEGIN, CONFIRM, LOG_IN, MINE, add, asked, begun, confirm, log_in, send, session, with_world};
use crate::harness::{
    Backend, World,
    authenticator::{Ceremony, Passkey, base64, with_passkeys},
};

#[test]
fn a_passkey_is_made_and_logs_in_without_a_user_name() {
    with_world(|world| {
        let amal = world.person("Amal");
        for make in [Passkey::es256, Passkey::ed_dsa] {
            let options = begun(&amal);
            assert_eq!(
                options["rp"],
                json!({"id": "peerled.localhost", "name": "peerled.localhost"})
            );
            assert_eq!(options["user"]["id"], json!(base64(amal.id.as_bytes())));
            assert_eq!(options["user"]["name"], json!("amal@example.org"));
            assert_eq!(options["attestation"], json!("none"));
            let selection = &options["authenticatorSelection"];
            assert_eq!(selection["residentKey"], json!("required"));
            assert_eq!(selection["userVerification"], json!("required"));
            let mut passkey = make(&options);
            let added = confirm(&amal, Ceremony::registration(&options).attest(&passkey)).is(201);
            assert_eq!(added.json["name"], json!("My phone"));
            assert_eq!(added.json["last_used_at"], json!(null));
            let location = format!("{MINE}/{}", added.id());
            assert!(added.header("location").ends_with(&location));
            assert_eq!(
                session(world, &mut passkey).get("/v1/me").is(200).json["id"],
                json!(amal.id)
            );
            session(world, &mut passkey).get("/v1/me").is(200);
        }
        let known = begun(&amal)["excludeCredentials"].as_array().unwrap().len();
        assert_eq!(known, 2, "the authenticator knows which there are");
        let listed = amal.get(MINE).is(200);
        assert!(
            listed.data().iter().all(|passkey| passkey["last_used_at"].is_string()),
            "{}",
            listed.text
        );
    });
}

#[test]
fn what_is_asked_for_a_log_in_is_the_same_for_everybody() {
    with_world(|world| {
        let mut before = asked(world);
        add(&world.person("Amal"));
        let mut after = asked(world);
        assert_ne!(before["challenge"], after["challenge"]);
        (before["challenge"], after["challenge"]) = (json!(0), json!(0));
        assert_eq!(before, after);
        assert_eq!(
            before,
            json!({"challenge": 0, "rpId": "peerled.localhost", "timeout": 300_000, "userVerification": "required"})
        );
    });
}

#[test]
fn tokens_come_in_cookies_too() {
    with_world(|world| {
        let mut passkey = add(&world.person("Amal"));
        let options = asked(world);
        let credential = Ceremony::log_in(&options, &mut passkey).sign(&passkey);
        let body = json!({"credential": credential, "transport": "cookie"});
        let answer = world.nobody().post(LOG_IN, body).is(200);
        assert!(answer.json.get("access_token").is_none(), "{}", answer.text);
        assert!(answer.header("set-cookie").contains("HttpOnly"));
    });
}

#[test]
fn an_authenticator_that_does_not_count_logs_in_again_and_again() {
    with_world(|world| {
        let passkey = add(&world.person("Amal"));
        for _ in 0..2 {
            let options = asked(world);
            let mut uncounted = Ceremony {
                count: 0,
                ..Ceremony::log_in(&options, &mut Passkey::es256(&json!({"user": {"id": ""}})))
            };
            uncounted.flags |= 0b1_1000;
            send(world, uncounted.sign(&passkey)).is(200);
        }
    });
}

#[test]
fn parallel_answers_to_one_challenge_are_one_log_in() {
    with_world(|world| {
        let mut passkey = add(&world.person("Amal"));
        let options = asked(world);
        let credential = Ceremony::log_in(&options, &mut passkey).sign(&passkey);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| send(world, credential.clone()).status))
                .collect();
            tries.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let granted = statuses.iter().filter(|status| **status == 200).count();
        assert_eq!(granted, 1, "{statuses:?}");
    });
}

#[test]
fn log_ins_and_failed_ones_are_on_record() {
    with_world(|world| {
        let mut passkey = add(&world.person("Amal"));
        log_in(world, &mut passkey).is(200);
        passkey.count = 0;
        log_in(world, &mut passkey).problem(401, "invalid_passkey");
        let noted: Vec<String> = world.db(|conn| {
            Ok(audit_entries::table
                .filter(audit_entries::operation.like("log_in_with%"))
                .order(audit_entries::id)
                .select(audit_entries::operation)
                .load(conn)?)
        });
        assert_eq!(noted, ["log_in_with_passkey", "log_in_with_passkey_failed"]);
    });
}

#[test]
fn where_no_passkey_can_be_made_that_is_said() {
    let bodies = bodies_from(&World::start_with(Backend::Sqlite, with_passkeys));
    for url in ["http://peerled.test", "https://192.0.2.7", "http://127.0.0.1:8080"] {
        let world = World::start_with(Backend::Sqlite, |settings| settings.public_url = Some(url.into()));
        let amal = world.person("Amal");
        amal.post(MINE, Value::Null).problem(409, "passkeys_unavailable");
        amal.post(CONFIRM, bodies.0.clone())
            .problem(409, "passkeys_unavailable");
        world
            .nobody()
            .post(BEGIN, Value::Null)
            .problem(409, "passkeys_unavailable");
        world
            .nobody()
            .post(LOG_IN, bodies.1.clone())
            .problem(409, "passkeys_unavailable");
        let stored: i64 = world.db(|conn| Ok(passkeys::table.count().get_result(conn)?));
        assert_eq!(stored, 0);
    }
}

/// Complete bodies for a new passkey and for a log-in.
fn bodies_from(world: &World) -> (Value, Value) {
    let options = begun(&world.person("Basma"));
    let mut passkey = Passkey::es256(&options);
    let credential = Ceremony::registration(&options).attest(&passkey);
    let log_in = Ceremony::log_in(&asked(world), &mut passkey).sign(&passkey);
    (
        json!({"name": "My phone", "credential": credential}),
        json!({ "credential": log_in }),
    )
}
