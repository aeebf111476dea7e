//! Queries on weeks that lack mentors.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    cohorts::model::{Cohort, CohortStatus, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, cohorts, weeks},
    },
    error::Result,
    mentoring::events::{self, Gap},
    on_both,
    primitives::{Id, Instant, time::TimeZone},
};

/// The weeks that begin on these days in cohorts that go on at open campuses, or in one of these.
pub fn weeks_that_begin(
    conn: &mut Conn,
    cohort: Option<Id>,
    (from, to): (NaiveDate, NaiveDate),
) -> Result<Vec<(Cohort, Week, TimeZone)>> {
    Ok(on_both!(conn, |conn| {
        let mut query = weeks::table
            .inner_join(cohorts::table.inner_join(campuses::table))
            .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
            .filter(campuses::closed_at.is_null())
            .filter(weeks::starts_on.between(from, to))
            .order((weeks::cohort_id, weeks::number))
            .select((Cohort::as_select(), Week::as_select(), campuses::time_zone))
            .into_boxed();
        if let Some(cohort) = cohort {
            query = query.filter(weeks::cohort_id.eq(cohort));
        }
        query.load(conn)
    })?)
}

/// Tells organisers that a week lacks mentors; the week keeps that they were told.
pub fn set_gap_told(conn: &mut Conn, week: &Week, gap: &Gap, now: Instant) -> Result<()> {
    diesel::update(weeks::table.find((week.cohort_id, week.number)))
        .set(weeks::gap_told_at.eq(now))
        .execute(conn)?;
    events::gap(week).happened_with(conn, "missing", gap)
}
