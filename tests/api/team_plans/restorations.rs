use diesel::prelude::*;
use peerled::{db::schema::people, primitives::Id};
use serde_json::{Value, json};

use super::{fours, having_seen, of_two_teams, plan, publish, teams, trade_off::uneven, withdraw};
use crate::{
    harness::{Answer, Fac, World},
    jobs::ended,
    on_every_database,
};

fn restore(fac: &Fac, plan: &Answer, version: i64) -> Answer {
    let body = json!({ "version": version });
    having_seen(&fac.facilitator, plan).post(&format!("/v1/team-plans/{}/restorations", plan.id()), body)
}

fn swap(fac: &Fac, plan: &Answer, week: i32) -> Answer {
    let round = teams(&plan.json).remove(usize::try_from(week).unwrap() - 1);
    let body = json!({"week": week, "people": of_two_teams(&round)});
    having_seen(&fac.facilitator, plan)
        .post(&format!("/v1/team-plans/{}/swaps", plan.id()), body)
        .is(200)
}

fn rerun(fac: &Fac, plan: &Answer) -> Answer {
    let body = json!({"keep": [], "seed": 5, "effort": "quick"});
    having_seen(&fac.facilitator, plan)
        .post(&format!("/v1/team-plans/{}/reruns", plan.id()), body)
        .is(200)
}

fn versions(fac: &Fac, plan: &Answer, query: &str) -> Answer {
    fac.organiser
        .get(&format!("/v1/team-plans/{}/versions{query}", plan.id()))
        .is(200)
}

/// What a plan is but for when it was changed and how its teams were searched for.
fn essence(plan: &Answer) -> (Value, Value, Value, Value) {
    let report = |field: &str| plan.json["report"][field].clone();
    (
        plan.json["rounds"].clone(),
        plan.json["seed"].clone(),
        report("repeats"),
        report("roles"),
    )
}

