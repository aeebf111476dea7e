//! Queries on plans.

use diesel::prelude::*;

use crate::{
    cohorts::CohortStaff,
    db::{Conn, schema::team_plans},
    error::Result,
    primitives::{Id, Instant},
    team_plans::model::{PlanStatus, TeamPlan},
};

/// A plan.
///
/// # Errors
/// `404` if there is none.
pub fn plan(conn: &mut Conn, id: Id) -> Result<TeamPlan> {
    Ok(team_plans::table.find(id).select(TeamPlan::as_select()).first(conn)?)
}

/// The plans of a cohort, newest first, from those made before `before` on.
pub fn plans(
    conn: &mut Conn,
    cohort: Id,
    status: Option<PlanStatus>,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<TeamPlan>> {
    let mut query = team_plans::table.filter(team_plans::cohort_id.eq(cohort)).into_boxed();
    if let Some(status) = status {
        query = query.filter(team_plans::status.eq(status));
    }
    if let Some(before) = before {
        query = query.filter(team_plans::id.lt(before));
    }
    Ok(query
        .order(team_plans::id.desc())
        .limit(limit)
        .select(TeamPlan::as_select())
        .load(conn)?)
}

/// Stores a plan, without its rounds.
pub fn insert_plan(conn: &mut Conn, _staff: &CohortStaff, plan: &TeamPlan) -> Result<()> {
    diesel::insert_into(team_plans::table).values(plan).execute(conn)?;
    Ok(())
}

/// Notes with which seed the teams of a draft were formed.
pub fn set_seed(conn: &mut Conn, _staff: &CohortStaff, id: Id, seed: i64) -> Result<()> {
    diesel::update(team_plans::table.find(id))
        .set(team_plans::seed.eq(seed))
        .execute(conn)?;
    Ok(())
}

/// Notes that a plan has changed, how far it has come and what it is worth now.
pub fn update_plan(
    conn: &mut Conn,
    _staff: &CohortStaff,
    id: Id,
    status: PlanStatus,
    report: &str,
    now: Instant,
) -> Result<TeamPlan> {
    diesel::update(team_plans::table.find(id))
        .set((
            team_plans::status.eq(status),
            team_plans::report.eq(report),
            team_plans::version.eq(team_plans::version + 1),
            team_plans::updated_at.eq(now),
        ))
        .execute(conn)?;
    plan(conn, id)
}

/// Removes a plan with all that is in it.
pub fn delete_plan(conn: &mut Conn, _staff: &CohortStaff, id: Id) -> Result<()> {
    diesel::delete(team_plans::table.find(id)).execute(conn)?;
    Ok(())
}
