//! Queries on cohorts.

mod enrolled;

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;

pub use enrolled::{finish_enrolments, finished_enrolments, move_first_days, resume_enrolments};

use super::{
    CohortStaff, events,
    model::{Cohort, CohortRound, CohortSelection, CohortSort, CohortStatus, DueNews, Project, ProjectInWeek, Week},
};
use crate::{
    calendars::revisions,
    campuses::CampusStaff,
    db::{
        Conn, dialect,
        dialect::AmongMethod as _,
        schema::{
            absences, campus_staff, campuses, cohorts, discoveries, enrolments, mentor_slots, pair_rules, projects,
            published_weeks, rounds, weeks,
        },
    },
    error::{Error, Result},
    on_both,
    primitives::{Id, Instant, time::TimeZone},
    students::model::EnrolmentStatus,
};

/// How far clocks are ahead of UTC where it is latest.
const EASTERNMOST: TimeDelta = TimeDelta::hours(14);

/// A cohort; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn cohort(conn: &mut Conn, id: Id) -> Result<Cohort> {
    Ok(on_both!(conn, |conn| cohorts::table
        .find(id)
        .select(Cohort::as_select())
        .first(conn))?)
}

/// The time zone of its campus.
///
/// # Errors
/// `404` if there is no such cohort.
pub fn time_zone(conn: &mut Conn, cohort: Id) -> Result<TimeZone> {
    Ok(cohorts::table
        .inner_join(campuses::table)
        .filter(cohorts::id.eq(cohort))
        .select(campuses::time_zone)
        .first(conn)?)
}

/// Its weeks, in order.
pub fn weeks(conn: &mut Conn, cohort: Id) -> Result<Vec<Week>> {
    Ok(on_both!(conn, |conn| weeks::table
        .filter(weeks::cohort_id.eq(cohort))
        .order(weeks::number)
        .select(Week::as_select())
        .load(conn))?)
}

/// Its weeks that have begun somewhere on earth at `now`, the last two by number and first day in order, with the time zone of its
/// campus: by the clocks there, the last may be yet to come.
pub fn latest_weeks(conn: &mut Conn, cohort: Id, now: Instant) -> Result<Vec<(TimeZone, (i32, NaiveDate))>> {
    let mut latest: Vec<(TimeZone, (i32, NaiveDate))> = on_both!(conn, |conn| weeks::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(weeks::cohort_id.eq(cohort))
        .filter(weeks::starts_on.le(now.plus(EASTERNMOST).date()))
        .order(weeks::number.desc())
        .limit(2)
        .select((campuses::time_zone, (weeks::number, weeks::starts_on)))
        .load(conn))?;
    latest.reverse();
    Ok(latest)
}

/// One of its weeks.
///
/// # Errors
/// `404` if it has no such week.
pub fn week(conn: &mut Conn, cohort: Id, number: i32) -> Result<Week> {
    Ok(on_both!(conn, |conn| weeks::table
        .find((cohort, number))
        .select(Week::as_select())
        .first(conn))?)
}

/// The slugs of the campus's unfinished cohorts in which somebody studies.
pub fn studied_by(conn: &mut Conn, campus: Id, person: Id) -> Result<Vec<String>> {
    Ok(cohorts::table
        .inner_join(enrolments::table)
        .filter(cohorts::campus_id.eq(campus))
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .filter(enrolments::person_id.eq(person))
        .filter(enrolments::status.eq(EnrolmentStatus::Enrolled))
        .order(cohorts::id)
        .select(cohorts::slug)
        .load(conn)?)
}

/// Up to `limit` cohorts.
pub fn cohorts(conn: &mut Conn, selection: &CohortSelection, limit: i64) -> Result<Vec<Cohort>> {
    let mut query = cohorts::table.select(Cohort::as_select()).into_boxed();
    if let Some(campus) = selection.campus {
        query = query.filter(cohorts::campus_id.eq(campus));
    }
    if let Some(states) = selection.filter.states.clone() {
        query = query.filter(cohorts::status.among(states));
    }
    if let Some(from) = selection.filter.period.from {
        query = query.filter(cohorts::ends_on.ge(from));
    }
    if let Some(to) = selection.filter.period.to {
        query = query.filter(cohorts::starts_on.le(to));
    }
    if let Some(slug) = &selection.slug {
        query = query.filter(cohorts::slug.eq(slug));
    }
    if let Some((date, id)) = selection.after {
        let same = cohorts::starts_on.eq(date).and(cohorts::id.gt(id));
        query = match selection.sort {
            None => query.filter(cohorts::id.gt(id)),
            Some(CohortSort::Earliest) => query.filter(cohorts::starts_on.gt(date).or(same)),
            Some(CohortSort::Latest) => query.filter(cohorts::starts_on.lt(date).or(same)),
        };
    }
    query = match selection.sort {
        None => query.order(cohorts::id),
        Some(CohortSort::Earliest) => query.order((cohorts::starts_on, cohorts::id)),
        Some(CohortSort::Latest) => query.order((cohorts::starts_on.desc(), cohorts::id)),
    };
    Ok(query.limit(limit).load(conn)?)
}

