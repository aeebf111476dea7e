//! A sample request for each operation; see `authz_matrix`.

use serde_json::{Value, json};

use super::totp::code;
use crate::authz_matrix::{Make::*, Role, Samples, Stage, at};

const PASSWORD: &str = "weaver lamp orbit";

pub const SAMPLES: Samples = &[
    (
        "open_account",
        Again(|stage| {
            let email = format!("{}@example.org", stage.unique());
            at("/v1/people").json(json!({"email": email, "name": "X", "password": PASSWORD}))
        }),
    ),
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
    ("begin_totp", Once(|_| at("/v1/me/totp"))),
    (
        "confirm_totp",
        ForEach(|_, role| {
            let begun = role.client.post("/v1/me/totp", Value::Null).json;
            let code = begun["secret"].as_str().map(|secret| code(secret, 0));
            at("/v1/me/totp/confirmation").json(json!({"code": code.unwrap_or_default()}))
        }),
    ),
    (
        "remove_totp",
        ForEach(|stage, role| {
            if let Some(user) = &role.user {
                stage.world.set_password(user, PASSWORD);
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
];

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
