//! Addresses that one account claims and another proves by a change of its own.

use std::thread;

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use super::by_mail::{PASSWORD, account, code, session, with_mail};
use crate::harness::{Answer, Client, World};

/// Asks for another address; the code that was mailed there, and the one that was mailed to the present one.
pub(super) fn ask(world: &World, who: &Client, new: &str, present: &str) -> [String; 2] {
    let body = json!({"email": new, "password": PASSWORD});
    who.post("/v1/me/email-changes", body).is(202);
    [new, present].map(|address| code(world, address).unwrap())
}

pub(super) fn confirm(who: &Client, code: &str) -> Answer {
    who.post("/v1/me/email-changes/redemptions", json!({ "code": code }))
}

#[test]
fn whoever_merely_claimed_an_address_loses_it_to_whoever_proves_it() {
    with_mail(|world| {
        let fac = world.fac(1, 0);
        // From before there was a mail server.
        let claimant = world.person("Claims");
        world.enrol(&fac, &claimant, EnrolmentStatus::Enrolled);
        let consent = "/v1/me/consents/diversity_reports";
        claimant.put(consent, Value::Null).is(204);
        claimant
            .put("/v1/me/manual", json!({"how_i_work": "Leave me alone."}))
            .is(200);
        account(world, "amal@example.org");
        let amal = session(world, "amal@example.org", PASSWORD);
        let [new, present] = ask(world, &amal, &claimant.email, "amal@example.org");
        confirm(&amal, &new).is(202);
        // Nothing happens to the account before both have been confirmed.
        assert_eq!(claimant.get("/v1/me").is(200).json["email"], json!(claimant.email));
        let me = |who: &Client| who.get("/v1/me").is(200).json;
        assert_eq!(me(&amal)["email"], "amal@example.org");
        confirm(&amal, &present).is(200);
        claimant.get("/v1/me").problem(401, "invalid_token");
        assert_eq!(
            (&me(&amal)["email"], &me(&amal)["verified"]),
            (&json!(claimant.email), &json!(true))
        );
        // What was done with the account is its owner's, as for whoever registers with the address.
        let roles = me(&amal)["roles"].to_string();
        assert!(roles.contains("student") && roles.contains(&fac.cohort), "{roles}");
        // But not what somebody else agreed to, or wrote of themself.
        let consents = amal.get("/v1/me/consents").is(200);
        let reports = consents.data().iter().find(|one| one["use"] == "diversity_reports");
        assert_eq!(reports.unwrap()["given"], false);
        assert_eq!(amal.get("/v1/me/manual").is(200).json["how_i_work"], Value::Null);
        session(world, &claimant.email, PASSWORD);
    });
}

#[test]
fn one_who_is_in_the_same_cohort_keeps_it() {
    with_mail(|world| {
        let fac = world.fac(1, 0);
        let claimant = world.person("Claims");
        world.enrol(&fac, &claimant, EnrolmentStatus::Enrolled);
        account(world, "amal@example.org");
        let amal = session(world, "amal@example.org", PASSWORD);
        let id = amal.get("/v1/me").is(200).id();
        amal.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null)
            .is(204);
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        fac.facilitator.post(&enrolments, json!({"person_id": id})).is(201);
        let [new, present] = ask(world, &amal, &claimant.email, "amal@example.org");
        confirm(&amal, &present).is(202);
        let refused = confirm(&amal, &new).problem(409, "conflict");
        assert!(refused.text.contains("fac"), "{}", refused.text);
        assert_eq!(claimant.get("/v1/me").is(200).json["verified"], false);
        assert_eq!(amal.get("/v1/me").is(200).json["email"], "amal@example.org");
    });
}

#[test]
fn of_two_who_prove_an_address_at_once_one_has_it() {
    with_mail(|world| {
        let claimant = world.person("Claims");
        let both = ["amal@example.org", "basma@example.org"].map(|own| {
            account(world, own);
            let who = session(world, own, PASSWORD);
            let [new, present] = ask(world, &who, &claimant.email, own);
            confirm(&who, &present).is(202);
            (own, who, new)
        });
        let answers: Vec<Answer> = thread::scope(|scope| {
            let sent = both.each_ref().map(|(_, who, new)| scope.spawn(|| confirm(who, new)));
            sent.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        for ((own, who, _), answer) in both.iter().zip(answers) {
            let email = who.get("/v1/me").is(200).json["email"].clone();
            match answer.status {
                200 => assert_eq!(email, json!(claimant.email)),
                _ => {
                    answer.problem(409, "email_taken");
                    assert_eq!(email, json!(own));
                }
            }
        }
        claimant.get("/v1/me").problem(401, "invalid_token");
    });
}
