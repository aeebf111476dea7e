use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use diesel::prelude::*;
use peerled::{db::schema::people, primitives::Id};
use serde_json::json;

use crate::{harness::World, on_every_database};

const PASSWORD: &str = "weaver lamp orbit";

fn set_hash(world: &World, person: &str, hash: &str) {
    let (person, hash) = (Id::parse(person).unwrap(), hash.to_owned());
    world.db(move |conn| {
        diesel::update(people::table.find(person))
            .set(people::password_hash.eq(&hash))
            .execute(conn)?;
        Ok(())
    });
}

fn stored_hash(world: &World, person: &str) -> String {
    let person = Id::parse(person).unwrap();
    let hash: Option<String> =
        world.db(move |conn| Ok(people::table.find(person).select(people::password_hash).first(conn)?));
    hash.unwrap()
}

on_every_database! {
    fn a_hash_of_weaker_parameters_is_renewed_by_logging_in(world: World) {
        let amal = world.person("Amal");
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
        let salt = SaltString::generate(&mut OsRng);
        let weak = argon2.hash_password(PASSWORD.as_bytes(), &salt).unwrap().to_string();
        set_hash(&world, &amal.id, &weak);
        let log_in = |password: &str| {
            world.nobody().post("/v1/auth/login", json!({"email": amal.email, "password": password}))
        };
        log_in("weaver lamp orbits").problem(401, "invalid_credentials");
        assert_eq!(stored_hash(&world, &amal.id), weak);
        log_in(PASSWORD).is(200);
        let renewed = stored_hash(&world, &amal.id);
        assert!(renewed.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{renewed}");
        log_in(PASSWORD).is(200);
        assert_eq!(stored_hash(&world, &amal.id), renewed);
        log_in("weaver lamp orbits").problem(401, "invalid_credentials");
    }

    fn what_is_wrong_with_a_password_is_said_and_nothing_is_changed(world: World) {
        for (password, why) in [
            ("weaver lamp", "at least 12 characters"),
            (&*"x".repeat(129), "at most 128 characters"),
            ("P@ssw0rd2024", "common password"),
            ("amal.haddad2", "your name"),
        ] {
            let body = json!({"email": "amal.haddad@example.org", "name": "Amal", "password": password});
            let refused = world.nobody().post("/v1/people", body).field("/password", "invalid");
            let detail = refused.json["errors"][0]["detail"].as_str().unwrap();
            assert!(detail.contains(why), "{detail}");
        }
        assert_eq!(world.count_people(), 0);
    }
}
