use chrono::TimeDelta;
use peerled::primitives::Instant;
use serde_json::{Value, json};

use super::{days_ago, now_on, path_of};
use crate::{harness::World, on_every_database, work::all_at_once};

on_every_database! {
    fn whoever_checks_in_is_there_once(world: World) {
        let fac = world.fac(2, 3);
        let (me, other) = (&fac.students[0], &fac.students[1]);
        let made = now_on(&fac, 1, 60, json!({}));
        let path = format!("{}/attendance/me", path_of(&made));
        assert_eq!(me.get(&path_of(&made)).is(200).json["my_attendance"], json!(null));
        let first = me.put(&path, Value::Null).is(200).json;
        assert_eq!(first["status"], "present");
        assert_eq!(first["arrived_at"], first["received_at"]);
        assert_eq!(me.put(&path, Value::Null).is(200).json, first, "again is the same");
        assert_eq!(me.get(&path_of(&made)).is(200).json["my_attendance"], "present");
        assert_eq!(other.get(&path_of(&made)).is(200).json["my_attendance"], json!(null));
        let late = now_on(&fac, -20, 60, json!({}));
        assert_eq!(me.put(&format!("{}/attendance/me", path_of(&late)), Value::Null).is(200).json["status"], "late");
        // Too early, too late, called off.
        let early = now_on(&fac, 20, 60, json!({}));
        let refused = me.put(&format!("{}/attendance/me", path_of(&early)), Value::Null).problem(409, "conflict");
        let noted = fac.facilitator.put(&format!("{}/attendance/{}", path_of(&early), me.id), json!({"status": "present"}));
        for refused in [refused, noted.problem(409, "conflict")] {
            let detail = refused.json["detail"].as_str().unwrap();
            assert!(detail.contains(" (Europe/London)") && !detail.contains("Z"), "{detail}");
            let opens = Instant::parse(refused.json["opens_at"].as_str().unwrap()).unwrap();
            assert_eq!(json!(opens.plus(TimeDelta::minutes(15))), early.json["starts_at"], "a quarter of an hour before");
        }
        let over = now_on(&fac, -60, 30, json!({}));
        let refused = me.put(&format!("{}/attendance/me", path_of(&over)), Value::Null).problem(409, "conflict");
        assert_eq!(refused.json["ended_at"], over.json["ends_at"]);
        fac.facilitator.delete(&path_of(&made)).is(204);
        other.put(&path, Value::Null).problem(409, "conflict");
        world.person("Stranger").put(&path, Value::Null).problem(404, "not_found");
        world.nobody().put(&path, Value::Null).problem(401, "authentication_required");
    }

    fn a_check_in_that_waited_for_power_keeps_its_time(world: World) {
        let fac = world.fac(2, 2);
        let me = &fac.students[0];
        let made = now_on(&fac, 0, 60, json!({}));
        days_ago(&world, &made, 3);
        let path = format!("{}/attendance/me", path_of(&made));
        let event = me.get(&path_of(&made)).is(200).json;
        let (starts, ends) = (event["starts_at"].clone(), event["ends_at"].clone());
        me.put(&path, json!({"arrived_at": "2020-01-01T00:00:00Z"})).field("/arrived_at", "invalid");
        me.put(&path, json!({"arrived_at": "2099-01-01T00:00:00Z"})).field("/arrived_at", "invalid");
        me.put(&path, json!({"arrived_at": "then"})).field("/arrived_at", "invalid");
        me.put(&path, Value::Null).problem(409, "conflict");
        let late = me.put(&path, json!({ "arrived_at": ends })).is(200).json;
        assert_eq!((&late["status"], &late["arrived_at"]), (&json!("late"), &ends));
        assert_ne!(late["received_at"], ends);
        // What was made earlier and comes later counts; not the other way round.
        let early = me.put(&path, json!({ "arrived_at": starts })).is(200).json;
        assert_eq!((&early["status"], &early["arrived_at"]), (&json!("present"), &starts));
        assert_eq!(me.put(&path, json!({ "arrived_at": ends })).is(200).json, early);
        days_ago(&world, &made, 8);
        fac.students[1].put(&path, json!({ "arrived_at": starts })).problem(409, "conflict");
    }

    fn a_code_is_needed_and_cannot_be_guessed(world: World) {
        let fac = world.fac(2, 3);
        let made = now_on(&fac, 1, 60, json!({"check_in": "code"}));
        let code = made.json["check_in_code"].as_str().unwrap().to_owned();
        let path = format!("{}/attendance/me", path_of(&made));
        let wrong = |number: usize| format!("x{number:05}");
        fac.students[0].put(&path, Value::Null).field("/code", "required");
        fac.students[0].put(&path, json!({"code": wrong(0)})).field("/code", "wrong");
        fac.students[0].put(&path, json!({ "code": code })).is(200);
        // Many at once are looked at no more often than ten times.
        let guesser = &fac.students[1];
        let crowd = vec![guesser.clone(); 30];
        let statuses = all_at_once(&crowd, |number, _| guesser.put(&path, json!({"code": wrong(number)})).status);
        let looked_at = statuses.iter().filter(|status| **status == 422).count();
        assert_eq!((looked_at, statuses.len() - looked_at), (10, statuses.iter().filter(|status| **status == 409).count()));
        guesser.put(&path, json!({ "code": code })).problem(409, "conflict");
        assert_eq!(fac.students[2].put(&path, json!({ "code": code })).is(200).json["status"], "present", "others are not held up");
        // Neither the trail nor a list shows the code to students.
        let list = fac.students[2].get(&format!("/v1/cohorts/{}/events", fac.cohort)).is(200);
        assert!(!list.text.contains(&code), "{}", list.text);
        let note = format!("{}/attendance/{}", path_of(&made), guesser.id);
        fac.facilitator.put(&note, json!({"status": "present"})).is(200);
    }

    fn what_the_staff_note_stands(world: World) {
        let fac = world.fac(2, 2);
        let me = &fac.students[0];
        let made = now_on(&fac, 1, 60, json!({}));
        let (own, noted) = (format!("{}/attendance/me", path_of(&made)), format!("{}/attendance/{}", path_of(&made), me.id));
        me.put(&noted, json!({"status": "present"})).problem(403, "forbidden");
        fac.facilitator.put(&noted, json!({"status": "absent"})).is(200);
        me.put(&own, Value::Null).problem(409, "conflict");
        fac.facilitator.delete(&noted).is(204);
        me.put(&own, Value::Null).is(200);
        fac.facilitator.put(&noted, json!({"status": "excused"})).is(200);
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&made))).is(200);
        let mine = list.data().iter().find(|row| row["person"]["id"] == json!(me.id)).unwrap();
        assert_eq!((&mine["status"], &mine["noted_by"]["id"]), (&json!("excused"), &json!(fac.facilitator.id)));
        assert!(mine["arrived_at"].is_string(), "when they came is still known");
        me.get(&format!("{}/attendance", path_of(&made))).problem(403, "forbidden");
    }
}
