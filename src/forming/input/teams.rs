//! Teams and roles as lists of indices.

use super::people::PersonIx;

/// The teams of one round, by their position in the round's sizes.
pub type Teams = Vec<Vec<PersonIx>>;

/// For each round and team, the role of each member in the team's order.
pub type RolePlan = Vec<Vec<Vec<usize>>>;

/// The size of each team of a plan.
pub(crate) fn sizes_of(plan: &[Teams]) -> Vec<Vec<usize>> {
    plan.iter().map(|teams| teams.iter().map(Vec::len).collect()).collect()
}
