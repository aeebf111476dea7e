use peerled::{students::PairKind, students::model::EnrolmentStatus};
use serde_json::{Value, json};

use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
    team_plans::{members, plan, publish, set_absent, set_rule, week_teams},
};

/// Twelve students in published teams of three or four for four weeks, of which the first is over.
fn published(world: &World) -> (Fac, Answer) {
    let fac = world.fac(4, 12);
    for week in 2..=4 {
        world.begin_week(&fac, week, 7 * i64::from(week - 1));
    }
    let body = json!({"from_week": 1, "to_week": 4, "team_size": {"min": 3, "max": 4}, "effort": "quick"});
    let made = plan(&fac, body).is(201);
    let made = publish(&fac, &made, None).is(200);
    (fac, made)
}

fn leave(fac: &Fac, student: usize) {
    let path = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, fac.students[student].id);
    fac.facilitator.patch(&path, json!({"status": "withdrawn"})).is(200);
}

fn repair(fac: &Fac, body: Value) -> Answer {
    fac.facilitator
        .post(&format!("/v1/cohorts/{}/team-repairs", fac.cohort), body)
}

fn weeks(answer: &Answer) -> Vec<i64> {
    answer
        .data()
        .iter()
        .map(|round| round["first_week"].as_i64().unwrap())
        .collect()
}

/// In which weeks a student is in a published team.
fn weeks_in_teams(fac: &Fac, student: usize) -> Vec<i32> {
    let is_in = |week: &i32| {
        let teams = week_teams(&fac.facilitator, fac, *week).is(200);
        members(&teams.json["data"])
            .concat()
            .contains(&fac.students[student].id)
    };
    (1..=4).filter(is_in).collect()
}

