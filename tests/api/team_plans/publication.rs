use peerled::students::PairKind;
use serde_json::json;

use super::{
    fours, having_seen, members, of_two_teams, plan, publish, set_absent, set_rule, teams, week_teams, withdraw,
};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn students_see_the_published_weeks_and_no_others(world: World) {
        let fac = world.fac(5, 16);
        let made = plan(&fac, fours(1, 5)).is(201);
        assert!(week_teams(&fac.students[0], &fac, 1).is(200).data().is_empty());
        let published = publish(&fac, &made, Some(&[1, 2])).is(200);
        assert_eq!((&published.json["status"], &published.json["version"]), (&json!("partly_published"), &json!(2)));
        assert!(published.json["rounds"][1]["published_at"].is_string());
        assert_eq!(published.json["rounds"][2]["published_at"], json!(null));
        for week in 1..=5 {
            let seen = week_teams(&fac.students[15], &fac, week).is(200);
            let expected = if week <= 2 { teams(&made.json)[week as usize - 1].clone() } else { Vec::new() };
            assert_eq!(members(&seen.json["data"]), expected);
        }
        publish(&fac, &published, Some(&[2, 3])).problem(409, "weeks_published");
        assert!(week_teams(&fac.students[0], &fac, 3).is(200).data().is_empty());
        let whole = publish(&fac, &published, None).is(200);
        assert_eq!(whole.json["status"], json!("published"));
        publish(&fac, &whole, None).problem(409, "plan_not_draft");
        assert_eq!(week_teams(&fac.students[0], &fac, 5).is(200).data().len(), 4);
    }

    fn a_dry_run_tells_who_will_see_what(world: World) {
        let fac = world.fac(3, 9);
        let absent = &fac.students[8];
        set_absent(&world, &fac, 2, absent);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 3, "team_size": {"min": 4, "max": 5}})).is(201);
        world.begin_week(&fac, 3, 7);
        let mentor = world.alumnus(&fac, "Mentor");
        let slot = json!({"week": 3, "kind": "week", "min": 0, "capacity": 1});
        let slot = fac.organiser.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).is(201).id();
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), json!(null)).is(201);
        let url = format!("/v1/team-plans/{}/publication", made.id());
        let seen = having_seen(&fac.facilitator, &made);
        let body = |dry_run: bool| json!({"weeks": [1, 2], "dry_run": dry_run});
        let dry = seen.post(&url, body(true)).is(200);
        assert_eq!((dry.header("etag").split('-').next(), &dry.json["status"]), (Some("\"1"), &json!("draft")));
        let preview = &dry.json["preview"];
        assert_eq!((&preview["weeks"], &preview["mentors"]), (&json!([1, 2]), &json!([{"id": mentor.id, "name": "Mentor"}])));
        let students = preview["students"].as_array().unwrap();
        assert_eq!(students.len(), 9);
        for (student, told) in fac.students.iter().zip(students) {
            assert_eq!(told["person"], json!({"id": student.id, "name": student.name}));
            let weeks: Vec<_> = told["teams"].as_array().unwrap().iter().map(|team| team["first_week"].clone()).collect();
            let expected = if student.id == absent.id { (vec![json!(1)], json!([2])) } else { (vec![json!(1), json!(2)], json!([])) };
            assert_eq!((weeks, told["without_team"].clone()), expected);
            for team in told["teams"].as_array().unwrap() {
                let round = &made.json["rounds"][team["first_week"].as_u64().unwrap() as usize - 1];
                let own = round["teams"].as_array().unwrap().iter().find(|one| one["id"] == team["team_id"]).unwrap();
                let member = own["members"].as_array().unwrap().iter().find(|one| one["person"]["id"] == student.id).unwrap();
                assert_eq!((&own["name"], &member["role"]), (&team["team_name"], &team["role"]));
            }
        }
        assert!(week_teams(&fac.students[0], &fac, 1).is(200).data().is_empty());
        assert_eq!(fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200).json, made.json);

        let published = seen.post(&url, body(false)).is(200);
        assert_eq!((&published.json["version"], &published.json["preview"]), (&json!(2), &json!(null)));
        // What would be refused is refused.
        seen.post(&url, body(true)).problem(412, "precondition_failed");
        let seen = having_seen(&fac.facilitator, &published);
        seen.post(&url, body(true)).problem(409, "weeks_published");
        withdraw(&world, &fac, &fac.students[0].id);
        let refused = seen.post(&url, json!({"dry_run": true})).problem(409, "roster_changed");
        assert_eq!(refused.json["gone"][0]["id"], json!(fac.students[0].id));
        having_seen(&fac.students[1], &published).post(&url, body(true)).problem(404, "not_found");
    }

    fn weeks_must_be_of_the_plan(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        publish(&fac, &made, Some(&[1, 3])).field("/weeks/1", "not_found");
        publish(&fac, &made, Some(&[])).field("/weeks", "invalid");
        let url = format!("/v1/team-plans/{}/publication", made.id());
        having_seen(&fac.facilitator, &made).post(&url, json!({"all": true})).field("/all", "unknown");
        // Left out it is all of them; null is not left out.
        having_seen(&fac.facilitator, &made).post(&url, json!({"weeks": null})).field("/weeks", "invalid");
        let keep = json!({"keep": [{"week": 1, "team": null}]});
        having_seen(&fac.facilitator, &made).post(&format!("/v1/team-plans/{}/reruns", made.id()), keep).field("/keep/0/team", "invalid");
        assert!(week_teams(&fac.students[0], &fac, 1).is(200).data().is_empty());
    }

    fn a_week_in_the_middle_publishes_its_whole_round(world: World) {
        let fac = world.fac(4, 8);
        let mut body = fours(1, 4);
        body["weeks_per_round"] = json!(2);
        let made = plan(&fac, body).is(201);
        publish(&fac, &made, Some(&[2])).is(200);
        let first = week_teams(&fac.students[0], &fac, 1).is(200);
        assert_eq!(first.data().len(), 2);
        assert_eq!(first.data(), week_teams(&fac.students[0], &fac, 2).is(200).data());
        assert!(week_teams(&fac.students[0], &fac, 3).is(200).data().is_empty());
    }

    fn a_week_that_has_become_a_reading_week_gets_no_teams(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, fours(1, 3)).is(201);
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/2", fac.cohort), json!({"phase": "reading"})).is(200);
        let refused = publish(&fac, &made, None).problem(409, "roster_changed");
        assert_eq!(refused.json["weeks"], json!([2]));
        publish(&fac, &made, Some(&[1, 3])).is(200);
        assert!(week_teams(&fac.students[0], &fac, 2).is(200).data().is_empty());
    }

    fn of_two_drafts_for_one_week_one_is_published(world: World) {
        let fac = world.fac(2, 8);
        let (one, other) = (plan(&fac, fours(1, 2)).is(201), plan(&fac, fours(1, 1)).is(201));
        publish(&fac, &other, None).is(200);
        let refused = publish(&fac, &one, None).problem(409, "weeks_published");
        assert_eq!(refused.json["weeks"], json!([1]));
        let published = publish(&fac, &one, Some(&[2])).is(200);
        assert_eq!(published.json["status"], json!("partly_published"));
        let body = json!({"week": 1, "people": of_two_teams(&teams(&one.json)[0])});
        having_seen(&fac.facilitator, &published).post(&format!("/v1/team-plans/{}/swaps", one.id()), body).problem(409, "weeks_published");
    }

    fn of_two_publications_at_once_one_counts(world: World) {
        let fac = world.fac(1, 8);
        let drafts = [plan(&fac, fours(1, 1)).is(201), plan(&fac, fours(1, 1)).is(201)];
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let both: Vec<_> = drafts.iter().map(|draft| scope.spawn(|| publish(&fac, draft, None).status)).collect();
            both.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        assert_eq!(week_teams(&fac.students[0], &fac, 1).is(200).data().len(), 2);
    }

    fn a_draft_that_was_overtaken_is_held_back(world: World) {
        let fac = world.fac(3, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let made = plan(&fac, fours(1, 1)).is(201);
        // An absence noted since holds nothing back.
        set_absent(&world, &fac, 1, &fac.students[3]);
        publish(&fac, &made, None).is(200);

        let made = plan(&fac, fours(2, 2)).is(201);
        let team = teams(&made.json)[0][0].clone();
        let rule = set_rule(&world, &fac, PairKind::Apart, [&team[0], &team[1]], None);
        let refused = publish(&fac, &made, None).problem(409, "roster_changed");
        assert_eq!(refused.json["breaks"][0]["id"], json!(rule));

        let made = plan(&fac, fours(3, 3)).is(201);
        withdraw(&world, &fac, ids[0]);
        let refused = publish(&fac, &made, None).problem(409, "roster_changed");
        assert_eq!((&refused.json["gone"][0]["id"], &refused.json["without_team"]), (&json!(ids[0]), &json!([])));
        assert!(week_teams(&fac.students[1], &fac, 3).is(200).data().is_empty());
    }

    fn plans_are_listed_by_how_far_they_have_come(world: World) {
        let fac = world.fac(4, 8);
        let (draft, partly, whole) = (plan(&fac, fours(1, 1)).is(201), plan(&fac, fours(2, 3)).is(201), plan(&fac, fours(4, 4)).is(201));
        publish(&fac, &partly, Some(&[3])).is(200);
        publish(&fac, &whole, None).is(200);
        for (status, expected) in [("draft", &draft), ("partly_published", &partly), ("published", &whole)] {
            let list = fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans?status={status}", fac.cohort)).is(200);
            assert_eq!(list.data().len(), 1, "{}", list.text);
            assert_eq!((&list.data()[0]["id"], &list.data()[0]["status"]), (&json!(expected.id()), &json!(status)));
        }
        assert_eq!(fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200).data().len(), 3);
    }

    fn a_second_draft_for_a_week_is_told(world: World) {
        let fac = world.fac(4, 8);
        let first = plan(&fac, fours(1, 2)).is(201);
        assert_eq!(first.json["other_drafts"], json!([]));
        let apart = plan(&fac, fours(3, 4)).is(201);
        assert_eq!(apart.json["other_drafts"], json!([]));
        let second = plan(&fac, fours(2, 2)).is(201);
        let other = |of: &str| -> serde_json::Value {
            fac.facilitator.get(&format!("/v1/team-plans/{of}")).is(200).json["other_drafts"].clone()
        };
        assert_eq!(second.json["other_drafts"][0]["id"], json!(first.id()));
        assert_eq!((&other(&first.id())[0]["id"], &other(&first.id())[0]["from_week"]), (&json!(second.id()), &json!(2)));
        having_seen(&fac.facilitator, &second).delete(&format!("/v1/team-plans/{}", second.id())).is(204);
        assert_eq!(other(&first.id()), json!([]));
    }

    fn a_week_that_has_not_begun_is_taken_back(world: World) {
        let fac = world.fac(4, 8);
        let mut body = fours(1, 4);
        body["weeks_per_round"] = json!(2);
        let made = plan(&fac, body).is(201);
        publish(&fac, &made, None).is(200);
        world.begin_week(&fac, 3, 2);
        let path = |week: i32| format!("/v1/cohorts/{}/weeks/{week}/publication", fac.cohort);
        world.nobody().delete(&path(4)).problem(401, "authentication_required");
        fac.students[0].delete(&path(4)).problem(404, "not_found");
        fac.facilitator.delete(&path(9)).problem(404, "not_found");
        assert_eq!(week_teams(&fac.students[0], &fac, 3).is(200).data().len(), 2);
        fac.facilitator.delete(&path(4)).is(204);
        fac.facilitator.delete(&path(4)).problem(404, "not_found");
        for week in [3, 4] {
            assert!(week_teams(&fac.students[0], &fac, week).is(200).data().is_empty());
        }
        assert_eq!(week_teams(&fac.students[0], &fac, 2).is(200).data().len(), 2);
        let read = fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        assert_eq!((&read.json["status"], &read.json["version"]), (&json!("partly_published"), &json!(3)));
        // It is a draft again: edited, and published once more.
        let people = of_two_teams(&teams(&read.json)[1]);
        let swap = having_seen(&fac.facilitator, &read).post(&format!("/v1/team-plans/{}/swaps", made.id()), json!({"week": 3, "people": people}));
        assert_eq!(publish(&fac, &swap.is(200), None).is(200).json["status"], json!("published"));
        // A round whose first week has begun stays, its later weeks too.
        world.begin_week(&fac, 3, -1);
        fac.facilitator.delete(&path(4)).problem(409, "conflict");
        assert_eq!(week_teams(&fac.students[0], &fac, 4).is(200).data().len(), 2);
    }
}
