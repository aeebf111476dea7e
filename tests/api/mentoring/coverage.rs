use std::thread;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::{events, weeks},
    mentoring,
    primitives::Instant,
};
use serde_json::{Value, json};

use super::{sign_ups_path, slot_with};
use crate::{
    harness::{User, World},
    on_every_database,
};

on_every_database! {
    fn shows_every_week_with_what_is_missing(world: World) {
        let fac = world.coming_fac(4, 1);
        let alumni = ["A", "B", "C"].map(|name| world.alumnus(&fac, name));
        let full = slot_with(&fac, json!({"week": 1, "min": 1, "capacity": 2}));
        slot_with(&fac, json!({"week": 1, "kind": "pastoral", "min": 2, "capacity": 2}));
        let lonely = slot_with(&fac, json!({"week": 2, "min": 2, "capacity": 2}));
        let left = slot_with(&fac, json!({"week": 3, "min": 1, "capacity": 2}));
        for alumna in &alumni {
            alumna.post(&sign_ups_path(&full), Value::Null).is(201);
        }
        alumni[0].post(&sign_ups_path(&lonely), Value::Null).is(201);
        alumni[0].post(&sign_ups_path(&left), Value::Null).is(201);
        let no_show = format!("{}/{}", sign_ups_path(&left), alumni[0].id);
        world.begin_week(&fac, 3, 0);
        fac.facilitator.patch(&no_show, json!({"status": "no_show"})).is(200);

        let path = format!("/v1/cohorts/{}/mentor-coverage", fac.cohort);
        let answer = fac.facilitator.get(&path).is(200);
        let [begins, ends] = ["starts_on", "ends_on"].map(|name| answer.json["data"][2][name].as_str().unwrap());
        let named = |mentors: &[usize]| -> Vec<Value> {
            mentors.iter().map(|at| json!({"id": alumni[*at].id, "name": alumni[*at].name})).collect()
        };
        let week = |week: u64, monday: &str, friday: &str, numbers: [i32; 4], mentors: &[usize]| {
            let [wanted, confirmed, gap, slots] = numbers;
            json!({
                "week": week, "starts_on": monday, "ends_on": friday, "wanted": wanted, "confirmed": confirmed,
                "gap": gap, "slots": slots, "alone": mentors.len() == 1, "mentors": named(mentors),
                "lone_mentors": named(if mentors.len() == 1 { mentors } else { &[] }),
            })
        };
        let expected = json!({
            "data": [
                week(1, "2099-01-05", "2099-01-09", [3, 2, 2, 2], &[0, 1]),
                week(2, "2099-01-12", "2099-01-16", [2, 1, 1, 1], &[0]),
                week(3, begins, ends, [1, 0, 1, 1], &[]),
                week(4, "2099-01-26", "2099-01-30", [0, 0, 0, 0], &[]),
            ],
            "page": {"next_cursor": null, "has_more": false},
        });
        assert_eq!(answer.json, expected);
        let slots = fac.students[0].get(&format!("/v1/cohorts/{}/mentor-slots?week=1", fac.cohort)).is(200);
        let mentors: Vec<Value> = slots.data().iter().map(|slot| slot["mentors"].clone()).collect();
        assert_eq!(mentors, [named(&[0, 1]).into(), json!([])]);

        for caller in [&fac.students[0], &alumni[0], &fac.organiser] {
            assert_eq!(caller.get(&path).is(200).json, expected);
        }
        world.nobody().get(&path).problem(401, "authentication_required");
        world.person("Stranger").get(&path).problem(404, "not_found");
        world.campus_with_cohort("gaza", 1, 0).facilitator.get(&path).problem(404, "not_found");
        let nowhere = format!("/v1/cohorts/{}/mentor-coverage", fac.campus);
        fac.facilitator.get(&nowhere).problem(404, "not_found");
    }

    fn organisers_are_told_once_of_a_week_that_begins_soon_without_enough_mentors(world: World) {
        let fac = world.coming_fac(3, 1);
        let gap = slot_with(&fac, json!({"week": 1, "min": 2, "capacity": 2}));
        let covered = slot_with(&fac, json!({"week": 2, "min": 1, "capacity": 2}));
        slot_with(&fac, json!({"week": 3, "min": 1, "capacity": 2}));
        let mentor = world.alumnus(&fac, "Amal");
        for slot in [&gap, &covered] {
            mentor.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        let tell = || {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(mentoring::tell_gaps(&world.state.db, Instant::now())).unwrap()
        };
        let titles = |who: &User| -> Vec<String> {
            world.hand_out();
            let list = who.get("/v1/me/notifications").is(200);
            list.data().iter().map(|notice| notice["title"].as_str().unwrap().to_owned()).collect()
        };
        assert!(!tell() && titles(&fac.organiser).is_empty(), "all weeks are far away");
        world.begin_week(&fac, 1, 3);
        world.begin_week(&fac, 2, 6);
        world.begin_week(&fac, 3, 12);
        thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(tell))));
        assert!(!tell(), "it is told already");
        let told = titles(&fac.organiser);
        let is_it = |title: &String| title.starts_with("Mentors are missing in week 1 of fac, which begins on ") && title.ends_with(": 1.");
        assert!(told.len() == 1 && is_it(&told[0]), "{told:?}");
        for other in [&fac.facilitator, &fac.students[0]] {
            assert!(titles(other).is_empty());
        }
        assert!(titles(&mentor).is_empty());
        // Nor again once the event that told it is forgotten, or the week has other dates.
        world.db(|conn| {
            diesel::delete(events::table.filter(events::object_type.eq("mentor_cover"))).execute(conn)?;
            Ok(())
        });
        world.begin_week(&fac, 1, 4);
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/1", fac.cohort), json!({"topic": "Another topic"})).is(200);
        assert!(!tell(), "the week keeps that it is told");
        // A week that comes near later is told by itself.
        world.begin_week(&fac, 3, 7);
        assert!(tell());
        assert_eq!(titles(&fac.organiser).len(), 2);
        // So is one that was told long ago and has been put off since.
        world.db(|conn| {
            let long_ago = Instant::now().plus(TimeDelta::days(-10));
            diesel::update(weeks::table.filter(weeks::number.eq(1))).set(weeks::gap_told_at.eq(long_ago)).execute(conn)?;
            Ok(())
        });
        assert!(tell() && !tell());
        assert_eq!(titles(&fac.organiser).len(), 3);
    }
}
