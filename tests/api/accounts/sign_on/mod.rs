//! Single sign-on.

mod attempts;
mod away;
mod claims;
mod erasure;
mod github;
mod lies;
mod links;
mod log_in;
pub mod samples;
mod second_factor;

use serde_json::{Value, json};

use crate::harness::{
    Answer, Client, World,
    provider::{Back, PAGE, PROVIDER},
};

pub const LOG_IN: &str = "/v1/auth/sign-ons";
pub const LINK: &str = "/v1/me/sign-ons";

/// A sign-on that has begun at a provider: its URL there, and the body that redeems it with a code.
pub struct Begun {
    pub url: String,
    secret: Value,
}

/// Begins a log-in or a linking.
pub fn begin(client: &Client, path: &str, provider: &str) -> Begun {
    let begun = client
        .post(path, json!({"provider": provider, "return_to": PAGE}))
        .is(201)
        .json;
    Begun {
        url: begun["authorization_url"].as_str().unwrap().into(),
        secret: begun["secret"].clone(),
    }
}

impl Begun {
    /// What redeems it.
    pub fn with(&self, back: &Back) -> Value {
        json!({"state": back.state, "code": back.code, "secret": self.secret})
    }
}

/// Logs in at the school, which says what `change` makes of an honest token.
pub fn sign_on(world: &World, change: impl FnOnce(&mut Value)) -> Answer {
    let begun = begin(&world.nobody(), LOG_IN, "school");
    let back = PROVIDER.approve(&begun.url, change);
    redeem(world, begun.with(&back))
}

pub fn redeem(world: &World, body: Value) -> Answer {
    world.nobody().post("/v1/auth/sign-ons/redemptions", body)
}

/// Links an account at the school.
pub fn link(client: &Client, change: impl FnOnce(&mut Value)) -> Answer {
    let begun = begin(client, LINK, "school");
    let back = PROVIDER.approve(&begun.url, change);
    client.post("/v1/me/sign-ons/redemptions", begun.with(&back))
}

/// Whose tokens an answer holds.
pub fn bearer(world: &World, answer: &Answer) -> Client {
    Client::new(&world.url, answer.json["access_token"].as_str().map(Into::into))
}
