//! Times at which applicants are interviewed.

use diesel::prelude::*;

use crate::{
    admissions::{
        events::{self, InterviewChange, InterviewEvent},
        model::{Application, ApplicationStatus, InterviewSlot, LocalIntake},
        proofs::ApplicationKeeper,
    },
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{applications, campuses, cohorts, interview_slots as slots},
    },
    error::Result,
    on_both, outbox,
    primitives::{Id, Instant, time::TimeZone},
};

/// The times of a cohort, as they come.
pub fn slots(conn: &mut Conn, cohort: Id) -> Result<Vec<InterviewSlot>> {
    Ok(slots::table
        .filter(slots::cohort_id.eq(cohort))
        .order((slots::starts_local, slots::id))
        .select(InterviewSlot::as_select())
        .load(conn)?)
}

/// One of them.
///
/// # Errors
/// `404` if there is none.
pub fn slot(conn: &mut Conn, id: Id) -> Result<InterviewSlot> {
    Ok(slots::table.find(id).select(InterviewSlot::as_select()).first(conn)?)
}

/// The times that somebody has booked, at all campuses, each with the clocks that it goes by.
pub fn booked_by(conn: &mut Conn, person: Id) -> Result<Vec<(InterviewSlot, TimeZone)>> {
    Ok(on_both!(conn, |conn| slots::table
        .inner_join(applications::table)
        .inner_join(cohorts::table.on(cohorts::id.eq(slots::cohort_id)))
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(applications::person_id.eq(person))
        .select((InterviewSlot::as_select(), campuses::time_zone))
        .load(conn))?)
}

/// The times at which somebody interviews, at all campuses, each with the clocks that it goes by.
pub fn held_by(conn: &mut Conn, interviewer: Id) -> Result<Vec<(InterviewSlot, TimeZone)>> {
    Ok(on_both!(conn, |conn| slots::table
        .inner_join(cohorts::table.on(cohorts::id.eq(slots::cohort_id)))
        .inner_join(campuses::table.on(campuses::id.eq(cohorts::campus_id)))
        .filter(slots::interviewer_id.eq(interviewer))
        .select((InterviewSlot::as_select(), campuses::time_zone))
        .load(conn))?)
}

/// Tells whoever interviews at a time, if it is anybody in particular.
pub fn tell_interviewer(
    conn: &mut Conn,
    proof: &ApplicationKeeper,
    slot: &InterviewSlot,
    local: &LocalIntake,
    kind: InterviewChange,
    now: Instant,
) -> Result<()> {
    debug_assert_eq!(proof.cohort(), slot.cohort_id, "the proof holds elsewhere");
    let Some(interviewer) = slot.interviewer_id else {
        return Ok(());
    };
    let event = InterviewEvent {
        kind,
        slot_id: slot.id,
        campus_id: local.cohort.campus_id,
        cohort_id: local.cohort.id,
        person_id: interviewer,
        starts_at: slot.starts_local.in_zone(local.zone),
    };
    outbox::record(conn, &event, proof.person(), now)
}

/// Who has applied to a cohort, waits for a decision, and has not booked an interview.
pub fn without_interview(conn: &mut Conn, cohort: Id) -> Result<Vec<Id>> {
    let booked = slots::table
        .filter(slots::cohort_id.eq(cohort))
        .filter(slots::application_id.is_not_null())
        .select(slots::application_id.assume_not_null());
    let booked: Vec<Id> = booked.load(conn)?;
    Ok(applications::table
        .filter(applications::cohort_id.eq(cohort))
        .filter(applications::status.eq(ApplicationStatus::Submitted))
        .filter(diesel::dsl::not(applications::id.among(booked)))
        .order(applications::person_id)
        .select(applications::person_id)
        .load(conn)?)
}

/// Offers times.
pub fn insert_slots(conn: &mut Conn, proof: &CohortStaff, new: &[InterviewSlot]) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(slots::table).values(new).execute(conn))?;
    debug_assert!(
        new.iter().all(|slot| slot.cohort_id == proof.cohort()),
        "the proof holds elsewhere"
    );
    new.iter()
        .try_for_each(|slot| events::interview_slot(slot, None).created(conn))
}

/// Books a time, or sets it free.
pub fn update_slot(conn: &mut Conn, proof: &ApplicationKeeper, slot: &InterviewSlot, of: &Application) -> Result<()> {
    debug_assert_eq!(proof.cohort(), slot.cohort_id, "the proof holds elsewhere");
    diesel::update(slots::table.find(slot.id)).set(slot).execute(conn)?;
    events::interview_slot(slot, Some(of.person_id)).updated(conn)
}

/// Takes a time away.
pub fn delete_slot(conn: &mut Conn, proof: &CohortStaff, slot: &InterviewSlot, of: Option<&Application>) -> Result<()> {
    debug_assert_eq!(proof.cohort(), slot.cohort_id, "the proof holds elsewhere");
    diesel::delete(slots::table.find(slot.id)).execute(conn)?;
    events::interview_slot(slot, of.map(|of| of.person_id)).deleted(conn)
}

/// What these applications have booked.
pub fn slots_of(conn: &mut Conn, applications: &[Id]) -> Result<Vec<InterviewSlot>> {
    Ok(slots::table
        .filter(slots::application_id.among(applications.iter().copied().map(Some)))
        .select(InterviewSlot::as_select())
        .load(conn)?)
}

/// What an application has booked.
pub fn slot_of(conn: &mut Conn, application: Id) -> Result<Option<InterviewSlot>> {
    Ok(slots::table
        .filter(slots::application_id.eq(application))
        .select(InterviewSlot::as_select())
        .first(conn)
        .optional()?)
}
