//! Open projects, and hints only for teams that ask.

use serde_json::{Value, json};

use super::{Team, all_at_once, project_path, publish_weeks, submissions_path, teams, work};
use crate::{
    harness::{Fac, User, World},
    mentoring::slot_in,
    on_every_database,
};

/// The hints of week 1, which is open and has so many.
fn open(fac: &Fac, hints: usize) -> String {
    let project = project_path(fac, 1);
    let asked = json!({"open": true, "question": "How does a map know where you are?"});
    let opened = fac.facilitator.patch(&project, asked.clone()).is(200).json;
    assert_eq!(
        (&opened["open"], &opened["question"]),
        (&asked["open"], &asked["question"])
    );
    let path = format!("{project}/hints");
    for number in 1..=hints {
        let made = fac
            .facilitator
            .post(&path, json!({"body": format!("Hint {number}")}))
            .is(201);
        assert_eq!(
            (&made.json["number"], made.header("location")),
            (&json!(number), &*path)
        );
    }
    path
}

fn ask(who: &User, hints: &str, number: i64) -> crate::harness::Answer {
    who.post(&format!("{hints}/requests"), json!({"number": number}))
}

/// The bodies that somebody sees.
fn bodies(who: &User, hints: &str) -> Vec<String> {
    let seen = who.get(hints).is(200).json;
    let body = |hint: &Value| hint["body"].as_str().unwrap().to_owned();
    seen["hints"].as_array().unwrap().iter().map(body).collect()
}

fn two_teams(world: &World) -> (Fac, [Team; 2]) {
    let fac = world.fac(2, 4);
    publish_weeks(&fac, 2, 1, 1);
    let teams: [Team; 2] = teams(&fac, 1).try_into().unwrap_or_else(|_| panic!("two teams"));
    (fac, teams)
}

