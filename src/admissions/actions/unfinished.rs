//! What of a cohort's admissions its staff have still to do.

use chrono::NaiveDate;

use crate::{
    admissions::{
        model::{ApplicationStatus, Unfinished},
        proofs::{self, IntakeStaff},
        rules::unfinished as rules,
        store,
    },
    authz::Actor,
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Result},
    primitives::Id,
};

/// What the caller has still to do of a cohort's admissions, though the day for it is over. Nothing where there is no intake.
pub fn unfinished(conn: &mut Conn, actor: &Actor, cohort: Id, today: NaiveDate) -> Result<Unfinished> {
    let (_, staff) = CohortStaff::or_hide(conn, actor, cohort)?;
    let intake = match proofs::intake(conn, staff.cohort()) {
        Ok(local) => local.intake,
        Err(error) if error.code() == Code::NotFound => return Ok(Unfinished::default()),
        Err(error) => return Err(error),
    };
    if !rules::is_any_day_over(&intake, today) {
        return Ok(Unfinished::default());
    }
    let (_, staff) = IntakeStaff::of(conn, actor, cohort)?;
    let mut waiting = store::in_state(conn, cohort, ApplicationStatus::Submitted)?;
    waiting.retain(|one| !staff.recused().contains(&one.id));
    Ok(rules::unfinished(&intake, &waiting, today))
}
