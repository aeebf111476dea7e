//! What takes a mailed code: opening an account, getting back in, another address.

use peerled::{mail::Message, primitives::Instant};
use serde_json::{Value, json};

use super::totp::{code as otp, confirm};
use crate::harness::{Answer, Backend, Client, World};

pub(super) const PASSWORD: &str = "weaver lamp orbit";
pub(super) const OTHER: &str = "copper fern violin";

/// Runs a test where mail is sent, to a mail server that is never there, so that the letters can be read.
pub(super) fn with_mail(test: impl Fn(&World)) {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        test(&World::start_with(backend, |settings| {
            settings.smtp_url = Some("smtp://127.0.0.1:9".into());
        }));
    }
}

pub(super) fn letters(world: &World, email: &str) -> Vec<Message> {
    let mut mail = world.mail();
    mail.retain(|message| message.recipient == email);
    mail
}

/// The code of the newest letter to an address, if it has one.
pub(super) fn code(world: &World, email: &str) -> Option<String> {
    let letter = letters(world, email).pop()?;
    let line = letter.body.lines().find(|line| line.starts_with("    "))?;
    Some(line.trim().to_owned())
}

pub(super) fn register(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "name": "Amal", "password": password});
    world.nobody().post("/v1/people", body)
}

pub(super) fn redeem(world: &World, code: &str) -> Answer {
    world.nobody().post("/v1/people/verifications", json!({ "code": code }))
}

fn log_in(world: &World, email: &str, password: &str) -> Answer {
    let body = json!({"email": email, "password": password});
    world.nobody().post("/v1/auth/login", body)
}

/// A caller with the session of a log-in.
pub(super) fn session(world: &World, email: &str, password: &str) -> crate::harness::Client {
    let tokens = log_in(world, email, password).is(200);
    world.nobody().with(
        "Authorization",
        &format!("Bearer {}", tokens.json["access_token"].as_str().unwrap()),
    )
}

/// An account whose address is proved.
pub(super) fn account(world: &World, email: &str) {
    register(world, email, PASSWORD).is(202);
    redeem(world, &code(world, email).unwrap()).is(201);
}

pub(super) fn ask_reset(world: &World, email: &str) {
    world
        .nobody()
        .post("/v1/auth/password-resets", json!({ "email": email }))
        .is(202);
}

pub(super) fn reset(world: &World, code: &str, password: &str) -> Answer {
    let body = json!({"code": code, "password": password});
    world.nobody().post("/v1/auth/password-resets/redemptions", body)
}

#[test]
fn an_account_exists_once_its_code_is_redeemed() {
    with_mail(|world| {
        let pending = register(world, "amal@example.org", PASSWORD).is(202);
        assert_eq!(pending.json["email"], "amal@example.org");
        log_in(world, "amal@example.org", PASSWORD).problem(401, "invalid_credentials");
        let sent = code(world, "amal@example.org").unwrap();
        redeem(world, "no such code").field("/code", "not_found");
        let opened = redeem(world, &sent).is(201);
        assert_eq!(
            (&opened.json["verified"], &opened.json["name"]),
            (&json!(true), &json!("Amal"))
        );
        redeem(world, &sent).field("/code", "not_found");
        log_in(world, "amal@example.org", PASSWORD).is(200);
    });
}

#[test]
fn whoever_asks_for_the_same_address_does_not_choose_its_password() {
    with_mail(|world| {
        register(world, "wanda@example.org", PASSWORD).is(202);
        register(world, "wanda@example.org", "mallory violet trams").is(202);
        let newest = code(world, "wanda@example.org").unwrap();
        redeem(world, &newest).field("/password", "required");
        let with = |password: &str| {
            let body = json!({"code": newest, "password": password});
            world.nobody().post("/v1/people/verifications", body)
        };
        with("short").field("/password", "invalid");
        with(PASSWORD).is(201);
        log_in(world, "wanda@example.org", "mallory violet trams").problem(401, "invalid_credentials");
        log_in(world, "wanda@example.org", PASSWORD).is(200);
        let first = letters(world, "wanda@example.org").remove(0);
        let line = first.body.lines().find(|line| line.starts_with("    ")).unwrap();
        redeem(world, line.trim()).field("/code", "not_found");
    });
}

