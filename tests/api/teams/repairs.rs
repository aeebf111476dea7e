use peerled::students::PairKind;
use serde_json::json;

use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
    team_plans::{fours, having_seen, members, plan, publish, set_absent, set_rule, teams, week_teams, withdraw},
};

/// Seven students in teams of three and four, published.
fn published(world: &World) -> (Fac, Answer) {
    let fac = world.fac(2, 7);
    let made = plan(
        &fac,
        json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}}),
    )
    .is(201);
    publish(&fac, &made, None).is(200);
    (fac, made)
}

fn team_id(made: &Answer, at: usize) -> String {
    made.json["rounds"][0]["teams"][at]["id"].as_str().unwrap().into()
}

on_every_database! {
    fn when_somebody_leaves_the_fewest_moves_are_offered_and_put_on_record(world: World) {
        let (fac, made) = published(&world);
        let round = teams(&made.json).remove(0);
        let small = usize::from(round[0].len() == 4);
        let (gone, url) = (round[small][0].clone(), format!("/v1/teams/{}", team_id(&made, small)));
        assert_eq!(fac.facilitator.post(&format!("{url}/repair-proposals"), json!(null)).is(200).data().len(), 0);
        withdraw(&world, &fac, &gone);
        let proposed = fac.facilitator.post(&format!("{url}/repair-proposals"), json!({})).is(200);
        assert_eq!((proposed.data().len(), &proposed.json["gone"][0]["id"]), (3, &json!(gone)));
        let best = &proposed.data()[0];
        assert_eq!((&best["option"], &best["sizes"], &best["sizes_kept"]), (&json!(1), &json!([3, 3]), &json!(true)));
        assert_eq!(best["moves"].as_array().unwrap().len(), 2);
        assert!(best["description"].to_string().contains("goes from Team "), "{best}");

        let body = json!({"moves": best["moves"], "reason": "Somebody has left."});
        let repairs = format!("{url}/repairs");
        fac.facilitator.post(&repairs, body.clone()).problem(428, "precondition_required");
        fac.facilitator.with("If-Match", "\"9\"").post(&repairs, body.clone()).problem(412, "precondition_failed");
        let seen = fac.facilitator.get(&url).is(200);
        let made = having_seen(&fac.facilitator, &seen).post(&repairs, body.clone()).is(201);
        assert_eq!(made.json["sizes_kept"], json!(true));
        assert_eq!((&made.json["reason"], &made.json["made_by"]), (&json!("Somebody has left."), &json!(fac.facilitator.id)));
        assert!(made.json["before"].to_string().contains(&gone) && !made.json["after"].to_string().contains(&gone));
        let stayed = fac.students.iter().find(|student| student.id != gone).unwrap();
        let now = members(&week_teams(stayed, &fac, 1).is(200).json["data"]);
        assert!(now.iter().all(|team| team.len() == 3) && !now.concat().contains(&gone));
        assert_eq!(fac.facilitator.get(&url).is(200).json["version"], json!(2));
        having_seen(&fac.facilitator, &seen).post(&repairs, body).problem(412, "precondition_failed");

        let list = format!("/v1/cohorts/{}/team-repairs", fac.cohort);
        let listed = fac.organiser.get(&list).is(200);
        assert_eq!(listed.data()[0], made.json);
        stayed.get(&list).problem(404, "not_found");
        world.nobody().get(&list).problem(401, "authentication_required");
    }

    fn who_leaves_stays_in_the_teams_of_the_weeks_they_were_there(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 2, "team_size": {"min": 4, "max": 4}})).is(201);
        publish(&fac, &made, None).is(200);
        let leaver = teams(&made.json)[0][0][0].clone();
        let path = format!("/v1/cohorts/{}/enrolments/{leaver}", fac.cohort);
        fac.facilitator.patch(&path, json!({"status": "withdrawn", "left_on": "2026-01-14"})).is(200);
        for (week, gone) in [(0, 0), (1, 1)] {
            let at = teams(&made.json)[week].iter().position(|team| team.contains(&leaver)).unwrap();
            let team = made.json["rounds"][week]["teams"][at]["id"].as_str().unwrap();
            let proposed = fac.facilitator.post(&format!("/v1/teams/{team}/repair-proposals"), json!({})).is(200);
            assert_eq!(proposed.json["gone"].as_array().unwrap().len(), gone, "week {}", week + 1);
        }
    }

    fn moves_that_do_not_fit_are_named_and_change_nothing(world: World) {
        let (fac, made) = published(&world);
        let round = teams(&made.json).remove(0);
        let large = usize::from(round[0].len() == 3);
        let url = format!("/v1/teams/{}", team_id(&made, large));
        let (from, to) = (team_id(&made, large), team_id(&made, 1 - large));
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
        let repair = |moves: serde_json::Value| seen.post(&format!("{url}/repairs"), json!({"moves": moves, "reason": "x"}));
        let person = &round[large][0];
        repair(json!([])).field("/moves", "invalid");
        repair(json!([{"person_id": person, "from_team": to, "to_team": from}])).field("/moves/0/person_id", "invalid");
        repair(json!([{"person_id": person, "from_team": from, "to_team": from}])).field("/moves/0/to_team", "invalid");
        repair(json!([{"person_id": person, "from_team": from, "to_team": made.id()}])).field("/moves/0/to_team", "not_found");
        repair(json!([{"person_id": person, "from_team": made.id(), "to_team": to}])).field("/moves/0/from_team", "not_found");
        repair(json!([{"person_id": fac.organiser.id, "from_team": null, "to_team": to}])).field("/moves/0/person_id", "not_found");
        repair(json!([{"person_id": person, "from_team": from, "to_team": null}])).field("/moves/0/to_team", "required");
        let there_and_back = json!([
            {"person_id": person, "from_team": from, "to_team": to}, {"person_id": person, "from_team": to, "to_team": from},
        ]);
        repair(there_and_back).field("/moves", "invalid");
        seen.post(&format!("{url}/repairs"), json!({"moves": [], "reason": "x", "force": 1})).field("/force", "unknown");
        let one = json!([{"person_id": person, "from_team": from, "to_team": to}]);
        seen.post(&format!("{url}/repairs"), json!({"moves": one, "reason": " "})).field("/reason", "invalid");
        let rule = set_rule(&world, &fac, PairKind::Apart, [person, &round[1 - large][0]], None);
        let refused = repair(one.clone()).problem(409, "conflict");
        assert_eq!(refused.json["breaks"][0]["id"], json!(rule));
        assert_eq!(members(&week_teams(&fac.students[0], &fac, 1).is(200).json["data"]), round);

        let student = &fac.students[0];
        having_seen(student, &student.get(&url).is(200)).post(&format!("{url}/repairs"), json!({"moves": one, "reason": "x"})).problem(403, "forbidden");
        student.post(&format!("{url}/repair-proposals"), json!({})).problem(403, "forbidden");
        let stranger = world.person("Stranger");
        stranger.post(&format!("{url}/repair-proposals"), json!({})).problem(404, "not_found");
        world.nobody().post(&format!("{url}/repair-proposals"), json!({})).problem(401, "authentication_required");
    }

    fn only_who_is_gone_goes_to_no_team_and_who_is_gone_to_no_other(world: World) {
        let (fac, made) = published(&world);
        let round = teams(&made.json).remove(0);
        let large = usize::from(round[0].len() == 3);
        let (from, to) = (team_id(&made, large), team_id(&made, 1 - large));
        let absent = fac.students.iter().find(|student| student.id == round[large][0]).unwrap();
        let (left, stays) = (&round[large][1], &round[large][2]);
        set_absent(&world, &fac, 1, absent);
        withdraw(&world, &fac, left);
        let url = format!("/v1/teams/{from}");
        let repair = |moves: serde_json::Value| {
            let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
            seen.post(&format!("{url}/repairs"), json!({"moves": moves, "reason": "x"}))
        };
        let out = |who: &str| json!({"person_id": who, "from_team": from, "to_team": null});
        for who in [&absent.id, left] {
            let over = json!({"person_id": who, "from_team": from, "to_team": to});
            repair(json!([out(&absent.id), over])).problem(422, "invalid_fields");
            repair(json!([over])).field("/moves/0/person_id", "absent");
        }
        repair(json!([out(left), out(stays)])).field("/moves/1/to_team", "required");
        let list = format!("/v1/cohorts/{}/team-repairs", fac.cohort);
        assert!(fac.facilitator.get(&list).is(200).data().is_empty());
        // Two of four are left, and three are asked for: that is told, not refused.
        let made = repair(json!([out(left), out(&absent.id)])).is(201);
        assert_eq!((&made.json["sizes_kept"], made.json["after"].as_array().unwrap().len()), (&json!(false), 1));
        assert_eq!(fac.facilitator.get(&list).is(200).data()[0], made.json);
    }

    fn who_leaves_before_a_round_of_several_weeks_ends_is_gone_from_it(world: World) {
        let fac = world.fac(3, 8);
        let body = json!({"from_week": 1, "to_week": 3, "weeks_per_round": 3, "team_size": {"min": 4, "max": 4}});
        let made = plan(&fac, body).is(201);
        publish(&fac, &made, None).is(200);
        let round = teams(&made.json).remove(0);
        let absent = fac.students.iter().find(|student| student.id == round[0][0]).unwrap();
        // Who misses one of the weeks is there in the others.
        set_absent(&world, &fac, 3, absent);
        let url = format!("/v1/teams/{}", team_id(&made, 0));
        let proposals = || fac.facilitator.post(&format!("{url}/repair-proposals"), json!({})).is(200);
        assert_eq!((&proposals().json["gone"], proposals().data().len()), (&json!([]), 0));
        let leaver = &round[0][1];
        let path = format!("/v1/cohorts/{}/enrolments/{leaver}", fac.cohort);
        fac.facilitator.patch(&path, json!({"status": "withdrawn", "left_on": "2026-01-14"})).is(200);
        let proposed = proposals();
        assert_eq!(proposed.json["gone"][0]["id"], json!(leaver));
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
        let body = json!({"moves": proposed.data()[0]["moves"], "reason": "x"});
        seen.post(&format!("{url}/repairs"), body).is(201);
        assert!(!members(&week_teams(absent, &fac, 1).is(200).json["data"]).concat().contains(leaver));
    }

    fn every_way_that_is_offered_is_accepted(world: World) {
        let (fac, made) = published(&world);
        let round = teams(&made.json).remove(0);
        let small = usize::from(round[0].len() == 4);
        // Nobody of the larger team may join this one, so that two stay two.
        for other in &round[1 - small] {
            set_rule(&world, &fac, PairKind::Apart, [&round[small][1], other], None);
        }
        withdraw(&world, &fac, &round[small][0]);
        let url = format!("/v1/teams/{}", team_id(&made, small));
        let proposed = fac.facilitator.post(&format!("{url}/repair-proposals"), json!({})).is(200);
        assert_eq!((proposed.data().len(), &proposed.data()[0]["sizes_kept"]), (1, &json!(false)));
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
        let body = json!({"moves": proposed.data()[0]["moves"], "reason": "x"});
        seen.post(&format!("{url}/repairs"), body).is(201);
    }

    fn who_is_left_of_a_lock_stays_together(world: World) {
        let fac = world.fac(1, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let mut body = json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 5}});
        body["locks"] = json!([{"week": 1, "people": [ids[0], ids[1], ids[2]]}]);
        let made = plan(&fac, body).is(201);
        publish(&fac, &made, None).is(200);
        let round = teams(&made.json).remove(0);
        let at = round.iter().position(|team| team.iter().any(|id| id == ids[0])).unwrap();
        let (from, to) = (team_id(&made, at), team_id(&made, 1 - at));
        // The one in the middle of three leaves.
        withdraw(&world, &fac, ids[1]);
        let url = format!("/v1/teams/{from}");
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
        let moves = json!([
            {"person_id": ids[1], "from_team": from, "to_team": null}, {"person_id": ids[2], "from_team": from, "to_team": to},
        ]);
        let refused = seen.post(&format!("{url}/repairs"), json!({"moves": moves, "reason": "x"})).problem(409, "conflict");
        assert_eq!((&refused.json["breaks"][0]["kind"], refused.json["breaks"].as_array().unwrap().len()), (&json!("lock"), 1));
        let moves = json!([{"person_id": ids[1], "from_team": from, "to_team": null}]);
        seen.post(&format!("{url}/repairs"), json!({"moves": moves, "reason": "x"})).is(201);
        let why = format!("/v1/team-plans/{}/explanation?person_id={}&with={}&week=1", made.id(), ids[0], ids[2]);
        assert_eq!(fac.facilitator.get(&why).is(200).json["pair"]["together"], json!(true));
    }

    fn a_repair_changes_what_its_plan_is_worth(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 2, "team_size": {"min": 3, "max": 5}})).is(201);
        let part = publish(&fac, &made, Some(&[1])).is(200);
        let round = teams(&made.json).remove(0);
        let (from, to) = (team_id(&made, 0), team_id(&made, 1));
        let url = format!("/v1/teams/{from}");
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&url).is(200));
        let moves = json!([{"person_id": round[0][0], "from_team": from, "to_team": to}]);
        seen.post(&format!("{url}/repairs"), json!({"moves": moves, "reason": "x"})).is(201);
        let plan = format!("/v1/team-plans/{}", made.id());
        let read = fac.facilitator.get(&plan).is(200);
        assert_eq!((&read.json["version"], &read.json["status"]), (&json!(3), &json!("partly_published")));
        // Five and three have one pair more than four and four.
        assert_eq!(read.json["report"]["meetings"].as_i64().unwrap(), part.json["report"]["meetings"].as_i64().unwrap() + 1);
        having_seen(&fac.facilitator, &part).delete(&plan).problem(412, "precondition_failed");
        having_seen(&fac.facilitator, &read).delete(&plan).is(204);
        let left = fac.facilitator.get(&plan).is(200);
        assert_eq!((&left.json["report"]["meetings"], left.json["rounds"].as_array().unwrap().len()), (&json!(13), 1));
        fac.organiser.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        fac.facilitator.post(&format!("{url}/repair-proposals"), json!({})).problem(409, "conflict");
    }

    fn drafts_are_edited_not_repaired(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let url = format!("/v1/teams/{}/repair-proposals", team_id(&made, 0));
        fac.facilitator.post(&url, json!({})).problem(409, "conflict");
        fac.students[0].post(&url, json!({})).problem(404, "not_found");
    }
}
