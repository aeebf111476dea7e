//! A week's board.

use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use crate::{
    harness::{User, World},
    on_every_database,
    team_plans::{fours, plan, publish, set_absent},
};

on_every_database! {
    fn a_week_is_arranged_from_one_answer(world: World) {
        let fac = world.fac(3, 8);
        let board = |week: i32| {
            let path = format!("/v1/cohorts/{}/board?week={week}", fac.cohort);
            fac.facilitator.get(&path).is(200).json
        };
        set_absent(&world, &fac, 2, &fac.students[3]);
        let empty = board(2);
        assert_eq!((&empty["plan"], empty["teams"].as_array().unwrap().len()), (&json!(null), 0));
        let absent: Vec<_> = empty["students"].as_array().unwrap().iter().filter(|student| student["absent"] == true).collect();
        assert_eq!((absent.len(), &absent[0]["person"]["id"]), (1, &json!(fac.students[3].id)));
        assert_eq!(absent[0]["absence_reason"], "A reason that is nobody's business");

        let first = plan(&fac, fours(1, 1)).is(201);
        publish(&fac, &first, None).is(200);
        let (older, newer) = (
            plan(&fac, json!({"from_week": 2, "to_week": 3, "effort": "quick"})).is(201),
            plan(&fac, json!({"from_week": 2, "to_week": 2, "effort": "quick"})).is(201),
        );
        let draft = board(2);
        assert_eq!(draft["plan"]["id"], newer.json["id"]);
        assert_eq!(draft["plan"]["other_drafts"], json!([older.id()]));
        assert_eq!((&draft["plan"]["published_at"], &draft["plan"]["broken"]), (&json!(null), &json!([])));
        assert_eq!(draft["plan"]["repeats"], newer.json["report"]["repeats"]);
        let seated: usize = draft["teams"].as_array().unwrap().iter().map(|team| team["members"].as_array().unwrap().len()).sum();
        assert_eq!(seated, 7);
        // Twelve pairs met in the two teams of the first week.
        assert_eq!(draft["encounters"].as_array().unwrap().len(), 12);

        // A rule made since, which the draft breaks.
        let team = &draft["teams"][0]["members"];
        let pair = json!({"kind": "apart", "people": [team[0]["person_id"], team[1]["person_id"]]});
        fac.facilitator.post(&format!("/v1/cohorts/{}/pair-rules", fac.cohort), pair).is(201);
        let broken = board(2);
        assert_eq!(broken["plan"]["broken"].as_array().unwrap().len(), 1, "{broken}");

        let published = board(1);
        assert_eq!(published["plan"]["id"], first.json["id"]);
        assert!(published["plan"]["published_at"].is_string());
    }

    fn a_draft_with_somebody_who_is_not_there_is_told_as_broken(world: World) {
        let fac = world.coming_fac(2, 8);
        plan(&fac, fours(1, 1)).is(201);
        plan(&fac, json!({"from_week": 2, "to_week": 2, "effort": "quick"})).is(201);
        let broken = |week: i32| -> Vec<_> {
            let board = fac.facilitator.get(&format!("/v1/cohorts/{}/board?week={week}", fac.cohort)).is(200).json;
            assert_eq!(board["plan"]["published_at"], json!(null));
            let told = |demand: &Value| {
                assert_eq!((&demand["week"], demand["people"].as_array().unwrap().len()), (&json!(week), 1));
                (demand["kind"].as_str().unwrap().to_owned(), demand["people"][0]["id"].as_str().unwrap().to_owned())
            };
            board["plan"]["broken"].as_array().unwrap().iter().map(told).collect()
        };
        assert_eq!((broken(1), broken(2)), (vec![], vec![]));
        let [gone, absent] = [0, 1].map(|at| &fac.students[at]);
        set_absent(&world, &fac, 2, absent);
        let told = |kind: &str, who: &User| (kind.to_owned(), who.id.clone());
        assert_eq!((broken(1), broken(2)), (vec![], vec![told("absent", absent)]));
        world.enrol_again(&fac, gone, EnrolmentStatus::Withdrawn);
        let joiner = world.person("Late");
        world.enrol(&fac, &joiner, EnrolmentStatus::Enrolled);
        let moved = || vec![told("left", gone), told("without_team", &joiner)];
        assert_eq!(broken(1), moved());
        assert_eq!(broken(2), [told("left", gone), told("absent", absent), told("without_team", &joiner)]);
    }

    fn is_for_the_staff_alone(world: World) {
        let fac = world.fac(1, 4);
        let path = format!("/v1/cohorts/{}/board", fac.cohort);
        assert_eq!(fac.organiser.get(&path).is(200).json["week"]["number"], 1);
        fac.students[0].get(&path).problem(404, "not_found");
        world.campus_with_cohort("other", 1, 1).organiser.get(&path).problem(404, "not_found");
        fac.organiser.get(&format!("{path}?week=7")).problem(404, "not_found");
        fac.organiser.get(&format!("{path}?weeks=1")).problem(400, "invalid_parameter");
    }
}
