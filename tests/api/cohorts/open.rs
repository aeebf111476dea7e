use chrono::{Days, NaiveDate};
use diesel::prelude::*;
use peerled::{
    db::{
        Conn,
        schema::{cohorts, weeks},
    },
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{dates, enrolled, gaza, library, planned};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn staff_plan_a_cohort_from_the_library(world: World) {
        let fac = world.fac(1, 1);
        let made = planned(&world, &fac, "2026-03-02");
        let path = format!("/v1/cohorts/{}", made.id());
        assert_eq!(made.header("location"), path);
        assert_eq!((&made.json["status"], &made.json["campus_id"]), (&json!("planned"), &json!(fac.campus)));
        assert_eq!((&made.json["starts_on"], &made.json["ends_on"]), (&json!("2026-03-02"), &json!("2026-05-22")));
        assert_eq!(world.nobody().get(&path).is(200).json, made.json);

        let weeks = world.nobody().get(&format!("{path}/weeks")).is(200);
        assert_eq!(weeks.data().len(), 12);
        assert_eq!(weeks.json["page"]["has_more"], false);
        let first = &weeks.data()[0];
        assert_eq!((&first["number"], &first["phase"], &first["topic"]), (&json!(1), &json!("core"), &json!("Server")));
        let project = &first["project"];
        assert_eq!((&project["cohort_id"], &project["week_number"]), (&made.json["id"], &json!(1)));
        assert!(project["title"].is_string() && project["brief"].is_string() && project["outcomes"][0].is_string());
        assert_eq!(project["due_at"], "2026-03-06T17:00:00Z");
        // After the clocks went forward.
        assert_eq!(weeks.data()[4]["project"]["due_at"], "2026-04-03T16:00:00Z");
    }

    fn a_cohort_says_which_week_it_is(world: World) {
        let fac = world.fac(3, 0);
        let path = format!("/v1/cohorts/{}", fac.cohort);
        let today = Instant::now().date();
        let cohort = Id::parse(&fac.cohort).unwrap();
        let begins = |first: NaiveDate| {
            move |conn: &mut Conn| {
                for number in 0..3_u64 {
                    let monday = first + Days::new(7 * number);
                    diesel::update(weeks::table.filter(weeks::cohort_id.eq(cohort)).filter(weeks::number.eq(i32::try_from(number).unwrap() + 1)))
                        .set((weeks::starts_on.eq(monday), weeks::ends_on.eq(monday + Days::new(4))))
                        .execute(conn)?;
                }
                diesel::update(cohorts::table.find(cohort))
                    .set((cohorts::starts_on.eq(first), cohorts::ends_on.eq(first + Days::new(18))))
                    .execute(conn)?;
                Ok(())
            }
        };
        for (first, expected) in [
            (today + Days::new(2), Value::Null),
            (today - Days::new(1), json!(1)),
            (today - Days::new(8), json!(2)),
            // The last week ends on its last working day.
            (today - Days::new(18), json!(3)),
            (today - Days::new(20), Value::Null),
        ] {
            world.db(begins(first));
            let shown = world.nobody().get(&path).is(200).json;
            assert_eq!(shown["current_week"], expected, "{first}");
        }
        // One that was called off has none.
        world.db(begins(today));
        assert_eq!(world.nobody().get(&path).is(200).json["current_week"], 1);
        world.set_status(&fac, "cancelled");
        assert_eq!(world.nobody().get(&path).is(200).json["current_week"], Value::Null);
    }

    fn a_cohort_in_gaza_starts_on_a_sunday(world: World) {
        let (amal, campus) = gaza(&world);
        let path = format!("/v1/campuses/{campus}/cohorts");
        let body = |starts_on: &str| json!({
            "slug": "g1", "name": "Gaza 1", "programme_id": library(&world, "fac-2018"), "starts_on": starts_on,
        });
        let friday = amal.post(&path, body("2026-03-06")).field("/starts_on", "day_off");
        assert!(friday.json["detail"].as_str().unwrap().contains("Sunday 2026-03-08"), "{}", friday.text);
        amal.put(&format!("/v1/campuses/{campus}/days-off/2026-03-08"), json!({"name": "Women's Day"})).is(204);
        let off = amal.post(&path, body("2026-03-08")).field("/starts_on", "day_off");
        assert!(off.json["detail"].as_str().unwrap().contains("Women's Day"), "{}", off.text);
        assert!(off.json["detail"].as_str().unwrap().contains("Monday 2026-03-09"), "{}", off.text);
        let made = amal.post(&path, body("2026-03-15")).is(201);
        let weeks = amal.get(&format!("/v1/cohorts/{}/weeks", made.id())).is(200);
        assert_eq!(dates(&weeks)[..2], ["2026-03-15/2026-03-19", "2026-03-22/2026-03-26"]);
        assert_eq!(weeks.data()[8]["project"], Value::Null);
    }

    fn planning_refuses_what_is_not_right(world: World) {
        let fac = world.fac(1, 1);
        let other = world.campus_with_cohort("other", 1, 0);
        let path = format!("/v1/campuses/{}/cohorts", fac.campus);
        let good = json!({
            "slug": "fresh", "name": "New", "programme_id": library(&world, "fac-2022"), "starts_on": "2026-03-02",
        });
        let with = |field: &str, value: Value| {
            let mut body = good.clone();
            body[field] = value;
            fac.facilitator.post(&path, body)
        };
        for slug in ["N W", "new", "me"] {
            with("slug", json!(slug)).field("/slug", "invalid");
        }
        for date in ["2026-3-2", "+2026-03-02", "02/03/2026"] {
            with("starts_on", json!(date)).field("/starts_on", "invalid");
        }
        with("starts_on", json!("2026-02-30")).field("/starts_on", "invalid");
        with("starts_on", json!("1999-03-01")).field("/starts_on", "invalid");
        with("starts_on", json!("2100-12-20")).field("/starts_on", "invalid");
        with("starts_on", json!("2026-03-01")).field("/starts_on", "day_off");
        with("programme_id", json!("0ds8x2v4fmg00")).field("/programme_id", "not_found");
        with("programme_id", json!(fac.cohort)).field("/programme_id", "not_found");
        with("programme_id", Value::Null).field("/programme_id", "required");
        with("clone_of", json!(fac.cohort)).field("/clone_of", "invalid");
        with("status", json!("running")).field("/status", "invalid");
        with("slug", json!("fac")).problem(409, "slug_taken");
        let absent = json!({"slug": "fresh", "name": "New", "clone_of": fac.campus, "starts_on": "2026-03-02"});
        fac.facilitator.post(&path, absent).field("/clone_of", "not_found");

        fac.students[0].post(&path, good.clone()).problem(403, "forbidden");
        other.organiser.post(&path, good.clone()).problem(403, "forbidden");
        world.nobody().post(&path, good.clone()).problem(401, "authentication_required");
        other.organiser.post("/v1/campuses/0ds8x2v4fmg00/cohorts", good).problem(404, "not_found");
        assert_eq!(world.nobody().get("/v1/cohorts").is(200).data().len(), 2);
    }

    fn a_clone_takes_weeks_and_edited_projects_but_no_people(world: World) {
        let fac = world.fac(3, 4);
        let source = format!("/v1/cohorts/{}/weeks", fac.cohort);
        let project = fac.facilitator.get(&source).is(200).data()[1]["project"]["id"].clone();
        let edit = json!({"title": "Edited", "repository_name": "{cohort}-{team}", "due_at": "2026-01-15T12:00:00Z"});
        fac.facilitator.patch(&format!("/v1/projects/{}", project.as_str().unwrap()), edit).is(200);
        fac.facilitator.patch(&format!("{source}/3"), json!({"topic": "Our own"})).is(200);

        let (amal, campus) = gaza(&world);
        let body = json!({"slug": "twin", "name": "Twin", "clone_of": fac.cohort, "starts_on": "2026-07-05"});
        let twin = amal.post(&format!("/v1/campuses/{campus}/cohorts"), body).is(201);
        let weeks = amal.get(&format!("/v1/cohorts/{}/weeks", twin.id())).is(200);
        assert_eq!(dates(&weeks), ["2026-07-05/2026-07-09", "2026-07-12/2026-07-16", "2026-07-19/2026-07-23"]);
        assert_eq!(weeks.data()[2]["topic"], "Our own");
        let copy = &weeks.data()[1]["project"];
        assert_eq!((&copy["title"], &copy["repository_name"]), (&json!("Edited"), &json!("{cohort}-{team}")));
        // Noon on the last day but one of the week, by the clocks of Gaza in summer.
        assert_eq!(copy["due_at"], "2026-07-15T09:00:00Z");
        assert_ne!(copy["id"], project);
        assert_eq!(weeks.data()[0]["project"]["due_at"], Value::Null);
        assert_eq!(enrolled(&amal, &twin.id()), Vec::<String>::new());
    }
}
