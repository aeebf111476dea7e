//! GitHub, which is no OpenID provider.

use serde_json::{Value, json};

use super::{LINK, LOG_IN, bearer, begin, redeem};
use crate::{
    harness::{
        Answer, World,
        provider::{Gives, PROVIDER},
    },
    on_every_database,
};

fn sign_on(world: &World, user: Value, addresses: Value) -> Answer {
    let begun = begin(&world.nobody(), LOG_IN, "github");
    let back = PROVIDER.grant(&begun.url, Gives::User(user, addresses));
    redeem(world, begun.with(&back))
}

fn address(email: &str, primary: bool, verified: bool) -> Value {
    json!({"email": email, "primary": primary, "verified": verified, "visibility": null})
}

on_every_database! {
    fn the_primary_address_counts_if_it_is_verified(world: World) {
        let amal = json!({"id": 583_231, "login": "amal", "name": "Amal Haddad", "email": "public@example.org"});
        let addresses = json!([
            address("583231+amal@users.noreply.github.com", false, true),
            address("second@example.org", false, true),
            address("amal@example.org", true, true),
        ]);
        let tokens = sign_on(&world, amal.clone(), addresses).is(200);
        let me = bearer(&world, &tokens);
        let shown = me.get("/v1/me").is(200);
        assert_eq!((&shown.json["email"], &shown.json["name"]), (&json!("amal@example.org"), &json!("Amal Haddad")));
        assert_eq!(me.get(LINK).is(200).data()[0]["name"], "GitHub");
        // By its number, however they call themselves and whatever their address.
        let renamed = json!({"id": 583_231, "login": "haddad", "name": null});
        let again = sign_on(&world, renamed, json!([])).is(200);
        assert_eq!(bearer(&world, &again).get("/v1/me").is(200).id(), shown.id());

        let unnamed = json!({"id": 2, "login": "basma", "name": "basma@example.org"});
        let addresses = json!([address("basma@example.org", true, false), address("b@example.org", false, true)]);
        let basma = sign_on(&world, unnamed, addresses).is(200);
        let basma = bearer(&world, &basma).get("/v1/me").is(200);
        assert_eq!((&basma.json["email"], &basma.json["name"]), (&json!("b@example.org"), &json!("basma")));
    }

    fn an_address_that_is_not_verified_or_made_up_opens_nothing(world: World) {
        let amal = world.person("Amal");
        let user = json!({"id": 1, "login": "amal", "name": "Amal", "email": "amal@example.org"});
        for addresses in [
            json!([]),
            json!([address("amal@example.org", true, false)]),
            json!([address("1+amal@users.noreply.github.com", true, true), address("amal@example.org", false, false)]),
        ] {
            sign_on(&world, user.clone(), addresses).problem(403, "email_not_verified");
        }
        assert_eq!(world.count_people(), 1);
        amal.get("/v1/me").is(200);
    }

    fn a_code_that_it_does_not_know_and_an_odd_answer_are_refused(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "github");
        let mut body = begun.with(&PROVIDER.grant(&begun.url, Gives::Nothing));
        body["code"] = json!("unknown");
        redeem(&world, body).problem(401, "invalid_sign_on");
        sign_on(&world, json!({"login": "amal"}), json!([])).problem(502, "provider_failed");
        let begun = begin(&world.nobody(), LOG_IN, "github");
        let user = json!({"id": 1, "login": "amal", "name": "Amal"});
        let back = PROVIDER.grant(&begun.url, Gives::User(user, json!([address("a@example.org", true, true)])));
        let mut body = begun.with(&back);
        body["iss"] = json!(format!("{}/school", PROVIDER.url));
        redeem(&world, body).problem(401, "invalid_sign_on");
        assert_eq!(world.count_people(), 0);
    }
}
