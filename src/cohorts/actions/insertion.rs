//! A week more, in the middle of a cohort or at its end.

use super::{
    content::Content,
    dates::{calendar, set_dates, wrong_start},
    weeks::{WeekWithProject, week},
};
use crate::{
    authz::Actor,
    campuses,
    cohorts::{
        CohortStaff,
        model::{Cohort, CohortRound, Span, Week, ZoneChange},
        rules, store,
    },
    db::Conn,
    error::{Code, Error, Result},
    jobs,
    primitives::{Id, Instant},
    programmes::model::WeekOutline,
};

/// Inserts a week, which is to have the outline's number: it takes the dates of the week that had its number, and that
/// week and all later ones take the dates of the next, with what is due in them, absences, mentor slots and pair rules.
/// The cohort ends a week later.
pub fn insert_week(
    conn: &mut Conn,
    actor: &Actor,
    cohort: Id,
    new: WeekOutline,
    now: Instant,
) -> Result<WeekWithProject> {
    let (cohort, proof) = CohortStaff::of(conn, actor, cohort)?;
    if let Some(project) = &new.project {
        rules::check_outcomes("/project/outcomes", &project.outcomes)?;
    }
    let campus = campuses::store::campus(conn, cohort.campus_id)?;
    let calendar = calendar(conn, &campus)?;
    let weeks = store::weeks(conn, cohort.id)?;
    rules::may_be_inserted(cohort.status, &weeks, new.number, now.date_in(campus.time_zone))?;
    must_be_free_of_teams(conn, &cohort, new.number)?;
    let last_day = weeks.last().map_or(cohort.ends_on, |week| week.ends_on);
    let added = calendar.week_after(last_day).map_err(wrong_start)?;

    // The place at the end is new; what stands in the places from the inserted one on moves up by one.
    let number = new.number;
    let behind = weeks.iter().filter(|week| week.number >= number);
    let spans: Vec<Span> = behind.clone().map(Week::span).chain([added]).collect();
    let inserted = spans.first().copied().unwrap_or(added);
    let last = i32::try_from(weeks.len()).map_err(Error::internal)? + 1;
    let (content, project) = Content::of_outline(new).at(&cohort, number, inserted, &calendar)?;
    let moved: Vec<Week> = behind
        .map(|week| Week {
            number: week.number + 1,
            version: week.version + 1,
            ..week.clone()
        })
        .collect();
    if let Some(project) = &project {
        store::insert_project(conn, &proof, project)?;
    }
    match moved.last() {
        Some(week) => store::insert_week(conn, &proof, week)?,
        None => store::insert_week(conn, &proof, &content)?,
    }
    store::shift_week_references(conn, &proof, number, last)?;
    for week in moved.iter().chain([&content]) {
        store::update_week(conn, &proof, week)?;
    }
    let later = spans.get(1..).unwrap_or_default();
    set_dates(conn, &proof, &moved, later, ZoneChange::none(campus.time_zone), now)?;
    let why = Error::new(
        Code::Conflict,
        "A week was inserted into the cohort while the job was waiting or running.",
    );
    jobs::cancel_pointless(conn, &proof, |_| true, &why, now)?;
    week(conn, cohort.id, number)
}

/// Teams are formed for weeks by their numbers.
fn must_be_free_of_teams(conn: &mut Conn, cohort: &Cohort, number: i32) -> Result<()> {
    let rounds = store::rounds_from(conn, cohort.id, number)?;
    if let Some(published) = rounds.iter().rev().find(|round| round.published_at.is_some()) {
        let week = published.first_week;
        let detail = format!(
            "Week {week} has published teams. Insert the week behind it, or take back the publication of weeks that \
             have not begun."
        );
        return Err(Error::new(Code::WeeksPublished, detail));
    }
    match rounds.first() {
        None => Ok(()),
        Some(CohortRound { plan_id: plan, .. }) => {
            let detail = format!("A team plan has teams for week {number} or a later one. Discard it first.");
            Err(Error::new(Code::Conflict, detail).with("plan_id", *plan))
        }
    }
}
