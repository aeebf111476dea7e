//! A `PATCH` that changes nothing makes no new version.

use serde_json::{Map, Value, json};

use crate::{
    harness::{Client, World},
    on_every_database,
};

/// Sends back what `path` shows of these fields, and nothing must be different after it.
fn send_back(caller: &Client, path: &str, fields: &[&str]) {
    let before = caller.get(path).is(200);
    let body: Map<String, Value> = fields
        .iter()
        .map(|field| ((*field).to_owned(), before.json[*field].clone()))
        .collect();
    assert!(body.values().any(|value| !value.is_null()), "{path}");
    for body in [Value::Object(body), json!({})] {
        let answer = caller.with("If-Match", before.header("etag")).patch(path, body).is(200);
        assert_eq!(answer.header("etag"), before.header("etag"), "{path}: {}", answer.text);
        assert_eq!(caller.get(path).is(200).json, before.json, "{path}");
    }
}

on_every_database! {
    fn the_same_values_make_no_new_version(world: World) {
        let fac = world.fac(3, 1);
        let staff = &fac.organiser;
        staff.patch("/v1/me", json!({"github": "octocat"})).is(200);
        send_back(staff, "/v1/me", &["name", "github"]);
        let campus = format!("/v1/campuses/{}", fac.campus);
        send_back(staff, &campus, &["slug", "name", "city", "country", "time_zone", "work_week"]);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        send_back(staff, &cohort, &["slug", "name", "starts_on", "status"]);
        let weeks = staff.get(&format!("{cohort}/weeks")).is(200);
        let project = weeks.data()[0]["project"]["id"].as_str().unwrap();
        send_back(staff, &format!("/v1/projects/{project}"), &["title", "brief", "outcomes", "due_at"]);
        send_back(staff, &format!("{cohort}/enrolments/{}", fac.students[0].id), &["joined_on", "experience"]);
        let version = weeks.data()[0]["version"].clone();
        assert_eq!(staff.patch(&format!("{cohort}/weeks/1"), json!({"topic": weeks.data()[0]["topic"]})).is(200).json["version"], version);
        let library = staff.get("/v1/programmes?library=true&slug=fac-2022").is(200);
        let programme = library.data()[0]["id"].as_str().unwrap();
        let fork = json!({"campus_id": fac.campus, "slug": "fork"});
        let fork = staff.post(&format!("/v1/programmes/{programme}/forks"), fork).is(201).id();
        send_back(staff, &format!("/v1/programmes/{fork}"), &["slug", "name", "roles", "weeks"]);
        let slot = json!({"week": 1, "kind": "week", "min": 1, "capacity": 2});
        let slot = staff.post(&format!("{cohort}/mentor-slots"), slot).is(201).id();
        send_back(staff, &format!("/v1/mentor-slots/{slot}"), &["min", "capacity"]);
    }
}
