use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{absences, enrolments},
    primitives::{Date, Id, Instant},
    students::model::EnrolmentStatus,
};
use serde_json::{Value, json};

use super::{days_ago, now_on, path_of};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// An event that was so many days ago.
fn over(world: &World, fac: &Fac, days: u64, differs: Value) -> Answer {
    let made = now_on(fac, 1, 60, differs);
    days_ago(world, &made, days);
    made
}

fn note(fac: &Fac, event: &Answer, person: &User, status: &str) -> Answer {
    let path = format!("{}/attendance/{}", path_of(event), person.id);
    fac.facilitator.put(&path, json!({ "status": status }))
}

fn counts(answer: &Answer, person: &User) -> [u64; 4] {
    let row = answer
        .data()
        .iter()
        .find(|row| row["person"]["id"] == json!(person.id))
        .unwrap();
    ["expected", "attended", "late", "excused"].map(|field| row[field].as_u64().unwrap())
}

fn day_of(event: &Answer, fac: &Fac) -> String {
    let event = fac.facilitator.get(&path_of(event)).is(200);
    event.json["starts_local"].as_str().unwrap()[..10].to_owned()
}

on_every_database! {
    fn attendance_counts_what_is_over_and_was_expected(world: World) {
        let fac = world.fac(2, 3);
        let [me, other, third] = [&fac.students[0], &fac.students[1], &fac.students[2]];
        let path = format!("/v1/cohorts/{}/attendance", fac.cohort);
        let all = || fac.facilitator.get(&path).is(200);
        assert_eq!(counts(&all(), me), [0, 0, 0, 0]);
        let past = [4, 3, 2].map(|days| over(&world, &fac, days, json!({})));
        let optional = over(&world, &fac, 1, json!({"optional": true}));
        let cancelled = over(&world, &fac, 1, json!({}));
        fac.facilitator.delete(&path_of(&cancelled)).is(204);
        now_on(&fac, -10, 60, json!({}));
        assert_eq!(counts(&all(), me), [3, 0, 0, 0], "not what goes on, was called off or is for whoever likes");
        note(&fac, &past[0], me, "present").is(200);
        note(&fac, &past[1], me, "late").is(200);
        note(&fac, &past[2], me, "excused").is(200);
        assert_eq!(counts(&all(), me), [2, 2, 1, 1]);
        assert_eq!(counts(&all(), other), [3, 0, 0, 0]);
        // Nobody is expected at what is optional, and staff note who came all the same.
        note(&fac, &optional, me, "present").is(200);
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&optional))).is(200);
        let mut rows: Vec<[&Value; 3]> = list.data().iter().map(|row| [&row["person"]["id"], &row["expected"], &row["status"]]).collect();
        rows.sort_by_key(|[person, ..]| **person != json!(me.id));
        assert_eq!(rows[0], [&json!(me.id), &json!(false), &json!("present")]);
        assert_eq!(rows.len(), 3);
        assert!(rows[1..].iter().all(|[_, expected, status]| **expected == json!(false) && status.is_null()), "{rows:?}");
        assert_eq!(counts(&all(), me), [2, 2, 1, 1]);
        // A student sees their own, and nobody else anything.
        let own = me.get(&path).is(200);
        assert_eq!((own.data().len(), counts(&own, me)), (1, [2, 2, 1, 1]));
        world.person("Stranger").get(&path).problem(404, "not_found");
        // Who came late or left is expected for as long as they were there.
        let [second_day, third_day] = [1, 2].map(|at| Date::parse(&day_of(&past[at], &fac)).unwrap().get());
        let row = |user: &User| enrolments::table.find((Id::parse(&fac.cohort).unwrap(), Id::parse(&user.id).unwrap()));
        let (joined, left) = (row(other), row(third));
        world.db(move |conn| {
            diesel::update(joined).set(enrolments::joined_on.eq(third_day)).execute(conn)?;
            diesel::update(left).set(enrolments::left_on.eq(second_day)).execute(conn)?;
            Ok(())
        });
        world.enrol_again(&fac, third, EnrolmentStatus::Withdrawn);
        assert_eq!(counts(&all(), other), [1, 0, 0, 0]);
        assert_eq!(counts(&all(), third), [2, 0, 0, 0]);
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&past[0]))).is(200);
        let expected: Vec<&Value> = list.data().iter().map(|row| &row["person"]["id"]).collect();
        assert_eq!(expected, [&json!(me.id), &json!(third.id)]);
        assert_eq!(list.data()[1]["status"], "absent");
    }

    fn a_day_or_week_of_absence_excuses(world: World) {
        let fac = world.fac(1, 2);
        world.begin_week(&fac, 1, -4);
        let me = &fac.students[0];
        let (cohort, path) = (format!("/v1/cohorts/{}", fac.cohort), format!("/v1/cohorts/{}/attendance", fac.cohort));
        let past = [2, 1].map(|days| over(&world, &fac, days, json!({})));
        let day = day_of(&past[0], &fac);
        fac.facilitator.put(&format!("{cohort}/absences/{}/{day}", me.id), json!({"reason": "Ill."})).is(204);
        assert_eq!(counts(&me.get(&path).is(200), me), [1, 0, 0, 1]);
        fac.facilitator.put(&format!("{cohort}/weeks/1/absences/{}", me.id), Value::Null).is(204);
        assert_eq!(counts(&me.get(&path).is(200), me), [0, 0, 0, 2]);
        note(&fac, &past[0], me, "present").is(200);
        assert_eq!(counts(&me.get(&path).is(200), me), [1, 1, 0, 1], "who came after all, came");
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&past[1]))).is(200);
        assert!(!list.text.contains("Ill"), "{}", list.text);
    }

    fn a_week_that_a_student_notes_excuses_nothing_that_is_past(world: World) {
        let fac = world.fac(1, 2);
        world.begin_week(&fac, 1, -4);
        let [me, other] = [&fac.students[0], &fac.students[1]];
        let path = format!("/v1/cohorts/{}/attendance", fac.cohort);
        let past = [2, 1].map(|days| over(&world, &fac, days, json!({})));
        let week = format!("/v1/cohorts/{}/weeks/1/absences/{}", fac.cohort, me.id);
        me.put(&week, json!({"reason": "Ill."})).is(204);
        assert_eq!(counts(&me.get(&path).is(200), me), [2, 0, 0, 0]);
        // As if they had said so yesterday; another reason today changes nothing.
        let then = Instant::now().plus(-TimeDelta::days(1));
        world.db(move |conn| {
            diesel::update(absences::table).set(absences::created_at.eq(then)).execute(conn)?;
            Ok(())
        });
        me.put(&week, json!({"reason": "Very ill."})).is(204);
        assert_eq!(counts(&me.get(&path).is(200), me), [1, 0, 0, 1], "from the day on which it was noted");
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&past[0]))).is(200);
        assert_eq!(list.data().iter().map(|row| row["status"].clone()).collect::<Vec<_>>(), ["absent", "absent"]);
        fac.facilitator.put(&week, Value::Null).is(204);
        assert_eq!(counts(&me.get(&path).is(200), me), [0, 0, 0, 2], "staff excuse the whole week");
        assert_eq!(counts(&other.get(&path).is(200), other), [2, 0, 0, 0]);
    }

    fn nobody_is_absent_from_another_cohort_s_session(world: World) {
        let fac = world.fac(2, 2);
        let elsewhere = world.campus_with_cohort("other", 2, 1);
        let visitor = world.alumnus(&fac, "Visitor");
        let event = over(&world, &fac, 1, json!({}));
        note(&fac, &event, &elsewhere.students[0], "present").problem(404, "not_found");
        note(&fac, &event, &visitor, "absent").field("/status", "invalid");
        let noted = note(&fac, &event, &visitor, "present").is(200).json;
        assert_eq!(noted, json!({"status": "present", "arrived_at": null, "received_at": null}));
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&event))).is(200);
        let row = list.data().iter().find(|row| row["person"]["id"] == json!(visitor.id)).unwrap();
        assert_eq!((&row["expected"], &row["status"]), (&json!(false), &json!("present")));
        let all = fac.facilitator.get(&format!("/v1/cohorts/{}/attendance", fac.cohort)).is(200);
        assert!(!all.text.contains(&visitor.id));
        fac.facilitator.delete(&format!("{}/attendance/{}", path_of(&event), visitor.id)).is(204);
        let list = fac.facilitator.get(&format!("{}/attendance", path_of(&event))).is(200);
        assert!(!list.text.contains(&visitor.id));
        let coming = now_on(&fac, 60, 60, json!({}));
        note(&fac, &coming, &fac.students[0], "present").problem(409, "conflict");
        note(&fac, &coming, &fac.students[0], "excused").is(200);
    }
}
