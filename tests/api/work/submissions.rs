use serde_json::{Value, json};

use super::{all_at_once, publish_weeks, submissions_path, teams, teams_of, work};
use crate::{
    harness::{User, World},
    on_every_database,
    team_plans::{fours, plan},
};

on_every_database! {
    fn versions_are_numbered_and_the_team_s_addresses_are_those_of_the_latest(world: World) {
        let fac = world.fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let (own, member) = (submissions_path(&teams[0]), &teams[0].members[0]);
        let body = json!({
            "repository_url": "https://github.com/fac/week1", "deployed_url": "https://week1.example.org", "notes": "The *map*.",
        });
        let first = member.post(&own, body).is(201);
        assert_eq!((&first.json["number"], &first.json["week"], &first.json["late"]), (&json!(1), &json!(1), &json!(false)));
        assert_eq!((&first.json["submitted_by"]["id"], &first.json["due"]), (&json!(member.id), &Value::Null));
        assert!(first.json["submitted_at"].as_str().unwrap().ends_with('Z'));
        assert_eq!(member.get(first.header("location")).is(200).json, first.json);
        let team = || fac.students[0].get(&format!("/v1/teams/{}", teams[0].id)).is(200).json;
        assert_eq!(team()["deployed_url"], "https://week1.example.org");
        let version = team()["version"].clone();

        // What is left out stays, null clears; who did it last counts, staff too.
        let second = fac.facilitator.post(&own, work("again")).is(201).json;
        assert_eq!((&second["number"], &second["deployed_url"]), (&json!(2), &json!("https://week1.example.org")));
        assert_eq!(team()["repository_url"], "https://github.com/fac/again");
        assert_ne!(team()["version"], version);
        let third = json!({"repository_url": "https://github.com/fac/again", "deployed_url": null, "week": 1});
        assert_eq!(teams[0].members[1].post(&own, third).is(201).json["number"], 3);
        assert_eq!(team()["deployed_url"], Value::Null);
        let version = team()["version"].clone();
        member.post(&own, work("again")).is(201);
        assert_eq!(team()["version"], version, "nothing of the team has changed");

        // The other team counts for itself.
        assert_eq!(teams[1].members[0].post(&submissions_path(&teams[1]), work("other")).is(201).json["number"], 1);
        let page = teams[1].members[0].get(&format!("{own}?limit=3")).is(200);
        let numbers: Vec<&Value> = page.data().iter().map(|one| &one["number"]).collect();
        assert_eq!(numbers, [4, 3, 2]);
        let next = page.json["page"]["next_cursor"].as_str().unwrap();
        assert_eq!(member.get(&format!("{own}?limit=3&cursor={next}")).is(200).data()[0], first.json);
        assert!(member.get(&format!("{own}?week=2")).is(200).data().is_empty());
        member.get(&format!("{own}?weeks=2")).problem(400, "invalid_parameter");
    }

    fn work_is_handed_in_by_the_team_and_seen_inside_the_cohort(world: World) {
        let (fac, away) = (world.fac(1, 8), world.campus_with_cohort("away", 1, 1));
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let (own, member) = (submissions_path(&teams[0]), &teams[0].members[0]);
        let made = member.post(&own, work("week1")).is(201);
        let week = format!("/v1/cohorts/{}/weeks/1/submissions", fac.cohort);
        teams[1].members[0].post(&own, work("theirs")).problem(403, "forbidden");
        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.post(&own, work("theirs")).problem(404, "not_found");
            for path in [&own, &week, made.header("location")] {
                stranger.get(path).problem(404, "not_found");
            }
        }
        world.nobody().post(&own, work("theirs")).problem(401, "authentication_required");
        world.nobody().get(&week).problem(401, "authentication_required");
        for (body, pointer, code) in [
            (json!({}), "/repository_url", "required"),
            (json!({"repository_url": "javascript:alert(1)"}), "/repository_url", "invalid"),
            (json!({"repository_url": "https://a.example", "deployed_url": "ftp://x"}), "/deployed_url", "invalid"),
            (json!({"repository_url": "https://a.example", "week": 2}), "/week", "invalid"),
            (json!({"repository_url": "https://a.example", "late": false}), "/late", "unknown"),
            (json!({"repository_url": "https://a.example", "submitted_at": "2026-01-05T00:00:00Z"}), "/submitted_at", "unknown"),
        ] {
            member.post(&own, body).field(pointer, code);
        }
        assert_eq!(member.get(&own).is(200).data().len(), 1, "a refusal changed nothing");
        // What came in stays as it is.
        for method in ["PATCH", "DELETE", "PUT"] {
            let method = ureq::http::Method::from_bytes(method.as_bytes()).unwrap();
            member.json(method, made.header("location"), json!({"notes": "x"})).problem(405, "method_not_allowed");
        }
        // Two members with one key submit once each; the same request again is the same submission.
        let key = member.with("Idempotency-Key", "once");
        let [one, again] = [key.post(&own, work("key")).is(201), key.post(&own, work("key")).is(201)];
        assert_eq!((one.id(), again.header("idempotent-replayed")), (again.id(), "true"));
    }

    fn a_week_that_is_over_takes_late_work_until_the_cohort_has_graduated(world: World) {
        // It ended months ago.
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let own = submissions_path(&teams[0]);
        teams[0].members[0].post(&own, work("late")).is(201);
        for status in ["graduated", "cancelled"] {
            world.set_status(&fac, status);
            for user in [&teams[0].members[0], &fac.facilitator] {
                user.post(&own, work("later")).problem(409, "conflict");
            }
            let extension = format!("/v1/teams/{}/weeks/1/extension", teams[0].id);
            fac.facilitator.put(&extension, json!({"due_at": "2026-01-12T12:00"})).problem(409, "conflict");
        }
        world.set_status(&fac, "graduated");
        assert_eq!(fac.facilitator.get(&own).is(200).data().len(), 1);
        // A team that is not published submits nothing.
        let (other, draft) = { let fac = world.campus_with_cohort("other", 1, 8); let made = plan(&fac, fours(1, 1)).is(201); (fac, made) };
        let drafted = format!("/v1/teams/{}/submissions", draft.json["rounds"][0]["teams"][0]["id"].as_str().unwrap());
        other.facilitator.post(&drafted, work("draft")).problem(409, "conflict");
        other.students[0].post(&drafted, work("draft")).problem(404, "not_found");
    }

    fn the_week_is_the_one_that_goes_on_unless_said(world: World) {
        let fac = world.coming_fac(3, 8);
        let mut plan_of_rounds = teams_of(4, 1, 2);
        plan_of_rounds["weeks_per_round"] = json!(2);
        crate::team_plans::publish(&fac, &plan(&fac, plan_of_rounds).is(201), None).is(200);
        let team = &teams(&fac, 1)[0];
        let submit = |body: Value| team.members[0].post(&submissions_path(team), body).is(201).json;
        let of_week = |number: i32| json!({"repository_url": "https://github.com/fac/x", "week": number});
        assert_eq!(submit(work("early"))["week"], 1);
        world.begin_week(&fac, 1, -9);
        world.begin_week(&fac, 2, -2);
        let now = submit(work("now"));
        assert_eq!((&now["week"], &now["number"]), (&json!(2), &json!(1)));
        let late = submit(of_week(1));
        assert_eq!((&late["week"], &late["number"]), (&json!(1), &json!(2)));
        let all = team.members[0].get(&format!("{}?week=1", submissions_path(team))).is(200);
        assert_eq!(all.data().len(), 2);
        team.members[0].post(&submissions_path(team), of_week(3)).field("/week", "invalid");
    }

    fn a_week_shows_each_team_with_its_latest_and_those_without(world: World) {
        let fac = world.fac(2, 12);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        for (team, count) in [(0, 1), (1, 3)] {
            for number in 1..=count {
                let name = format!("t{team}-{number}");
                teams[team].members[0].post(&submissions_path(&teams[team]), work(&name)).is(201);
            }
        }
        let path = format!("/v1/cohorts/{}/weeks/1/submissions", fac.cohort);
        let week = fac.students[0].get(&path).is(200);
        let shown: Vec<(&Value, &Value)> = week.data().iter().map(|one| (&one["team"]["id"], &one["submission"]["number"])).collect();
        let ids = teams.iter().map(|team| json!(team.id)).collect::<Vec<_>>();
        assert_eq!(shown, [(&ids[0], &json!(1)), (&ids[1], &json!(3)), (&ids[2], &Value::Null)]);
        assert_eq!(week.data()[1]["submission"]["repository_url"], "https://github.com/fac/t1-3");
        let empty = format!("/v1/cohorts/{}/weeks/2/submissions", fac.cohort);
        assert!(fac.students[0].get(&empty).is(200).data().is_empty());
        let absent = format!("/v1/cohorts/{}/weeks/3/submissions", fac.cohort);
        fac.students[0].get(&absent).problem(404, "not_found");
    }

    fn many_at_once_get_a_number_each(world: World) {
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let members: Vec<User> = team.members.iter().cycle().take(12).cloned().collect();
        let made = all_at_once(&members, |at, member| member.post(&submissions_path(team), work(&format!("r{at}"))).is(201).json);
        let mut numbers: Vec<i64> = made.iter().map(|one| one["number"].as_i64().unwrap()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
        let latest = made.iter().find(|one| one["number"] == 12).unwrap();
        let shown = team.members[0].get(&format!("/v1/teams/{}", team.id)).is(200).json;
        assert_eq!(shown["repository_url"], latest["repository_url"]);
    }
}
