//! Taking a cohort on its way, and a step back.

use crate::{
    authz::Actor,
    campuses::{self, CampusOrganiser},
    cohorts::{
        CohortStaff,
        events::{CohortChange, CohortEvent},
        model::{Cohort, CohortStatus},
        rules::{self, Step},
        store,
    },
    db::Conn,
    error::{Code, Error, Result},
    jobs, mentoring, outbox,
    primitives::{Id, Instant},
    students::model::EnrolmentStatus,
};

/// Does what follows from a new status. Staff take a cohort on, organisers take a step back.
pub fn take(
    conn: &mut Conn,
    actor: &Actor,
    proof: &CohortStaff,
    cohort: &Cohort,
    status: CohortStatus,
    now: Instant,
) -> Result<()> {
    match rules::step(cohort.status, cohort.previous_status, status)? {
        Step::Stay => Ok(()),
        Step::On => {
            stop_jobs(conn, proof, status, now)?;
            finish(conn, proof, cohort, status, now)
        }
        Step::Back => {
            CampusOrganiser::of(conn, actor, cohort.campus_id)?;
            rules::may_still_step_back(cohort.status_changed_at, now)?;
            undo(conn, proof, cohort, now)
        }
    }
}

/// Nobody has a use for what is still being worked out for a cohort that has ended.
fn stop_jobs(conn: &mut Conn, proof: &CohortStaff, status: CohortStatus, now: Instant) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => {
            let detail = format!(
                "The cohort was set to {} while the job was waiting or running.",
                status.as_str()
            );
            jobs::cancel_pointless(conn, proof, |_| true, &Error::new(Code::Conflict, detail), now)
        }
    }
}

/// Whoever still studies in a cohort that ends goes with it: as alumni, or, if it was called off, as
/// withdrawn on that day.
fn finish(conn: &mut Conn, proof: &CohortStaff, cohort: &Cohort, status: CohortStatus, now: Instant) -> Result<()> {
    match status {
        CohortStatus::Graduated => {
            store::finish_enrolments(conn, proof, EnrolmentStatus::Graduated, None, now)?;
            Ok(())
        }
        CohortStatus::Cancelled => {
            let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
            let today = now.date_in(zone);
            mentoring::called_off(conn, proof, now)?;
            let people = store::finish_enrolments(conn, proof, EnrolmentStatus::Withdrawn, Some(today), now)?;
            tell(conn, proof, cohort, CohortChange::CalledOff, people, now)
        }
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
    }
}

/// Tells those who studied in a cohort, or do again.
fn tell(
    conn: &mut Conn,
    proof: &CohortStaff,
    cohort: &Cohort,
    kind: CohortChange,
    people: Vec<Id>,
    now: Instant,
) -> Result<()> {
    if people.is_empty() {
        return Ok(());
    }
    let event = CohortEvent {
        kind,
        cohort_id: cohort.id,
        campus_id: cohort.campus_id,
        people,
    };
    outbox::record(conn, &event, Some(proof.person()), now)
}

/// Whoever went with a cohort that ended studies in it again, unless they have left the campus since; alumni who are
/// none any more give up the places that they took as such; mentors of a cohort that was called off have theirs again.
fn undo(conn: &mut Conn, proof: &CohortStaff, cohort: &Cohort, now: Instant) -> Result<()> {
    match cohort.status {
        CohortStatus::Graduated => {
            let alumni = store::finished_enrolments(conn, cohort, EnrolmentStatus::Graduated, None)?;
            store::resume_enrolments(conn, proof, &alumni, now)?;
            mentoring::no_longer_alumni(conn, &alumni, proof.person(), now)
        }
        CohortStatus::Cancelled => {
            let since = Some(cohort.status_changed_at);
            let withdrawn = store::finished_enrolments(conn, cohort, EnrolmentStatus::Withdrawn, since)?;
            store::resume_enrolments(conn, proof, &withdrawn, now)?;
            mentoring::takes_place_after_all(conn, proof, cohort.status_changed_at, now)?;
            tell(conn, proof, cohort, CohortChange::TakesPlace, withdrawn, now)
        }
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
    }
}
