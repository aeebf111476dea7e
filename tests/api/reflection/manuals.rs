use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use super::MANUAL;
use crate::{
    harness::World,
    on_every_database,
    work::{publish_weeks, teams},
};

on_every_database! {
    fn whoever_shares_a_cohort_reads_how_somebody_works(world: World) {
        let (fac, away) = (world.fac(3, 4), world.campus_with_cohort("away", 1, 1));
        world.begin_week(&fac, 3, 30);
        let amal = &fac.students[0];
        let path = format!("/v1/people/{}/manual", amal.id);
        let empty = amal.get(MANUAL).is(200).json;
        assert_eq!((&empty["how_i_work"], &empty["version"], &empty["updated_at"]), (&Value::Null, &json!(0), &Value::Null));
        fac.students[1].get(&path).problem(404, "not_found");
        let first = amal.put(MANUAL, json!({"how_i_work": "Slowly before ten.", "how_i_like_feedback": "At once."})).is(200);
        assert_eq!(first.json["version"], 1);
        assert_eq!(amal.get(MANUAL).is(200).json, first.json);
        let mentor = world.alumnus(&fac, "Mona");
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = fac.facilitator.post(&slots, json!({"week": 3, "kind": "week", "min": 1, "capacity": 1})).is(201).id();
        mentor.get(&path).problem(404, "not_found");
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        mentor.get(&path).problem(404, "not_found");
        world.begin_week(&fac, 3, 2);
        for reader in [amal, &fac.students[1], &fac.facilitator, &fac.organiser, &mentor] {
            assert_eq!(reader.get(&path).is(200).json, first.json);
        }
        let member = format!("/v1/campuses/{}/members/{}", fac.campus, mentor.id);
        mentor.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        fac.facilitator.delete(&member).is(204);
        let hand_over = format!("/v1/cohorts/{}/weeks/3/hand-over", fac.cohort);
        for gone in [&path, &hand_over, &format!("/v1/cohorts/{}/actions", fac.cohort)] {
            mentor.get(gone).problem(404, "not_found");
        }
        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.get(&path).problem(404, "not_found");
        }
        world.nobody().get(&path).problem(401, "authentication_required");
        // As a whole: what is left out is cleared.
        let stale = amal.with("If-Match", first.header("etag"));
        let second = stale.put(MANUAL, json!({"good_to_know": "I have two cats."})).is(200).json;
        assert_eq!((&second["how_i_work"], &second["version"]), (&Value::Null, &json!(2)));
        stale.put(MANUAL, json!({})).problem(412, "precondition_failed");
        assert_eq!(amal.put(MANUAL, json!({"good_to_know": "I have two cats."})).is(200).json, second, "no new version");
        amal.put(MANUAL, json!({"how_i_sleep": "Well."})).field("/how_i_sleep", "unknown");
        // Who has left shares nothing any more, and neither does a cohort that is over.
        world.enrol_again(&fac, &fac.students[1], EnrolmentStatus::Withdrawn);
        fac.students[1].get(&path).problem(404, "not_found");
        world.set_status(&fac, "graduated");
        fac.students[2].get(&path).problem(404, "not_found");
    }

    fn a_manual_that_says_nothing_any_more_counts_as_none(world: World) {
        let fac = world.fac(1, 4);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let (owner, mate) = (&team.members[1], &team.members[0]);
        let path = format!("/v1/people/{}/manual", owner.id);
        let linked = || {
            let week = mate.get("/v1/me/week?week=1").is(200).json;
            week["team"]["mates"].as_array().unwrap().iter().filter(|mate| !mate["manual"].is_null()).count()
        };
        for (texts, says_something) in [
            (json!({"how_i_like_feedback": "At once."}), true),
            (json!({}), false),
            (json!({"how_to_reach_me": "By bike."}), true),
            (json!({"how_i_work": null, "good_to_know": null}), false),
        ] {
            owner.put(MANUAL, texts).is(200);
            match says_something {
                true => drop(mate.get(&path).is(200)),
                false => drop(mate.get(&path).problem(404, "not_found")),
            }
            assert_eq!(linked(), usize::from(says_something));
        }
        // Its owner goes on from the version that was emptied.
        assert_eq!(owner.get(MANUAL).is(200).json["version"], 4);
    }

    fn a_week_links_the_manuals_of_the_team(world: World) {
        let fac = world.fac(1, 4);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        team.members[1].put(MANUAL, json!({"how_i_work": "Aloud."})).is(200);
        let week = team.members[0].get("/v1/me/week?week=1").is(200).json;
        let mates = week["team"]["mates"].as_array().unwrap().clone();
        for mate in mates {
            let id = mate["person"]["id"].as_str().unwrap();
            let expected = match id == team.members[1].id {
                true => json!(format!("/v1/people/{id}/manual")),
                false => Value::Null,
            };
            assert_eq!(mate["manual"], expected);
        }
    }
}
