//! Becoming a student by having been given a place, and giving it up before the cohort begins.

use chrono::NaiveDate;

use super::enrolments::{StudentDetails, must_have_room, place};
use crate::{
    authz::SignedIn,
    cohorts::model::Cohort,
    db::Conn,
    error::{Code, Error, Result},
    mentoring,
    primitives::Instant,
    students::{
        model::{Enrolment, EnrolmentStatus},
        rules::enrolments as rules,
        store,
    },
};

/// Enrols the caller, who was offered a place: taking it is the consent to it, and to join the campus.
///
/// # Errors
/// `409` if they study in the cohort, or mentor in it.
pub fn admit(conn: &mut Conn, proof: &SignedIn, cohort: &Cohort, today: NaiveDate, now: Instant) -> Result<()> {
    let person = proof.person();
    rules::takes(cohort.status, EnrolmentStatus::Enrolled)?;
    mentoring::must_not_mentor(conn, cohort, person, now)?;
    let details = StudentDetails {
        joined_on: Some(today.max(cohort.starts_on)),
        ..StudentDetails::default()
    };
    let fresh = details.enrolment(cohort, person, now);
    let enrolment = match store::enrolment(conn, cohort.id, person)? {
        None => {
            must_have_room(conn, cohort, 1)?;
            fresh
        }
        Some((before, _)) if before.status == EnrolmentStatus::Withdrawn => Enrolment {
            status: EnrolmentStatus::Enrolled,
            left_on: None,
            version: before.version + 1,
            updated_at: now,
            ..before
        },
        Some(_) => {
            let detail = "You are already a student of this cohort.";
            return Err(Error::new(Code::AlreadyEnrolled, detail));
        }
    };
    store::admit(conn, proof, cohort.campus_id, &enrolment, now)
}

/// The caller is no student of a cohort that has not begun.
///
/// # Errors
/// `404` if they are none.
pub fn give_place_up(conn: &mut Conn, proof: &SignedIn, cohort: &Cohort, today: NaiveDate, now: Instant) -> Result<()> {
    let (before, _) = place(conn, cohort, proof.person())?;
    if before.status != EnrolmentStatus::Enrolled {
        return Ok(());
    }
    let after = Enrolment {
        status: EnrolmentStatus::Withdrawn,
        left_on: Some(today.max(before.joined_on)),
        version: before.version + 1,
        updated_at: now,
        ..before
    };
    store::leave(conn, proof, &after)
}
