use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::primitives::{Id, Instant, LocalTime};
use serde_json::{Value, json};

use super::{announce, events_path, in_minutes, path_of, put_timetable, session, told};
use crate::{board::my_week::MY_WEEK, harness::World, on_every_database};

fn of(told: &[(String, String, String)], title: &str) -> Vec<(String, String)> {
    let found = told.iter().filter(|(_, of, _)| of == title);
    found
        .map(|(starts, _, status)| (starts[5..16].to_owned(), status.clone()))
        .collect()
}

on_every_database! {
    fn a_default_week_takes_place_every_week(world: World) {
        let fac = world.coming_fac(2, 2);
        let put = put_timetable(&fac, json!([session("wed", "Talk"), session("mon", "Check-in"), session("sun", "Brunch")])).is(200);
        let days: Vec<&Value> = put.data().iter().map(|session| &session["weekday"]).collect();
        assert_eq!(days, ["mon", "wed", "sun"]);
        let seen = fac.students[0].get(&format!("/v1/cohorts/{}/timetable", fac.cohort)).is(200);
        assert_eq!(seen.data(), put.data());
        let planned = |days: &[&str]| days.iter().map(|day| ((*day).to_owned(), "planned".to_owned())).collect::<Vec<_>>();
        let first = told(&fac);
        assert_eq!(of(&first, "Check-in"), planned(&["01-05T09:30", "01-12T09:30"]));
        assert_eq!(of(&first, "Talk"), planned(&["01-07T09:30", "01-14T09:30"]));
        assert!(of(&first, "Brunch").is_empty(), "the campus does not work on Sundays");
        // Put again, it changes nothing; at another time the events are still the same ones.
        let ids = || {
            let all = fac.facilitator.get(&events_path(&fac)).is(200);
            let mut ids: Vec<(Value, Value)> = all.data().iter().map(|event| (event["id"].clone(), event["version"].clone())).collect();
            ids.sort_by_key(|(id, _)| id.to_string());
            ids
        };
        let before = ids();
        put_timetable(&fac, json!([session("wed", "Talk"), session("mon", "Check-in"), session("sun", "Brunch")])).is(200);
        assert_eq!(ids(), before);
        let mut later = session("mon", "Check-in");
        (later["starts"], later["ends"]) = (json!("10:00"), json!("11:00"));
        let mut renamed = session("wed", "Lecture");
        renamed["id"] = put.data()[1]["id"].clone();
        put_timetable(&fac, json!([later, renamed])).is(200);
        let after = ids();
        assert!(after.iter().map(|(id, _)| id).eq(before.iter().map(|(id, _)| id)));
        assert!(after.iter().all(|(_, version)| version == 2), "{after:?}");
        assert_eq!(of(&told(&fac), "Lecture"), planned(&["01-07T09:30", "01-14T09:30"]));
        // What is left out is cancelled, and kept.
        put_timetable(&fac, json!([later])).is(200);
        let cancelled = |days: &[&str]| days.iter().map(|day| ((*day).to_owned(), "cancelled".to_owned())).collect::<Vec<_>>();
        assert_eq!(of(&told(&fac), "Lecture"), cancelled(&["01-07T09:30", "01-14T09:30"]));
    }

    fn a_timetable_that_somebody_else_has_changed_is_not_overwritten(world: World) {
        let fac = world.coming_fac(2, 1);
        let path = format!("/v1/cohorts/{}/timetable", fac.cohort);
        let of = |titles: &[&str]| json!({"sessions": titles.iter().map(|title| session("mon", title)).collect::<Vec<_>>()});
        let empty = fac.facilitator.get(&path).is(200).header("etag").to_owned();
        let seen = fac.facilitator.with("If-Match", &empty).put(&path, of(&["Check-in"])).is(200);
        assert_eq!(fac.students[0].get(&path).is(200).header("etag"), seen.header("etag"));
        fac.organiser.with("If-Match", &empty).put(&path, of(&[])).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.get(&path).is(200).data().len(), 1, "a refusal changes nothing");
        fac.organiser.with("If-Match", seen.header("etag")).put(&path, of(&["Check-in", "Talk"])).is(200);
        fac.facilitator.with("If-Match", seen.header("etag")).put(&path, of(&["Check-in"])).problem(412, "precondition_failed");
        for any in ["*", fac.facilitator.get(&path).is(200).header("etag")] {
            fac.facilitator.with("If-Match", any).put(&path, of(&["Check-in", "Talk"])).is(200);
        }
    }

    fn days_off_and_moved_weeks_take_their_sessions_along(world: World) {
        let fac = world.coming_fac(2, 1);
        put_timetable(&fac, json!([session("mon", "Check-in"), session("wed", "Talk"), session("fri", "Demo")])).is(200);
        let own = announce(&fac, json!({"starts_at": "2099-01-14T18:00", "ends_at": "2099-01-15T01:00", "title": "Party"}));
        let day_off = format!("/v1/campuses/{}/days-off/2099-01-07", fac.campus);
        fac.organiser.put(&day_off, json!({"name": "Holiday"})).is(204);
        assert_eq!(of(&told(&fac), "Talk")[0], ("01-07T09:30".into(), "cancelled".into()));
        fac.organiser.delete(&day_off).is(204);
        assert_eq!(of(&told(&fac), "Talk")[0], ("01-07T09:30".into(), "planned".into()));
        // The second week becomes another one.
        let week = format!("/v1/cohorts/{}/weeks/2", fac.cohort);
        fac.facilitator.patch(&week, json!({"starts_on": "2099-01-19", "ends_on": "2099-01-23"})).is(200);
        let moved = told(&fac);
        let on = |day: &str, status: &str| (day.to_owned(), status.to_owned());
        assert_eq!(
            of(&moved, "Talk"),
            [on("01-07T09:30", "planned"), on("01-14T09:30", "cancelled"), on("01-21T09:30", "planned")]
        );
        assert_eq!(of(&moved, "Party"), [on("01-21T18:00", "planned")]);
        let party = fac.facilitator.get(&path_of(&own)).is(200).json;
        assert_eq!((&party["ends_local"], &party["version"]), (&json!("2099-01-22T01:00:00"), &json!(2)));
        // A longer working week has more days.
        put_timetable(&fac, json!([session("sat", "Brunch")])).is(200);
        assert!(of(&told(&fac), "Brunch").is_empty());
    }

    fn one_occurrence_is_changed_and_keeps_its_identity(world: World) {
        let fac = world.coming_fac(2, 1);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        let all = fac.facilitator.get(&events_path(&fac)).is(200);
        let id = all.data()[0]["id"].as_str().unwrap();
        let path = format!("/v1/events/{id}");
        fac.facilitator.patch(&path, json!({"starts_at": "2099-01-06T11:00", "ends_at": "2099-01-06T12:00"})).is(200);
        let mut later = session("mon", "Check-in");
        later["ends"] = json!("11:00");
        put_timetable(&fac, json!([later])).is(200);
        let moved = fac.facilitator.get(&path).is(200).json;
        assert_eq!((&moved["starts_local"], &moved["session_day"]), (&json!("2099-01-06T11:00:00"), &json!("2099-01-05")));
        let second = fac.facilitator.get(&format!("/v1/events/{}", all.data()[1]["id"].as_str().unwrap())).is(200).json;
        assert_eq!(second["ends_local"], "2099-01-12T11:00:00");
        // Cancelled by hand, it stays cancelled whatever the timetable does.
        fac.facilitator.delete(&path).is(204);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        assert_eq!(fac.facilitator.get(&path).is(200).json["status"], "cancelled");
    }

    fn a_cohort_that_is_called_off_calls_off_what_it_had_planned(world: World) {
        let fac = world.coming_fac(1, 1);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        announce(&fac, json!({"title": "Party"}));
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let statuses = || told(&fac).into_iter().map(|(_, _, status)| status).collect::<Vec<_>>();
        fac.organiser.patch(&cohort, json!({"status": "cancelled"})).is(200);
        assert_eq!(statuses(), ["cancelled", "cancelled"]);
        put_timetable(&fac, json!([])).problem(409, "conflict");
        fac.organiser.patch(&cohort, json!({"status": "running"})).is(200);
        assert_eq!(statuses(), ["planned", "planned"]);
        // Its timetable is copied with its weeks.
        let clone = json!({"slug": "next", "name": "Next", "clone_of": fac.cohort, "starts_on": "2099-02-02"});
        let made = fac.organiser.post(&format!("/v1/campuses/{}/cohorts", fac.campus), clone.clone()).is(201);
        let events = fac.organiser.get(&format!("/v1/cohorts/{}/events", made.id())).is(200);
        let when: Vec<&Value> = events.data().iter().map(|event| &event["starts_local"]).collect();
        assert_eq!(when, ["2099-02-02T09:30:00"]);
    }

    fn a_timetable_is_for_insiders_and_its_staff(world: World) {
        let fac = world.coming_fac(1, 1);
        let path = format!("/v1/cohorts/{}/timetable", fac.cohort);
        let sessions = json!({"sessions": [session("mon", "Check-in")]});
        fac.students[0].put(&path, sessions.clone()).problem(403, "forbidden");
        let stranger = world.person("Stranger");
        stranger.put(&path, sessions.clone()).problem(404, "not_found");
        stranger.get(&path).problem(404, "not_found");
        let refused = |change: &dyn Fn(&mut Value), pointer: &str, code: &str| {
            let mut one = session("mon", "Check-in");
            change(&mut one);
            put_timetable(&fac, json!([one])).field(pointer, code);
        };
        refused(&|one| one["ends"] = json!("09:30"), "/sessions/0/ends", "invalid");
        refused(&|one| one["starts"] = json!("9:30"), "/sessions/0/starts", "invalid");
        refused(&|one| one["weekday"] = json!("monday"), "/sessions/0/weekday", "invalid");
        refused(&|one| one["id"] = json!(fac.cohort), "/sessions/0/id", "not_found");
        let many = vec![session("mon", "Check-in"); 41];
        put_timetable(&fac, json!(many)).field("/sessions", "too_long");
        assert!(fac.facilitator.get(&path).is(200).data().is_empty(), "refusals change nothing");
    }

    fn a_week_has_its_timetable_by_both_clocks(world: World) {
        let fac = world.coming_fac(2, 1);
        put_timetable(&fac, json!([session("mon", "Check-in")])).is(200);
        announce(&fac, json!({"starts_at": "2099-01-11T10:00", "ends_at": "2099-01-11T11:00", "title": "Sunday"}));
        let me = &fac.students[0];
        let week = |number: i32| me.get(&format!("{MY_WEEK}?week={number}")).is(200).json["timetable"].clone();
        let titles = |number: i32| week(number).as_array().unwrap().iter().map(|event| event["title"].clone()).collect::<Vec<_>>();
        assert_eq!(titles(1), ["Check-in", "Sunday"]);
        assert_eq!(titles(2), ["Check-in"]);
        assert_eq!(week(1)[0]["in_my_time"], json!(null));
        me.patch("/v1/me", json!({"time_zone": "Asia/Gaza"})).is(200);
        let own = &week(1)[0];
        assert_eq!(own["starts_local"], "2099-01-05T09:30:00");
        assert_eq!(
            own["in_my_time"],
            json!({"time_zone": "Asia/Gaza", "starts_local": "2099-01-05T11:30:00", "ends_local": "2099-01-05T12:30:00"})
        );
        me.patch("/v1/me", json!({"time_zone": "Europe/London"})).is(200);
        assert_eq!(week(1)[0]["in_my_time"], json!(null));
    }

    fn what_a_timetable_left_out_is_forgotten_when_calendars_have_seen_it(world: World) {
        let fac = world.coming_fac(2, 1);
        let me = &fac.students[0];
        put_timetable(&fac, json!([session("mon", "First")])).is(200);
        put_timetable(&fac, json!([session("tue", "Second")])).is(200);
        let titles = || told(&fac).into_iter().map(|(_, title, status)| (title, status)).collect::<Vec<_>>();
        let count = |status: &str| titles().iter().filter(|(_, of)| of == status).count();
        assert_eq!((count("cancelled"), count("planned")), (2, 2));
        let week = me.get(&format!("{MY_WEEK}?week=1")).is(200).json["timetable"].clone();
        assert_eq!(week.as_array().unwrap().iter().map(|event| event["title"].clone()).collect::<Vec<_>>(), ["Second"]);
        let sweep = |days: i64| {
            world.db(move |conn| peerled::events::delete_left_out(conn, Instant::now().plus(TimeDelta::days(days - 30))));
        };
        sweep(29);
        assert_eq!(count("cancelled"), 2);
        // What staff have called off by hand stays.
        let by_hand = fac.facilitator.get(&format!("{}?limit=100", events_path(&fac))).is(200);
        let by_hand = by_hand.data().iter().find(|event| event["status"] == "planned").unwrap()["id"].as_str().unwrap().to_owned();
        fac.facilitator.delete(&format!("/v1/events/{by_hand}")).is(204);
        sweep(31);
        assert_eq!((count("cancelled"), count("planned")), (1, 1));
        // If the timetable has it again, it takes place again.
        put_timetable(&fac, json!([session("mon", "First"), session("tue", "Second")])).is(200);
        assert_eq!(count("planned"), 3);
    }

    fn a_timetable_cannot_pile_up_what_it_left_out(world: World) {
        let fac = world.coming_fac(2, 1);
        put_timetable(&fac, json!([session("mon", "First")])).is(200);
        put_timetable(&fac, json!([])).is(200);
        let cohort = Id::parse(&fac.cohort).unwrap();
        world.db(move |conn| {
            use peerled::db::schema::scheduled_events as events;
            let day = chrono::NaiveDate::from_ymd_opt(2099, 1, 5).unwrap();
            for _ in 0..4998 {
                diesel::insert_into(events::table)
                    .values((
                        events::id.eq(Id::new()),
                        events::cohort_id.eq(cohort),
                        events::session_day.eq(day),
                        events::is_changed.eq(false),
                        events::title.eq("Gone"),
                        events::kind.eq("stand_up"),
                        events::starts_local.eq(LocalTime::on(day, chrono::NaiveTime::MIN)),
                        events::ends_local.eq(LocalTime::on(day, chrono::NaiveTime::MIN).plus(TimeDelta::hours(1))),
                        events::is_optional.eq(false),
                        events::status.eq("cancelled"),
                        events::is_left_out.eq(true),
                        events::cancelled_at.eq(Instant::now()),
                        events::version.eq(1),
                        events::created_at.eq(Instant::now()),
                        events::updated_at.eq(Instant::now()),
                    ))
                    .execute(conn)?;
            }
            Ok(())
        });
        put_timetable(&fac, json!([session("mon", "First")])).problem(409, "conflict");
        assert_eq!(fac.facilitator.get(&format!("/v1/cohorts/{}/timetable", fac.cohort)).is(200).data().len(), 0);
    }

    fn what_has_begun_stays_as_it_was(world: World) {
        let fac = world.fac(1, 1);
        world.begin_week(&fac, 1, -2);
        // A session on every day; those that have begun before there was a timetable did not take place by it.
        let days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|day| {
            json!({"weekday": day, "starts": "00:00", "ends": "23:59", "title": "Open doors", "kind": "room"})
        });
        fac.organiser.patch(&format!("/v1/campuses/{}", fac.campus),
            json!({"work_week": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]})).is(200);
        put_timetable(&fac, json!(days)).is(200);
        let now = in_minutes(0);
        let events = told(&fac);
        assert_eq!(events.len(), 2, "{events:?}");
        assert!(events.iter().all(|(starts, _, _)| *starts > now), "{events:?}");
    }
}
