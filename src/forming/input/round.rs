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

    /// The round as it was to be planned: for those who were in it, with the sizes it had.
    pub(crate) fn as_round(&self, people: usize) -> Round {
        let mut here = vec![false; people];
        for &person in self.teams.iter().flatten() {
            here.get_mut(usize::from(person))
                .into_iter()
                .for_each(|here| *here = true);
        }
        let present = (0..)
            .zip(&here)
            .filter(|&(_, &here)| here)
            .map(|(person, _)| person)
            .collect();
        let sizes: Vec<usize> = self.teams.iter().map(Vec::len).collect();
        let (week, size_choices) = (self.week, vec![sizes.clone()]);
        Round {
            week,
            last_week: week,
            present,
            here,
            sizes,
            size_choices,
            other_splits: Vec::new(),
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
