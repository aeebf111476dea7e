//! What becomes of an account with the address of somebody else.

use serde_json::{Value, json};

use super::{LINK, bearer, begin, link, sign_on};
use crate::{
    harness::{World, provider::PROVIDER},
    on_every_database,
};

const PASSWORD: &str = "weaver lamp orbit";

on_every_database! {
    fn whoever_claimed_an_address_keeps_no_way_in(world: World) {
        let nobody = world.nobody();
        let claim = json!({"email": "amal@example.org", "name": "Amal", "password": PASSWORD});
        let id = nobody.post("/v1/people", claim).is(201).id();
        let login = json!({"email": "amal@example.org", "password": PASSWORD});
        let tokens = nobody.post("/v1/auth/login", login.clone()).is(200);
        let squatter = bearer(&world, &tokens);
        let other = |claims: &mut Value| {
            (claims["sub"], claims["email"]) = (json!("squatter"), json!("squatter@example.org"));
        };
        link(&squatter, other).is(201);
        // A linking that has begun could be finished later.
        let begun = begin(&squatter, LINK, "school");

        let owner = sign_on(&world, |_| {}).is(200);
        let owner = bearer(&world, &owner);
        let me = owner.get("/v1/me").is(200);
        assert_eq!((me.id(), &me.json["verified"]), (id.clone(), &json!(true)));
        squatter.get("/v1/me").problem(401, "invalid_token");
        let refresh = json!({"refresh_token": tokens.json["refresh_token"]});
        nobody.post("/v1/auth/refresh", refresh).problem(401, "invalid_refresh_token");
        nobody.post("/v1/auth/login", login).problem(401, "invalid_credentials");
        let elsewhere = sign_on(&world, other).is(200);
        assert_ne!(bearer(&world, &elsewhere).get("/v1/me").is(200).id(), id);
        let back = PROVIDER.approve(&begun.url, other);
        owner.post("/v1/me/sign-ons/redemptions", begun.with(&back)).problem(401, "invalid_sign_on");
        assert_eq!(owner.get(LINK).is(200).data().len(), 1);

        let told = world.mail().into_iter().find(|message| message.subject == "Your account is yours by school").unwrap();
        assert_eq!(told.recipient, "amal@example.org");
        // It is proved from now on: the next one with the address comes in, and ends nothing.
        sign_on(&world, |claims| claims["sub"] = json!("amal-2")).is(200);
        owner.get("/v1/me").is(200);
        assert_eq!(owner.get(LINK).is(200).data().len(), 2);
    }

    fn whoever_proves_the_address_in_another_way_ends_sign_ons_too(world: World) {
        let nobody = world.nobody();
        let claim = json!({"email": "amal@example.org", "name": "Amal", "password": PASSWORD});
        let id = nobody.post("/v1/people", claim).is(201).id();
        let login = json!({"email": "amal@example.org", "password": PASSWORD});
        let squatter = bearer(&world, &nobody.post("/v1/auth/login", login).is(200));
        let other = |claims: &mut Value| {
            (claims["sub"], claims["email"]) = (json!("squatter"), json!("squatter@example.org"));
        };
        link(&squatter, other).is(201);
        nobody.post("/v1/auth/password-resets", json!({"email": "amal@example.org"})).is(202);
        let mail = world.mail();
        let letter = mail.iter().find(|message| message.subject == "A new password").unwrap();
        let code = letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        let redeemed = json!({"code": code, "password": "another lamp orbit"});
        nobody.post("/v1/auth/password-resets/redemptions", redeemed).is(204);
        let elsewhere = sign_on(&world, other).is(200);
        assert_ne!(bearer(&world, &elsewhere).get("/v1/me").is(200).id(), id);
    }

    fn who_has_no_password_is_told_so(world: World) {
        let amal = bearer(&world, &sign_on(&world, |_| {}).is(200));
        let new = json!({"current_password": "", "new_password": "another lamp orbit"});
        let told = amal.put("/v1/me/password", new).field("/current_password", "wrong");
        assert!(told.text.contains("no password yet"), "{}", told.text);
    }

    fn who_links_the_provider_proves_the_address_and_loses_nothing(world: World) {
        let amal = world.person("Amal");
        link(&amal, |_| {}).is(201);
        sign_on(&world, |claims| claims["sub"] = json!("amal-2")).is(200);
        amal.get("/v1/me").is(200);
        assert_eq!(amal.get(LINK).is(200).data().len(), 2);
    }

    fn an_administrator_who_has_not_proved_the_address_is_not_replaced(world: World) {
        let ada = world.administrator("Amal");
        sign_on(&world, |_| {}).problem(409, "email_taken");
        ada.get("/v1/me").is(200);
        link(&ada, |_| {}).is(201);
        let tokens = sign_on(&world, |_| {}).is(200);
        assert_eq!(bearer(&world, &tokens).get("/v1/me").is(200).id(), ada.id);
    }

    fn another_address_of_the_provider_proves_nothing(world: World) {
        let amal = world.person("Amal");
        link(&amal, |claims| claims["email"] = json!("other@example.org")).is(201);
        assert_eq!(amal.get("/v1/me").is(200).json["verified"], false);
    }
}
