use serde_json::{Value, json};

use super::{dates, gaza, library, planned};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn a_planned_cohort_is_dated_again_from_another_start(world: World) {
        let fac = world.fac(1, 0);
        let path = format!("/v1/cohorts/{}", planned(&world, &fac, "2026-03-02").id());
        fac.facilitator.patch(&path, json!({"starts_on": "2026-03-08"})).field("/starts_on", "day_off");
        fac.facilitator.patch(&path, json!({"starts_on": "1926-03-08"})).field("/starts_on", "invalid");
        let moved = fac.facilitator.patch(&path, json!({"starts_on": "2026-03-23"})).is(200);
        assert_eq!((&moved.json["ends_on"], &moved.json["version"]), (&json!("2026-06-12"), &json!(2)));
        let weeks = world.nobody().get(&format!("{path}/weeks")).is(200);
        assert_eq!(dates(&weeks)[..2], ["2026-03-23/2026-03-27", "2026-03-30/2026-04-03"]);
        assert_eq!(weeks.data()[0]["project"]["due_at"], "2026-03-27T17:00:00Z");
        assert_eq!(weeks.data()[1]["project"]["due_at"], "2026-04-03T16:00:00Z");

        fac.facilitator.patch(&path, json!({"status": "running"})).is(200);
        fac.facilitator.patch(&path, json!({"starts_on": "2026-03-30"})).problem(409, "conflict");
        fac.facilitator.patch(&path, json!({"starts_on": "2026-03-23"})).is(200);
    }

    fn days_off_date_planned_cohorts_again_and_leave_weeks_that_are_over(world: World) {
        let fac = world.fac(3, 0);
        let path = format!("/v1/cohorts/{}", planned(&world, &fac, "2026-03-23").id());
        let off = |day: &str| format!("/v1/campuses/{}/days-off/{day}", fac.campus);
        let running = world.nobody().get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200);
        for day in ["2026-04-03", "2026-04-06", "2026-01-09"] {
            fac.facilitator.put(&off(day), json!({"name": "Holiday"})).is(204);
        }
        let weeks = world.nobody().get(&format!("{path}/weeks")).is(200);
        assert_eq!(dates(&weeks)[1..3], ["2026-03-30/2026-04-02", "2026-04-07/2026-04-10"]);
        assert_eq!(weeks.data()[1]["project"]["due_at"], "2026-04-02T16:00:00Z");
        assert_eq!(world.nobody().get(&path).is(200).json["version"], 1, "it ends when it was to end");
        assert_eq!(world.nobody().get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200).json, running.json);

        for day in ["2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02"] {
            fac.facilitator.put(&off(day), json!({"name": "Closed"})).is(204);
        }
        let weeks = world.nobody().get(&format!("{path}/weeks")).is(200);
        assert_eq!(dates(&weeks)[1], "2026-04-07/2026-04-10");
        fac.facilitator.delete(&off("2026-04-06")).is(204);
        let weeks = world.nobody().get(&format!("{path}/weeks")).is(200);
        assert_eq!(dates(&weeks)[1], "2026-04-06/2026-04-10");
        assert_eq!(world.nobody().get(&path).is(200).json["ends_on"], "2026-06-19");
    }

    fn the_start_of_a_planned_cohort_does_not_become_a_day_off(world: World) {
        let fac = world.fac(1, 0);
        let made = planned(&world, &fac, "2026-03-23");
        let off = format!("/v1/campuses/{}/days-off/2026-03-23", fac.campus);
        let refused = fac.facilitator.put(&off, json!({"name": "Holiday"})).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("fac31"), "{}", refused.text);
        assert_eq!(refused.json["cohort_id"], made.json["id"]);
        assert!(world.nobody().get(&format!("/v1/campuses/{}/days-off", fac.campus)).is(200).data().is_empty());
        let campus = format!("/v1/campuses/{}", fac.campus);
        let tuesday = json!({"work_week": ["tue", "wed", "thu"]});
        fac.organiser.patch(&campus, tuesday).problem(409, "conflict");
        assert_eq!(world.nobody().get(&campus).is(200).json["version"], 1);
    }

    fn another_working_week_or_clock_dates_planned_cohorts_again(world: World) {
        let (amal, campus) = gaza(&world);
        let body = json!({
            "slug": "g1", "name": "Gaza 1", "programme_id": library(&world, "fac-2022"), "starts_on": "2026-03-01",
        });
        let path = format!("/v1/cohorts/{}", amal.post(&format!("/v1/campuses/{campus}/cohorts"), body).is(201).id());
        let four = json!({"work_week": ["sun", "mon", "tue", "wed"]});
        amal.patch(&format!("/v1/campuses/{campus}"), four).is(200);
        let weeks = amal.get(&format!("{path}/weeks")).is(200);
        assert_eq!(dates(&weeks)[0], "2026-03-01/2026-03-04");
        let due = |weeks: &crate::harness::Answer| -> Value { weeks.data()[0]["project"]["due_at"].clone() };
        assert_eq!(due(&weeks), "2026-03-04T15:00:00Z");
        amal.patch(&format!("/v1/campuses/{campus}"), json!({"time_zone": "Europe/London"})).is(200);
        assert_eq!(due(&amal.get(&format!("{path}/weeks")).is(200)), "2026-03-04T17:00:00Z");
        assert_eq!(amal.get(&path).is(200).json["version"], 2, "it ends a day earlier");
    }
}
