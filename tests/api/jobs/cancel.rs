use serde_json::json;

use super::{ask, cancel, easy, ended, endless, fac_for_long, officers, plans, read, under_way, until};
use crate::{
    harness::World,
    on_every_database,
    team_plans::{having_seen, plan},
};

on_every_database! {
    fn a_cancelled_job_makes_room_for_the_next(world: World) {
        let fac = fac_for_long(&world);
        let long = ask(&fac, endless()).is(202).id();
        let next = ask(&fac, easy(1)).is(202).id();
        let seen = under_way(&fac.facilitator, &long);
        let progress = &seen.json["progress"];
        assert!(progress["moves"].as_i64() > Some(0) && progress["moves"].as_i64() <= progress["budget"].as_i64(), "{progress}");
        assert!(progress["repeats"].as_i64() >= progress["bound"].as_i64(), "{progress}");
        assert_eq!(read(&fac.facilitator, &next).json["status"], "queued");
        let cancelled = cancel(&fac.organiser, &long).is(200);
        assert_eq!((&cancelled.json["status"], &cancelled.json["result"]), (&json!("cancelled"), &json!(null)));
        ended(&fac.facilitator, &next, "succeeded");
        assert_eq!(read(&fac.facilitator, &long).text, cancelled.text);
        assert_eq!(plans(&fac), 1);
    }

    fn cancelling_twice_is_cancelling_once_and_what_has_ended_has_ended(world: World) {
        let fac = fac_for_long(&world);
        let long = ask(&fac, endless()).is(202).id();
        let waiting = ask(&fac, easy(1)).is(202).id();
        assert_eq!(cancel(&fac.facilitator, &waiting).is(200).json["status"], "cancelled");
        let both = std::thread::scope(|scope| {
            let threads = [&fac.facilitator, &fac.organiser].map(|who| scope.spawn(|| cancel(who, &long).is(200)));
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(both[0].json, both[1].json);
        assert_eq!(cancel(&fac.facilitator, &long).is(200).json, both[0].json);
        let done = ask(&fac, easy(2)).is(202).id();
        ended(&fac.facilitator, &done, "succeeded");
        let refused = cancel(&fac.facilitator, &done).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("succeeded"));
        assert_eq!(plans(&fac), 1);
    }

    fn a_job_whose_draft_is_discarded_ends_with_it(world: World) {
        let fac = fac_for_long(&world);
        let (made, other) = (plan(&fac, officers("quick")).is(201), plan(&fac, officers("quick")).is(201));
        let again = |plan: &crate::harness::Answer| {
            let who = having_seen(&fac.facilitator, plan);
            who.post(&format!("/v1/team-plans/{}/reruns", plan.id()), json!({"keep": [], "effort": "thorough"})).is(202).id()
        };
        let (long, waiting, others) = (again(&made), again(&made), again(&other));
        under_way(&fac.facilitator, &long);
        having_seen(&fac.facilitator, &made).delete(&format!("/v1/team-plans/{}", made.id())).is(204);
        for job in [&long, &waiting] {
            let ended = ended(&fac.facilitator, job, "cancelled");
            assert_eq!((&ended.json["problem"]["code"], &ended.json["problem"]["status"]), (&json!("not_found"), &json!(404)));
            assert!(ended.json["problem"]["detail"].as_str().unwrap().contains("discarded"));
        }
        under_way(&fac.facilitator, &others);
        let cancelled = cancel(&fac.facilitator, &others).is(200);
        assert!(cancelled.json["problem"].is_null());
    }

    fn the_jobs_of_a_cohort_end_with_it(world: World) {
        for status in ["cancelled", "graduated"] {
            let fac = world.campus_with_cohort(status, 5, 36);
            let (long, waiting) = (ask(&fac, endless()).is(202).id(), ask(&fac, easy(1)).is(202).id());
            under_way(&fac.facilitator, &long);
            fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": status})).is(200);
            for job in [&long, &waiting] {
                let ended = ended(&fac.facilitator, job, "cancelled");
                assert_eq!(ended.json["problem"]["code"], json!("conflict"));
                assert!(ended.json["problem"]["detail"].as_str().unwrap().contains(status));
            }
            assert_eq!(plans(&fac), 0);
        }
    }

    fn who_waits_for_teams_does_not_wait_for_a_job(world: World) {
        let fac = fac_for_long(&world);
        let long = ask(&fac, endless()).is(202).id();
        let before = under_way(&fac.facilitator, &long);
        for week in 1..=3 {
            plan(&fac, easy(week)).is(201);
        }
        assert_eq!(read(&fac.facilitator, &long).json["status"], "running");
        let moves = before.json["progress"]["moves"].as_i64();
        until(&fac.facilitator, &long, |job| job["progress"]["moves"].as_i64() > moves);
        cancel(&fac.facilitator, &long).is(200);
    }
}
