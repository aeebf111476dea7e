//! Enrolments, invitations, absences, pair rules.

mod absences;
mod enrol;
mod export;
mod import;
mod invitations;
mod list;
mod pair_rules;
mod withdraw;

use diesel::prelude::*;
use peerled::{
    campuses::model::MemberStatus,
    cohorts::model::CohortStatus,
    db::schema,
    mail::Letter,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};

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

/// Somebody with a confirmed mentor's place in the cohort.
fn mentor(world: &World, fac: &Fac, name: &str) -> User {
    use schema::{mentor_slots as slots, sign_ups};
    let user = world.alumnus(fac, name);
    let (cohort, person) = (id(&fac.cohort), id(&user.id));
    world.db(move |conn| {
        let (slot, now) = (Id::new(), Instant::now());
        diesel::insert_into(slots::table)
            .values((
                slots::id.eq(slot),
                slots::cohort_id.eq(cohort),
                slots::week_number.eq(1),
                slots::kind.eq("week"),
                slots::min_mentors.eq(1),
                slots::capacity.eq(1),
                slots::created_at.eq(now),
                slots::updated_at.eq(now),
            ))
            .execute(conn)?;
        diesel::insert_into(sign_ups::table)
            .values((
                sign_ups::id.eq(Id::new()),
                sign_ups::slot_id.eq(slot),
                sign_ups::person_id.eq(person),
                sign_ups::status.eq("confirmed"),
                sign_ups::created_at.eq(now),
                sign_ups::updated_at.eq(now),
            ))
            .execute(conn)?;
        Ok(())
    });
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
fn letters(world: &World) -> Vec<Letter> {
    let mut letters = world.db(|conn| peerled::mail::list(conn, 1000));
    letters.reverse();
    letters
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
