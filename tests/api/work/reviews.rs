use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Team, all_at_once, assign, found, is_whole, pairs, publish_weeks, reviews, reviews_path, teams, teams_of};
use crate::{
    harness::{Fac, World},
    on_every_database,
    team_plans::having_seen,
};

/// Reviewer and reviewed person of each review.
fn people(reviews: &[(String, String)], teams: &[Team]) -> Vec<(String, String)> {
    let members = |id: &str| &teams.iter().find(|team| team.id == id).unwrap().members;
    let of_review = |(by, of): &(String, String)| {
        let pair = |reviewer: &str| {
            members(of)
                .iter()
                .map(|one| (reviewer.to_owned(), one.id.clone()))
                .collect::<Vec<_>>()
        };
        members(by)
            .iter()
            .flat_map(|reviewer| pair(&reviewer.id))
            .collect::<Vec<_>>()
    };
    reviews.iter().flat_map(of_review).collect()
}

/// Moves people from one team of week 1 to others.
fn repair(fac: &Fac, from: &Team, to: &[(&str, &str)]) {
    let path = format!("/v1/teams/{}", from.id);
    let seen = fac.facilitator.get(&path).is(200);
    let moves: Vec<Value> = to
        .iter()
        .map(|(person, team)| json!({"person_id": person, "from_team": from.id, "to_team": team}))
        .collect();
    let body = json!({"moves": moves, "reason": "They asked for it."});
    having_seen(&fac.facilitator, &seen)
        .post(&format!("{path}/repairs"), body)
        .is(201);
}

