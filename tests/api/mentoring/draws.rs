//! What a draw commits to, and whether it comes out the same again.

use diesel::prelude::*;
use peerled::db::schema::mentor_allocations;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::slot_with;
use crate::{
    harness::{Fac, User, World},
    on_every_database,
    privacy::{PASSWORD, set_password},
};

fn wish(fac: &Fac, who: &User, body: Value) {
    who.put(&format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort), body)
        .is(200);
}

/// As anybody computes it: the names of a `Value` are sorted, and it is written without blanks.
fn sha256(of: &Value) -> String {
    sha256_of(&of.to_string())
}

fn sha256_of(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What somebody was told: the title of each notice, and its detail.
fn told_to(world: &World, who: &User) -> Vec<(String, String)> {
    world.hand_out();
    let all = who.get("/v1/me/notifications").is(200);
    let told = |notice: &Value| ["title", "detail"].map(|name| notice[name].as_str().unwrap_or_default().to_owned());
    all.data().iter().map(|notice| told(notice).into()).collect()
}

on_every_database! {
    fn it_is_told_before_the_result_and_checked_after_it_by_each_without_others_wishes(world: World) {
        let fac = world.coming_fac(3, 1);
        let [amal, basma, late] = ["Amal", "Basma", "Late"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 2].map(|week| slot_with(&fac, json!({"week": week})));
        wish(&fac, &amal, json!({"ranked": slots}));
        wish(&fac, &basma, json!({"ranked": [slots[0]]}));
        let path = format!("/v1/cohorts/{}/mentor-allocations", fac.cohort);
        let dry = fac.facilitator.post(&path, json!({"dry_run": true})).is(200);
        assert_eq!(dry.json["commitment"], Value::Null);
        assert!(told_to(&world, &amal).is_empty());

        let made = fac.facilitator.post(&path, json!({})).is(201);
        assert_ne!(made.json["seed"], dry.json["seed"]);
        let commitment = made.json["commitment"].as_str().unwrap().to_owned();
        let draw = format!("/v1/mentor-allocations/{}/draw", made.id());
        for mentor in [&amal, &basma] {
            let told = told_to(&world, mentor);
            let (title, detail) = &told[0];
            assert_eq!(title, "Places for mentors in fac were drawn; staff have not confirmed them yet.");
            assert!(detail.starts_with("This is draw 1 of") && detail.contains(&made.id()) && detail.ends_with(&commitment), "{detail}");
            // Nobody can change what has been mailed.
            let mailed = world.mail().into_iter().filter(|mail| mail.recipient == mentor.email);
            let mailed: Vec<_> = mailed.filter(|mail| mail.body.contains(&commitment) && mail.body.contains(&made.id())).collect();
            assert_eq!(mailed.len(), 1);
            assert!(mailed[0].subject == *title, "{}", mailed[0].subject);
            let seen = mentor.get(&draw).is(200).json;
            assert_eq!((&seen["commitment"], &seen["inputs"], &seen["number"]), (&json!(commitment), &Value::Null, &json!(1)));
            assert_eq!(seen["parts"].as_array().unwrap().len(), 1);
            assert_eq!(seen["parts"][0]["part"]["together"], Value::Null);
        }
        for other in [&late, &fac.students[0]] {
            other.get(&draw).problem(404, "not_found");
        }

        fac.facilitator.post(&format!("/v1/mentor-allocations/{}/confirmation", made.id()), Value::Null).is(200);
        for mentor in [&amal, &basma] {
            let seen = mentor.get(&draw).is(200).json;
            let own = &seen["parts"][0];
            assert_eq!((seen["parts"].as_array().unwrap().len(), &own["person"]["id"]), (1, &json!(mentor.id)));
            let named = format!("{}:{}", own["part"]["nonce"].as_str().unwrap(), mentor.id);
            assert_eq!(own["part"]["person"], json!(sha256_of(&named)), "nobody is shown the part of another");
            let places = seen["inputs"]["applicants"].as_array().unwrap();
            assert_eq!(places.iter().filter(|hash| **hash == json!(sha256(&own["part"]))).count(), 1);
            assert_eq!((places.len(), sha256(&seen["inputs"])), (2, commitment.clone()));
            assert_eq!((&seen["inputs"]["seed"], &seen["seed_given"]), (&made.json["seed"], &json!(false)));
        }
        let wishes = |seen: &Value| seen["parts"][0]["part"]["wishes"].as_array().unwrap().len();
        assert_eq!((wishes(&amal.get(&draw).json), wishes(&basma.get(&draw).json)), (2, 1));
    }

    fn before_it_counts_nobody_learns_from_it_whether_the_other_wants_to_come_with_them(world: World) {
        let fac = world.coming_fac(3, 0);
        let [amal, basma, chiara] = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(&fac, name));
        let slots = [1, 2].map(|week| slot_with(&fac, json!({"week": week})));
        wish(&fac, &amal, json!({"ranked": slots, "together_with": [basma.id]}));
        wish(&fac, &chiara, json!({"ranked": slots, "together_with": [basma.id]}));
        // Basma wishes to come with Amal, not with Chiara, and can take nothing more.
        let taken = slot_with(&fac, json!({"week": 3}));
        wish(&fac, &basma, json!({"ranked": slots, "together_with": [amal.id], "at_most": 1}));
        basma.post(&format!("/v1/mentor-slots/{taken}/sign-ups"), Value::Null).is(201);
        let made = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-allocations", fac.cohort), json!({})).is(201);
        let draw = format!("/v1/mentor-allocations/{}/draw", made.id());
        let own = |who: &User| who.get(&draw).is(200).json["parts"][0]["part"].clone();
        let told = |part: &Value| ["together", "barred", "wishes", "at_most"].map(|name| part[name].clone());
        assert_eq!(told(&own(&amal)), told(&own(&chiara)));
        let staff = fac.facilitator.get(&draw).is(200).json;
        assert!(staff["parts"].as_array().unwrap().iter().any(|one| one["part"]["together"] == json!([1]) || one["part"]["together"] == json!([0])));
        fac.facilitator.post(&format!("/v1/mentor-allocations/{}/confirmation", made.id()), Value::Null).is(200);
        let part = own(&amal);
        assert_eq!(part["together"].as_array().unwrap().len(), 1);
        let places = amal.get(&draw).is(200).json["inputs"]["applicants"].clone();
        assert!(places.as_array().unwrap().contains(&json!(sha256(&part))));
    }

    fn a_draw_is_checked_by_somebody_who_merged_two_accounts_since(world: World) {
        let fac = world.coming_fac(2, 0);
        let amal = world.alumnus(&fac, "Amal");
        wish(&fac, &amal, json!({"ranked": [slot_with(&fac, json!({}))]}));
        let made = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-allocations", fac.cohort), json!({})).is(201);
        let new = world.person("Amal again");
        set_password(&world, &amal);
        for user in [&amal, &new] {
            world.prove_address(user);
        }
        new.post("/v1/me/merges", json!({"email": amal.email, "password": PASSWORD})).is(200);
        fac.facilitator.post(&format!("/v1/mentor-allocations/{}/confirmation", made.id()), Value::Null).is(200);
        let seen = new.get(&format!("/v1/mentor-allocations/{}/draw", made.id())).is(200).json;
        let own = &seen["parts"][0];
        assert_eq!((&own["person"]["id"], &own["drawn_as"]), (&json!(new.id), &json!(amal.id)));
        let named = format!("{}:{}", own["part"]["nonce"].as_str().unwrap(), own["drawn_as"].as_str().unwrap());
        assert_eq!(own["part"]["person"], json!(sha256_of(&named)));
        assert_eq!(json!(sha256(&seen["inputs"])), seen["commitment"]);
    }

    fn drawing_until_it_suits_is_seen_and_so_is_a_seed_that_was_chosen(world: World) {
        let fac = world.coming_fac(2, 0);
        let amal = world.alumnus(&fac, "Amal");
        wish(&fac, &amal, json!({"ranked": [slot_with(&fac, json!({}))]}));
        let path = format!("/v1/cohorts/{}/mentor-allocations", fac.cohort);
        for number in 1..=3 {
            let made = fac.facilitator.post(&path, json!({"seed": 7})).is(201);
            let seen = amal.get(&format!("/v1/mentor-allocations/{}/draw", made.id())).is(200).json;
            assert_eq!((&seen["number"], &seen["seed_given"]), (&json!(number), &json!(true)));
        }
        let told = told_to(&world, &amal);
        assert!(told.len() == 3 && told[0].1.starts_with("This is draw 3 of"), "{told:?}");
        // Equal inputs and an equal seed commit to something else each time: nothing is guessed from the hash.
        let commitments: std::collections::BTreeSet<_> = told.iter().map(|(_, detail)| detail.lines().next_back()).collect();
        assert_eq!(commitments.len(), 3);
        // So often in a day, since each is told; what is tried alone is not counted.
        for _ in 4..=20 {
            fac.facilitator.post(&path, json!({"dry_run": true})).is(200);
            fac.facilitator.post(&path, json!({})).is(201);
        }
        fac.facilitator.post(&path, json!({})).problem(409, "conflict");
        fac.facilitator.post(&path, json!({"dry_run": true})).is(200);
    }

    fn staff_draw_again_and_see_whether_what_is_kept_was_changed(world: World) {
        let fac = world.coming_fac(3, 1);
        let people = ["Amal", "Basma", "Chiara"].map(|name| world.alumnus(&fac, name));
        let slot = slot_with(&fac, json!({}));
        for mentor in &people {
            wish(&fac, mentor, json!({"ranked": [slot]}));
        }
        let made = fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-allocations", fac.cohort), json!({})).is(201);
        let path = format!("/v1/mentor-allocations/{}/reruns", made.id());
        let again = fac.organiser.post(&path, Value::Null).is(200).json;
        assert_eq!((&again["same_result"], &again["commitment_holds"]), (&json!(true), &json!(true)));
        assert_eq!(again["assignments"], made.json["assignments"]);
        let whole = fac.facilitator.get(&format!("/v1/mentor-allocations/{}/draw", made.id())).is(200).json;
        assert_eq!(whole["parts"].as_array().unwrap().len(), 3);
        people[0].post(&path, Value::Null).problem(404, "not_found");
        fac.students[0].post(&path, Value::Null).problem(404, "not_found");

        // Whoever changes the seed behind everybody's back is found out.
        world.db(|conn| {
            diesel::update(mentor_allocations::table).set(mentor_allocations::seed.eq(mentor_allocations::seed + 1)).execute(conn)?;
            Ok(())
        });
        assert_eq!(fac.organiser.post(&path, Value::Null).is(200).json["commitment_holds"], false);
        // One from before there were commitments has none.
        world.db(|conn| {
            diesel::update(mentor_allocations::table)
                .set((mentor_allocations::commitment.eq(None::<String>), mentor_allocations::commitment_secret.eq(None::<String>)))
                .execute(conn)?;
            Ok(())
        });
        assert_eq!(fac.organiser.post(&path, Value::Null).is(200).json["commitment_holds"], Value::Null);
        let old = people[0].get(&format!("/v1/mentor-allocations/{}/draw", made.id())).is(200).json;
        assert_eq!((&old["commitment"], &old["inputs"], &old["seed_given"]), (&Value::Null, &Value::Null, &Value::Null));
    }
}