on_every_database! {
    fn edits_and_reruns_are_undone_and_redone(world: World) {
        let fac = world.fac(3, 16);
        let made = plan(&fac, fours(1, 3)).is(201);
        let swapped = swap(&fac, &made, 2);
        let formed = rerun(&fac, &swapped);
        assert_ne!(teams(&formed.json), teams(&swapped.json));
        let undone = restore(&fac, &formed, 2).is(200);
        assert_eq!((essence(&undone), &undone.json["version"]), (essence(&swapped), &json!(4)));
        let first = restore(&fac, &undone, 1).is(200);
        assert_eq!(essence(&first), essence(&made));
        let redone = restore(&fac, &first, 3).is(200);
        assert_eq!((essence(&redone), &redone.json["version"]), (essence(&formed), &json!(6)));
        let read = fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        assert_eq!((&read.json, read.header("etag")), (&redone.json, redone.header("etag")));

        let listed = versions(&fac, &made, "");
        let told: Vec<_> = listed.data().iter().map(|one| (one["version"].clone(), one["act"].clone(), one["restored_version"].clone())).collect();
        let none = json!(null);
        let back = |version: i64, to: i64| (json!(version), json!("restoration"), json!(to));
        let done = |version: i64, act: &str| (json!(version), json!(act), none.clone());
        assert_eq!(told, [back(6, 3), back(5, 1), back(4, 2), done(3, "rerun"), done(2, "swap"), done(1, "formed")]);
        assert_eq!((&listed.data()[4]["weeks"], &listed.data()[5]["weeks"]), (&json!([2]), &json!([1, 2, 3])));
        // From the rerun to the swap every week has other teams, from there to what was formed one.
        assert_eq!((&listed.data()[1]["weeks"], &listed.data()[2]["weeks"]), (&json!([2]), &json!([1, 2, 3])));
        for one in listed.data() {
            assert_eq!((&one["made_by"], &one["made_by_name"]), (&json!(fac.facilitator.id), &json!(fac.facilitator.name)));
        }
        assert_eq!(listed.data()[0]["created_at"], redone.json["updated_at"]);
        let page = versions(&fac, &made, "?limit=4");
        let rest = versions(&fac, &made, &format!("?limit=4&cursor={}", page.json["page"]["next_cursor"].as_str().unwrap()));
        let pages: Vec<&Value> = page.data().iter().chain(rest.data()).collect();
        assert_eq!(pages, listed.data().iter().collect::<Vec<_>>());
    }

    fn chosen_points_are_undone_and_the_curve_stays(world: World) {
        let (fac, made) = uneven(&world);
        let curve = format!("/v1/team-plans/{}/trade-off", made.id());
        let job = fac.facilitator.post(&curve, Value::Null).is(202);
        ended(&fac.facilitator, &job.id(), "succeeded");
        let choose = |plan: &Answer, point: usize| {
            having_seen(&fac.facilitator, plan).post(&format!("{curve}/choice"), json!({ "point": point })).is(200)
        };
        let first = choose(&made, 1);
        let second = choose(&first, 2);
        let undone = restore(&fac, &second, 2).is(200);
        assert_eq!(teams(&undone.json), teams(&first.json));
        assert_eq!(fac.facilitator.get(&curve).is(200).json["points"][0]["present"], json!(true));
        assert_eq!(teams(&choose(&undone, 2).json), teams(&second.json));
        assert_eq!(versions(&fac, &made, "").data()[0]["act"], json!("trade_off"));
    }

    fn what_was_published_since_stays(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        let swapped = swap(&fac, &swap(&fac, &made, 1), 2);
        let published = publish(&fac, &swapped, Some(&[1])).is(200);
        let restored = restore(&fac, &published, 1).is(200);
        assert_eq!(restored.json["rounds"][0], published.json["rounds"][0]);
        assert_eq!((&restored.json["rounds"][1], &restored.json["status"]), (&made.json["rounds"][1], &json!("partly_published")));
        assert_eq!(versions(&fac, &made, "").data()[0]["weeks"], json!([2]));
        let all = publish(&fac, &restored, None).is(200);
        restore(&fac, &all, 1).problem(409, "plan_not_draft");
        let acts: Vec<Value> = versions(&fac, &made, "").data().iter().map(|one| one["act"].clone()).collect();
        assert_eq!(acts, ["publication", "restoration", "publication", "swap", "swap", "formed"].map(Value::from));
    }

    fn a_version_must_be_there_and_the_plan_as_it_was_seen(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let swapped = swap(&fac, &made, 1);
        for version in [0, 3, -1] {
            restore(&fac, &swapped, version).field("/version", "not_found");
        }
        restore(&fac, &made, 1).problem(412, "precondition_failed");
        let url = format!("/v1/team-plans/{}", made.id());
        fac.facilitator.post(&format!("{url}/restorations"), json!({"version": 1})).problem(428, "precondition_required");
        having_seen(&fac.students[0], &swapped).post(&format!("{url}/restorations"), json!({"version": 1})).problem(404, "not_found");
        fac.students[0].get(&format!("{url}/versions")).problem(404, "not_found");
        world.nobody().get(&format!("{url}/versions")).problem(401, "authentication_required");
        // To bring back what is there is no change.
        let same = restore(&fac, &swapped, 2).is(200);
        assert_eq!((same.json.clone(), versions(&fac, &made, "").data().len()), (swapped.json, 2));
    }

    fn teams_come_back_with_their_names_and_without_those_who_are_no_more(world: World) {
        let fac = world.fac(1, 12);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}})).is(201);
        let everybody = teams(&made.json).remove(0).concat();
        let cut = |plan: &Answer, size: usize| {
            let body = json!({"week": 1, "teams": everybody.chunks(size).collect::<Vec<_>>()});
            having_seen(&fac.facilitator, plan).post(&format!("/v1/team-plans/{}/arrangements", made.id()), body).is(200)
        };
        let four = cut(&made, 3);
        let three = cut(&four, 4);
        let of_each = |plan: &Answer, field: &str| -> Vec<Value> {
            plan.json["rounds"][0]["teams"].as_array().unwrap().iter().map(|team| team[field].clone()).collect()
        };
        let version = four.json["version"].as_i64().unwrap();
        let gone_team = of_each(&four, "id").into_iter().find(|id| !of_each(&three, "id").contains(id)).unwrap();
        let at = of_each(&four, "id").iter().position(|id| *id == gone_team).unwrap();
        let (name, stays) = (of_each(&four, "name")[at].clone(), of_each(&three, "id"));
        // Teams that stay are renamed, one as the team that is gone: they keep their new names.
        for (team, name) in stays.iter().zip([&json!("Otters"), &name]) {
            fac.facilitator.patch(&format!("/v1/teams/{}", team.as_str().unwrap()), json!({ "name": name })).is(200);
        }
        let (erased, gone) = (&everybody[0], &everybody[3]);
        withdraw(&world, &fac, gone);
        let row = Id::parse(erased).unwrap();
        world.db(move |conn| Ok(diesel::delete(people::table.find(row)).execute(conn).map(drop)?));
        let restored = restore(&fac, &three, version).is(200);
        assert_eq!(of_each(&restored, "id"), of_each(&four, "id"));
        for (id, now) in of_each(&restored, "id").iter().zip(of_each(&restored, "name")) {
            let expected = match id {
                id if *id == gone_team => json!("Team 1"),
                id if *id == stays[0] => json!("Otters"),
                id if *id == stays[1] => name.clone(),
                _ => now.clone(),
            };
            assert_eq!(now, expected);
        }
        let expected: Vec<Vec<String>> = teams(&four.json).remove(0).into_iter()
            .map(|team| team.into_iter().filter(|id| id != erased).collect()).collect();
        assert_eq!(teams(&restored.json)[0], expected);
        // Whether they still fit is asked when they are published.
        let refused = publish(&fac, &restored, None).problem(409, "roster_changed");
        assert_eq!(refused.json["gone"][0]["id"], json!(gone));
    }
}
