//! What comes out: teams and roles for every round planned.

pub(crate) mod edit;

use std::collections::BTreeMap;

use crate::input::case::TeamsOfWeek;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams};

/// Teams and roles for every round planned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// For each round, its teams.
    pub teams: Vec<Teams>,
    /// For each round, team and member the role; empty when there are no roles.
    pub roles: RolePlan,
}

impl Plan {
    /// The plan with people's and roles' names, as files and the API show it.
    #[must_use]
    pub fn weeks(&self, problem: &Problem) -> Vec<TeamsOfWeek> {
        let names = |team: &Vec<PersonIx>| team.iter().map(|&p| problem.name(p).to_owned()).collect();
        let rounds = problem.rounds.iter().zip(&self.teams).enumerate();
        rounds
            .map(|(r, (round, teams))| TeamsOfWeek {
                week: round.week,
                last_week: Some(round.last_week).filter(|&last| last > round.week),
                teams: teams.iter().map(names).collect(),
                roles: self.roles.get(r).map_or_else(Vec::new, |roles| {
                    teams
                        .iter()
                        .zip(roles)
                        .map(|(team, roles)| named_roles(problem, team, roles))
                        .collect()
                }),
            })
            .collect()
    }
}

fn named_roles(problem: &Problem, team: &[PersonIx], roles: &[usize]) -> BTreeMap<String, String> {
    let role = |&role: &usize| problem.roles.get(role).cloned().unwrap_or_default();
    team.iter()
        .zip(roles)
        .map(|(&p, r)| (problem.name(p).to_owned(), role(r)))
        .collect()
}
