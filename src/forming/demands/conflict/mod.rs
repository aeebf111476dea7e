//! Why a plan is impossible: a smallest set of demands that contradict each other, and the cheapest
//! ways out.

pub(crate) mod oracle;
mod text;
pub(crate) mod ways_out;

use serde::{Deserialize, Serialize};

use super::conflict::text::explain;
use crate::demands::conflict::oracle::{Oracle, minimal};
use crate::demands::conflict::ways_out::Relaxation;
use crate::demands::feasibility::PATIENCE;
use crate::input::demand::Constraint;
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::rng::FastRng;

/// What shrinking a contradiction may cost, and looking for ways out of it.
const SHRINKING: u64 = 100_000_000;

/// Demands that cannot all be met in one week. Each of them is needed: without any one of them the
/// others can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The ids of the constraints.
    pub conflict: Vec<String>,
    /// The first week in which they clash.
    pub week: u32,
    /// Cheapest first.
    pub relaxations: Vec<Relaxation>,
    /// What the conflict is, in a sentence (for staff: it names pair rules).
    pub explanation: String,
}

/// Whether the demands on some round surely contradict each other. What finding out costs is taken from `patience`, in
/// steps of a few nanoseconds; what that is not enough for counts as possible.
pub fn contradicts(problem: &Problem, patience: &mut u64) -> bool {
    let mut rng = Oracle::rng();
    let mut oracle = Oracle::new(&mut rng, *patience);
    let found = problem.rounds.iter().any(|round| !oracle.all_possible(problem, round));
    *patience = oracle.patience;
    found
}

/// The contradiction in the first round that cannot be formed, if there is one.
pub(crate) fn find(problem: &Problem, rng: &mut FastRng) -> Option<Conflict> {
    let oracle = &mut Oracle::new(rng, PATIENCE);
    let impossible: Vec<&Round> = (problem.rounds.iter())
        .filter(|round| !oracle.all_possible(problem, round))
        .collect();
    let round = *impossible.first()?;
    let demands: Vec<&Constraint> = problem.demands_in(round).collect();
    (oracle.decided, oracle.patience) = (true, SHRINKING);
    let core = minimal(round, &demands, oracle);
    let mut explanation = explain(problem, round, &core);
    if !oracle.decided {
        explanation.push_str(" (whether each of them is needed for that was too long to find out)");
    }
    oracle.patience = SHRINKING;
    Some(Conflict {
        conflict: core.iter().map(|c| c.id.clone()).collect(),
        week: round.week,
        relaxations: ways_out::find(problem, &impossible, &core, oracle),
        explanation,
    })
}

/// The answer when the exact search was given up: all demands, none of them proved to be needed.
pub(crate) fn undecided(problem: &Problem) -> Conflict {
    Conflict {
        conflict: problem.constraints.iter().map(|c| c.id.clone()).collect(),
        week: problem.rounds.first().map_or(0, |round| round.week),
        relaxations: Vec::new(),
        explanation: "no teams that meet all demands were found; whether there are any is undecided".to_owned(),
    }
}
