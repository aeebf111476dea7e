use peerled::students::PairKind;
use serde_json::{Value, json};

use super::{fours, having_seen, members, plan, publish, set_absent, set_rule, teams, withdraw};
use crate::{
    harness::{Answer, Fac, World},
    on_every_database,
};

/// Asks for an arrangement as the facilitator who has seen the plan.
fn arrange(fac: &Fac, plan: &Answer, body: Value) -> Answer {
    having_seen(&fac.facilitator, plan).post(&format!("/v1/team-plans/{}/arrangements", plan.id()), body)
}

/// The ids and names of the teams of a round.
fn ids_and_names(plan: &Answer, round: usize) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let teams = plan.json["rounds"][round]["teams"].as_array().unwrap();
    teams
        .iter()
        .map(|team| (text(&team["id"]), text(&team["name"])))
        .collect()
}

on_every_database! {
    fn several_swaps_are_looked_at_and_made_as_one(world: World) {
        let fac = world.fac(3, 16);
        let made = plan(&fac, fours(1, 3)).is(201);
        let mut round = teams(&made.json).remove(1);
        // Three people change teams in a ring, and the teams are sent in another order.
        let [a, b, c] = [0, 1, 2].map(|team| round[team][0].clone());
        (round[0][0], round[1][0], round[2][0]) = (c, a, b);
        let sent: Vec<_> = [2, 0, 3, 1].map(|team| round[team].clone()).into();
        let body = |dry_run: bool| json!({"week": 2, "teams": sent, "dry_run": dry_run});
        let preview = arrange(&fac, &made, body(true)).is(200);
        assert_eq!((&preview.json["allowed"], &preview.json["breaks"], &preview.json["week"]), (&json!(true), &json!([]), &json!(2)));
        assert_eq!(preview.json["change"]["people_moved"], json!(3));
        assert_eq!(members(&preview.json["teams"]), round);
        let url = format!("/v1/team-plans/{}", made.id());
        assert_eq!(fac.facilitator.get(&url).is(200).json, made.json);

        let arranged = arrange(&fac, &made, body(false)).is(200);
        assert_eq!((teams(&arranged.json)[1].clone(), &arranged.json["version"]), (round, &json!(2)));
        assert_eq!(ids_and_names(&arranged, 1), ids_and_names(&made, 1));
        let repeats = |answer: &Answer| answer.json["report"]["repeats"].as_i64().unwrap();
        assert_eq!(json!(repeats(&arranged) - repeats(&made)), preview.json["change"]["repeats"]);
        let added = preview.json["repeats_added"].as_array().unwrap();
        assert_eq!(i64::try_from(added.len()).unwrap(), repeats(&arranged));
        for part in [0, 2] {
            assert_eq!(arranged.json["rounds"][part], made.json["rounds"][part]);
        }
        // Everybody has a role of the four, each team all of them.
        for team in arranged.json["rounds"][1]["teams"].as_array().unwrap() {
            let roles: std::collections::BTreeSet<&str> =
                team["members"].as_array().unwrap().iter().map(|member| member["role"].as_str().unwrap()).collect();
            assert_eq!(roles.len(), 4, "{team}");
        }
        // The same again is no change, and to undo is to arrange what was.
        let again = arrange(&fac, &arranged, body(false)).is(200);
        assert_eq!((again.json["version"].clone(), again.header("etag")), (json!(2), arranged.header("etag")));
        let back = arrange(&fac, &again, json!({"week": 2, "teams": teams(&made.json)[1]})).is(200);
        assert_eq!((&back.json["rounds"], &back.json["version"]), (&made.json["rounds"], &json!(3)));
        assert_eq!(repeats(&back), repeats(&made));
    }

    fn roles_are_put_as_they_are_sent(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let round = teams(&made.json).remove(0);
        let person = |at: usize| &round[0][at];
        let roles = json!([{"person_id": person(0), "role": "qa"}, {"person_id": person(1), "role": null}]);
        let arranged = arrange(&fac, &made, json!({"week": 1, "teams": round, "roles": roles})).is(200);
        let role = |answer: &Answer, at: usize| answer.json["rounds"][0]["teams"][0]["members"][at]["role"].clone();
        assert_eq!([role(&arranged, 0), role(&arranged, 1)], [json!("qa"), json!(null)]);
        assert_eq!([role(&arranged, 2), role(&arranged, 3)], [role(&made, 2), role(&made, 3)]);
        let refused = |roles: Value| arrange(&fac, &arranged, json!({"week": 1, "teams": round, "roles": roles}));
        refused(json!([{"person_id": person(0), "role": "captain"}])).field("/roles/0/role", "not_found");
        refused(json!([{"person_id": fac.organiser.id, "role": "qa"}])).field("/roles/0/person_id", "not_found");
        let twice = json!({"person_id": person(0), "role": "qa"});
        refused(json!([twice, twice])).field("/roles/1/person_id", "invalid");
    }

    fn everybody_present_is_placed_once(world: World) {
        let (fac, other) = (world.fac(2, 9), world.campus_with_cohort("other", 1, 4));
        let made = plan(&fac, json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}})).is(201);
        let round = teams(&made.json).remove(0);
        let with = |change: &dyn Fn(&mut Vec<Vec<String>>)| {
            let mut sent = round.clone();
            change(&mut sent);
            arrange(&fac, &made, json!({"week": 1, "teams": sent, "dry_run": true}))
        };
        let missing = with(&|teams| drop(teams[0].remove(0))).field("/teams", "required");
        assert_eq!(missing.json["missing"].as_array().unwrap().len(), 1);
        assert_eq!(missing.json["missing"][0]["id"], json!(round[0][0]));
        let name = &fac.students.iter().find(|student| student.id == round[0][0]).unwrap().name;
        assert!(missing.text.contains(name.as_str()), "{}", missing.text);
        let twice = with(&|teams| teams[1].push(round[0][0].clone())).field("/teams/1/3", "invalid");
        assert_eq!((&twice.json["twice"][0]["id"], &twice.json["missing"]), (&json!(round[0][0]), &json!(null)));
        with(&|teams| teams[1].push(other.students[0].id.clone())).field("/teams/1/3", "not_found");
        with(&|teams| teams.push(Vec::new())).field("/teams/3", "invalid");
        arrange(&fac, &made, json!({"week": 2, "teams": round})).field("/week", "not_found");
        arrange(&fac, &made, json!({"week": 1, "teams": []})).field("/teams", "required");
        arrange(&fac, &made, json!({"week": 1, "teams": round, "force": true})).field("/force", "unknown");

        // Who left is not to be placed. Who will be absent may stay, and may be left out.
        withdraw(&world, &fac, &round[0][0]);
        with(&|_| ()).field("/teams/0/0", "not_found");
        set_absent(&world, &fac, 1, fac.students.iter().find(|student| student.id == round[1][0]).unwrap());
        let two = |with_absent: bool| {
            let mut rest: Vec<&String> = round.iter().flatten().skip(1).filter(|id| with_absent || **id != round[1][0]).collect();
            let half = rest.split_off(4);
            arrange(&fac, &made, json!({"week": 1, "teams": [rest, half], "dry_run": true})).is(200)
        };
        for (with_absent, teams) in [(true, [4, 4]), (false, [4, 3])] {
            let preview = two(with_absent);
            let sizes: Vec<usize> = members(&preview.json["teams"]).iter().map(Vec::len).collect();
            assert_eq!((sizes, &preview.json["allowed"]), (teams.into(), &json!(true)));
        }
    }

    fn teams_may_be_fewer_or_more_where_the_sizes_allow_it(world: World) {
        let fac = world.fac(1, 12);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}})).is(201);
        let everybody = teams(&made.json).remove(0).concat();
        let cut = |size: usize| -> Vec<&[String]> { everybody.chunks(size).collect() };
        let more = arrange(&fac, &made, json!({"week": 1, "teams": cut(3)})).is(200);
        let fewer = arrange(&fac, &more, json!({"week": 1, "teams": cut(4)})).is(200);
        assert_eq!((teams(&more.json)[0].len(), teams(&fewer.json)[0].len()), (4, 3));
        let names: std::collections::BTreeSet<String> = ids_and_names(&more, 0).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["Team 1", "Team 2", "Team 3", "Team 4"].map(Into::into).into());
        assert!(ids_and_names(&fewer, 0).iter().all(|team| ids_and_names(&more, 0).contains(team)));
        let refused = arrange(&fac, &fewer, json!({"week": 1, "teams": cut(6)})).problem(409, "conflict");
        assert_eq!(refused.json["breaks"][0]["kind"], json!("team_size"));
        let preview = arrange(&fac, &fewer, json!({"week": 1, "teams": cut(6), "dry_run": true})).is(200);
        assert_eq!((&preview.json["allowed"], &preview.json["breaks"]), (&json!(false), &refused.json["breaks"]));
    }

    fn rules_are_kept_and_versions_seen(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        let mut round = teams(&made.json).remove(0);
        let rule = set_rule(&world, &fac, PairKind::Apart, [&round[0][0], &round[1][1]], None);
        let (first, second) = round.split_at_mut(1);
        std::mem::swap(&mut first[0][1], &mut second[0][1]);
        let body = json!({"week": 1, "teams": round});
        let refused = arrange(&fac, &made, body.clone()).problem(409, "conflict");
        assert_eq!(refused.json["breaks"][0]["id"], json!(rule));
        let url = format!("/v1/team-plans/{}/arrangements", made.id());
        fac.facilitator.post(&url, body.clone()).problem(428, "precondition_required");
        fac.facilitator.with("If-Match", "\"9\"").post(&url, body.clone()).problem(412, "precondition_failed");
        let published = publish(&fac, &made, Some(&[1])).is(200);
        arrange(&fac, &published, body).problem(409, "weeks_published");
        let student = having_seen(&fac.students[0], &published);
        student.post(&url, json!({"week": 2, "teams": teams(&made.json)[1]})).problem(404, "not_found");
    }
}
