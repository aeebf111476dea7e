//! Queries on students.

use diesel::prelude::*;

use super::model::{Absence, Enrolment, PairRule};
use crate::{
    accounts::model::PersonCard,
    db::{
        Conn,
        schema::{absences, enrolments, pair_rules, people},
    },
    error::Result,
    primitives::Id,
};

/// Everybody who is or was enrolled in the cohort, by name.
///
/// # Errors
/// Only the database's.
pub fn roster(conn: &mut Conn, cohort: Id) -> Result<Vec<(Enrolment, PersonCard)>> {
    Ok(enrolments::table
        .inner_join(people::table)
        .filter(enrolments::cohort_id.eq(cohort))
        .order((people::name, people::id))
        .select((Enrolment::as_select(), PersonCard::as_select()))
        .load(conn)?)
}

/// All absences of a cohort, by week.
///
/// # Errors
/// Only the database's.
pub fn absences(conn: &mut Conn, cohort: Id) -> Result<Vec<Absence>> {
    Ok(absences::table
        .filter(absences::cohort_id.eq(cohort))
        .order((absences::week_number, absences::person_id))
        .select(Absence::as_select())
        .load(conn)?)
}

/// All pair rules of a cohort, oldest first.
///
/// # Errors
/// Only the database's.
pub fn pair_rules(conn: &mut Conn, cohort: Id) -> Result<Vec<PairRule>> {
    Ok(pair_rules::table
        .filter(pair_rules::cohort_id.eq(cohort))
        .order(pair_rules::id)
        .select(PairRule::as_select())
        .load(conn)?)
}
