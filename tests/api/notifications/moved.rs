//! What is told of times that move: when work is due, walks, and times in office hours that another mentor takes over.

use serde_json::{Value, json};

use super::titles;
use crate::{
    harness::{User, World},
    mentoring::office_hours::{booking, offered},
    on_every_database,
    pastoral::walk,
    work::{project_path, publish_weeks, teams},
};

/// The newest titles that somebody has not read, which they read by this.
fn news(world: &World, who: &User) -> Vec<String> {
    let told = titles(world, who);
    who.put("/v1/me/notifications/read", Value::Null).is(204);
    told
}

fn unread_of_all(world: &World, people: &[&User]) {
    for who in people {
        news(world, who);
    }
}

on_every_database! {
    fn a_due_time_that_moves_is_told_to_those_whose_work_it_is(world: World) {
        let fac = world.fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let [own, other] = [0, 1].map(|at| teams(&fac, 1)[at].members[0].clone());
        let team = &teams(&fac, 1)[0];
        unread_of_all(&world, &[&own, &other]);
        let project = project_path(&fac, 1);
        let due = |at: Value| fac.facilitator.patch(&project, json!({ "due_at": at })).is(200);
        due(json!("2099-01-09T17:00"));
        assert_eq!([news(&world, &own), news(&world, &other)], [[""; 0]; 2], "the first due time has not moved");
        due(json!("2099-01-10T17:00"));
        let moved = "The work of week 1 of fac is due at another time: Saturday 10 January 2099, 17:00 (Europe/London).";
        for who in [&own, &other] {
            assert_eq!(news(&world, who), [moved]);
        }
        fac.facilitator.patch(&project, json!({"title": "Another title"})).is(200);
        assert!(news(&world, &own).is_empty());
        // One team has more time, and is told of its own time alone.
        let extension = format!("/v1/teams/{}/weeks/1/extension", team.id);
        let extend = |at: &str| fac.facilitator.put(&extension, json!({ "due_at": at })).is(204);
        extend("2099-01-12T12:00");
        let extended = "Your team has another due time for the work of week 1 of fac: Monday 12 January 2099, 12:00 (Europe/London).";
        assert_eq!(news(&world, &own), [extended]);
        extend("2099-01-12T12:00");
        due(json!("2099-01-11T17:00"));
        assert!(news(&world, &own).is_empty(), "their own time is as it was");
        assert_eq!(news(&world, &other).len(), 1);
        fac.facilitator.delete(&extension).is(204);
        let ended = "Your team has another due time for the work of week 1 of fac: Sunday 11 January 2099, 17:00 (Europe/London).";
        assert_eq!(news(&world, &own), [ended]);
        due(Value::Null);
        assert_eq!(news(&world, &other), ["The work of week 1 of fac has no due time any more."]);
        assert!(titles(&world, &fac.facilitator).is_empty() && titles(&world, &fac.organiser).is_empty());
        // What is over is not told.
        due(json!("2020-01-09T17:00"));
        due(json!("2020-01-10T17:00"));
        unread_of_all(&world, &[&own]);
        due(json!("2020-01-09T17:00"));
        assert!(news(&world, &own).is_empty());
    }

    fn due_times_that_move_with_their_weeks_are_told_where_teams_are_published(world: World) {
        let fac = world.coming_fac(2, 4);
        publish_weeks(&fac, 4, 1, 1);
        let student = &fac.students[0];
        for (week, due) in [(1, "2099-01-09T17:00"), (2, "2099-01-16T17:00")] {
            fac.facilitator.patch(&project_path(&fac, week), json!({ "due_at": due })).is(200);
        }
        unread_of_all(&world, &[student]);
        world.set_status(&fac, "planned");
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"starts_on": "2099-01-12"})).is(200);
        let told = news(&world, student);
        let dues: Vec<&String> = told.iter().filter(|title| title.contains("is due")).collect();
        assert_eq!(dues, ["The work of week 1 of fac is due at another time: Friday 16 January 2099, 17:00 (Europe/London)."]);
    }

    fn a_walk_that_is_moved_or_called_off_is_told_to_those_who_come_along(world: World) {
        let fac = world.coming_fac(2, 3);
        let [me, gone, other] = [0, 1, 2].map(|at| &fac.students[at]);
        let path = walk(&fac, 1, 2);
        let slot = path.trim_end_matches("/walk");
        for student in [me, gone] {
            student.put(&format!("{path}/places/me"), Value::Null).is(204);
        }
        gone.delete(&format!("{path}/places/me")).is(204);
        unread_of_all(&world, &[me, gone, other]);
        let at = |hour: u32| json!({"starts_at": format!("2099-01-07T{hour}:00"), "ends_at": format!("2099-01-07T{}:00", hour + 1)});
        fac.facilitator.patch(slot, at(15)).is(200);
        assert_eq!(news(&world, me), ["The walk in week 1 of fac is at another time: Wednesday 7 January 2099, 15:00 (Europe/London)."]);
        let notice = me.get("/v1/me/notifications").is(200).data()[0].clone();
        let id = slot.rsplit('/').next().unwrap();
        assert_eq!(notice["href"], format!("/v1/cohorts/{}/walks#{id}", fac.cohort));
        me.get(notice["href"].as_str().unwrap()).is(200);
        fac.facilitator.patch(slot, json!({"place": "At the gate"})).is(200);
        assert!(news(&world, me).is_empty());
        let called_off = "The walk in week 1 of fac is called off: Wednesday 7 January 2099, 15:00 (Europe/London).";
        fac.facilitator.delete(&path).is(204);
        assert_eq!(news(&world, me), [called_off]);
        // With its slot it goes too.
        fac.facilitator.put(&path, json!({"places": 2})).is(204);
        me.put(&format!("{path}/places/me"), Value::Null).is(204);
        fac.facilitator.delete(slot).is(204);
        assert_eq!(news(&world, me), [called_off]);
        assert_eq!([news(&world, gone), news(&world, other)], [[""; 0]; 2]);
    }

    fn who_has_booked_a_time_is_told_that_another_mentor_took_it_over(world: World) {
        let fac = world.coming_fac(2, 8);
        publish_weeks(&fac, 4, 1, 1);
        let [amal, basma] = ["Amal", "Basma"].map(|name| world.alumnus(&fac, name));
        let slot = offered(&amal, &fac, "2099-01-06");
        let teams = teams(&fac, 1);
        let [in_team, mate, alone] = [&teams[0].members[0], &teams[0].members[1], &teams[1].members[0]];
        alone.put(&booking(&slot, 1), json!({})).is(204);
        in_team.put(&booking(&slot, 2), json!({"for_team": true})).is(204);
        unread_of_all(&world, &[alone, in_team, mate]);
        let offer = amal.post(&format!("/v1/mentor-slots/{slot}/swap-offers"), json!({})).is(201);
        basma.post(&format!("/v1/mentor-swap-offers/{}/acceptance", offer.id()), Value::Null).is(200);
        let told = |clock: &str| format!("Another mentor: Tuesday 6 January 2099, {clock} (Europe/London), week 1 of fac");
        assert_eq!(news(&world, alone), [told("14:00")]);
        for who in [in_team, mate] {
            assert_eq!(news(&world, who), [told("14:20")]);
        }
    }
}
