//! What applicants answer to offers, and how they leave.

use super::{WholeApplication, get, places};
use crate::{
    admissions::{
        model::{Application, ApplicationStatus},
        proofs::{self, Applicant, ApplicationKeeper, SeenApplication},
        rules::{applications, intakes, offers as rules},
        store,
    },
    audit,
    authz::{Actor, SignedIn},
    cohorts::CohortStatus,
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant},
    students,
};

/// Takes the place: the caller becomes a student, declines all other offers and withdraws every open application, all at once.
/// Repeating it changes nothing.
pub fn accept(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    let keeper = seen.own()?;
    if seen.application.status == ApplicationStatus::Accepted {
        return get(conn, actor, id);
    }
    let local = &seen.local;
    rules::can_be_answered(&seen.application, local, now)?;
    intakes::must_be_to_come(&local.cohort)?;
    Applicant::of(conn, actor, local.cohort.id)?;
    students::admit(
        conn,
        &SignedIn::prove(actor)?,
        &local.cohort,
        now.date_in(local.zone),
        now,
    )?;
    audit::became("status", seen.application.status, ApplicationStatus::Accepted);
    places::make(
        conn,
        &keeper,
        local,
        seen.application.clone(),
        ApplicationStatus::Accepted,
        now,
    )?;
    for other in store::open_of(conn, seen.person())? {
        let status = match other.status {
            ApplicationStatus::Offered => ApplicationStatus::Declined,
            _ => ApplicationStatus::Withdrawn,
        };
        end(conn, seen.person(), other, status, now)?;
    }
    get(conn, actor, id)
}

/// Ends another application of the caller, and passes on a place that it held.
fn end(conn: &mut Conn, person: Id, application: Application, status: ApplicationStatus, now: Instant) -> Result<()> {
    let local = proofs::intake(conn, application.cohort_id)?;
    let keeper = ApplicationKeeper::of_own(&application, person)?;
    places::make(conn, &keeper, &local, application, status, now)?;
    places::promote(conn, &local, now)?;
    Ok(())
}

/// Declines the offer, which goes to the next in line. Repeating it changes nothing.
pub fn decline(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    seen.own()?;
    if seen.application.status != ApplicationStatus::Declined {
        rules::can_be_answered(&seen.application, &seen.local, now)?;
        audit::became("status", seen.application.status, ApplicationStatus::Declined);
        end(
            conn,
            seen.person(),
            seen.application.clone(),
            ApplicationStatus::Declined,
            now,
        )?;
    }
    get(conn, actor, id)
}

/// Withdraws an application, in whatever state it is: also a place that was accepted, until the cohort begins. Repeating it
/// changes nothing.
pub fn withdraw(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<WholeApplication> {
    let seen = SeenApplication::of(conn, actor, id)?;
    seen.own()?;
    let application = &seen.application;
    if applications::can_be_withdrawn(application.status)? {
        if application.status == ApplicationStatus::Accepted {
            let today = now.date_in(seen.local.zone);
            if seen.local.cohort.status != CohortStatus::Planned || today >= seen.local.cohort.starts_on {
                let detail = "The cohort has begun. Ask the staff of the campus to withdraw you from it.";
                return Err(Error::new(Code::InvalidTransition, detail));
            }
            students::give_place_up(conn, &SignedIn::prove(actor)?, &seen.local.cohort, today, now)?;
        }
        audit::became("status", application.status, ApplicationStatus::Withdrawn);
        end(
            conn,
            seen.person(),
            application.clone(),
            ApplicationStatus::Withdrawn,
            now,
        )?;
    }
    get(conn, actor, id)
}
