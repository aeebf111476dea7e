//! Rules about who mentors when, asked at every door that leads to them.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    db::schema::mentor_slots,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};
use serde_json::{Value, json};

use super::{mails, sign_ups_path, slot, slot_path, slot_with};
use crate::{
    harness::{Fac, User, World},
    on_every_database,
};

/// Two kinds of slots that are over, both in week 1 with one place: of a week that ended yesterday, and of an hour that
/// began a minute ago.
fn end(world: &World, fac: &Fac, slot: &str, whole_week: bool) {
    world.begin_week(fac, 1, if whole_week { -5 } else { 0 });
    if whole_week {
        return;
    }
    let (slot, began) = (Id::parse(slot).unwrap(), Instant::now().plus(-TimeDelta::minutes(1)));
    world.db(move |conn| {
        diesel::update(mentor_slots::table.find(slot))
            .set((
                mentor_slots::starts_local.eq(Some(LocalTime::of(began, TimeZone::UTC))),
                mentor_slots::ends_local.eq(Some(LocalTime::of(began.plus(TimeDelta::hours(1)), TimeZone::UTC))),
                mentor_slots::time_zone.eq(Some(TimeZone::UTC)),
            ))
            .execute(conn)?;
        Ok(())
    });
}

fn statuses(fac: &Fac, slot: &str) -> Vec<String> {
    let list = fac.facilitator.get(&sign_ups_path(slot)).is(200);
    let status = |one: &Value| one["status"].as_str().unwrap().to_owned();
    list.data().iter().map(status).collect()
}

on_every_database! {
    fn what_is_over_is_neither_taken_nor_given_up_nor_passed_on(world: World) {
        let fac = world.coming_fac(3, 0);
        let alumni = ["Ada", "Bea", "Cem"].map(|name| world.alumnus(&fac, name));
        for whole_week in [true, false] {
            world.begin_week(&fac, 1, 20);
            // Nobody looks after one week twice.
            let slot = slot_with(&fac, json!({"kind": if whole_week { "week" } else { "project" }}));
            let path = sign_ups_path(&slot);
            for alumna in &alumni[..2] {
                alumna.post(&path, Value::Null).is(201);
            }
            end(&world, &fac, &slot, whole_week);
            let told = mails(&world).len();
            alumni[2].post(&path, Value::Null).problem(409, "slot_over");
            alumni[0].delete(&format!("{path}/me")).problem(409, "slot_over");
            alumni[1].delete(&format!("{path}/me")).problem(409, "slot_over");
            fac.facilitator.delete(&format!("{path}/{}", alumni[0].id)).problem(409, "slot_over");
            fac.facilitator.patch(&slot_path(&slot), json!({"capacity": 5})).is(200);
            fac.facilitator.delete(&slot_path(&slot)).problem(409, "conflict");
            assert_eq!(statuses(&fac, &slot), ["confirmed", "waitlisted"]);
            assert_eq!(mails(&world).len(), told, "nobody is written to about what is over");
            // What is left to say of it: who came.
            fac.facilitator.patch(&format!("{path}/{}", alumni[0].id), json!({"status": "attended"})).is(200);
        }
    }

    fn times_that_staff_correct_afterwards_are_no_news(world: World) {
        let fac = world.coming_fac(2, 0);
        let alumna = world.alumnus(&fac, "Ada");
        world.begin_week(&fac, 1, -3);
        let slot = slot(&fac, 1);
        alumna.post(&sign_ups_path(&slot), Value::Null).is(201);
        let at = |hours: i64| json!(Instant::now().plus(TimeDelta::hours(hours)));
        fac.facilitator.patch(&slot_path(&slot), json!({"starts_at": at(-30), "ends_at": at(-28)})).is(200);
        assert!(mails(&world).is_empty());
    }

    fn calling_a_cohort_off_leaves_what_mentors_gave(world: World) {
        let fac = world.coming_fac(2, 0);
        let alumna = world.alumnus(&fac, "Ada");
        let given = slot(&fac, 1);
        let promised = slot_with(&fac, json!({"week": 2}));
        for slot in [&given, &promised] {
            alumna.post(&sign_ups_path(slot), Value::Null).is(201);
        }
        world.begin_week(&fac, 1, -5);
        fac.facilitator.patch(&format!("/v1/cohorts/{}", fac.cohort), json!({"status": "cancelled"})).is(200);
        let own = alumna.get("/v1/me/sign-ups").is(200);
        let seen: Vec<_> = own.data().iter().map(|one| (one["slot_id"].as_str().unwrap(), one["status"].as_str().unwrap())).collect();
        assert_eq!(seen, [(promised.as_str(), "cancelled"), (given.as_str(), "confirmed")]);
        assert_eq!(mails(&world).len(), 1);
    }

    fn nobody_mentors_where_they_study(world: World) {
        let fac = world.coming_fac(2, 1);
        let slot = slot(&fac, 2);
        let sign_up = |user: &User| user.post(&sign_ups_path(&slot), Value::Null);
        let enrolments = format!("/v1/cohorts/{}/enrolments", fac.cohort);
        let alumna = world.alumnus(&fac, "Ada");

        // Who studies does not sign up; who has withdrawn may, and is then not taken back.
        fac.facilitator.post(&enrolments, json!({"person_id": alumna.id})).is(201);
        sign_up(&alumna).problem(409, "conflict");
        let own = format!("{enrolments}/{}", alumna.id);
        fac.facilitator.patch(&own, json!({"status": "withdrawn"})).is(200);
        sign_up(&alumna).is(201);
        fac.facilitator.patch(&own, json!({"status": "enrolled"})).problem(409, "conflict");
        alumna.delete(&format!("{}/me", sign_ups_path(&slot))).is(204);
        fac.facilitator.patch(&own, json!({"status": "enrolled"})).is(200);

        // Who mentors is not enrolled: as a member, or by an invitation. Waiting in line is no other.
        let members = ["Bea", "Cem", "Dag"].map(|name| world.alumnus(&fac, name));
        for member in &members {
            sign_up(member).is(201);
            fac.facilitator.post(&enrolments, json!({"person_id": member.id})).problem(409, "conflict");
        }
        let waiting = &members[2];
        fac.facilitator.post(&enrolments, json!({"email": "dag@example.org", "name": "Dag"})).is(202);
        let body = world.mail().pop().unwrap().body;
        let code = body.lines().map(str::trim).find(|line| line.len() == 43).unwrap();
        waiting.post("/v1/invitations/acceptances", json!({"token": code})).problem(409, "conflict");

        // What they gave in a week that is over does not stand in the way.
        world.begin_week(&fac, 1, -12);
        fac.facilitator.post(&enrolments, json!({"person_id": members[0].id})).is(201);
    }
}
