//! Closing a campus, and opening it again.

use chrono::TimeDelta;
use diesel::prelude::*;
use peerled::{
    app,
    db::schema::{campus_staff, campuses},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    harness::{Fac, User, World},
    on_every_database,
};

fn closing(fac: &Fac) -> String {
    format!("/v1/campuses/{}/closing", fac.campus)
}

/// The campus once nothing goes on there.
fn ready_to_close(world: &World) -> Fac {
    let fac = world.fac(1, 2);
    world.set_status(&fac, "graduated");
    fac
}

fn new_cohort(world: &World, fac: &Fac, slug: &str) -> Value {
    let programme = &world.nobody().get(&format!("/v1/cohorts/{}", fac.cohort)).is(200).json["programme_id"];
    json!({"slug": slug, "name": slug, "programme_id": programme, "starts_on": "2099-01-05"})
}

/// As if the campus had been closed so many days ago.
fn closed_for(world: &World, fac: &Fac, days: i64) {
    let id = Id::parse(&fac.campus).unwrap();
    world.db(move |conn| {
        diesel::update(campuses::table.find(id))
            .set(campuses::closed_at.eq(Instant::now().plus(-TimeDelta::days(days))))
            .execute(conn)?;
        Ok(())
    });
}

fn code_in_mail(world: &World, to: &str) -> String {
    let mail = world.mail();
    let letter = mail.iter().rfind(|letter| letter.recipient == to).unwrap();
    letter
        .body
        .lines()
        .find_map(|line| line.strip_prefix("    "))
        .unwrap()
        .to_owned()
}

