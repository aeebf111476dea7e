//! Queries on absences.

use diesel::prelude::*;

use crate::{
    cohorts::CohortInsider,
    db::{Conn, schema::absences},
    error::Result,
    primitives::Id,
    students::{events, model::Absence},
};

/// All absences of a cohort, by week.
pub fn absences(conn: &mut Conn, cohort: Id) -> Result<Vec<Absence>> {
    absences_page(conn, cohort, None, None, None, i64::MAX)
}

/// Up to `limit` of them after a week and person; only one week's or one person's, if that is asked.
pub fn absences_page(
    conn: &mut Conn,
    cohort: Id,
    week: Option<i32>,
    person: Option<Id>,
    after: Option<(i32, Id)>,
    limit: i64,
) -> Result<Vec<Absence>> {
    let mut query = absences::table
        .filter(absences::cohort_id.eq(cohort))
        .select(Absence::as_select())
        .into_boxed();
    if let Some(week) = week {
        query = query.filter(absences::week_number.eq(week));
    }
    if let Some(person) = person {
        query = query.filter(absences::person_id.eq(person));
    }
    if let Some((week, person)) = after {
        let same = absences::week_number.eq(week).and(absences::person_id.gt(person));
        query = query.filter(absences::week_number.gt(week).or(same));
    }
    Ok(query
        .order((absences::week_number, absences::person_id))
        .limit(limit)
        .load(conn)?)
}

/// What is noted of one student and one week, if anything.
pub fn absence(conn: &mut Conn, cohort: Id, week: i32, person: Id) -> Result<Option<Absence>> {
    Ok(absences::table
        .find((cohort, week, person))
        .select(Absence::as_select())
        .first(conn)
        .optional()?)
}

/// Notes that somebody misses a week, in place of what was noted.
pub fn set_absence(conn: &mut Conn, proof: &CohortInsider, absence: &Absence) -> Result<()> {
    delete(conn, proof, absence.week_number, absence.person_id)?;
    diesel::insert_into(absences::table).values(absence).execute(conn)?;
    events::absence(absence.cohort_id, absence.person_id).updated(conn)
}

/// Somebody comes after all.
pub fn remove_absence(conn: &mut Conn, proof: &CohortInsider, week: i32, person: Id) -> Result<()> {
    delete(conn, proof, week, person)?;
    events::absence(proof.cohort(), person).deleted(conn)
}

fn delete(conn: &mut Conn, proof: &CohortInsider, week: i32, person: Id) -> Result<()> {
    diesel::delete(absences::table.find((proof.cohort(), week, person))).execute(conn)?;
    Ok(())
}
