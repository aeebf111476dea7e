use peerled::students::model::EnrolmentStatus;
use serde_json::{Value, json};

use super::{actions_path, close, open, texts, vote, write};
use crate::{
    harness::{Fac, User, World},
    on_every_database,
    work::{publish_weeks, teams},
};

/// Makes an action by hand; its path.
fn make(who: &User, fac: &Fac, body: Value) -> String {
    who.post(&actions_path(fac), body).is(201).header("location").to_owned()
}

fn kinds(fac: &Fac) -> Vec<Value> {
    let items = fac
        .facilitator
        .get(&format!("/v1/cohorts/{}/attention", fac.cohort))
        .is(200);
    let of_actions = |item: &&Value| item["kind"].as_str().unwrap().starts_with("action_");
    items
        .data()
        .iter()
        .filter(of_actions)
        .map(|item| json!([item["kind"], item["href"]]))
        .collect()
}

on_every_database! {
    fn notes_are_short_and_what_is_opened_again_needs_room(world: World) {
        let fac = world.fac(1, 1);
        let amal = &fac.students[0];
        let action = make(amal, &fac, json!({"text": "Plan"}));
        amal.patch(&action, json!({"note": "n".repeat(1001)})).field("/note", "invalid");
        amal.patch(&action, json!({"status": "dropped", "note": "n".repeat(1000)})).is(200);
        let open: Vec<String> = (0..500).map(|n| make(amal, &fac, json!({"text": format!("Action {n}")}))).collect();
        amal.post(&actions_path(&fac), json!({"text": "One more"})).problem(409, "conflict");
        amal.patch(&action, json!({"status": "open"})).problem(409, "conflict");
        amal.patch(&open[0], json!({"status": "done"})).is(200);
        amal.patch(&action, json!({"status": "open"})).is(200);
    }

    fn an_open_action_comes_back_until_it_is_done_or_dropped_with_a_note(world: World) {
        let fac = world.fac(3, 8);
        publish_weeks(&fac, 4, 1, 1);
        publish_weeks(&fac, 4, 2, 2);
        let team = &teams(&fac, 1)[0];
        let amal = &team.members[0];
        let retro = open(amal, &fac, 1, Some(&team.id));
        for text in ["Pair", "Plan"] {
            vote(amal, &write(amal, &retro, "go", text)).is(204);
        }
        let made = close(amal, &retro).is(201);
        let path = |text: &str| {
            let action = made.data().iter().find(|action| action["text"] == text).unwrap();
            format!("/v1/actions/{}", action["id"].as_str().unwrap())
        };
        let (pair, plan) = (path("Pair"), path("Plan"));
        let owned = amal.patch(&pair, json!({"owner_id": amal.id})).is(200).json;
        assert_eq!((&owned["owner"]["id"], &owned["owner_left"], &owned["version"]), (&json!(amal.id), &json!(false), &json!(2)));
        // In the cohort's retro all, in that of the owner's next team what they look after.
        let next = teams(&fac, 2).into_iter().find(|team| team.members.iter().any(|member| member.id == amal.id)).unwrap();
        let of_cohort = open(&fac.facilitator, &fac, 2, None);
        let of_team = open(amal, &fac, 2, Some(&next.id));
        let back = |retro: &str| amal.get(retro).is(200).json["carried_over"].clone();
        // Both had one vote, so their order is that of chance.
        let all = back(&of_cohort);
        let mut all = texts(&all);
        all.sort_unstable();
        assert_eq!(all, ["Pair", "Plan"]);
        // What nobody looks after comes back wherever somebody is who was there.
        let again = back(&of_team);
        let mut again = texts(&again);
        again.sort_unstable();
        assert_eq!(again, ["Pair", "Plan"]);
        let all_open = |who: &User| texts(&who.get("/v1/me/week?week=2").is(200).json["open_actions"]).len();
        for member in &team.members {
            assert!(all_open(member) >= 1, "{} sees what their team of week 1 left open", member.name);
        }
        // Whoever wants to drop it says why.
        amal.patch(&plan, json!({"status": "dropped"})).field("/note", "required");
        let dropped = amal.patch(&plan, json!({"status": "dropped", "note": "The plan is on the wall."})).is(200).json;
        assert!(dropped["ended_at"].is_string(), "{dropped}");
        let done = fac.students.iter().find(|one| one.id != amal.id).unwrap();
        done.patch(&pair, json!({"status": "done"})).is(200);
        assert_eq!((back(&of_cohort), back(&of_team)), (json!([]), json!([])));
        amal.patch(&pair, json!({"status": "open"})).is(200);
        assert_eq!(texts(&back(&open(&fac.facilitator, &fac, 3, None))), ["Pair"]);
        let list = |query: &str| {
            let list = amal.get(&format!("{}{query}", actions_path(&fac))).is(200);
            texts(&list.json["data"]).into_iter().map(ToOwned::to_owned).collect::<Vec<String>>()
        };
        for (query, expected) in [
            ("?status=open", vec!["Pair"]),
            ("?status=done,dropped", vec!["Plan"]),
            (&format!("?owner_id={}", amal.id), vec!["Pair"]),
            (&format!("?team_id={}", next.id), vec![]),
        ] {
            assert_eq!(list(query), expected, "{query}");
        }
        assert_eq!(list("").len(), 2);
        amal.get(&format!("{}?state=open", actions_path(&fac))).problem(400, "invalid_parameter");
    }

    fn an_owner_who_leaves_leaves_it_unowned_and_that_shows(world: World) {
        let fac = world.fac(2, 4);
        let (amal, basma) = (&fac.students[0], &fac.students[1]);
        let action = make(amal, &fac, json!({"text": "Water the plants", "owner_id": amal.id}));
        let id = |path: &str| format!("/v1/actions/{}", path.rsplit('/').next().unwrap());
        assert_eq!(kinds(&fac), [] as [Value; 0]);
        world.enrol_again(&fac, amal, EnrolmentStatus::Withdrawn);
        let left = basma.get(&action).is(200).json;
        assert_eq!((&left["owner"], &left["owner_left"]), (&Value::Null, &json!(true)));
        assert_eq!(kinds(&fac), [json!(["action_unowned", id(&action)])]);
        basma.patch(&action, json!({"owner_id": amal.id})).is(200);
        basma.patch(&action, json!({"owner_id": basma.id})).is(200);
        assert_eq!(kinds(&fac), [] as [Value; 0]);
        basma.patch(&action, json!({"owner_id": amal.id})).field("/owner_id", "not_found");
        basma.patch(&action, json!({"owner_id": fac.facilitator.id})).is(200);
        basma.patch(&action, json!({"owner_id": null})).is(200);
        assert_eq!(kinds(&fac), [json!(["action_unowned", id(&action)])]);
        // Two weeks after it was made it is overdue, whoever looks after it.
        basma.patch(&action, json!({"owner_id": basma.id})).is(200);
        world.db(|conn| {
            use diesel::prelude::*;
            use peerled::{db::schema::actions, primitives::Instant};
            let then = Instant::now().plus(-chrono::TimeDelta::days(17));
            diesel::update(actions::table).set(actions::created_at.eq(then)).execute(conn)?;
            Ok(())
        });
        assert_eq!(kinds(&fac), [json!(["action_overdue", id(&action)])]);
        basma.patch(&action, json!({"status": "done"})).is(200);
        assert_eq!(kinds(&fac), [] as [Value; 0]);
    }

    fn a_week_shows_its_student_what_is_to_be_done_and_the_next_mentors_read_it(world: World) {
        let fac = world.fac(3, 8);
        for (week, days) in [(1, 0), (2, 7), (3, 30)] {
            world.begin_week(&fac, week, days);
        }
        publish_weeks(&fac, 4, 1, 1);
        let all = teams(&fac, 1);
        let (amal, other) = (&all[0].members[0], &all[1].members[0]);
        make(amal, &fac, json!({"text": "All of us"}));
        make(amal, &fac, json!({"text": "My team", "team_id": all[0].id}));
        make(&fac.facilitator, &fac, json!({"text": "Theirs, and mine to do", "team_id": all[1].id, "owner_id": amal.id}));
        make(other, &fac, json!({"text": "Theirs", "team_id": all[1].id}));
        let week = |who: &User| who.get("/v1/me/week?week=1").is(200).json["open_actions"].clone();
        assert_eq!(texts(&week(amal)), ["All of us", "My team", "Theirs, and mine to do"]);
        assert_eq!(texts(&week(other)), ["All of us", "Theirs, and mine to do", "Theirs"]);
        // A mentor of a later week does not see inside the cohort yet.
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = fac.facilitator.post(&slots, json!({"week": 3, "kind": "week", "min": 1, "capacity": 1})).is(201).id();
        let mentor = world.alumnus(&fac, "Mona");
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        world.begin_week(&fac, 3, 10);
        let hand_over = format!("/v1/cohorts/{}/weeks/2/hand-over", fac.cohort);
        for path in [&actions_path(&fac), &hand_over] {
            mentor.get(path).problem(404, "not_found");
        }
        world.begin_week(&fac, 3, 2);
        let hand_over = mentor.get(&hand_over).is(200).json;
        assert_eq!((texts(&hand_over["open_actions"]).len(), &hand_over["text"]), (4, &Value::Null));
    }

    fn students_and_staff_keep_actions_and_everybody_inside_reads_them(world: World) {
        let (fac, away) = (world.fac(2, 4), world.campus_with_cohort("away", 1, 4));
        world.begin_week(&fac, 1, 0);
        publish_weeks(&away, 4, 1, 1);
        let amal = &fac.students[0];
        let action = make(amal, &fac, json!({"text": "Pair"}));
        for stranger in [&away.organiser, &away.students[0], &world.alumnus(&fac, "Alum")] {
            stranger.get(&action).problem(404, "not_found");
            stranger.get(&actions_path(&fac)).problem(404, "not_found");
            stranger.post(&actions_path(&fac), json!({"text": "X"})).problem(404, "not_found");
            stranger.patch(&action, json!({"status": "done"})).problem(404, "not_found");
        }
        world.nobody().get(&action).problem(401, "authentication_required");
        let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
        let slot = fac.facilitator.post(&slots, json!({"week": 1, "kind": "week", "min": 1, "capacity": 1})).is(201).id();
        let mentor = world.alumnus(&fac, "Mona");
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        mentor.get(&action).is(200);
        mentor.post(&actions_path(&fac), json!({"text": "X"})).problem(403, "forbidden");
        mentor.patch(&action, json!({"status": "done"})).problem(403, "forbidden");
        let other_team = teams(&away, 1)[0].id.clone();
        for (body, pointer, code) in [
            (json!({"text": ""}), "/text", "invalid"),
            (json!({}), "/text", "required"),
            (json!({"text": "X", "team_id": other_team}), "/team_id", "not_found"),
            (json!({"text": "X", "owner_id": away.students[0].id}), "/owner_id", "not_found"),
            (json!({"text": "X", "status": "done"}), "/status", "unknown"),
        ] {
            amal.post(&actions_path(&fac), body).field(pointer, code);
        }
        amal.patch(&action, json!({"status": "closed"})).field("/status", "invalid");
        let first = amal.get(&action).is(200);
        let stale = amal.with("If-Match", first.header("etag"));
        assert_eq!(amal.patch(&action, json!({"status": "open"})).is(200).json, first.json, "nothing has changed");
        stale.patch(&action, json!({"note": "Tomorrow."})).is(200);
        stale.patch(&action, json!({"note": "Today."})).problem(412, "precondition_failed");
        world.set_status(&fac, "graduated");
        fac.facilitator.patch(&action, json!({"status": "done"})).problem(409, "conflict");
    }
}
