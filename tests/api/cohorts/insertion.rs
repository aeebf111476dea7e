use diesel::prelude::*;
use peerled::{db::schema::discoveries, primitives::Id};
use serde_json::{Value, json};

use super::moves::publish;
use crate::{
    harness::{Fac, World},
    on_every_database,
};

fn weeks(fac: &Fac) -> Vec<Value> {
    let path = format!("/v1/cohorts/{}/weeks", fac.cohort);
    fac.facilitator.get(&path).is(200).data().clone()
}

fn new_week(number: i32) -> Value {
    json!({"number": number, "phase": "core", "topic": "Catching up", "project": {"title": "Polish", "brief": "Mend it.", "outcomes": []}})
}

on_every_database! {
    fn what_stands_behind_an_inserted_week_moves_along(world: World) {
        let fac = world.coming_fac(4, 2);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let [amal, basma] = [&fac.students[0].id, &fac.students[1].id];
        for week in [2, 3, 4] {
            fac.facilitator.put(&format!("{cohort}/weeks/{week}/absences/{amal}"), json!({"reason": format!("{week}")})).is(204);
        }
        let slot = json!({
            "week": 3, "kind": "week", "min": 1, "capacity": 1,
            "starts_at": "2099-01-20T10:00:00Z", "ends_at": "2099-01-20T12:00:00Z",
        });
        let slot = fac.facilitator.post(&format!("{cohort}/mentor-slots"), slot).is(201).id();
        let mentor = world.alumnus(&fac, "Mentor");
        mentor.post(&format!("/v1/mentor-slots/{slot}/sign-ups"), Value::Null).is(201);
        let rule = json!({"kind": "apart", "people": [amal, basma], "from_week": 2, "to_week": 3});
        fac.facilitator.post(&format!("{cohort}/pair-rules"), rule).is(201);
        let before = weeks(&fac);
        let project = format!("/v1/projects/{}", before[2]["project"]["id"].as_str().unwrap());
        fac.facilitator.patch(&project, json!({"due_at": "2099-01-23T17:00:00Z"})).is(200);

        let made = fac.facilitator.post(&format!("{cohort}/weeks"), new_week(3)).is(201);
        assert_eq!(made.header("location"), format!("{cohort}/weeks/3"));
        assert_eq!((&made.json["starts_on"], &made.json["ends_on"]), (&json!("2099-01-19"), &json!("2099-01-23")));
        assert_eq!(made.json["project"]["due_at"], "2099-01-23T17:00:00Z");
        let after = weeks(&fac);
        let ids = |weeks: &[Value]| weeks.iter().map(|week| week["id"].clone()).collect::<Vec<_>>();
        let numbers: Vec<_> = after.iter().map(|week| week["number"].as_i64().unwrap()).collect();
        assert_eq!(numbers, [1, 2, 3, 4, 5]);
        assert_eq!([&ids(&after)[..2], &ids(&after)[3..]].concat(), ids(&before));
        assert_eq!((&after[3]["topic"], &after[3]["starts_on"]), (&json!("Topic 3"), &json!("2099-01-26")));
        assert_eq!((&after[4]["starts_on"], &after[4]["ends_on"]), (&json!("2099-02-02"), &json!("2099-02-06")));
        assert_eq!(fac.facilitator.get(&cohort).is(200).json["ends_on"], "2099-02-06");
        let absences = fac.facilitator.get(&format!("{cohort}/absences")).is(200);
        let absences: Vec<_> = absences.data().iter().map(|one| (one["week"].as_i64().unwrap(), one["reason"].as_str().unwrap())).collect();
        assert_eq!(absences, [(2, "2"), (4, "3"), (5, "4")]);
        let slot = fac.facilitator.get(&format!("/v1/mentor-slots/{slot}")).is(200).json;
        assert_eq!((&slot["week"], &slot["starts_at"]), (&json!(4), &json!("2099-01-27T10:00:00Z")));
        let rules = fac.facilitator.get(&format!("{cohort}/pair-rules")).is(200);
        assert_eq!((&rules.data()[0]["from_week"], &rules.data()[0]["to_week"]), (&json!(2), &json!(4)));
        let project = fac.facilitator.get(&project).is(200).json;
        assert_eq!((&project["week_number"], &project["due_at"]), (&json!(4), &json!("2099-01-30T17:00:00Z")));
        assert_eq!(world.mail().len(), 1, "the mentor is told");

        // At the end, too.
        let last = fac.facilitator.post(&format!("{cohort}/weeks"), new_week(6)).is(201).json;
        assert_eq!((&last["starts_on"], &last["number"]), (&json!("2099-02-09"), &json!(6)));
        assert_eq!(fac.facilitator.get(&cohort).is(200).json["ends_on"], "2099-02-13");
    }

    fn everything_of_a_week_goes_with_it(world: World) {
        let fac = world.coming_fac(3, 2);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let (staff, student) = (&fac.facilitator, &fac.students[0]);
        let post = |path: &str, body: Value| staff.post(path, body).is(201);
        let event = json!({
            "title": "Talk", "kind": "talk", "starts_at": "2099-01-13T14:00", "ends_at": "2099-01-13T15:00",
        });
        let event = post(&format!("{cohort}/events"), event).header("location").to_owned();
        let session = json!({"weekday": "wed", "starts": "09:30", "ends": "10:30", "title": "Stand-up", "kind": "stand_up"});
        staff.put(&format!("{cohort}/timetable"), json!({"sessions": [session]})).is(200);
        let retro = post(&format!("{cohort}/weeks/2/retros"), json!({"scope": "cohort"})).header("location").to_owned();
        let note = format!("{cohort}/weeks/2/hand-over");
        let empty = staff.get(&note).is(200);
        staff.with("If-Match", empty.header("etag")).put(&note, json!({"text": "Mind the bus."})).is(200);
        let template = json!({"name": "Before a week", "scope": "week", "items": ["Publish the teams"]});
        let template = post(&format!("/v1/campuses/{}/checklist-templates", fac.campus), template).id();
        post(&format!("{cohort}/checklists"), json!({"template_id": template, "week": 2}));
        let slot = json!({"week": 2, "kind": "pastoral", "min": 0, "capacity": 1});
        let slot = format!("/v1/mentor-slots/{}", post(&format!("{cohort}/mentor-slots"), slot).id());
        let project = weeks(&fac)[1]["project"]["id"].as_str().unwrap().to_owned();
        staff.patch(&format!("/v1/projects/{project}"), json!({"open": true})).is(200);
        post(&format!("/v1/projects/{project}/hints"), json!({"body": "Look again."}));
        let discovery = json!({"url": "https://example.org", "kind": "tool", "title": "A tool", "topic": "tools"});
        let discovery = student.post(&format!("{cohort}/discoveries"), discovery).is(201).id();
        let id = Id::parse(&discovery).unwrap();
        world.db(move |conn| {
            // As if the cohort had begun then and been put off since.
            diesel::update(discoveries::table.find(id)).set(discoveries::week_number.eq(2)).execute(conn)?;
            Ok(())
        });
        post(&format!("{cohort}/weeks"), new_week(2));

        assert_eq!(staff.get(&event).is(200).json["starts_local"], "2099-01-20T14:00:00");
        let stand_ups = staff.get(&format!("{cohort}/events?kind=stand_up")).is(200);
        assert_eq!(stand_ups.data().len(), 4, "one in each week, also in the new one");
        assert_eq!(staff.get(&retro).is(200).json["week"], 3);
        assert_eq!(staff.get(&format!("{cohort}/weeks/3/hand-over")).is(200).json["text"], "Mind the bus.");
        assert_eq!(staff.get(&note).is(200).json["version"], 0);
        let checklists = staff.get(&format!("{cohort}/checklists")).is(200);
        assert_eq!((checklists.data().len(), &checklists.data()[0]["week"]), (1, &json!(3)));
        assert_eq!(staff.get(&slot).is(200).json["week"], 3);
        assert_eq!(staff.get(&format!("/v1/projects/{project}/hints")).is(200).json["week"], 3);
        assert_eq!(student.get(&format!("{cohort}/discoveries?week=3")).is(200).data()[0]["id"], json!(discovery));
    }

    fn a_week_is_not_inserted_before_what_has_begun_or_has_teams(world: World) {
        let fac = world.coming_fac(6, 4);
        let path = format!("/v1/cohorts/{}/weeks", fac.cohort);
        for hole in [0, -1, 8] {
            fac.facilitator.post(&path, new_week(hole)).field("/number", "invalid");
        }
        fac.students[0].post(&path, new_week(3)).problem(403, "forbidden");
        world.person("Stranger").post(&path, new_week(3)).problem(403, "forbidden");
        world.begin_week(&fac, 1, 0);
        fac.facilitator.post(&path, new_week(1)).problem(409, "conflict");
        publish(&world, &fac, 3);
        let plan = json!({"from_week": 5, "to_week": 5, "team_size": {"min": 2, "max": 2}});
        let plan = fac.facilitator.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), plan).is(201);
        for number in [2, 3] {
            fac.facilitator.post(&path, new_week(number)).problem(409, "weeks_published");
        }
        for number in [4, 5] {
            let refused = fac.facilitator.post(&path, new_week(number)).problem(409, "conflict");
            assert_eq!(refused.json["plan_id"], plan.json["id"]);
        }
        fac.facilitator.post(&path, new_week(6)).is(201);
        fac.facilitator.with("If-Match", "*").delete(&format!("/v1/team-plans/{}", plan.id())).is(204);
        fac.facilitator.post(&path, new_week(4)).is(201);
        assert_eq!(weeks(&fac).len(), 8);
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "graduated"})).is(200);
        fac.facilitator.post(&path, new_week(9)).problem(409, "conflict");
    }
}
