use serde_json::json;

use crate::{
    harness::World,
    on_every_database,
    team_plans::{fours, having_seen, plan, publish, teams, tells_no_secret_to, week_teams},
};

on_every_database! {
    fn a_week_shows_its_teams_with_its_project(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let before = week_teams(&fac.students[0], &fac, 1).is(200);
        assert_eq!((before.data().len(), &before.json["project"]["title"]), (0, &json!("Project 1")));
        publish(&fac, &made, None).is(200);
        let seen = week_teams(&fac.students[0], &fac, 1).is(200);
        tells_no_secret_to(&fac.students[0], &seen);
        assert_eq!(seen.json["page"], json!({"next_cursor": null, "has_more": false}));
        assert_eq!(seen.json["project"]["brief"], json!("Build it together."));
        let team = &seen.data()[0];
        assert_eq!((&team["name"], &team["first_week"], &team["repository_url"]), (&json!("Team 1"), &json!(1), &json!(null)));
        assert!(team["members"][0]["person"]["github"].is_null() && team["members"][0]["role"].is_string());
        fac.students[0].with("If-None-Match", seen.header("etag")).get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort)).is(304);
        week_teams(&fac.facilitator, &fac, 1).is(200);
    }

    fn only_those_inside_the_cohort_see_teams(world: World) {
        let (fac, other) = (world.fac(1, 8), world.campus_with_cohort("other", 1, 1));
        let alumnus = world.alumnus(&fac, "Alum");
        let made = plan(&fac, fours(1, 1)).is(201);
        let team = format!("/v1/teams/{}", made.json["rounds"][0]["teams"][0]["id"].as_str().unwrap());
        fac.students[0].get(&team).problem(404, "not_found");
        fac.students[0].patch(&team, json!({"deployed_url": "https://example.org"})).problem(404, "not_found");
        fac.facilitator.get(&team).is(200);
        publish(&fac, &made, None).is(200);
        tells_no_secret_to(&fac.students[0], &fac.students[0].get(&team).is(200));
        for stranger in [&other.organiser, &other.students[0], &alumnus] {
            week_teams(stranger, &fac, 1).problem(404, "not_found");
            stranger.get(&team).problem(404, "not_found");
            stranger.patch(&team, json!({"name": "Ours"})).problem(404, "not_found");
        }
        world.nobody().get(&team).problem(401, "authentication_required");
        world.nobody().patch(&team, json!({})).problem(401, "authentication_required");
        world.nobody().get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort)).problem(401, "authentication_required");
        week_teams(&fac.students[0], &fac, 2).problem(404, "not_found");
        fac.students[0].get(&format!("/v1/cohorts/{}/weeks/one/teams", fac.cohort)).problem(404, "not_found");
    }

    fn a_team_says_where_its_work_is(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &made, None).is(200);
        let url = format!("/v1/teams/{}", made.json["rounds"][0]["teams"][0]["id"].as_str().unwrap());
        let round = teams(&made.json).remove(0);
        let of_team = |at: usize| fac.students.iter().find(|student| student.id == round[at][0]).unwrap();
        let (member, onlooker) = (of_team(0), of_team(1));
        let seen = member.get(&url).is(200);
        let links = json!({"repository_url": "https://github.com/fac/week1", "deployed_url": "https://week1.example.org"});
        let changed = having_seen(member, &seen).patch(&url, links.clone()).is(200);
        assert_eq!((&changed.json["repository_url"], &changed.json["version"]), (&links["repository_url"], &json!(2)));
        having_seen(member, &seen).patch(&url, links.clone()).problem(412, "precondition_failed");
        onlooker.patch(&url, links).problem(403, "forbidden");
        member.patch(&url, json!({"name": "The best"})).problem(403, "forbidden");
        member.patch(&url, json!({"repository_url": "javascript:alert(1)"})).field("/repository_url", "invalid");
        member.patch(&url, json!({"members": [{"person_id": round[0][0], "role": null}]})).problem(403, "forbidden");
        member.patch(&url, json!({"position": 1})).field("/position", "unknown");
        let renamed = fac.facilitator.patch(&url, json!({"name": "Otters", "deployed_url": null})).is(200);
        assert_eq!((&renamed.json["name"], &renamed.json["deployed_url"]), (&json!("Otters"), &json!(null)));
        fac.facilitator.patch(&url, json!({"name": null})).field("/name", "invalid");
        assert_eq!(week_teams(member, &fac, 1).is(200).data()[0]["name"], json!("Otters"));
    }
}
