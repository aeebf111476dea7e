use serde_json::{Value, json};

use crate::{harness::World, on_every_database};

on_every_database! {
    fn everybody_reads_a_week_and_staff_change_what_it_is_about(world: World) {
        let fac = world.fac(2, 1);
        let path = format!("/v1/cohorts/{}/weeks/2", fac.cohort);
        let before = world.nobody().get(&path).is(200);
        assert_eq!((&before.json["number"], &before.json["starts_on"]), (&json!(2), &json!("2026-01-12")));
        assert_eq!(before.json["project"]["title"], "Project 2");

        let change = json!({"topic": "Databases", "phase": "product"});
        let staff = fac.facilitator.with("If-Match", before.header("etag"));
        let changed = staff.patch(&path, change).is(200);
        assert_eq!((&changed.json["topic"], &changed.json["phase"]), (&json!("Databases"), &json!("product")));
        assert_eq!((&changed.json["version"], &changed.json["project"]), (&json!(2), &before.json["project"]));
        staff.patch(&path, json!({"topic": "x"})).problem(412, "precondition_failed");

        fac.facilitator.patch(&path, json!({"topic": ""})).field("/topic", "invalid");
        fac.facilitator.patch(&path, json!({"phase": "party"})).field("/phase", "invalid");
        fac.facilitator.patch(&path, json!({"topic": null})).field("/topic", "invalid");
        fac.facilitator.patch(&path, json!({"begins_on": "2026-01-13"})).field("/begins_on", "unknown");
        fac.students[0].patch(&path, json!({"topic": "x"})).problem(403, "forbidden");
        world.nobody().patch(&path, json!({"topic": "x"})).problem(401, "authentication_required");
        let stranger = world.campus_with_cohort("other", 1, 0).organiser;
        stranger.patch(&path, json!({"topic": "x"})).problem(403, "forbidden");
        assert_eq!(world.nobody().get(&path).is(200).json, changed.json);
    }

    fn a_week_without_a_project_is_given_one(world: World) {
        let fac = world.fac(2, 1);
        let path = format!("/v1/cohorts/{}/weeks/2", fac.cohort);
        let staff = &fac.facilitator;
        let wanted = json!({"project": {"title": "A forum", "brief": "Build one.", "outcomes": ["Can build one"]}});
        staff.patch(&path, wanted.clone()).problem(409, "conflict");
        let old = staff.get(&path).is(200).json["project"]["id"].as_str().unwrap().to_owned();
        let emptied = staff.patch(&path, json!({"project": null})).is(200);
        assert_eq!(emptied.json["project"], Value::Null);
        staff.get(&format!("/v1/projects/{old}")).problem(404, "not_found");
        staff.patch(&path, json!({"project": null})).is(200);

        staff.patch(&path, json!({"project": {"title": "A forum"}})).field("/project/brief", "required");
        fac.students[0].patch(&path, wanted.clone()).problem(403, "forbidden");
        let given = staff.patch(&path, wanted).is(200).json;
        assert_eq!(given["project"]["title"], "A forum");
        assert_eq!(given["project"]["due_at"], "2026-01-16T17:00:00Z");
        assert_eq!(world.nobody().get(&path).is(200).json, given);
        let project = format!("/v1/projects/{}", given["project"]["id"].as_str().unwrap());
        staff.patch(&project, json!({"title": "Two forums"})).is(200);
    }

    fn there_are_no_other_weeks(world: World) {
        let fac = world.fac(2, 0);
        for number in ["0", "3", "-1", "x", "99999999999"] {
            let path = format!("/v1/cohorts/{}/weeks/{number}", fac.cohort);
            world.nobody().get(&path).problem(404, "not_found");
            fac.organiser.patch(&path, json!({"topic": "x"})).problem(404, "not_found");
        }
        world.nobody().get("/v1/cohorts/0ds8x2v4fmg00/weeks/1").problem(404, "not_found");
        let weeks: Vec<Value> = world.nobody().get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200).data().clone();
        assert_eq!(weeks.iter().map(|week| &week["number"]).collect::<Vec<_>>(), [&json!(1), &json!(2)]);
    }
}
