//! Telling organisers which weeks begin soon without enough mentors.

use chrono::Days;

use super::{
    super::{
        events::{self, Gap},
        store,
    },
    coverage::covered_weeks,
};
use crate::{
    cohorts::{
        self,
        model::{CohortStatus, Week},
    },
    db::{Conn, Db},
    error::{Code, Result},
    primitives::{Id, Instant, time::TimeZone},
};

/// So long before a week begins.
const TOLD_BEFORE: Days = Days::new(7);

/// Tells the organisers of each week that begins soon and lacks mentors: once, however many processes do this. Whether anything
/// was told.
///
/// # Errors
/// `503`
pub async fn tell_gaps(db: &Db, now: Instant) -> Result<bool> {
    let soon = db.read(move |conn| soon(conn, now)).await?;
    let mut told = false;
    for (cohort, week) in soon {
        // Looked up again in the transaction: another process may have told it, or somebody signed up.
        told |= db.write(move |conn| tell_gap(conn, cohort, week)).await?;
    }
    Ok(told)
}

/// The weeks that begin soon by the clocks of their campus, lack mentors and have not been told, with their cohorts.
fn soon(conn: &mut Conn, now: Instant) -> Result<Vec<(Id, Id)>> {
    let today = now.date();
    // It may be another day where the campus is.
    let around = (today, today + TOLD_BEFORE + Days::new(1));
    let begins_soon = |(week, zone): &(Week, TimeZone)| {
        let today = now.date_in(*zone);
        (today + Days::new(1)..=today + TOLD_BEFORE).contains(&week.starts_on)
    };
    let mut found = Vec::new();
    for (week, _) in (store::weeks_without_told_gap(conn, around)?.into_iter()).filter(begins_soon) {
        if gap(conn, week.cohort_id, week.id)?.is_some() {
            found.push((week.cohort_id, week.id));
        }
    }
    Ok(found)
}

/// How many mentors a week lacks.
fn gap(conn: &mut Conn, cohort: Id, week: Id) -> Result<Option<(Week, i32)>> {
    let cohort = cohorts::store::cohort(conn, cohort)?;
    if !matches!(cohort.status, CohortStatus::Planned | CohortStatus::Running) {
        return Ok(None);
    }
    let covered = covered_weeks(conn, &cohort)?.into_iter();
    let mut lacking = covered.filter(|covered| covered.week.id == week && covered.coverage.gap > 0);
    Ok(lacking.next().map(|covered| (covered.week, covered.coverage.gap)))
}

fn tell_gap(conn: &mut Conn, cohort: Id, week: Id) -> Result<bool> {
    let gap = match gap(conn, cohort, week) {
        Err(gone) if gone.code() == Code::NotFound => None,
        found => found?,
    };
    let Some((week, missing)) = gap else {
        return Ok(false);
    };
    if store::is_gap_told(conn, week.id)? {
        return Ok(false);
    }
    let told = Gap {
        week: week.number,
        starts_on: week.starts_on,
        missing,
    };
    events::gap(&week).happened_with(conn, "missing", &told)?;
    Ok(true)
}
