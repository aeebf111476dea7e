//! Demo days, and who comes to them.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::demo_days,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use super::{
    ballots::{chosen, open_ballot, ready},
    step,
    steps::letters,
};
use crate::{
    changes::Follower,
    harness::{Answer, Fac, User, World},
    on_every_database,
};

pub fn new_demo_day() -> Value {
    json!({"starts_at": "2099-04-16T18:00", "ends_at": "2099-04-16T20:00", "place": "Finsbury Park"})
}

pub fn at_cohort(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/demo-days", fac.cohort)
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap()
}

/// Lets a demo day have begun, by the clocks of any campus.
fn begin(world: &World, day: &str) {
    let id = Id::parse(last(day)).unwrap();
    let then = Instant::now().plus(-TimeDelta::days(1));
    let starts = LocalTime::of(then, TimeZone::parse("Europe/London").unwrap());
    world.db(move |conn| {
        diesel::update(demo_days::table.find(id))
            .set(demo_days::starts_local.eq(starts))
            .execute(conn)?;
        Ok(())
    });
}

/// A client that is built, and one that is put up and not built, each with its owner.
struct Clients {
    built: (String, User),
    other: (String, User),
}

fn clients(world: &World, fac: &Fac) -> Clients {
    let owners = ["Olive", "Pia", "Quinn"].map(|name| world.person(name));
    let ballot = open_ballot(fac, &owners);
    let chosen = chosen(fac, &ballot);
    let built = format!("/v1/clients/{}", chosen[0].as_str().unwrap());
    step(&fac.facilitator, &built, "project").is(200);
    let other = format!("/v1/clients/{}", chosen[1].as_str().unwrap());
    let owner_of = |client: &str| {
        owners
            .iter()
            .find(|owner| owner.get(client).status == 200)
            .unwrap()
            .clone()
    };
    world.mail();
    Clients {
        built: (built.clone(), owner_of(&built)),
        other: (other.clone(), owner_of(&other)),
    }
}

fn answer(who: &User, day: &str, client: &str, coming: bool) -> Answer {
    who.put(&format!("{day}/answers/{}", last(client)), json!({ "coming": coming }))
}

/// How their newest notice is titled.
fn newest_notice(who: &User) -> String {
    let listed = who.get("/v1/me/notifications").is(200);
    listed.data()[0]["title"].as_str().unwrap().to_owned()
}

