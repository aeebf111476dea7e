use peerled::students::PairKind;
use serde_json::json;

use super::{fours, having_seen, of_two_teams, plan, publish, set_rule, teams};
use crate::{harness::World, on_every_database};

on_every_database! {
    fn a_preview_says_exactly_what_the_swap_then_does(world: World) {
        let fac = world.fac(5, 16);
        let made = plan(&fac, fours(1, 5)).is(201);
        let before = teams(&made.json);
        let [a, b] = of_two_teams(&before[1]);
        let (url, body) = (format!("/v1/team-plans/{}", made.id()), json!({"week": 2, "people": [a, b]}));
        let preview = fac.facilitator.post(&format!("{url}/swap-previews"), body.clone()).is(200);
        assert_eq!((&preview.json["allowed"], &preview.json["breaks"]), (&json!(true), &json!([])));
        assert_eq!(preview.json["change"]["repeats"], json!(6));
        // Nobody of the four fresh teams has met, so each of the two meets three people again.
        let again = preview.json["repeats_added"].as_array().unwrap();
        assert_eq!((again.len(), &preview.json["repeats_ended"]), (6, &json!([])));
        for pair in again {
            let ids: Vec<&str> = pair["people"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
            assert!(ids.contains(&a.as_str()) != ids.contains(&b.as_str()), "{pair}");
            let week = pair["weeks"][0].as_u64().unwrap() as usize;
            let together = |team: &Vec<String>| ids.iter().all(|id| team.iter().any(|one| one == id));
            assert!(week != 2 && pair["weeks"].as_array().unwrap().len() == 1 && before[week - 1].iter().any(together), "{pair}");
        }
        assert_eq!(teams(&fac.facilitator.get(&url).is(200).json), before);

        let swapped = having_seen(&fac.facilitator, &made).post(&format!("{url}/swaps"), body).is(200);
        let report = |answer: &crate::harness::Answer, field: &str| answer.json["report"][field].as_i64().unwrap();
        assert_eq!(report(&swapped, "repeats"), report(&made, "repeats") + 6);
        let after = teams(&swapped.json);
        assert_eq!((&after[1][0][0], &after[1][1][0]), (&b, &a));
        assert_eq!((&after[0], &after[2..], &swapped.json["version"]), (&before[0], &before[2..], &json!(2)));
        let role = |answer: &crate::harness::Answer| answer.json["rounds"][1]["teams"][0]["members"][0]["role"].clone();
        assert_eq!(role(&swapped), role(&made));
        let back = fac.facilitator.post(&format!("{url}/swap-previews"), json!({"week": 2, "people": [b, a]})).is(200);
        assert_eq!((&back.json["repeats_added"], &back.json["repeats_ended"]), (&json!([]), &preview.json["repeats_added"]));
        let read = fac.facilitator.get(&url).is(200);
        assert_eq!((&read.json, read.header("etag")), (&swapped.json, swapped.header("etag")));
    }

    fn all_swaps_of_a_person_are_looked_at_in_one_answer(world: World) {
        let fac = world.fac(2, 12);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let made = plan(&fac, fours(1, 2)).is(201);
        let round = teams(&made.json).remove(1);
        let person = &round[0][0];
        let other = ids.iter().find(|id| !round[0].iter().any(|mate| mate == **id)).unwrap();
        set_rule(&world, &fac, PairKind::Apart, [other, &round[0][1]], None);
        let url = format!("/v1/team-plans/{}/swap-previews", made.id());
        let all = fac.facilitator.post(&url, json!({"week": 2, "person_id": person})).is(200);
        assert_eq!((&all.json["week"], &all.json["person_id"], all.data().len()), (&json!(2), &json!(person), 11));
        let cost = |option: &serde_json::Value| (option["allowed"] == json!(false), option["change"]["repeats"].as_i64().unwrap());
        assert!(all.data().windows(2).all(|two| cost(&two[0]) <= cost(&two[1])));
        assert!(all.data().iter().any(|option| option["allowed"] == json!(false)));
        for option in all.data() {
            let alone = fac.facilitator.post(&url, json!({"week": 2, "people": [person, option["with"]["id"]]})).is(200);
            for part in ["allowed", "change", "repeats_added", "repeats_ended", "breaks"] {
                assert_eq!(option[part], alone.json[part], "{part} of {option}");
            }
        }
        assert_eq!(fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200).json, made.json);
        fac.facilitator.post(&url, json!({"week": 2})).field("/people", "required");
        fac.facilitator.post(&url, json!({"week": 2, "people": [ids[0], ids[1]], "person_id": ids[0]})).field("/person_id", "invalid");
        fac.facilitator.post(&url, json!({"week": 2, "person_id": fac.organiser.id})).field("/person_id", "not_found");
        fac.facilitator.post(&url, json!({"week": 9, "person_id": person})).field("/week", "not_found");
    }

    fn all_swaps_among_sixty_people_are_looked_at_in_bounded_time(world: World) {
        let fac = world.fac(12, 60);
        let begun = std::time::Instant::now();
        let made = plan(&fac, fours(1, 12)).is(201);
        let to_form = begun.elapsed();
        let person = teams(&made.json)[5][0][0].clone();
        let begun = std::time::Instant::now();
        let all = fac.facilitator.post(&format!("/v1/team-plans/{}/swap-previews", made.id()), json!({"week": 6, "person_id": person})).is(200);
        assert_eq!(all.data().len(), 59);
        assert!(begun.elapsed() < to_form * 10, "{:?}, and {to_form:?} to form the plan", begun.elapsed());
    }

    fn a_preview_tells_of_the_spread_of_roles(world: World) {
        let fac = world.fac(4, 16);
        let made = plan(&fac, fours(1, 4)).is(201);
        let url = format!("/v1/team-plans/{}", made.id());
        let roles = |answer: &crate::harness::Answer, field: &str| answer.json["report"]["roles"][field].as_i64().unwrap();
        // Four rounds with four roles: everybody has had each, so that no two can change roles for nothing.
        assert_eq!((roles(&made, "spread"), &made.json["report"]["roles"]["notes"]), (0, &json!([])));
        let round = teams(&made.json).remove(3);
        let body = json!({"week": 4, "people": [round[0][0], round[0][1]]});
        let change = fac.facilitator.post(&format!("{url}/swap-previews"), body.clone()).is(200).json["change"].clone();
        assert_eq!((&change["role_spread"], &change["people_moved"]), (&json!(2), &json!(0)));
        let swapped = having_seen(&fac.facilitator, &made).post(&format!("{url}/swaps"), body).is(200);
        assert_eq!(roles(&swapped, "spread"), 2);
        let worse = |answer: &crate::harness::Answer| roles(answer, "twice_running") + roles(answer, "uncovered");
        assert_eq!(change["roles"].as_i64().unwrap(), worse(&swapped) - worse(&made));
        let notes = swapped.json["report"]["roles"]["notes"].as_array().unwrap();
        let of = |person: &str| notes.iter().find(|note| note["person"]["id"] == person).unwrap();
        let note = of(&round[0][0]);
        assert!(note["person"]["name"].as_str().unwrap().starts_with("fac Student"), "{note}");
        assert!(note["why"].as_str().unwrap().starts_with("roles differ by 2"), "{note}");
        of(&round[0][1]);
    }

    fn edits_need_the_version_that_was_seen(world: World) {
        let fac = world.fac(1, 8);
        let made = plan(&fac, fours(1, 1)).is(201);
        let round = teams(&made.json).remove(0);
        let [a, b] = of_two_teams(&round);
        let url = format!("/v1/team-plans/{}", made.id());
        let bodies = [
            ("swaps", json!({"week": 1, "people": [a, b]})),
            ("moves", json!({"week": 1, "person_id": a, "to_team": made.json["rounds"][0]["teams"][1]["id"]})),
            ("publication", json!({})),
        ];
        for (operation, body) in &bodies {
            let path = format!("{url}/{operation}");
            fac.facilitator.post(&path, body.clone()).problem(428, "precondition_required");
            fac.facilitator.with("If-Match", "\"9-x\"").post(&path, body.clone()).problem(412, "precondition_failed");
            fac.facilitator.with("If-Match", "\"x\"").post(&path, body.clone()).problem(412, "precondition_failed");
        }
        let seen = having_seen(&fac.facilitator, &made);
        seen.post(&format!("{url}/swaps"), bodies[0].1.clone()).is(200);
        seen.post(&format!("{url}/swaps"), bodies[0].1.clone()).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.get(&url).is(200).json["version"], json!(2));
    }

    fn what_cannot_be_swapped_is_named(world: World) {
        let (fac, other) = (world.fac(2, 8), world.campus_with_cohort("other", 1, 4));
        let made = plan(&fac, fours(1, 1)).is(201);
        let round = teams(&made.json).remove(0);
        let [a, b] = of_two_teams(&round);
        let seen = having_seen(&fac.facilitator, &made);
        for operation in ["swaps", "swap-previews"] {
            let swap = |body: serde_json::Value| seen.post(&format!("/v1/team-plans/{}/{operation}", made.id()), body);
            swap(json!({"week": 2, "people": [a, b]})).field("/week", "not_found");
            swap(json!({"week": 1, "people": [a, a]})).field("/people/1", "invalid");
            swap(json!({"week": 1, "people": [other.students[0].id, b]})).field("/people/0", "not_found");
            swap(json!({"week": 1, "people": [a]})).field("/people", "invalid");
            swap(json!({"people": [a, b]})).field("/week", "required");
            swap(json!({"week": 1, "people": [a, b], "force": true})).field("/force", "unknown");
        }
        let team = |at: usize| made.json["rounds"][0]["teams"][at]["id"].clone();
        let put = |body: serde_json::Value| seen.post(&format!("/v1/team-plans/{}/moves", made.id()), body);
        put(json!({"week": 2, "person_id": a, "to_team": team(1)})).field("/week", "not_found");
        put(json!({"week": 1, "person_id": other.students[0].id, "to_team": team(1)})).field("/person_id", "not_found");
        put(json!({"week": 1, "person_id": a, "to_team": made.id()})).field("/to_team", "not_found");
        put(json!({"week": 1, "person_id": a, "to_team": team(0)})).field("/to_team", "invalid");
        assert_eq!(fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200).json, made.json);
    }

    fn demands_are_kept_and_named(world: World) {
        let fac = world.fac(1, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let rule = set_rule(&world, &fac, PairKind::Apart, [ids[0], ids[1]], None);
        let mut body = fours(1, 1);
        body["locks"] = json!([{"week": 1, "people": [ids[2], ids[3]]}]);
        let made = plan(&fac, body).is(201);
        let round = teams(&made.json).remove(0);
        let team_of = |id: &str| round.iter().position(|team| team.iter().any(|member| member == id)).unwrap();
        let url = format!("/v1/team-plans/{}", made.id());
        let seen = having_seen(&fac.facilitator, &made);
        let swap = |operation: &str, a: &str, b: &str| seen.post(&format!("{url}/{operation}"), json!({"week": 1, "people": [a, b]}));
        // Somebody of the second's team, who is neither locked nor part of the rule.
        let mate = round[team_of(ids[1])].iter().find(|id| !ids[..4].contains(&id.as_str())).unwrap();
        let preview = swap("swap-previews", ids[0], mate).is(200);
        assert_eq!((&preview.json["allowed"], &preview.json["breaks"][0]["id"]), (&json!(false), &json!(rule)));
        let refused = swap("swaps", ids[0], mate).problem(409, "conflict");
        assert_eq!(refused.json["breaks"][0]["people"][0]["name"], json!(fac.students[0].name));
        let other = round[1 - team_of(ids[2])].iter().find(|id| !ids[..4].contains(&id.as_str())).unwrap();
        let refused = swap("swaps", ids[2], other).problem(409, "conflict");
        assert_eq!(refused.json["breaks"][0]["kind"], json!("lock"));
        assert_eq!(fac.facilitator.get(&url).is(200).json, made.json);
    }

    fn moves_keep_the_sizes_that_were_asked_for(world: World) {
        let fac = world.fac(1, 7);
        let sizes = json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}});
        let made = plan(&fac, sizes).is(201);
        let round = &made.json["rounds"][0]["teams"];
        let large = usize::from(round[0]["members"].as_array().unwrap().len() == 3);
        let moved = |from: usize, who: &str, answer: &crate::harness::Answer| {
            let body = json!({"week": 1, "person_id": who, "to_team": round[1 - from]["id"]});
            having_seen(&fac.facilitator, answer).post(&format!("/v1/team-plans/{}/moves", made.id()), body)
        };
        let (of_large, of_small) = (&teams(&made.json)[0][large][0], &teams(&made.json)[0][1 - large][0]);
        let refused = moved(1 - large, of_small, &made).problem(409, "conflict");
        let breaks = &refused.json["breaks"][0];
        assert_eq!(breaks["kind"], json!("team_size"));
        assert_eq!(breaks["description"], "teams of 2 + 5 in week 1 instead of 3 to 4, as asked for");
        let after = moved(large, of_large, &made).is(200);
        assert_eq!(teams(&after.json)[0][1 - large].last(), Some(of_large));
        assert_eq!((after.json["version"].clone(), teams(&after.json)[0][large].len()), (json!(2), 3));
    }

    fn what_students_see_is_no_longer_edited(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        let url = format!("/v1/team-plans/{}", made.id());
        let part = publish(&fac, &made, Some(&[1])).is(200);
        let rounds = teams(&made.json);
        let swap = |seen: &crate::harness::Answer, week: usize| {
            let body = json!({"week": week, "people": of_two_teams(&rounds[week - 1])});
            having_seen(&fac.facilitator, seen).post(&format!("{url}/swaps"), body)
        };
        swap(&part, 1).problem(409, "weeks_published");
        let edited = swap(&part, 2).is(200);
        let whole = publish(&fac, &edited, None).is(200);
        swap(&whole, 2).problem(409, "plan_not_draft");
        let body = json!({"week": 2, "people": of_two_teams(&rounds[1])});
        fac.facilitator.post(&format!("{url}/swap-previews"), body).problem(409, "plan_not_draft");
    }
}
