//! Queries on weeks that lack mentors.

use chrono::NaiveDate;
use diesel::{dsl::exists, prelude::*};

use crate::{
    cohorts::model::{CohortStatus, Week},
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campuses, cohorts, events, weeks},
    },
    error::Result,
    on_both,
    primitives::{Id, time::TimeZone},
};

/// The weeks that begin on these days in cohorts that go on at open campuses, and of which it was not told that mentors are missing.
pub fn weeks_without_told_gap(conn: &mut Conn, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<(Week, TimeZone)>> {
    let found: Vec<(Week, TimeZone)> = on_both!(conn, |conn| weeks::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .filter(campuses::closed_at.is_null())
        .filter(weeks::starts_on.between(from, to))
        .order(weeks::id)
        .select((Week::as_select(), campuses::time_zone))
        .load(conn))?;
    let ids: Vec<Id> = found.iter().map(|(week, _)| week.id).collect();
    let told: Vec<Id> = events::table
        .filter(events::object_type.eq("mentor_cover"))
        .filter(events::object_id.among(ids))
        .select(events::object_id)
        .load(conn)?;
    Ok(found.into_iter().filter(|(week, _)| !told.contains(&week.id)).collect())
}

/// Whether it was told that a week lacks mentors.
pub fn is_gap_told(conn: &mut Conn, week: Id) -> Result<bool> {
    let of_week = events::table
        .filter(events::object_type.eq("mentor_cover"))
        .filter(events::object_id.eq(week));
    Ok(diesel::select(exists(of_week)).get_result(conn)?)
}
