//! Whether a round can be formed, asked over and over with fewer demands, within a limit on what all questions together
//! may cost.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::demands::feasibility::{PATIENCE, Verdict, form_within};
use crate::input::demand::{Constraint, Demand};
use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::rng::FastRng;

/// Splits that are tried besides those asked for, at most.
pub(super) const MOST_SPLITS: usize = 200;

/// Answers whether rounds can be formed: all answers together may cost so much and no more, however tangled the
/// demands are. What is not decided by then counts as possible.
pub(super) struct Oracle<'a> {
    rng: &'a mut FastRng,
    pub(super) patience: u64,
    /// Whether everything asked so far was decided.
    pub(super) decided: bool,
}

impl<'a> Oracle<'a> {
    pub(super) fn new(rng: &'a mut FastRng, patience: u64) -> Self {
        Self {
            rng,
            patience,
            decided: true,
        }
    }

    /// The random numbers of questions that no seed was given for.
    pub(super) fn rng() -> FastRng {
        FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(0))
    }

    pub(super) fn form(&mut self, round: &Round, sizes: &[usize], demands: &[&Constraint]) -> Verdict {
        let verdict = form_within(round, sizes, demands, self.rng, &mut self.patience);
        self.decided &= !matches!(verdict, Verdict::Undecided);
        verdict
    }

    /// Whether the round can be formed under all demands on it.
    pub(super) fn all_possible(&mut self, problem: &Problem, round: &Round) -> bool {
        self.possible(round, &problem.demands_in(round).collect::<Vec<_>>())
    }

    /// Whether the round can be formed under `demands`, with any of its choices of sizes.
    pub(super) fn possible(&mut self, round: &Round, demands: &[&Constraint]) -> bool {
        self.blamed(round, demands).is_none()
    }

    /// Demands among these by which the round cannot be formed; none where it can be, or that is undecided.
    pub(super) fn clash<'c>(&mut self, round: &Round, demands: &[&'c Constraint]) -> Option<Vec<&'c Constraint>> {
        let blamed = self.blamed(round, demands)?;
        let fewer: Vec<&Constraint> = (demands.iter().zip(blamed))
            .filter(|(_, blamed)| *blamed)
            .map(|(&demand, _)| demand)
            .collect();
        // What a search ended by may be less than it rests on.
        let decided = self.decided;
        let suffices = fewer.len() < demands.len() && !self.possible(round, &fewer);
        self.decided = decided;
        Some(if suffices { fewer } else { demands.to_vec() })
    }

    /// If the round cannot be formed, which of the demands seem to be why.
    pub(super) fn blamed(&mut self, round: &Round, demands: &[&Constraint]) -> Option<Vec<bool>> {
        let is_apart = |demand: &&Constraint| matches!(demand.demand, Demand::Apart(..));
        let mut blamed: Vec<bool> = demands.iter().map(|demand| !is_apart(demand)).collect();
        for sizes in splits(round) {
            match self.form(round, sizes, demands) {
                Verdict::Infeasible(None) => blamed.fill(true),
                Verdict::Infeasible(Some(apart)) => apart
                    .into_iter()
                    .filter_map(|at| blamed.get_mut(at).map(|blamed| *blamed = true))
                    .for_each(drop),
                Verdict::Feasible(_) | Verdict::Undecided => return None,
            }
        }
        Some(blamed)
    }
}

/// What can go while the rest still clashes goes: many at once as long as that succeeds, and at last each by itself,
/// so the result is minimal.
pub(super) fn minimal<'a>(round: &Round, demands: &[&'a Constraint], oracle: &mut Oracle<'_>) -> Vec<&'a Constraint> {
    let mut needed: Vec<&Constraint> = Vec::new();
    let mut open = oracle.clash(round, demands).unwrap_or_else(|| demands.to_vec());
    let mut chunk = open.len() / 2;
    while !open.is_empty() {
        chunk = chunk.clamp(1, open.len());
        let rest: Vec<&Constraint> = needed.iter().chain(open.iter().skip(chunk)).copied().collect();
        match oracle.clash(round, &rest) {
            Some(smaller) => {
                open.retain(|demand| has(&smaller, demand) && !has(&needed, demand));
                chunk *= 2;
            }
            None if chunk == 1 => needed.push(open.remove(0)),
            None => chunk /= 2,
        }
    }
    needed
}

/// By which sizes a round may be formed.
pub(super) fn splits(round: &Round) -> impl Iterator<Item = &Vec<usize>> {
    round
        .size_choices
        .iter()
        .chain(round.other_splits.iter().take(MOST_SPLITS))
}

pub(super) fn has(demands: &[&Constraint], demand: &Constraint) -> bool {
    demands.iter().any(|other| std::ptr::eq(*other, demand))
}

/// The first split by which a round can be formed.
pub(crate) fn first_possible(round: &Round, demands: &[&Constraint]) -> Option<Vec<usize>> {
    let mut rng = Oracle::rng();
    let mut oracle = Oracle::new(&mut rng, PATIENCE);
    let found = splits(round).find(|sizes| matches!(oracle.form(round, sizes, demands), Verdict::Feasible(_)));
    found.cloned()
}
