use serde_json::{Value, json};

use crate::{
    harness::{Fac, World},
    on_every_database,
};

fn first(world: &World, fac: &Fac) -> String {
    let week = world
        .nobody()
        .get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort))
        .is(200);
    format!("/v1/projects/{}", week.json["project"]["id"].as_str().unwrap())
}

on_every_database! {
    fn everybody_reads_a_project_and_staff_change_it(world: World) {
        let fac = world.fac(1, 1);
        let path = first(&world, &fac);
        let before = world.nobody().get(&path).is(200);
        assert_eq!((&before.json["cohort_id"], &before.json["week_number"]), (&json!(fac.cohort), &json!(1)));
        let change = json!({
            "title": "To-do list", "brief": "Tests first.\nThen the rest.", "outcomes": ["Test", "Refactor"],
            "repository_name": "{cohort}-week{week}-{team}", "due_at": "2026-01-09T19:00:00+02:00",
        });
        let staff = fac.facilitator.with("If-Match", before.header("etag"));
        let changed = staff.patch(&path, change.clone()).is(200);
        assert_eq!((&changed.json["outcomes"], &changed.json["brief"]), (&change["outcomes"], &change["brief"]));
        assert_eq!((&changed.json["due_at"], &changed.json["version"]), (&json!("2026-01-09T17:00:00Z"), &json!(2)));
        staff.patch(&path, json!({"title": "x"})).problem(412, "precondition_failed");
        let cleared = fac.facilitator.patch(&path, json!({"repository_name": null, "due_at": null})).is(200);
        assert_eq!((&cleared.json["repository_name"], &cleared.json["due_at"]), (&Value::Null, &Value::Null));
        assert_eq!(cleared.json["title"], "To-do list");
        let week = world.nobody().get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200);
        assert_eq!(week.json["project"], cleared.json);
    }

    fn a_project_refuses_what_is_not_right(world: World) {
        let fac = world.fac(1, 1);
        let path = first(&world, &fac);
        let before = world.nobody().get(&path).is(200).json;
        for (field, value) in [
            ("title", Value::Null),
            ("title", json!("")),
            ("brief", Value::Null),
            ("outcomes", json!(vec!["x"; 21])),
            ("repository_name", json!("week 1")),
            ("repository_name", json!("{student}")),
            ("due_at", json!("tomorrow")),
            ("due_at", json!("1970-01-01T00:00:00Z")),
        ] {
            fac.facilitator.patch(&path, json!({field: value})).field(&format!("/{field}"), "invalid");
        }
        fac.facilitator.patch(&path, json!({"outcomes": ["x", ""]})).field("/outcomes/1", "invalid");
        fac.facilitator.patch(&path, json!({"week_number": 2})).field("/week_number", "unknown");
        fac.students[0].patch(&path, json!({"title": "x"})).problem(403, "forbidden");
        let stranger = world.campus_with_cohort("other", 1, 0).facilitator;
        stranger.patch(&path, json!({"title": "x"})).problem(403, "forbidden");
        world.nobody().patch(&path, json!({"title": "x"})).problem(401, "authentication_required");
        world.nobody().get("/v1/projects/0ds8x2v4fmg00").problem(404, "not_found");
        assert_eq!(world.nobody().get(&path).is(200).json, before);
    }
}
