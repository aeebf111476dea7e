use peerled::cohorts::CohortStatus;
use serde_json::json;

use super::{enrolment, enrolments, graduate, set_cohort_status};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn a_student_leaves_and_comes_back(world: World) {
        let fac = world.fac(2, 1);
        let student = &fac.students[0];
        let path = enrolment(&fac, student);
        let left = fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
        let today = peerled::primitives::Instant::now().date_in(peerled::primitives::time::TimeZone::parse("Europe/London").unwrap()).to_string();
        assert_eq!((&left.json["left_on"], &left.json["version"]), (&json!(today), &json!(2)));
        student.get(&path).problem(404, "not_found");
        let earlier = fac.facilitator.patch(&path, json!({"left_on": "2026-01-07"})).is(200);
        assert_eq!(earlier.json["left_on"], "2026-01-07");
        fac.facilitator.post(&enrolments(&fac), json!({"person_id": student.id})).problem(409, "already_enrolled");
        let back = fac.facilitator.patch(&path, json!({"status": "enrolled"})).is(200);
        assert_eq!((&back.json["status"], &back.json["left_on"]), (&json!("enrolled"), &json!(null)));
        student.get(&path).is(200);
    }

    fn nobody_is_taken_back_who_has_left_the_campus(world: World) {
        let fac = world.fac(2, 1);
        let student = &fac.students[0];
        let path = enrolment(&fac, student);
        fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
        student.delete(&format!("/v1/campuses/{}/members/me", fac.campus)).is(204);
        fac.facilitator.patch(&path, json!({"status": "enrolled"})).problem(409, "conflict");
        student.put(&format!("/v1/campuses/{}/members/me", fac.campus), json!(null)).is(204);
        fac.facilitator.patch(&path, json!({"status": "enrolled"})).is(200);
    }

    fn what_is_known_of_a_student_changes_by_merging(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        let patch = |body| fac.facilitator.patch(&path, body).is(200).json;
        patch(json!({"experience": 3, "attributes": {"gender": "woman", "city": "Nazareth"}}));
        let merged = patch(json!({"experience": null, "attributes": {"city": null, "first_language": "Arabic"}}));
        assert_eq!(merged["attributes"], json!({"first_language": "Arabic", "gender": "woman"}));
        assert_eq!(merged["experience"], json!(null));
        assert_eq!(patch(json!({"attributes": null}))["attributes"], json!({}));
        assert_eq!(patch(json!({"joined_on": "2026-01-06"}))["joined_on"], "2026-01-06");
    }

    fn graduating_is_for_the_cohort(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        fac.facilitator.patch(&path, json!({"status": "graduated"})).problem(409, "invalid_transition");
        graduate(&world, &fac, &fac.students[0]);
        for status in ["withdrawn", "enrolled"] {
            fac.facilitator.patch(&path, json!({"status": status})).problem(409, "invalid_transition");
        }
        assert_eq!(fac.facilitator.patch(&path, json!({"status": "graduated"})).is(200).json["status"], "graduated");
    }

    fn nobody_comes_back_to_a_cohort_that_has_ended(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
        set_cohort_status(&world, &fac, CohortStatus::Graduated);
        fac.facilitator.patch(&path, json!({"status": "enrolled"})).problem(409, "conflict");
    }

    fn refuses_what_is_not_right_and_changes_nothing(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        let before = fac.facilitator.get(&path).is(200);
        for (body, pointer, code) in [
            (json!({"left_on": "2026-01-07"}), "/left_on", "invalid"),
            (json!({"status": "withdrawn", "left_on": null}), "/left_on", "required"),
            (json!({"status": "withdrawn", "left_on": "2026-01-04"}), "/left_on", "invalid"),
            (json!({"status": "withdrawn", "left_on": "2099-01-04"}), "/left_on", "invalid"),
            (json!({"joined_on": "2027-01-01"}), "/joined_on", "invalid"),
            (json!({"joined_on": null}), "/joined_on", "invalid"),
            (json!({"status": null}), "/status", "invalid"),
            (json!({"status": "alumnus"}), "/status", "invalid"),
            (json!({"experience": -1}), "/experience", "invalid"),
            (json!({"attributes": {"gender": 1}}), "/attributes/gender", "invalid"),
            (json!({"person": "0ds8x2v4fmg00"}), "/person", "unknown"),
            (json!({"version": 7}), "/version", "unknown"),
        ] {
            fac.facilitator.patch(&path, body).field(pointer, code);
        }
        let many: serde_json::Map<_, _> = (0..11).map(|n| (format!("a{n}"), json!("x"))).collect();
        fac.facilitator.patch(&path, json!({"attributes": many})).field("/attributes", "invalid");
        assert_eq!(fac.facilitator.get(&path).json, before.json);
    }

    fn a_stale_version_changes_nothing(world: World) {
        let fac = world.fac(2, 1);
        let path = enrolment(&fac, &fac.students[0]);
        let tag = fac.facilitator.get(&path).header("etag").to_owned();
        let with = fac.facilitator.with("If-Match", &tag);
        with.patch(&path, json!({"experience": 1})).is(200);
        with.patch(&path, json!({"experience": 2})).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.get(&path).json["experience"], 1);
    }

    fn only_staff_change_enrolments(world: World) {
        let (fac, other) = (world.fac(2, 2), world.campus_with_cohort("other", 2, 0));
        let path = enrolment(&fac, &fac.students[0]);
        let body = json!({"status": "withdrawn"});
        for insider in &fac.students {
            insider.patch(&path, body.clone()).problem(403, "forbidden");
        }
        for outsider in [&world.person("Stranger"), &other.organiser] {
            outsider.patch(&path, body.clone()).problem(404, "not_found");
        }
        world.nobody().patch(&path, body.clone()).problem(401, "authentication_required");
        fac.facilitator.patch(&enrolment(&fac, &other.organiser), body).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&path).json["version"], 1);
    }
}
