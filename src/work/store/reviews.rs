//! Queries on code reviews.

use diesel::prelude::*;

use crate::{
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{code_reviews, rounds, team_members},
    },
    error::Result,
    on_both,
    primitives::Id,
    work::{events, model::CodeReview},
};

/// All reviews of a cohort, in the order they were made.
pub fn reviews(conn: &mut Conn, cohort: Id) -> Result<Vec<CodeReview>> {
    Ok(code_reviews::table
        .filter(code_reviews::cohort_id.eq(cohort))
        .order(code_reviews::id)
        .select(CodeReview::as_select())
        .load(conn)?)
}

/// Those of a week.
pub fn reviews_of_week(conn: &mut Conn, cohort: Id, week: i32) -> Result<Vec<CodeReview>> {
    Ok(code_reviews::table
        .filter(code_reviews::cohort_id.eq(cohort))
        .filter(code_reviews::week_number.eq(week))
        .order(code_reviews::id)
        .select(CodeReview::as_select())
        .load(conn)?)
}

/// Team and person of everybody in the published teams of a cohort.
pub fn members_of_published_teams(conn: &mut Conn, cohort: Id) -> Result<Vec<(Id, Id)>> {
    Ok(team_members::table
        .inner_join(rounds::table)
        .filter(rounds::cohort_id.eq(cohort))
        .filter(rounds::published_at.is_not_null())
        .order((team_members::team_id, team_members::position))
        .select((team_members::team_id, team_members::person_id))
        .load(conn)?)
}

/// Adds reviews. Whoever meets those that another transaction has made meanwhile begins again and sees them: without the
/// clause PostgreSQL would call it a violation instead of a conflict.
pub fn insert_reviews(conn: &mut Conn, _staff: &CohortStaff, new: &[CodeReview]) -> Result<()> {
    on_both!(conn, |conn| diesel::insert_into(code_reviews::table)
        .values(new)
        .on_conflict_do_nothing()
        .execute(conn))?;
    Ok(())
}

/// Changes a review to what is given. Who may was proved for the review.
pub fn update_review(conn: &mut Conn, review: &CodeReview) -> Result<()> {
    diesel::update(code_reviews::table.find(review.id))
        .set(review)
        .execute(conn)?;
    events::code_review(review.cohort_id, review.id).updated(conn)
}

/// Removes reviews.
pub fn delete_reviews(conn: &mut Conn, staff: &CohortStaff, ids: &[Id]) -> Result<()> {
    diesel::delete(code_reviews::table.filter(code_reviews::id.among(ids))).execute(conn)?;
    for id in ids {
        events::code_review(staff.cohort(), *id).deleted(conn)?;
    }
    Ok(())
}

/// Removes the reviews of some weeks.
pub fn delete_reviews_of_weeks(conn: &mut Conn, staff: &CohortStaff, weeks: &[i32]) -> Result<()> {
    let of_weeks = code_reviews::table
        .filter(code_reviews::cohort_id.eq(staff.cohort()))
        .filter(code_reviews::week_number.among(weeks));
    diesel::delete(of_weeks).execute(conn)?;
    Ok(())
}
