//! What can be read of teams besides the teams: why somebody is in one, who has had which role, a
//! plan at a glance.

use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
    team_plans::{fours, plan, publish, set_absent, tells_no_secret, week_teams},
};

fn team_of(user: &User, fac: &Fac, week: i32) -> Value {
    let mine = |team: &&Value| {
        let members = team["members"].as_array().unwrap();
        members.iter().any(|member| member["person"]["id"] == user.id.as_str())
    };
    let teams = week_teams(user, fac, week).is(200);
    teams.data().iter().find(mine).unwrap().clone()
}

fn path(team: &Value) -> String {
    format!("/v1/teams/{}/explanation", team["id"].as_str().unwrap())
}

on_every_database! {
    fn a_team_is_explained_from_published_teams(world: World) {
        let fac = world.fac(5, 16);
        let made = plan(&fac, fours(1, 5)).is(201);
        let draft = format!("/v1/teams/{}/explanation", made.json["rounds"][0]["teams"][0]["id"].as_str().unwrap());
        fac.students[0].get(&draft).problem(404, "not_found");
        publish(&fac, &made, None).is(200);

        let me = &fac.students[0];
        let fifth = team_of(me, &fac, 5);
        let told = me.get(&path(&fifth)).is(200);
        tells_no_secret(&told);
        assert_eq!((&told.json["person"]["id"], &told.json["first_week"]), (&json!(me.id), &json!(5)));
        // Five rounds in fours without a repeat, for sixteen.
        assert_eq!((&told.json["fresh"], &told.json["repeats"], &told.json["met"]), (&json!(3), &json!(0), &json!(15)));
        assert!(told.json["text"].as_str().unwrap().contains("15 different people"), "{}", told.text);
        let first = me.get(&path(&team_of(me, &fac, 1))).is(200);
        assert_eq!((&first.json["met"], &first.json["role_before"]), (&json!(3), &json!(0)));

        let mate = &told.json["with"][0]["person"]["id"];
        let of_mate = me.get(&format!("{}?person_id={}", path(&fifth), mate.as_str().unwrap())).is(200);
        assert_eq!(&of_mate.json["person"]["id"], mate);
        fac.facilitator.get(&path(&fifth)).problem(400, "invalid_parameter");
        let stranger = world.campus_with_cohort("other", 1, 1);
        stranger.organiser.get(&path(&fifth)).problem(404, "not_found");
        let foreign = format!("{}?person_id={}", path(&fifth), stranger.students[0].id);
        me.get(&foreign).problem(400, "invalid_parameter");
        fac.facilitator.get(&draft.replace("explanation", "explanation?person_id=x")).problem(400, "invalid_parameter");
    }

    fn pair_rules_and_attributes_change_nothing_in_what_students_are_told(world: World) {
        let fac = world.fac(1, 8);
        publish(&fac, &plan(&fac, fours(1, 1)).is(201), None).is(200);
        let me = &fac.students[0];
        let team = team_of(me, &fac, 1);
        let before = me.get(&path(&team)).is(200).json;
        let mate = before["with"][0]["person"]["id"].clone();
        let rules = format!("/v1/cohorts/{}/pair-rules", fac.cohort);
        fac.facilitator.post(&rules, json!({"kind": "together", "people": [me.id, mate]})).is(201);
        for student in &fac.students {
            let place = format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, student.id);
            fac.facilitator.patch(&place, json!({"experience": 4, "attributes": {"gender": "secretvalue"}})).is(200);
        }
        assert_eq!(me.get(&path(&team)).is(200).json, before);
    }

    fn the_role_ledger_counts_published_rounds(world: World) {
        let fac = world.fac(4, 16);
        let url = format!("/v1/cohorts/{}/role-ledger", fac.cohort);
        let made = plan(&fac, fours(1, 4)).is(201);
        let nothing = fac.students[0].get(&url).is(200);
        assert_eq!((nothing.data().len(), &nothing.data()[0]["rounds"]), (16, &json!(0)));
        publish(&fac, &made, None).is(200);
        let ledger = fac.students[0].get(&url).is(200);
        tells_no_secret(&ledger);
        let roles = ledger.json["roles"].as_array().unwrap().len();
        for entry in ledger.data() {
            let counts: Vec<u64> = entry["roles"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).collect();
            assert_eq!((counts.len(), counts.iter().sum::<u64>()), (roles, 4), "{entry}");
            assert!(counts.iter().max().unwrap() - counts.iter().min().unwrap() <= 1, "{entry}");
            assert_eq!(entry["last_week"], 4);
        }
        world.campus_with_cohort("other", 1, 1).organiser.get(&url).problem(404, "not_found");
        world.nobody().get(&url).problem(401, "authentication_required");
    }

    fn a_plan_is_also_a_picture(world: World) {
        let fac = world.fac(6, 16);
        let picture = |to_week| {
            let url = format!("/v1/team-plans/{}", plan(&fac, fours(1, to_week)).is(201).id());
            let drawn = fac.facilitator.with("Accept", "image/svg+xml").get(&url).is(200);
            assert_eq!(drawn.header("content-type"), "image/svg+xml");
            assert!(drawn.text.starts_with("<svg") && drawn.text.contains("role=\"img\""));
            (url, drawn.text)
        };
        // Five weeks without a repeat, and six with some.
        let (_, fresh) = picture(5);
        assert_eq!((fresh.matches(">Week ").count(), fresh.matches("fac Student 01").count()), (5, 5));
        assert!(!fresh.contains("• "), "{fresh}");
        let (url, again) = picture(6);
        assert!(again.contains("• ") && !again.contains("Without a team"), "{again}");
        set_absent(&world, &fac, 3, &fac.students[2]);
        let body = json!({"from_week": 1, "to_week": 4, "team_size": {"min": 3, "max": 4}, "effort": "quick"});
        let made = format!("/v1/team-plans/{}", plan(&fac, body).is(201).id());
        let away = fac.facilitator.with("Accept", "image/svg+xml").get(&made).is(200).text;
        assert_eq!(away.matches(">Without a team: fac Student 0").count(), 1, "{away}");
        fac.students[0].with("Accept", "image/svg+xml").get(&url).problem(404, "not_found");
    }
}
