use serde_json::{Value, json};

use super::short_course;
use crate::{harness::World, on_every_database};

on_every_database! {
    fn staff_make_a_programme(world: World) {
        let fac = world.fac(1, 1);
        let made = fac.facilitator.post("/v1/programmes", short_course(&fac.campus)).is(201);
        let path = format!("/v1/programmes/{}", made.id());
        assert_eq!(made.header("location"), path);
        for (field, value) in short_course(&fac.campus).as_object().unwrap() {
            assert_eq!(&made.json[field], value);
        }
        assert_eq!((&made.json["forked_from"], &made.json["week_count"]), (&Value::Null, &json!(2)));
        assert_eq!(world.nobody().get(&path).is(200).json, made.json);

        let taken = fac.organiser.post("/v1/programmes", short_course(&fac.campus)).problem(409, "slug_taken");
        assert_eq!(taken.json["errors"][0]["pointer"], "/slug");
        let other = world.campus_with_cohort("other", 1, 0);
        other.facilitator.post("/v1/programmes", short_course(&other.campus)).is(201);
    }

    fn making_refuses_what_is_not_right(world: World) {
        let fac = world.fac(1, 1);
        let before = world.nobody().get("/v1/programmes").is(200).json;
        let staff = &fac.facilitator;
        let with = |change: &dyn Fn(&mut Value)| {
            let mut body = short_course(&fac.campus);
            change(&mut body);
            staff.post("/v1/programmes", body)
        };
        with(&|body| body["campus_id"] = json!("0ds8x2v4fmg00")).field("/campus_id", "not_found");
        with(&|body| body["roles"] = json!(["UX lead"])).field("/roles/0", "invalid");
        with(&|body| body["roles"] = json!(["qa", "qa"])).field("/roles/1", "taken");
        with(&|body| body["roles"] = json!(vec!["qa"; 11])).field("/roles", "invalid");
        with(&|body| body["weeks"] = json!([])).field("/weeks", "invalid");
        with(&|body| body["weeks"][1]["number"] = json!(3)).field("/weeks/1/number", "invalid");
        with(&|body| body["weeks"][0]["phase"] = json!("party")).field("/weeks/0/phase", "invalid");
        with(&|body| body["weeks"][0]["topic"] = json!("")).field("/weeks/0/topic", "invalid");
        with(&|body| body["weeks"][0]["project"] = json!({"title": "x", "brief": "x"}))
            .field("/weeks/0/project/outcomes", "required");
        with(&|body| body["weeks"][0]["project"]["outcomes"] = json!(vec!["x"; 21]))
            .field("/weeks/0/project/outcomes", "invalid");
        with(&|body| body["weeks"][0]["starts_on"] = json!("2026-01-05")).field("/weeks/0/starts_on", "unknown");
        let both = with(&|body| {
            body["roles"] = json!(["qa", "qa"]);
            body["weeks"][0]["number"] = json!(7);
        });
        assert_eq!(both.field("/roles/1", "taken").json["errors"].as_array().unwrap().len(), 2);

        let body = short_course(&fac.campus);
        fac.students[0].post("/v1/programmes", body.clone()).problem(403, "forbidden");
        world.campus_with_cohort("other", 1, 0).organiser.post("/v1/programmes", body.clone()).problem(403, "forbidden");
        world.nobody().post("/v1/programmes", body).problem(401, "authentication_required");
        let after = world.nobody().get("/v1/programmes?limit=4").is(200).json;
        assert_eq!(after["data"], before["data"]);
    }

    fn staff_change_a_programme(world: World) {
        let fac = world.fac(1, 1);
        let made = fac.facilitator.post("/v1/programmes", short_course(&fac.campus)).is(201);
        let path = format!("/v1/programmes/{}", made.id());
        let tag = made.header("etag").to_owned();
        let weeks = json!([{"number": 1, "phase": "core", "topic": "Only this", "project": null}]);
        let change = json!({"description": "A day a week.", "roles": ["driver"], "weeks": weeks});
        let changed = fac.organiser.with("If-Match", &tag).patch(&path, change).is(200);
        assert_eq!((&changed.json["weeks"], &changed.json["week_count"]), (&weeks, &json!(1)));
        assert_eq!((&changed.json["roles"], &changed.json["version"]), (&json!(["driver"]), &json!(2)));
        assert_eq!(changed.json["name"], "Short course");
        fac.organiser.with("If-Match", &tag).patch(&path, json!({"name": "x"})).problem(412, "precondition_failed");
        let cleared = fac.organiser.patch(&path, json!({"description": null})).is(200);
        assert_eq!(cleared.json["description"], Value::Null);

        fac.organiser.patch(&path, json!({"weeks": []})).field("/weeks", "invalid");
        fac.organiser.patch(&path, json!({"name": null})).field("/name", "invalid");
        fac.organiser.patch(&path, json!({"campus_id": fac.campus})).field("/campus_id", "unknown");
        fac.organiser.patch(&path, json!({"slug": "fac"})).problem(409, "slug_taken");
        fac.students[0].patch(&path, json!({"name": "x"})).problem(403, "forbidden");
        world.nobody().patch(&path, json!({"name": "x"})).problem(401, "authentication_required");
        let stranger = world.campus_with_cohort("other", 1, 0).facilitator;
        stranger.patch(&path, json!({"name": "x"})).problem(403, "forbidden");
        assert_eq!(world.nobody().get(&path).is(200).json, cleared.json);
    }
}
