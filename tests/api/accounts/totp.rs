//! Second factors.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{people, recovery_codes, second_factors},
    primitives::{Id, Instant},
};
use ring::hmac;
use serde_json::{Value, json};

use crate::{
    harness::{Answer, Backend, Client, World},
    on_every_database,
};

/// What an authenticator app shows so many steps from now (RFC 6238).
pub fn code(secret: &str, ahead: i64) -> String {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for letter in secret.bytes() {
        let place = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
            .iter()
            .position(|one| *one == letter)
            .unwrap();
        (bits, count) = ((bits << 5) | u32::try_from(place).unwrap(), count + 5);
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap());
        }
    }
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &bytes);
    let tag = hmac::sign(&key, &(Instant::now().unix_seconds() / 30 + ahead).to_be_bytes());
    let at = usize::from(tag.as_ref()[19] & 0xf);
    let number = u32::from_be_bytes(tag.as_ref()[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

fn log_in(world: &World, otp: Option<&str>) -> Answer {
    let mut body = json!({"email": "amal@example.org", "password": "weaver lamp orbit"});
    if let Some(otp) = otp {
        body["otp"] = json!(otp);
    }
    world.nobody().post("/v1/auth/login", body)
}

/// Switches a second factor on with the code that the app showed last, so that the one it shows now is still good. Where
/// the next one comes in between, that is too old.
pub fn confirm(client: &Client, secret: &str) -> Answer {
    let send = || client.post("/v1/me/totp/confirmation", json!({"code": code(secret, -1)}));
    let first = send();
    match first.status {
        422 => send().is(200),
        _ => first.is(200),
    }
}

/// Somebody with a second factor: logged in, with the secret and the recovery codes.
struct Amal {
    client: Client,
    secret: String,
    recovery_codes: Vec<String>,
}

fn amal(world: &World) -> Amal {
    let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
    world.nobody().post("/v1/people", account).is(201);
    let token = log_in(world, None).is(200).json["access_token"]
        .as_str()
        .map(Into::into);
    let client = Client::new(&world.url, token);
    let secret = client.post("/v1/me/totp", Value::Null).is(201).json["secret"]
        .as_str()
        .unwrap()
        .to_owned();
    let confirmed = confirm(&client, &secret);
    let codes = confirmed.json["recovery_codes"].as_array().unwrap();
    Amal {
        recovery_codes: codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect(),
        client,
        secret,
    }
}

fn wrong_codes(world: &World) -> i32 {
    world.db(|conn| Ok(second_factors::table.select(second_factors::wrong_codes).first(conn)?))
}

fn set_back_the_last_wrong_code(world: &World, seconds: i64) {
    world.db(move |conn| {
        let then = Instant::now().plus(-TimeDelta::seconds(seconds));
        diesel::update(second_factors::table)
            .set(second_factors::wrong_at.eq(then))
            .execute(conn)?;
        Ok(())
    });
}

on_every_database! {
    fn is_set_up_with_an_app_and_asked_for_from_its_first_code_on(world: World) {
        let account = json!({"email": "amal@example.org", "name": "Amal", "password": "weaver lamp orbit"});
        world.nobody().post("/v1/people", account).is(201);
        let token = log_in(&world, None).is(200).json["access_token"].as_str().map(Into::into);
        let client = Client::new(&world.url, token);
        client.post("/v1/me/totp/confirmation", json!({"code": "123456"})).problem(409, "conflict");
        let unused = client.post("/v1/me/totp", Value::Null).is(201);
        let begun = client.post("/v1/me/totp", Value::Null).is(201);
        assert_ne!(unused.json["secret"], begun.json["secret"]);
        let secret = begun.json["secret"].as_str().unwrap();
        let url = begun.json["otpauth_url"].as_str().unwrap();
        assert!(url.starts_with("otpauth://totp/peerled.test:amal%40example.org?"), "{url}");
        assert!(url.contains(&format!("secret={secret}&")), "{url}");
        // Until then nothing has changed.
        log_in(&world, None).is(200);
        assert_eq!(client.get("/v1/me").is(200).json["second_factor"], false);
        for wrong in ["000000", "12345", "", &code(unused.json["secret"].as_str().unwrap(), 0)] {
            client.post("/v1/me/totp/confirmation", json!({"code": wrong})).field("/code", "wrong");
        }
        let confirmed = client.post("/v1/me/totp/confirmation", json!({"code": code(secret, 0)})).is(200);
        assert_eq!(confirmed.json["recovery_codes"].as_array().unwrap().len(), 10);
        assert_eq!(client.get("/v1/me").is(200).json["second_factor"], true);
        client.post("/v1/me/totp", Value::Null).problem(409, "conflict");
        client.post("/v1/me/totp/confirmation", json!({"code": code(secret, 1)})).problem(409, "conflict");
        log_in(&world, None).problem(401, "otp_required");
        log_in(&world, Some(&code(secret, 1))).is(200);
    }

    fn says_nothing_before_the_password_is_right(world: World) {
        let amal = amal(&world);
        let attempt = |body: Value| {
            let mut refused = world.nobody().post("/v1/auth/login", body).problem(401, "invalid_credentials");
            refused.json["request_id"] = Value::Null;
            refused.json
        };
        let wrong = attempt(json!({"email": "amal@example.org", "password": "not the password"}));
        let with_code = json!({"email": "amal@example.org", "password": "not the password", "otp": code(&amal.secret, 0)});
        assert_eq!(attempt(with_code), wrong);
        assert_eq!(attempt(json!({"email": "nobody@example.org", "password": "weaver lamp orbit"})), wrong);
        // Nor is the code used up.
        log_in(&world, Some(&code(&amal.secret, 0))).is(200);
    }

    fn each_code_is_good_once(world: World) {
        let amal = amal(&world);
        let shown = code(&amal.secret, 0);
        log_in(&world, Some(&shown)).is(200);
        log_in(&world, Some(&shown)).problem(401, "invalid_otp");
        let codes = &amal.recovery_codes;
        log_in(&world, Some(&codes[0])).is(200);
        log_in(&world, Some(&codes[0])).problem(401, "invalid_otp");
        log_in(&world, Some(&codes[1].replace('-', "").to_uppercase())).is(200);
        assert_eq!(amal.client.get("/v1/me").is(200).json["recovery_codes_left"], 8);
        assert_eq!(world.person("Basma").get("/v1/me").is(200).json["recovery_codes_left"], Value::Null);
        let ten: std::collections::BTreeSet<&String> = codes.iter().collect();
        assert_eq!(ten.len(), 10);
        let stored: Vec<String> = world.db(|conn| Ok(recovery_codes::table.select(recovery_codes::code_hash).load(conn)?));
        assert_eq!(stored.len(), 8);
        assert!(codes.iter().all(|code| !stored.iter().any(|hash| hash.contains(&code.replace('-', "")))));
    }

    fn the_same_code_at_once_lets_one_in(world: World) {
        let amal = amal(&world);
        let shown = code(&amal.secret, 0);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let asked: Vec<_> = (0..4).map(|_| scope.spawn(|| log_in(&world, Some(&shown)).status)).collect();
            asked.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 401].contains(status)), "{statuses:?}");
    }

    fn guessing_is_slowed_down_and_a_recovery_code_always_counts(world: World) {
        let amal = amal(&world);
        for _ in 0..5 {
            log_in(&world, Some("000000")).problem(401, "invalid_otp");
        }
        let wait = log_in(&world, Some(&code(&amal.secret, 0))).problem(429, "too_many_requests");
        let seconds: u32 = wait.header("retry-after").parse().unwrap();
        assert!((25..=30).contains(&seconds), "{seconds}");
        assert_eq!(wrong_codes(&world), 5, "who waits is not counted");
        log_in(&world, Some(&amal.recovery_codes[0])).is(200);
        set_back_the_last_wrong_code(&world, 30);
        log_in(&world, Some("aaaa-bbbb-cccc-dddd")).problem(401, "invalid_otp");
        log_in(&world, Some(&code(&amal.secret, 0))).problem(429, "too_many_requests");
        set_back_the_last_wrong_code(&world, 60);
        log_in(&world, Some(&code(&amal.secret, 0))).is(200);
        assert_eq!(wrong_codes(&world), 0);
    }

    fn is_removed_with_password_and_code(world: World) {
        let amal = amal(&world);
        let remove = |body: Value| amal.client.json(ureq::http::Method::DELETE, "/v1/me/totp", body);
        remove(json!({"password": "not the password", "otp": code(&amal.secret, 0)})).field("/password", "wrong");
        remove(json!({"password": "weaver lamp orbit"})).problem(401, "otp_required");
        remove(json!({"password": "weaver lamp orbit", "otp": "000000"})).problem(401, "invalid_otp");
        log_in(&world, None).problem(401, "otp_required");
        remove(json!({"password": "weaver lamp orbit", "otp": amal.recovery_codes[3]})).is(204);
        assert_eq!(amal.client.get("/v1/me").is(200).json["second_factor"], false);
        log_in(&world, None).is(200);
        log_in(&world, Some(&amal.recovery_codes[4])).is(200);
        remove(json!({"password": "weaver lamp orbit"})).problem(404, "not_found");
        let left: i64 = world.db(|conn| Ok(recovery_codes::table.count().get_result(conn)?));
        assert_eq!(left, 0);
    }

    fn is_removed_with_a_code_where_there_is_no_password(world: World) {
        let amal = amal(&world);
        world.db(|conn| {
            let amal = people::table.filter(people::email.eq("amal@example.org"));
            diesel::update(amal).set(people::password_hash.eq(None::<String>)).execute(conn)?;
            Ok(())
        });
        let remove = |body: Value| amal.client.json(ureq::http::Method::DELETE, "/v1/me/totp", body);
        remove(json!({})).field("/sign_on", "required");
        remove(json!({"otp": "000000"})).problem(401, "invalid_otp");
        remove(json!({"otp": amal.recovery_codes[3]})).is(204);
        assert_eq!(amal.client.get("/v1/me").is(200).json["second_factor"], false);
    }

    fn secrets_are_stored_encrypted_and_for_one_person(world: World) {
        let amal = amal(&world);
        let stored: String = world.db(|conn| Ok(second_factors::table.select(second_factors::secret).first(conn)?));
        assert!(!stored.contains(&amal.secret));
        let basma = Id::parse(&world.person("Basma").id).unwrap();
        let person: Id = world.db(|conn| Ok(second_factors::table.select(second_factors::person_id).first(conn)?));
        let vault = &world.state.vault;
        assert_eq!(vault.open_sealed(person, &stored).unwrap().len(), 20);
        assert_eq!(vault.open_sealed(basma, &stored), None, "a row moved to somebody else");
    }

    fn survives_a_restart(world: World) {
        let mut world = world;
        let amal = amal(&world);
        world.restart();
        log_in(&world, Some(&code(&amal.secret, 0))).is(200);
    }
}

/// Whoever knows the password and guesses codes is also slowed down by network, like whoever guesses passwords.
#[test]
fn wrong_codes_count_as_guesses() {
    let world = World::start_with(Backend::Sqlite, |settings| settings.rate_limit = Some("on".into()));
    amal(&world);
    let statuses: Vec<u16> = (0..12).map(|_| log_in(&world, None).status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
}
