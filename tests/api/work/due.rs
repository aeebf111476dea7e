use serde_json::{Value, json};

use super::{project_path, publish_weeks, submissions_path, teams, teams_of, work};
use crate::{harness::World, on_every_database, team_plans::publish};

on_every_database! {
    fn lateness_follows_from_the_due_time_that_holds_now(world: World) {
        let fac = world.fac(1, 8);
        publish_weeks(&fac, 4, 1, 1);
        let teams = teams(&fac, 1);
        let project = project_path(&fac, 1);
        let made = [0, 1].map(|at| {
            let made = teams[at].members[0].post(&submissions_path(&teams[at]), work("week1")).is(201);
            made.header("location").to_owned()
        });
        let late = || made.each_ref().map(|path| fac.students[0].get(path).is(200).json["late"] == true);
        let due = |time: Value| fac.facilitator.patch(&project, json!({"due_at": time})).is(200);
        let extension = format!("/v1/teams/{}/weeks/1/extension", teams[0].id);
        assert_eq!(late(), [false, false], "without a due time nothing is late");
        let set = due(json!("2026-01-09T17:00"));
        assert_eq!((&set.json["due_at"], &set.json["due_local"]), (&json!("2026-01-09T17:00:00Z"), &json!("2026-01-09T17:00:00")));
        assert_eq!(late(), [true, true]);
        due(json!("2099-01-09T17:00"));
        assert_eq!(late(), [false, false], "more time for all");
        due(json!("2026-01-09T17:00:00Z"));
        assert_eq!(late(), [true, true], "a time that has passed comes back");
        fac.facilitator.put(&extension, json!({"due_at": "2099-01-12T12:00", "reason": "Two were ill."})).is(204);
        assert_eq!(late(), [false, true], "more time for one");
        let week = fac.students[0].get(&format!("/v1/cohorts/{}/weeks/1/submissions", fac.cohort)).is(200);
        let local = |at: usize| (&week.data()[at]["due"]["local"], &week.data()[at]["due"]["extended"]);
        assert_eq!(local(0), (&json!("2099-01-12T12:00:00"), &json!(true)));
        assert_eq!(local(1), (&json!("2026-01-09T17:00:00"), &json!(false)));
        assert!(!week.text.contains("ill"), "the reason is for the staff");
        due(Value::Null);
        assert_eq!(late(), [false, false]);
        fac.facilitator.put(&extension, json!({"due_at": "2026-01-07T12:00"})).is(204);
        assert_eq!(late(), [true, false], "less time for one");
        for _ in 0..2 {
            fac.facilitator.delete(&extension).is(204);
        }
        assert_eq!(late(), [false, false]);
    }

    fn a_due_time_is_what_the_clocks_of_the_campus_show(world: World) {
        let fac = world.fac(1, 8);
        let project = project_path(&fac, 1);
        let patch = |time: &str| fac.facilitator.patch(&project, json!({"due_at": time}));
        for (sent, local, instant) in [
            ("2026-07-10T17:00", "2026-07-10T17:00:00", "2026-07-10T16:00:00Z"),
            ("2026-07-10T16:00:00Z", "2026-07-10T17:00:00", "2026-07-10T16:00:00Z"),
            ("2026-07-10T19:00:00+03:00", "2026-07-10T17:00:00", "2026-07-10T16:00:00Z"),
            // The clocks jump over it; they show it twice.
            ("2026-03-29T01:30", "2026-03-29T01:30:00", "2026-03-29T01:30:00Z"),
            ("2026-10-25T01:30", "2026-10-25T01:30:00", "2026-10-25T00:30:00Z"),
        ] {
            let set = patch(sent).is(200).json;
            let told = [&set["due_local"], &set["due_at"], &set["time_zone"]];
            assert_eq!(told, [&json!(local), &json!(instant), &json!("Europe/London")], "{sent}");
        }
        for wrong in ["2026-07-10", "17:00", "2026-02-30T17:00", "1999-07-10T17:00", "2026-07-10T25:00"] {
            patch(wrong).field("/due_at", "invalid");
        }
        // The campus moves: the work is still due at five.
        patch("2026-07-10T17:00").is(200);
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus), json!({"time_zone": "Asia/Gaza"})).is(200);
        let moved = fac.students[0].get(&project).is(200).json;
        let told = [&moved["due_local"], &moved["due_at"], &moved["time_zone"]];
        assert_eq!(told, [&json!("2026-07-10T17:00:00"), &json!("2026-07-10T14:00:00Z"), &json!("Asia/Gaza")]);
        let weeks = world.nobody().get(&format!("/v1/cohorts/{}/weeks", fac.cohort)).is(200);
        assert_eq!(weeks.data()[0]["project"], moved);
    }

    fn only_staff_give_a_team_more_time_and_in_its_own_weeks(world: World) {
        let fac = world.fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let team = &teams(&fac, 1)[0];
        let path = |week: i32| format!("/v1/teams/{}/weeks/{week}/extension", team.id);
        let time = json!({"due_at": "2099-01-12T12:00"});
        team.members[0].put(&path(1), time.clone()).problem(403, "forbidden");
        team.members[0].delete(&path(1)).problem(403, "forbidden");
        for week in [2, 3] {
            fac.facilitator.put(&path(week), time.clone()).problem(404, "not_found");
        }
        fac.facilitator.put(&path(1), json!({"due_at": "soon"})).field("/due_at", "invalid");
        fac.facilitator.put(&path(1), json!({})).field("/due_at", "required");
        fac.facilitator.put(&path(1), time).is(204);
    }

    fn what_one_team_has_moves_with_the_week_and_goes_with_its_publication(world: World) {
        let fac = world.coming_fac(2, 8);
        let made = crate::team_plans::plan(&fac, teams_of(4, 2, 2)).is(201);
        publish(&fac, &made, None).is(200);
        let team = &teams(&fac, 2)[0];
        let project = project_path(&fac, 2);
        fac.facilitator.patch(&project, json!({"due_at": "2099-01-16T17:00"})).is(200);
        let extension = format!("/v1/teams/{}/weeks/2/extension", team.id);
        fac.facilitator.put(&extension, json!({"due_at": "2099-01-15T12:00"})).is(204);
        let week = format!("/v1/cohorts/{}/weeks/2", fac.cohort);
        fac.facilitator.patch(&week, json!({"starts_on": "2099-01-13", "ends_on": "2099-01-15"})).is(200);
        let dues = || {
            let week = fac.facilitator.get(&format!("{week}/submissions")).is(200);
            week.data().iter().map(|one| one["due"]["local"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let moved = dues();
        assert!(moved.contains(&"2099-01-15T17:00:00".to_owned()) && moved.contains(&"2099-01-15T12:00:00".to_owned()), "{moved:?}");
        let publication = format!("{week}/publication");
        fac.facilitator.delete(&publication).is(204);
        let again = fac.facilitator.get(&format!("/v1/team-plans/{}", made.id())).is(200);
        publish(&fac, &again, None).is(200);
        assert_eq!(dues(), ["2099-01-15T17:00:00"; 2]);
        // With work in it the week stays published.
        team.members[0].post(&submissions_path(team), work("early")).is(201);
        let refused = fac.facilitator.delete(&publication).problem(409, "conflict");
        assert!(refused.json["detail"].as_str().unwrap().contains("submitted"), "{}", refused.text);
        assert_eq!(teams(&fac, 2).len(), 2);
    }
}
