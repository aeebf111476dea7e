use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::cohorts,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{enrolled, planned};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn staff_move_a_cohort_on_whatever_the_date(world: World) {
        let fac = world.fac(1, 0);
        let path = format!("/v1/cohorts/{}", planned(&world, &fac, "2099-03-02").id());
        let set = |status: &str| fac.facilitator.patch(&path, json!({"status": status}));
        set("graduated").problem(409, "invalid_transition");
        assert_eq!(set("planned").is(200).json["status"], "planned");
        assert_eq!(set("running").is(200).json["status"], "running");
        set("planned").problem(403, "forbidden");
        assert_eq!(set("graduated").is(200).json["status"], "graduated");
        for status in ["planned", "cancelled"] {
            set(status).problem(409, "invalid_transition");
        }
        set("running").problem(403, "forbidden");
        set("over").field("/status", "invalid");
        assert_eq!(world.nobody().get(&path).is(200).json["status"], "graduated");
    }

    fn graduating_makes_the_enrolled_alumni_at_once(world: World) {
        let fac = world.fac(1, 3);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        let third = format!("{path}/enrolments/{}", fac.students[2].id);
        fac.facilitator.patch(&third, json!({"status": "withdrawn"})).is(200);
        fac.facilitator.patch(&path, json!({"status": "graduated"})).is(200);
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["graduated", "graduated", "withdrawn"]);
        assert!(fac.students[0].roles().contains(&json!({"role": "alumnus", "cohort_id": fac.cohort})));
        assert_eq!(json!(fac.students[2].roles()), json!([{"role": "member", "campus_id": fac.campus}]));
    }

    fn calling_a_cohort_off_withdraws_its_students(world: World) {
        let fac = world.fac(1, 2);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&path, json!({"status": "cancelled"})).is(200);
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["withdrawn", "withdrawn"]);
        fac.organiser.patch(&path, json!({"status": "graduated"})).problem(409, "invalid_transition");
        fac.students[0].delete(&format!("/v1/campuses/{}/members/me", fac.campus)).is(204);
    }

    fn a_graduation_by_mistake_is_taken_back(world: World) {
        let (fac, elsewhere) = (world.coming_fac(1, 3), world.campus_with_cohort("elsewhere", 1, 0));
        let path = format!("/v1/cohorts/{}", fac.cohort);
        let left = format!("{path}/enrolments/{}", fac.students[2].id);
        fac.facilitator.patch(&left, json!({"status": "withdrawn"})).is(200);
        fac.facilitator.patch(&path, json!({"status": "graduated"})).is(200);
        // Meanwhile one of them signs up as a mentor, with somebody who was an alumna before behind them.
        elsewhere.organiser.put(&format!("/v1/campuses/{}/alumni-sources/{}", elsewhere.campus, fac.campus), Value::Null).is(204);
        world.begin_week(&elsewhere, 1, 3);
        let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
        let slot = elsewhere.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", elsewhere.cohort), slot).is(201).id();
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        let alumna = world.alumnus(&fac, "Alumna");
        for mentor in [&fac.students[0], &alumna] {
            mentor.post(&sign_ups, Value::Null).is(201);
        }

        fac.facilitator.patch(&path, json!({"status": "running"})).problem(403, "forbidden");
        let back = fac.organiser.patch(&path, json!({"status": "running"})).is(200);
        assert_eq!(back.json["status"], "running");
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["enrolled", "enrolled", "withdrawn"]);
        let places = elsewhere.facilitator.get(&sign_ups).is(200);
        let places: Vec<_> = places.data().iter().map(|one| (one["person"]["id"].as_str().unwrap(), one["status"].as_str().unwrap())).collect();
        assert_eq!(places, [(alumna.id.as_str(), "confirmed")]);
        assert_eq!(world.mail().len(), 2, "both are told");
        fac.facilitator.patch(&path, json!({"status": "graduated"})).is(200);
    }

    fn a_cohort_called_off_by_mistake_goes_on(world: World) {
        let fac = world.coming_fac(2, 3);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        let slot = json!({"week": 2, "kind": "week", "min": 1, "capacity": 1});
        let slot = fac.facilitator.post(&format!("{path}/mentor-slots"), slot).is(201).id();
        let sign_ups = format!("/v1/mentor-slots/{slot}/sign-ups");
        let alumni = ["Ada", "Bea", "Cem"].map(|name| world.alumnus(&fac, name));
        for alumna in &alumni {
            alumna.post(&sign_ups, Value::Null).is(201);
        }
        alumni[1].delete(&format!("{sign_ups}/me")).is(204);
        let left = format!("{path}/enrolments/{}", fac.students[0].id);
        fac.facilitator.patch(&left, json!({"status": "withdrawn"})).is(200);
        let told = world.mail().len();
        fac.facilitator.patch(&path, json!({"status": "cancelled"})).is(200);
        // Who leaves the campus meanwhile is not taken back.
        fac.students[1].delete(&format!("/v1/campuses/{}/members/me", fac.campus)).is(204);
        fac.organiser.patch(&path, json!({"status": "planned"})).problem(409, "invalid_transition");
        fac.organiser.patch(&path, json!({"status": "running"})).is(200);
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["withdrawn", "withdrawn", "enrolled"]);
        let places = fac.facilitator.get(&sign_ups).is(200);
        let places: Vec<_> = places.data().iter().map(|one| (one["person"]["id"].as_str().unwrap(), one["status"].as_str().unwrap())).collect();
        assert_eq!(places, [(alumni[0].id.as_str(), "confirmed"), (alumni[2].id.as_str(), "waitlisted")]);
        assert_eq!(world.mail().len(), told + 4, "two were told that it is off, and that it is on");
    }

    fn a_status_that_has_stood_for_long_stays(world: World) {
        let fac = world.fac(1, 1);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&path, json!({"status": "graduated"})).is(200);
        let cohort = Id::parse(&fac.cohort).unwrap();
        world.db(move |conn| {
            let long_ago = Instant::now().plus(-TimeDelta::days(31));
            diesel::update(cohorts::table.find(cohort)).set(cohorts::status_changed_at.eq(long_ago)).execute(conn)?;
            Ok(())
        });
        fac.organiser.patch(&path, json!({"status": "running"})).problem(409, "invalid_transition");
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["graduated"]);
    }

    fn only_staff_of_the_campus_change_a_cohort(world: World) {
        let fac = world.fac(1, 1);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        let before = world.nobody().get(&path).is(200);
        let graduate = json!({"status": "graduated"});
        fac.students[0].patch(&path, graduate.clone()).problem(403, "forbidden");
        world.campus_with_cohort("other", 1, 0).organiser.patch(&path, graduate.clone()).problem(403, "forbidden");
        world.nobody().patch(&path, graduate.clone()).problem(401, "authentication_required");
        fac.organiser.patch("/v1/cohorts/0ds8x2v4fmg00", graduate).problem(404, "not_found");
        fac.organiser.patch(&path, json!({"ends_on": "2026-12-31"})).field("/ends_on", "unknown");
        fac.organiser.patch(&path, json!({"status": null})).field("/status", "invalid");
        assert_eq!(world.nobody().get(&path).is(200).json, before.json);

        let changed = fac.organiser.with("If-Match", before.header("etag")).patch(&path, json!({"name": "FAC 1"}));
        assert_eq!(changed.is(200).json["version"], 2);
        let stale = fac.organiser.with("If-Match", before.header("etag"));
        stale.patch(&path, json!({"status": "graduated"})).problem(412, "precondition_failed");
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["enrolled"]);
        planned(&world, &fac, "2026-03-02");
        fac.organiser.patch(&path, json!({"slug": "fac31"})).problem(409, "slug_taken");
    }
}
