//! Product owners, and who becomes one.

use std::thread;

use diesel::prelude::*;
use peerled::{
    db::schema::campuses,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{ACCEPT, account, apply, apply_as, code, code_to, go, open, step};
use crate::{
    changes::Follower,
    harness::{Fac, User, World},
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
        let code = code_to(&world, "new@example.org");
        world.nobody().post("/v1/people", account("other@example.org", &code)).field("/invitation", "not_found");
        world.nobody().post("/v1/people", account("new@example.org", &code)).is(201);
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
        let (to_quinn, to_new) = (code_to(&world, &quinn.email), code_to(&world, "new@example.org"));
        let states = || -> Vec<Value> {
            let listed = fac.organiser.get(&invitations).is(200);
            listed.data().iter().map(|one| one["status"].clone()).collect()
        };
        assert_eq!(states(), ["pending", "pending"]);
        let leaves = |owner: &User| owner.delete(&format!("{client}/owners/{}", owner.id)).is(204);
        leaves(&pia);
        quinn.post(ACCEPT, json!({"code": to_quinn})).problem(409, "invitation_unusable");
        assert_eq!(states(), ["expired", "pending"]);
        fac.organiser.post(&invitations, json!({"email": pia.email})).is(202);
        pia.post(ACCEPT, code(&world, &pia)).is(200);
        leaves(&olive);
        // Nor does such a code open an account.
        world.nobody().post("/v1/people", account("new@example.org", &to_new)).field("/invitation", "not_found");
        quinn.get(&client).problem(404, "not_found");
    }

    fn a_campus_that_closes_takes_its_codes_back(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let [olive, pia] = ["Olive", "Pia"].map(|name| world.person(name));
        let client = apply(&fac, &olive);
        let path = format!("{client}/owner-invitations");
        for address in [pia.email.as_str(), "new@example.org"] {
            fac.organiser.post(&path, json!({ "email": address })).is(202);
        }
        let (to_pia, to_new) = (code(&world, &pia), code_to(&world, "new@example.org"));
        let mut owner = Follower::begin(&world, &olive);
        let refused = || {
            world.nobody().post("/v1/people", account("new@example.org", &to_new)).field("/invitation", "not_found");
            pia.post(ACCEPT, to_pia.clone()).problem(409, "invitation_unusable");
        };
        // Even one that still waited would be of no use there.
        let closed_at = |at: Option<Instant>| {
            let campus = Id::parse(&fac.campus).unwrap();
            world.db(move |conn| {
                diesel::update(campuses::table.find(campus)).set(campuses::closed_at.eq(at)).execute(conn)?;
                Ok(())
            });
        };
        closed_at(Some(Instant::now()));
        refused();
        closed_at(None);
        world.set_status(&fac, "graduated");
        let closing = format!("/v1/campuses/{}/closing", fac.campus);
        fac.organiser.put(&closing, Value::Null).is(200);
        let told = owner.kinds(&world);
        assert_eq!(told.iter().filter(|kind| *kind == "owner_invitation.revoked").count(), 2, "{told:?}");
        assert!(olive.get(&path).is(200).data().is_empty());
        refused();
        // Nor are they good again with the campus.
        fac.organiser.delete(&closing).is(200);
        refused();
    }

    fn nobody_who_merely_opened_a_campus_uses_an_address_up(world: World) {
        let [first, second, approved] = ["first", "second", "approved"].map(|slug| world.campus_with_cohort(slug, 1, 0));
        let approval = format!("/v1/campuses/{}/approval", approved.campus);
        world.administrator("Admin").put(&approval, Value::Null).is(204);
        let olive = world.person("Olive");
        for fac in [&first, &second, &approved] {
            open(fac);
        }
        let invitations = [&first, &second, &approved].map(|fac| format!("{}/owner-invitations", apply(fac, &olive)));
        let invite = |fac: &Fac, path: &str| fac.organiser.post(path, json!({"email": "pia@example.org"}));
        for (fac, path, times) in [(&first, &invitations[0], 3), (&second, &invitations[1], 2)] {
            for _ in 0..times {
                invite(fac, path).is(202);
            }
        }
        for (fac, path) in [(&first, &invitations[0]), (&second, &invitations[1])] {
            invite(fac, path).problem(429, "too_many_requests");
        }
        for _ in 0..5 {
            invite(&approved, &invitations[2]).is(202);
        }
        invite(&approved, &invitations[2]).problem(429, "too_many_requests");
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