/// The cohorts of a campus with a status.
pub fn of_campus(conn: &mut Conn, campus: Id, status: CohortStatus) -> Result<Vec<Cohort>> {
    Ok(cohorts::table
        .filter(cohorts::campus_id.eq(campus))
        .filter(cohorts::status.eq(status))
        .order(cohorts::id)
        .select(Cohort::as_select())
        .load(conn)?)
}

/// The slugs of a campus's planned and running cohorts.
pub fn slugs_going_on(conn: &mut Conn, campus: Id) -> Result<Vec<String>> {
    Ok(cohorts::table
        .filter(cohorts::campus_id.eq(campus))
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .order(cohorts::id)
        .select(cohorts::slug)
        .load(conn)?)
}

/// Up to `limit` planned and running cohorts of open campuses on whose staff somebody is, the one that begins first first.
pub fn going_on_with_staff(
    conn: &mut Conn,
    person: Id,
    after: Option<(NaiveDate, Id)>,
    limit: i64,
) -> Result<Vec<Cohort>> {
    let appointed = campus_staff::campus_id
        .eq(cohorts::campus_id)
        .and(campus_staff::person_id.eq(person));
    let mut query = cohorts::table
        .inner_join(campuses::table)
        .inner_join(campus_staff::table.on(appointed))
        .filter(campuses::closed_at.is_null())
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .order((cohorts::starts_on, cohorts::id))
        .limit(limit)
        .select(Cohort::as_select())
        .into_boxed();
    if let Some((date, id)) = after {
        let same = cohorts::starts_on.eq(date).and(cohorts::id.gt(id));
        query = query.filter(cohorts::starts_on.gt(date).or(same));
    }
    Ok(query.load(conn)?)
}

/// How many cohorts a campus has.
pub fn count(conn: &mut Conn, campus: Id) -> Result<i64> {
    let all = cohorts::table.filter(cohorts::campus_id.eq(campus));
    Ok(all.count().get_result(conn)?)
}

/// How many cohorts of a campus are planned or running.
pub fn going_on(conn: &mut Conn, campus: Id) -> Result<i64> {
    Ok(cohorts::table
        .filter(cohorts::campus_id.eq(campus))
        .filter(cohorts::status.among([CohortStatus::Planned, CohortStatus::Running]))
        .count()
        .get_result(conn)?)
}

/// Makes a cohort, its weeks still to come.
///
/// # Errors
/// `409 slug_taken`.
pub fn insert(conn: &mut Conn, _proof: &CampusStaff, cohort: &Cohort) -> Result<()> {
    let inserted = conn.savepoint(|conn| diesel::insert_into(cohorts::table).values(cohort).execute(conn));
    inserted.map_err(slug_taken)?;
    events::cohort(cohort).created(conn)
}

/// Changes a cohort to what is given.
///
/// # Errors
/// `409 slug_taken`.
pub fn update(conn: &mut Conn, proof: &CohortStaff, cohort: &Cohort) -> Result<()> {
    let row = cohorts::table.find(proof.cohort());
    let updated = conn.savepoint(|conn| diesel::update(row).set(cohort).execute(conn));
    updated.map_err(slug_taken)?;
    events::cohort(cohort).updated(conn)
}

fn slug_taken(error: diesel::result::Error) -> Error {
    match dialect::violated(&error).as_deref() {
        Some("cohorts_campus_id_slug_key") => Error::slug_taken(),
        _ => error.into(),
    }
}

/// Adds a week to a cohort.
pub fn insert_week(conn: &mut Conn, _proof: &CohortStaff, week: &Week) -> Result<()> {
    diesel::insert_into(weeks::table).values(week).execute(conn)?;
    Ok(())
}

/// Changes a week to what is given.
pub fn update_week(conn: &mut Conn, proof: &CohortStaff, week: &Week) -> Result<()> {
    let row = weeks::table.find((proof.cohort(), week.number));
    diesel::update(row).set(week).execute(conn)?;
    events::week(week).updated(conn)
}

