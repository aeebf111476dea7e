use diesel::prelude::*;
use peerled::{
    db::schema::jobs,
    jobs::{
        forget_finished,
        model::{Job, JobStatus},
    },
    primitives::{Id, Instant},
};
use serde_json::json;

use super::{
    ask, attempts, busy_threads, cancel, easy, ended, endless, fac_for_long, let_lease_run_out, officers, plans,
    prepared, read, under_way, until,
};
use crate::{
    harness::{Fac, World},
    on_every_database,
};

/// A job that another process took and has not given a sign of life of for so many seconds.
pub fn taken_elsewhere(world: &World, fac: &Fac, silent_for: i64, attempts: i32) -> String {
    let now = Instant::now();
    let id = |text: &str| Id::parse(text).unwrap();
    let job = Job {
        id: Id::new(),
        version: 4,
        kind: "team_plan".into(),
        status: JobStatus::Running,
        campus_id: id(&fac.campus),
        cohort_id: id(&fac.cohort),
        request: json!({"from_week": 1, "to_week": 1, "seed": 7, "effort": "quick"}).to_string(),
        target: format!("/v1/cohorts/{}/team-plans", fac.cohort),
        request_id: "the-request".into(),
        progress: None,
        result: None,
        problem: None,
        created_by: Some(id(&fac.facilitator.id)),
        created_at: now,
        started_at: Some(now),
        finished_at: None,
        lease: Some(Id::new()),
        lease_until: Some(now.plus(chrono::TimeDelta::seconds(15 - silent_for))),
        attempts,
        both_factors: false,
    };
    let name = job.id.to_string();
    world.db(move |conn| {
        diesel::insert_into(jobs::table).values(&job).execute(conn)?;
        Ok(())
    });
    name
}

on_every_database! {
    fn a_job_whose_process_died_is_taken_up_again(world: World) {
        let fac = world.fac(2, 8);
        let job = taken_elsewhere(&world, &fac, 16, 1);
        let done = ended(&fac.facilitator, &job, "succeeded");
        assert_eq!(attempts(&world, &job), 2);
        let made = done.json["result"]["team_plan_id"].as_str().unwrap();
        assert_eq!(fac.facilitator.get(&format!("/v1/team-plans/{made}")).is(200).json["seed"], 7);
        let trail: Vec<(String, String)> = world.db(|conn| {
            use peerled::db::schema::audit_entries as audit;
            Ok(audit::table
                .filter(audit::operation.eq("finish_job"))
                .select((audit::target, audit::request_id))
                .load(conn)?)
        });
        assert_eq!(trail, [(format!("/v1/jobs/{job}"), "the-request".into())]);
    }

    fn a_job_is_left_to_whoever_gives_signs_of_life(world: World) {
        let fac = world.fac(2, 8);
        let job = taken_elsewhere(&world, &fac, 0, 1);
        let next = ask(&fac, easy(2)).is(202).id();
        std::thread::sleep(std::time::Duration::from_secs(3));
        assert_eq!(read(&fac.facilitator, &job).json["status"], "running");
        assert_eq!(read(&fac.facilitator, &next).json["status"], "queued");
        assert_eq!(attempts(&world, &job), 1);
        cancel(&fac.facilitator, &job).is(200);
        ended(&fac.facilitator, &next, "succeeded");
    }

    fn a_job_that_no_process_survives_is_given_up(world: World) {
        let fac = world.fac(2, 8);
        let job = taken_elsewhere(&world, &fac, 16, 3);
        let failed = ended(&fac.facilitator, &job, "failed");
        assert_eq!(failed.json["problem"]["code"], "internal");
        assert_eq!((&failed.json["problem"]["request_id"], plans(&fac)), (&json!("the-request"), 0));
    }

    fn a_job_goes_on_after_a_restart(world: World) {
        let mut world = world;
        let fac = fac_for_long(&world);
        let job = ask(&fac, endless()).is(202).id();
        let next = ask(&fac, easy(1)).is(202).id();
        under_way(&fac.facilitator, &job);
        world.restart();
        let facilitator = fac.facilitator.at(&world.url);
        let_lease_run_out(&world, &job);
        until(&facilitator, &job, |_| attempts(&world, &job) == 2);
        under_way(&facilitator, &job);
        cancel(&facilitator, &job).is(200);
        ended(&facilitator, &next, "succeeded");
    }

    fn who_has_lost_a_job_keeps_nothing_of_it(world: World) {
        let fac = fac_for_long(&world);
        let busy = busy_threads(&world);
        let job = ask(&fac, officers("quick")).is(202).id();
        prepared(&world, &fac.facilitator, &job);
        let id = Id::parse(&job).unwrap();
        world.db(move |conn| {
            diesel::update(jobs::table.find(id)).set(jobs::lease.eq(Id::new())).execute(conn)?;
            Ok(())
        });
        drop(busy);
        std::thread::sleep(std::time::Duration::from_secs(3));
        assert_eq!((read(&fac.facilitator, &job).json["status"].as_str(), plans(&fac)), (Some("running"), 0));
        let_lease_run_out(&world, &job);
        ended(&fac.facilitator, &job, "succeeded");
        assert_eq!((plans(&fac), attempts(&world, &job)), (1, 2));
    }

    fn finished_jobs_are_forgotten_after_a_week(world: World) {
        let fac = world.fac(2, 8);
        let job = ask(&fac, easy(1)).is(202).id();
        ended(&fac.facilitator, &job, "succeeded");
        let open = taken_elsewhere(&world, &fac, 0, 1);
        let after = |days: i64| Instant::now().plus(chrono::TimeDelta::days(days));
        assert_eq!(world.db(move |conn| forget_finished(conn, after(6))), 0);
        assert_eq!(world.db(move |conn| forget_finished(conn, after(8))), 1);
        fac.facilitator.get(&format!("/v1/jobs/{job}")).problem(404, "not_found");
        read(&fac.facilitator, &open);
        assert_eq!(plans(&fac), 1);
    }
}
