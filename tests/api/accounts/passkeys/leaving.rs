//! What becomes of passkeys when an account is disabled, reset, merged or erased.

use diesel::prelude::*;
use peerled::{
    accounts::{
        model::{CodePurpose, MailedCode},
        store,
    },
    db::schema::{passkey_challenges, passkeys},
    primitives::{Email, Id, Instant, Secret},
};
use serde_json::{Value, json};

use super::{MINE, add, begun, confirm, log_in, session, with_world};
use crate::harness::{
    Client, World,
    authenticator::{Ceremony, Passkey, base64},
};

const PASSWORD: &str = "weaver lamp orbit";

/// Somebody with a password: their id and a session.
fn with_password(world: &World, email: &str) -> (String, Client) {
    let body = json!({"email": email, "name": "Amal", "password": PASSWORD});
    let id = world.nobody().post("/v1/people", body).is(201).id();
    world.prove(email);
    let tokens = world
        .nobody()
        .post("/v1/auth/login", json!({"email": email, "password": PASSWORD}))
        .is(200);
    (
        id,
        Client::new(&world.url, tokens.json["access_token"].as_str().map(Into::into)),
    )
}

#[test]
fn a_disabled_account_stays_closed() {
    with_world(|world| {
        let amal = world.person("Amal");
        let mut passkey = add(&amal);
        let id = Id::parse(&amal.id).unwrap();
        world.db(move |conn| store::disable(conn, id, Instant::now()));
        log_in(world, &mut passkey).problem(403, "account_disabled");
        // Nobody is told without the passkey.
        let mut stranger = Passkey::es256(&json!({"user": {"id": base64(amal.id.as_bytes())}}));
        stranger.id.clone_from(&passkey.id);
        log_in(world, &mut stranger).problem(401, "invalid_passkey");
        world.db(move |conn| store::enable(conn, id));
        log_in(world, &mut passkey).is(200);
    });
}

#[test]
fn a_reset_password_takes_them_along() {
    with_world(|world| {
        let (id, amal) = with_password(world, "amal@example.org");
        let mut passkey = add(&amal);
        begun(&amal);
        let (secret, now) = (Secret::new(), Instant::now());
        let code = MailedCode {
            id: Id::new(),
            language: None,
            purpose: CodePurpose::PasswordReset,
            code_hash: secret.hash,
            email: Email::parse("amal@example.org").unwrap(),
            person_id: Some(Id::parse(&id).unwrap()),
            name: None,
            password_hash: None,
            created_at: now,
            expires_at: now.plus(chrono::TimeDelta::hours(1)),
            confirmed_at: None,
            voided_at: None,
            campus_id: None,
        };
        world.db(move |conn| store::insert_code(conn, &code));
        let body = json!({"code": secret.text, "password": "copper fern violin"});
        world
            .nobody()
            .post("/v1/auth/password-resets/redemptions", body)
            .is(204);
        log_in(world, &mut passkey).problem(401, "invalid_passkey");
        let left: i64 = world.db(|conn| {
            Ok(passkey_challenges::table
                .filter(passkey_challenges::person_id.is_not_null())
                .count()
                .get_result(conn)?)
        });
        assert_eq!(left, 0, "nor can one be finished that was begun before");
    });
}

#[test]
fn of_two_accounts_that_become_one_both_keep_theirs() {
    with_world(|world| {
        let (own_id, own) = with_password(world, "amal@example.org");
        let (_, other) = with_password(world, "amal.haddad@example.org");
        let (mut of_own, mut of_other) = (add(&own), add(&other));
        own.post(
            "/v1/me/merges",
            json!({"email": "amal.haddad@example.org", "password": PASSWORD}),
        )
        .is(200);
        for passkey in [&mut of_own, &mut of_other] {
            assert_eq!(session(world, passkey).get("/v1/me").is(200).json["id"], json!(own_id));
        }
        assert_eq!(own.get(MINE).is(200).data().len(), 2);
    });
}

#[test]
fn they_are_exported_and_erased() {
    with_world(|world| {
        let (_, amal) = with_password(world, "amal@example.org");
        let mut passkey = add(&amal);
        begun(&amal);
        let export = amal.get("/v1/me/export").is(200);
        assert_eq!(export.json["passkeys"][0]["credential_id"], json!(base64(&passkey.id)));
        assert_eq!(export.json["passkeys"][0]["name"], json!("My phone"));
        amal.json(ureq::http::Method::DELETE, "/v1/me", json!({"password": PASSWORD}))
            .is(202);
        log_in(world, &mut passkey).problem(401, "invalid_passkey");
        let left: i64 = world.db(|conn| Ok(passkeys::table.count().get_result(conn)?));
        assert_eq!(left, 0);
    });
}

#[test]
fn changing_a_password_keeps_them() {
    with_world(|world| {
        let (_, amal) = with_password(world, "amal@example.org");
        let mut passkey = add(&amal);
        let body = json!({"current_password": PASSWORD, "new_password": "copper fern violin"});
        amal.put("/v1/me/password", body).is(204);
        log_in(world, &mut passkey).is(200);
        let options = begun(&amal);
        let another: Value = Ceremony::registration(&options).attest(&Passkey::ed_dsa(&options));
        confirm(&amal, another).is(201);
    });
}
