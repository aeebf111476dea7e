//! A sample request for each operation; see `authz_matrix`.

use diesel::prelude::*;
use peerled::{
    db::schema::sign_ons,
    primitives::{Id, Instant},
};
use serde_json::json;

use super::{LINK, LOG_IN, begin};
use crate::{
    authz_matrix::{Make::*, Role, Samples, Stage, at},
    harness::provider::{PAGE, PROVIDER},
};

pub const SAMPLES: Samples = &[
    ("list_sign_on_providers", Once(|_| at("/v1/auth/providers"))),
    (
        "begin_sign_on",
        Once(|_| at(LOG_IN).json(json!({"provider": "school", "return_to": PAGE}))),
    ),
    (
        "redeem_sign_on",
        Again(|stage| {
            let begun = begin(&stage.world.nobody(), LOG_IN, "school");
            let who = stage.unique();
            let back = PROVIDER.approve(&begun.url, |claims| {
                (claims["sub"], claims["email"]) = (json!(who), json!(format!("{who}@example.org")));
            });
            at("/v1/auth/sign-ons/redemptions").json(begun.with(&back))
        }),
    ),
    ("list_my_sign_ons", Once(|_| at(LINK))),
    (
        "begin_sign_on_link",
        Once(|_| at(LINK).json(json!({"provider": "school", "return_to": PAGE}))),
    ),
    (
        "redeem_sign_on_link",
        ForEach(|stage, role| {
            let path = if role.user.is_some() { LINK } else { LOG_IN };
            let begun = begin(&role.client, path, "school");
            let who = stage.unique();
            let back = PROVIDER.approve(&begun.url, |claims| claims["sub"] = json!(who));
            at("/v1/me/sign-ons/redemptions").json(begun.with(&back))
        }),
    ),
    (
        "delete_my_sign_on",
        ForEach(|stage, role| at(format!("{LINK}/{}", linked(stage, role)))),
    ),
];

/// An account elsewhere that this one logs in with.
fn linked(stage: &Stage, role: &Role) -> Id {
    let id = Id::new();
    if let Some(user) = &role.user {
        let person = Id::parse(&user.id).unwrap();
        stage.world.db(move |conn| {
            let now = Instant::now();
            diesel::insert_into(sign_ons::table)
                .values((
                    sign_ons::id.eq(id),
                    sign_ons::person_id.eq(person),
                    sign_ons::provider.eq("https://login.example.org"),
                    sign_ons::subject.eq(id.to_string()),
                    (sign_ons::created_at.eq(now), sign_ons::last_used_at.eq(now)),
                ))
                .execute(conn)?;
            Ok(())
        });
    }
    id
}
