use serde_json::{Value, json};

use crate::{
    harness::{Fac, World},
    on_every_database,
    team_plans::{fours, having_seen, members, plan, publish},
};

/// The paths of the teams of a plan's first round.
fn paths(plan: &Value) -> Vec<String> {
    let teams = plan["rounds"][0]["teams"].as_array().unwrap();
    teams
        .iter()
        .map(|team| format!("/v1/teams/{}", team["id"].as_str().unwrap()))
        .collect()
}

fn repairs(fac: &Fac) -> Vec<Value> {
    fac.facilitator
        .get(&format!("/v1/cohorts/{}/team-repairs", fac.cohort))
        .is(200)
        .data()
        .clone()
}

on_every_database! {
    fn no_two_teams_of_a_round_have_one_name(world: World) {
        let fac = world.fac(2, 12);
        let made = plan(&fac, fours(1, 2)).is(201);
        let teams = paths(&made.json);
        let rename = |team: usize, name: &str| fac.facilitator.patch(&teams[team], json!({ "name": name }));
        // In a draft as in a published round, and however it is capitalised.
        let refused = rename(0, "TEAM 2").problem(409, "conflict");
        assert_eq!(refused.json["errors"][0]["pointer"], json!("/name"));
        rename(0, "Team 1").is(200);
        rename(0, "Team 3").problem(409, "conflict");
        rename(2, "Otters").is(200);
        rename(0, "Team 3").is(200);
        publish(&fac, &made, Some(&[1])).is(200);
        rename(1, "otters").problem(409, "conflict");
        rename(1, "Herons").is(200);
    }

    fn a_rerun_gives_new_teams_names_that_are_free(world: World) {
        let fac = world.fac(1, 12);
        let made = plan(&fac, fours(1, 1)).is(201);
        let teams = paths(&made.json);
        fac.facilitator.patch(&teams[2], json!({"name": "Otters"})).is(200);
        fac.facilitator.patch(&teams[0], json!({"name": "Team 3"})).is(200);
        let kept = &made.json["rounds"][0]["teams"][0]["id"];
        let body = json!({"keep": [{"week": 1, "team": kept}], "seed": 7, "effort": "quick"});
        let after = having_seen(&fac.facilitator, &made).post(&format!("/v1/team-plans/{}/reruns", made.id()), body).is(200);
        let mut names: Vec<&str> = after.json["rounds"][0]["teams"].as_array().unwrap().iter().map(|team| team["name"].as_str().unwrap()).collect();
        names.sort_unstable();
        assert!(names.contains(&"Team 3"), "{names:?}");
        names.dedup();
        assert_eq!(names.len(), 3, "{names:?}");
    }

    fn staff_put_roles_right_and_it_stays_on_record(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &made, None).is(200);
        let team = paths(&made.json).remove(0);
        let before = fac.facilitator.get(&team).is(200);
        let (first, second) = (&before.json["members"][0], &before.json["members"][1]);
        let (a, b) = (&first["person"]["id"], &second["person"]["id"]);
        let swapped = json!([{"person_id": a, "role": second["role"]}, {"person_id": b, "role": first["role"]}]);
        let change = json!({"members": swapped, "reason": "They had agreed otherwise."});
        let member = fac.students.iter().find(|student| json!(student.id) == *a).unwrap();
        member.patch(&team, change.clone()).problem(403, "forbidden");
        let changed = having_seen(&fac.facilitator, &before).patch(&team, change.clone()).is(200);
        having_seen(&fac.facilitator, &before).patch(&team, change).problem(412, "precondition_failed");
        let role = |of: &Value| changed.json["members"].as_array().unwrap().iter().find(|m| m["person"]["id"] == *of).unwrap()["role"].clone();
        assert_eq!((role(a), role(b)), (second["role"].clone(), first["role"].clone()));
        assert_eq!(members(&json!([changed.json])), members(&json!([before.json])));
        let made_repairs = repairs(&fac);
        assert_eq!(made_repairs.len(), 1);
        let record = &made_repairs[0];
        assert_eq!((&record["reason"], &record["before"][0]["members"][0]["role"]), (&json!("They had agreed otherwise."), &first["role"]));
        // People by name, not by id alone.
        assert_eq!(record["after"][0]["members"][0]["name"], first["person"]["name"]);
        assert_eq!((&record["made_by"], record["made_by_name"].is_string()), (&json!(fac.facilitator.id), true));

        for (wrong, pointer) in [
            (json!([{"person_id": a, "role": "juggler"}]), "/members/0/role"),
            (json!([{"person_id": fac.facilitator.id, "role": null}]), "/members/0/person_id"),
            (json!([{"person_id": a, "role": null}, {"person_id": a, "role": null}]), "/members/1/person_id"),
            (json!([]), "/members"),
        ] {
            let refused = fac.facilitator.patch(&team, json!({ "members": wrong })).is(422);
            assert_eq!(refused.json["errors"][0]["pointer"], json!(pointer));
        }
        fac.facilitator.patch(&team, json!({"reason": "No roles."})).field("/reason", "invalid");
        assert_eq!(repairs(&fac).len(), 1);
    }

    fn roles_of_a_draft_change_without_a_record(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let team = paths(&made.json).remove(0);
        let person = &made.json["rounds"][0]["teams"][0]["members"][0]["person"]["id"];
        let changed = fac.facilitator.patch(&team, json!({"members": [{"person_id": person, "role": null}]})).is(200);
        assert_eq!(changed.json["members"][0]["role"], json!(null));
        assert!(repairs(&fac).is_empty());
        let read = fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        assert_eq!(read.json["version"], json!(2));
    }
}
