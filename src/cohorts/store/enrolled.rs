//! What becomes of the enrolments of a cohort when it is put off, graduates, is called off, or goes on after all.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    campuses::model::MemberStatus,
    cohorts::{CohortStaff, model::Cohort},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campus_members, enrolments, people},
    },
    error::Result,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};

/// Who was to be there from the first day is there from the new one; who said another day keeps it.
pub fn move_first_days(
    conn: &mut Conn,
    proof: &CohortStaff,
    from: NaiveDate,
    to: NaiveDate,
    now: Instant,
) -> Result<()> {
    let from_the_first = enrolments::table
        .filter(enrolments::cohort_id.eq(proof.cohort()))
        .filter(enrolments::joined_on.eq(from));
    diesel::update(from_the_first)
        .set((
            enrolments::joined_on.eq(to),
            enrolments::version.eq(enrolments::version + 1),
            enrolments::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Those whose enrolment has this status and who may study again: members of the campus, and who has no account to leave
/// it with. With `since`, only those who got the status at that instant.
pub fn finished_enrolments(
    conn: &mut Conn,
    cohort: &Cohort,
    status: EnrolmentStatus,
    since: Option<Instant>,
) -> Result<Vec<Id>> {
    let members = campus_members::table
        .filter(campus_members::campus_id.eq(cohort.campus_id))
        .filter(campus_members::status.eq(MemberStatus::Member))
        .select(campus_members::person_id);
    let has_no_account = people::email.is_null().and(people::erased_at.is_null());
    let mut query = enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.eq(cohort.id))
        .filter(enrolments::status.eq(status))
        .filter(has_no_account.or(people::id.eq_any(members)))
        .select(enrolments::person_id)
        .into_boxed();
    if let Some(since) = since {
        query = query.filter(enrolments::updated_at.eq(since));
    }
    Ok(query.load(conn)?)
}

/// Lets these people study in the cohort again.
pub fn resume_enrolments(conn: &mut Conn, proof: &CohortStaff, people: &[Id], now: Instant) -> Result<()> {
    let theirs = enrolments::table
        .filter(enrolments::cohort_id.eq(proof.cohort()))
        .filter(enrolments::person_id.among(people));
    diesel::update(theirs)
        .set((
            enrolments::status.eq(EnrolmentStatus::Enrolled),
            enrolments::left_on.eq(None::<NaiveDate>),
            enrolments::version.eq(enrolments::version + 1),
            enrolments::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Gives everybody who is enrolled in the cohort another status.
pub fn finish_enrolments(
    conn: &mut Conn,
    proof: &CohortStaff,
    status: EnrolmentStatus,
    left_on: Option<NaiveDate>,
    now: Instant,
) -> Result<Vec<Id>> {
    let enrolled = enrolments::table
        .filter(enrolments::cohort_id.eq(proof.cohort()))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled));
    let people = enrolled.select(enrolments::person_id).load(conn)?;
    diesel::update(enrolled)
        .set((
            enrolments::status.eq(status),
            enrolments::left_on.eq(left_on),
            enrolments::version.eq(enrolments::version + 1),
            enrolments::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(people)
}
