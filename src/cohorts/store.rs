//! Queries on cohorts.

use diesel::prelude::*;

use super::model::{Cohort, CohortStatus, Week};
use crate::{
    db::{
        Conn,
        schema::{cohorts, enrolments, weeks},
    },
    error::Result,
    primitives::Id,
    students::model::EnrolmentStatus,
};

/// A cohort; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn cohort(conn: &mut Conn, id: Id) -> Result<Cohort> {
    Ok(cohorts::table.find(id).select(Cohort::as_select()).first(conn)?)
}

/// Its weeks, in order.
///
/// # Errors
/// Only the database's.
pub fn weeks(conn: &mut Conn, cohort: Id) -> Result<Vec<Week>> {
    Ok(weeks::table
        .filter(weeks::cohort_id.eq(cohort))
        .order(weeks::number)
        .select(Week::as_select())
        .load(conn)?)
}

/// One of its weeks.
///
/// # Errors
/// `404` if it has no such week.
pub fn week(conn: &mut Conn, cohort: Id, number: i32) -> Result<Week> {
    Ok(weeks::table
        .find((cohort, number))
        .select(Week::as_select())
        .first(conn)?)
}

/// The slugs of the campus's unfinished cohorts in which somebody studies.
///
/// # Errors
/// Only the database's.
pub fn studied_by(conn: &mut Conn, campus: Id, person: Id) -> Result<Vec<String>> {
    Ok(cohorts::table
        .inner_join(enrolments::table)
        .filter(cohorts::campus_id.eq(campus))
        .filter(cohorts::status.eq_any([CohortStatus::Planned, CohortStatus::Running]))
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .order(cohorts::id)
        .select(cohorts::slug)
        .load(conn)?)
}
