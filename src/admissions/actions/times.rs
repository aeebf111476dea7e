//! What is done when a time has come, and when somebody goes.

use chrono::TimeDelta;

use super::places;
use crate::{
    admissions::{events, proofs, store},
    db::{Conn, Db},
    error::Result,
    primitives::{Id, Instant, LocalTime, time::TimeZone},
};

/// Tells those who are interested that applications are open, lets offers run out that were not answered, and offers free places
/// to those who wait: once, however many processes do this. Whether anything was done.
///
/// # Errors
/// `503`
pub async fn keep_time(db: &Db, now: Instant) -> Result<bool> {
    // The clocks of no place are further ahead.
    let ahead = LocalTime::of(now, TimeZone::UTC).plus(TimeDelta::hours(14));
    let due = db.read(move |conn| store::newly_open(conn, ahead)).await?;
    let mut done = false;
    for cohort in due {
        done |= db.write(move |conn| tell_opening(conn, cohort, now)).await?;
    }
    for cohort in db.read(store::cohorts_with_offers).await? {
        done |= db
            .write(move |conn| {
                let local = proofs::intake(conn, cohort)?;
                places::expire(conn, &local, now)
            })
            .await?;
    }
    Ok(done)
}

/// Read again in the transaction: another process may have told it, or staff have put it off.
fn tell_opening(conn: &mut Conn, cohort: Id, now: Instant) -> Result<bool> {
    let local = proofs::intake(conn, cohort)?;
    if now < local.opens_at() || !store::set_opening_told(conn, cohort, now)? {
        return Ok(false);
    }
    // Nobody is called to what is over.
    if now < local.closes_at() {
        events::intake(cohort).happened(conn, "opened")?;
    }
    Ok(true)
}

/// Removes applications that led nowhere as long ago as their campus states. How many.
pub fn forget(conn: &mut Conn, now: Instant) -> Result<usize> {
    store::forget(conn, now)
}

/// Removes the applications of somebody who goes for good. Places that they held go to the next in line.
pub fn leave_everywhere(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    for application in store::delete_of(conn, person)? {
        let local = proofs::intake(conn, application.cohort_id)?;
        places::promote(conn, &local, now)?;
    }
    Ok(())
}
