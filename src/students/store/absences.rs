//! Queries on absences.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    cohorts::CohortInsider,
    db::{
        Conn,
        schema::{absences, day_absences},
    },
    error::Result,
    primitives::{Id, Period},
    students::{
        events,
        model::{Absence, DayAbsence},
    },
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

/// All days that students of a cohort miss, in order.
pub fn day_absences(conn: &mut Conn, cohort: Id) -> Result<Vec<DayAbsence>> {
    day_absences_page(conn, cohort, Period::default(), None, None, i64::MAX)
}

/// Up to `limit` of them after a day and person; only those in a period or one person's, if that is asked.
pub fn day_absences_page(
    conn: &mut Conn,
    cohort: Id,
    period: Period,
    person: Option<Id>,
    after: Option<(NaiveDate, Id)>,
    limit: i64,
) -> Result<Vec<DayAbsence>> {
    let mut query = day_absences::table
        .filter(day_absences::cohort_id.eq(cohort))
        .select(DayAbsence::as_select())
        .into_boxed();
    if let Some(from) = period.from {
        query = query.filter(day_absences::day.ge(from));
    }
    if let Some(to) = period.to {
        query = query.filter(day_absences::day.le(to));
    }
    if let Some(person) = person {
        query = query.filter(day_absences::person_id.eq(person));
    }
    if let Some((day, person)) = after {
        let same = day_absences::day.eq(day).and(day_absences::person_id.gt(person));
        query = query.filter(day_absences::day.gt(day).or(same));
    }
    Ok(query
        .order((day_absences::day, day_absences::person_id))
        .limit(limit)
        .load(conn)?)
}

/// What is noted of one student and one day, if anything.
pub fn day_absence(conn: &mut Conn, cohort: Id, day: NaiveDate, person: Id) -> Result<Option<DayAbsence>> {
    Ok(day_absences::table
        .find((cohort, day, person))
        .select(DayAbsence::as_select())
        .first(conn)
        .optional()?)
}

/// Notes that somebody misses a day, in place of what was noted.
pub fn set_day_absence(conn: &mut Conn, proof: &CohortInsider, absence: &DayAbsence) -> Result<()> {
    delete_day(conn, proof, absence.day, absence.person_id)?;
    diesel::insert_into(day_absences::table).values(absence).execute(conn)?;
    events::day_absence(absence.cohort_id, absence.person_id).updated(conn)
}

/// Somebody comes that day after all.
pub fn remove_day_absence(conn: &mut Conn, proof: &CohortInsider, day: NaiveDate, person: Id) -> Result<()> {
    delete_day(conn, proof, day, person)?;
    events::day_absence(proof.cohort(), person).deleted(conn)
}

fn delete_day(conn: &mut Conn, proof: &CohortInsider, day: NaiveDate, person: Id) -> Result<()> {
    diesel::delete(day_absences::table.find((proof.cohort(), day, person))).execute(conn)?;
    Ok(())
}
