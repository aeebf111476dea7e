//! Enrolments, invitations, absences, pair rules.

mod absences;
mod alumni;
mod claims;
mod consents;
mod day_absences;
mod enrol;
mod export;
mod import;
mod invitations;
mod list;
mod pair_rules;
pub mod samples;
mod withdraw;

use diesel::prelude::*;
use peerled::{
    campuses::model::MemberStatus,
    cohorts::model::CohortStatus,
    db::schema,
    mail::Message,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};
use serde_json::json;

use crate::harness::{Fac, User, World};

/// Somebody who has joined the campus and nothing more.
fn member(world: &World, fac: &Fac, name: &str) -> User {
    use schema::campus_members as members;
    let user = world.person(name);
    let (campus, person) = (id(&fac.campus), id(&user.id));
    world.db(move |conn| {
        diesel::insert_into(members::table)
            .values((
                members::campus_id.eq(campus),
                members::person_id.eq(person),
                members::status.eq(MemberStatus::Member),
                members::created_at.eq(Instant::now()),
            ))
            .execute(conn)?;
        Ok(())
    });
    user
}

/// Somebody with a confirmed mentor's place in the cohort, in a week that begins today.
fn mentor(world: &World, fac: &Fac, name: &str) -> User {
    let user = world.alumnus(fac, name);
    let wanted = json!({"week": 1, "kind": "week", "min": 1, "capacity": 1});
    let slots = format!("/v1/cohorts/{}/mentor-slots", fac.cohort);
    let slot = fac.facilitator.post(&slots, wanted).is(201).id();
    world.begin_week(fac, 1, 0);
    let place = user
        .post(&format!("/v1/mentor-slots/{slot}/sign-ups"), json!({}))
        .is(201);
    assert_eq!(place.json["status"], "confirmed");
    user
}

fn id(text: &str) -> Id {
    Id::parse(text).unwrap()
}

fn set_cohort_status(world: &World, fac: &Fac, status: CohortStatus) {
    let cohort = schema::cohorts::table.find(id(&fac.cohort));
    world.db(move |conn| {
        diesel::update(cohort)
            .set(schema::cohorts::status.eq(status))
            .execute(conn)?;
        Ok(())
    });
}

fn graduate(world: &World, fac: &Fac, user: &User) {
    let enrolment = schema::enrolments::table.find((id(&fac.cohort), id(&user.id)));
    world.db(move |conn| {
        diesel::update(enrolment)
            .set(schema::enrolments::status.eq(EnrolmentStatus::Graduated))
            .execute(conn)?;
        Ok(())
    });
}

/// All mail so far, oldest first.
fn letters(world: &World) -> Vec<Message> {
    world.mail()
}

fn expire_invitations(world: &World) {
    world.db(|conn| {
        diesel::update(schema::invitations::table)
            .set(schema::invitations::expires_at.eq(Instant::now()))
            .execute(conn)?;
        Ok(())
    });
}

fn enrolments(fac: &Fac) -> String {
    format!("/v1/cohorts/{}/enrolments", fac.cohort)
}

fn enrolment(fac: &Fac, user: &User) -> String {
    format!("/v1/cohorts/{}/enrolments/{}", fac.cohort, user.id)
}
