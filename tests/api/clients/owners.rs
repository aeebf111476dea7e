//! Product owners, and who becomes one.

use std::thread;

use serde_json::{Value, json};

use super::{ACCEPT, apply, apply_as, code, go, open, step};
use crate::{
    harness::{User, World},
    on_every_database,
};

on_every_database! {
    fn whoever_has_the_address_becomes_an_owner_by_the_code(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia, other] = ["Olive", "Pia", "Other"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        let path = format!("{client}/owner-invitations");
        let to_pia = json!({"email": pia.email});
        // Nobody sends mail in the name of a campus that knows nothing of them.
        olive.post(&path, to_pia.clone()).problem(409, "conflict");
        go(&fac, &client, &["acknowledged"]);
        other.post(&path, to_pia.clone()).problem(404, "not_found");
        olive.post(&path, to_pia).is(202);
        let code = code(&world, &pia);
        let page = format!("/#/join?code={}&as=owner", code["code"].as_str().unwrap());
        assert!(world.mail().last().unwrap().body.contains(&page));
        other.post(ACCEPT, code.clone()).problem(409, "invitation_unusable");
        other.post(ACCEPT, json!({"code": "no such code"})).field("/code", "not_found");
        pia.get(&client).problem(404, "not_found");
        let seen = pia.post(ACCEPT, code.clone()).is(200).json;
        assert_eq!(seen["owners"].as_array().unwrap().len(), 2);
        // What somebody shows to staff alone their fellow owners do not see.
        let of_olive = |seen: &Value| seen["owners"][0]["email"].clone();
        assert_eq!(of_olive(&seen), Value::Null);
        assert_eq!(of_olive(&fac.facilitator.get(&client).is(200).json), json!(olive.email));
        assert_eq!(pia.get("/v1/me").is(200).json["verified"], true);
        assert_eq!(pia.get("/v1/me/clients").is(200).data().len(), 1);
        pia.post(ACCEPT, code).problem(409, "invitation_unusable");
        // Being an owner makes nobody a member.
        let members = fac.organiser.get(&format!("/v1/campuses/{}/members", fac.campus)).is(200);
        assert!(members.data().iter().all(|one| one["person"]["id"] != json!(pia.id)));
    }

    fn a_newer_one_replaces_it_and_it_can_be_withdrawn(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        go(&fac, &client, &["acknowledged"]);
        let path = format!("{client}/owner-invitations");
        let to_pia = json!({"email": pia.email});
        olive.post(&path, to_pia.clone()).is(202);
        let first = code(&world, &pia);
        let again = fac.facilitator.post(&path, to_pia.clone()).is(202);
        let second = code(&world, &pia);
        pia.post(ACCEPT, first).problem(409, "invitation_unusable");
        assert_eq!(olive.get(&path).is(200).data().len(), 1);
        pia.delete(again.header("location")).problem(404, "not_found");
        olive.delete(again.header("location")).is(204);
        olive.delete(again.header("location")).is(204);
        pia.post(ACCEPT, second).problem(409, "invitation_unusable");
        assert!(olive.get(&path).is(200).data().is_empty());
        for _ in 0..3 {
            olive.post(&path, to_pia.clone()).is(202);
        }
        let refused = olive.post(&path, to_pia).problem(429, "too_many_requests");
        assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    }

    fn the_code_opens_the_account_too(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        let path = format!("{client}/owner-invitations");
        fac.organiser.post(&path, json!({"email": "new@example.org"})).is(202);
        let mail = world.mail();
        let letter = mail.iter().rfind(|letter| letter.recipient == "new@example.org").unwrap();
        let code = letter.body.lines().find(|line| line.starts_with("    ")).unwrap().trim();
        let account = |email: &str| json!({"email": email, "name": "New", "password": "weaver lamp orbit", "invitation": code});
        world.nobody().post("/v1/people", account("other@example.org")).field("/invitation", "not_found");
        world.nobody().post("/v1/people", account("new@example.org")).is(201);
    }

    fn an_invitation_does_not_outlive_the_right_of_its_sender(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia, quinn] = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        go(&fac, &client, &["acknowledged"]);
        let invitations = format!("{client}/owner-invitations");
        olive.post(&invitations, json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        pia.post(&invitations, json!({"email": quinn.email})).is(202);
        olive.post(&invitations, json!({"email": "new@example.org"})).is(202);
        let to = |address: &str| {
            let mail = world.mail();
            let letter = mail.iter().rfind(|letter| letter.recipient == address).unwrap();
            letter.body.lines().find(|line| line.starts_with("    ")).unwrap().trim().to_owned()
        };
        let (to_quinn, to_new) = (to(&quinn.email), to("new@example.org"));
        let leaves = |owner: &User| owner.delete(&format!("{client}/owners/{}", owner.id)).is(204);
        leaves(&pia);
        quinn.post(ACCEPT, json!({"code": to_quinn})).problem(409, "invitation_unusable");
        fac.organiser.post(&invitations, json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        leaves(&olive);
        // Nor does such a code open an account.
        let account = json!({"email": "new@example.org", "name": "New", "password": "weaver lamp orbit", "invitation": to_new});
        world.nobody().post("/v1/people", account).field("/invitation", "not_found");
        quinn.get(&client).problem(404, "not_found");
    }

    fn no_duty_after_it(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let olive = world.person("Olive");
        let client = apply(&fac, &olive);
        go(&fac, &client, &[
            "invited", "workshop_booked", "agreement_sent", "agreement_signed", "attended", "research_asked", "research_received", "project",
        ]);
        let itself = format!("{client}/owners/{}", olive.id);
        olive.delete(&itself).problem(409, "conflict");
        go(&fac, &client, &["completed"]);
        // What is handed over is not withdrawn, nor does it keep anybody from asking for the next one, or from going.
        for (who, detail, next) in [
            (&olive, "The client is `completed`. Your next step can be `exit_feedback`.", json!(["exit_feedback"])),
            (&fac.facilitator, "The client is `completed`. Only its product owners can take the next step.", json!([])),
        ] {
            let refused = step(who, &client, "withdrawn").problem(409, "invalid_transition");
            assert_eq!((&refused.json["detail"], &refused.json["next"]), (&json!(detail), &next));
        }
        apply_as(&fac, &olive, "Another");
        olive.delete(&itself).is(204);
        let left = fac.organiser.get(&client).is(200).json;
        assert_eq!((&left["status"], &left["owners"]), (&json!("completed"), &json!([])));
    }

    fn one_owner_stays(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        let owner = |id: &str| format!("{client}/owners/{id}");
        olive.delete(&owner(&olive.id)).problem(409, "conflict");
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        pia.delete(&owner(&olive.id)).problem(403, "forbidden");
        olive.delete(&owner(&fac.organiser.id)).problem(403, "forbidden");
        fac.organiser.delete(&owner(&fac.organiser.id)).problem(404, "not_found");
        olive.delete(&owner(&olive.id)).is(204);
        olive.get(&client).problem(404, "not_found");
        fac.organiser.delete(&owner(&pia.id)).problem(409, "conflict");
        // Once nothing is to come, codes that were sent stop working, and the last owner may go.
        let invitations = format!("{client}/owner-invitations");
        let to_olive = json!({"email": olive.email});
        fac.organiser.post(&invitations, to_olive.clone()).is(202);
        let unused = code(&world, &olive);
        step(&pia, &client, "withdrawn").is(200);
        fac.organiser.post(&invitations, to_olive).problem(409, "conflict");
        assert!(fac.organiser.get(&invitations).is(200).data().is_empty());
        olive.post(ACCEPT, unused).problem(409, "invitation_unusable");
        pia.delete(&owner(&pia.id)).is(204);
    }

    fn of_two_owners_who_leave_at_once_one_stays(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        fac.organiser.post(&format!("{client}/owner-invitations"), json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        let leave = |who: &User| who.delete(&format!("{client}/owners/{}", who.id)).status;
        let mut answers = thread::scope(|scope| {
            [scope.spawn(|| leave(&olive)), scope.spawn(|| leave(&pia))].map(|one| one.join().unwrap())
        });
        answers.sort_unstable();
        assert_eq!(answers, [204, 409]);
        assert_eq!(fac.organiser.get(&client).is(200).json["owners"].as_array().unwrap().len(), 1);
    }
}
