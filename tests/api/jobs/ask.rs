use peerled::students::PairKind;
use serde_json::{Value, json};

use super::{ask, easy, ended, plans, read};
use crate::{
    harness::World,
    on_every_database,
    team_plans::{plan, publish, set_rule, teams},
};

on_every_database! {
    fn a_job_ends_with_the_plan_that_waiting_would_have_made(world: World) {
        let fac = world.fac(5, 16);
        let mut body = json!({"from_week": 1, "to_week": 5, "team_size": {"min": 4, "max": 4}, "seed": 42, "effort": "quick"});
        let waited = plan(&fac, body.clone()).is(201);
        let asked = ask(&fac, body.clone()).is(202);
        let id = asked.id();
        assert_eq!(asked.header("location"), format!("/v1/jobs/{id}"));
        assert_eq!(asked.header("preference-applied"), "respond-async");
        assert_eq!((&asked.json["kind"], &asked.json["status"]), (&json!("team_plan"), &json!("queued")));
        assert_eq!((&asked.json["campus_id"], &asked.json["cohort_id"]), (&json!(fac.campus), &json!(fac.cohort)));
        assert_eq!(asked.json["created_by"], json!(fac.facilitator.id));
        for empty in ["progress", "result", "problem", "started_at", "finished_at"] {
            assert!(asked.json[empty].is_null(), "{empty}: {}", asked.text);
        }
        let done = ended(&fac.organiser, &id, "succeeded");
        let version = done.json["version"].as_i64().unwrap();
        assert!(version > 1 && done.header("etag").starts_with(&format!("\"{version}-")));
        assert!(done.json["problem"].is_null() && done.json["started_at"].is_string());
        let made = done.json["result"]["team_plan_id"].as_str().unwrap();
        let made = fac.facilitator.get(&format!("/v1/team-plans/{made}")).is(200);
        assert_eq!((&made.json["seed"], teams(&made.json)), (&json!(42), teams(&waited.json)));
        assert_eq!(made.json["report"]["stopped_early"], json!(false));

        body["effort"] = json!("thorough");
        let thorough = plan(&fac, body).is(202);
        assert_eq!(thorough.header("preference-applied"), "");
        let done = ended(&fac.facilitator, &thorough.id(), "succeeded");
        let made = done.json["result"]["team_plan_id"].as_str().unwrap();
        let made = fac.facilitator.get(&format!("/v1/team-plans/{made}")).is(200);
        assert_eq!(made.json["report"]["effort"], "thorough");
        assert_eq!(plans(&fac), 3);
    }

    fn what_makes_no_sense_is_refused_at_once(world: World) {
        let fac = world.fac(2, 8);
        ask(&fac, json!({"from_week": 1, "to_week": 3})).field("/to_week", "not_found");
        ask(&fac, json!({"from_week": 1, "to_week": 1, "effort": "much"})).field("/effort", "invalid");
        let published = plan(&fac, easy(1)).is(201);
        publish(&fac, &published, None).is(200);
        ask(&fac, easy(1)).problem(409, "weeks_published");
        assert!(fac.facilitator.get(&format!("/v1/cohorts/{}/jobs", fac.cohort)).is(200).data().is_empty());
    }

    fn what_cannot_be_fails_with_the_problem_that_waiting_would_have_met(world: World) {
        let fac = world.fac(2, 8);
        let pair = [fac.students[0].id.as_str(), fac.students[1].id.as_str()];
        set_rule(&world, &fac, PairKind::Apart, pair, None);
        set_rule(&world, &fac, PairKind::Together, pair, None);
        let body = json!({"from_week": 1, "to_week": 2, "effort": "quick"});
        let waited = plan(&fac, body.clone()).problem(422, "plan_infeasible");
        let asked = ask(&fac, body).is(202);
        let failed = ended(&fac.facilitator, &asked.id(), "failed");
        let without_name = |problem: &Value| {
            let mut problem = problem.clone();
            assert!(problem["request_id"].is_string());
            problem.as_object_mut().unwrap().remove("request_id");
            problem
        };
        assert_eq!(without_name(&failed.json["problem"]), without_name(&waited.json));
        assert!(failed.json["result"].is_null());
        assert_eq!(plans(&fac), 0);
    }

    fn only_staff_of_the_campus_know_of_jobs(world: World) {
        let (fac, other) = (world.fac(2, 8), world.campus_with_cohort("other", 2, 8));
        let id = ask(&fac, easy(1)).is(202).id();
        let (one, all) = (format!("/v1/jobs/{id}"), format!("/v1/cohorts/{}/jobs", fac.cohort));
        for stranger in [&fac.students[0], &other.organiser, &world.alumnus(&fac, "Alum")] {
            stranger.get(&one).problem(404, "not_found");
            stranger.get(&all).problem(404, "not_found");
            stranger.post(&format!("{one}/cancellation"), Value::Null).problem(404, "not_found");
            let asking = stranger.with("Prefer", "respond-async");
            asking.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), easy(1)).problem(404, "not_found");
        }
        let nobody = world.nobody();
        nobody.get(&one).problem(401, "authentication_required");
        nobody.get(&all).problem(401, "authentication_required");
        nobody.post(&format!("{one}/cancellation"), Value::Null).problem(401, "authentication_required");
        fac.organiser.get("/v1/jobs/0000000000000").problem(404, "not_found");
        ended(&fac.organiser, &id, "succeeded");
    }

    fn jobs_are_listed_newest_first_a_page_at_a_time(world: World) {
        let fac = world.fac(3, 8);
        let ids: Vec<String> = (1..=3).map(|week| ask(&fac, easy(week)).is(202).id()).collect();
        for id in &ids {
            ended(&fac.facilitator, id, "succeeded");
        }
        let all = format!("/v1/cohorts/{}/jobs", fac.cohort);
        let first = fac.facilitator.get(&format!("{all}?limit=2")).is(200);
        let named = |answer: &crate::harness::Answer| -> Vec<String> {
            answer.data().iter().map(|job| job["id"].as_str().unwrap().into()).collect()
        };
        assert_eq!(named(&first), [ids[2].clone(), ids[1].clone()]);
        assert_eq!(first.data()[0], read(&fac.facilitator, &ids[2]).json);
        let cursor = first.json["page"]["next_cursor"].as_str().unwrap();
        let second = fac.facilitator.get(&format!("{all}?limit=2&cursor={cursor}")).is(200);
        assert_eq!((named(&second), &second.json["page"]["has_more"]), (vec![ids[0].clone()], &json!(false)));
        assert!(fac.facilitator.get(&format!("{all}?status=failed")).is(200).data().is_empty());
        assert_eq!(fac.facilitator.get(&format!("{all}?status=succeeded")).is(200).data().len(), 3);
        fac.facilitator.get(&format!("{all}?status=done")).problem(400, "invalid_parameter");
        fac.facilitator.get(&format!("{all}?kind=rerun")).problem(400, "invalid_parameter");
    }

    fn asked_again_with_the_same_key_it_is_one_job(world: World) {
        let fac = world.fac(2, 8);
        let who = fac.facilitator.with("Prefer", "return=minimal, respond-async; wait=1").with("Idempotency-Key", "one");
        let path = format!("/v1/cohorts/{}/team-plans", fac.cohort);
        let first = who.post(&path, easy(1)).is(202);
        let again = who.post(&path, easy(1)).is(202);
        assert_eq!((again.text, again.headers["idempotent-replayed"].to_str().unwrap()), (first.text.clone(), "true"));
        ended(&fac.facilitator, &first.id(), "succeeded");
        assert_eq!(plans(&fac), 1);
    }
}
