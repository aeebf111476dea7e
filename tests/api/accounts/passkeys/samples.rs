//! A sample request for each operation; see `authz_matrix`.

use diesel::prelude::*;
use peerled::{
    db::schema::passkeys,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{BEGIN, CONFIRM, LOG_IN, MINE, add, asked};
use crate::{
    authz_matrix::{Make::*, Role, Samples, Stage, at},
    harness::authenticator::{Ceremony, Passkey},
};

pub const SAMPLES: Samples = &[
    ("begin_passkey_log_in", Once(|_| at(BEGIN))),
    (
        "log_in_with_passkey",
        Again(|stage| {
            let mut passkey = add(&stage.world.person(&stage.unique()));
            let credential = Ceremony::log_in(&asked(stage.world), &mut passkey).sign(&passkey);
            at(LOG_IN).json(json!({ "credential": credential }))
        }),
    ),
    ("list_passkeys", Once(|_| at(MINE))),
    ("begin_passkey", Once(|_| at(MINE))),
    (
        "confirm_passkey",
        ForEach(|stage, role| {
            let asker = role.user.as_ref().unwrap_or(&stage.home.organiser);
            let options = asker.post(MINE, Value::Null).is(201).json;
            let credential = Ceremony::registration(&options).attest(&Passkey::es256(&options));
            at(CONFIRM).json(json!({"name": "My phone", "credential": credential}))
        }),
    ),
    (
        "change_passkey",
        ForEach(|stage, role| at(format!("{MINE}/{}", stored(stage, role))).json(json!({"name": "My old phone"}))),
    ),
    (
        "delete_passkey",
        ForEach(|stage, role| at(format!("{MINE}/{}", stored(stage, role)))),
    ),
];

/// A passkey of whoever asks.
fn stored(stage: &Stage, role: &Role) -> Id {
    let id = Id::new();
    if let Some(user) = &role.user {
        let person = Id::parse(&user.id).unwrap();
        stage.world.db(move |conn| {
            diesel::insert_into(passkeys::table)
                .values((
                    (passkeys::id.eq(id), passkeys::person_id.eq(person)),
                    passkeys::credential_id.eq(id.to_string()),
                    passkeys::user_handle.eq(person.to_string()),
                    passkeys::public_key.eq("none"),
                    passkeys::sign_count.eq(0),
                    passkeys::name.eq("My phone"),
                    passkeys::created_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
    }
    id
}