on_every_database! {
    fn a_team_sees_what_it_asked_for_and_the_cohort_sees_that_it_asked(world: World) {
        let (fac, [one, other]) = two_teams(&world);
        let hints = open(&fac, 2);
        let asker = &one.members[0];
        let seen = asker.get(&hints).is(200).json;
        assert_eq!((&seen["count"], &seen["hints"], &seen["requests"]), (&json!(2), &json!([]), &json!([])));
        assert_eq!((&seen["week"], &seen["open"]), (&json!(1), &json!(true)));

        assert_eq!(ask(asker, &hints, 1).is(201).json["body"], "Hint 1");
        assert_eq!(bodies(&one.members[1], &hints), ["Hint 1"]);
        assert!(bodies(&other.members[0], &hints).is_empty());
        assert_eq!(bodies(&fac.facilitator, &hints), ["Hint 1", "Hint 2"]);
        let told = other.members[0].get(&hints).is(200).json;
        assert_eq!((&told["requests"][0]["team"]["id"], &told["requests"][0]["number"]), (&json!(one.id), &json!(1)));

        // Again it is the same one; later ones come in their order, and there are no more than there are.
        assert_eq!(ask(&one.members[1], &hints, 1).is(200).json["body"], "Hint 1");
        ask(&other.members[0], &hints, 2).field("/number", "invalid");
        ask(&other.members[0], &hints, 0).field("/number", "invalid");
        ask(asker, &hints, 2).is(201);
        ask(asker, &hints, 3).field("/number", "not_found");
        assert_eq!(bodies(asker, &hints), ["Hint 1", "Hint 2"]);

        let week = other.members[0].get(&format!("/v1/cohorts/{}/weeks/1/submissions", fac.cohort)).is(200);
        let used = |team: &Team| week.data().iter().find(|row| row["team"]["id"] == json!(team.id)).unwrap()["hints_used"].clone();
        assert_eq!((used(&one), used(&other)), (json!(2), json!(0)));
        asker.post(&submissions_path(&one), work("map")).is(201);
        let mine = asker.get("/v1/me/week?week=1").is(200).json;
        assert_eq!((&mine["hints"][1], &mine["hint_count"]), (&json!({"number": 2, "body": "Hint 2", "changed_at": null}), &json!(2)));
        assert_eq!((&mine["work"]["hints_used"], &mine["week"]["project"]["open"]), (&json!(2), &json!(true)));
        assert_eq!(other.members[0].get("/v1/me/week?week=1").is(200).json["hints"], json!([]));
    }

    fn what_a_team_was_shown_is_changed_visibly_and_what_nobody_asked_for_removed(world: World) {
        let (fac, [one, other]) = two_teams(&world);
        let hints = open(&fac, 4);
        let staff = &fac.facilitator;
        let (asker, stranger) = (&one.members[0], &other.members[0]);
        let path = |number: usize| {
            let all = staff.get(&hints).is(200).json;
            format!("/v1/hints/{}", all["hints"][number - 1]["id"].as_str().unwrap())
        };
        // While nobody has asked, nothing is kept of it.
        let first = path(1);
        let changed = staff.patch(&first, json!({"body": "Hint one"})).is(200);
        assert_eq!((&changed.json["changed_at"], &changed.json["version"]), (&Value::Null, &json!(2)));
        staff.delete(&path(3)).is(204);
        assert_eq!(bodies(staff, &hints), ["Hint one", "Hint 2", "Hint 4"]);
        let numbers: Vec<Value> = staff.get(&hints).json["hints"].as_array().unwrap().iter().map(|hint| hint["number"].clone()).collect();
        assert_eq!(numbers, [1, 2, 3].map(|number| json!(number)));

        ask(asker, &hints, 1).is(201);
        staff.delete(&first).problem(409, "conflict");
        let stale = staff.with("If-Match", "\"1\"").patch(&first, json!({"body": "x"}));
        stale.problem(412, "precondition_failed");
        staff.patch(&first, json!({"body": "Hint one"})).is(200);
        assert_eq!(staff.get(&hints).json["earlier"], json!([]), "nothing was changed");
        staff.patch(&first, json!({"body": "A better hint"})).is(200);
        staff.patch(&first, json!({"body": "The best hint"})).is(200);
        ask(stranger, &hints, 1).is(201);
        let seen = |who: &User| {
            let seen = who.get(&hints).is(200).json;
            let earlier: Vec<Value> = seen["earlier"].as_array().unwrap().iter().map(|one| one["body"].clone()).collect();
            (seen["hints"][0]["body"].clone(), seen["hints"][0]["changed_at"].is_string(), earlier)
        };
        let best = json!("The best hint");
        assert_eq!(seen(asker), (best.clone(), true, vec![json!("Hint one"), json!("A better hint")]));
        assert_eq!(seen(stranger), (best.clone(), true, vec![]), "they were shown nothing else");
        assert_eq!(seen(staff).2.len(), 2);
        let week = asker.get("/v1/me/week?week=1").is(200).json;
        assert_eq!((&week["hints"][0]["body"], week["hints"][0]["changed_at"].is_string()), (&best, true));

        for (who, status, code) in [(asker, 403, "forbidden"), (&world.person("Stranger"), 404, "not_found")] {
            who.patch(&first, json!({"body": "x"})).problem(status, code);
            who.delete(&first).problem(status, code);
        }
        staff.patch(&first, json!({"number": 2})).field("/number", "unknown");
        world.set_status(&fac, "graduated");
        staff.patch(&first, json!({"body": "x"})).problem(409, "conflict");
    }

    fn members_who_ask_at_once_get_one_hint(world: World) {
        let (fac, [one, _]) = two_teams(&world);
        let hints = open(&fac, 3);
        for number in 1..=3 {
            let answers = all_at_once(&one.members, |_, member| ask(member, &hints, number));
            let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            assert_eq!(statuses, [200, 201], "{}", answers[0].text);
            let seen = fac.facilitator.get(&hints).is(200).json;
            assert_eq!(seen["requests"].as_array().unwrap().len(), usize::try_from(number).unwrap());
        }
    }

    fn staff_and_mentors_with_a_place_in_the_week_write_them_and_nobody_else(world: World) {
        let fac = world.coming_fac(2, 2);
        let [mentor, elsewhere] = ["Mona", "Nora"].map(|name| world.alumnus(&fac, name));
        for (who, week) in [(&mentor, 1), (&elsewhere, 2)] {
            who.post(&format!("/v1/mentor-slots/{}/sign-ups", slot_in(&fac, week)), Value::Null).is(201);
        }
        let project = project_path(&fac, 1);
        let hints = format!("{project}/hints");
        let new = json!({"body": "Look up."});
        fac.facilitator.post(&hints, new.clone()).problem(409, "conflict");
        let hints = open(&fac, 0);
        // Long before the week, when mentors do not see inside the cohort yet.
        mentor.post(&hints, new.clone()).is(201);
        assert_eq!(bodies(&mentor, &hints), ["Look up."]);
        elsewhere.post(&hints, new.clone()).problem(404, "not_found");
        world.person("Stranger").get(&hints).problem(404, "not_found");
        world.nobody().get(&hints).problem(401, "authentication_required");
        fac.students[0].post(&hints, new.clone()).problem(403, "forbidden");
        fac.facilitator.post(&hints, json!({"body": "x", "number": 1})).field("/number", "unknown");
        // A student without a team asks in vain, and so does a team before its week.
        ask(&fac.students[0], &hints, 1).problem(403, "forbidden");
        publish_weeks(&fac, 2, 1, 1);
        ask(&fac.students[0], &hints, 1).problem(409, "conflict");
        ask(&mentor, &hints, 1).problem(403, "forbidden");
        assert!(bodies(&fac.students[0], &hints).is_empty());
        // What is not open has none.
        fac.facilitator.patch(&project, json!({"open": false, "question": null})).is(200);
        world.begin_week(&fac, 1, 0);
        ask(&fac.students[0], &hints, 1).problem(409, "conflict");
        world.set_status(&fac, "graduated");
        fac.facilitator.post(&hints, new).problem(409, "conflict");
    }

    fn a_programme_hands_its_questions_on(world: World) {
        let fac = world.fac(1, 0);
        let project = json!({"title": "A map", "brief": "", "outcomes": [], "open": true, "question": "Where are we?"});
        let body = json!({"campus_id": fac.campus, "slug": "open", "name": "Open", "roles": ["qa"], "weeks": [
            {"number": 1, "phase": "core", "topic": "Maps", "project": project},
            {"number": 2, "phase": "core", "topic": "Lists", "project": {"title": "A list", "brief": "", "outcomes": []}},
        ]});
        let made = fac.organiser.post("/v1/programmes", body).is(201);
        let fork = json!({"campus_id": fac.campus, "slug": "fork"});
        let forked = fac.organiser.post(&format!("/v1/programmes/{}/forks", made.id()), fork).is(201);
        assert_eq!(forked.json["weeks"][0]["project"], project);
        assert_eq!(forked.json["weeks"][1]["project"].get("open"), None);
        let cohorts = format!("/v1/campuses/{}/cohorts", fac.campus);
        let first = json!({"slug": "one", "name": "One", "programme_id": forked.id(), "starts_on": "2099-01-05"});
        let first = fac.organiser.post(&cohorts, first).is(201);
        let copy = json!({"slug": "two", "name": "Two", "clone_of": first.id(), "starts_on": "2099-01-05"});
        let copy = fac.organiser.post(&cohorts, copy).is(201);
        for cohort in [first.id(), copy.id()] {
            let weeks = fac.organiser.get(&format!("/v1/cohorts/{cohort}/weeks")).is(200);
            let asks = |week: usize| (weeks.data()[week]["project"]["open"].clone(), weeks.data()[week]["project"]["question"].clone());
            assert_eq!([asks(0), asks(1)], [(json!(true), json!("Where are we?")), (json!(false), Value::Null)]);
        }
    }
}
