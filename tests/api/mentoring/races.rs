//! Many at once: a place is never given twice, and never stays free while somebody waits.

use std::thread;

use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot, slot_path};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

fn all_at_once<T: Send>(people: &[User], act: impl Fn(&User) -> T + Sync) -> Vec<T> {
    thread::scope(|scope| {
        let threads: Vec<_> = people.iter().map(|person| scope.spawn(|| act(person))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

fn alumni(world: &World, fac: &Fac, count: usize) -> Vec<User> {
    (0..count)
        .map(|n| world.alumnus(fac, &format!("Alumna {n:02}")))
        .collect()
}

/// The places in line that were told to those who wait, in order.
fn positions(answers: &[Answer]) -> Vec<i64> {
    let mut positions: Vec<i64> = answers
        .iter()
        .filter_map(|answer| answer.json["position"].as_i64())
        .collect();
    positions.sort_unstable();
    positions
}

on_every_database! {
    fn forty_at_once_for_one_place(world: World) {
        let fac = world.coming_fac(1, 0);
        let slot = slot(&fac, 1);
        let people = alumni(&world, &fac, 40);
        let answers = all_at_once(&people, |person| person.post(&sign_ups_path(&slot), Value::Null).is(201));
        let confirmed = answers.iter().filter(|answer| answer.json["status"] == "confirmed").count();
        assert_eq!(confirmed, 1);
        assert_eq!(positions(&answers), (1..=39).collect::<Vec<_>>());
        assert_eq!(places(&fac, &slot), [1, 0, 39]);
        // Nobody is told one place in line and has another.
        for (person, answer) in people.iter().zip(&answers) {
            let path = format!("{}/{}", sign_ups_path(&slot), person.id);
            assert_eq!(person.get(&path).is(200).json, answer.json);
        }
    }

    fn one_person_twice_at_once_gets_one_place(world: World) {
        let fac = world.coming_fac(1, 0);
        let slot = slot(&fac, 4);
        let alumna = world.alumnus(&fac, "A");
        let taps = vec![alumna; 6];
        let mut statuses = all_at_once(&taps, |person| person.post(&sign_ups_path(&slot), Value::Null).status);
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
        assert_eq!(places(&fac, &slot), [1, 3, 0]);
    }

    fn places_given_up_while_others_sign_up_are_neither_lost_nor_doubled(world: World) {
        let fac = world.coming_fac(1, 0);
        let slot = slot(&fac, 3);
        let path = sign_ups_path(&slot);
        let (early, late) = (alumni(&world, &fac, 8), ["X", "Y", "Z"].map(|name| world.alumnus(&fac, name)));
        for person in &early {
            person.post(&path, Value::Null).is(201);
        }
        // Those with a place and some of those in line leave, others come, staff make room: at once.
        thread::scope(|scope| {
            for person in &early[..5] {
                scope.spawn(|| person.delete(&format!("{path}/me")).is(204));
            }
            for person in &late {
                scope.spawn(|| person.post(&path, Value::Null).is(201));
            }
        });
        assert_eq!(places(&fac, &slot), [3, 0, 3]);
        // The first in line had the places before anybody who came later.
        for person in &early[5..] {
            assert_eq!(person.get(&format!("{path}/{}", person.id)).is(200).json["status"], "confirmed");
        }
        let told: Vec<String> = mails(&world).into_iter().map(|(to, _)| to).collect();
        assert!(early[5..].iter().all(|person| told.contains(&person.email)), "{told:?}");

        thread::scope(|scope| {
            for person in early[5..].iter().chain(&late) {
                scope.spawn(|| person.delete(&format!("{path}/me")).is(204));
            }
            scope.spawn(|| fac.facilitator.patch(&slot_path(&slot), json!({"capacity": 5})).is(200));
        });
        assert_eq!(places(&fac, &slot), [0, 5, 0]);
    }
}
