use serde_json::{Value, json};

use super::{close, item, open, retros_path, texts, vote, write};
use crate::{
    harness::World,
    on_every_database,
    work::{all_at_once, publish_weeks, teams},
};

on_every_database! {
    fn a_team_looks_back_and_its_top_items_become_actions(world: World) {
        let fac = world.fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let [amal, basma, cilia, dina] = [0, 1, 2, 3].map(|at| &team.members[at]);
        let opened = amal.post(&retros_path(&fac, 1), json!({"scope": "team"})).is(201);
        let retro = opened.header("location").to_owned();
        assert_eq!(opened.json["team"]["id"], json!(team.id), "their own team, unless another is named");
        let facts = ["week", "scope", "status", "votes_each"].map(|name| &opened.json[name]);
        assert_eq!(facts, [&json!(1), &json!("team"), &json!("open"), &json!(3)]);
        let pair = write(amal, &retro, "go", "Pair more");
        let meet = write(basma, &retro, "stop", "Meetings before ten");
        let cake = write(cilia, &retro, "continue", "Cake");
        let rest = write(dina, &retro, "stop", "Late commits");
        write(&fac.facilitator, &retro, "go", "Ask sooner");

        // Authors change and remove their own until somebody votes.
        let first = amal.get(&pair).is(200);
        let stale = amal.with("If-Match", first.header("etag"));
        let changed = stale.patch(&pair, json!({"text": "Pair every morning"})).is(200).json;
        assert_eq!((&changed["text"], &changed["version"], &changed["mine"]), (&json!("Pair every morning"), &json!(2), &json!(true)));
        stale.patch(&pair, json!({"kind": "stop"})).problem(412, "precondition_failed");
        assert_eq!(amal.patch(&pair, json!({"kind": "go"})).is(200).json["version"], 2, "no new version");
        basma.patch(&pair, json!({"text": "Mine"})).problem(403, "forbidden");
        basma.delete(&pair).problem(403, "forbidden");
        let slip = write(amal, &retro, "go", "A slip");
        amal.delete(&slip).is(204);
        amal.get(&slip).problem(404, "not_found");

        for (who, items) in [(amal, [&pair, &meet, &cake]), (basma, [&pair, &meet, &cake]), (cilia, [&pair, &meet, &rest])] {
            for item in items {
                vote(who, item).is(204);
            }
        }
        amal.patch(&pair, json!({"text": "Too late"})).problem(409, "conflict");
        amal.delete(&pair).problem(409, "conflict");
        let late = write(dina, &retro, "go", "Later than the first vote");
        fac.facilitator.delete(&late).is(204);
        let open = basma.get(&retro).is(200);
        assert_eq!(open.json["status"], "voting");
        assert_eq!((&item(&open, "Cake")["voted"], &item(&open, "Cake")["mine"]), (&json!(true), &json!(false)));
        assert_eq!(open.json["votes_left"][0]["votes"], 0);
        let whole = dina.get(&retro).is(200).json;
        let left = whole["votes_left"].as_array().unwrap().iter().map(|of_kind| of_kind["votes"].clone());
        assert_eq!((whole["votes_left_in_all"].clone(), left.collect::<Vec<_>>()), (json!(3), vec![json!(3); 3]), "three in all, of whatever kind");
        assert_eq!(fac.facilitator.get(&retro).is(200).json["votes_left"], Value::Null, "staff have no votes");

        let closed = close(dina, &retro).is(201);
        // Those with three votes come first, in an order that tells nothing.
        let mut first = texts(&closed.json["data"]);
        assert_eq!(first.pop(), Some("Cake"));
        first.sort_unstable();
        assert_eq!(first, ["Meetings before ten", "Pair every morning"]);
        assert_eq!(closed.json["tied"], json!([]));
        for action in closed.data() {
            assert_eq!((&action["status"], &action["owner"], &action["team"]["id"]), (&json!("open"), &Value::Null, &json!(team.id)));
            assert_eq!(action["retro_id"].as_str().unwrap(), retro.rsplit('/').next().unwrap());
        }
        let over = basma.get(&retro).is(200);
        assert_eq!((&over.json["status"], &over.json["votes_left"], &over.json["carried_over"]), (&json!("closed"), &Value::Null, &json!([])));
        assert_eq!(over.json["actions"].as_array().unwrap().len(), 3);
        assert_eq!((&item(&over, "Cake")["votes"], &item(&over, "Late commits")["votes"]), (&json!(2), &json!(1)));
        close(dina, &retro).problem(409, "conflict");
        vote(dina, &rest).problem(409, "conflict");
        dina.post(&format!("{retro}/items"), json!({"kind": "go", "text": "X"})).problem(409, "conflict");
        let list = fac.students[0].get(&retros_path(&fac, 1)).is(200);
        assert_eq!((list.data().len(), &list.data()[0]["status"]), (1, &json!("closed")));
        assert!(fac.students[0].get(&retros_path(&fac, 2)).is(200).data().is_empty());
        fac.students[0].get(&retros_path(&fac, 3)).problem(404, "not_found");
    }

    fn ties_are_told_and_people_decide(world: World) {
        let fac = world.fac(1, 5);
        let retro = open(&fac.students[0], &fac, 1, None);
        let items: Vec<String> = (0..4).map(|n| write(&fac.students[n], &retro, "go", &format!("Item {n}"))).collect();
        write(&fac.students[4], &retro, "stop", "Nobody's");
        for (student, item) in fac.students.iter().zip(&items) {
            vote(student, item).is(204);
        }
        let closed = close(&fac.students[0], &retro).is(201);
        assert_eq!(closed.data().len(), 0);
        let mut tied = texts(&closed.json["tied"]);
        tied.sort_unstable();
        assert_eq!(tied, ["Item 0", "Item 1", "Item 2", "Item 3"]);
        assert_eq!(closed.json["tied"][0]["votes"], 1);
    }

    fn members_hold_a_teams_retro_and_students_a_cohorts(world: World) {
        let (fac, away) = (world.fac(2, 8), world.campus_with_cohort("away", 1, 1));
        publish_weeks(&fac, 4, 1, 1);
        let all = teams(&fac, 1);
        let (mine, member, other) = (&all[0], &all[0].members[0], &all[1].members[0]);
        let body = json!({"scope": "team", "team_id": mine.id});
        let path = retros_path(&fac, 1);
        other.post(&path, body.clone()).problem(403, "forbidden");
        world.nobody().post(&path, body.clone()).problem(401, "authentication_required");
        fac.facilitator.post(&path, json!({"scope": "team"})).field("/team_id", "required");
        fac.facilitator.post(&path, json!({"scope": "cohort", "team_id": mine.id})).field("/team_id", "invalid");
        fac.facilitator.post(&retros_path(&fac, 2), body.clone()).field("/team_id", "not_found");
        fac.facilitator.post(&path, json!({"scope": "team", "team_id": fac.cohort})).field("/team_id", "not_found");
        fac.facilitator.post(&path, json!({"scope": "all"})).field("/scope", "invalid");
        member.post(&retros_path(&fac, 9), json!({"scope": "cohort"})).problem(404, "not_found");
        let of_team = open(&fac.facilitator, &fac, 1, Some(&mine.id));
        let of_cohort = open(other, &fac, 1, None);
        let again = member.post(&path, body.clone()).problem(409, "conflict");
        assert!(of_team.ends_with(again.json["retro_id"].as_str().unwrap()));
        fac.facilitator.post(&path, json!({"scope": "cohort"})).problem(409, "conflict");

        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.post(&path, body.clone()).problem(404, "not_found");
            stranger.get(&path).problem(404, "not_found");
            stranger.get(&of_team).problem(404, "not_found");
            stranger.post(&format!("{of_team}/items"), json!({"kind": "go", "text": "X"})).problem(404, "not_found");
            close(stranger, &of_team).problem(404, "not_found");
        }
        // Whoever sees inside the cohort reads it, and takes no part.
        let written = write(member, &of_team, "go", "Pair");
        other.get(&of_team).is(200);
        other.post(&format!("{of_team}/items"), json!({"kind": "go", "text": "X"})).problem(403, "forbidden");
        vote(other, &written).problem(403, "forbidden");
        vote(&fac.facilitator, &written).problem(403, "forbidden");
        close(other, &of_team).problem(403, "forbidden");
        // A cohort's retro is closed by whoever opened it, or by staff.
        close(member, &of_cohort).problem(403, "forbidden");
        close(other, &of_cohort).is(201);
        close(&fac.facilitator, &of_team).is(201);
        for (body, pointer, code) in [
            (json!({"kind": "go", "text": ""}), "/text", "invalid"),
            (json!({"kind": "start", "text": "X"}), "/kind", "invalid"),
            (json!({"kind": "go", "text": "X", "author": "me"}), "/author", "unknown"),
        ] {
            member.post(&format!("{of_team}/items"), body).field(pointer, code);
        }
    }

    fn of_many_who_open_a_retro_at_once_one_does(world: World) {
        let fac = world.fac(1, 6);
        let path = retros_path(&fac, 1);
        let statuses = all_at_once(&fac.students, |_, student| student.post(&path, json!({"scope": "cohort"})).status);
        assert_eq!(statuses.iter().filter(|status| **status == 201).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
        assert_eq!(fac.students[0].get(&path).is(200).data().len(), 1);
    }

    fn a_cohort_that_is_over_keeps_its_retros_and_a_round_with_one_stays_published(world: World) {
        let fac = world.coming_fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let retro = open(&team.members[0], &fac, 1, Some(&team.id));
        fac.facilitator.delete(&format!("/v1/cohorts/{}/weeks/1/publication", fac.cohort)).problem(409, "conflict");
        let item = write(&team.members[0], &retro, "go", "Pair");
        world.set_status(&fac, "graduated");
        fac.facilitator.post(&format!("{retro}/items"), json!({"kind": "go", "text": "X"})).problem(409, "conflict");
        fac.facilitator.get(&retro).is(200);
        fac.facilitator.delete(&item).is(204);
        close(&fac.facilitator, &retro).problem(409, "conflict");
    }
}