#[test]
fn an_address_that_is_taken_is_answered_like_any_other() {
    with_mail(|world| {
        account(world, "amal@example.org");
        let fresh = register(world, "basma@example.org", PASSWORD).is(202);
        let taken = register(world, "amal@example.org", OTHER).is(202);
        let but_for_itself = |answer: &Answer| {
            let keys: Vec<&String> = answer.json.as_object().unwrap().keys().collect();
            format!("{keys:?}")
        };
        assert_eq!(but_for_itself(&fresh), but_for_itself(&taken));
        let letter = letters(world, "amal@example.org").pop().unwrap();
        assert_eq!(letter.subject, "You already have an account");
        assert_eq!(code(world, "amal@example.org"), None);
        log_in(world, "amal@example.org", PASSWORD).is(200);
    });
}

#[test]
fn who_proves_an_address_gets_the_account_of_whoever_only_claimed_it() {
    with_mail(|world| {
        // From before there was a mail server.
        let squatter = world.person("Amal");
        assert_eq!(squatter.get("/v1/me").is(200).json["verified"], false);
        let usual = world.person("Basma");
        let settings = ["/v1/me/visibility", "/v1/me/notification-settings"];
        let shown = json!({"email": "network", "github": "network", "time_zone": "network"});
        squatter.patch(settings[0], shown).is(200);
        squatter
            .patch(settings[1], json!({"teams": {"mail": "at_once"}}))
            .is(200);
        register(world, &squatter.email, PASSWORD).is(202);
        squatter.get("/v1/me").is(200);
        let opened = redeem(world, &code(world, &squatter.email).unwrap()).is(201);
        assert_eq!(opened.json["id"], squatter.id);
        squatter.get("/v1/me").problem(401, "invalid_token");
        let owner = session(world, &squatter.email, PASSWORD);
        for path in settings {
            let without_version = |who: &Client| {
                let mut chosen = who.get(path).is(200).json;
                chosen.as_object_mut().unwrap().remove("version");
                chosen
            };
            assert_eq!(
                without_version(&owner),
                without_version(&usual),
                "nothing is left of what was chosen before"
            );
        }
    });
}

#[test]
fn a_forgotten_password_is_replaced_by_code() {
    with_mail(|world| {
        account(world, "amal@example.org");
        let before = session(world, "amal@example.org", PASSWORD);
        let token =
            json!({"name": "script", "scopes": ["read"], "expires_on": Instant::now().date() + chrono::Days::new(9)});
        let token = before.post("/v1/me/api-tokens", token).is(201).json["token"].clone();
        let script = world
            .nobody()
            .with("Authorization", &format!("Bearer {}", token.as_str().unwrap()));
        script.get("/v1/campuses").is(200);
        ask_reset(world, "amal@example.org");
        let sent = code(world, "amal@example.org").unwrap();
        reset(world, &sent, "short").field("/password", "invalid");
        reset(world, &sent, "amal@example.org").field("/password", "invalid");
        reset(world, "no such code", OTHER).field("/code", "not_found");
        before.get("/v1/me").is(200);
        reset(world, &sent, OTHER).is(204);
        script.get("/v1/campuses").problem(401, "invalid_token");
        before.get("/v1/me").problem(401, "invalid_token");
        reset(world, &sent, PASSWORD).field("/code", "not_found");
        log_in(world, "amal@example.org", PASSWORD).problem(401, "invalid_credentials");
        log_in(world, "amal@example.org", OTHER).is(200);
        let told = letters(world, "amal@example.org").pop().unwrap();
        assert_eq!(told.subject, "You have a new password");
    });
}

