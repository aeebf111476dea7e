use std::collections::{BTreeMap, BTreeSet};

use peerled::students::PairKind;
use serde_json::{Value, json};

use super::{fours, having_seen, of_two_teams, plan, publish, set_absent, set_rule, teams, withdraw};
use crate::{
    harness::{Answer, Client, Fac, World},
    jobs::{ended, fac_for_long},
    on_every_database,
};

fn rerun(who: &Client, plan: &Answer, body: Value) -> Answer {
    who.post(&format!("/v1/team-plans/{}/reruns", plan.id()), body)
}

/// By the facilitator, who has seen the plan as it is.
fn again(fac: &Fac, plan: &Answer, body: Value) -> Answer {
    rerun(&having_seen(&fac.facilitator, plan), plan, body)
}

fn read(fac: &Fac, plan: &Answer) -> Answer {
    fac.facilitator.get(&format!("/v1/team-plans/{}", plan.id())).is(200)
}

/// Who is together in each round, in no order.
fn sets(plan: &Value) -> Vec<BTreeSet<BTreeSet<String>>> {
    let set = |team: Vec<String>| team.into_iter().collect();
    teams(plan)
        .into_iter()
        .map(|round| round.into_iter().map(set).collect())
        .collect()
}

fn team(plan: &Answer, round: usize, team: usize) -> Value {
    plan.json["rounds"][round]["teams"][team].clone()
}

