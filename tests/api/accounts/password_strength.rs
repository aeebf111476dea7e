use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, Version,
    password_hash::{SaltString, rand_core::OsRng},
};
use diesel::prelude::*;
use peerled::{db::schema::people, primitives::Id, students::model::EnrolmentStatus};
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

    fn the_names_of_ones_campuses_and_cohorts_make_it_weak(world: World) {
        let fac = world.campus_with_cohort("zorvath-klimpe", 1, 0);
        let student = world.person("Amal");
        world.enrol(&fac, &student, EnrolmentStatus::Enrolled);
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let salt = SaltString::generate(&mut OsRng);
        set_hash(&world, &student.id, &argon2.hash_password(PASSWORD.as_bytes(), &salt).unwrap().to_string());
        let change = |password: &str| {
            student.put("/v1/me/password", json!({"current_password": PASSWORD, "new_password": password}))
        };
        let granted = format!("/v1/campuses/{}/members/{}/password-resets", fac.campus, student.id);
        let code = fac.organiser.post(&granted, json!(null)).is(201).json["code"].clone();
        let reset = |password: &str| {
            world.nobody().post("/v1/auth/password-resets/redemptions", json!({"code": code, "password": password}))
        };
        // Of the campus and the cohort, and of the service: http://peerled.test
        for weak in ["zorvath-klimpe", "Zorvathklimpe1", "peerled.test1"] {
            let detail = change(weak).field("/new_password", "invalid").json["detail"].to_string();
            assert!(detail.contains("your campus or a word of this service"), "{detail}");
            reset(weak).field("/password", "invalid");
        }
        // Whoever belongs elsewhere may.
        let stranger = json!({"email": "st@example.org", "name": "Stranger", "password": "zorvath-klimpe"});
        world.nobody().post("/v1/people", stranger).is(201);
        let invited = json!({"email": "new@example.org", "name": "New"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), invited).is(202);
        let letter = world.mail().pop().unwrap().body;
        let invitation = letter.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        let account = |password: &str| {
            let body = json!({"email": "new@example.org", "name": "New", "password": password, "invitation": invitation});
            world.nobody().post("/v1/people", body)
        };
        account("zorvath-klimpe").field("/password", "invalid");
        account(PASSWORD).is(201);
        reset("copper fern violin").is(204);
    }
}
