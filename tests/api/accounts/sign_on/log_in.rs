use diesel::prelude::*;
use peerled::{
    db::schema::{audit_entries, people},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{LINK, LOG_IN, bearer, begin, redeem, sign_on};
use crate::{
    harness::{
        Backend, World,
        provider::{Gives, PAGE, PROVIDER, query, signed},
    },
    on_every_database,
};

const PASSWORD: &str = "weaver lamp orbit";

fn proved(world: &World, id: &str) -> bool {
    let id = Id::parse(id).unwrap();
    world.db(move |conn| {
        Ok(people::table
            .find(id)
            .select(people::email_verified_at.is_not_null())
            .first(conn)?)
    })
}

on_every_database! {
    fn the_providers_are_listed_and_a_sign_on_begins_at_one(world: World) {
        let listed = world.nobody().get("/v1/auth/providers").is(200);
        assert_eq!(listed.data()[0], json!({"id": "school", "name": "school"}));
        assert_eq!(listed.data().last().unwrap(), &json!({"id": "github", "name": "GitHub"}));
        let nobody = world.nobody();
        let begun = nobody.post(LOG_IN, json!({"provider": "school", "return_to": PAGE})).is(201);
        assert_eq!(begun.header("cache-control"), "no-store");
        let url = begun.json["authorization_url"].as_str().unwrap();
        assert!(url.starts_with(&format!("{}/school/authorize?", PROVIDER.url)), "{url}");
        let asked = query(url);
        assert_eq!((&asked["state"], &asked["redirect_uri"]), (&begun.json["state"].as_str().unwrap().into(), &PAGE.into()));
        assert_eq!((asked["response_type"].as_str(), asked["scope"].as_str()), ("code", "openid email profile"));
        assert!(!url.contains(begun.json["secret"].as_str().unwrap()));

        let ask = |provider: &str, page: &str| nobody.post(LOG_IN, json!({"provider": provider, "return_to": page}));
        ask("nobody", PAGE).field("/provider", "not_found");
        for foreign in [
            "https://evil.example/signed-on", "http://peerled.test.evil.example/", "https://peerled.test/signed-on",
            "http://peerled.test:8080/", "http://localhost:5173/", "http://peerled.test/#x",
        ] {
            ask("school", foreign).field("/return_to", "invalid");
        }
        ask("school", "/signed-on").field("/return_to", "invalid");
    }

    fn who_has_no_account_gets_one_and_finds_it_again(world: World) {
        let tokens = sign_on(&world, |_| {}).is(200);
        assert_eq!((&tokens.json["token_type"], tokens.header("cache-control")), (&json!("Bearer"), "no-store"));
        let me = bearer(&world, &tokens).get("/v1/me").is(200);
        assert_eq!((&me.json["email"], &me.json["name"]), (&json!("amal@example.org"), &json!("Amal Haddad")));
        assert!(proved(&world, &me.id()));
        let refresh = json!({"refresh_token": tokens.json["refresh_token"]});
        world.nobody().post("/v1/auth/refresh", refresh).is(200);
        for password in ["", "none", PASSWORD] {
            let login = json!({"email": "amal@example.org", "password": password});
            world.nobody().post("/v1/auth/login", login).problem(401, "invalid_credentials");
        }
        // The subject counts from then on, whatever else the provider says of them.
        let again = sign_on(&world, |claims| {
            claims["email"] = json!("amal@elsewhere.example");
            claims["email_verified"] = json!(false);
            claims["name"] = json!("A. H.");
        });
        let again = bearer(&world, &again.is(200)).get("/v1/me").is(200);
        assert_eq!((again.id(), &again.json["name"], &again.json["email"]), (me.id(), &json!("Amal Haddad"), &json!("amal@example.org")));
        assert_eq!(world.count_people(), 1);
        let noted: Vec<(String, Option<Id>)> = world.db(|conn| {
            let entries = audit_entries::table.filter(audit_entries::operation.like("%sign_on")).order(audit_entries::id);
            Ok(entries.select((audit_entries::operation, audit_entries::person_id)).load(conn)?)
        });
        let person = Some(Id::parse(&me.id()).unwrap());
        let [began, came] = [("begin_sign_on", None), ("redeem_sign_on", person)].map(|(name, who)| (name.to_owned(), who));
        assert_eq!(noted, [began.clone(), came.clone(), began, came]);
    }

    fn an_account_with_the_same_proved_address_is_theirs(world: World) {
        let amal = world.person("Amal");
        let id = Id::parse(&amal.id).unwrap();
        world.db(move |conn| {
            diesel::update(people::table.find(id)).set(people::email_verified_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        let tokens = sign_on(&world, |claims| claims["email_verified"] = json!("true")).is(200);
        assert_eq!(bearer(&world, &tokens).get("/v1/me").is(200).id(), amal.id);
        // Nothing else changes for them.
        amal.get("/v1/me").is(200);
        let mail = world.mail();
        assert_eq!((mail.len(), mail[0].recipient.as_str()), (1, "amal@example.org"));
        assert_eq!(mail[0].subject, "You can log in with school");
        sign_on(&world, |_| {}).is(200);
        assert_eq!(world.mail().len(), 1);
    }

    fn an_address_that_the_provider_has_not_verified_opens_nothing(world: World) {
        let amal = world.person("Amal");
        let id = Id::parse(&amal.id).unwrap();
        for is_proved in [false, true] {
            world.db(move |conn| {
                let at = is_proved.then(Instant::now);
                diesel::update(people::table.find(id)).set(people::email_verified_at.eq(at)).execute(conn)?;
                Ok(())
            });
            for change in [
                |claims: &mut Value| claims["email_verified"] = json!(false),
                |claims: &mut Value| claims["email_verified"] = json!("false"),
                |claims: &mut Value| claims["email_verified"] = Value::Null,
                |claims: &mut Value| claims["email"] = json!("not an address"),
                |claims: &mut Value| claims["email"] = json!("new@example.org"),
            ] {
                let refused = sign_on(&world, |claims| {
                    claims["email_verified"] = json!(false);
                    change(claims);
                });
                refused.problem(403, "email_not_verified");
            }
        }
        assert_eq!((world.count_people(), world.mail().len()), (1, 0));
        amal.get("/v1/me").is(200);
    }

    fn a_disabled_person_stays_out(world: World) {
        let tokens = sign_on(&world, |_| {}).is(200);
        let amal = bearer(&world, &tokens);
        let id = Id::parse(&amal.get("/v1/me").is(200).id()).unwrap();
        world.db(move |conn| {
            diesel::update(people::table.find(id)).set(people::disabled_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        sign_on(&world, |_| {}).problem(403, "account_disabled");
        // Nor by another account there with the same address.
        sign_on(&world, |claims| claims["sub"] = json!("amal-2")).problem(403, "account_disabled");
        amal.get("/v1/me").problem(401, "invalid_token");
    }

    fn a_name_is_none_that_gives_an_address_away(world: World) {
        let name = |sub: &str, change: fn(&mut Value)| {
            let tokens = sign_on(&world, |claims| {
                (claims["sub"], claims["email"]) = (json!(sub), json!(format!("{sub}@example.org")));
                change(claims);
            });
            bearer(&world, &tokens.is(200)).get("/v1/me").is(200).json["name"].clone()
        };
        assert_eq!(name("a", |claims| {
            claims["name"] = Value::Null;
            claims["preferred_username"] = json!("basma");
        }), "basma");
        assert_eq!(name("b", |claims| {
            claims["name"] = json!("b@example.org");
            claims["preferred_username"] = json!("b@example.org");
        }), "Unnamed");
    }

    fn keys_of_both_kinds_are_taken_and_what_the_token_lacks_is_asked_for(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let mut claims = PROVIDER.claims(&begun.url);
        let info = json!({"sub": "amal-1", "email": "amal@example.org", "email_verified": true, "name": "From Info"});
        for field in ["email", "email_verified", "name"] {
            claims.as_object_mut().unwrap().remove(field);
        }
        let back = PROVIDER.grant(&begun.url, Gives::IdToken(signed("rsa", &claims), info));
        let tokens = redeem(&world, begun.with(&back)).is(200);
        assert_eq!(bearer(&world, &tokens).get("/v1/me").is(200).json["name"], "From Info");

        let begun = begin(&world.nobody(), LOG_IN, "school");
        claims["nonce"] = PROVIDER.claims(&begun.url)["nonce"].clone();
        let other = json!({"sub": "basma-1", "email": "basma@example.org", "email_verified": true});
        let back = PROVIDER.grant(&begun.url, Gives::IdToken(signed("ec", &claims), other));
        redeem(&world, begun.with(&back)).problem(502, "provider_failed");
        assert_eq!(world.count_people(), 1);
    }

    fn a_web_page_can_have_the_session_in_cookies(world: World) {
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let mut body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        body["transport"] = json!("cookie");
        let answer = redeem(&world, body).is(200);
        assert_eq!(answer.json, json!({"token_type": "Bearer", "expires_in": 900}));
        let cookies = answer.headers.get_all("set-cookie").iter();
        let pairs: Vec<&str> = cookies.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap()).collect();
        let amal = world.nobody().with("Cookie", &pairs.join("; ")).with("Origin", "http://peerled.test");
        assert_eq!(amal.get("/v1/me").is(200).json["name"], "Amal Haddad");
        amal.post(LINK, json!({"provider": "school", "return_to": PAGE})).is(201);
    }

    fn who_answers_is_compared_where_a_provider_says_it(world: World) {
        let answered = |issuer: Option<String>| {
            let begun = begin(&world.nobody(), LOG_IN, "careful");
            let back = PROVIDER.approve(&begun.url, |_| {});
            let mut body = begun.with(&back);
            body["iss"] = json!(issuer);
            redeem(&world, body)
        };
        answered(None).problem(401, "invalid_sign_on");
        answered(Some(format!("{}/school", PROVIDER.url))).problem(401, "invalid_sign_on");
        answered(Some(format!("{}/careful", PROVIDER.url))).is(200);
        let begun = begin(&world.nobody(), LOG_IN, "school");
        let mut body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
        body["iss"] = json!("https://elsewhere.example");
        redeem(&world, body).problem(401, "invalid_sign_on");
    }
}

#[test]
fn where_registration_is_closed_an_invitation_opens_an_account() {
    for backend in [Some(Backend::Sqlite), Backend::postgres()].into_iter().flatten() {
        let world = World::start_with(backend, |settings| settings.registration = Some("closed".into()));
        let fac = world.fac(1, 1);
        sign_on(&world, |_| {}).problem(403, "registration_closed");
        let campus = format!("/v1/campuses/{}", fac.campus);
        world
            .administrator("Ada")
            .put(&format!("{campus}/approval"), Value::Null)
            .is(204);
        let guest = json!({"email": "amal@example.org", "name": "Amal"});
        fac.organiser
            .post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), guest)
            .is(202);
        let mail = world.mail();
        let letter = mail
            .iter()
            .find(|message| message.recipient == "amal@example.org")
            .unwrap();
        let code = letter.body.lines().find_map(|line| line.strip_prefix("    ")).unwrap();
        let come = |invitation: &str| {
            let begun = begin(&world.nobody(), LOG_IN, "school");
            let mut body = begun.with(&PROVIDER.approve(&begun.url, |_| {}));
            body["invitation"] = json!(invitation);
            redeem(&world, body)
        };
        come("another").field("/invitation", "not_found");
        let tokens = come(code).is(200);
        bearer(&world, &tokens).get("/v1/me").is(200);
        // From then on the account is there.
        sign_on(&world, |_| {}).is(200);
    }
}
