//! What mentors learn when their cohort moves or is called off.

use serde_json::{Value, json};

use super::{mails, places, sign_ups_path, slot, slot_path, slot_with};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn calling_a_cohort_off_cancels_its_sign_ups_and_says_so(world: World) {
        let fac = world.coming_fac(2, 0);
        let slots = [slot(&fac, 1), slot_with(&fac, json!({"kind": "project", "capacity": 2}))];
        let [a, b] = ["A", "B"].map(|name| world.alumnus(&fac, name));
        for (alumnus, slot) in [(&a, &slots[0]), (&b, &slots[0]), (&a, &slots[1])] {
            alumnus.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "cancelled"})).is(200);
        assert_eq!((places(&fac, &slots[0]), places(&fac, &slots[1])), ([0, 1, 0], [0, 2, 0]));
        let subject = "The cohort was called off: week 1 of fac";
        let mut told = mails(&world);
        told.sort();
        let mut expected = [&a, &b, &a].map(|person| (person.email.clone(), subject.to_owned()));
        expected.sort();
        assert_eq!(told, expected);
        let mine = a.get("/v1/me/sign-ups").is(200);
        assert!(mine.data().iter().all(|sign_up| sign_up["status"] == "cancelled"), "{}", mine.json);
    }

    fn slots_move_with_the_cohort(world: World) {
        let fac = world.coming_fac(2, 0);
        let times = json!({"starts_at": "2099-01-06T10:00:00Z", "ends_at": "2099-01-06T12:00:00Z"});
        let timed = slot_with(&fac, times);
        let whole_week = slot(&fac, 1);
        let [a, b] = ["A", "B"].map(|name| world.alumnus(&fac, name));
        a.post(&sign_ups_path(&timed), Value::Null).is(201);
        b.post(&sign_ups_path(&whole_week), Value::Null).is(201);
        world.set_status(&fac, "planned");
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&cohort, json!({"name": "FAC"})).is(200);
        assert_eq!(mails(&world), []);

        fac.facilitator.patch(&cohort, json!({"starts_on": "2099-01-19"})).is(200);
        let moved = fac.facilitator.get(&slot_path(&timed)).is(200).json;
        assert_eq!((&moved["starts_at"], &moved["ends_at"]), (&json!("2099-01-20T10:00:00Z"), &json!("2099-01-20T12:00:00Z")));
        let mut told = mails(&world);
        told.sort();
        let at_a_time = "Your mentor slot has a new time: Tuesday 20 January 2099, 10:00 (Europe/London), week 1 of FAC";
        let mut expected = [(&a, at_a_time), (&b, "New time: week 1 of FAC")].map(|(person, subject)| (person.email.clone(), subject.to_owned()));
        expected.sort();
        assert_eq!(told, expected);
    }
}
