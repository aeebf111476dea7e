use diesel::prelude::*;
use peerled::{
    db::schema::{published_weeks, rounds, team_plans},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::dates;
use crate::{
    harness::{Fac, World},
    on_every_database,
};

/// Publishes a round without teams for one week of the cohort.
pub fn publish(world: &World, fac: &Fac, week: i32) {
    let cohort = Id::parse(&fac.cohort).unwrap();
    world.db(move |conn| {
        let (plan, round, now) = (Id::new(), Id::new(), Instant::now());
        diesel::insert_into(team_plans::table)
            .values((
                team_plans::id.eq(plan),
                team_plans::cohort_id.eq(cohort),
                team_plans::from_week.eq(week),
                team_plans::to_week.eq(week),
                team_plans::seed.eq(1),
                team_plans::request.eq("{}"),
                team_plans::report.eq("{}"),
                team_plans::created_at.eq(now),
                team_plans::updated_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(rounds::table)
            .values((
                rounds::id.eq(round),
                rounds::plan_id.eq(plan),
                rounds::cohort_id.eq(cohort),
                rounds::first_week.eq(week),
                rounds::last_week.eq(week),
                rounds::published_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(published_weeks::table)
            .values((
                published_weeks::cohort_id.eq(cohort),
                published_weeks::week_number.eq(week),
                published_weeks::round_id.eq(round),
            ))
            .execute(conn)?;
        Ok(())
    });
}

fn topics(weeks: &crate::harness::Answer) -> Vec<&str> {
    weeks
        .data()
        .iter()
        .map(|week| week["topic"].as_str().unwrap())
        .collect()
}

on_every_database! {
    fn a_reading_week_moves_and_the_weeks_between_move_up(world: World) {
        let fac = world.fac(5, 0);
        let path = format!("/v1/cohorts/{}/weeks", fac.cohort);
        let staff = &fac.facilitator;
        staff.patch(&format!("{path}/2"), json!({"phase": "reading", "topic": "Reading"})).is(200);
        let before = staff.get(&path).is(200);
        let project = before.data()[3]["project"]["id"].as_str().unwrap().to_owned();
        staff.patch(&format!("/v1/projects/{project}"), json!({"due_at": "2026-01-30T17:00:00Z"})).is(200);

        let moved = staff.patch(&format!("{path}/2"), json!({"move_to": 4})).is(200);
        assert_eq!((&moved.json["number"], &moved.json["topic"]), (&json!(4), &json!("Reading")));
        let after = staff.get(&path).is(200);
        assert_eq!(topics(&after), ["Topic 1", "Topic 3", "Topic 4", "Reading", "Topic 5"]);
        assert_eq!(dates(&after), dates(&before));
        let its_week = staff.get(&format!("/v1/projects/{project}")).is(200);
        assert_eq!((&its_week.json["week_number"], &its_week.json["due_at"]), (&json!(3), &json!("2026-01-23T17:00:00Z")));

        staff.patch(&format!("{path}/4"), json!({"move_to": 1})).is(200);
        let topics_now = ["Reading", "Topic 1", "Topic 3", "Topic 4", "Topic 5"];
        assert_eq!(topics(&staff.get(&path).is(200)), topics_now);
        staff.patch(&format!("{path}/1"), json!({"move_to": 1})).is(200);
        assert_eq!(topics(&staff.get(&path).is(200)), topics_now);
    }

    fn nothing_else_moves(world: World) {
        let fac = world.fac(5, 0);
        let path = format!("/v1/cohorts/{}/weeks", fac.cohort);
        let staff = &fac.facilitator;
        staff.patch(&format!("{path}/1"), json!({"move_to": 2})).problem(409, "conflict");
        staff.patch(&format!("{path}/2"), json!({"phase": "reading"})).is(200);
        let before = staff.get(&path).is(200).json;
        for wrong in [0, 6, -1] {
            staff.patch(&format!("{path}/2"), json!({"move_to": wrong})).field("/move_to", "not_found");
        }
        staff.patch(&format!("{path}/2"), json!({"move_to": Value::Null})).field("/move_to", "invalid");
        publish(&world, &fac, 4);
        for to in [4, 5] {
            let refused = staff.patch(&format!("{path}/2"), json!({"move_to": to, "topic": "x"}));
            refused.problem(409, "weeks_published");
        }
        assert_eq!(staff.get(&path).is(200).json, before);
        staff.patch(&format!("{path}/2"), json!({"move_to": 3})).is(200);
        staff.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        staff.patch(&format!("{path}/3"), json!({"move_to": 2})).problem(409, "conflict");
    }
}