#[test]
fn a_second_factor_outlives_a_reset_until_an_organiser_removes_it() {
    with_mail(|world| {
        let fac = world.fac(1, 1);
        account(world, "amal@example.org");
        world.prove("amal@example.org");
        let amal = session(world, "amal@example.org", PASSWORD);
        let campus = format!("/v1/campuses/{}", fac.campus);
        amal.put(&format!("{campus}/members/me"), Value::Null).is(204);
        let id = amal.get("/v1/me").is(200).id();
        let factor = format!("{campus}/members/{id}/second-factor");
        fac.organiser.delete(&factor).problem(404, "not_found");
        // Somebody who knows the password sets one up.
        let thief = session(world, "amal@example.org", PASSWORD);
        let secret = thief.post("/v1/me/totp", Value::Null).is(201).json["secret"].clone();
        confirm(&thief, secret.as_str().unwrap());
        ask_reset(world, "amal@example.org");
        reset(world, &code(world, "amal@example.org").unwrap(), OTHER).is(204);
        let told = letters(world, "amal@example.org").pop().unwrap();
        assert!(
            told.body
                .contains("takes a code of the authenticator app that was set up at this time"),
            "{}",
            told.body
        );
        assert!(told.body.contains("tell the staff of your campus"), "{}", told.body);
        // Whoever only reads the mail does not get in.
        log_in(world, "amal@example.org", OTHER).problem(401, "otp_required");
        fac.facilitator.delete(&factor).problem(403, "forbidden");
        fac.students[0].delete(&factor).problem(403, "forbidden");
        let elsewhere = world.campus_with_cohort("elsewhere", 1, 0);
        let there = format!("/v1/campuses/{}/members/{id}/second-factor", elsewhere.campus);
        elsewhere.organiser.delete(&there).problem(404, "not_found");
        let code = otp(secret.as_str().unwrap(), 1);
        let body = json!({"email": "amal@example.org", "password": OTHER, "otp": code});
        let tokens = world.nobody().post("/v1/auth/login", body).is(200);
        let inside = Client::new(&world.url, tokens.json["access_token"].as_str().map(Into::into));
        fac.organiser.delete(&factor).is(204);
        inside.get("/v1/me").problem(401, "invalid_token");
        log_in(world, "amal@example.org", OTHER).is(200);
        let told = letters(world, "amal@example.org").pop().unwrap();
        assert_eq!(told.subject, "The second factor of your account was removed");
        fac.organiser.delete(&factor).problem(404, "not_found");
        // For somebody who is more than a member, whoever runs the service does it.
        let known_elsewhere = session(world, "amal@example.org", OTHER);
        known_elsewhere
            .put(&format!("/v1/campuses/{}/members/me", elsewhere.campus), Value::Null)
            .is(204);
        let refused = fac.organiser.delete(&factor).problem(409, "conflict");
        assert!(refused.text.contains("peerled reset-second-factor"), "{}", refused.text);
    });
}

#[test]
fn of_many_who_redeem_one_code_at_once_one_does() {
    with_mail(|world| {
        account(world, "amal@example.org");
        ask_reset(world, "amal@example.org");
        let sent = code(world, "amal@example.org").unwrap();
        let redeemed: usize = std::thread::scope(|scope| {
            let all: Vec<_> = (0..12)
                .map(|_| scope.spawn(|| reset(world, &sent, OTHER).status))
                .collect();
            let statuses = all.into_iter().map(|one| one.join().unwrap());
            statuses.filter(|status| *status == 204).count()
        });
        assert_eq!(redeemed, 1);
    });
}

#[test]
fn resets_tell_nobody_who_has_an_account_and_bury_nobody_in_mail() {
    with_mail(|world| {
        ask_reset(world, "nobody@example.org");
        assert!(letters(world, "nobody@example.org").is_empty());
        account(world, "amal@example.org");
        for _ in 0..8 {
            ask_reset(world, "amal@example.org");
        }
        let resets = letters(world, "amal@example.org")
            .into_iter()
            .filter(|letter| letter.subject == "A new password");
        assert_eq!(resets.count(), 5);
    });
}

