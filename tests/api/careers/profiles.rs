//! What graduates show of themselves.

use serde_json::{Value, json};

use super::{agree, ask, contact, employer, public_role};
use crate::{
    harness::World,
    on_every_database,
    team_plans::{fours, plan, publish},
};

const PROFILE: &str = "/v1/me/career-profile";

on_every_database! {
    fn a_profile_says_what_its_owner_chooses(world: World) {
        let amal = world.person("Amal");
        world.nobody().get(PROFILE).problem(401, "authentication_required");
        let empty = amal.get(PROFILE).is(200);
        assert_eq!((&empty.json["version"], &empty.json["headline"], &empty.json["skills"]), (&json!(0), &Value::Null, &json!([])));
        amal.delete(PROFILE).is(204);
        let said = json!({"headline": "Cook and developer", "skills": ["SQL", "Rust"], "shows_mentoring": true, "shows_reviews": true});
        let made = amal.put(PROFILE, said.clone()).is(200);
        assert_eq!((&made.json["reviews_done"], &made.json["weeks_mentored"]), (&json!(0), &json!(0)));
        assert_eq!(amal.put(PROFILE, said).is(200).json["version"], 1);
        amal.put(PROFILE, json!({"skills": ["SQL", "SQL"]})).field("/skills/1", "invalid");
        let many: Vec<String> = (0..51).map(|number| format!("Skill {number}")).collect();
        amal.put(PROFILE, json!({ "skills": many })).field("/skills", "invalid");
        amal.put(PROFILE, json!({"submission_ids": [amal.id]})).field("/submission_ids/0", "not_found");
        amal.with("If-Match", "\"0-x\"").put(PROFILE, json!({})).problem(412, "precondition_failed");
        let less = amal.put(PROFILE, json!({"about": "I cook."})).is(200).json;
        assert_eq!((&less["headline"], &less["reviews_done"], &less["version"]), (&Value::Null, &Value::Null, &json!(2)));
        amal.delete(PROFILE).is(204);
        assert_eq!(amal.get(PROFILE).is(200).json["version"], 0);
    }

    fn it_shows_work_of_own_teams_and_what_is_counted(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        publish(&fac, &made, None).is(200);
        world.begin_week(&fac, 1, -1);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let teams = fac.facilitator.get(&format!("{cohort}/weeks/1/teams")).is(200);
        let amal = &fac.students[0];
        let (mine, other) = {
            let is_mine = |team: &&Value| team["members"].to_string().contains(&amal.id);
            let (mine, other): (Vec<&Value>, Vec<&Value>) = teams.data().iter().partition(is_mine);
            (mine[0].clone(), other[0].clone())
        };
        let submit = |team: &Value| {
            let id = team["id"].as_str().unwrap();
            let handed_in = json!({"repository_url": format!("https://github.com/fac/{id}")});
            let member = &team["members"][0]["person"]["id"];
            let member = fac.students.iter().find(|one| member == &json!(one.id)).unwrap();
            member.post(&format!("/v1/teams/{id}/submissions"), handed_in).is(201).id()
        };
        let (own, foreign) = (submit(&mine), submit(&other));
        amal.put(PROFILE, json!({"submission_ids": [own, foreign]})).field("/submission_ids/1", "not_found");
        let shown = amal.put(PROFILE, json!({"submission_ids": [own], "shows_reviews": true})).is(200).json;
        let url = format!("https://github.com/fac/{}", mine["id"].as_str().unwrap());
        assert_eq!((&shown["submissions"][0]["id"], &shown["submissions"][0]["repository_url"]), (&json!(own), &json!(url)));
        assert_eq!(shown["reviews_done"], 0);
        let reviews = fac.facilitator.post(&format!("{cohort}/weeks/1/code-reviews"), Value::Null).is(201);
        let of_mine = reviews.data().iter().find(|review| review["reviewer_team"]["id"] == mine["id"]).unwrap();
        let done = format!("/v1/code-reviews/{}", of_mine["id"].as_str().unwrap());
        amal.patch(&done, json!({"status": "done"})).is(200);
        assert_eq!(amal.get(PROFILE).is(200).json["reviews_done"], 1);
    }

    fn an_employer_sees_it_as_it_is_and_whoever_deletes_it_shows_nothing(world: World) {
        let fac = world.fac(1, 0);
        let own = employer(&fac);
        let vera = contact(&world, &fac, &own, "Vera");
        let amal = world.alumnus(&fac, "Amal");
        let introduction = ask(&fac, &public_role(&fac, &own), &amal.id);
        agree(&amal, &introduction).is(200);
        let profile = format!("{introduction}/profile");
        assert_eq!(vera.get(&profile).is(200).json["headline"], Value::Null);
        amal.put(PROFILE, json!({"headline": "Cook"})).is(200);
        assert_eq!(vera.get(&profile).is(200).json["headline"], "Cook");
        assert_eq!(amal.get(&profile).is(200).json, vera.get(&profile).is(200).json);
        amal.delete(PROFILE).is(204);
        assert_eq!(vera.get(&profile).is(200).json["headline"], Value::Null);
    }
}
