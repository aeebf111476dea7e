use diesel::prelude::*;
use peerled::{
    db::schema::{people, staff_invitations},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

const ACCEPT: &str = "/v1/staff-invitations/acceptances";

fn invite(fac: &Fac, email: &str, role: &str) -> Answer {
    let path = format!("/v1/campuses/{}/staff-invitations", fac.campus);
    fac.organiser.post(&path, json!({"email": email, "role": role}))
}

/// The code of the newest letter to somebody.
fn code(world: &World, user: &User) -> Value {
    let mail = world.mail();
    let letter = mail.iter().rfind(|letter| letter.recipient == user.email).unwrap();
    let line = letter.body.lines().find(|line| line.starts_with("    ")).unwrap();
    json!({ "code": line.trim() })
}

fn staff(fac: &Fac) -> Vec<(String, String)> {
    let listed = fac.organiser.get(&format!("/v1/campuses/{}/staff", fac.campus)).is(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    listed
        .data()
        .iter()
        .map(|one| (text(&one["person"]["name"]), text(&one["role"])))
        .collect()
}

on_every_database! {
    fn the_code_makes_staff_of_who_has_the_address(world: World) {
        let fac = world.fac(2, 0);
        let [sami, other] = ["Sami", "Other"].map(|name| world.person(name));
        let sent = invite(&fac, &sami.email, "facilitator").is(202);
        assert_eq!(sent.json["email"], sami.email.as_str());
        let code = code(&world, &sami);
        other.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        other.post(ACCEPT, json!({"code": "no such code"})).field("/code", "not_found");
        let joined = sami.post(ACCEPT, code.clone()).is(200);
        assert_eq!((&joined.json["role"], &joined.json["person"]["id"]), (&json!("facilitator"), &json!(sami.id)));
        assert!(staff(&fac).contains(&("Sami".into(), "facilitator".into())));
        assert_eq!(sami.get("/v1/me").is(200).json["verified"], true);
        sami.post(ACCEPT, code).problem(409, "invitation_unusable");
    }

    fn a_newer_one_replaces_it_and_it_can_be_withdrawn(world: World) {
        let fac = world.fac(2, 0);
        let sami = world.person("Sami");
        invite(&fac, &sami.email, "facilitator").is(202);
        let first = code(&world, &sami);
        let again = invite(&fac, &sami.email, "organiser").is(202);
        let second = code(&world, &sami);
        sami.post(ACCEPT, first).problem(409, "invitation_unusable");
        let path = format!("/v1/campuses/{}/staff-invitations", fac.campus);
        let waiting = fac.organiser.get(&path).is(200);
        assert_eq!((waiting.data().len(), &waiting.data()[0]["role"]), (1, &json!("organiser")));
        let elsewhere = world.campus_with_cohort("elsewhere", 1, 0);
        elsewhere.organiser.delete(again.header("location")).problem(404, "not_found");
        fac.facilitator.delete(again.header("location")).problem(404, "not_found");
        fac.organiser.delete(again.header("location")).is(204);
        sami.post(ACCEPT, second).problem(409, "invitation_unusable");
        assert!(fac.organiser.get(&path).is(200).data().is_empty());
        assert_eq!(staff(&fac).len(), 2);
    }

    fn the_code_opens_the_account_too(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, "sami@example.org", "facilitator").is(202);
        let mail = world.mail();
        let letter = mail.iter().rfind(|letter| letter.recipient == "sami@example.org").unwrap();
        let code = letter.body.lines().find(|line| line.starts_with("    ")).unwrap().trim();
        let account = |email: &str| {
            json!({"email": email, "name": "Sami", "password": "weaver lamp orbit", "invitation": code})
        };
        world.nobody().post("/v1/people", account("other@example.org")).field("/invitation", "not_found");
        let opened = world.nobody().post("/v1/people", account("sami@example.org")).is(201);
        assert_eq!(opened.json["verified"], true);
    }

    fn it_does_not_outlive_the_right_of_whoever_sent_it(world: World) {
        let fac = world.fac(2, 0);
        let mal = world.person("Mal");
        let campus = format!("/v1/campuses/{}", fac.campus);
        let (member, own) = (format!("{campus}/members/{}", mal.id), format!("{campus}/staff/{}", mal.id));
        let organises = || fac.organiser.put(&own, json!({"role": "organiser"})).is(204);
        let sends = |who: &User, to: &str| {
            who.post(&format!("{campus}/staff-invitations"), json!({"email": to, "role": "organiser"})).is(202);
        };
        mal.put(&format!("{campus}/members/me"), Value::Null).is(204);
        organises();
        let [second, third] = ["Second", "Third"].map(|name| world.person(name));
        for to in [second.email.as_str(), third.email.as_str(), "new@example.org"] {
            sends(&mal, to);
        }
        let [of_second, of_third] = [&second, &third].map(|one| code(&world, one));
        let mail = world.mail();
        let letter = mail.iter().rfind(|letter| letter.recipient == "new@example.org").unwrap();
        let of_new = letter.body.lines().find(|line| line.starts_with("    ")).unwrap().trim().to_owned();
        let account = json!({"email": "new@example.org", "name": "New", "password": "weaver lamp orbit", "invitation": of_new});

        let listed = || -> Vec<Value> {
            let waiting = fac.organiser.get(&format!("{campus}/staff-invitations")).is(200);
            waiting.data().iter().map(|one| one["status"].clone()).collect()
        };
        assert_eq!(listed(), ["pending"; 3]);

        // A facilitator invites nobody to the staff, so nobody comes by one's invitation either.
        fac.organiser.put(&own, json!({"role": "facilitator"})).is(204);
        assert_eq!(listed(), ["expired"; 3]);
        let expired = second.post(ACCEPT, of_second.clone()).problem(409, "invitation_unusable");
        assert!(expired.text.contains("has expired"), "{}", expired.text);
        fac.organiser.delete(&own).is(204);
        fac.organiser.delete(&member).is(204);
        second.post(ACCEPT, of_second.clone()).problem(409, "invitation_unusable");
        world.nobody().post("/v1/people", account.clone()).field("/invitation", "not_found");
        assert_eq!(staff(&fac).len(), 2);

        // Whoever is an organiser again stands behind what they sent; whoever is disabled does not.
        mal.put(&format!("{campus}/members/me"), Value::Null).is(202);
        fac.organiser.put(&member, Value::Null).is(204);
        organises();
        assert_eq!(listed(), ["pending"; 3]);
        third.post(ACCEPT, of_third).is(200);
        let id = Id::parse(&mal.id).unwrap();
        world.db(move |conn| {
            diesel::update(people::table.find(id)).set(people::disabled_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        second.post(ACCEPT, of_second).problem(409, "invitation_unusable");
        world.nobody().post("/v1/people", account).field("/invitation", "not_found");

        // Whoever runs the service organises every campus.
        let (ada, fourth) = (world.administrator("Ada"), world.person("Fourth"));
        sends(&ada, &fourth.email);
        fourth.post(ACCEPT, code(&world, &fourth)).is(200);
    }

    fn one_whose_time_is_over_is_listed_as_expired(world: World) {
        let fac = world.fac(2, 0);
        let sami = world.person("Sami");
        let sent = invite(&fac, &sami.email, "facilitator").is(202);
        assert_eq!(sent.json["status"], "pending");
        invite(&fac, "other@example.org", "organiser").is(202);
        let (code, id) = (code(&world, &sami), Id::parse(&sent.id()).unwrap());
        world.db(move |conn| {
            diesel::update(staff_invitations::table.find(id))
                .set(staff_invitations::expires_at.eq(Instant::now()))
                .execute(conn)?;
            Ok(())
        });
        let waiting = fac.organiser.get(&format!("/v1/campuses/{}/staff-invitations", fac.campus)).is(200);
        let listed: Vec<_> = waiting.data().iter().map(|one| (&one["email"], &one["status"])).collect();
        assert_eq!(listed, [(&json!(sami.email), &json!("expired")), (&json!("other@example.org"), &json!("pending"))]);
        let refused = sami.post(ACCEPT, code).problem(409, "invitation_unusable");
        assert!(refused.text.contains("has expired"), "{}", refused.text);
    }

    fn an_organiser_stays_one(world: World) {
        let fac = world.fac(2, 0);
        invite(&fac, &fac.organiser.email, "facilitator").is(202);
        let code = code(&world, &fac.organiser);
        assert_eq!(fac.organiser.post(ACCEPT, code).is(200).json["role"], "organiser");
    }

    fn nobody_is_buried_in_invitations(world: World) {
        let fac = world.fac(2, 0);
        for _ in 0..5 {
            invite(&fac, "sami@example.org", "facilitator").is(202);
        }
        invite(&fac, "sami@example.org", "facilitator").problem(429, "too_many_requests");
        invite(&fac, "other@example.org", "facilitator").is(202);
    }
}
