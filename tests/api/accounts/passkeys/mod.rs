//! Passkeys, with an authenticator of our own.

mod ceremonies;
mod leaving;
mod owned;
mod refusals;
pub mod samples;

use serde_json::{Value, json};

use crate::harness::{
    Answer, Backend, Client, World,
    authenticator::{Ceremony, Passkey, with_passkeys},
};

pub const MINE: &str = "/v1/me/passkeys";
pub const CONFIRM: &str = "/v1/me/passkeys/confirmation";
pub const BEGIN: &str = "/v1/auth/passkeys";
pub const LOG_IN: &str = "/v1/auth/passkeys/log-ins";

/// Runs a test where passkeys can be made, on both databases.
fn with_world(test: impl Fn(&World)) {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        test(&World::start_with(backend, with_passkeys));
    }
}

/// What the caller's browser is asked for another passkey.
pub fn begun(client: &Client) -> Value {
    client.post(MINE, Value::Null).is(201).json
}

/// Adds a passkey of the caller's.
pub fn add(client: &Client) -> Passkey {
    let options = begun(client);
    let passkey = Passkey::es256(&options);
    confirm(client, Ceremony::registration(&options).attest(&passkey)).is(201);
    passkey
}

pub fn confirm(client: &Client, credential: Value) -> Answer {
    client.post(CONFIRM, json!({"name": "My phone", "credential": credential}))
}

/// What a browser is asked for a log-in.
pub fn asked(world: &World) -> Value {
    world.nobody().post(BEGIN, Value::Null).is(201).json
}

pub fn log_in(world: &World, passkey: &mut Passkey) -> Answer {
    let options = asked(world);
    send(world, Ceremony::log_in(&options, passkey).sign(passkey))
}

pub fn send(world: &World, credential: Value) -> Answer {
    world.nobody().post(LOG_IN, json!({ "credential": credential }))
}

/// Whoever has logged in.
fn session(world: &World, passkey: &mut Passkey) -> Client {
    let tokens = log_in(world, passkey).is(200);
    Client::new(&world.url, tokens.json["access_token"].as_str().map(Into::into))
}
