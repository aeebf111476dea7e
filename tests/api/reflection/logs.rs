use serde_json::{Value, json};

use super::{LOGS, texts};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn progress_is_ones_own_until_it_is_shared_with_staff(world: World) {
        let (fac, away) = (world.fac(1, 2), world.campus_with_cohort("away", 1, 1));
        let (amal, shared) = (&fac.students[0], format!("/v1/cohorts/{}/progress-logs", fac.cohort));
        let own = amal.post(LOGS, json!({"text": "Stuck on closures."})).is(201);
        assert_eq!((&own.json["cohort_id"], &own.json["shared_with_staff"]), (&json!(fac.cohort), &json!(false)));
        let path = own.header("location").to_owned();
        amal.post(LOGS, json!({"text": "Tests are fun.", "shared_with_staff": true, "cohort_id": fac.cohort})).is(201);
        assert_eq!(texts(&amal.get(LOGS).is(200)), ["Stuck on closures.", "Tests are fun."]);
        assert_eq!(texts(&fac.facilitator.get(&shared).is(200)), ["Tests are fun."]);
        assert_eq!(fac.facilitator.get(&shared).is(200).data()[0]["person"]["id"], json!(amal.id));
        assert!(fac.facilitator.get(&format!("{shared}?person_id={}", fac.students[1].id)).is(200).data().is_empty());
        for other in [&fac.students[1], &fac.facilitator] {
            other.get(&path).problem(404, "not_found");
            other.patch(&path, json!({"text": "X"})).problem(404, "not_found");
            other.delete(&path).problem(404, "not_found");
        }
        for stranger in [&fac.students[1], &away.organiser] {
            stranger.get(&shared).problem(404, "not_found");
        }
        let stale = amal.with("If-Match", own.header("etag"));
        stale.patch(&path, json!({"shared_with_staff": true})).is(200);
        assert_eq!(texts(&fac.facilitator.get(&shared).is(200)).len(), 2);
        stale.patch(&path, json!({"text": "X"})).problem(412, "precondition_failed");
        let hidden = amal.patch(&path, json!({"shared_with_staff": false})).is(200).json;
        assert_eq!(amal.patch(&path, json!({"shared_with_staff": false})).is(200).json, hidden, "no new version");
        assert_eq!(texts(&fac.facilitator.get(&shared).is(200)), ["Tests are fun."]);
        amal.delete(&path).is(204);
        amal.get(&path).problem(404, "not_found");
        amal.post(LOGS, json!({"text": "X", "cohort_id": away.cohort})).field("/cohort_id", "not_found");
        amal.post(LOGS, json!({"shared_with_staff": true})).field("/text", "required");
        let none = fac.organiser.post(LOGS, json!({"text": "X"})).problem(404, "no_cohort");
        let detail = none.json["detail"].as_str().unwrap();
        assert!(detail.ends_with("name it as `cohort_id`.") && !detail.contains("mentor"), "{detail}");
        let alumna = world.alumnus(&fac, "Alumna");
        let studied = alumna.get("/v1/me").is(200).json["roles"].as_array().unwrap().iter()
            .find_map(|role| role["cohort_id"].as_str().map(ToOwned::to_owned)).unwrap();
        alumna.post(LOGS, json!({"text": "X"})).problem(404, "no_cohort");
        alumna.post(LOGS, json!({"text": "X", "cohort_id": studied})).is(201);
        world.nobody().post(LOGS, json!({"text": "X"})).problem(401, "authentication_required");
        let trail = fac.organiser.get(&format!("/v1/campuses/{}/audit-entries?actor={}", fac.campus, amal.id)).is(200);
        assert!(!trail.text.contains("closures"), "{}", trail.text);
        assert_ne!(amal.get(LOGS).is(200).json["page"], Value::Null);
    }
}
