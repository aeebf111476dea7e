//! Forming teams from what was read before: on this thread, or on one of the pool.

use crate::{
    error::Result,
    solver_pool::{SolverPool, Turn},
    team_plans::{
        former,
        model::{Formed, FormingInput, Progress},
        rules,
    },
};

/// Forms teams on a thread of the pool, without a database, for a caller who waits.
pub async fn solve_on(pool: &SolverPool, input: FormingInput) -> Result<Formed> {
    let turn = Turn {
        account: input.account,
        campus: input.campus,
        cohort: input.cohort,
    };
    pool.run(turn, move |goes_on| solve(&input, &mut |_| goes_on())).await?
}

/// Forms teams on this thread.
///
/// # Errors
/// `422` if no teams meet all demands, with what would help.
pub fn solve(input: &FormingInput, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
    let formed = former::form(input, watch)?;
    formed.map_err(|why| rules::infeasible(&why, input))
}
