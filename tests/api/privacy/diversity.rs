use diesel::prelude::*;
use peerled::{
    db::schema::{cohorts, enrolments},
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};
use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
};

/// As if the cohort had begun in this year.
fn begin_in(world: &World, fac: &Fac, year: i32) {
    let id = Id::parse(&fac.cohort).unwrap();
    let cohort = cohorts::table.find(id);
    let day = chrono::NaiveDate::from_ymd_opt(year, 3, 3).unwrap();
    world.db(move |conn| {
        diesel::update(cohort).set(cohorts::starts_on.eq(day)).execute(conn)?;
        let enrolled = day.and_hms_opt(9, 0, 0).unwrap().and_utc().timestamp();
        diesel::update(enrolments::table.filter(enrolments::cohort_id.eq(id)))
            .set(enrolments::created_at.eq(Instant::of_unix_seconds(enrolled).unwrap()))
            .execute(conn)?;
        Ok(())
    });
}

/// The staff know these values of the students, in their order, who let themselves be counted.
fn know(fac: &Fac, values: &[&str]) {
    for (student, value) in fac.students.iter().zip(values) {
        let place = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, student.id);
        let known = json!({"experience": 3, "attributes": {"gender": value}});
        fac.facilitator.patch(&place, known).is(200);
        student.put("/v1/me/consents/diversity_reports", Value::Null).is(204);
    }
}

fn withdraw(student: &User) {
    student.delete("/v1/me/consents/diversity_reports").is(204);
}

on_every_database! {
    fn only_what_tells_of_nobody_in_particular_is_told(world: World) {
        let fac = world.fac(1, 14);
        begin_in(&world, &fac, 2024);
        let path = format!("/v1/campuses/{}/diversity?attribute=gender", fac.campus);
        let tell = || fac.organiser.get(&path).is(200);
        assert_eq!(tell().data()[0], json!({"first_year": 2024, "last_year": 2024, "students": 14, "counts": [], "untold": null}));
        let values = ["woman", "woman", "Woman", "woman", "woman", "woman", "man", "man", "man", "man", "man", "hiddenvalue"];
        know(&fac, &values);
        // Two have told nothing, one is the only one: neither of them is told, nor the five whose count would tell.
        let told = tell();
        let women = json!([{"value": "woman", "count": 6}]);
        assert_eq!(told.data()[0], json!({"first_year": 2024, "last_year": 2024, "students": 14, "counts": women, "untold": null}));
        assert!(!told.text.contains("hiddenvalue") && !told.text.contains("\"man\""), "{}", told.text);
        // Somebody else must not see that a student was withdrawn.
        let gone = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, fac.students[0].id);
        fac.facilitator.patch(&gone, json!({"status": "withdrawn"})).is(200);
        assert_eq!(tell().json, told.json);
        // Consent ends at once. Five women are no more than the men, and which of them are missing is not told either.
        withdraw(&fac.students[1]);
        assert_eq!(tell().data()[0]["counts"], json!([]));
        fac.students[1].put("/v1/me/consents/diversity_reports", Value::Null).is(204);
        assert_eq!(tell().json, told.json);
        // Whoever told something themself is counted by that.
        let own = format!("/v1/me/enrolments/{}", fac.cohort);
        fac.students[11].patch(&own, json!({"attributes": {"gender": "woman"}})).is(200);
        let seven = json!([{"value": "woman", "count": 7}]);
        assert_eq!(tell().data()[0]["counts"], seven);
        let experience = fac.organiser.get(&path.replace("gender", "experience")).is(200);
        assert_eq!(experience.data()[0]["counts"], json!([]), "two of fourteen have told nothing");
    }

    fn years_are_told_whole_once_they_are_over(world: World) {
        let fac = world.fac(1, 12);
        begin_in(&world, &fac, 2024);
        let values = ["woman", "woman", "woman", "woman", "woman", "woman", "man", "man", "man", "man", "man", "man"];
        know(&fac, &values);
        let path = format!("/v1/campuses/{}/diversity?attribute=gender", fac.campus);
        let all = fac.organiser.get(&path).is(200).json;
        let counts = json!([{"value": "man", "count": 6}, {"value": "woman", "count": 6}]);
        assert_eq!(all["data"], json!([{"first_year": 2024, "last_year": 2024, "students": 12, "counts": counts, "untold": 0}]));
        // Whoever is enrolled when the year is over could be made up, to compare the counts before and after.
        let made_up = world.person("Made Up");
        world.enrol(&fac, &made_up, EnrolmentStatus::Graduated);
        made_up.put("/v1/me/consents/diversity_reports", Value::Null).is(204);
        assert_eq!(fac.organiser.get(&path).is(200).json, all);
        for (query, is_told) in [
            ("&from=2024-12-31", true),
            ("&to=2024-01-01", true),
            ("&from=2023-01-01&to=2024-02-01", true),
            ("&from=2025-01-01", false),
            ("&to=2023-12-31", false),
        ] {
            let found = fac.organiser.get(&format!("{path}{query}")).is(200).json;
            assert_eq!(found["data"] == all["data"], is_told, "{query}");
            assert_eq!(found["data"] == json!([]), !is_told, "{query}");
        }
        begin_in(&world, &fac, chrono::Datelike::year(&peerled::primitives::Instant::now().date()));
        assert_eq!(fac.organiser.get(&path).is(200).json["data"], json!([]));
    }

    fn for_organisers_of_the_campus_alone(world: World) {
        let (fac, other) = (world.fac(1, 1), world.campus_with_cohort("other", 1, 0));
        let path = format!("/v1/campuses/{}/diversity", fac.campus);
        let of_gender = format!("{path}?attribute=gender");
        fac.organiser.get(&of_gender).is(200);
        for refused in [&fac.facilitator, &fac.students[0], &other.organiser] {
            refused.get(&of_gender).problem(403, "forbidden");
        }
        world.nobody().get(&of_gender).problem(401, "authentication_required");
        let refused = fac.organiser.get(&path).problem(400, "invalid_parameter");
        let error = &refused.json["errors"][0];
        assert_eq!((&error["pointer"], &error["code"], &error["detail"]), (&json!("?attribute"), &json!("required"), &json!("is required")));
        fac.organiser.get(&format!("{path}?attribute=no%20word")).problem(400, "invalid_parameter");
        fac.organiser.get(&format!("{of_gender}&from=2025-01-01&to=2024-01-01")).problem(400, "invalid_parameter");
        fac.organiser.get(&format!("{of_gender}&cohort_id={}", fac.cohort)).problem(400, "invalid_parameter");
    }
}
