//! One's own passkeys: listed, renamed, removed; how many; by whom.

use diesel::prelude::*;
use peerled::{
    db::schema::people,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::super::fresh_log_in::age;
use super::{CONFIRM, MINE, add, begun, confirm, log_in, session, with_world};
use crate::harness::{
    User, World,
    authenticator::{Ceremony, Passkey},
};

fn without_password(world: &World, user: &User) {
    let id = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        diesel::update(people::table.find(id))
            .set(people::password_hash.eq(None::<String>))
            .execute(conn)?;
        Ok(())
    });
}

#[test]
fn they_are_listed_renamed_and_removed_by_their_owner_alone() {
    with_world(|world| {
        let (amal, basma) = (world.person("Amal"), world.person("Basma"));
        let mut passkey = add(&amal);
        let mine = amal.get(MINE).is(200).data()[0].clone();
        let path = format!("{MINE}/{}", mine["id"].as_str().unwrap());
        for stranger in [basma.patch(&path, json!({"name": "X"})), basma.delete(&path)] {
            stranger.problem(404, "not_found");
        }
        let renamed = amal.patch(&path, json!({"name": "My old phone"})).is(200);
        assert_eq!(
            (&renamed.json["name"], &renamed.json["version"]),
            (&json!("My old phone"), &json!(2))
        );
        let again = amal.patch(&path, json!({"name": "My old phone"})).is(200);
        assert_eq!(again.json["version"], json!(2));
        amal.with("If-Match", "\"1\"")
            .patch(&path, json!({"name": "X"}))
            .problem(412, "precondition_failed");
        amal.patch(&path, json!({"name": ""})).field("/name", "invalid");
        amal.patch(&path, json!({"public_key": "x"}))
            .field("/public_key", "unknown");
        log_in(world, &mut passkey).is(200);
        amal.delete(&path).is(204);
        amal.delete(&path).problem(404, "not_found");
        log_in(world, &mut passkey).problem(401, "invalid_passkey");
        assert!(amal.get(MINE).is(200).data().is_empty());
        let nobody = world.nobody();
        nobody.get(MINE).problem(401, "authentication_required");
        nobody.post(MINE, Value::Null).problem(401, "authentication_required");
    });
}

#[test]
fn adding_one_takes_a_log_in_of_the_last_hour() {
    with_world(|world| {
        let amal = world.person("Amal");
        let begun_in_time = begun(&amal);
        age(world, &amal, 61);
        amal.post(MINE, Value::Null).problem(403, "fresh_log_in_required");
        let mut passkey = Passkey::es256(&begun_in_time);
        confirm(&amal, Ceremony::registration(&begun_in_time).attest(&passkey)).is(201);
        // One that there is already is such a log-in.
        add(&session(world, &mut passkey));
    });
}

#[test]
fn their_owner_hears_of_them() {
    with_world(|world| {
        let amal = world.person("Amal");
        add(&amal);
        let id = amal.get(MINE).is(200).data()[0]["id"].as_str().unwrap().to_owned();
        amal.delete(&format!("{MINE}/{id}")).is(204);
        let subjects: Vec<String> = world.mail().into_iter().map(|letter| letter.subject).collect();
        assert_eq!(
            subjects,
            [
                "Your account has a new passkey",
                "A passkey of your account was removed"
            ]
        );
    });
}

#[test]
fn there_are_at_most_twenty() {
    with_world(|world| {
        let amal = world.person("Amal");
        let waiting = begun(&amal);
        for _ in 0..20 {
            add(&amal);
        }
        amal.post(MINE, Value::Null).problem(409, "too_many_passkeys");
        let credential = Ceremony::registration(&waiting).attest(&Passkey::es256(&waiting));
        confirm(&amal, credential).problem(409, "too_many_passkeys");
    });
}

#[test]
fn the_last_way_into_an_account_stays() {
    with_world(|world| {
        let amal = world.person("Amal");
        let mut passkey = add(&amal);
        add(&amal);
        without_password(world, &amal);
        let ids: Vec<String> = amal
            .get(MINE)
            .is(200)
            .data()
            .iter()
            .map(|one| one["id"].as_str().unwrap().into())
            .collect();
        amal.delete(&format!("{MINE}/{}", ids[1])).is(204);
        amal.delete(&format!("{MINE}/{}", ids[0])).problem(409, "last_way_in");
        log_in(world, &mut passkey).is(200);
    });
}

#[test]
fn no_program_adds_one() {
    with_world(|world| {
        let amal = world.person("Amal");
        let body = json!({"name": "Nightly", "scopes": ["read", "write"], "expires_on": Instant::now().date()});
        let token = amal.post("/v1/me/api-tokens", body).is(201).json["token"].clone();
        let program = world
            .nobody()
            .with("Authorization", &format!("Bearer {}", token.as_str().unwrap()));
        program.get(MINE).problem(403, "session_required");
        program.post(MINE, Value::Null).problem(403, "session_required");
        let options = begun(&amal);
        let credential = Ceremony::registration(&options).attest(&Passkey::es256(&options));
        let body = json!({"name": "My phone", "credential": credential});
        program.post(CONFIRM, body).problem(403, "session_required");
    });
}

#[test]
fn a_log_in_with_one_is_both_factors_for_a_campus() {
    with_world(|world| {
        let fac = world.fac(2, 1);
        let (campus, members) = (
            format!("/v1/campuses/{}", fac.campus),
            format!("/v1/campuses/{}/members", fac.campus),
        );
        let required = json!({"require_second_factor": true});
        let (mut organisers, mut facilitators) = (add(&fac.organiser), add(&fac.facilitator));
        // A passkey that was not shown is none.
        fac.organiser
            .patch(&campus, required.clone())
            .problem(403, "second_factor_required");
        session(world, &mut organisers).patch(&campus, required).is(200);
        fac.facilitator.get(&members).problem(403, "second_factor_required");
        session(world, &mut facilitators).get(&members).is(200);
        let facilitator = session(world, &mut facilitators);
        let body = json!({"name": "Nightly", "scopes": ["read"], "expires_on": Instant::now().date()});
        let token = facilitator.post("/v1/me/api-tokens", body).is(201).json["token"].clone();
        let program = world
            .nobody()
            .with("Authorization", &format!("Bearer {}", token.as_str().unwrap()));
        program.get(&members).problem(403, "second_factor_required");
    });
}

#[test]
fn what_is_sent_is_looked_at_field_by_field() {
    with_world(|world| {
        let amal = world.person("Amal");
        let options = begun(&amal);
        let credential = Ceremony::registration(&options).attest(&Passkey::es256(&options));
        let with_name = |name: Value| json!({"name": name, "credential": credential});
        amal.post(CONFIRM, with_name(json!("two\nlines")))
            .field("/name", "invalid");
        amal.post(CONFIRM, with_name(Value::Null)).field("/name", "invalid");
        let body = json!({"name": "X", "credential": credential, "person_id": "x"});
        amal.post(CONFIRM, body).field("/person_id", "unknown");
        amal.post(CONFIRM, json!({"name": "X"}))
            .field("/credential", "required");
        // None of that has used up the challenge.
        amal.post(CONFIRM, with_name(json!("My phone"))).is(201);
    });
}
