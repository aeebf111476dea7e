//! A campus that requires a second factor of its staff.

use diesel::prelude::*;
use peerled::{
    config::Settings,
    db::schema::{second_factors, sessions, sign_ons},
    primitives::{Id, Instant},
};
use serde_json::{Value, json};

use crate::{
    harness::{Client, User, World, on_both},
    jobs, on_every_database,
};

/// As if they had confirmed a second factor.
pub fn with_second_factor(world: &World, user: &User) {
    let person = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        let now = Instant::now();
        diesel::insert_into(second_factors::table)
            .values((
                second_factors::person_id.eq(person),
                second_factors::secret.eq("none"),
                second_factors::created_at.eq(now),
                second_factors::confirmed_at.eq(now),
                second_factors::last_step.eq(0),
                second_factors::wrong_codes.eq(0),
            ))
            .execute(conn)?;
        Ok(())
    });
}

fn without_second_factor(world: &World, user: &User) {
    let person = Id::parse(&user.id).unwrap();
    world.db(move |conn| {
        diesel::delete(second_factors::table.find(person)).execute(conn)?;
        Ok(())
    });
}

on_every_database! {
    fn its_staff_do_nothing_without_one_and_nobody_else_is_asked(world: World) {
        let fac = world.fac(2, 2);
        let (campus, cohort) = (format!("/v1/campuses/{}", fac.campus), format!("/v1/cohorts/{}", fac.cohort));
        let require = json!({"require_second_factor": true});
        assert_eq!(world.nobody().get(&campus).is(200).json["require_second_factor"], false);
        fac.organiser.patch(&campus, require.clone()).problem(403, "second_factor_required");
        with_second_factor(&world, &fac.organiser);
        fac.facilitator.patch(&campus, require.clone()).problem(403, "forbidden");
        assert_eq!(fac.organiser.patch(&campus, require).is(200).json["require_second_factor"], true);

        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        let alumna = world.alumnus(&fac, "Alumna");
        let staff = |user: &User, expected: u16| {
            let answers = [
                user.get(&format!("{campus}/members")),
                user.get(&format!("{cohort}/enrolments")),
                user.get(&format!("{cohort}/team-plans")),
                user.get(&format!("{cohort}/pair-rules")),
                user.get(&format!("{cohort}/mentor-slots")),
                user.get(&format!("{cohort}/invitations")),
                user.post(&format!("{cohort}/mentor-slots"), slot.clone()),
                user.patch(&cohort, json!({"name": "FAC"})),
            ];
            for answer in answers {
                match expected {
                    403 => drop(answer.problem(403, "second_factor_required")),
                    _ => assert!((200..300).contains(&answer.status), "{}", answer.text),
                }
            }
        };
        staff(&fac.organiser, 200);
        staff(&fac.facilitator, 403);
        staff(&world.administrator("Ada"), 403);
        let mine = fac.facilitator.get("/v1/me/attention").is(200).data()[0].clone();
        assert_eq!((&mine["cohort"]["id"], &mine["second_factor_required"], &mine["items"]), (&json!(fac.cohort), &json!(true), &json!([])));
        // Kept answers go with the second factor.
        with_second_factor(&world, &fac.facilitator);
        staff(&fac.facilitator, 200);
        staff(&fac.facilitator, 200);
        without_second_factor(&world, &fac.facilitator);
        staff(&fac.facilitator, 403);

        fac.students[0].get(&format!("{cohort}/enrolments")).is(200);
        alumna.get(&format!("{cohort}/mentor-slots")).is(200);
        world.person("Stranger").get(&format!("{cohort}/enrolments")).problem(404, "not_found");
        world.person("Another").get(&format!("{campus}/members")).problem(403, "forbidden");
        world.nobody().get(&cohort).is(200);
        fac.facilitator.get("/v1/me").is(200);
        // Whoever takes it back lets them in again.
        fac.organiser.patch(&campus, json!({"require_second_factor": false})).is(200);
        staff(&fac.facilitator, 200);
    }
}

/// Another session of theirs, which has shown both factors.
fn session_with_both(world: &World, user: &User) -> Client {
    let (person, now) = (Id::parse(&user.id).unwrap(), Instant::now());
    let session = world.begin_session(user);
    world.db(move |conn| {
        let row = sessions::table.find(session);
        diesel::update(row).set(sessions::both_factors.eq(true)).execute(conn)?;
        Ok(())
    });
    let token = world.state.keys.sign(person, session, now).unwrap();
    Client::new(&world.url, Some(token))
}

/// An API token of theirs.
fn program(world: &World, user: &User) -> Client {
    let body = json!({"name": "Nightly", "scopes": ["read", "write"], "expires_on": Instant::now().date()});
    let token = user.post("/v1/me/api-tokens", body).is(201).json["token"].clone();
    Client::new(&world.url, token.as_str().map(Into::into))
}

