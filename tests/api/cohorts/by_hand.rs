use serde_json::{Value, json};

use crate::{
    harness::{Fac, World},
    on_every_database,
};

fn week_path(fac: &Fac, number: i32) -> String {
    format!("/v1/cohorts/{}/weeks/{number}", fac.cohort)
}

fn dates(fac: &Fac, number: i32) -> (String, String) {
    let week = fac.facilitator.get(&week_path(fac, number)).is(200).json;
    let date = |name: &str| week[name].as_str().unwrap().to_owned();
    (date("starts_on"), date("ends_on"))
}

fn days(starts_on: &str, ends_on: &str) -> (String, String) {
    (starts_on.into(), ends_on.into())
}

/// When the project of a week is due, and a slot on its Friday begins.
fn friday(fac: &Fac, number: i32, date: &str) -> (String, String) {
    let week = fac.facilitator.get(&week_path(fac, number)).is(200).json;
    let project = format!("/v1/projects/{}", week["project"]["id"].as_str().unwrap());
    fac.facilitator
        .patch(&project, json!({"due_at": format!("{date}T17:00:00Z")}))
        .is(200);
    let slot = json!({
        "week": number, "kind": "week", "min": 1, "capacity": 1,
        "starts_at": format!("{date}T10:00:00Z"), "ends_at": format!("{date}T12:00:00Z"),
    });
    let slot = fac
        .facilitator
        .post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot)
        .is(201)
        .id();
    (project, format!("/v1/mentor-slots/{slot}"))
}

on_every_database! {
    fn the_dates_of_a_week_change_between_its_neighbours(world: World) {
        let fac = world.coming_fac(3, 0);
        let (project, slot) = friday(&fac, 2, "2099-01-16");
        let patch = |number: i32, body: Value| fac.facilitator.patch(&week_path(&fac, number), body);
        patch(2, json!({"starts_on": "2099-01-09"})).field("/starts_on", "invalid");
        patch(2, json!({"ends_on": "2099-01-19"})).field("/ends_on", "invalid");
        patch(2, json!({"ends_on": "2099-01-09"})).field("/ends_on", "invalid");
        patch(3, json!({"ends_on": "2099-02-20"})).field("/ends_on", "invalid");
        patch(2, json!({"ends_on": "2099-01-17"})).field("/ends_on", "day_off");
        patch(2, json!({"starts_on": "2099-01-10"})).field("/starts_on", "day_off");
        patch(2, json!({"ends_on": "2099-01-15", "move_to": 3})).field("/starts_on", "invalid");
        let moved = patch(2, json!({"ends_on": "2099-01-15", "topic": "Short"})).is(200);
        assert_eq!((&moved.json["ends_on"], &moved.json["topic"]), (&json!("2099-01-15"), &json!("Short")));
        assert_eq!(fac.facilitator.get(&project).json["due_at"], "2099-01-15T17:00:00Z");
        assert_eq!(fac.facilitator.get(&slot).json["starts_at"], "2099-01-15T10:00:00Z");

        // The cohort begins with its first week and ends with its last.
        patch(1, json!({"starts_on": "2099-01-07"})).is(200);
        patch(3, json!({"starts_on": "2099-01-26", "ends_on": "2099-01-30"})).is(200);
        let cohort = fac.facilitator.get(&format!("/v1/cohorts/{}", fac.cohort)).is(200).json;
        assert_eq!((&cohort["starts_on"], &cohort["ends_on"]), (&json!("2099-01-07"), &json!("2099-01-30")));

        world.begin_week(&fac, 1, -5);
        patch(1, json!({"ends_on": "2099-01-08"})).problem(409, "conflict");
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        patch(2, json!({"ends_on": "2099-01-14"})).problem(409, "conflict");
    }

    fn a_day_off_shortens_a_week_of_a_running_cohort(world: World) {
        let fac = world.coming_fac(3, 0);
        let (project, slot) = friday(&fac, 2, "2099-01-16");
        let tuesday = friday(&fac, 3, "2099-01-20").1;
        let day_off = |date: &str| format!("/v1/campuses/{}/days-off/{date}", fac.campus);
        let name = json!({"name": "Bank holiday"});
        for off in ["2099-01-16", "2099-01-21", "2099-01-19"] {
            fac.facilitator.put(&day_off(off), name.clone()).is(204);
        }
        assert_eq!(dates(&fac, 1), days("2099-01-05", "2099-01-09"));
        assert_eq!(dates(&fac, 2), days("2099-01-12", "2099-01-15"));
        assert_eq!(dates(&fac, 3), days("2099-01-20", "2099-01-23"));
        assert_eq!(fac.facilitator.get(&project).json["due_at"], "2099-01-15T17:00:00Z");
        assert_eq!(fac.facilitator.get(&slot).json["starts_at"], "2099-01-15T10:00:00Z");
        assert_eq!(fac.facilitator.get(&tuesday).json["starts_at"], "2099-01-20T10:00:00Z");

        // Taken back, the week has its day again, and what is due at its end is due then.
        fac.facilitator.delete(&day_off("2099-01-16")).is(204);
        assert_eq!(dates(&fac, 2), days("2099-01-12", "2099-01-16"));
        assert_eq!(fac.facilitator.get(&project).json["due_at"], "2099-01-16T17:00:00Z");

        // A week without a day left stays, and so does the calendar.
        for off in ["2099-01-12", "2099-01-13", "2099-01-14", "2099-01-15"] {
            fac.facilitator.put(&day_off(off), name.clone()).is(204);
        }
        let refused = fac.facilitator.put(&day_off("2099-01-16"), name.clone()).problem(409, "conflict");
        assert_eq!(refused.json["cohort_id"], fac.cohort);
        let off = fac.facilitator.get(&format!("/v1/campuses/{}/days-off", fac.campus)).is(200);
        assert!(!off.text.contains("2099-01-16"));
        assert_eq!(dates(&fac, 2), days("2099-01-16", "2099-01-16"));

        // What is over is as it was.
        world.begin_week(&fac, 1, -5);
        let past = dates(&fac, 1);
        fac.facilitator.put(&day_off(&past.1), name).is(204);
        assert_eq!(dates(&fac, 1), past);
    }

    fn a_week_dated_by_hand_keeps_its_dates_when_the_calendar_changes(world: World) {
        let fac = world.coming_fac(3, 0);
        world.set_status(&fac, "planned");
        let patch = |number: i32, body: Value| fac.facilitator.patch(&week_path(&fac, number), body);
        patch(3, json!({"starts_on": "2099-01-20"})).is(200);
        let off = |date: &str| fac.facilitator.put(&format!("/v1/campuses/{}/days-off/{date}", fac.campus), json!({"name": "Eid"}));
        off("2099-01-12").is(204);
        assert_eq!(dates(&fac, 2), days("2099-01-13", "2099-01-16"));
        assert_eq!(dates(&fac, 3), days("2099-01-20", "2099-01-23"));
        // Week 2 would become the week that was dated by hand.
        for date in ["2099-01-13", "2099-01-14", "2099-01-15"] {
            off(date).is(204);
        }
        let refused = off("2099-01-16").problem(409, "conflict");
        assert_eq!(refused.json["cohort_id"], fac.cohort);
        assert_eq!(dates(&fac, 2), days("2099-01-16", "2099-01-16"));
    }
}
