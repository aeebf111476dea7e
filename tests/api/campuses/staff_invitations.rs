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
