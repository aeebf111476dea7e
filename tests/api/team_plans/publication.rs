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
        assert_eq!((&published.json["status"], &published.json["version"]), (&json!("draft"), &json!(2)));
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
        assert_eq!(published.json["status"], json!("draft"));
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
}