on_every_database! {
    fn kept_weeks_and_teams_stay_and_the_rest_is_formed_again(world: World) {
        let fac = world.fac(4, 16);
        let made = plan(&fac, fours(1, 4)).is(201);
        let held = team(&made, 1, 2);
        let body = json!({"keep": [{"week": 1}, {"week": 2, "team": held["id"]}], "seed": 5, "effort": "quick"});
        let after = again(&fac, &made, body.clone()).is(200);
        assert_eq!((after.id(), &after.json["version"], &after.json["seed"]), (made.id(), &json!(2), &json!(5)));
        assert_eq!(after.json["rounds"][0], made.json["rounds"][0]);
        let members = |team: &Value| -> BTreeSet<String> {
            team["members"].as_array().unwrap().iter().map(|m| m["person"]["id"].as_str().unwrap().into()).collect()
        };
        let same = after.json["rounds"][1]["teams"].as_array().unwrap().iter().find(|team| team["id"] == held["id"]).unwrap();
        assert_eq!((members(same), &same["name"]), (members(&held), &held["name"]));
        assert_ne!(sets(&after.json)[1..], sets(&made.json)[1..]);
        let known = |plan: &Answer| -> BTreeMap<String, BTreeSet<String>> {
            let rounds = plan.json["rounds"].as_array().unwrap().iter();
            let teams = rounds.flat_map(|round| round["teams"].as_array().unwrap());
            teams.map(|team| (team["id"].as_str().unwrap().to_owned(), members(team))).collect()
        };
        let before = known(&made);
        assert!(known(&after).iter().all(|(id, people)| before.get(id).is_none_or(|before| before == people)));
        let names = |round: &Value| -> BTreeSet<String> {
            round["teams"].as_array().unwrap().iter().map(|team| team["name"].as_str().unwrap().into()).collect()
        };
        assert_eq!(names(&after.json["rounds"][1]), BTreeSet::from(["Team 1", "Team 2", "Team 3", "Team 4"].map(String::from)));
        assert!(teams(&after.json).iter().all(|round| round.len() == 4 && round.iter().all(|team| team.len() == 4)));
        assert_eq!((&after.json["report"]["repeats"], &after.json["report"]["effort"]), (&json!(0), &json!("quick")));
        assert_eq!(read(&fac, &made).json, after.json);

        // The same is the same again, the other way about it is by hand.
        let same_again = again(&fac, &after, body).is(200);
        assert_eq!((sets(&same_again.json), &same_again.json["version"]), (sets(&after.json), &json!(3)));
        let [a, b] = of_two_teams(&teams(&same_again.json)[0]);
        let swap = json!({"week": 1, "people": [a, b]});
        having_seen(&fac.facilitator, &same_again).post(&format!("/v1/team-plans/{}/swaps", made.id()), swap).is(200);
    }

    fn what_a_team_is_called_goes_to_nobody_else(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        let held = team(&made, 0, 1);
        for (round, at) in [(0, 1), (1, 0)] {
            let url = format!("/v1/teams/{}", team(&made, round, at)["id"].as_str().unwrap());
            fac.facilitator.patch(&url, json!({"name": "The Otters", "repository_url": "https://github.com/otters"})).is(200);
        }
        let body = json!({"keep": [{"week": 1, "team": held["id"]}], "seed": 2, "effort": "quick"});
        let after = again(&fac, &made, body).is(200);
        let stayed = team(&after, 0, 1);
        assert_eq!((&stayed["id"], &stayed["name"]), (&held["id"], &json!("The Otters")));
        let of_second = after.json["rounds"][1]["teams"].as_array().unwrap();
        let otters = of_second.iter().find(|team| team["name"] == "The Otters");
        let same = sets(&after.json)[1] == sets(&made.json)[1];
        assert_eq!(otters.is_some(), same, "{}", after.text);
    }

    fn what_students_see_stays_whatever_is_asked(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, fours(1, 3)).is(201);
        let published = publish(&fac, &made, Some(&[2])).is(200);
        let after = again(&fac, &published, json!({"keep": [], "effort": "quick"})).is(200);
        assert_eq!(after.json["rounds"][1], published.json["rounds"][1]);
        again(&fac, &after, json!({"keep": [{"week": 2}]})).field("/keep/0/week", "not_found");
        let all = publish(&fac, &after, None).is(200);
        again(&fac, &all, json!({"keep": []})).problem(409, "plan_not_draft");
        assert_eq!(read(&fac, &made).text, all.text);
    }

    fn a_rerun_that_makes_no_sense_is_refused_and_changes_nothing(world: World) {
        let (fac, other) = (world.fac(2, 8), world.campus_with_cohort("other", 1, 8));
        let made = plan(&fac, fours(1, 2)).is(201);
        let first = team(&made, 0, 0);
        rerun(&fac.facilitator, &made, json!({"keep": []})).problem(428, "precondition_required");
        rerun(&fac.facilitator.with("If-Match", "\"7-x\""), &made, json!({"keep": []})).problem(412, "precondition_failed");
        again(&fac, &made, json!({})).field("/keep", "required");
        again(&fac, &made, json!({"keep": [{"week": 3}]})).field("/keep/0/week", "not_found");
        again(&fac, &made, json!({"keep": [{"week": 1}, {"week": 2, "team": first["id"]}]})).field("/keep/1/team", "not_found");
        again(&fac, &made, json!({"keep": [{"week": 1, "teams": []}]})).field("/keep/0/teams", "unknown");
        again(&fac, &made, json!({"keep": [{"week": 1}, {"week": 2}]})).field("/keep", "invalid");
        again(&fac, &made, json!({"keep": [], "seed": -1})).field("/seed", "invalid");
        again(&fac, &made, json!({"keep": [], "effort": "much"})).field("/effort", "invalid");
        for stranger in [&fac.students[0], &other.organiser] {
            rerun(&having_seen(stranger, &made), &made, json!({"keep": []})).problem(404, "not_found");
        }
        rerun(&world.nobody(), &made, json!({"keep": []})).problem(401, "authentication_required");
        let gone = first["members"][0]["person"]["id"].as_str().unwrap();
        let student = fac.students.iter().find(|student| student.id == gone).unwrap();
        set_absent(&world, &fac, 1, student);
        again(&fac, &made, json!({"keep": [{"week": 1, "team": first["id"]}]})).field("/keep/0/team", "absent");
        assert_eq!(read(&fac, &made).text, made.text);
    }

    fn what_cannot_be_beside_kept_teams_names_them(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        let people = &teams(&made.json)[0][0];
        let rule = set_rule(&world, &fac, PairKind::Apart, [&people[0], &people[1]], None);
        let body = json!({"keep": [{"week": 1, "team": team(&made, 0, 0)["id"]}], "effort": "quick"});
        let refused = again(&fac, &made, body.clone()).problem(422, "plan_infeasible");
        let conflict = refused.json["conflict"].as_array().unwrap();
        let kinds: BTreeSet<&str> = conflict.iter().map(|demand| demand["kind"].as_str().unwrap()).collect();
        assert_eq!(kinds, BTreeSet::from(["kept_team", "pair_rule"]), "{}", refused.text);
        let kept = conflict.iter().find(|demand| demand["kind"] == "kept_team").unwrap();
        assert_eq!((&kept["keep"], kept["people"].as_array().unwrap().len()), (&json!(0), 4));
        assert!(conflict.iter().any(|demand| demand["id"] == json!(rule)));
        assert_eq!(read(&fac, &made).text, made.text);
        let later = having_seen(&fac.facilitator, &made).with("Prefer", "respond-async");
        let job = rerun(&later, &made, body).is(202);
        let failed = ended(&fac.facilitator, &job.id(), "failed");
        assert_eq!(failed.json["problem"]["conflict"], refused.json["conflict"]);
        assert_eq!(read(&fac, &made).text, made.text);
    }

    fn teams_are_added_and_removed_as_people_come_and_go(world: World) {
        let fac = world.fac(2, 9);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 2, "effort": "quick"})).is(201);
        assert_eq!(teams(&made.json)[0].len(), 3);
        let held = team(&made, 0, 1);
        let stays = |id: &str| held["members"].to_string().contains(id);
        let leaving: Vec<&str> = fac.students.iter().map(|s| s.id.as_str()).filter(|id| !stays(id)).take(2).collect();
        for student in &leaving {
            withdraw(&world, &fac, student);
        }
        let after = again(&fac, &made, json!({"keep": [{"week": 1, "team": held["id"]}], "effort": "quick"})).is(200);
        let rounds = teams(&after.json);
        assert!(rounds.iter().all(|round| round.len() == 2), "{rounds:?}");
        assert!(rounds.iter().flatten().flatten().all(|person| !leaving.contains(&person.as_str())));
        assert!(after.json["rounds"][0]["teams"].as_array().unwrap().iter().any(|team| team["id"] == held["id"]));
        publish(&fac, &after, None).is(200);
    }

    fn a_rerun_in_a_job_changes_the_draft_that_was_seen_and_no_other(world: World) {
        let fac = fac_for_long(&world);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 2, "effort": "quick"})).is(201);
        let body = json!({"keep": [{"week": 1}], "effort": "thorough", "seed": 3});
        let job = again(&fac, &made, body).is(202);
        assert_eq!((&job.json["kind"], job.header("location")), (&json!("rerun"), format!("/v1/jobs/{}", job.id()).as_str()));
        let done = ended(&fac.facilitator, &job.id(), "succeeded");
        assert_eq!(done.json["result"]["team_plan_id"], json!(made.id()));
        let after = read(&fac, &made);
        assert_eq!((&after.json["version"], &after.json["seed"]), (&json!(2), &json!(3)));
        assert_eq!(after.json["rounds"][0], made.json["rounds"][0]);
        rerun(&having_seen(&fac.facilitator, &made).with("Prefer", "respond-async"), &made, json!({"keep": []}))
            .problem(412, "precondition_failed");

        let long = crate::jobs::ask(&fac, crate::jobs::endless()).is(202).id();
        let later = having_seen(&fac.facilitator, &after).with("Prefer", "respond-async");
        let job = rerun(&later, &after, json!({"keep": []})).is(202).id();
        let [a, b] = of_two_teams(&teams(&after.json)[0]);
        let swap = json!({"week": 1, "people": [a, b]});
        let edited = having_seen(&fac.facilitator, &after).post(&format!("/v1/team-plans/{}/swaps", made.id()), swap).is(200);
        crate::jobs::cancel(&fac.facilitator, &long).is(200);
        let failed = ended(&fac.facilitator, &job, "failed");
        assert_eq!(failed.json["problem"]["code"], "precondition_failed");
        assert_eq!(read(&fac, &made).text, edited.text);
    }

    fn of_two_reruns_at_once_one_counts(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, fours(1, 3)).is(201);
        let statuses: Vec<u16> = std::thread::scope(|scope| {
            let ask = |seed: i64| {
                let (fac, made) = (&fac, &made);
                scope.spawn(move || again(fac, made, json!({"keep": [], "seed": seed, "effort": "quick"})).status)
            };
            let threads: Vec<_> = (1..=3).map(ask).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 409, 412].contains(status)), "{statuses:?}");
        assert_eq!(read(&fac, &made).json["version"], json!(2));
    }
}
