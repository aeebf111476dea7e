//! Linking, and taking away.

use diesel::prelude::*;
use peerled::{
    db::schema::sign_ons,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{LINK, bearer, begin, link, sign_on};
use crate::{
    harness::{World, provider::PROVIDER},
    on_every_database,
};

on_every_database! {
    fn an_account_elsewhere_is_linked_whatever_its_address(world: World) {
        let amal = world.person("Amal");
        let unverified = |claims: &mut Value| {
            claims["email"] = json!("work@example.com");
            claims["email_verified"] = json!(false);
        };
        let linked = link(&amal, unverified).is(201);
        let id = linked.id();
        assert_eq!(linked.header("location"), format!("/v1/me/sign-ons/{id}"));
        assert_eq!((&linked.json["provider"], &linked.json["name"], &linked.json["email"]), (&json!("school"), &json!("school"), &json!(null)));
        // Once more changes nothing.
        assert_eq!(link(&amal, unverified).is(201).id(), id);
        let listed = amal.get(LINK).is(200);
        assert_eq!((listed.data().len(), listed.header("cache-control")), (1, "no-store"));
        let tokens = sign_on(&world, unverified).is(200);
        assert_eq!(bearer(&world, &tokens).get("/v1/me").is(200).id(), amal.id);

        let basma = world.person("Basma");
        link(&basma, unverified).problem(409, "sign_on_taken");
        basma.delete(&format!("{LINK}/{id}")).problem(404, "not_found");
        amal.patch("/v1/me", json!({"language": "ar"})).is(200);
        amal.delete(&format!("{LINK}/{id}")).is(204);
        amal.delete(&format!("{LINK}/{id}")).problem(404, "not_found");
        sign_on(&world, unverified).problem(403, "email_not_verified");
        let told: Vec<String> = world.mail().into_iter().map(|message| message.subject).collect();
        assert_eq!(told, ["You can log in with school", "لم يعد ممكنًا تسجيل الدخول عن طريق \u{2068}school\u{2069}"]);
        link(&basma, unverified).is(201);
    }

    fn a_key_links_once_and_gets_the_same_answer(world: World) {
        let amal = world.person("Amal");
        let begun = begin(&amal, LINK, "school");
        let body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        let caller = amal.with("Idempotency-Key", "one");
        let first = caller.post("/v1/me/sign-ons/redemptions", body.clone()).is(201);
        let again = caller.post("/v1/me/sign-ons/redemptions", body).is(201);
        assert_eq!((first.json, again.header("idempotent-replayed")), (again.json.clone(), "true"));
    }

    fn the_last_way_in_stays(world: World) {
        let tokens = sign_on(&world, |_| {}).is(200);
        let amal = bearer(&world, &tokens);
        let first = amal.get(LINK).is(200).data()[0]["id"].as_str().unwrap().to_owned();
        amal.delete(&format!("{LINK}/{first}")).problem(409, "last_way_in");
        // One at a provider that is gone is no way in, and is told of all the same.
        let person = Id::parse(&amal.get("/v1/me").is(200).id()).unwrap();
        world.db(move |conn| {
            let now = Instant::now();
            diesel::insert_into(sign_ons::table)
                .values((
                    sign_ons::id.eq(Id::new()),
                    sign_ons::person_id.eq(person),
                    sign_ons::provider.eq("https://gone.example"),
                    sign_ons::subject.eq("1"),
                    (sign_ons::created_at.eq(now), sign_ons::last_used_at.eq(now)),
                ))
                .execute(conn)?;
            Ok(())
        });
        let gone = amal.get(LINK).is(200).data()[1].clone();
        assert_eq!((&gone["provider"], &gone["name"]), (&json!(null), &json!("https://gone.example")));
        amal.delete(&format!("{LINK}/{first}")).problem(409, "last_way_in");
        amal.delete(&format!("{LINK}/{}", gone["id"].as_str().unwrap())).is(204);
        link(&amal, |claims| claims["sub"] = json!("amal-2")).is(201);
        amal.delete(&format!("{LINK}/{first}")).is(204);
        sign_on(&world, |claims| claims["sub"] = json!("amal-2")).is(200);
    }
}