#[test]
fn a_code_is_good_for_its_purpose_only() {
    with_mail(|world| {
        account(world, "amal@example.org");
        ask_reset(world, "amal@example.org");
        let sent = code(world, "amal@example.org").unwrap();
        redeem(world, &sent).field("/code", "not_found");
        let amal = session(world, "amal@example.org", PASSWORD);
        amal.post("/v1/me/email-changes/redemptions", json!({ "code": sent }))
            .field("/code", "not_found");
        register(world, "basma@example.org", PASSWORD).is(202);
        reset(world, &code(world, "basma@example.org").unwrap(), OTHER).field("/code", "not_found");
    });
}

#[test]
fn a_new_address_is_confirmed_at_both() {
    with_mail(|world| {
        account(world, "amal@example.org");
        let amal = session(world, "amal@example.org", PASSWORD);
        let body = |password: &str| json!({"email": "haddad@example.org", "password": password});
        amal.post("/v1/me/email-changes", body("not the password"))
            .field("/password", "wrong");
        let asked = amal.post("/v1/me/email-changes", body(PASSWORD)).is(202);
        let waits = |answer: &Answer| {
            (
                answer.json["waits_for_new"] == true,
                answer.json["waits_for_current"] == true,
            )
        };
        assert_eq!(waits(&asked), (true, true));
        let [new, current] = ["haddad@example.org", "amal@example.org"].map(|to| code(world, to).unwrap());
        let confirm = |code: &str| amal.post("/v1/me/email-changes/redemptions", json!({ "code": code }));
        // Somebody else's session is no good.
        account(world, "basma@example.org");
        let basma = session(world, "basma@example.org", PASSWORD);
        basma
            .post("/v1/me/email-changes/redemptions", json!({ "code": new }))
            .field("/code", "not_found");
        assert_eq!(waits(&confirm(&new).is(202)), (false, true));
        assert_eq!(amal.get("/v1/me").is(200).json["email"], "amal@example.org");
        confirm(&new).field("/code", "not_found");
        assert_eq!(waits(&confirm(&current).is(200)), (false, false));
        let me = amal.get("/v1/me").is(200).json;
        assert_eq!(
            (&me["email"], &me["verified"]),
            (&json!("haddad@example.org"), &json!(true))
        );
        log_in(world, "haddad@example.org", PASSWORD).is(200);
        log_in(world, "amal@example.org", PASSWORD).problem(401, "invalid_credentials");
        assert_eq!(
            letters(world, "amal@example.org").pop().unwrap().subject,
            "Your account has another address"
        );
    });
}

#[test]
fn the_address_of_another_account_shows_only_to_who_has_it() {
    with_mail(|world| {
        account(world, "amal@example.org");
        account(world, "basma@example.org");
        let amal = session(world, "amal@example.org", PASSWORD);
        let body = json!({"email": "basma@example.org", "password": PASSWORD});
        amal.post("/v1/me/email-changes", body).is(202);
        let [new, current] = ["basma@example.org", "amal@example.org"].map(|to| code(world, to).unwrap());
        amal.post("/v1/me/email-changes/redemptions", json!({ "code": current }))
            .is(202);
        amal.post("/v1/me/email-changes/redemptions", json!({ "code": new }))
            .problem(409, "email_taken");
        log_in(world, "basma@example.org", PASSWORD).is(200);
    });
}

#[test]
fn an_account_from_before_the_mail_server_verifies_its_address() {
    with_mail(|world| {
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.person(name));
        amal.post("/v1/me/verifications", Value::Null).is(202);
        let sent = json!({ "code": code(world, &amal.email).unwrap() });
        basma
            .post("/v1/me/verifications/redemptions", sent.clone())
            .field("/code", "not_found");
        assert_eq!(
            amal.post("/v1/me/verifications/redemptions", sent).is(200).json["verified"],
            true
        );
        amal.post("/v1/me/verifications", Value::Null).problem(409, "conflict");
    });
}
