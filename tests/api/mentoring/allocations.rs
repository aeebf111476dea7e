use std::thread;

use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot_path, slot_with};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

fn wish(fac: &Fac, who: &User, body: Value) {
    who.put(&format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort), body)
        .is(200);
}

fn allocations(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/mentor-allocations", fac.cohort)
}

fn confirmation(made: &Answer) -> String {
    format!("/v1/mentor-allocations/{}/confirmation", made.id())
}

/// Name and week of all that is assigned, by name.
fn assigned(answer: &Answer) -> Vec<(String, i64)> {
    let all = answer.json["assignments"].as_array().unwrap().iter();
    let mut all: Vec<_> = all
        .map(|one| {
            (
                one["person"]["name"].as_str().unwrap().to_owned(),
                one["week"].as_i64().unwrap(),
            )
        })
        .collect();
    all.sort();
    all
}

/// The reasons of somebody's wishes, by rank.
fn reasons(answer: &Answer, who: &User) -> Vec<String> {
    let all = answer.json["wishes"].as_array().unwrap();
    let own = all.iter().find(|one| one["person"]["id"] == json!(who.id)).unwrap();
    own["outcomes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["reason"].as_str().unwrap().to_owned())
        .collect()
}

on_every_database! {
    fn places_go_to_wishes_and_become_sign_ups(world: World) {
        let fac = world.coming_fac(4, 1);
        let people = ["Amal", "Basma", "Chiara", "Dana"].map(|name| world.alumnus(&fac, name));
        let [amal, basma, chiara, dana] = &people;
        let slots = [1, 2].map(|week| slot_with(&fac, json!({"week": week, "min": 2, "capacity": 2})));
        let late = slot_with(&fac, json!({"week": 4}));
        // All want week 1 first; one of them can come to nothing else.
        wish(&fac, amal, json!({"ranked": slots, "at_most": 1}));
        wish(&fac, basma, json!({"ranked": slots, "at_most": 1}));
        wish(&fac, chiara, json!({"ranked": [slots[0]]}));
        wish(&fac, dana, json!({"ranked": [slots[0], slots[1], late], "at_most": 1}));

        let dry = fac.facilitator.post(&allocations(&fac), json!({"seed": 5, "dry_run": true})).is(200);
        assert_eq!(dry.json["id"], Value::Null);
        assert!(fac.facilitator.get(&allocations(&fac)).is(200).data().is_empty());
        let made = fac.facilitator.post(&allocations(&fac), json!({"seed": 5})).is(201);
        assert_eq!((&made.json["assignments"], &made.json["report"]), (&dry.json["assignments"], &dry.json["report"]));
        let given = assigned(&made);
        let weeks: Vec<i64> = given.iter().map(|(_, week)| *week).collect();
        // Weeks 1 and 2 get the two mentors they need, and everybody something.
        assert_eq!((given.len(), weeks.iter().filter(|week| **week == 1).count()), (4, 2), "{given:?}");
        assert!(given.contains(&("Chiara".into(), 1)), "{given:?}");
        let report = &made.json["report"];
        assert_eq!((&report["without_place"], &report["contests"], &report["search"]["is_optimal"]), (&json!([]), &json!([]), &json!(true)));
        assert_eq!(report["short_slots"], json!([{"slot_id": late, "week": 4, "min": 1, "mentors": 0}]));

        // Until it is confirmed it is the staff's.
        let one = format!("/v1/mentor-allocations/{}", made.id());
        assert_eq!(fac.organiser.get(&one).is(200).json, made.json);
        amal.get(&one).problem(404, "not_found");
        assert!(amal.get(&allocations(&fac)).is(200).data().is_empty());
        for caller in [amal, &fac.students[0]] {
            caller.post(&confirmation(&made), Value::Null).problem(404, "not_found");
            caller.post(&allocations(&fac), json!({})).problem(403, "forbidden");
        }
        let confirmed = fac.facilitator.post(&confirmation(&made), Value::Null).is(200);
        assert_eq!((&confirmed.json["status"], &confirmed.json["version"]), (&json!("confirmed"), &json!(2)));
        fac.facilitator.post(&confirmation(&made), Value::Null).problem(409, "invalid_transition");
        assert_eq!([places(&fac, &slots[0]), places(&fac, &slots[1])], [[2, 0, 0], [2, 0, 0]]);
        let own = chiara.get(&format!("{}/{}", sign_ups_path(&slots[0]), chiara.id)).is(200);
        assert_eq!(own.json["status"], "confirmed");

        // Everybody hears of it, and reads why; of the others nothing.
        let told: Vec<String> = mails(&world).into_iter().map(|(to, subject)| format!("{to}: {subject}")).collect();
        // Before that, of the draw.
        let (drawn, told): (Vec<String>, Vec<String>) = told.into_iter().partition(|mail| mail.contains(": Places for mentors in fac were drawn"));
        assert_eq!((drawn.len(), told.len()), (4, 4));
        assert!(told.iter().all(|mail| mail.ends_with("You have a place: fac")), "{told:?}");
        let seen = chiara.get(&one).is(200);
        assert_eq!(assigned(&seen), [("Chiara".into(), 1)]);
        assert_eq!((seen.json["wishes"].as_array().unwrap().len(), seen.json.get("report")), (1, None));
        assert_eq!(reasons(&seen, chiara), ["reaches_minimum"]);
        assert_eq!(amal.get(&allocations(&fac)).is(200).data().len(), 1);
        fac.students[0].get(&one).problem(404, "not_found");
        world.person("Stranger").get(&one).problem(404, "not_found");
    }

    fn nothing_is_confirmed_that_rests_on_something_else(world: World) {
        let fac = world.coming_fac(4, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 3].map(|week| slot_with(&fac, json!({"week": week, "capacity": 2})));
        wish(&fac, &amal, json!({"ranked": slots}));
        wish(&fac, &basma, json!({"ranked": slots}));
        let outdated = |change: &dyn Fn(), changed: Value| {
            let made = fac.facilitator.post(&allocations(&fac), json!({})).is(201);
            change();
            let refused = fac.facilitator.post(&confirmation(&made), Value::Null).problem(409, "allocation_outdated");
            assert_eq!(refused.json["changed"], changed, "{}", refused.text);
        };
        let (one, other) = (json!([slots[0]]), json!([slots[1]]));
        outdated(&|| drop(fac.facilitator.patch(&slot_path(&slots[0]), json!({"min": 2})).is(200)), json!({"slots": one, "people": []}));
        outdated(&|| wish(&fac, &amal, json!({"ranked": [slots[0]]})), json!({"slots": [], "people": [amal.id]}));
        outdated(&|| drop(amal.post(&sign_ups_path(&slots[1]), Value::Null).is(201)), json!({"slots": other, "people": [amal.id]}));
        outdated(&|| drop(basma.delete(&format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort)).is(204)), json!({"slots": [], "people": [basma.id]}));
        assert_eq!([places(&fac, &slots[0]), places(&fac, &slots[1])], [[0, 2, 0], [1, 1, 0]]);
        world.set_status(&fac, "cancelled");
        fac.facilitator.post(&allocations(&fac), json!({})).problem(409, "conflict");
    }

    fn wishes_that_cannot_come_true_are_told_with_the_proof(world: World) {
        let (fac, gaza) = (world.coming_fac(4, 0), world.campus_with_cohort("gaza", 1, 0));
        world.begin_week(&gaza, 1, 7);
        let people = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(&fac, name));
        let [amal, basma, chiara] = &people;
        let admitted = format!("/v1/campuses/{}/alumni-sources/{}", gaza.campus, fac.campus);
        gaza.organiser.put(&admitted, Value::Null).is(204);
        let hours = json!({"starts_at": "2099-01-06T10:00:00Z", "ends_at": "2099-01-06T12:00:00Z"});
        let mut timed = hours.clone();
        timed["kind"] = json!("role");
        let (one, meets) = (slot_with(&fac, json!({"week": 2})), slot_with(&fac, hours));
        let other = slot_with(&fac, timed);
        chiara.post(&sign_ups_path(&other), Value::Null).is(201);
        let two = slot_with(&fac, json!({"week": 3, "min": 0}));
        chiara.post(&sign_ups_path(&two), Value::Null).is(201);
        wish(&fac, amal, json!({"ranked": [one]}));
        wish(&fac, basma, json!({"ranked": [one, two]}));
        wish(&fac, chiara, json!({"ranked": [meets, other]}));
        let made = fac.facilitator.post(&allocations(&fac), json!({"seed": 3})).is(201);
        let contests = &made.json["report"]["contests"];
        assert_eq!(contests.as_array().unwrap().len(), 2, "{}", made.text);
        assert_eq!((&contests[0]["slots"], &contests[0]["places"]), (&json!([one]), &json!(1)));
        assert_eq!(contests[0]["people"].as_array().unwrap().len(), 2);
        assert_eq!((&contests[1]["people"][0]["id"], &contests[1]["places"]), (&json!(chiara.id), &json!(0)));
        assert_eq!(reasons(&made, chiara), ["busy", "signed_up"]);
        let (winner, loser) = match assigned(&made)[0].0.as_str() {
            "Amal" => (amal, basma),
            _ => (basma, amal),
        };
        assert_eq!(reasons(&made, winner)[0], "reaches_minimum");
        assert_eq!(reasons(&made, loser)[0], "lost_draw");
        let lost = json!([{"person": {"id": loser.id, "name": loser.name}, "count": 1}]);
        assert_eq!(made.json["report"]["draws_lost"], lost);

        // Once that is confirmed, the loser goes first, whatever the seed.
        fac.facilitator.post(&confirmation(&made), Value::Null).is(200);
        winner.delete(&format!("{}/me", sign_ups_path(&one))).is(204);
        let again = slot_with(&fac, json!({"week": 1}));
        wish(&fac, amal, json!({"ranked": [again]}));
        wish(&fac, basma, json!({"ranked": [again]}));
        for seed in 0..6 {
            let next = fac.facilitator.post(&allocations(&fac), json!({"seed": seed, "dry_run": true})).is(200);
            assert_eq!(assigned(&next), [(loser.name.clone(), 1)], "{seed}");
        }
        fac.facilitator.post(&allocations(&fac), json!({"weeks_in_a_row": 0})).field("/weeks_in_a_row", "invalid");
    }

    fn a_place_is_not_given_twice_by_a_confirmation_and_a_sign_up_at_once(world: World) {
        let fac = world.coming_fac(2, 0);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        for week in [1, 2] {
            let slot = slot_with(&fac, json!({"week": week}));
            wish(&fac, &amal, json!({"ranked": [slot]}));
            let made = fac.facilitator.post(&allocations(&fac), json!({})).is(201);
            let (confirmed, signed_up) = thread::scope(|scope| {
                let confirmed = scope.spawn(|| fac.facilitator.post(&confirmation(&made), Value::Null));
                let signed_up = scope.spawn(|| basma.post(&sign_ups_path(&slot), Value::Null).is(201));
                (confirmed.join().unwrap(), signed_up.join().unwrap())
            });
            match signed_up.json["status"].as_str().unwrap() {
                "confirmed" => drop(confirmed.problem(409, "allocation_outdated")),
                _ => drop(confirmed.is(200)),
            }
            assert_eq!(places(&fac, &slot)[0], 1);
        }
    }
}
