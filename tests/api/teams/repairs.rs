use peerled::students::model::PairKind;
use serde_json::json;

use super::{fours, having_seen, members, plan, publish, set_rule, teams, week_teams, withdraw};
use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
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

    fn drafts_are_edited_not_repaired(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let url = format!("/v1/teams/{}/repair-proposals", team_id(&made, 0));
        fac.facilitator.post(&url, json!({})).problem(409, "conflict");
        fac.students[0].post(&url, json!({})).problem(404, "not_found");
    }
}
