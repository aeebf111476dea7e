//! Times for interviews, and who has them.

use std::thread;

use serde_json::{Value, json};

use super::{apply, in_days, intake, open, open_fac, path, reading::read_by, status, window, withdraw};
use crate::{
    changes::Follower,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// Times that begin so many hours from noon of the day after tomorrow, of half an hour each: their ids.
pub fn offer(fac: &Fac, hours: &[i64]) -> Vec<String> {
    let day = &in_days(2)[..10];
    let time = |hour: &i64| json!({"starts_at": format!("{day}T{:02}:00:00Z", 12 + hour), "ends_at": format!("{day}T{:02}:30:00Z", 12 + hour)});
    let times: Vec<Value> = hours.iter().map(time).collect();
    let made = fac
        .facilitator
        .post(
            &path(fac, "/interview-slots"),
            json!({"times": times, "place": "Room 2"}),
        )
        .is(201);
    made.data()
        .iter()
        .map(|slot| slot["id"].as_str().unwrap().to_owned())
        .collect()
}

fn book(who: &User, slot: &str) -> Answer {
    who.put(&format!("/v1/interview-slots/{slot}/booking/me"), Value::Null)
}

fn cancel(who: &User, slot: &str) -> Answer {
    who.delete(&format!("/v1/interview-slots/{slot}/booking/me"))
}

/// The ids of the times that somebody sees.
fn seen(fac: &Fac, who: &User) -> Vec<String> {
    let slots = who.get(&path(fac, "/interview-slots")).is(200);
    slots
        .data()
        .iter()
        .map(|slot| slot["id"].as_str().unwrap().to_owned())
        .collect()
}

on_every_database! {
    fn an_applicant_has_one_interview_and_a_cancelled_time_is_free_again(world: World) {
        let fac = open_fac(&world);
        let [amal, basil, rosa] = ["Amal", "Basil", "Rosa"].map(|name| world.person(name));
        let (mine, _) = (apply(&fac, &amal), apply(&fac, &basil));
        let slots = offer(&fac, &[0, 1]);
        assert_eq!(seen(&fac, &amal), slots);
        let mut follower = Follower::begin(&world, &amal);
        let booked = book(&amal, &slots[0]).is(200).json;
        assert_eq!((&booked["own"], &booked["place"], booked.get("application_id")), (&json!(true), &json!("Room 2"), None));
        assert_eq!(book(&amal, &slots[0]).is(200).json, booked);
        assert_eq!(follower.kinds(&world), ["interview_slot.updated", "application.interview_booked"]);
        assert_eq!(amal.get(&mine).is(200).json["interview"]["id"], slots[0].as_str());
        // Others do not see whose it is, nor that it is anybody's.
        assert_eq!(seen(&fac, &basil), slots[1..]);
        book(&basil, &slots[0]).problem(409, "slot_taken");
        let refused = book(&amal, &slots[1]).problem(409, "conflict");
        assert_eq!(refused.json["interview_slot_id"], slots[0].as_str());
        let all = fac.facilitator.get(&path(&fac, "/interview-slots")).is(200);
        assert_eq!(format!("/v1/applications/{}", all.data()[0]["application_id"].as_str().unwrap()), mine);
        rosa.get(&path(&fac, "/interview-slots")).problem(404, "not_found");
        book(&rosa, &slots[1]).problem(404, "not_found");
        cancel(&basil, &slots[0]).problem(404, "not_found");
        cancel(&amal, &slots[0]).is(204);
        book(&basil, &slots[0]).is(200);
        book(&amal, &slots[1]).is(200);
        let mails: Vec<String> = world.mail().into_iter().map(|mail| mail.subject).collect();
        assert!(mails.iter().any(|subject| subject.starts_with("Your interview for fac")), "{mails:?}");
        // Whoever withdraws has none.
        withdraw(&amal, &mine).is(200);
        assert_eq!(seen(&fac, &basil), slots);
        book(&amal, &slots[1]).problem(409, "invalid_transition");
        // And of one that is taken away its applicant is told.
        fac.facilitator.delete(&format!("/v1/interview-slots/{}", slots[0])).is(204);
        world.hand_out();
        let told = basil.get("/v1/me/notifications").is(200);
        assert_eq!(told.data()[0]["title"], "Your interview for fac is cancelled");
        assert_eq!(seen(&fac, &basil), slots[1..]);
    }

    fn nobody_interviews_twice_at_one_time_nor_in_the_past(world: World) {
        let fac = open_fac(&world);
        let away = world.campus_with_cohort("away", 1, 0);
        open(&away, intake(window(-1, 1)));
        let day = &in_days(2)[..10];
        let times = |all: &[&str]| -> Value {
            let time = |from: &&str| json!({"starts_at": format!("{day}T{from}:00Z"), "ends_at": format!("{day}T{}:59:00Z", &from[..2])});
            all.iter().map(time).collect()
        };
        for of in [&fac, &away] {
            fac.organiser.put(&format!("/v1/campuses/{}/members/me", away.campus), Value::Null);
            away.organiser.put(&format!("/v1/campuses/{}/staff/{}", away.campus, fac.organiser.id), json!({"role": "facilitator"}));
            read_by(of, false, &[&fac.organiser]);
        }
        let interviewer = &fac.organiser.id;
        let ask = |of: &Fac, body: Value| of.facilitator.post(&path(of, "/interview-slots"), body);
        let held = |all: &[&str]| json!({"times": times(all), "interviewer_id": interviewer});
        ask(&fac, held(&["10:00", "10:30"])).field("/times/1/starts_at", "invalid");
        ask(&fac, held(&["10:00", "11:00"])).is(201);
        ask(&fac, held(&["12:00", "11:30"])).field("/times/1/starts_at", "invalid");
        ask(&away, held(&["11:30"])).field("/times/0/starts_at", "invalid");
        ask(&away, held(&["12:00"])).is(201);
        // Where nobody in particular interviews, several may at once.
        ask(&fac, json!({"times": times(&["10:00", "10:30"])})).is(201);
        let past = json!({"times": [{"starts_at": in_days(-2), "ends_at": format!("{}T23:59:59Z", &in_days(-2)[..10])}]});
        ask(&fac, past).field("/times/0/starts_at", "invalid");
    }

    fn interviewers_and_applicants_hear_of_what_concerns_them(world: World) {
        let fac = open_fac(&world);
        let (amal, noor) = (world.person("Amal"), world.alumnus(&fac, "Noor"));
        let mine = apply(&fac, &amal);
        read_by(&fac, false, &[&noor]);
        let titles = |who: &User| -> Vec<String> {
            world.hand_out();
            let told = who.get("/v1/me/notifications?limit=50").is(200);
            told.data().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect()
        };
        let day = &in_days(2)[..10];
        let time = |from: &str, to: &str| json!({"times": [{"starts_at": format!("{day}T{from}:00Z"), "ends_at": format!("{day}T{to}:00Z")}], "interviewer_id": noor.id});
        let made = fac.facilitator.post(&path(&fac, "/interview-slots"), time("10:00", "10:30")).is(201);
        let slot = made.data()[0]["id"].as_str().unwrap().to_owned();
        let can_book = "You can book an interview for fac.";
        assert_eq!(titles(&amal)[0], can_book);
        // As long as there is a time to book that is no news.
        fac.facilitator.post(&path(&fac, "/interview-slots"), time("11:00", "11:30")).is(201);
        assert_eq!(titles(&amal).iter().filter(|title| *title == can_book).count(), 1);
        assert_eq!(seen(&fac, &noor).len(), 2, "whoever interviews sees when");
        book(&amal, &slot).is(200);
        assert!(titles(&noor)[0].starts_with("An interview with you for fac is booked: "), "{:?}", titles(&noor));
        let given_up = "The interview with you for fac does not take place: ";
        cancel(&amal, &slot).is(204);
        assert!(titles(&noor)[0].starts_with(given_up), "{:?}", titles(&noor));
        book(&amal, &slot).is(200);
        withdraw(&amal, &mine).is(200);
        let told = titles(&noor);
        assert_eq!(told.iter().filter(|title| title.starts_with(given_up)).count(), 2, "{told:?}");
        let stranger = world.alumnus(&fac, "Stranger");
        stranger.get(&path(&fac, "/interview-slots")).problem(404, "not_found");
    }

    fn no_two_interviews_overlap_across_campuses(world: World) {
        let fac = open_fac(&world);
        let away = world.campus_with_cohort("away", 1, 0);
        open(&away, intake(window(-1, 1)));
        let amal = world.person("Amal");
        for of in [&fac, &away] {
            apply(of, &amal);
        }
        let (here, there) = (offer(&fac, &[0]), offer(&away, &[0, 1]));
        book(&amal, &here[0]).is(200);
        let refused = book(&amal, &there[0]).problem(409, "conflict");
        assert_eq!(refused.json["interview_slot_id"], here[0].as_str());
        book(&amal, &there[1]).is(200);
    }

    fn of_many_who_book_one_time_at_once_one_has_it(world: World) {
        let fac = open_fac(&world);
        let names: Vec<String> = (0..8).map(|at| format!("Applicant {at}")).collect();
        let people = world.people(&names);
        for who in &people {
            apply(&fac, who);
        }
        let slots = offer(&fac, &[0]);
        let booked: Vec<u16> = thread::scope(|scope| {
            let all: Vec<_> = people.iter().map(|who| scope.spawn(|| book(who, &slots[0]).status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        let count = |status| booked.iter().filter(|one| **one == status).count();
        assert_eq!((count(200), count(409)), (1, 7), "{booked:?}");
        // And of two times that one person books at once they have one.
        let slots = offer(&fac, &[2, 3, 4]);
        let free = people.iter().find(|who| who.get("/v1/me/applications").is(200).data()[0]["id"].as_str().is_some_and(|id| {
            who.get(&format!("/v1/applications/{id}")).is(200).json.get("interview").is_none()
        })).unwrap();
        let booked: Vec<u16> = thread::scope(|scope| {
            let all: Vec<_> = slots.iter().map(|slot| scope.spawn(|| book(free, slot).status)).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(booked.iter().filter(|one| **one == 200).count(), 1, "{booked:?}");
    }

    fn what_is_wrong_with_times_is_told(world: World) {
        let fac = world.coming_fac(2, 0);
        let mut days = intake(window(-1, 1));
        (days["interviews_from"], days["interviews_to"]) = (json!("2098-03-08"), json!("2098-03-09"));
        open(&fac, days);
        let ask = |body: Value| fac.facilitator.post(&path(&fac, "/interview-slots"), body);
        let time = |starts: &str, ends: &str| json!({"times": [{"starts_at": starts, "ends_at": ends}]});
        ask(json!({"times": []})).field("/times", "invalid");
        ask(time("2098-03-08T10:00", "2098-03-08T10:00")).field("/times/0/ends_at", "invalid");
        ask(time("2098-03-08T10:00", "2098-03-08T19:00")).field("/times/0/ends_at", "invalid");
        ask(time("2098-03-10T10:00", "2098-03-10T10:30")).field("/times/0/starts_at", "invalid");
        let mut by = time("2098-03-09T10:00", "2098-03-09T10:30");
        by["interviewer_id"] = json!(fac.organiser.id);
        ask(by.clone()).field("/interviewer_id", "not_found");
        read_by(&fac, false, &[&fac.organiser]);
        ask(by).is(201);
        world.person("Stranger").post(&path(&fac, "/interview-slots"), time("2098-03-08T10:00", "2098-03-08T10:30")).problem(404, "not_found");
        let amal = world.person("Amal");
        let mine = apply(&fac, &amal);
        assert_eq!((status(&amal, &mine), seen(&fac, &amal).len()), (json!("submitted"), 1));
    }

    fn nobody_is_interviewed_by_whom_they_know(world: World) {
        let fac = open_fac(&world);
        let away = world.campus_with_cohort("away", 2, 4);
        let rule = json!({"kind": "apart", "people": [away.students[0].id, away.students[1].id]});
        away.facilitator.post(&format!("/v1/cohorts/{}/pair-rules", away.cohort), rule).is(201);
        let (asks, amal, basil) = (&away.students[0], &away.students[1], world.person("Basil"));
        asks.put(&format!("/v1/campuses/{}/members/me", fac.campus), Value::Null).is(204);
        fac.organiser.put(&format!("/v1/campuses/{}/staff/{}", fac.campus, asks.id), json!({"role": "facilitator"})).is(204);
        read_by(&fac, false, &[asks]);
        for who in [amal, &basil] {
            apply(&fac, who);
        }
        let starts = in_days(2);
        let ends = peerled::primitives::Instant::parse(&starts).unwrap().plus(chrono::TimeDelta::minutes(30)).to_string();
        let body = json!({"times": [{"starts_at": starts, "ends_at": ends}], "interviewer_id": asks.id});
        let slot = fac.facilitator.post(&path(&fac, "/interview-slots"), body).is(201).data()[0]["id"].as_str().unwrap().to_owned();
        assert!(seen(&fac, amal).is_empty());
        book(amal, &slot).problem(404, "not_found");
        assert_eq!(seen(&fac, &basil), [slot.as_str()]);
        book(&basil, &slot).is(200);
    }
}
