//! Office hours: stretches that mentors offer and students book in short times.

use std::thread;

use chrono::{Datelike as _, NaiveDate, Weekday};
use diesel::prelude::*;
use peerled::{
    db::schema::people,
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use super::{mails, sign_ups_path, slot_path, slot_with};
use crate::{
    harness::{Answer, Fac, User, World},
    on_every_database,
    privacy::erased,
    team_plans::{fours, having_seen, plan, publish},
};

pub fn hours_path(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/office-hours", fac.cohort)
}

/// From 14:00 to 15:00 on a day, in three times.
pub fn on(date: &str) -> Value {
    json!({"date": date, "starts": "14:00", "ends": "15:00", "minutes": 20, "place": "Library"})
}

pub fn booking(slot: &str, number: i32) -> String {
    format!("/v1/mentor-slots/{slot}/times/{number}/booking")
}

fn book(student: &User, slot: &str, number: i32) -> Answer {
    student.put(&booking(slot, number), json!({}))
}

/// The first working day of a week that begins on any day.
pub fn working_day(starts_on: &Value) -> String {
    let first: NaiveDate = starts_on.as_str().unwrap().parse().unwrap();
    let days = first.iter_days();
    let mut working = days.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    working.next().unwrap().to_string()
}

/// The slot of new office hours.
pub fn offered(mentor: &User, fac: &Fac, date: &str) -> String {
    let made = mentor.post(&hours_path(fac), on(date)).is(201);
    made.data()[0]["id"].as_str().unwrap().to_owned()
}

fn weeks(slots: &Value) -> Vec<i64> {
    let slots = slots.as_array().unwrap();
    slots.iter().map(|slot| slot["week"].as_i64().unwrap()).collect()
}

/// Number, `booked` and `mine` of each time of the only office hours.
fn times(who: &User, fac: &Fac) -> Vec<(i64, bool, bool)> {
    let list = who.get(&hours_path(fac)).is(200);
    assert_eq!(list.data().len(), 1);
    let time = |time: &Value| {
        let is = |name: &str| time[name].as_bool().unwrap();
        (time["number"].as_i64().unwrap(), is("booked"), is("mine"))
    };
    list.data()[0]["times"].as_array().unwrap().iter().map(time).collect()
}

/// To whom the last mails went that tell this.
fn told(world: &World, subject: &str) -> Vec<String> {
    let mails = mails(world).into_iter();
    mails
        .filter(|(_, told)| told.starts_with(subject))
        .map(|(to, _)| to)
        .collect()
}

on_every_database! {
    fn a_mentor_offers_them_in_each_core_week_or_once(world: World) {
        let fac = world.coming_fac(4, 1);
        let mentor = world.alumnus(&fac, "Mona");
        fac.organiser.put(&format!("/v1/campuses/{}/days-off/2099-01-14", fac.campus), json!({"name": "Holiday"})).is(204);
        fac.facilitator.patch(&format!("/v1/cohorts/{}/weeks/4", fac.cohort), json!({"phase": "client"})).is(200);
        let pattern = json!({"weekday": "wed", "phase": "core", "starts": "14:00", "ends": "15:05", "minutes": 20, "url": "https://meet.example/mona"});
        let made = mentor.post(&hours_path(&fac), pattern.clone()).is(201);
        assert_eq!((made.header("location"), weeks(&made.json["data"])), (hours_path(&fac).as_str(), vec![1, 3]));
        assert_eq!(made.json["left_out"], json!([{"week": 2, "reason": "day_off"}]));
        let first = &made.data()[0];
        let of_slot = ["kind", "min", "capacity", "starts_at", "starts_local", "ends_local", "time_zone", "booking_minutes", "confirmed"].map(|name| first[name].clone());
        assert_eq!(of_slot, [
            json!("project"), json!(0), json!(1), json!("2099-01-07T14:00:00Z"), json!("2099-01-07T14:00:00"),
            json!("2099-01-07T15:05:00"), json!("Europe/London"), json!(20), json!(1),
        ]);
        assert_eq!(first["mentors"][0]["id"], json!(mentor.id));
        // The second time there is nothing left to do; another mentor has hours of their own.
        let again = mentor.post(&hours_path(&fac), pattern.clone()).is(200);
        assert_eq!(again.json["data"], json!([]));
        assert_eq!(again.json["left_out"][0], json!({"week": 1, "reason": "exists"}));
        assert_eq!(world.alumnus(&fac, "Nour").post(&hours_path(&fac), pattern.clone()).is(201).data().len(), 2);
        let mut across = pattern;
        across["starts"] = json!("13:00");
        assert_eq!(mentor.post(&hours_path(&fac), across).is(200).json["left_out"][2], json!({"week": 3, "reason": "busy"}));
        // Once, by the clocks of somewhere else.
        let mut once = on("2099-01-06");
        once["time_zone"] = json!("Asia/Jakarta");
        assert_eq!(mentor.post(&hours_path(&fac), once).is(201).data()[0]["starts_at"], "2099-01-06T07:00:00Z");
        assert_eq!(fac.students[0].get(&format!("{}?week=1", hours_path(&fac))).is(200).data().len(), 3);

        let refused = |changes: Value, pointer: &str, code: &str| {
            let mut body = on("2099-01-08");
            for (name, value) in changes.as_object().unwrap() {
                body[name] = value.clone();
            }
            mentor.post(&hours_path(&fac), body).field(pointer, code);
        };
        refused(json!({"minutes": 9}), "/minutes", "invalid");
        refused(json!({"minutes": 121}), "/minutes", "invalid");
        refused(json!({"minutes": 61}), "/minutes", "invalid");
        refused(json!({"ends": "14:00"}), "/ends", "invalid");
        refused(json!({"date": "2099-03-05"}), "/date", "not_found");
        refused(json!({"weekday": "wed"}), "/weekday", "invalid");
        refused(json!({"weeks": [1]}), "/weeks", "invalid");
        refused(json!({"phase": "core"}), "/phase", "invalid");
        refused(json!({"date": null}), "/weekday", "required");
        refused(json!({"date": null, "weekday": "wed"}), "/weeks", "required");
        refused(json!({"date": null, "weekday": "wed", "weeks": [1, 9]}), "/weeks/1", "not_found");
        fac.students[0].post(&hours_path(&fac), on("2099-01-08")).problem(403, "not_alumni");
        world.person("Stranger").post(&hours_path(&fac), on("2099-01-08")).problem(403, "not_alumni");
        world.nobody().post(&hours_path(&fac), on("2099-01-08")).problem(401, "authentication_required");
        world.person("Other").get(&hours_path(&fac)).problem(404, "not_found");
        world.set_status(&fac, "graduated");
        mentor.post(&hours_path(&fac), on("2099-01-08")).problem(409, "conflict");
    }

    fn a_time_is_booked_and_given_up_and_the_other_side_is_told(world: World) {
        let fac = world.coming_fac(2, 3);
        let mentor = world.alumnus(&fac, "Mona");
        let [me, other, third] = [0, 1, 2].map(|at| &fac.students[at]);
        let slot = offered(&mentor, &fac, "2099-01-06");
        assert_eq!(times(me, &fac), [(1, false, false), (2, false, false), (3, false, false)]);
        book(me, &slot, 2).is(204);
        book(me, &slot, 2).is(204);
        assert_eq!(times(me, &fac), [(1, false, false), (2, true, true), (3, false, false)]);
        assert_eq!(times(other, &fac)[1], (2, true, false));
        assert_eq!(told(&world, "A time is booked"), std::slice::from_ref(&mentor.email));
        let letter = world.mail().into_iter().next_back().unwrap();
        assert!(letter.body.contains("Tuesday 6 January 2099, 14:20 (Europe/London)"), "{}", letter.body);
        // Who it is, the mentor sees and staff do, and nobody else.
        let seen_by = |who: &User| who.get(&hours_path(&fac)).is(200).data()[0]["times"][1]["booked_by"].clone();
        for who in [me, &mentor, &fac.facilitator] {
            assert_eq!(seen_by(who)["id"], json!(me.id));
        }
        assert_eq!(seen_by(other), Value::Null);

        book(other, &slot, 2).problem(409, "slot_taken");
        book(me, &slot, 3).problem(409, "conflict");
        book(other, &slot, 4).problem(404, "not_found");
        book(other, &slot_with(&fac, json!({})), 1).problem(404, "not_found");
        book(&mentor, &slot, 1).problem(404, "not_found");
        book(&fac.facilitator, &slot, 1).problem(403, "forbidden");
        third.delete(&booking(&slot, 2)).problem(404, "not_found");
        third.delete(&booking(&slot, 1)).problem(404, "not_found");
        // At the same time nobody is anywhere else: 14:10 to 14:30 meets the second time.
        let mut hours = on("2099-01-06");
        hours["starts"] = json!("14:10");
        let nour = world.alumnus(&fac, "Nour");
        let elsewhere = nour.post(&hours_path(&fac), hours).is(201).data()[0]["id"].as_str().unwrap().to_owned();
        book(me, &elsewhere, 1).problem(409, "conflict");
        book(other, &elsewhere, 1).is(204);
        fac.facilitator.delete(&slot_path(&elsewhere)).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled"), std::slice::from_ref(&other.email));

        me.delete(&booking(&slot, 2)).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled")[1], mentor.email);
        book(other, &slot, 2).is(204);
        mentor.delete(&booking(&slot, 2)).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled")[2], other.email);
        assert_eq!(times(other, &fac)[1], (2, false, false));
    }

    fn walks_and_times_do_not_meet(world: World) {
        let fac = world.coming_fac(2, 1);
        let me = &fac.students[0];
        let walk = slot_with(&fac, json!({"kind": "pastoral", "starts_at": "2099-01-06T14:30", "ends_at": "2099-01-06T16:00"}));
        fac.facilitator.put(&format!("/v1/mentor-slots/{walk}/walk"), json!({"places": 2})).is(204);
        me.put(&format!("/v1/mentor-slots/{walk}/walk/places/me"), Value::Null).is(204);
        let slot = offered(&world.alumnus(&fac, "Mona"), &fac, "2099-01-06");
        book(me, &slot, 2).problem(409, "conflict");
        book(me, &slot, 1).is(204);
        fac.facilitator.patch(&slot_path(&walk), json!({"booking_minutes": 30})).problem(409, "conflict");
        // The other way round.
        let slot = offered(&world.alumnus(&fac, "Nour"), &fac, "2099-01-13");
        book(me, &slot, 2).is(204);
        let walk = slot_with(&fac, json!({"week": 2, "kind": "pastoral", "starts_at": "2099-01-13T14:30", "ends_at": "2099-01-13T16:00"}));
        fac.facilitator.put(&format!("/v1/mentor-slots/{walk}/walk"), json!({"places": 2})).is(204);
        let place = format!("/v1/mentor-slots/{walk}/walk/places/me");
        me.put(&place, Value::Null).problem(409, "conflict");
        me.delete(&booking(&slot, 2)).is(204);
        me.put(&place, Value::Null).is(204);
        let hours = json!({"week": 2, "kind": "pastoral", "starts_at": "2099-01-14T14:30", "ends_at": "2099-01-14T16:00", "booking_minutes": 30});
        let hours = slot_with(&fac, hours);
        fac.facilitator.put(&format!("/v1/mentor-slots/{hours}/walk"), json!({"places": 2})).problem(409, "conflict");
    }

    fn a_team_comes_together(world: World) {
        let fac = world.coming_fac(2, 8);
        let slot = offered(&world.alumnus(&fac, "Mona"), &fac, "2099-01-06");
        let me = &fac.students[0];
        me.put(&booking(&slot, 1), json!({"for_team": true})).problem(409, "conflict");
        publish(&fac, &plan(&fac, fours(1, 2)).is(201), None).is(200);
        let before = told(&world, "A time is booked").len();
        me.put(&booking(&slot, 1), json!({"for_team": true})).is(204);
        assert_eq!(told(&world, "A time is booked").len(), before + 4, "the mentor and three others");
        let mine: Vec<&User> = fac.students.iter().filter(|student| times(student, &fac)[0].2).collect();
        assert_eq!(mine.len(), 4);
        let mate = mine.iter().find(|student| student.id != me.id).unwrap();
        book(mate, &slot, 2).problem(409, "conflict");
        let week = mate.get("/v1/me/week?week=1").is(200).json;
        let time = &week["office_hours"][0];
        assert_eq!((&time["number"], &time["starts_local"], &time["place"]), (&json!(1), &json!("2099-01-06T14:00:00"), &json!("Library")));
        assert_eq!((&time["team"]["id"], &time["mentors"][0]["name"]), (&week["team"]["id"], &json!("Mona")));
        assert_eq!(mate.get("/v1/me/week?week=2").is(200).json["office_hours"], json!([]));
        mate.delete(&booking(&slot, 1)).is(204);
        assert!(!times(me, &fac)[0].1);
    }

    fn what_becomes_of_the_slot_becomes_of_its_times(world: World) {
        let fac = world.coming_fac(3, 2);
        let mentor = world.alumnus(&fac, "Mona");
        let me = &fac.students[0];
        let slot = offered(&mentor, &fac, "2099-01-06");
        book(me, &slot, 3).is(204);
        let path = slot_path(&slot);
        for cut in [json!({"ends_at": "2099-01-06T14:59"}), json!({"booking_minutes": 30})] {
            fac.facilitator.patch(&path, cut).problem(409, "conflict");
        }
        fac.facilitator.patch(&path, json!({"booking_minutes": null})).field("/booking_minutes", "invalid");
        fac.facilitator.patch(&path, json!({"capacity": 2})).field("/capacity", "invalid");
        fac.facilitator.patch(&path, json!({"booking_minutes": 5})).field("/booking_minutes", "invalid");
        fac.facilitator.patch(&path, json!({"starts_at": "2099-01-07T10:00", "ends_at": "2099-01-07T11:00"})).is(200);
        assert_eq!(told(&world, "New time").iter().filter(|to| **to == me.email).count(), 1);
        let time = &me.get("/v1/me/week?week=1").is(200).json["office_hours"][0];
        assert_eq!(time["starts_at"], "2099-01-07T10:40:00Z");
        // What a mentor offered ends with them.
        mentor.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled"), std::slice::from_ref(&me.email));
        assert_eq!(me.get("/v1/me/week?week=1").is(200).json["office_hours"], json!([]));
        me.get(&slot_path(&slot)).problem(404, "not_found");
        // Staff offer hours by a slot that a mentor takes, and the next mentor holds them from then on.
        let hours = json!({"kind": "project", "min": 0, "capacity": 1, "starts_at": "2099-01-06T14:00", "ends_at": "2099-01-06T15:00", "booking_minutes": 20});
        let slot = slot_with(&fac, hours);
        book(me, &slot, 3).problem(409, "conflict");
        fac.facilitator.post(&sign_ups_path(&slot), Value::Null).is(201);
        book(me, &slot, 3).is(204);
        let nour = world.alumnus(&fac, "Nour");
        nour.post(&sign_ups_path(&slot), Value::Null).is(201);
        fac.facilitator.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        assert_eq!(times(me, &fac)[2], (3, true, true));
        fac.facilitator.patch(&format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, me.id), json!({"status": "withdrawn"})).is(200);
        assert_eq!(times(&nour, &fac)[2], (3, false, false), "whoever leaves leaves the time to others");
        assert_eq!(told(&world, "Your booked office hours are cancelled"), [me.email.clone(), nour.email.clone()]);
    }

    fn whoever_offers_them_moves_and_removes_them(world: World) {
        let fac = world.coming_fac(2, 2);
        let (mentor, nour) = (world.alumnus(&fac, "Mona"), world.alumnus(&fac, "Nour"));
        let me = &fac.students[0];
        let slot = offered(&mentor, &fac, "2099-01-06");
        let path = slot_path(&slot);
        book(me, &slot, 2).is(204);
        let later = json!({"starts_at": "2099-01-06T15:00", "ends_at": "2099-01-06T16:00", "place": "Kitchen"});
        nour.patch(&path, later.clone()).problem(403, "forbidden");
        me.patch(&path, later.clone()).problem(403, "forbidden");
        nour.delete(&path).problem(403, "forbidden");
        mentor.patch(&path, json!({"capacity": 2, "min": 1})).field("/min", "invalid");
        let moved = mentor.patch(&path, later).is(200);
        assert_eq!((&moved.json["starts_at"], &moved.json["place"], &moved.json["offered"]), (&json!("2099-01-06T15:00:00Z"), &json!("Kitchen"), &json!(true)));
        assert_eq!(told(&world, "New time: Tuesday 6 January 2099, 15:20"), std::slice::from_ref(&me.email), "not whoever did it");
        // Whoever waits for them would lose them.
        nour.post(&sign_ups_path(&slot), Value::Null).is(201);
        mentor.delete(&path).problem(409, "conflict");
        nour.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        mentor.delete(&path).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled: Tuesday 6 January 2099, 15:20"), std::slice::from_ref(&me.email));
        for who in [&mentor, me, &fac.facilitator] {
            assert_eq!(who.get(&hours_path(&fac)).is(200).json["data"], json!([]));
            who.get(&path).problem(404, "not_found");
        }
        // The same again is new, and what staff made is theirs to change.
        offered(&mentor, &fac, "2099-01-06");
        let of_staff = slot_with(&fac, json!({"starts_at": "2099-01-07T14:00", "ends_at": "2099-01-07T15:00", "booking_minutes": 20}));
        mentor.post(&sign_ups_path(&of_staff), Value::Null).is(201);
        mentor.patch(&slot_path(&of_staff), json!({"place": "Kitchen"})).problem(403, "forbidden");
        mentor.delete(&slot_path(&of_staff)).problem(403, "forbidden");
        mentor.delete(&format!("{}/me", sign_ups_path(&of_staff))).is(204);
        fac.facilitator.get(&slot_path(&of_staff)).is(200);
    }

    fn a_team_is_who_is_in_it_and_whoever_goes_leaves_it_its_time(world: World) {
        let fac = world.coming_fac(2, 8);
        let (mentor, nour) = (world.alumnus(&fac, "Mona"), world.alumnus(&fac, "Nour"));
        let slot = offered(&mentor, &fac, "2099-01-06");
        publish(&fac, &plan(&fac, fours(1, 2)).is(201), None).is(200);
        let teams = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1/teams", fac.cohort)).is(200);
        let members = |at: usize| -> Vec<String> {
            let members = teams.data()[at]["members"].as_array().unwrap();
            members.iter().map(|member| member["person"]["id"].as_str().unwrap().to_owned()).collect()
        };
        let user = |id: &str| fac.students.iter().find(|student| student.id == id).unwrap();
        let (own, others) = (members(0), members(1));
        let (me, mate, other) = (user(&own[0]), user(&own[1]), user(&others[0]));
        me.put(&booking(&slot, 1), json!({"for_team": true})).is(204);
        // Whoever is moved to another team has a time with that one alone.
        let [from, to] = [0, 1].map(|at| teams.data()[at]["id"].clone());
        let moves = json!([
            {"person_id": me.id, "from_team": from, "to_team": to}, {"person_id": other.id, "from_team": to, "to_team": from},
        ]);
        let team = format!("/v1/teams/{}", from.as_str().unwrap());
        let seen = having_seen(&fac.facilitator, &fac.facilitator.get(&team).is(200));
        seen.post(&format!("{team}/repairs"), json!({"moves": moves, "reason": "They asked for it."})).is(201);
        assert_eq!([me, mate, other].map(|who| times(who, &fac)[0]), [(1, true, false), (1, true, true), (1, true, true)]);
        me.put(&booking(&slot, 2), Value::Null).is(204);
        me.delete(&booking(&slot, 1)).problem(404, "not_found");
        // An account that goes leaves the team its time, and its own is free again.
        let before = told(&world, "Your booked office hours are cancelled").len();
        erased(&world, me);
        assert_eq!(times(mate, &fac)[..2], [(1, true, true), (2, false, false)]);
        assert_eq!(told(&world, "Your booked office hours are cancelled")[before..], *std::slice::from_ref(&mentor.email));
        // Nobody is booked whose account is closed.
        let hers = offered(&nour, &fac, "2099-01-13");
        let row = people::table.find(Id::parse(&nour.id).unwrap());
        world.db(move |conn| {
            diesel::update(row).set(people::disabled_at.eq(Instant::now())).execute(conn)?;
            Ok(())
        });
        book(mate, &hers, 1).problem(409, "conflict");
    }

    fn what_one_account_offers_and_books_is_bounded(world: World) {
        let fac = world.coming_fac(1, 1);
        let mentor = world.alumnus(&fac, "Mona");
        let me = &fac.students[0];
        let body = |at: usize| json!({"date": format!("2099-01-{:02}", 5 + at / 30), "starts": format!("{:02}:{:02}", at % 30 / 6 + 8, at % 6 * 10), "ends": format!("{:02}:{:02}", (at % 30 + 1) / 6 + 8, (at % 30 + 1) % 6 * 10), "minutes": 10});
        let mut slot = String::new();
        for at in 0..100 {
            slot = mentor.post(&hours_path(&fac), body(at)).is(201).data()[0]["id"].as_str().unwrap().to_owned();
        }
        let refused = mentor.post(&hours_path(&fac), body(100)).problem(409, "conflict");
        assert!(refused.text.contains("at most 100."), "{}", refused.text);
        for _ in 0..20 {
            book(me, &slot, 1).is(204);
            me.delete(&booking(&slot, 1)).is(204);
        }
        let refused = book(me, &slot, 1).problem(409, "conflict");
        assert!(refused.text.contains("at most 20."), "{}", refused.text);
    }

    fn whom_the_staff_remove_mentors_nobody_there(world: World) {
        let fac = world.coming_fac(2, 1);
        let (mentor, me) = (world.alumnus(&fac, "Mona"), &fac.students[0]);
        let slot = offered(&mentor, &fac, "2099-01-06");
        let week = slot_with(&fac, json!({}));
        mentor.post(&sign_ups_path(&week), Value::Null).is(201);
        book(me, &slot, 1).is(204);
        mentor.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null);
        fac.facilitator.delete(&format!("/v1/campuses/{}/members/{}", fac.campus, mentor.id)).is(204);
        assert_eq!(told(&world, "Your booked office hours are cancelled"), std::slice::from_ref(&me.email));
        assert_eq!(mentor.get("/v1/me/mentoring").is(200).json["places"], json!([]));
        mentor.get(&hours_path(&fac)).problem(404, "not_found");
        mentor.post(&hours_path(&fac), on("2099-01-08")).problem(403, "not_alumni");
        mentor.post(&sign_ups_path(&week), Value::Null).problem(403, "not_alumni");
        assert_eq!(mentor.get("/v1/mentor-slots?open=true").is(200).data().len(), 0);
        fac.facilitator.get(&slot_path(&slot)).problem(404, "not_found");
    }

    fn no_time_is_offered_that_clocks_do_not_show(world: World) {
        let fac = world.coming_fac(1, 1);
        let mentor = world.alumnus(&fac, "Mona");
        let left_out = |changes: Value| {
            let mut body = json!({"date": "2099-01-05", "starts": "00:10", "ends": "00:40", "minutes": 10});
            for (name, value) in changes.as_object().unwrap() {
                body[name] = value.clone();
            }
            mentor.post(&hours_path(&fac), body).is(200).json["left_out"].clone()
        };
        // On the first day of the week it is still the day before at the campus.
        assert_eq!(left_out(json!({"time_zone": "Pacific/Kiritimati"})), json!([{"week": 1, "reason": "no_such_time"}]));
        world.set_status(&fac, "planned");
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"starts_on": "2027-03-22"})).is(200);
        let skipped = json!({"date": "2027-03-26", "starts": "02:30", "ends": "03:00", "time_zone": "Asia/Jerusalem"});
        assert_eq!(left_out(skipped), json!([{"week": 1, "reason": "no_such_time"}]));
        let slot = json!({"week": 1, "kind": "project", "min": 0, "capacity": 1, "starts_at": "2027-03-28T01:30", "ends_at": "2027-03-28T02:30"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-slots", fac.cohort), slot).field("/starts_at", "invalid");
    }

    fn wishes_do_not_count_them(world: World) {
        let fac = world.coming_fac(3, 1);
        let mentor = world.alumnus(&fac, "Mona");
        let weeks = [1, 2, 3].map(|week| slot_with(&fac, json!({"week": week, "min": 1, "capacity": 1})));
        for date in ["2099-01-06", "2099-01-13"] {
            offered(&mentor, &fac, date);
        }
        let hours = mentor.get(&hours_path(&fac)).is(200).data()[0]["slot_id"].clone();
        let wish = |body: Value| mentor.put(&format!("/v1/cohorts/{}/mentor-preferences/me", fac.cohort), body);
        wish(json!({"ranked": [hours]})).field("/ranked/0", "invalid");
        wish(json!({"ranked": [weeks[2]], "at_most": 1})).is(200);
        let allocate = || fac.facilitator.post(&format!("/v1/cohorts/{}/mentor-allocations", fac.cohort), json!({"dry_run": true, "weeks_in_a_row": 2})).is(200);
        let given = allocate();
        assert_eq!((&given.json["assignments"][0]["slot_id"], &given.json["wishes"][0]["remaining"]), (&json!(weeks[2]), &json!(1)));
        // What one has of the weeks counts.
        mentor.post(&sign_ups_path(&weeks[0]), Value::Null).is(201);
        assert_eq!(wish(json!({"ranked": [weeks[2]], "at_most": 1})).is(200).json["remaining"], 0);
        assert_eq!(wish(json!({"ranked": [weeks[2]], "at_most": 2})).is(200).json["remaining"], 1);
        assert_eq!(allocate().json["wishes"][0]["remaining"], 1);
    }

    fn office_hours_cover_no_week_and_show_in_feeds(world: World) {
        let fac = world.coming_fac(2, 1);
        let mentor = world.alumnus(&fac, "Mona");
        let me = &fac.students[0];
        let slot = offered(&mentor, &fac, "2099-01-06");
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/mentor-coverage", fac.cohort)).is(200).json["data"][0].clone();
        assert_eq!((&week["wanted"], &week["confirmed"], &week["slots"]), (&json!(0), &json!(0), &json!(0)));
        book(me, &slot, 2).is(204);
        for (who, summary) in [(me, "SUMMARY:fac: office hours\r\n"), (&mentor, "SUMMARY:fac: office hours\\, booked\r\n")] {
            let feed = crate::calendars::feed(who, json!({"of": "me"}));
            let calendar = world.nobody().get(&feed).is(200).text.replace("\r\n ", "");
            for line in [summary, "DTSTART:20990106T142000Z\r\n", "DTEND:20990106T144000Z\r\n", "LOCATION:Library\r\n"] {
                assert!(calendar.contains(line), "{line} in {calendar}");
            }
        }
    }

    fn office_hours_let_nobody_into_a_cohort(world: World) {
        let fac = world.coming_fac(1, 1);
        let mentor = world.alumnus(&fac, "Mona");
        world.begin_week(&fac, 1, 1);
        let week = fac.facilitator.get(&format!("/v1/cohorts/{}/weeks/1", fac.cohort)).is(200).json;
        offered(&mentor, &fac, &working_day(&week["starts_on"]));
        let inside = |status: u16| {
            for path in ["enrolments", "encounters", "weeks/1/hand-over", "weeks/1/submissions"] {
                mentor.get(&format!("/v1/cohorts/{}/{path}", fac.cohort)).is(status);
            }
        };
        inside(404);
        mentor.post(&sign_ups_path(&slot_with(&fac, json!({}))), Value::Null).is(201);
        inside(200);
    }

    fn one_of_many_gets_a_time(world: World) {
        let fac = world.coming_fac(1, 12);
        let slot = offered(&world.alumnus(&fac, "Mona"), &fac, "2099-01-06");
        let statuses: Vec<u16> = thread::scope(|scope| {
            let threads: Vec<_> = fac.students.iter().map(|student| scope.spawn(|| book(student, &slot, 1).status)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| matches!(status, 204 | 409)), "{statuses:?}");
        // One student at once in two places.
        let me = fac.students.iter().find(|student| times(student, &fac)[0].2).unwrap();
        me.delete(&booking(&slot, 1)).is(204);
        let statuses: Vec<u16> = thread::scope(|scope| {
            let threads = [1, 2, 3].map(|number| { let slot = &slot; scope.spawn(move || book(me, slot, number).status) });
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert_eq!(statuses.iter().filter(|status| **status == 204).count(), 1, "{statuses:?}");
    }
}
