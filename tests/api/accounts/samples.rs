//! A sample request for each operation; see `authz_matrix`.

use peerled::{
    accounts::{
        model::{CodePurpose, MailedCode},
        store,
    },
    primitives::{Email, Id, Instant, Line, Secret},
};
use serde_json::{Value, json};

use super::totp::code as app_code;
use crate::{
    authz_matrix::{Make::*, Role, Samples, Stage, at},
    campuses::second_factor::with_second_factor,
    harness::User,
};

const PASSWORD: &str = "weaver lamp orbit";

pub const SAMPLES: Samples = &[
    (
        "open_account",
        Again(|stage| {
            let email = format!("{}@example.org", stage.unique());
            at("/v1/people").json(json!({"email": email, "name": "X", "password": PASSWORD}))
        }),
    ),
    ("get_auth_methods", Once(|_| at("/v1/auth/methods"))),
    (
        "log_in",
        Once(|stage| at("/v1/auth/login").json(json!({"email": account(stage), "password": PASSWORD}))),
    ),
    (
        "refresh_session",
        Again(|stage| {
            let credentials = json!({"email": account(stage), "password": PASSWORD});
            let tokens = stage.world.nobody().post("/v1/auth/login", credentials).is(200);
            at("/v1/auth/refresh").json(json!({"refresh_token": tokens.json["refresh_token"]}))
        }),
    ),
    ("log_out", Once(|_| at("/v1/auth/logout"))),
    ("list_sessions", Once(|_| at("/v1/me/sessions"))),
    (
        "change_session",
        ForEach(|stage, role| at(another_session(stage, role)).json(json!({"name": "My laptop"}))),
    ),
    ("end_session", ForEach(|stage, role| at(another_session(stage, role)))),
    ("end_other_sessions", Once(|_| at("/v1/me/sessions"))),
    ("list_api_tokens", Once(|_| at("/v1/me/api-tokens"))),
    ("create_api_token", Once(|_| at("/v1/me/api-tokens").json(api_token()))),
    (
        "delete_api_token",
        ForEach(|stage, role| {
            let owner = role.user.as_ref().unwrap_or(&stage.home.organiser);
            let id = owner.post("/v1/me/api-tokens", api_token()).is(201).id();
            at(format!("/v1/me/api-tokens/{id}"))
        }),
    ),
    ("begin_totp", Once(|_| at("/v1/me/totp"))),
    (
        "confirm_totp",
        ForEach(|_, role| {
            let begun = role.client.post("/v1/me/totp", Value::Null).json;
            let code = begun["secret"].as_str().map(|secret| app_code(secret, 0));
            at("/v1/me/totp/confirmation").json(json!({"code": code.unwrap_or_default()}))
        }),
    ),
    (
        "remove_totp",
        ForEach(|stage, role| {
            set_password(stage, role);
            if let Some(user) = &role.user {
                user.post("/v1/me/totp", Value::Null).is(201);
            }
            at("/v1/me/totp").json(json!({"password": PASSWORD}))
        }),
    ),
    ("get_me", Once(|_| at("/v1/me"))),
    (
        "change_me",
        Once(|_| at("/v1/me").json(json!({"name": "Another Name"}))),
    ),
    (
        "verify_account",
        Again(|stage| {
            let email = format!("{}@example.org", stage.unique());
            at("/v1/people/verifications").json(json!({"code": code(stage, CodePurpose::Registration, &email, None)}))
        }),
    ),
    (
        "request_password_reset",
        Once(|stage| at("/v1/auth/password-resets").json(json!({"email": format!("{}@example.org", stage.unique())}))),
    ),
    (
        "reset_password",
        Again(|stage| {
            let code = code(stage, CodePurpose::PasswordReset, &account(stage), None);
            at("/v1/auth/password-resets/redemptions").json(json!({"code": code, "password": "copper fern violin"}))
        }),
    ),
    ("request_verification", Once(|_| at("/v1/me/verifications"))),
    (
        "verify_email",
        ForEach(|stage, caller| {
            let code = code(
                stage,
                CodePurpose::Verification,
                &email_of(caller),
                caller.user.as_ref(),
            );
            at("/v1/me/verifications/redemptions").json(json!({ "code": code }))
        }),
    ),
    (
        "change_password",
        ForEach(|stage, caller| {
            set_password(stage, caller);
            at("/v1/me/password").json(json!({"current_password": PASSWORD, "new_password": "copper fern violin"}))
        }),
    ),
    (
        "request_email_change",
        ForEach(|stage, caller| {
            set_password(stage, caller);
            let email = format!("{}@example.org", stage.unique());
            at("/v1/me/email-changes").json(json!({"email": email, "password": PASSWORD}))
        }),
    ),
    (
        "merge_accounts",
        ForEach(|stage, caller| {
            let other = account(stage);
            stage.world.prove(&other);
            if let Some(user) = &caller.user {
                stage.world.prove_address(user);
            }
            at("/v1/me/merges").json(json!({"email": other, "password": PASSWORD}))
        }),
    ),
    (
        "confirm_email_change",
        ForEach(|stage, caller| {
            let email = format!("{}@example.org", stage.unique());
            let code = code(stage, CodePurpose::EmailChange, &email, caller.user.as_ref());
            at("/v1/me/email-changes/redemptions").json(json!({ "code": code }))
        }),
    ),
    (
        "grant_password_reset",
        Again(|stage| at(stage.campus(&format!("/members/{}/password-resets", stage.member().id)))),
    ),
    (
        "remove_member_second_factor",
        Again(|stage| {
            let member = stage.member();
            with_second_factor(stage.world, &member);
            at(stage.campus(&format!("/members/{}/second-factor", member.id)))
        }),
    ),
];

