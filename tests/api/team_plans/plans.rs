use chrono::NaiveDate;
use diesel::prelude::*;
use peerled::{
    cohorts::model::{CohortStatus, Phase},
    db::schema::{cohorts, enrolments, weeks},
    primitives::Id,
    solver_pool::Turn,
    students::model::PairKind,
};
use serde_json::json;

use super::{
    fours, having_seen, meetings, plan, publish, set_absent, set_rule, teams, tells_no_secret_to, week_teams, withdraw,
};
use crate::{
    harness::{Answer, World},
    on_every_database,
};

/// That of somebody at a campus.
fn turn(campus: Id) -> Turn {
    Turn {
        account: Id::new(),
        campus,
        cohort: Id::new(),
    }
}

on_every_database! {
    fn sixteen_students_for_five_weeks_never_meet_twice(world: World) {
        let fac = world.fac(5, 16);
        let made = plan(&fac, fours(1, 5)).is(201);
        assert_eq!(made.header("location"), format!("/v1/team-plans/{}", made.id()));
        assert_eq!((&made.json["status"], &made.json["version"]), (&json!("draft"), &json!(1)));
        assert_eq!(made.json["cohort_id"], json!(fac.cohort));
        let rounds = teams(&made.json);
        assert_eq!(rounds.len(), 5);
        assert!(rounds.iter().all(|round| round.len() == 4 && round.iter().all(|team| team.len() == 4)));
        let met = meetings(&rounds);
        assert!(met.len() == 120 && met.values().all(|times| *times == 1));
        let report = &made.json["report"];
        assert_eq!((&report["repeats"], &report["bound"], &report["proved_optimal"]), (&json!(0), &json!(0), &json!(true)));
        assert_eq!(report["stopped_early"], json!(false));
        let team = &made.json["rounds"][2]["teams"][1];
        assert_eq!((&team["name"], &made.json["rounds"][2]["published_at"]), (&json!("Team 2"), &json!(null)));
        assert!(team["members"][0]["person"]["name"].as_str().unwrap().starts_with("fac Student"));
        let roles: Vec<_> = (0..4).map(|at| team["members"][at]["role"].as_str().unwrap()).collect();
        assert!(["scrum_facilitator", "ux_lead", "qa", "devops"].iter().all(|role| roles.contains(role)));

        let read = fac.organiser.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        assert_eq!((&read.json, read.header("etag")), (&made.json, made.header("etag")));
        let seed = made.json["seed"].as_i64().unwrap();
        assert!((0..=(1 << 53)).contains(&seed));
        let mut same = fours(1, 5);
        same["seed"] = json!(seed);
        assert_eq!(teams(&plan(&fac, same).is(201).json), rounds);
    }

    fn the_next_draft_goes_on_with_what_was_planned_along(world: World) {
        // Twelve people in fours: two weeks without a repeat, and then the order of a course matters.
        let fac = world.fac(6, 12);
        let seeded = |weeks: (i32, i32), seed: i64| {
            let mut body = fours(weeks.0, weeks.1);
            body["seed"] = json!(seed);
            plan(&fac, body).is(201)
        };
        let moves = |plan: &Answer| plan.json["report"]["moves"].as_i64().unwrap();
        let (first, alone) = (seeded((1, 1), 7), seeded((3, 6), 7));
        publish(&fac, &first, None).is(200);
        let second = seeded((2, 2), 8);
        assert_eq!(second.json["report"]["with_later"], first.json["report"]["with_later"]);
        publish(&fac, &second, None).is(200);
        // Another seed, and yet the weeks as they were planned along with the second: there is little left to search.
        let rest = seeded((3, 6), 9);
        assert_eq!(rest.json["report"]["repeats"], second.json["report"]["with_later"]["repeats"]);
        assert!(moves(&rest) < moves(&alone), "{} {}", rest.text, alone.text);
        // What the next draft began from does not show.
        assert!(!rest.text.contains("planned_along"), "{}", rest.text);
    }

    fn a_week_is_formed_with_the_later_ones_in_mind(world: World) {
        // Three weeks formed without a look ahead seldom leave two more without repeats.
        let fac = world.fac(5, 16);
        for week in 1..=5 {
            let made = plan(&fac, fours(week, week)).is(201);
            assert_eq!(teams(&made.json).len(), 1);
            let report = &made.json["report"];
            let later = json!({"to_week": 5, "repeats": 0, "bound": 0});
            assert_eq!(report["with_later"], if week < 5 { later } else { json!(null) }, "{}", made.text);
            assert_eq!((&report["repeats"], &report["meetings"]), (&json!(0), &json!(24)));
            publish(&fac, &made, None).is(200);
        }
    }

    fn a_rerun_has_the_later_weeks_in_mind_too(world: World) {
        let fac = world.fac(5, 16);
        let made = plan(&fac, fours(1, 1)).is(201);
        let url = format!("/v1/team-plans/{}/reruns", made.id());
        let again = having_seen(&fac.facilitator, &made).post(&url, json!({"keep": [], "effort": "quick"})).is(200);
        let later = json!({"to_week": 5, "repeats": 0, "bound": 0});
        assert_eq!((&again.json["report"]["with_later"], &made.json["report"]["with_later"]), (&later, &later));
        assert_ne!(again.json["seed"], made.json["seed"]);
    }

    fn later_weeks_that_cannot_be_formed_hold_nothing_back(world: World) {
        let fac = world.fac(3, 8);
        let [a, b, c] = [0, 1, 2].map(|at: usize| fac.students[at].id.as_str());
        for (kind, pair) in [("together", [a, b]), ("together", [b, c]), ("apart", [a, c])] {
            let rule = json!({"kind": kind, "people": pair, "from_week": 3, "to_week": 3});
            fac.facilitator.post(&format!("/v1/cohorts/{}/pair-rules", fac.cohort), rule).is(201);
        }
        let first = plan(&fac, fours(1, 1)).is(201);
        assert_eq!(first.json["report"]["with_later"], json!(null));
        publish(&fac, &first, None).is(200);
        plan(&fac, fours(3, 3)).problem(422, "plan_infeasible");
    }

    fn a_plan_says_to_staff_alone_what_it_was_asked_for(world: World) {
        let fac = world.fac(3, 8);
        let pair = json!([fac.students[0].id, fac.students[5].id]);
        let mut body = fours(1, 3);
        body["sizes"] = json!({"2": [3, 5]});
        body["locks"] = json!([{"week": 1, "people": pair}]);
        body["rules"] = json!({"min_rounds_between": 3, "avoid_majority": [{"attribute": "gender", "value": "m"}],
            "prefer_new_teams": true});
        let made = plan(&fac, body.clone()).is(201);
        let asked = json!({"team_size": body["team_size"], "sizes": body["sizes"], "locks": body["locks"], "rules": body["rules"]});
        assert_eq!(made.json["asked"], asked);
        // Eight people in two teams a week cannot all be with others for three rounds.
        assert!(made.json["report"]["too_soon"].as_i64().unwrap() > 0, "{}", made.text);
        let missed = json!({"prefer_new_teams": made.json["report"]["spacing"]["same_teams"]});
        assert_eq!(made.json["report"]["missed"], missed);
        let url = format!("/v1/team-plans/{}", made.id());
        let again = having_seen(&fac.facilitator, &made).post(&format!("{url}/reruns"), json!({"keep": [], "effort": "quick"}));
        assert_eq!(again.is(200).json["asked"], asked);
        let read = fac.organiser.get(&url).is(200);
        assert_eq!(read.json["asked"], asked);
        publish(&fac, &read, None).is(200);

        let student = &fac.students[0];
        student.get(&url).problem(404, "not_found");
        let shown = week_teams(student, &fac, 1).is(200);
        let mine = shown.data().iter().find(|team| team.to_string().contains(&student.id)).unwrap();
        let team = format!("/v1/teams/{}", mine["id"].as_str().unwrap());
        let (alone, why) = (student.get(&team).is(200), student.get(&format!("{team}/explanation")).is(200));
        for seen in [&shown, &alone, &why] {
            tells_no_secret_to(student, seen);
            for secret in ["asked", "lock", "min_rounds_between", "prefer_new_teams", "too_soon", "missed", "notes"] {
                assert!(!seen.text.contains(secret), "{secret} in {}", seen.text);
            }
        }
    }

    fn only_staff_know_of_drafts(world: World) {
        let (fac, other) = (world.fac(2, 8), world.campus_with_cohort("other", 1, 1));
        let mentor = world.alumnus(&fac, "Alum");
        let made = plan(&fac, fours(1, 2)).is(201);
        let (all, one) = (format!("/v1/cohorts/{}/team-plans", fac.cohort), format!("/v1/team-plans/{}", made.id()));
        for stranger in [&fac.students[0], &other.organiser, &mentor] {
            stranger.post(&all, fours(1, 2)).problem(404, "not_found");
            stranger.get(&all).problem(404, "not_found");
            stranger.get(&one).problem(404, "not_found");
            stranger.get(&format!("{one}/explanation?person_id={}", fac.students[0].id)).problem(404, "not_found");
            let caller = having_seen(stranger, &made);
            caller.delete(&one).problem(404, "not_found");
            caller.post(&format!("{one}/publication"), json!({})).problem(404, "not_found");
            let pair = json!({"week": 1, "people": [fac.students[0].id, fac.students[1].id]});
            caller.post(&format!("{one}/swaps"), pair.clone()).problem(404, "not_found");
            caller.post(&format!("{one}/swap-previews"), pair).problem(404, "not_found");
        }
        let nobody = world.nobody();
        nobody.post(&all, fours(1, 2)).problem(401, "authentication_required");
        nobody.get(&all).problem(401, "authentication_required");
        nobody.get(&one).problem(401, "authentication_required");
        nobody.delete(&one).problem(401, "authentication_required");
        nobody.post(&format!("{one}/publication"), json!({})).problem(401, "authentication_required");
        fac.facilitator.get("/v1/team-plans/0000000000000").problem(404, "not_found");
        assert_eq!(fac.organiser.get(&all).is(200).data().len(), 1);
    }

    fn what_makes_no_sense_is_named_and_changes_nothing(world: World) {
        let fac = world.fac(3, 9);
        let (stranger, student) = (world.person("Stranger"), &fac.students[0]);
        let asked = |change: serde_json::Value| {
            let mut body = json!({"from_week": 1, "to_week": 2});
            body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
            plan(&fac, body)
        };
        asked(json!({"to_week": 4})).field("/to_week", "not_found");
        asked(json!({"from_week": 0})).field("/from_week", "not_found");
        asked(json!({"from_week": 3})).field("/to_week", "invalid");
        asked(json!({"weeks_per_round": 0})).field("/weeks_per_round", "invalid");
        asked(json!({"team_size": {"min": 1, "max": 4}})).field("/team_size/min", "invalid");
        asked(json!({"team_size": {"min": 4, "max": 3}})).field("/team_size", "invalid");
        asked(json!({"team_size": {"min": 4}})).field("/team_size/max", "required");
        asked(json!({"seed": -1})).field("/seed", "invalid");
        asked(json!({"seed": 1_u64 << 53})).field("/seed", "invalid");
        asked(json!({"team_sizes": 3})).field("/team_sizes", "unknown");
        asked(json!({"effort": "much"})).field("/effort", "invalid");
        asked(json!({"rules": {"mix": true}})).field("/rules/mix", "unknown");
        asked(json!({"rules": {"experience_tolerance": 6}})).field("/rules/experience_tolerance", "invalid");
        asked(json!({"rules": {"min_rounds_between": 51}})).field("/rules/min_rounds_between", "invalid");
        asked(json!({"rules": {"avoid_majority": [{"attribute": "gender"}]}})).field("/rules/avoid_majority/0/value", "required");
        asked(json!({"sizes": {"3": [3, 3, 3]}})).field("/sizes/3", "not_found");
        asked(json!({"sizes": {"one": [3, 3, 3]}})).field("/sizes/one", "not_found");
        asked(json!({"sizes": {"1/2": [3, 3, 3]}})).field("/sizes/1~12", "not_found");
        asked(json!({"team_size": [3, 4]})).field("/team_size", "invalid");
        asked(json!({"sizes": {"1": [4, 4]}})).field("/sizes/1", "invalid");
        asked(json!({"sizes": {"1": [8, 1]}})).field("/sizes/1/1", "invalid");
        asked(json!({"weeks_per_round": 2, "sizes": {"1": [4, 5], "2": [4, 5]}})).field("/sizes/2", "invalid");
        let lock = |week: i32, people: &[&str]| asked(json!({"locks": [{"week": week, "people": people}]}));
        lock(3, &[&student.id, &fac.students[1].id]).field("/locks/0/week", "not_found");
        lock(1, &[&student.id]).field("/locks/0/people", "invalid");
        lock(1, &[&student.id, &student.id]).field("/locks/0/people/1", "invalid");
        lock(1, &[&student.id, &stranger.id]).field("/locks/0/people/1", "not_found");
        set_absent(&world, &fac, 1, student);
        lock(1, &[&fac.students[1].id, &student.id]).field("/locks/0/people/1", "absent");
        assert!(fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200).data().is_empty());
    }

    fn sizes_follow_what_was_asked(world: World) {
        let fac = world.fac(3, 9);
        let sizes = |body: serde_json::Value| -> Vec<Vec<usize>> {
            let rounds = teams(&plan(&fac, body).is(201).json);
            rounds.iter().map(|round| {
                let mut sizes: Vec<usize> = round.iter().map(Vec::len).collect();
                sizes.sort_unstable();
                sizes
            }).collect()
        };
        assert_eq!(sizes(json!({"from_week": 1, "to_week": 1, "team_size": {"min": 3, "max": 4}})), [[3, 3, 3]]);
        assert_eq!(sizes(json!({"from_week": 1, "to_week": 1})), [[3, 3, 3]]);
        assert_eq!(sizes(json!({"from_week": 1, "to_week": 1, "team_size": {"min": 4, "max": 5}})), [[4, 5]]);
        let mixed = sizes(json!({"from_week": 1, "to_week": 2, "sizes": {"2": [5, 4]}, "effort": "quick"}));
        assert_eq!(mixed, [vec![3, 3, 3], vec![4, 5]]);
        let five: Vec<&str> = fac.students[..5].iter().map(|student| student.id.as_str()).collect();
        let body = json!({"from_week": 1, "to_week": 1, "sizes": {"1": [3, 3, 3]}, "locks": [{"week": 1, "people": five}]});
        let refused = plan(&fac, body).problem(422, "plan_infeasible");
        assert_eq!(refused.json["conflict"][1]["description"], "teams of 3 + 3 + 3 in week 1", "{}", refused.text);
        for student in &fac.students[..2] {
            set_absent(&world, &fac, 3, student);
        }
        let refused = plan(&fac, json!({"from_week": 3, "to_week": 3, "team_size": {"min": 5, "max": 5}})).problem(422, "plan_infeasible");
        assert_eq!((&refused.json["week"], &refused.json["errors"][0]["pointer"]), (&json!(3), &json!("/team_size")));
        assert_eq!(refused.json["conflict"][0]["kind"], json!("team_size"));
        assert_eq!(refused.json["relaxations"][0]["team_size"], json!({"min": 5, "max": 7}));
        for student in &fac.students[2..7] {
            set_absent(&world, &fac, 3, student);
        }
        let few = plan(&fac, json!({"from_week": 3, "to_week": 3})).problem(422, "plan_infeasible");
        assert_eq!(few.json["errors"][0]["pointer"], "/team_size");
        for student in &fac.students[7..] {
            set_absent(&world, &fac, 3, student);
        }
        plan(&fac, json!({"from_week": 3, "to_week": 3})).field("/from_week", "no_students");
    }

    fn whoever_is_absent_left_or_has_not_come_yet_is_in_no_team(world: World) {
        let fac = world.fac(3, 13);
        let [ill, late, early, gone] = [0, 1, 2, 3].map(|at| fac.students[at].clone());
        set_absent(&world, &fac, 2, &ill);
        withdraw(&world, &fac, &gone.id);
        let (cohort, late_id, early_id) = (Id::parse(&fac.cohort).unwrap(), Id::parse(&late.id).unwrap(), Id::parse(&early.id).unwrap());
        world.db(move |conn| {
            let day = |day| NaiveDate::from_ymd_opt(2026, 1, day).unwrap();
            diesel::update(enrolments::table.find((cohort, late_id))).set(enrolments::joined_on.eq(day(14))).execute(conn)?;
            diesel::update(enrolments::table.find((cohort, early_id))).set(enrolments::left_on.eq(day(16))).execute(conn)?;
            Ok(())
        });
        let sizes = json!({"min": 3, "max": 5});
        let made = plan(&fac, json!({"from_week": 1, "to_week": 3, "team_size": sizes, "effort": "quick"})).is(201);
        let rounds = teams(&made.json);
        let there = |week: usize, user: &crate::harness::User| rounds[week - 1].iter().flatten().any(|id| *id == user.id);
        assert_eq!([1, 2, 3].map(|week| there(week, &ill)), [true, false, true]);
        assert_eq!([1, 2, 3].map(|week| there(week, &late)), [false, true, true]);
        assert_eq!([1, 2, 3].map(|week| there(week, &early)), [true, true, false]);
        assert_eq!([1, 2, 3].map(|week| there(week, &gone)), [false; 3]);
        // In a round of two weeks they are there if they are there in one of them.
        let made = plan(&fac, json!({"from_week": 1, "to_week": 2, "weeks_per_round": 2, "team_size": sizes, "effort": "quick"})).is(201);
        assert_eq!((&made.json["rounds"][0]["first_week"], &made.json["rounds"][0]["last_week"]), (&json!(1), &json!(2)));
        assert_eq!(teams(&made.json)[0].iter().flatten().count(), 12);
    }

    fn rules_and_locks_hold_in_their_weeks(world: World) {
        let fac = world.fac(4, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        set_rule(&world, &fac, PairKind::Apart, [ids[0], ids[1]], None);
        set_rule(&world, &fac, PairKind::Together, [ids[2], ids[3]], Some((2, 3)));
        let locks = json!([{"week": 4, "people": [ids[5], ids[4], ids[6]]}]);
        let mut body = fours(1, 4);
        body["locks"] = locks;
        let rounds = teams(&plan(&fac, body).is(201).json);
        let together = |week: usize, people: &[&str]| {
            rounds[week - 1].iter().any(|team| people.iter().all(|id| team.iter().any(|member| member == id)))
        };
        assert!((1..=4).all(|week| !together(week, &ids[..2])));
        assert!((2..=3).all(|week| together(week, &ids[2..4])));
        assert!(together(4, &ids[4..7]));
    }

    fn a_contradiction_is_named_with_what_would_help(world: World) {
        let fac = world.fac(3, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let apart = set_rule(&world, &fac, PairKind::Apart, [ids[0], ids[2]], Some((2, 3)));
        set_rule(&world, &fac, PairKind::Apart, [ids[4], ids[5]], None);
        let mut body = fours(1, 3);
        body["locks"] = json!([{"week": 1, "people": [ids[0], ids[2]]}, {"week": 3, "people": [ids[0], ids[1], ids[2]]}]);
        let refused = plan(&fac, body).problem(422, "plan_infeasible");
        let conflict = refused.json["conflict"].as_array().unwrap();
        assert_eq!((conflict.len(), &refused.json["week"]), (2, &json!(3)));
        let rule = conflict.iter().find(|demand| demand["kind"] == "pair_rule").unwrap();
        assert_eq!((&rule["id"], &rule["rule"], &rule["week"]), (&json!(apart), &json!("apart"), &json!(3)));
        assert_eq!(rule["people"][1], json!({"id": ids[2], "name": fac.students[2].name}));
        let lock = conflict.iter().find(|demand| demand["kind"] == "lock").unwrap();
        assert_eq!((&lock["lock"], lock["people"].as_array().unwrap().len()), (&json!(1), 3));
        let ways = refused.json["relaxations"].as_array().unwrap();
        assert!(ways.iter().any(|way| way["drop"][0]["id"] == json!(apart) && way["weeks"] == json!([3])));
        assert!(ways.iter().any(|way| way["drop"][0]["kind"] == "lock"));
        assert!(!refused.text.contains("lock:") && !refused.text.contains("rule:"), "{}", refused.text);
        // A lock that is larger than a team clashes with the sizes.
        let mut body = fours(1, 1);
        body["locks"] = json!([{"week": 1, "people": ids[..5]}]);
        let refused = plan(&fac, body).problem(422, "plan_infeasible");
        assert_eq!(refused.json["conflict"][0]["kind"], "lock");
        assert!(fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200).data().is_empty());
    }

    fn published_weeks_are_not_planned_again_and_count_as_history(world: World) {
        let fac = world.fac(5, 16);
        let first = plan(&fac, fours(1, 2)).is(201);
        publish(&fac, &first, None).is(200);
        for (from, to) in [(1, 2), (2, 3), (1, 5)] {
            let refused = plan(&fac, fours(from, to)).problem(409, "weeks_published");
            assert!(refused.json["weeks"].as_array().unwrap().contains(&json!(2)));
        }
        let second = plan(&fac, fours(3, 5)).is(201);
        let rounds: Vec<_> = [teams(&first.json), teams(&second.json)].concat();
        assert!(meetings(&rounds).values().all(|times| *times == 1));
        assert_eq!(second.json["report"]["fresh_meetings"], json!(72));
    }

    fn several_weeks_make_one_round_and_reading_weeks_have_no_teams(world: World) {
        let fac = world.fac(6, 8);
        let cohort = Id::parse(&fac.cohort).unwrap();
        world.db(move |conn| {
            diesel::update(weeks::table.find((cohort, 3))).set(weeks::phase.eq(Phase::Reading)).execute(conn)?;
            Ok(())
        });
        let mut body = fours(1, 6);
        body["weeks_per_round"] = json!(2);
        let made = plan(&fac, body).is(201);
        let rounds: Vec<_> = made.json["rounds"].as_array().unwrap().iter().map(|round| [round["first_week"].clone(), round["last_week"].clone()]).collect();
        assert_eq!(json!(rounds), json!([[1, 2], [4, 5], [6, 6]]));
        assert_eq!(teams(&plan(&fac, fours(3, 3)).is(201).json).len(), 1);
        plan(&fac, fours(2, 4)).is(201);
    }

    fn of_many_at_once_for_one_cohort_each_is_done_or_told_to_wait(world: World) {
        let fac = world.fac(5, 16);
        let mut statuses: Vec<u16> = std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4).map(|_| scope.spawn(|| plan(&fac, fours(1, 5)).status)).collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        statuses.sort_unstable();
        assert!(statuses[0] == 201 && statuses.iter().all(|status| [201, 409].contains(status)), "{statuses:?}");
        let made = statuses.iter().filter(|status| **status == 201).count();
        assert_eq!(fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200).data().len(), made);
    }

    fn a_cohort_that_is_over_gets_no_more_teams(world: World) {
        let fac = world.fac(2, 8);
        let cohort = Id::parse(&fac.cohort).unwrap();
        let draft = plan(&fac, fours(1, 2)).is(201);
        world.db(move |conn| {
            diesel::update(cohorts::table.find(cohort)).set(cohorts::status.eq(CohortStatus::Graduated)).execute(conn)?;
            Ok(())
        });
        plan(&fac, fours(1, 2)).problem(409, "conflict");
        publish(&fac, &draft, None).problem(409, "conflict");
    }

    fn plans_are_listed_newest_first_and_drafts_discarded(world: World) {
        let fac = world.fac(3, 8);
        let made: Vec<_> = (1..=3).map(|week| plan(&fac, fours(week, week)).is(201)).collect();
        let list = format!("/v1/cohorts/{}/team-plans", fac.cohort);
        let page = fac.facilitator.get(&format!("{list}?limit=2")).is(200);
        assert_eq!([page.data()[0]["id"].clone(), page.data()[1]["id"].clone()], [json!(made[2].id()), json!(made[1].id())]);
        let next = format!("{list}?limit=2&cursor={}", page.json["page"]["next_cursor"].as_str().unwrap());
        assert_eq!(fac.facilitator.get(&next).is(200).data()[0]["id"], json!(made[0].id()));
        fac.facilitator.get(&format!("{list}?status=secret")).problem(400, "invalid_parameter");

        let one = format!("/v1/team-plans/{}", made[0].id());
        fac.facilitator.delete(&one).problem(428, "precondition_required");
        fac.facilitator.with("If-Match", "\"7\"").delete(&one).problem(412, "precondition_failed");
        having_seen(&fac.facilitator, &made[0]).delete(&one).is(204);
        fac.facilitator.get(&one).problem(404, "not_found");
        let published = publish(&fac, &made[1], None).is(200);
        having_seen(&fac.facilitator, &published).delete(&format!("/v1/team-plans/{}", made[1].id())).problem(409, "plan_not_draft");
        assert_eq!(fac.facilitator.get(&format!("{list}?status=published")).is(200).data().len(), 1);
    }

    fn of_a_plan_seen_in_part_the_rest_is_discarded(world: World) {
        let fac = world.fac(3, 8);
        let made = plan(&fac, fours(1, 3)).is(201);
        let seen = publish(&fac, &made, Some(&[1])).is(200);
        let url = format!("/v1/team-plans/{}", made.id());
        having_seen(&fac.facilitator, &seen).delete(&url).is(204);
        let left = fac.facilitator.get(&url).is(200);
        assert_eq!((left.json["rounds"].as_array().unwrap().len(), &left.json["status"]), (1, &json!("published")));
        plan(&fac, fours(2, 3)).is(201);
    }

    fn explains_whom_somebody_is_with(world: World) {
        let fac = world.fac(6, 16);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let rule = set_rule(&world, &fac, PairKind::Apart, [ids[0], ids[1]], Some((6, 6)));
        publish(&fac, &plan(&fac, fours(1, 5)).is(201), None).is(200);
        let made = plan(&fac, fours(6, 6)).is(201);
        let url = format!("/v1/team-plans/{}/explanation", made.id());
        let told = fac.facilitator.get(&format!("{url}?person_id={}", ids[0])).is(200).json;
        let round = &told["rounds"][0];
        assert_eq!((&round["fresh"], &round["repeats"], &told["met"]), (&json!(0), &json!(3), &json!(15)));
        assert_eq!(round["with"][0]["met_before"], json!(1));
        assert_eq!((&round["rules"][0]["id"], &round["rules"][0]["kept"]), (&json!(rule), &json!(true)));
        let roles: i64 = told["roles"].as_object().unwrap().values().map(|times| times.as_i64().unwrap()).sum();
        assert_eq!(roles, 6);
        let missing = fac.facilitator.get(&url).problem(400, "invalid_parameter");
        assert_eq!(missing.json["errors"][0]["pointer"], "?person_id");
        let stranger = fac.facilitator.get(&format!("{url}?person_id={}", fac.facilitator.id));
        stranger.problem(400, "invalid_parameter");
    }

    fn explains_why_two_are_together_or_not(world: World) {
        let fac = world.fac(5, 16);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        let rule = set_rule(&world, &fac, PairKind::Apart, [ids[0], ids[1]], Some((1, 2)));
        let made = plan(&fac, fours(1, 5)).is(201);
        let ask = |with: &str, week: &str| {
            let url = format!("/v1/team-plans/{}/explanation?person_id={}", made.id(), ids[0]);
            fac.facilitator.get(&format!("{url}{with}{week}"))
        };
        let apart = ask(&format!("&with={}", ids[1]), "&week=1").is(200).json["pair"].clone();
        assert_eq!((&apart["together"], &apart["demands"][0]["id"]), (&json!(false), &json!(rule)));
        assert_eq!((&apart["otherwise"], &apart["other"]["id"]), (&json!(null), &json!(ids[1])));
        let round = &teams(&made.json)[3];
        let team = round.iter().find(|team| team.iter().any(|id| id == ids[0])).unwrap();
        let mate = team.iter().find(|id| *id != ids[0]).unwrap();
        let together = ask(&format!("&with={mate}"), "&week=4").is(200).json["pair"].clone();
        assert_eq!((&together["together"], &together["demands"]), (&json!(true), &json!([])));
        let swap: Vec<_> = (0..2).map(|at| together["otherwise"]["swap"][at]["id"].clone()).collect();
        let body = json!({"week": 4, "people": swap});
        let preview = format!("/v1/team-plans/{}/swap-previews", made.id());
        let preview = fac.facilitator.post(&preview, body).is(200);
        assert_eq!(preview.json["change"], together["otherwise"]["change"]);
        for (with, week, wrong) in [
            (format!("&with={mate}"), "", "?week"),
            (String::new(), "&week=1", "?with"),
            (format!("&with={}", ids[0]), "&week=1", "?with"),
            (format!("&with={}", fac.facilitator.id), "&week=1", "?with"),
            (format!("&with={mate}"), "&week=9", "?week"),
        ] {
            let refused = ask(&with, week).problem(400, "invalid_parameter");
            assert_eq!(refused.json["errors"][0]["pointer"], wrong);
        }
    }

    fn says_who_is_absent_instead_of_what_their_company_would_cost(world: World) {
        let fac = world.fac(3, 8);
        let ids: Vec<&str> = fac.students.iter().map(|student| student.id.as_str()).collect();
        set_absent(&world, &fac, 2, &fac.students[0]);
        let made = plan(&fac, json!({"from_week": 1, "to_week": 3, "team_size": {"min": 3, "max": 4}})).is(201);
        let ask = |week: i32| {
            let url = format!("/v1/team-plans/{}/explanation?person_id={}&with={}&week={week}", made.id(), ids[0], ids[1]);
            fac.facilitator.get(&url).is(200).json["pair"].clone()
        };
        let away = ask(2);
        assert_eq!((&away["absent"][0]["id"], away["absent"].as_array().unwrap().len()), (&json!(ids[0]), 1));
        assert_eq!((&away["together"], &away["otherwise"], &away["planned_anew"]), (&json!(false), &json!(null), &json!(null)));
        let there = ask(3);
        assert_eq!(there["absent"], json!([]));
        assert!(there["planned_anew"].is_object(), "{there}");
    }

    fn no_swap_is_named_that_breaks_a_rule_made_since(world: World) {
        let fac = world.fac(2, 8);
        let made = plan(&fac, fours(1, 2)).is(201);
        publish(&fac, &made, Some(&[1])).is(200);
        // The published teams break a rule, and the draft must keep two pairs apart from now on.
        let (seen, draft) = (&teams(&made.json)[0], &teams(&made.json)[1]);
        set_rule(&world, &fac, PairKind::Apart, [&seen[0][0], &seen[0][1]], Some((1, 1)));
        let (a, b) = (&draft[0][0], &draft[0][1]);
        for other in &draft[1][..3] {
            set_rule(&world, &fac, PairKind::Apart, [a, other], Some((2, 2)));
        }
        let url = format!("/v1/team-plans/{}", made.id());
        let pair = fac.facilitator.get(&format!("{url}/explanation?person_id={a}&with={b}&week=2")).is(200).json["pair"].clone();
        let swap = [0, 1].map(|at| pair["otherwise"]["swap"][at]["id"].clone());
        assert!(swap.contains(&json!(b)), "{pair}");
        let preview = fac.facilitator.post(&format!("{url}/swap-previews"), json!({"week": 2, "people": swap})).is(200);
        assert_eq!(preview.json["allowed"], json!(true), "{}", preview.text);
        let price = &pair["planned_anew"];
        assert!(price["repeats_at_least"].as_i64() <= price["repeats_at_most"].as_i64(), "{price}");
        assert!(price["repeats_at_most"].as_i64().unwrap() < 1000, "{price}");
    }

    fn what_changes_while_teams_are_formed_is_noticed(world: World) {
        let fac = world.fac(2, 8);
        let pool = &world.state.solver_pool;
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let ended = std::sync::Arc::new(std::sync::Mutex::new(ended));
        // All threads that form teams are busy with other cohorts, so that this one has to wait.
        let threads = std::thread::available_parallelism().unwrap().get();
        let busy = (0..threads).map(|_| {
            let ended = ended.clone();
            pool.run(turn(Id::new()), move |_| {
                let _ = ended.lock().unwrap().recv();
            })
        });
        let pause = |millis| std::thread::sleep(std::time::Duration::from_millis(millis));
        let (refused, waiting) = std::thread::scope(|scope| {
            let asking = scope.spawn(|| {
                pause(200);
                plan(&fac, fours(1, 2))
            });
            let changing = scope.spawn(|| {
                pause(900);
                let waiting = plan(&fac, fours(1, 2));
                fac.students[..4].iter().for_each(|student| set_absent(&world, &fac, 1, student));
                drop(end);
                waiting
            });
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(futures_util::future::join_all(busy));
            (asking.join().unwrap(), changing.join().unwrap())
        });
        waiting.problem(409, "conflict");
        refused.problem(409, "roster_changed");
        let plans = fac.facilitator.get(&format!("/v1/cohorts/{}/team-plans", fac.cohort)).is(200);
        assert!(plans.data().is_empty());
    }

    fn a_campus_that_asks_much_does_not_keep_others_waiting(world: World) {
        let (fac, other) = (world.fac(1, 8), world.campus_with_cohort("other", 1, 8));
        let (pool, campus) = (&world.state.solver_pool, Id::parse(&fac.campus).unwrap());
        let served = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
        let runs = 4 * pool.threads() + 8;
        let own = (0..runs).map(|_| {
            let served = served.clone();
            pool.run(turn(campus), move |_| {
                std::thread::sleep(std::time::Duration::from_millis(300));
                served.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            })
        });
        std::thread::scope(|scope| {
            let asking = scope.spawn(|| {
                std::thread::sleep(std::time::Duration::from_millis(100));
                plan(&other, fours(1, 1)).is(201);
                served.load(std::sync::atomic::Ordering::Relaxed)
            });
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            runtime.block_on(futures_util::future::join_all(own));
            let before = asking.join().unwrap();
            assert!(before < runs - 2, "{before} of {runs}");
        });
    }

    fn a_plan_is_made_once_for_one_key(world: World) {
        let fac = world.fac(2, 8);
        let url = format!("/v1/cohorts/{}/team-plans", fac.cohort);
        let caller = fac.facilitator.with("Idempotency-Key", "k1");
        let first = caller.post(&url, fours(1, 2)).is(201);
        let again = caller.post(&url, fours(1, 2)).is(201);
        assert_eq!((&first.json, again.header("idempotent-replayed")), (&again.json, "true"));
        for header in ["etag", "location"] {
            assert_eq!(again.header(header), first.header(header));
        }
        assert_eq!(fac.facilitator.get(&url).is(200).data().len(), 1);
    }
}
