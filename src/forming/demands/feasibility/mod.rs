//! Whether the demands on one round can be met at all, and teams that meet them.
//!
//! Hard demands never reach from one round into another, so each round is a small packing problem:
//! *units* (people who stay together) into teams, respecting *apart* rules. A random greedy packing
//! nearly always succeeds; an exact search decides the rest.

mod exact;
mod packing;
#[cfg(test)]
mod tests;

use crate::demands::feasibility::packing::Packing;
use crate::input::demand::Constraint;
use crate::input::round::Round;
use crate::input::teams::Teams;
use crate::rng::FastRng;
use exact::Found;

/// Greedy attempts before the exact search.
const ATTEMPTS: usize = 8;
/// What answering one question may cost, in steps of about a nanosecond.
pub(crate) const PATIENCE: u64 = 300_000_000;

/// The answer to "can this round be formed?".
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// Yes, for example so.
    Feasible(Teams),
    /// No; where that took a search, with the positions of the *apart* demands that seem to be why.
    Infeasible(Option<Vec<usize>>),
    /// The search was given up.
    Undecided,
}

/// Teams of the given sizes that meet `demands`, in random order of those that nothing is asked of.
pub(crate) fn form(round: &Round, sizes: &[usize], demands: &[&Constraint], rng: &mut FastRng) -> Verdict {
    form_within(round, sizes, demands, rng, &mut { PATIENCE })
}

/// The same, with what earlier searches have left of the patience.
pub(crate) fn form_within(
    round: &Round,
    sizes: &[usize],
    demands: &[&Constraint],
    rng: &mut FastRng,
    patience: &mut u64,
) -> Verdict {
    let Some(mut packing) = Packing::new(round, sizes, demands) else {
        return Verdict::Infeasible(None);
    };
    let cost = packing.cost();
    for _ in 0..ATTEMPTS {
        if *patience < cost {
            return Verdict::Undecided;
        }
        *patience -= cost;
        if let Some(team_of) = packing.greedy(rng) {
            return Verdict::Feasible(packing.fill(&team_of, rng));
        }
    }
    match exact::search(&packing, patience) {
        Found::Teams(team_of) => Verdict::Feasible(packing.fill(&team_of, rng)),
        Found::None(blamed) => Verdict::Infeasible(Some(blamed)),
        Found::Undecided => Verdict::Undecided,
    }
}
