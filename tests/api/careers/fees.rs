//! What employers owe a campus for a hire.

use std::thread;

use chrono::Datelike as _;
use peerled::primitives::Instant;
use serde_json::{Value, json};
use ureq::http::Method;

use super::{agree, ask, contact, employer, go, new_fee, public_role, withdraw};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
    privacy::{PASSWORD, set_password},
};

/// A graduate who was hired: with the introduction's path.
fn hire(world: &World, fac: &Fac, role: &str, name: &str) -> (User, String) {
    let graduate = world.alumnus(fac, name);
    let introduction = ask(fac, role, &graduate.id);
    agree(&graduate, &introduction).is(200);
    go(&fac.facilitator, &introduction, &["interview", "offer", "hired"]);
    (graduate, introduction)
}

fn note(fac: &Fac, introduction: &str, amount: i64, currency: &str, due_on: &str) -> Answer {
    let new = json!({"amount": amount, "currency": currency, "due_on": due_on});
    fac.organiser.post(&format!("{introduction}/referral-fees"), new)
}

fn settle(who: &User, fee: &str, settlement: Value) -> Answer {
    who.put(&format!("{fee}/status"), settlement)
}

on_every_database! {
    fn organisers_note_what_is_due_for_a_hire(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let vera = contact(&world, &fac, &own, "Vera");
        let role = public_role(&fac, &own);
        let other = world.alumnus(&fac, "Other");
        let early = ask(&fac, &role, &other.id);
        note(&fac, &early, 400_000, "GBP", "2027-04-30").problem(409, "conflict");
        let (amal, hired) = hire(&world, &fac, &role, "Amal");
        let path = format!("{hired}/referral-fees");
        for who in [&fac.facilitator, &vera, &amal] {
            who.post(&path, new_fee()).problem(403, "forbidden");
        }
        other.post(&path, new_fee()).problem(404, "not_found");
        note(&fac, &hired, 0, "GBP", "2027-04-30").field("/amount", "invalid");
        note(&fac, &hired, 1, "XXX", "2027-04-30").is(422);
        let made = note(&fac, &hired, 400_000, "GBP", "2027-04-30").is(201);
        assert_eq!((&made.json["status"], &made.json["amount"]), (&json!("due"), &json!(400_000)));
        assert!(!made.text.contains(&amal.id));
        let fee = made.header("location");
        for who in [&fac.facilitator, &vera, &amal] {
            who.get(fee).problem(404, "not_found");
            settle(who, fee, json!({"status": "paid"})).problem(404, "not_found");
        }
        let twice = note(&fac, &hired, 1, "GBP", "2027-04-30").problem(409, "conflict");
        assert_eq!(twice.json["fee_id"], json!(made.id()));
        settle(&fac.organiser, fee, json!({"status": "waived"})).field("/reason", "required");
        settle(&fac.organiser, fee, json!({"status": "due"})).field("/status", "invalid");
        let waived = json!({"status": "waived", "reason": "A slip."});
        let settled = settle(&fac.organiser, fee, waived.clone()).is(200).json;
        assert_eq!(settle(&fac.organiser, fee, waived).is(200).json["version"], settled["version"]);
        settle(&fac.organiser, fee, json!({"status": "paid"})).problem(409, "invalid_transition");
        let right = note(&fac, &hired, 300_000, "GBP", "2027-04-30").is(201);
        settle(&fac.organiser, right.header("location"), json!({"status": "paid"})).is(200);
        let listed = fac.organiser.get(&format!("/v1/campuses/{}/referral-fees?status=paid", fac.campus)).is(200);
        assert_eq!((listed.data().len(), &listed.data()[0]["id"]), (1, &json!(right.id())));
        fac.facilitator.get(&format!("/v1/campuses/{}/referral-fees", fac.campus)).problem(403, "forbidden");
    }

    fn of_two_fees_that_are_noted_at_once_one_is(world: World) {
        let fac = world.fac(1, 0);
        let role = public_role(&fac, &employer(&fac));
        let (_, hired) = hire(&world, &fac, &role, "Amal");
        let statuses: Vec<u16> = thread::scope(|scope| {
            let asked: Vec<_> = (0..8).map(|_| scope.spawn(|| note(&fac, &hired, 1, "GBP", "2027-04-30").status)).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 7, "{statuses:?}");
    }

    fn what_is_due_stays_when_the_consent_goes_and_when_the_graduate_is_erased(world: World) {
        let fac = world.fac(1, 0);
        let role = public_role(&fac, &employer(&fac));
        let (amal, hired) = hire(&world, &fac, &role, "Amal Hadi Haddad");
        let fee = note(&fac, &hired, 400_000, "GBP", "2027-04-30").is(201);
        withdraw(&amal, &hired).is(204);
        assert_eq!(fac.organiser.get(fee.header("location")).is(200).json, fee.json);
        set_password(&world, &amal);
        amal.json(Method::DELETE, "/v1/me", json!({ "password": PASSWORD })).is(202);
        assert_eq!(fac.organiser.get(fee.header("location")).is(200).json, fee.json);
        let left = fac.organiser.get(&hired).is(200).json;
        assert_eq!((&left["status"], &left["person"]["name"]), (&json!("hired"), &json!("Former member")));
        let sums = fac.organiser.get(&format!("/v1/campuses/{}/referral-fee-sums?from=2027-01-01&to=2027-12-31", fac.campus)).is(200);
        assert_eq!(sums.json["sums"][0]["due"], 400_000);
    }

    fn the_sums_of_a_campus_come_out_by_currency_and_days(world: World) {
        let (fac, away) = (world.campus_with_cohort("home", 1, 0), world.campus_with_cohort("away", 1, 0));
        let role = public_role(&fac, &employer(&fac));
        let hires = ["One", "Two", "Three", "Four", "Five"].map(|name| hire(&world, &fac, &role, name).1);
        let fees = [
            (400_000, "GBP", "2027-01-01"),
            (300_000, "GBP", "2027-12-31"),
            (5_000, "ILS", "2027-06-01"),
            (7, "GBP", "2026-12-31"),
            (9, "GBP", "2027-02-01"),
        ];
        let made: Vec<String> = hires.iter().zip(fees).map(|(hired, (amount, currency, due_on))| {
            note(&fac, hired, amount, currency, due_on).is(201).header("location").to_owned()
        }).collect();
        settle(&fac.organiser, &made[0], json!({"status": "paid"})).is(200);
        settle(&fac.organiser, &made[4], json!({"status": "waived", "reason": "They left."})).is(200);
        let sums = |fac: &Fac, query: &str| fac.organiser.get(&format!("/v1/campuses/{}/referral-fee-sums{query}", fac.campus));
        let year = sums(&fac, "?from=2027-01-01&to=2027-12-31").is(200).json;
        assert_eq!(year["sums"], json!([
            {"currency": "GBP", "fees": 3, "due": 300_000, "paid": 400_000, "waived": 9},
            {"currency": "ILS", "fees": 1, "due": 5_000, "paid": 0, "waived": 0},
        ]));
        // Of whichever year it is at the campus now.
        let year = Instant::now().date().year();
        let (from, to) = (format!("{}-01-01", year - 1), format!("{}-12-31", year + 1));
        let around = format!("?from={from}&to={to}");
        assert_eq!(sums(&fac, &around).is(200).json["hires"], 5);
        let empty = json!({"campus_id": away.campus, "from": from, "to": to, "hires": 0, "sums": []});
        assert_eq!(sums(&away, &around).is(200).json, empty);
        sums(&fac, "?from=2027-02-01&to=2027-01-01").problem(400, "invalid_parameter");
        assert_eq!(sums(&fac, "").is(200).json["from"].as_str().unwrap()[4..], *"-01-01");
        fac.facilitator.get(&format!("/v1/campuses/{}/referral-fee-sums", fac.campus)).problem(403, "forbidden");
    }
}
