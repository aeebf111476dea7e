//! Queries on repairs.

use diesel::prelude::*;

use crate::{
    cohorts::CohortStaff,
    db::{
        Conn,
        schema::{rounds, team_plans, team_repairs},
    },
    error::Result,
    primitives::{Id, Period},
    teams::model::{Round, TeamRepair},
};

/// Records a repair.
pub fn insert_repair(conn: &mut Conn, _staff: &CohortStaff, repair: &TeamRepair) -> Result<()> {
    diesel::insert_into(team_repairs::table).values(repair).execute(conn)?;
    Ok(())
}

/// How often the teams of a round were repaired.
pub fn count_repairs(conn: &mut Conn, round: Id) -> Result<i64> {
    let all = team_repairs::table.filter(team_repairs::round_id.eq(round));
    Ok(all.count().get_result(conn)?)
}

/// The repairs of a cohort, newest first, from those made before `before` on, each with its round and
/// what its plan was asked for.
pub fn repairs(
    conn: &mut Conn,
    staff: &CohortStaff,
    period: Period,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<(TeamRepair, Round, String)>> {
    let mut query = team_repairs::table
        .inner_join(rounds::table.inner_join(team_plans::table))
        .filter(rounds::cohort_id.eq(staff.cohort()))
        .into_boxed();
    if let Some(begins) = period.begins() {
        query = query.filter(team_repairs::created_at.ge(begins));
    }
    if let Some(ends) = period.ends() {
        query = query.filter(team_repairs::created_at.lt(ends));
    }
    if let Some(before) = before {
        query = query.filter(team_repairs::id.lt(before));
    }
    Ok(query
        .order(team_repairs::id.desc())
        .limit(limit)
        .select((TeamRepair::as_select(), Round::as_select(), team_plans::request))
        .load(conn)?)
}