on_every_database! {
    fn owners_of_what_is_built_are_invited_and_say_whether_they_come(world: World) {
        let fac = world.fac(1, 4);
        let Clients { built: (client, owner), other: (other, pia) } = clients(&world, &fac);
        let student = &fac.students[0];
        let mut seen_by_student = Follower::begin(&world, student);
        let wrong = |field: &str, value: Value, at: &str| {
            let mut day = new_demo_day();
            day[field] = value;
            fac.facilitator.post(&at_cohort(&fac), day).field(at, "invalid");
        };
        wrong("starts_at", json!("2026-01-01T10:00"), "/starts_at");
        wrong("ends_at", json!("2099-04-16T18:00"), "/ends_at");
        wrong("ends_at", json!("2099-04-17T06:01"), "/ends_at");
        wrong("client_ids", json!([last(&client), last(&client)]), "/client_ids/1");
        wrong("client_ids", json!([fac.campus]), "/client_ids/0");
        student.post(&at_cohort(&fac), new_demo_day()).problem(403, "forbidden");
        owner.post(&at_cohort(&fac), new_demo_day()).problem(404, "not_found");
        let made = fac.facilitator.post(&at_cohort(&fac), new_demo_day()).is(201);
        let day = made.header("location").to_owned();
        assert_eq!((&made.json["starts_local"], &made.json["place"]), (&json!("2099-04-16T18:00:00"), &json!("Finsbury Park")));
        assert_eq!(made.json["clients"].as_array().unwrap().len(), 1, "only one is built: {}", made.text);
        let letter = letters(&world, &owner).pop().unwrap();
        assert!(letter.contains("invites") && letter.contains("16 April 2099, 18:00") && letter.contains("Finsbury Park"), "{letter}");
        assert!(letters(&world, &pia).iter().all(|letter| !letter.contains("demo day")));
        assert_eq!(seen_by_student.kinds(&world), ["demo_day.planned"]);
        assert!(newest_notice(student).contains("has planned a demo day") && newest_notice(&owner).contains("has planned a demo day"));
        // Whoever is not invited sees nothing of it.
        pia.get(&day).problem(404, "not_found");
        answer(&pia, &day, &other, true).problem(404, "not_found");
        answer(&pia, &day, &client, true).problem(404, "not_found");
        answer(student, &day, &client, true).problem(404, "not_found");
        let invite = format!("{day}/clients/{}", last(&other));
        owner.put(&invite, Value::Null).problem(403, "forbidden");
        student.put(&invite, Value::Null).problem(403, "forbidden");
        fac.facilitator.put(&format!("{day}/clients/{}", fac.campus), Value::Null).problem(404, "not_found");
        fac.facilitator.put(&invite, Value::Null).is(204);
        fac.facilitator.put(&invite, Value::Null).is(204);
        assert_eq!(letters(&world, &pia).iter().filter(|letter| letter.contains("demo day")).count(), 1, "what is sent twice happened once");
        seen_by_student.kinds(&world);
        assert_eq!(answer(&owner, &day, &client, true).is(200).json["clients"][0]["coming"], true);
        answer(&owner, &day, &client, true).is(200);
        assert_eq!(seen_by_student.kinds(&world), ["demo_day.updated"], "what is sent twice happened once");
        answer(&fac.facilitator, &day, &other, false).is(200);
        let mut answers: Vec<Value> = student.get(&day).is(200).json["clients"].as_array().unwrap().iter().map(|one| one["coming"].clone()).collect();
        answers.sort_by_key(Value::to_string);
        assert_eq!(answers, [json!(false), json!(true)]);
        // No owner sees who else comes.
        for (who, own) in [(&owner, &client), (&pia, &other)] {
            let listed = who.get(&format!("{own}/demo-days")).is(200);
            let shown = who.get(&day).is(200);
            for one in [&listed.data()[0], &shown.json] {
                let ids: Vec<&Value> = one["clients"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
                assert_eq!(ids, [&json!(last(own))], "{one}");
            }
            who.get(&at_cohort(&fac)).problem(404, "not_found");
        }
        assert_eq!(student.get(&at_cohort(&fac)).is(200).data().len(), 1);
        // Whoever has withdrawn is invited no longer.
        let mut seen_by_pia = Follower::begin(&world, &pia);
        seen_by_student.kinds(&world);
        step(&fac.facilitator, &other, "withdrawn").is(200);
        pia.get(&day).problem(404, "not_found");
        let told = letters(&world, &pia);
        let letter = told.iter().find(|letter| letter.contains("no longer expected at the demo day")).unwrap();
        assert!(letter.contains("16 April 2099, 18:00") && !letter.contains("was cancelled") && !letter.contains("Finsbury Park"), "{letter}");
        assert!(letters(&world, &owner).iter().all(|letter| !letter.contains("no longer expected")), "the other client comes");
        assert!(seen_by_pia.kinds(&world).contains(&"demo_day_invitation.cancelled".into()));
        assert_eq!(seen_by_student.kinds(&world), ["demo_day.updated"]);
        assert!(newest_notice(&pia).contains("no longer expected at the demo day"), "{}", newest_notice(&pia));
        assert!(pia.get(&format!("{other}/demo-days")).is(200).data().is_empty());
        assert_eq!(student.get(&day).is(200).json["clients"].as_array().unwrap().len(), 1);
        begin(&world, &day);
        answer(&owner, &day, &client, false).problem(409, "slot_over");
        fac.facilitator.patch(&day, json!({"place": "Elsewhere"})).problem(409, "slot_over");
        fac.facilitator.delete(&day).problem(409, "slot_over");
    }

    fn whoever_is_invited_is_told_of_another_time_and_when_it_is_cancelled(world: World) {
        let fac = world.fac(1, 4);
        let Clients { built: (client, owner), .. } = clients(&world, &fac);
        let mut named = new_demo_day();
        named["client_ids"] = json!([last(&client)]);
        let day = fac.facilitator.post(&at_cohort(&fac), named).is(201).header("location").to_owned();
        letters(&world, &owner);
        let mut seen = Follower::begin(&world, &owner);
        fac.facilitator.with("If-Match", "\"9\"").patch(&day, json!({"place": "Hall"})).problem(412, "precondition_failed");
        assert_eq!(fac.facilitator.patch(&day, json!({"place": "Finsbury Park"})).is(200).json["version"], 1, "nothing has moved");
        owner.patch(&day, json!({"place": "Ours"})).problem(403, "forbidden");
        fac.facilitator.patch(&day, json!({"starts_at": "2099-04-15T18:00"})).field("/ends_at", "invalid");
        let moved = json!({"starts_at": "2099-04-17T18:00", "ends_at": "2099-04-17T20:00"});
        assert_eq!(fac.facilitator.with("If-Match", "\"1\"").patch(&day, moved).is(200).json["version"], 2);
        let letter = letters(&world, &owner).pop().unwrap();
        assert!(letter.contains("is at another time or place") && letter.contains("17 April 2099, 18:00"), "{letter}");
        assert_eq!(seen.kinds(&world), ["demo_day_invitation.moved"]);
        assert!(newest_notice(&owner).contains("has moved its demo day"));
        fac.students[0].delete(&day).problem(403, "forbidden");
        fac.facilitator.delete(&day).is(204);
        fac.facilitator.delete(&day).problem(404, "not_found");
        owner.get(&day).problem(404, "not_found");
        let letter = letters(&world, &owner).pop().unwrap();
        assert!(letter.contains("17 April 2099, 18:00") && letter.contains("was cancelled"), "{letter}");
        assert!(newest_notice(&owner).contains("has cancelled its demo day") && newest_notice(&fac.students[0]).contains("has cancelled its demo day"));
        // What is cancelled before the invitation is sent is told alone.
        let day = fac.facilitator.post(&at_cohort(&fac), new_demo_day()).is(201).header("location").to_owned();
        fac.facilitator.delete(&day).is(204);
        let told = letters(&world, &owner);
        assert!(told.last().unwrap().contains("was cancelled") && !told.iter().any(|letter| letter.contains("Please say whether you come")), "{told:?}");
        // A client that is not ready is no product, so nobody invites it.
        let early = ready(&fac, &world.person("Early"));
        let mut named = new_demo_day();
        named["client_ids"] = json!([last(&early)]);
        fac.facilitator.post(&at_cohort(&fac), named).field("/client_ids/0", "invalid");
    }
}
