use serde_json::{Value, json};

use super::{Review, all_at_once, assign, found, publish_weeks, reviews, reviews_path, teams};
use crate::{
    harness::{Fac, User, World},
    on_every_database,
};

fn let_time_pass(fac: &Fac, review: &Review) {
    fac.facilitator
        .patch(&review.path, json!({"due_at": "2026-01-12T17:00"}))
        .is(200);
}

on_every_database! {
    fn a_review_that_nobody_does_goes_to_another_team_and_is_counted_where_it_was_done(world: World) {
        let fac = world.fac(1, 16);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let all = reviews(&assign(&fac, 1), &teams);
        let review = &all[0];
        let others = || teams.iter().filter(|team| team.id != review.reviewing.id && team.id != review.reviewed.id);
        let other = others().next().unwrap();
        let takeovers = format!("{}/takeovers", review.path);
        other.members[0].post(&takeovers, Value::Null).problem(409, "conflict");
        let_time_pass(&fac, review);
        assert_eq!(fac.students[0].get(&review.path).is(200).json["status"], "abandoned");
        for team in [review.reviewing, review.reviewed] {
            team.members[0].post(&takeovers, Value::Null).problem(409, "conflict");
        }
        fac.facilitator.post(&takeovers, Value::Null).problem(403, "forbidden");
        let taken = other.members[0].post(&takeovers, Value::Null).is(201).json;
        assert_eq!((&taken["status"], &taken["reason"]), (&json!("assigned"), &json!("taken_over")));
        assert_eq!((&taken["reviewer_team"]["id"], &taken["abandoned_by"]["id"]), (&json!(other.id), &json!(review.reviewing.id)));
        // Whoever had it is not the reviewer any more.
        review.reviewing.members[0].post(&format!("{}/issues", review.path), found()).problem(403, "forbidden");
        other.members[1].post(&format!("{}/issues", review.path), found()).is(201);
        let list = fac.students[0].get(&reviews_path(&fac, 1)).is(200).json;
        let load = |id: &str| {
            let load = list["load"].as_array().unwrap().iter().find(|load| load["team"]["id"] == json!(id)).unwrap();
            [load["assigned"].as_i64().unwrap(), load["done"].as_i64().unwrap()]
        };
        assert_eq!((load(&review.reviewing.id), load(&other.id), load(&review.reviewed.id)), ([1, 0], [2, 1], [1, 0]));
        // It is done, however much time passes, and stays where it is when the reviews are shared out again.
        let_time_pass(&fac, review);
        assert_eq!(fac.students[0].get(&review.path).is(200).json["status"], "done");
        others().next_back().unwrap().members[0].post(&takeovers, Value::Null).problem(409, "conflict");
        let again = assign(&fac, 1).json;
        assert_eq!(again["load"], list["load"]);
    }

    fn two_teams_at_once_do_not_both_get_it(world: World) {
        let fac = world.fac(1, 16);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        for review in reviews(&assign(&fac, 1), &teams) {
            let_time_pass(&fac, &review);
            let others = teams.iter().filter(|team| team.id != review.reviewing.id && team.id != review.reviewed.id);
            let people: Vec<User> = others.flat_map(|team| team.members[..2].to_vec()).collect();
            let path = format!("{}/takeovers", review.path);
            let mut statuses = all_at_once(&people, |_, one| one.post(&path, Value::Null).status);
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409, 409, 409]);
        }
    }

    fn the_reviewing_team_says_that_it_is_done_and_staff_give_time(world: World) {
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let all = reviews(&assign(&fac, 1), &teams);
        let (review, reviewer) = (&all[0], &all[0].reviewing.members[0]);
        let done = json!({"status": "done"});
        review.reviewed.members[0].patch(&review.path, done.clone()).problem(403, "forbidden");
        fac.facilitator.patch(&review.path, done.clone()).problem(403, "forbidden");
        reviewer.patch(&review.path, json!({"due_at": "2099-01-01T17:00"})).problem(403, "forbidden");
        reviewer.patch(&review.path, json!({"status": "assigned"})).field("/status", "invalid");
        reviewer.patch(&review.path, json!({"status": "finished"})).field("/status", "invalid");
        let before = reviewer.get(&review.path).is(200);
        assert_eq!(before.json["status"], "assigned");
        let stale = reviewer.with("If-Match", before.header("etag"));
        let after = stale.patch(&review.path, done.clone()).is(200).json;
        assert_eq!((&after["status"], &after["version"]), (&json!("done"), &json!(2)));
        stale.patch(&review.path, done.clone()).problem(412, "precondition_failed");
        assert_eq!(reviewer.patch(&review.path, done).is(200).json, after, "once done, it stays as it is");
    }
}