fn api_token() -> Value {
    json!({"name": "Nightly report", "scopes": ["read"], "expires_on": Instant::now().date()})
}

/// The path of another session of whoever has the role; of somebody's for nobody.
fn another_session(stage: &Stage, role: &Role) -> String {
    let session = match &role.user {
        Some(user) => stage.world.begin_session(user),
        None => stage.world.begin_session(&stage.home.organiser),
    };
    format!("/v1/me/sessions/{session}")
}

/// The address of a new account with the password.
fn account(stage: &Stage) -> String {
    let email = format!("{}@example.org", stage.unique());
    let body = json!({"email": email, "name": "X", "password": PASSWORD});
    stage.world.nobody().post("/v1/people", body).is(201);
    email
}

/// A code as it would be mailed to this address.
fn code(stage: &Stage, purpose: CodePurpose, email: &str, user: Option<&User>) -> String {
    let (secret, now) = (Secret::new(), Instant::now());
    let is_new = purpose == CodePurpose::Registration;
    let code = MailedCode {
        id: Id::new(),
        purpose,
        code_hash: secret.hash,
        email: Email::parse(email).unwrap(),
        person_id: user.map(|user| Id::parse(&user.id).unwrap()),
        name: is_new.then(|| Line::parse("X").unwrap()),
        password_hash: is_new.then(|| "none".into()),
        created_at: now,
        expires_at: now.plus(chrono::TimeDelta::hours(1)),
        confirmed_at: None,
        voided_at: None,
        campus_id: None,
        language: None,
    };
    stage.world.db(move |conn| store::insert_code(conn, &code));
    secret.text
}

fn email_of(role: &Role) -> String {
    role.user
        .as_ref()
        .map_or_else(|| "nobody@example.org".into(), |user| user.email.clone())
}

/// Gives the caller the password; people of tests have none.
fn set_password(stage: &Stage, role: &Role) {
    if let Some(user) = &role.user {
        let id = Id::parse(&user.id).unwrap();
        let other = Email::parse(&account(stage)).unwrap();
        stage.world.db(move |conn| {
            let other = store::by_email(conn, &other)?.unwrap();
            store::set_password(conn, id, other.password_hash.as_deref(), Instant::now())
        });
    }
}
