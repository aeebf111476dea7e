//! Whether a plan keeps what must hold.

use serde::{Deserialize, Serialize};

use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::input::teams::Teams;

/// A hard demand that a plan does not meet. For staff: it may name a pair rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Violation {
    /// The round's first week.
    pub week: u32,
    /// The constraint that is broken; absent when it is about presence or sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<String>,
    /// What is wrong.
    pub message: String,
}

/// Every hard demand the teams do not meet.
pub(crate) fn check(problem: &Problem, plan: &[Teams]) -> Result<(), Vec<Violation>> {
    let mut all = Vec::new();
    if plan.len() != problem.rounds.len() {
        let message = format!("{} rounds are planned instead of {}", plan.len(), problem.rounds.len());
        all.push(Violation {
            week: 0,
            constraint: None,
            message,
        });
    }
    for (round, teams) in problem.rounds.iter().zip(plan) {
        let say = |constraint: Option<&Constraint>, message: String| {
            let constraint = constraint.map(|c| c.id.clone());
            Violation {
                week: round.week,
                constraint,
                message,
            }
        };
        all.extend(
            misplaced(problem, round, teams)
                .into_iter()
                .map(|message| say(None, message)),
        );
        let team_of = team_of(problem, teams);
        let violated = problem
            .demands_in(round)
            .filter_map(|c| violated(problem, &team_of, c).map(|m| (c, m)));
        all.extend(violated.map(|(constraint, message)| say(Some(constraint), message)));
    }
    if all.is_empty() { Ok(()) } else { Err(all) }
}

/// Whether the teams of a round keep its pairs and locks.
pub(crate) fn meets(problem: &Problem, round: &Round, teams: &Teams) -> bool {
    let team_of = team_of(problem, teams);
    problem
        .demands_in(round)
        .all(|c| violated(problem, &team_of, c).is_none())
}

/// Presence and sizes.
fn misplaced(problem: &Problem, round: &Round, teams: &Teams) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut places = vec![0_u32; problem.size()];
    for &person in teams.iter().flatten() {
        match places.get_mut(usize::from(person)) {
            Some(count) => *count += 1,
            None => wrong.push(format!("there is no person number {person}")),
        }
    }
    for (person, (&count, &here)) in (0..).zip(places.iter().zip(&round.here)) {
        let name = problem.name(person);
        match (here, count) {
            (true, 1) | (false, 0) => {}
            (true, 0) => wrong.push(format!("{name} is in no team")),
            (true, _) => wrong.push(format!("{name} is in several teams")),
            (false, _) => wrong.push(format!("{name} is absent but placed")),
        }
    }
    let sizes: Vec<usize> = teams.iter().map(Vec::len).collect();
    let mut sorted = sizes.clone();
    sorted.sort_unstable();
    let fits = round.size_choices.iter().any(|choice| {
        let mut choice = choice.clone();
        choice.sort_unstable();
        choice == sorted
    });
    if !fits {
        wrong.push(format!("teams of {sizes:?} are not what was asked for"));
    }
    wrong
}

fn violated(problem: &Problem, team_of: &[Option<usize>], constraint: &Constraint) -> Option<String> {
    let team = |p: PersonIx| team_of.get(usize::from(p)).copied().flatten();
    let name = |p: PersonIx| problem.name(p);
    match &constraint.demand {
        &Demand::Apart(a, b) => {
            (team(a).is_some() && team(a) == team(b)).then(|| format!("{} and {} are to be apart", name(a), name(b)))
        }
        &Demand::Together(a, b) => (team(a).is_some() && team(b).is_some() && team(a) != team(b))
            .then(|| format!("{} and {} are to be together", name(a), name(b))),
        Demand::Locked(index, members) => {
            let other = members.iter().copied().find(|&p| team(p) != Some(*index))?;
            Some(format!("{} is to be in team {index}", name(other)))
        }
    }
}

pub(crate) fn team_of(problem: &Problem, teams: &Teams) -> Vec<Option<usize>> {
    let mut team_of = vec![None; problem.size()];
    for (t, team) in teams.iter().enumerate() {
        for &person in team {
            if let Some(slot) = team_of.get_mut(usize::from(person)) {
                *slot = Some(t);
            }
        }
    }
    team_of
}