on_every_database! {
    fn a_campus_closes_once_nothing_goes_on_there_and_nobody_acts_for_it_any_more(world: World) {
        let fac = world.fac(1, 2);
        let campus = format!("/v1/campuses/{}", fac.campus);
        let (amal, stranger, ada) = (world.person("Amal"), world.person("Stranger"), world.administrator("Ada"));
        let invited = json!({"email": amal.email, "name": "Amal"});
        fac.facilitator.post(&format!("/v1/cohorts/{}/enrolments", fac.cohort), invited).is(202);
        let place = code_in_mail(&world, &amal.email);
        let colleague = json!({"email": amal.email, "role": "facilitator"});
        fac.organiser.post(&format!("{campus}/staff-invitations"), colleague).is(202);
        let post = code_in_mail(&world, &amal.email);

        let going_on = fac.organiser.put(&closing(&fac), Value::Null).problem(409, "conflict");
        assert!(going_on.json["detail"].as_str().unwrap().contains("cohorts: fac."), "{}", going_on.text);
        fac.facilitator.put(&closing(&fac), Value::Null).problem(403, "forbidden");
        stranger.put(&closing(&fac), Value::Null).problem(403, "forbidden");
        assert_eq!(stranger.get(&campus).is(200).json["closed_at"], Value::Null);
        world.set_status(&fac, "graduated");
        let closed = fac.organiser.put(&closing(&fac), Value::Null).is(200);
        assert!(closed.json["closed_at"].is_string(), "{}", closed.text);
        // Once more changes nothing.
        assert_eq!(fac.organiser.put(&closing(&fac), Value::Null).is(200).json, closed.json);

        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        for user in [&fac.organiser, &fac.facilitator, &ada] {
            let refused = [
                user.post(&format!("{campus}/cohorts"), new_cohort(&world, &fac, "next")),
                user.get(&format!("{campus}/members")),
                user.get(&format!("{cohort}/pair-rules")),
                user.get(&format!("{cohort}/enrolments")),
                user.put(&format!("{campus}/days-off/2099-05-05"), json!({"name": "May Day"})),
                user.patch(&campus, json!({"city": "Leeds"})),
                user.patch(&cohort, json!({"status": "running"})),
                user.post(&format!("{cohort}/enrolments"), json!({"name": "Late"})),
                user.post("/v1/programmes", json!({
                    "campus_id": fac.campus, "slug": "late", "name": "P", "roles": [],
                    "weeks": [{"number": 1, "phase": "core", "topic": "T", "project": null}],
                })),
            ];
            for answer in refused {
                answer.problem(403, "campus_closed");
            }
        }
        stranger.put(&format!("{campus}/members/me"), Value::Null).problem(403, "campus_closed");
        stranger.get(&format!("{campus}/members")).problem(403, "forbidden");
        amal.post("/v1/invitations/acceptances", json!({"token": place})).problem(409, "invitation_unusable");
        amal.post("/v1/staff-invitations/acceptances", json!({"code": post})).problem(409, "invitation_unusable");

        // What was done there stays, and who was there.
        world.nobody().get(&cohort).is(200);
        fac.students[0].get(&format!("{cohort}/enrolments")).is(200);
        assert!(stranger.get(&format!("{campus}/staff")).is(200).data().is_empty());
        let member = json!({"role": "member", "campus_id": fac.campus});
        assert_eq!(fac.organiser.roles(), [member]);
    }

    fn only_those_who_ask_for_it_find_a_closed_campus_in_the_list(world: World) {
        let (fac, other) = (ready_to_close(&world), world.campus_with_cohort("other", 1, 0));
        fac.organiser.put(&closing(&fac), Value::Null).is(200);
        let listed = |query: &str| -> Vec<String> {
            let all = world.nobody().get(&format!("/v1/campuses{query}")).is(200);
            all.data().iter().map(|campus| campus["id"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(listed(""), [&*other.campus]);
        assert_eq!(listed("?status=open"), [&*other.campus]);
        assert_eq!(listed("?status=closed"), [&*fac.campus]);
        assert_eq!(listed("?status=open,closed"), [&*fac.campus, &*other.campus]);
        assert!(listed("?slug=fac").is_empty());
    }

    fn members_and_staff_are_told(world: World) {
        let fac = ready_to_close(&world);
        fac.organiser.put(&closing(&fac), Value::Null).is(200);
        let told = |subject: &str| -> Vec<(String, bool)> {
            let mail = world.mail().into_iter().filter(|letter| letter.subject == subject);
            let mut told: Vec<_> = mail.map(|letter| (letter.recipient, letter.body.contains("/export"))).collect();
            told.sort();
            told
        };
        let everybody = |organiser_keeps: bool| {
            let people = [&fac.organiser, &fac.facilitator, &fac.students[0], &fac.students[1]];
            let mut all: Vec<_> = people.map(|user| (user.email.clone(), organiser_keeps && user.id == fac.organiser.id)).into();
            all.sort();
            all
        };
        assert_eq!(told("fac has closed"), everybody(true));
        // The letters that still wait are pointless now.
        fac.organiser.delete(&closing(&fac)).is(200);
        assert_eq!(told("fac is open again"), everybody(false));
        assert_eq!(told("fac has closed"), []);
    }

    fn its_organisers_open_it_again_within_thirty_days_and_administrators_later(world: World) {
        let (fac, ada) = (ready_to_close(&world), world.administrator("Ada"));
        let members = format!("/v1/campuses/{}/members", fac.campus);
        let closed = fac.organiser.put(&closing(&fac), Value::Null).is(200);
        closed_for(&world, &fac, 29);
        sweep(&world);
        fac.facilitator.delete(&closing(&fac)).problem(403, "campus_closed");
        fac.students[0].delete(&closing(&fac)).problem(403, "forbidden");
        let open = fac.organiser.delete(&closing(&fac)).is(200);
        assert_eq!(open.json["closed_at"], Value::Null);
        assert!(open.json["version"].as_i64() > closed.json["version"].as_i64());
        fac.organiser.delete(&closing(&fac)).is(200);
        fac.facilitator.get(&members).is(200);
        fac.organiser.post(&format!("/v1/campuses/{}/cohorts", fac.campus), new_cohort(&world, &fac, "next")).is(201);
        let next = fac.organiser.get(&format!("/v1/cohorts?campus_id={}&status=planned", fac.campus)).is(200);
        let next = format!("/v1/cohorts/{}", next.data()[0]["id"].as_str().unwrap());
        fac.organiser.patch(&next, json!({"status": "cancelled"})).is(200);

        fac.organiser.put(&closing(&fac), Value::Null).is(200);
        closed_for(&world, &fac, 31);
        fac.organiser.delete(&closing(&fac)).problem(409, "conflict");
        sweep(&world);
        assert_eq!(staff_rows(&world, &fac), 0);
        fac.organiser.delete(&closing(&fac)).problem(403, "forbidden");
        ada.delete(&closing(&fac)).is(200);
        fac.organiser.get(&members).problem(403, "forbidden");
        let staff = format!("/v1/campuses/{}/staff/{}", fac.campus, fac.organiser.id);
        ada.put(&staff, json!({"role": "organiser"})).is(204);
        fac.organiser.get(&members).is(200);
    }

    fn a_closed_campus_does_not_count_among_those_that_somebody_organises(world: World) {
        let fac = ready_to_close(&world);
        fac.organiser.put(&closing(&fac), Value::Null).is(200);
        let id = Id::parse(&fac.organiser.id).unwrap();
        let counted = world.db(move |conn| peerled::campuses::store::count_organised_by(conn, id));
        assert_eq!(counted, 0);
    }

    fn of_closing_and_planning_at_once_one_comes_first(world: World) {
        let fac = ready_to_close(&world);
        let cohorts = format!("/v1/campuses/{}/cohorts", fac.campus);
        let bodies: Vec<Value> = (0..8).map(|number| new_cohort(&world, &fac, &format!("next-{number}"))).collect();
        let ask = |user: &User, body: Option<&Value>| match body {
            Some(body) => user.post(&cohorts, body.clone()).status,
            None => user.put(&closing(&fac), Value::Null).status,
        };
        let (closed, planned) = std::thread::scope(|scope| {
            let planning: Vec<_> = bodies.iter().map(|body| scope.spawn(|| ask(&fac.facilitator, Some(body)))).collect();
            let closing = scope.spawn(|| ask(&fac.organiser, None));
            let planned: Vec<u16> = planning.into_iter().map(|asked| asked.join().unwrap()).collect();
            (closing.join().unwrap(), planned)
        });
        let made = planned.iter().filter(|status| **status == 201).count();
        match closed {
            200 => assert!(planned.iter().all(|status| *status == 403), "{planned:?}"),
            _ => assert!(closed == 409 && made > 0, "{closed} {planned:?}"),
        }
    }
}

fn sweep(world: &World) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(app::sweep(&world.state.db, Instant::now())).unwrap();
}

fn staff_rows(world: &World, fac: &Fac) -> i64 {
    let id = Id::parse(&fac.campus).unwrap();
    world.db(move |conn| {
        let staff = campus_staff::table.filter(campus_staff::campus_id.eq(id));
        Ok(staff.count().get_result(conn)?)
    })
}
