//! Workshops, and the places of clients at them.

use std::thread;

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::client_workshops,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use super::{apply, apply_as, go, open, step, steps::letters};
use crate::{
    changes::Follower,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

/// With so many places, in a year to come.
pub fn new_workshop(places: i32) -> Value {
    json!({"starts_at": "2099-03-10T10:00", "ends_at": "2099-03-10T16:00", "place": "Finsbury Park", "places": places})
}

fn at_campus(fac: &Fac) -> String {
    format!("/v1/campuses/{}/client-workshops", fac.campus)
}

/// Offers one: its path.
fn offer(fac: &Fac, places: i32) -> String {
    let made = fac.facilitator.post(&at_campus(fac), new_workshop(places)).is(201);
    made.header("location").to_owned()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

fn book(who: &User, client: &str, workshop: &str) -> Answer {
    who.put(&format!("{client}/workshop"), json!({"workshop_id": last(workshop)}))
}

/// Lets a workshop have begun, and ended, by the clocks of any campus.
pub fn begin(world: &World, workshop: &str) {
    let id = Id::parse(last(workshop)).unwrap();
    let zone = TimeZone::parse("Europe/London").unwrap();
    let of = move |hours| LocalTime::of(Instant::now().plus(TimeDelta::hours(hours)), zone);
    let (starts, ends) = (of(-24), of(-22));
    world.db(move |conn| {
        diesel::update(client_workshops::table.find(id))
            .set((
                client_workshops::starts_local.eq(starts),
                client_workshops::ends_local.eq(ends),
            ))
            .execute(conn)?;
        Ok(())
    });
}

/// An invited client of somebody new.
fn invited(world: &World, fac: &Fac, name: &str) -> (User, String) {
    let owner = world.person(name);
    let client = apply_as(fac, &owner, &format!("Organisation of {name}"));
    go(fac, &client, &["invited"]);
    (owner, client)
}

on_every_database! {
    fn a_place_for_a_client_that_had_said_so_without_one_is_told_of(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let (olive, client) = invited(&world, &fac, "Olive");
        let workshop = offer(&fac, 1);
        let before = step(&fac.facilitator, &client, "workshop_booked").is(200).json["version"].clone();
        assert_ne!(book(&olive, &client, &workshop).is(200).json["version"], before);
        assert!(letters(&world, &olive).pop().unwrap().contains("Finsbury Park"));
    }

    fn staff_offer_workshops_and_owners_book_a_place(world: World) {
        let fac = world.fac(1, 1);
        open(&fac);
        let (olive, client) = invited(&world, &fac, "Olive");
        let wrong = |field: &str, value: Value, at: &str| {
            let mut workshop = new_workshop(2);
            workshop[field] = value;
            fac.facilitator.post(&at_campus(&fac), workshop).field(at, "invalid");
        };
        wrong("starts_at", json!("2026-01-01T10:00"), "/starts_at");
        wrong("ends_at", json!("2099-03-10T10:00"), "/ends_at");
        wrong("places", json!(0), "/places");
        olive.post(&at_campus(&fac), new_workshop(1)).problem(403, "forbidden");
        // Where there is no workshop, owners say that theirs is booked.
        step(&olive, &client, "workshop_booked").is(200);
        step(&olive, &client, "invited").is(200);
        let workshop = offer(&fac, 2);
        step(&olive, &client, "workshop_booked").problem(409, "conflict");
        olive.get(&workshop).problem(404, "not_found");
        let offered = olive.get(&format!("{client}/workshops")).is(200);
        assert_eq!((offered.data().len(), &offered.data()[0]["places_left"]), (1, &json!(2)), "{}", offered.text);
        assert_eq!((&offered.data()[0]["starts_local"], &offered.data()[0]["place"]), (&json!("2099-03-10T10:00:00"), &json!("Finsbury Park")));
        book(&olive, &client, &client).field("/workshop_id", "not_found");
        fac.students[0].put(&format!("{client}/workshop"), json!({"workshop_id": last(&workshop)})).problem(404, "not_found");
        let booked = book(&olive, &client, &workshop).is(200).json;
        assert_eq!((&booked["status"], &booked["workshop"]["id"]), (&json!("workshop_booked"), &json!(last(&workshop))));
        assert_eq!(book(&olive, &client, &workshop).is(200).json["version"], booked["version"], "what is sent twice happened once");
        let letter = letters(&world, &olive).pop().unwrap();
        assert!(letter.contains("10 March 2099, 10:00") && letter.contains("Finsbury Park"), "{letter}");
        let other = offer(&fac, 1);
        let elsewhere = book(&olive, &client, &other).problem(409, "conflict");
        assert_eq!(elsewhere.json["workshop_id"], json!(last(&workshop)));
        // The staff see who comes; owners nothing of each other.
        let listed = fac.facilitator.get(&at_campus(&fac)).is(200);
        assert_eq!(listed.data().iter().map(|one| one["clients"].as_array().unwrap().len()).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(listed.data()[1]["clients"][0], json!({"id": last(&client), "name": "Organisation of Olive", "status": "workshop_booked"}));
        let own = olive.get(&format!("{client}/workshops")).is(200);
        assert!(own.data().len() == 1 && own.data()[0].get("clients").is_none(), "{}", own.text);
        // Once they have signed they may give it up all the same.
        go(&fac, &client, &["agreement_sent"]);
        step(&olive, &client, "agreement_signed").is(200);
        olive.delete(&format!("{client}/workshop")).is(204);
        let seen = olive.get(&client).is(200).json;
        assert_eq!((&seen["status"], &seen["workshop"]), (&json!("invited"), &Value::Null));
        olive.delete(&format!("{client}/workshop")).problem(404, "not_found");
        assert_eq!(fac.facilitator.get(&workshop).is(200).json["places_left"], 2);
        // So does whoever withdraws, or is invited again by the staff.
        book(&olive, &client, &workshop).is(200);
        go(&fac, &client, &["invited"]);
        assert_eq!(fac.facilitator.get(&workshop).is(200).json["places_left"], 2);
        book(&olive, &client, &workshop).is(200);
        step(&olive, &client, "withdrawn").is(200);
        assert_eq!(fac.facilitator.get(&workshop).is(200).json["places_left"], 2);
        assert!(olive.get(&format!("{client}/workshops")).is(200).data().is_empty());
    }

    fn no_more_places_are_given_than_there_are(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let workshop = offer(&fac, 2);
        let clients: Vec<(User, String)> = (0..5).map(|number| invited(&world, &fac, &format!("Owner{number}"))).collect();
        let (clients, workshop) = (&clients, &workshop);
        let mut answers: Vec<u16> = thread::scope(|scope| {
            let ask = |(owner, client): &'_ (User, String)| book(owner, client, workshop).status;
            let asked: Vec<_> = clients.iter().map(|one| scope.spawn(move || ask(one))).collect();
            asked.into_iter().map(|one| one.join().unwrap()).collect()
        });
        answers.sort_unstable();
        assert_eq!(answers, [200, 200, 409, 409, 409]);
        let seen = fac.facilitator.get(workshop).is(200).json;
        assert_eq!((seen["clients"].as_array().unwrap().len(), &seen["places_left"]), (2, &json!(0)));
        // Whoever did not get one is where they were.
        let states: Vec<Value> = clients.iter().map(|(owner, client)| owner.get(client).is(200).json["status"].clone()).collect();
        assert_eq!(states.iter().filter(|status| **status == json!("invited")).count(), 3);
        fac.facilitator.patch(workshop, json!({"places": 1})).problem(409, "slot_full");
        fac.facilitator.patch(workshop, json!({"places": 3})).is(200);
    }

    fn whoever_has_a_place_is_told_of_another_time_and_when_it_is_cancelled(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let workshop = offer(&fac, 2);
        let (olive, client) = invited(&world, &fac, "Olive");
        let (pia, other) = invited(&world, &fac, "Pia");
        book(&olive, &client, &workshop).is(200);
        go(&fac, &client, &["agreement_sent"]);
        letters(&world, &olive);
        let mut owner = Follower::begin(&world, &olive);
        fac.facilitator.with("If-Match", "\"9\"").patch(&workshop, json!({"places": 3})).problem(412, "precondition_failed");
        fac.facilitator.patch(&workshop, json!({"places": 3})).is(200);
        assert!(letters(&world, &olive).iter().all(|letter| !letter.contains("another time or place")), "nothing has moved");
        fac.facilitator.patch(&workshop, json!({"starts_at": "2099-03-11T10:00", "ends_at": "2099-03-11T12:00", "url": "https://meet.example.org/a"})).is(200);
        let moved = letters(&world, &olive).pop().unwrap();
        assert!(moved.contains("is at another time or place") && moved.contains("11 March 2099, 10:00") && moved.contains("https://meet.example.org/a"), "{moved}");
        assert_eq!(owner.kinds(&world), ["workshop_booking.moved"]);
        let notice = olive.get("/v1/me/notifications").is(200).data()[0].clone();
        assert_eq!(notice["href"], json!(client));
        assert!(letters(&world, &pia).iter().all(|letter| !letter.contains("another time or place")));
        pia.delete(&workshop).problem(404, "not_found");
        fac.facilitator.delete(&workshop).is(204);
        fac.facilitator.get(&workshop).problem(404, "not_found");
        let seen = olive.get(&client).is(200).json;
        assert_eq!((&seen["status"], &seen["workshop"], &seen["steps"].as_array().unwrap().last().unwrap()["taken_by"]), (&json!("invited"), &Value::Null, &json!("staff")));
        let cancelled = letters(&world, &olive).pop().unwrap();
        assert!(cancelled.contains("was cancelled. Please book another workshop."), "{cancelled}");
        assert_eq!(pia.get(&other).is(200).json["steps"].as_array().unwrap().len(), 2, "who had none is where they were");
    }

    fn who_came_goes_on_and_who_missed_it_is_invited_again(world: World) {
        let fac = world.fac(1, 0);
        open(&fac);
        let workshop = offer(&fac, 3);
        let (olive, came) = invited(&world, &fac, "Olive");
        let (pia, missed) = invited(&world, &fac, "Pia");
        let (quinn, unsigned) = invited(&world, &fac, "Quinn");
        let never = apply(&fac, &world.person("Rana"));
        for (owner, client) in [(&olive, &came), (&pia, &missed), (&quinn, &unsigned)] {
            book(owner, client, &workshop).is(200);
        }
        for (owner, client) in [(&olive, &came), (&pia, &missed)] {
            go(&fac, client, &["agreement_sent"]);
            step(owner, client, "agreement_signed").is(200);
        }
        let note = |client: &str, attended: bool| {
            fac.facilitator.put(&format!("{workshop}/attendances/{}", last(client)), json!({ "attended": attended }))
        };
        note(&came, true).problem(409, "conflict");
        begin(&world, &workshop);
        note(&never, true).problem(404, "not_found");
        olive.put(&format!("{workshop}/attendances/{}", last(&came)), json!({"attended": true})).problem(404, "not_found");
        note(&came, true).is(200);
        note(&came, true).is(200);
        note(&came, false).problem(409, "invalid_transition");
        note(&unsigned, true).problem(409, "invalid_transition");
        note(&missed, false).is(200);
        let seen = fac.facilitator.get(&workshop).is(200).json;
        let there: Vec<(&Value, &Value)> = seen["clients"].as_array().unwrap().iter().map(|one| (&one["id"], &one["status"])).collect();
        assert_eq!(there, [(&json!(last(&came)), &json!("attended")), (&json!(last(&unsigned)), &json!("workshop_booked"))]);
        assert_eq!(pia.get(&missed).is(200).json["status"], "invited");
        // What has begun is neither changed nor booked, and whoever was there stays on its list.
        fac.facilitator.patch(&workshop, json!({"places": 9})).problem(409, "slot_over");
        fac.facilitator.delete(&workshop).problem(409, "slot_over");
        book(&pia, &missed, &workshop).problem(409, "slot_over");
        quinn.delete(&format!("{unsigned}/workshop")).problem(409, "slot_over");
        step(&olive, &came, "withdrawn").is(200);
        assert_eq!(fac.facilitator.get(&workshop).is(200).json["clients"].as_array().unwrap().len(), 2);
    }
}