on_every_database! {
    fn what_a_session_with_both_factors_was_answered_is_not_given_to_one_without(world: World) {
        let fac = world.fac(2, 2);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let one: &Client = &fac.facilitator;
        let both = session_with_both(&world, &fac.facilitator);
        let program = program(&world, &fac.facilitator);
        let required = json!({"require_second_factor": true});
        let organiser = session_with_both(&world, &fac.organiser);
        organiser.patch(&format!("/v1/campuses/{}", fac.campus), required).is(200);
        for path in ["/enrolments", "/mentor-slots"] {
            let path = format!("{cohort}{path}");
            for _ in 0..2 {
                one.get(&path).problem(403, "second_factor_required");
                program.get(&path).problem(403, "second_factor_required");
                both.get(&path).is(200);
                both.get(&path).is(200);
            }
        }
        let slot = json!({"week": 1, "kind": "week", "min": 0, "capacity": 1});
        let make = |who: &Client| who.with("Idempotency-Key", "once").post(&format!("{cohort}/mentor-slots"), slot.clone());
        let first = make(&both).is(201);
        for without in [one, &program] {
            let told = make(without).problem(409, "already_done");
            assert_eq!(told.json["location"], first.header("location"));
            assert!(!told.text.contains("capacity"), "{}", told.text);
        }
        assert_eq!(make(&both).is(201).json, first.json);
    }
}

fn requiring(of: &'static str) -> impl FnOnce(&mut Settings) {
    move |settings| settings.require_second_factor = Some(of.into())
}

#[test]
fn where_the_operator_requires_one_of_administrators_they_only_set_it_up() {
    on_both(|backend| {
        let world = World::start_with(backend, requiring("admins"));
        let fac = world.fac(1, 1);
        let ada = world.administrator("Ada");
        let campus = format!("/v1/campuses/{}", fac.campus);
        let approval = format!("{campus}/approval");
        let members = format!("{campus}/members");
        ada.put(&approval, Value::Null).problem(403, "second_factor_required");
        ada.get(&members).problem(403, "second_factor_required");
        ada.patch(&campus, json!({"city": "Leeds"}))
            .problem(403, "second_factor_required");
        // What is everybody's stays theirs, and the way to a second factor above all.
        ada.get(&campus).is(200);
        ada.get("/v1/me").is(200);
        ada.post("/v1/me/totp", json!({})).is(201);
        ada.put(&approval, Value::Null).problem(403, "second_factor_required");
        without_second_factor(&world, &ada);
        with_second_factor(&world, &ada);
        ada.put(&approval, Value::Null).is(204);
        ada.get(&members).is(200);
        fac.organiser.get(&members).is(200);
        fac.organiser.put(&approval, Value::Null).problem(403, "forbidden");
    });
}

#[test]
fn where_the_operator_requires_one_of_staff_no_campus_goes_without() {
    on_both(|backend| {
        let world = World::start_with(backend, requiring("staff"));
        let fac = world.fac(1, 1);
        let cohort = format!("/v1/cohorts/{}", fac.cohort);
        let members = format!("/v1/campuses/{}/members", fac.campus);
        let enrolments = format!("{cohort}/enrolments");
        for user in [&fac.organiser, &fac.facilitator, &world.administrator("Ada")] {
            user.get(&members).problem(403, "second_factor_required");
            session_with_both(&world, user).get(&enrolments).is(200);
            assert_ne!(user.get(&enrolments).status, 200);
            user.patch(&cohort, json!({"name": "FAC"}))
                .problem(403, "second_factor_required");
            with_second_factor(&world, user);
            user.get(&members).is(200);
            user.patch(&cohort, json!({"name": "FAC"})).is(200);
        }
        fac.students[0].get(&format!("{cohort}/enrolments")).is(200);
        fac.students[0].get(&members).problem(403, "forbidden");
    });
}

#[test]
fn a_job_is_not_done_for_staff_who_lost_the_one_that_is_required() {
    on_both(|backend| {
        let world = World::start_idle_with(backend, requiring("staff"));
        let fac = world.fac(1, 6);
        with_second_factor(&world, &fac.organiser);
        with_second_factor(&world, &fac.facilitator);
        let asked = jobs::ask(&fac, jobs::easy(1)).is(202);
        without_second_factor(&world, &fac.facilitator);
        let job = asked.json["id"].as_str().unwrap().to_owned();
        let ended = world.working(|| jobs::ended(&fac.organiser, &job, "failed"));
        assert_eq!(ended.json["problem"]["code"], "forbidden", "{}", ended.text);
        assert_eq!(jobs::plans(&fac), 0);
    });
}

#[test]
fn a_job_of_a_session_whose_provider_asked_for_both_factors_is_done() {
    on_both(|backend| {
        let world = World::start_idle_with(backend, requiring("staff"));
        let fac = world.fac(2, 6);
        with_second_factor(&world, &fac.organiser);
        let person = Id::parse(&fac.facilitator.id).unwrap();
        world.db(move |conn| {
            diesel::insert_into(sign_ons::table)
                .values((
                    sign_ons::id.eq(Id::new()),
                    sign_ons::person_id.eq(person),
                    sign_ons::provider.eq("school"),
                    sign_ons::subject.eq("1"),
                    sign_ons::created_at.eq(Instant::now()),
                    sign_ons::last_used_at.eq(Instant::now()),
                ))
                .execute(conn)?;
            Ok(())
        });
        let both = session_with_both(&world, &fac.facilitator);
        let ask = |week| {
            let who = both.with("Prefer", "respond-async");
            let asked = who.post(&format!("/v1/cohorts/{}/team-plans", fac.cohort), jobs::easy(week));
            asked.is(202).json["id"].as_str().unwrap().to_owned()
        };
        let job = ask(1);
        world.working(|| jobs::ended(&fac.organiser, &job, "succeeded"));
        // Whoever has the account at the provider no longer is asked again, as with a code and a passkey.
        let job = ask(2);
        world.db(move |conn| {
            diesel::delete(sign_ons::table.filter(sign_ons::person_id.eq(person))).execute(conn)?;
            Ok(())
        });
        world.working(|| jobs::ended(&fac.organiser, &job, "failed"));
    });
}
