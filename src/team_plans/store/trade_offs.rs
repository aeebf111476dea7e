//! Queries on the curves of drafts.

use diesel::prelude::*;

use crate::{
    cohorts::CohortStaff,
    db::{Conn, schema::trade_offs},
    error::Result,
    primitives::Id,
    team_plans::model::TradeOff,
};

/// The curve of a plan, if there is one for this version of it.
pub fn trade_off(conn: &mut Conn, plan: Id, version: i64) -> Result<Option<TradeOff>> {
    Ok(trade_offs::table
        .find(plan)
        .filter(trade_offs::plan_version.eq(version))
        .select(TradeOff::as_select())
        .first(conn)
        .optional()?)
}

/// Stores the curve of a plan in place of an earlier one.
pub fn replace_trade_off(conn: &mut Conn, _staff: &CohortStaff, curve: &TradeOff) -> Result<()> {
    diesel::delete(trade_offs::table.find(curve.plan_id)).execute(conn)?;
    diesel::insert_into(trade_offs::table).values(curve).execute(conn)?;
    Ok(())
}

/// Notes that the curve holds for another version of its plan: one of its points was taken.
pub fn carry_trade_off(conn: &mut Conn, _staff: &CohortStaff, plan: Id, version: i64) -> Result<()> {
    diesel::update(trade_offs::table.find(plan))
        .set(trade_offs::plan_version.eq(version))
        .execute(conn)?;
    Ok(())
}
