//! What of a cohort's admissions its staff have still to do.

use chrono::NaiveDate;

use crate::{
    admissions::{
        model::{ApplicationStatus, Unfinished},
        proofs::{self, IntakeStaff},
        rules::unfinished as rules,
        store,
    },
    cohorts::CohortStaff,
    db::Conn,
    error::{Code, Result},
};

/// What the staff have still to do of a cohort's admissions, though the day for it is over, as far as the caller has anything to do
/// with it. Nothing where there is no intake.
pub fn unfinished(conn: &mut Conn, staff: CohortStaff, today: NaiveDate) -> Result<Unfinished> {
    let intake = match proofs::intake(conn, staff.cohort()) {
        Ok(local) => local.intake,
        Err(error) if error.code() == Code::NotFound => return Ok(Unfinished::default()),
        Err(error) => return Err(error),
    };
    if !rules::is_any_day_over(&intake, today) {
        return Ok(Unfinished::default());
    }
    let staff = IntakeStaff::among(conn, staff)?;
    let mut waiting = store::in_state(conn, staff.staff().cohort(), ApplicationStatus::Submitted)?;
    waiting.retain(|one| !staff.recused().contains(&one.id));
    Ok(rules::unfinished(&intake, &waiting, today))
}
