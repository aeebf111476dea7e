//! Telling organisers which weeks begin soon without enough mentors.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Days;

use super::{
    super::{events::Gap, store},
    coverage::covered_weeks,
};
use crate::{
    cohorts::model::{Cohort, Week},
    db::{Conn, Db},
    error::Result,
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
    let lacking = db.read(move |conn| lacking(conn, None, now)).await?;
    let cohorts: BTreeSet<Id> = lacking.iter().map(|(week, _)| week.cohort_id).collect();
    let mut told = false;
    for cohort in cohorts {
        // Looked up again in the transaction: another process may have told it, or somebody signed up.
        told |= db.write(move |conn| tell_gaps_of(conn, cohort, now)).await?;
    }
    Ok(told)
}

/// The weeks, of all cohorts or of one, that begin soon by the clocks of their campus, lack mentors and have not been told; and how
/// many they lack.
fn lacking(conn: &mut Conn, cohort: Option<Id>, now: Instant) -> Result<Vec<(Week, i32)>> {
    let today = now.date();
    // It may be another day where the campus is.
    let around = (today, today + TOLD_BEFORE + Days::new(1));
    let is_due = |(_, week, zone): &(Cohort, Week, TimeZone)| {
        let today = now.date_in(*zone);
        let begins_soon = (today + Days::new(1)..=today + TOLD_BEFORE).contains(&week.starts_on);
        // What was told of a week that has been put off since is told again in time.
        let is_told = |told: Instant| week.starts_on <= told.date_in(*zone) + TOLD_BEFORE;
        begins_soon && !week.gap_told_at.is_some_and(is_told)
    };
    let mut soon: BTreeMap<Id, (Cohort, BTreeSet<Id>)> = BTreeMap::new();
    let begin = store::weeks_that_begin(conn, cohort, around)?.into_iter();
    for (cohort, week, _) in begin.filter(is_due) {
        let (_, weeks) = soon.entry(cohort.id).or_insert_with(|| (cohort, BTreeSet::new()));
        weeks.insert(week.id);
    }
    let mut lacking = Vec::new();
    for (cohort, weeks) in soon.into_values() {
        let covered = covered_weeks(conn, &cohort)?.into_iter();
        let short = covered.filter(|covered| weeks.contains(&covered.week.id) && covered.coverage.gap > 0);
        lacking.extend(short.map(|covered| (covered.week, covered.coverage.gap)));
    }
    Ok(lacking)
}

fn tell_gaps_of(conn: &mut Conn, cohort: Id, now: Instant) -> Result<bool> {
    let lacking = lacking(conn, Some(cohort), now)?;
    for (week, missing) in &lacking {
        let told = Gap {
            week: week.number,
            starts_on: week.starts_on,
            missing: *missing,
        };
        store::set_gap_told(conn, week, &told, now)?;
    }
    Ok(!lacking.is_empty())
}
