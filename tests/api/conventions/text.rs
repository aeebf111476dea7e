//! Text is brought into one form before it is looked at, kept and compared.

use serde_json::json;

use crate::{
    harness::{Answer, World},
    on_every_database,
};

const PASSWORD: &str = "weaver lamp orbit";

fn register(world: &World, email: &str, password: &str) -> Answer {
    let account = json!({"email": email, "name": "X", "password": password});
    world.nobody().post("/v1/people", account)
}

fn log_in(world: &World, email: &str, password: &str) -> Answer {
    world
        .nobody()
        .post("/v1/auth/login", json!({"email": email, "password": password}))
}

on_every_database! {
    fn an_address_in_letters_and_in_punycode_is_one(world: World) {
        register(&world, "amal@ex\u{e4}mple.org", PASSWORD).is(201);
        register(&world, "amal@xn--exmple-cua.org", PASSWORD).problem(409, "email_taken");
        register(&world, "AMAL@exa\u{308}mple.ORG", PASSWORD).problem(409, "email_taken");
        for spelling in ["amal@xn--exmple-cua.org", "Amal@EX\u{c4}MPLE.org"] {
            log_in(&world, spelling, PASSWORD).is(200);
        }
    }

    /// An earlier version kept the domain as it was written.
    fn an_account_with_its_domain_in_punycode_is_found(world: World) {
        let id = peerled::primitives::Id::parse(&register(&world, "amal@ex\u{e4}mple.org", PASSWORD).is(201).id()).unwrap();
        world.state.db.write_blocking(move |conn| {
            use diesel::prelude::*;
            use peerled::db::schema::people;
            diesel::update(people::table.find(id)).set(people::email.eq("amal@xn--exmple-cua.org")).execute(conn)?;
            Ok(())
        }).unwrap();
        log_in(&world, "amal@xn--exmple-cua.org", PASSWORD).is(200);
        register(&world, "amal@ex\u{e4}mple.org", PASSWORD).problem(409, "email_taken");
    }

    fn a_password_is_the_same_however_it_was_typed(world: World) {
        register(&world, "amal@example.org", "caf\u{e9} creme brul\u{e9}e").is(201);
        log_in(&world, "amal@example.org", "cafe\u{301} creme\u{a0}brule\u{301}e").is(200);
        log_in(&world, "amal@example.org", "cafe creme brulee").problem(401, "invalid_credentials");
        register(&world, "b@example.org", &"e\u{301}".repeat(11)).field("/password", "invalid");
    }

    fn an_address_that_grows_in_lower_case_spoils_nothing(world: World) {
        for email in ["\u{130}lker@example.org".to_owned(), "\u{23a}".repeat(32) + "@example.org"] {
            register(&world, &email, PASSWORD).field("/email", "invalid");
        }
    }

    /// Laxer rules of earlier versions took these.
    fn what_was_stored_by_other_rules_is_readable(world: World) {
        let amal = world.person("Amal");
        let id = amal.get("/v1/me").is(200).id();
        let key = peerled::primitives::Id::parse(&id).unwrap();
        world.state.db.write_blocking(move |conn| {
            use diesel::prelude::*;
            use peerled::db::schema::people;
            diesel::update(people::table.find(key))
                .set((people::email.eq("i\u{307}lker@example.org"), people::name.eq("A\u{e000}"), people::github.eq("a@b")))
                .execute(conn)?;
            Ok(())
        }).unwrap();
        let me = amal.get("/v1/me").is(200);
        assert_eq!(me.json["github"], "a@b");
        amal.patch("/v1/me", json!({"name": "Amal", "github": null})).is(200);
    }

    fn a_name_that_is_refused_says_where_it_is_wrong(world: World) {
        let amal = world.person("Amal");
        for (name, mark) in [("Am\u{202e}al", "U+202E"), ("A\u{2800}", "character 2"), ("\u{e000}", "U+E000")] {
            let refused = amal.patch("/v1/me", json!({"name": name})).field("/name", "invalid");
            assert!(refused.json["detail"].as_str().unwrap().contains(mark), "{}", refused.text);
        }
        assert_eq!(amal.patch("/v1/me", json!({"name": "\u{202b}أمل\u{200f}"})).is(200).json["name"], "أمل");
    }
}
