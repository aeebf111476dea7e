//! Queries on pair rules.

use diesel::prelude::*;

use crate::{
    cohorts::{CohortInsider, CohortStaff},
    db::{Conn, schema::pair_rules},
    error::Result,
    primitives::Id,
    students::{events, model::PairRule},
};

/// All pair rules of a cohort, oldest first.
pub fn pair_rules(conn: &mut Conn, cohort: Id) -> Result<Vec<PairRule>> {
    Ok(pair_rules::table
        .filter(pair_rules::cohort_id.eq(cohort))
        .order(pair_rules::id)
        .select(PairRule::as_select())
        .load(conn)?)
}

/// A pair rule.
///
/// # Errors
/// `404` if there is none.
pub fn pair_rule(conn: &mut Conn, id: Id) -> Result<PairRule> {
    Ok(pair_rules::table.find(id).select(PairRule::as_select()).first(conn)?)
}

/// Makes a rule; also a student's, who asks for it in confidence.
pub fn insert_pair_rule(conn: &mut Conn, proof: &CohortInsider, rule: &PairRule) -> Result<()> {
    debug_assert_eq!(proof.cohort(), rule.cohort_id, "the proof holds elsewhere");
    diesel::insert_into(pair_rules::table).values(rule).execute(conn)?;
    events::pair_rule(rule.cohort_id, rule.id).created(conn)
}

/// Ends a rule.
pub fn remove_pair_rule(conn: &mut Conn, proof: &CohortStaff, id: Id) -> Result<()> {
    diesel::delete(
        pair_rules::table
            .find(id)
            .filter(pair_rules::cohort_id.eq(proof.cohort())),
    )
    .execute(conn)?;
    events::pair_rule(proof.cohort(), id).deleted(conn)
}
