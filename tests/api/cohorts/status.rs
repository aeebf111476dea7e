use serde_json::json;

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
        set("planned").problem(409, "invalid_transition");
        assert_eq!(set("graduated").is(200).json["status"], "graduated");
        for status in ["planned", "running", "cancelled"] {
            set(status).problem(409, "invalid_transition");
        }
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
        let roles = |n: usize| fac.students[n].get("/v1/me").is(200).json["roles"].clone();
        assert!(roles(0).as_array().unwrap().contains(&json!({"role": "alumnus", "cohort_id": fac.cohort})));
        assert_eq!(roles(2), json!([{"role": "member", "campus_id": fac.campus}]));
    }

    fn calling_a_cohort_off_withdraws_its_students(world: World) {
        let fac = world.fac(1, 2);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        fac.facilitator.patch(&path, json!({"status": "cancelled"})).is(200);
        assert_eq!(enrolled(&fac.facilitator, &fac.cohort), ["withdrawn", "withdrawn"]);
        fac.facilitator.patch(&path, json!({"status": "running"})).problem(409, "invalid_transition");
        fac.students[0].delete(&format!("/v1/campuses/{}/members/me", fac.campus)).is(204);
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