/// The projects of a cohort, in no particular order.
pub fn projects(conn: &mut Conn, cohort: Id) -> Result<Vec<Project>> {
    Ok(projects::table
        .filter(projects::cohort_id.eq(cohort))
        .select(Project::as_select())
        .load(conn)?)
}

/// A project and the number of the week that builds it; everybody may see them.
///
/// # Errors
/// `404` if there is none.
pub fn project(conn: &mut Conn, id: Id) -> Result<ProjectInWeek> {
    Ok(weeks::table
        .inner_join(projects::table)
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(projects::id.eq(id))
        .select((Project::as_select(), weeks::number, campuses::time_zone))
        .first(conn)?)
}

/// Adds a project to a cohort.
pub fn insert_project(conn: &mut Conn, _proof: &CohortStaff, project: &Project) -> Result<()> {
    diesel::insert_into(projects::table).values(project).execute(conn)?;
    Ok(())
}

/// Removes a project of the cohort; its week then builds nothing.
pub fn delete_project(conn: &mut Conn, proof: &CohortStaff, id: Id, now: Instant) -> Result<()> {
    revisions::due_deleted(conn, id, now)?;
    let row = projects::table
        .filter(projects::id.eq(id))
        .filter(projects::cohort_id.eq(proof.cohort()));
    diesel::delete(row).execute(conn)?;
    events::removed_project(proof.cohort(), id).deleted(conn)
}

/// Changes a project of the cohort to what is given. That it is due at another time is told to those whose work it is.
pub fn update_project(conn: &mut Conn, proof: &CohortStaff, project: &Project, news: Option<DueNews>) -> Result<()> {
    let row = projects::table
        .filter(projects::id.eq(project.id))
        .filter(projects::cohort_id.eq(proof.cohort()));
    diesel::update(row).set(project).execute(conn)?;
    match news {
        Some(news) => events::project(project).happened_with(conn, "updated", &news),
        None => events::project(project).updated(conn),
    }
}

/// The numbers of those weeks, first to last, whose teams are published.
pub fn published_between(conn: &mut Conn, cohort: Id, first: i32, last: i32) -> Result<Vec<i32>> {
    Ok(published_weeks::table
        .filter(published_weeks::cohort_id.eq(cohort))
        .filter(published_weeks::week_number.between(first, last))
        .order(published_weeks::week_number)
        .select(published_weeks::week_number)
        .load(conn)?)
}

/// The rounds of a cohort that reach into a week or beyond it.
pub fn rounds_from(conn: &mut Conn, cohort: Id, week: i32) -> Result<Vec<CohortRound>> {
    Ok(rounds::table
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::last_week.ge(week))
        .order((rounds::first_week, rounds::id))
        .select(CohortRound::as_select())
        .load(conn)?)
}

/// What is noted for a week and all later ones by its number counts for the next one: absences, mentor slots, pair rules, and
/// discoveries of a cohort that was put off after it had begun. The last week has nothing noted yet. Retros, hand-over notes
/// and checklists have the id of their week, and submissions and code reviews are of published teams, before which no week
/// is inserted.
pub fn shift_week_references(conn: &mut Conn, proof: &CohortStaff, from: i32, last: i32) -> Result<()> {
    let cohort = proof.cohort();
    // One week after the other: a student may miss two in a row.
    for week in (from..last).rev() {
        let of_week = absences::table
            .filter(absences::cohort_id.eq(cohort))
            .filter(absences::week_number.eq(week));
        diesel::update(of_week)
            .set(absences::week_number.eq(week + 1))
            .execute(conn)?;
    }
    let slots = mentor_slots::table
        .filter(mentor_slots::cohort_id.eq(cohort))
        .filter(mentor_slots::week_number.ge(from));
    diesel::update(slots)
        .set(mentor_slots::week_number.eq(mentor_slots::week_number + 1))
        .execute(conn)?;
    let shared = discoveries::table
        .filter(discoveries::cohort_id.eq(cohort))
        .filter(discoveries::week_number.ge(from));
    diesel::update(shared)
        .set(discoveries::week_number.eq(discoveries::week_number + 1))
        .execute(conn)?;
    let rules = || pair_rules::table.filter(pair_rules::cohort_id.eq(cohort));
    diesel::update(rules().filter(pair_rules::from_week.ge(from)))
        .set(pair_rules::from_week.eq(pair_rules::from_week + 1))
        .execute(conn)?;
    diesel::update(rules().filter(pair_rules::to_week.ge(from)))
        .set(pair_rules::to_week.eq(pair_rules::to_week + 1))
        .execute(conn)?;
    Ok(())
}
