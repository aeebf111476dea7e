//! What becomes of work and reviews when teams change, a week is taken back, or a week gets other dates.

use super::rotation::Sharing;
use crate::{
    calendars::revisions,
    campuses,
    cohorts::{CohortStaff, model::Cohort},
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant, LocalTime},
    teams::{self, model::Round},
    work::store,
};

/// Follows a repair of a round: where its reviews are shared out, nobody is left without one and nobody reviews for a team
/// that is no more.
pub fn teams_changed(conn: &mut Conn, staff: &CohortStaff, cohort: &Cohort, round: &Round, now: Instant) -> Result<()> {
    let numbers: Vec<i32> = round.span().weeks().collect();
    if store::has_extensions(conn, cohort.id, &numbers)? {
        // Whoever is in another team now has its due times.
        revisions::dues_changed(conn, cohort.id, &numbers, now)?;
    }
    let all = store::reviews(conn, cohort.id)?;
    let has_reviews = |week: &i32| all.iter().any(|review| review.week_number == *week);
    let weeks: Vec<i32> = numbers.into_iter().filter(has_reviews).collect();
    if weeks.is_empty() {
        return Ok(());
    }
    let sharing = Sharing {
        zone: campuses::store::campus(conn, cohort.campus_id)?.time_zone,
        cohort: cohort.clone(),
        staff: *staff,
    };
    sharing.share_out(conn, round, &weeks, None, now)
}

/// A round is taken back: its reviews go, and due times of single teams.
///
/// # Errors
/// `409` if its teams have submitted work or found something in another's.
pub fn unpublished(conn: &mut Conn, staff: &CohortStaff, round: &Round, now: Instant) -> Result<()> {
    let weeks: Vec<i32> = round.span().weeks().collect();
    let teams: Vec<Id> = (teams::store::teams_in(conn, &[round.id])?.iter())
        .map(|team| team.id)
        .collect();
    let reviews: Vec<Id> = (store::reviews(conn, staff.cohort())?.iter())
        .filter(|review| weeks.contains(&review.week_number))
        .map(|review| review.id)
        .collect();
    let has_work = store::count_of_round(conn, &teams)? > 0;
    if has_work || !store::issue_counts(conn, &reviews)?.is_empty() {
        let detail = "These teams have submitted work or reviewed each other's code already, so they stay published. \
                      Repair them instead.";
        return Err(Error::new(Code::Conflict, detail));
    }
    store::delete_reviews_of_weeks(conn, staff, &weeks)?;
    store::delete_extensions_of_round(conn, staff, &teams, &weeks, now)
}

/// Due times of single teams move with their week, as the project's does. Whether there are any.
pub fn week_moved(
    conn: &mut Conn,
    staff: &CohortStaff,
    week: i32,
    moved: impl Fn(LocalTime) -> LocalTime,
) -> Result<bool> {
    let extensions = store::extensions_of_week(conn, staff.cohort(), week)?;
    for extension in &extensions {
        store::move_extension(conn, staff, extension, moved(extension.due_local))?;
    }
    Ok(!extensions.is_empty())
}