on_every_database! {
    fn each_team_reviews_one_other_and_people_whom_they_have_not_reviewed(world: World) {
        let fac = world.fac(3, 16);
        publish_weeks(&fac, 4, 1, 3);
        let mut seen = BTreeSet::new();
        for week in 1..=3 {
            let teams = teams(&fac, week);
            assert!(fac.students[0].get(&reviews_path(&fac, week)).is(200).data().is_empty());
            let made = assign(&fac, week);
            is_whole(&pairs(&made), &teams);
            assert_eq!(made.header("location"), reviews_path(&fac, week));
            let mut repeats = 0;
            for pair in people(&pairs(&made), &teams) {
                repeats += i64::from(!seen.insert(pair));
            }
            let told: i64 = made.data().iter().map(|review| review["repeats"].as_i64().unwrap()).sum();
            assert_eq!(told, repeats, "week {week}");
            let first = &made.data()[0];
            assert_eq!((&first["status"], &first["reason"], &first["pairs"]), (&json!("assigned"), &json!("rotation"), &json!(16)));
            assert!(first["explanation"].as_str().unwrap().contains("reviewed"), "{first}");
            assert!(first["due_local"].as_str().unwrap().ends_with("T17:00:00"));
            let list = fac.students[0].get(&reviews_path(&fac, week)).is(200);
            assert_eq!(list.json, made.json);
            assert_eq!(list.json["load"][0]["assigned"], 1);
            assert_eq!(list.json["load"].as_array().unwrap().len(), 4);
            let one = format!("/v1/code-reviews/{}", first["id"].as_str().unwrap());
            assert_eq!(&fac.students[0].get(&one).is(200).json, first);
            // Asked for again, nothing changes.
            assert_eq!(assign(&fac, week).json, made.json);
        }
    }

    fn reviews_are_shared_out_by_staff_and_seen_inside_the_cohort(world: World) {
        let (fac, away) = (world.fac(2, 8), world.campus_with_cohort("away", 1, 1));
        let path = reviews_path(&fac, 1);
        fac.facilitator.post(&path, Value::Null).problem(409, "conflict");
        publish_weeks(&fac, 4, 1, 1);
        fac.students[0].post(&path, Value::Null).problem(403, "forbidden");
        for stranger in [&away.organiser, &away.students[0]] {
            stranger.post(&path, Value::Null).problem(404, "not_found");
            stranger.get(&path).problem(404, "not_found");
        }
        world.nobody().post(&path, Value::Null).problem(401, "authentication_required");
        fac.facilitator.post(&reviews_path(&fac, 3), Value::Null).problem(404, "not_found");
        fac.facilitator.post(&path, json!({"due_at": "soon"})).field("/due_at", "invalid");
        fac.facilitator.post(&path, json!({"due": "2099-01-12T17:00"})).field("/due", "unknown");
        assert!(fac.facilitator.get(&path).is(200).data().is_empty(), "a refusal changed nothing");
        let made = fac.facilitator.post(&path, json!({"due_at": "2099-07-12T17:00"})).is(201);
        let due = |review: &Value| (review["due_local"].clone(), review["due_at"].clone());
        assert_eq!(due(&made.data()[0]), (json!("2099-07-12T17:00:00"), json!("2099-07-12T16:00:00Z")));
        let one = format!("/v1/code-reviews/{}", made.data()[0]["id"].as_str().unwrap());
        away.organiser.get(&one).problem(404, "not_found");
        // One team alone has nobody to review.
        let small = world.campus_with_cohort("small", 1, 4);
        publish_weeks(&small, 4, 1, 1);
        small.facilitator.post(&reviews_path(&small, 1), Value::Null).problem(409, "conflict");
        world.set_status(&fac, "graduated");
        fac.facilitator.post(&path, Value::Null).problem(409, "conflict");
    }

    fn teams_that_go_and_come_change_as_little_as_can_be(world: World) {
        let fac = world.fac(1, 15);
        publish_weeks(&fac, 3, 1, 1);
        let five = teams(&fac, 1);
        let before = assign(&fac, 1);
        // Everybody of the last team moves to another one: who reviewed it now reviews whom it reviewed.
        let gone = &five[4];
        let to: Vec<(&str, &str)> = gone.members.iter().zip(&five).map(|(member, team)| (member.id.as_str(), team.id.as_str())).collect();
        repair(&fac, gone, &to);
        let list = || fac.students[0].get(&reviews_path(&fac, 1)).is(200);
        let four = list();
        is_whole(&pairs(&four), &five[..4]);
        let kept = |one: &[(String, String)], other: &[(String, String)]| one.iter().filter(|pair| other.contains(pair)).count();
        assert_eq!(kept(&pairs(&four), &pairs(&before)), 3);
        let changed: Vec<&Value> = four.data().iter().filter(|review| review["reason"] == "joined").collect();
        assert_eq!(changed.len(), 1);
        assert!(changed[0]["explanation"].as_str().unwrap().contains("smallest change"), "{changed:?}");
        // They come back as a team: it steps in between two others, of which nothing has come yet.
        let begun = &reviews(&four, &five)[0];
        let reviewer = &begun.reviewing.members[0];
        reviewer.post(&format!("{}/issues", begun.path), found()).is(201);
        for (member, team) in gone.members.iter().zip(&five) {
            repair(&fac, team, &[(member.id.as_str(), gone.id.as_str())]);
        }
        let whole = list();
        is_whole(&pairs(&whole), &five);
        assert!(kept(&pairs(&whole), &pairs(&four)) >= 3);
        assert!(pairs(&whole).contains(&(begun.reviewing.id.clone(), begun.reviewed.id.clone())));
        assert_eq!(whole.data().iter().filter(|review| review["status"] == "done").count(), 1);
    }

    fn a_week_that_is_taken_back_takes_reviews_along_unless_something_was_found(world: World) {
        let fac = world.coming_fac(1, 8);
        let made = crate::team_plans::plan(&fac, teams_of(4, 1, 1)).is(201);
        crate::team_plans::publish(&fac, &made, None).is(200);
        assign(&fac, 1);
        let publication = format!("/v1/cohorts/{}/weeks/1/publication", fac.cohort);
        fac.facilitator.delete(&publication).is(204);
        assert!(fac.facilitator.get(&reviews_path(&fac, 1)).is(200).data().is_empty());
        let again = fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        crate::team_plans::publish(&fac, &again, None).is(200);
        let teams = teams(&fac, 1);
        let review = &reviews(&assign(&fac, 1), &teams)[0];
        review.reviewing.members[0].post(&format!("{}/issues", review.path), found()).is(201);
        fac.facilitator.delete(&publication).problem(409, "conflict");
        assert_eq!(fac.facilitator.get(&reviews_path(&fac, 1)).is(200).data().len(), 2);
    }

    fn several_who_share_out_at_once_make_one_rotation(world: World) {
        let fac = world.fac(1, 16);
        publish_weeks(&fac, 4, 1, 1);
        let staff = vec![fac.facilitator.clone(), fac.organiser.clone(), fac.facilitator.clone(), fac.organiser.clone()];
        all_at_once(&staff, |_, one| one.post(&reviews_path(&fac, 1), Value::Null).is(201));
        is_whole(&pairs(&fac.facilitator.get(&reviews_path(&fac, 1)).is(200)), &teams(&fac, 1));
    }

    fn staff_set_until_when_a_team_has_time_and_take_it_back(world: World) {
        let fac = world.coming_fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let made = assign(&fac, 1);
        let review = format!("/v1/code-reviews/{}", made.data()[0]["id"].as_str().unwrap());
        let usual = made.data()[0]["due_local"].clone();
        assert_eq!(usual, "2099-01-12T17:00:00");
        let due = |due: Value| fac.facilitator.patch(&review, json!({ "due_at": due })).is(200).json["due_local"].clone();
        assert_eq!(due(json!("2099-01-20T09:00")), "2099-01-20T09:00:00");
        assert_eq!(due(Value::Null), usual);
        let before = fac.facilitator.get(&review).is(200).json;
        assert_eq!((due(Value::Null), &fac.facilitator.get(&review).is(200).json), (usual, &before), "nothing new is no version");
        fac.students[0].patch(&review, json!({"due_at": null})).problem(403, "forbidden");
    }
}
