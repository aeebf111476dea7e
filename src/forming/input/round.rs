//! Rounds, past and to be planned.

use super::people::PersonIx;
use super::teams::{RolePlan, Teams};

/// A round that has happened or is published.
#[derive(Debug, Clone)]
pub struct PastRound {
    /// Its first week.
    pub week: u32,
    /// Who was with whom.
    pub teams: Teams,
    /// Who had which role; a role that is no longer on the list is left out.
    pub roles: Vec<(PersonIx, usize)>,
}

impl PastRound {
    /// A planned round (its teams and roles as a list of one) as one that has happened.
    pub(crate) fn of(week: u32, teams: &[Teams], roles: &RolePlan) -> Self {
        let people = teams.iter().flatten().flatten().copied();
        let roles = people.zip(roles.iter().flatten().flatten().copied()).collect();
        Self {
            week,
            teams: teams.iter().flatten().cloned().collect(),
            roles,
        }
    }
}

/// A round to be planned.
#[derive(Debug, Clone)]
pub struct Round {
    /// Its first week.
    pub week: u32,
    /// Its last week.
    pub last_week: u32,
    /// Who is there, in order.
    pub present: Vec<PersonIx>,
    /// The same as a row of flags.
    pub here: Vec<bool>,
    /// The size of each team.
    pub sizes: Vec<usize>,
    /// Every choice of sizes, when a range was asked for; `sizes` is one of them.
    pub size_choices: Vec<Vec<usize>>,
    /// Where demands are made on a range: its other splits, of which one is taken when the demands leave no choice.
    pub other_splits: Vec<Vec<usize>>,
}
