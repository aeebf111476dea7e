//! What people show of themselves, what is told of many, a copy of one's own data, its erasure, and a copy of a campus's data.

mod campus_export;
mod diversity;
mod erasure;
mod export;
pub mod samples;
mod visibility;

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use diesel::prelude::*;
use peerled::{db::schema::people, primitives::Id};
use serde_json::json;
use ureq::http::Method;

use crate::harness::{User, World};

/// Somebody has their data erased.
pub fn erased(world: &World, user: &User) {
    set_password(world, user);
    let password = json!({ "password": PASSWORD });
    assert!(user.json(Method::DELETE, "/v1/me", password).status < 300);
}

pub const PASSWORD: &str = "weaver lamp orbit";

/// Of the password, made with little work.
static HASH: LazyLock<String> = LazyLock::new(|| {
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    let salt = SaltString::generate(&mut OsRng);
    argon2.hash_password(PASSWORD.as_bytes(), &salt).unwrap().to_string()
});

/// Gives somebody the password.
pub fn set_password(world: &World, user: &User) {
    let person = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        diesel::update(people::table.find(person))
            .set(people::password_hash.eq(HASH.as_str()))
            .execute(conn)?;
        Ok(())
    });
}
