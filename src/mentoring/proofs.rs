//! Proofs about mentor slots. Their fields are private to this file: whoever holds one was permitted.

use diesel::{dsl::exists, prelude::*};

use super::model::SignUpStatus;
use crate::{
    authz::{Action, Actor, OnStaff, Standing, permits},
    cohorts::{CohortStaff, CohortStanding, model::Cohort},
    db::{
        Conn,
        schema::{campus_alumni_sources, cohorts, enrolments, mentor_slots, sign_ups},
    },
    error::Result,
    on_both,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// Whether they have signed up in the cohort: what they are part of they see, even when their campus
/// is no longer admitted.
fn signed_up(conn: &mut Conn, seen: &CohortStanding) -> Result<Option<Standing>> {
    let own = sign_ups::table
        .inner_join(mentor_slots::table)
        .filter(mentor_slots::cohort_id.eq(seen.cohort.id))
        .filter(sign_ups::person_id.eq(seen.person))
        .filter(sign_ups::status.ne(SignUpStatus::Cancelled));
    let found: bool = diesel::select(exists(own)).get_result(conn)?;
    Ok(found.then_some(Standing::SignedUp))
}

/// Whether they graduated from a cohort whose alumni the campus takes as mentors: one of its own, or
/// of a campus that it admits.
pub(super) fn admitted_alumnus(conn: &mut Conn, host: Id, person: Id) -> Result<Option<Standing>> {
    let admitted = campus_alumni_sources::table
        .filter(campus_alumni_sources::campus_id.eq(host))
        .select(campus_alumni_sources::source_id);
    let graduated = enrolments::table
        .inner_join(cohorts::table)
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Graduated))
        .filter(cohorts::campus_id.eq(host).or(cohorts::campus_id.eq_any(admitted)));
    let found: bool = on_both!(conn, |conn| diesel::select(exists(graduated)).get_result(conn))?;
    Ok(found.then_some(Standing::AdmittedAlumnus))
}

/// May see when mentors are wanted.
#[derive(Clone, Copy, Debug)]
pub struct SlotViewer {
    staff: Option<CohortStaff>,
    on_staff: OnStaff,
}

impl SlotViewer {
    /// The cohort, with the proof. For others its slots do not exist.
    ///
    /// # Errors
    /// `401` for nobody, `404` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::SeeMentorSlots;
        let by = |standing: Option<Standing>| standing.is_some_and(|standing| permits(standing, action));
        if !seen.permits(action)
            && !by(signed_up(conn, &seen)?)
            && !by(admitted_alumnus(conn, seen.cohort.campus_id, seen.person)?)
        {
            return Err(seen.on_staff().hidden());
        }
        let (staff, on_staff) = (seen.staff().ok(), seen.on_staff());
        Ok((seen.cohort, Self { staff, on_staff }))
    }

    /// The proof that they are on the staff, too.
    ///
    /// # Errors
    /// `403` if they are not.
    pub fn staff(&self) -> Result<CohortStaff> {
        self.staff.ok_or_else(|| self.on_staff.refusal("staff of the campus"))
    }
}

/// May take a mentor's place.
#[derive(Clone, Copy, Debug)]
pub struct Mentor {
    person: Id,
}

impl Mentor {
    /// The cohort, with the proof.
    ///
    /// # Errors
    /// `404` if there is no such cohort, `401` for nobody, `403` for those who may not.
    pub fn of(conn: &mut Conn, actor: &Actor, cohort: Id) -> Result<(Cohort, Self)> {
        let seen = CohortStanding::load(conn, actor, cohort)?;
        let action = Action::Mentor;
        let alumnus = |standing| permits(standing, action);
        if !seen.permits(action) && !admitted_alumnus(conn, seen.cohort.campus_id, seen.person)?.is_some_and(alumnus) {
            return Err(seen.on_staff().refusal("alumni whom the campus admits, and staff"));
        }
        let person = seen.person;
        Ok((seen.cohort, Self { person }))
    }

    /// Who it is.
    pub fn person(&self) -> Id {
        self.person
    }
}
