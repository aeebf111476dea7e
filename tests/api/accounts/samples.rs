//! A sample request for each operation; see `authz_matrix`.

use serde_json::json;

use crate::authz_matrix::{Make::*, Samples, Stage, at};

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
    ("get_me", Once(|_| at("/v1/me"))),
    (
        "change_me",
        Once(|_| at("/v1/me").json(json!({"name": "Another Name"}))),
    ),
];

/// The address of a new account with the password.
fn account(stage: &Stage) -> String {
    let email = format!("{}@example.org", stage.unique());
    let body = json!({"email": email, "name": "X", "password": PASSWORD});
    stage.world.nobody().post("/v1/people", body).is(201);
    email
}