on_every_database! {
    fn who_leaves_is_taken_out_of_all_weeks_to_come_in_one_call(world: World) {
        let (fac, made) = published(&world);
        let own = format!("/v1/cohorts/{}/enrolments/{}/teams", fac.cohort, fac.students[0].id);
        let before = fac.facilitator.get(&own).is(200);
        assert_eq!((weeks(&before), &before.data()[0]["gone"]), (vec![2, 3, 4], &json!(false)));
        assert_eq!(repair(&fac, json!({"dry_run": true})).is(200).data().len(), 0);
        leave(&fac, 0);
        let after = fac.facilitator.get(&own).is(200);
        assert_eq!(weeks(&after), [2, 3, 4]);
        for place in after.data() {
            let team = fac.facilitator.get(&format!("/v1/teams/{}", place["team_id"].as_str().unwrap())).is(200);
            assert_eq!((&place["gone"], &place["team_name"]), (&json!(true), &team.json["name"]));
        }

        let dry = repair(&fac, json!({"dry_run": true})).is(200);
        assert_eq!(weeks(&dry), [2, 3, 4]);
        for round in dry.data() {
            assert_eq!((&round["gone"][0]["id"], &round["repair"]), (&json!(fac.students[0].id), &json!(null)));
            assert!(round["option"]["description"].to_string().contains(" leaves Team "), "{round}");
        }
        assert_eq!(weeks_in_teams(&fac, 0), [1, 2, 3, 4]);
        let reason = json!({"reason": "They have left."});
        let seen = fac.facilitator.with("If-Match", dry.header("etag"));
        let done = seen.post(&format!("/v1/cohorts/{}/team-repairs", fac.cohort), reason.clone()).is(201);
        let moves = |answer: &Answer| -> Vec<Value> { answer.data().iter().map(|round| round["option"].clone()).collect() };
        assert_eq!((weeks(&done), moves(&done)), (vec![2, 3, 4], moves(&dry)));
        assert_eq!(weeks_in_teams(&fac, 0), [1]);
        let listed = fac.facilitator.get(&format!("/v1/cohorts/{}/team-repairs", fac.cohort)).is(200);
        let of = |round: &Value| listed.data().iter().any(|one| *one == round["repair"]);
        assert!(listed.data().len() == 3 && done.data().iter().all(of));
        assert_eq!(done.data()[0]["repair"]["reason"], reason["reason"]);
        let repairs = |days: &str| fac.facilitator.get(&format!("/v1/cohorts/{}/team-repairs?{days}", fac.cohort)).is(200).data().len();
        assert_eq!((repairs("from=2026-01-01"), repairs("to=2026-01-01")), (3, 0));
        // To its plan that is one change.
        let versions = fac.facilitator.get(&format!("/v1/team-plans/{}/versions", made.id())).is(200);
        assert_eq!((&versions.data()[0]["version"], &versions.data()[0]["act"]), (&json!(3), &json!("repair")));
        assert_eq!(versions.data()[0]["weeks"], json!([2, 3, 4]));
        let again = repair(&fac, reason).is(200);
        assert_eq!((again.data().len(), fac.facilitator.get(&own).is(200).data().len()), (0, 0));
    }

    fn other_repairs_than_those_seen_are_not_made(world: World) {
        let (fac, _) = published(&world);
        leave(&fac, 0);
        let dry = repair(&fac, json!({"dry_run": true})).is(200);
        leave(&fac, 1);
        let seen = fac.facilitator.with("If-Match", dry.header("etag"));
        let path = format!("/v1/cohorts/{}/team-repairs", fac.cohort);
        seen.post(&path, json!({"reason": "They have left."})).problem(412, "precondition_failed");
        assert_eq!((weeks_in_teams(&fac, 0), weeks_in_teams(&fac, 1)), (vec![1, 2, 3, 4], vec![1, 2, 3, 4]));
        repair(&fac, json!({})).field("/reason", "required");
        repair(&fac, json!({"reason": " "})).field("/reason", "invalid");
        repair(&fac, json!({"reason": "x", "force": true})).field("/force", "unknown");
        let student = &fac.students[2];
        student.post(&path, json!({"reason": "x"})).problem(404, "not_found");
        student.get(&format!("/v1/cohorts/{}/enrolments/{}/teams", fac.cohort, student.id)).problem(404, "not_found");
        let stranger = &fac.organiser.id;
        fac.organiser.get(&format!("/v1/cohorts/{}/enrolments/{stranger}/teams", fac.cohort)).problem(404, "not_found");
    }

    fn of_one_person_only_their_rounds_are_repaired(world: World) {
        let (fac, _) = published(&world);
        leave(&fac, 0);
        set_absent(&world, &fac, 3, &fac.students[1]);
        let of = |student: usize, dry_run: bool| {
            repair(&fac, json!({"person_id": fac.students[student].id, "reason": "x", "dry_run": dry_run}))
        };
        assert_eq!(weeks(&of(1, true).is(200)), [3]);
        assert_eq!(weeks(&of(2, true).is(200)), Vec::<i64>::new());
        of(1, false).is(201);
        assert_eq!((weeks_in_teams(&fac, 0), weeks_in_teams(&fac, 1)), (vec![1, 2, 4], vec![1, 2, 4]));
        assert_eq!(weeks(&of(0, true).is(200)), [2, 4]);
    }

    fn a_round_that_no_way_puts_right_is_told_and_stays(world: World) {
        let (fac, _) = published(&world);
        let newcomer = world.person("Newcomer");
        world.enrol(&fac, &newcomer, EnrolmentStatus::Enrolled);
        for week in 2..=3 {
            for team in members(&week_teams(&fac.facilitator, &fac, week).is(200).json["data"]) {
                set_rule(&world, &fac, PairKind::Apart, [&newcomer.id, &team[0]], Some((week, week)));
            }
        }
        let done = repair(&fac, json!({"reason": "Somebody joined."})).is(201);
        let told: Vec<(bool, bool)> = done.data().iter().map(|round| (round["option"].is_null(), round["repair"].is_null())).collect();
        assert_eq!((weeks(&done), told), (vec![2, 3, 4], vec![(true, true), (true, true), (false, false)]));
        assert_eq!(done.data()[0]["without_team"], json!([{"id": newcomer.id, "name": "Newcomer"}]));
        let left = repair(&fac, json!({"reason": "Somebody joined."})).is(200);
        assert_eq!(weeks(&left), [2, 3]);
    }
}
