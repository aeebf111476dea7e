//! The best that could still be reached if minimums could be reached in parts, and slots competed with nothing.

#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::{
    cost::{Weights, number},
    marks::{Contradiction, Goal, Mark, Marks},
    problem::Problem,
};
use crate::primitives::flow::Network;

/// A flow from people over wishes to places.
pub(super) struct Relaxed {
    /// No allocation within the marks costs less.
    pub bound: i128,
    /// What everybody gets, by their places among their wishes.
    pub chosen: Vec<Vec<usize>>,
    /// By slot, how many get a place.
    pub filled: Vec<usize>,
}

/// Finds the cheapest flow within what has been decided.
pub(super) fn relaxed(problem: &Problem, weights: &Weights, marks: &Marks) -> Result<Relaxed, Contradiction> {
    let (people, slots) = (problem.applicants.len(), problem.slots.len());
    let (source, sink) = (people + slots, people + slots + 1);
    let mut network = Network::new(people + slots + 2);
    let mut base = 0;
    let (mut arcs, mut filled) = (Vec::new(), vec![0; slots]);
    let mut chosen = vec![Vec::new(); people];
    for (person, applicant) in problem.applicants.iter().enumerate() {
        let mut granted = 0;
        for (wish, wished) in applicant.wishes.iter().enumerate() {
            let cost = weights.of_wish(problem, person, wish);
            match marks.wishes[person][wish] {
                Mark::Open => arcs.push((person, wish, network.add(person, people + wished.slot, cost))),
                Mark::Granted => {
                    (base, granted) = (base + cost, granted + 1);
                    filled[wished.slot] += 1;
                    chosen[person].push(wish);
                }
                Mark::Refused => {}
            }
        }
        let load = number(applicant.load + granted);
        base += weights.load * load * load;
        let nothing = if applicant.asks() {
            weights.of_nothing(applicant.draws_lost)
        } else {
            0
        };
        base += if granted == 0 { nothing } else { 0 };
        for more in 0..number(applicant.at_most.saturating_sub(granted)) {
            let first = if more == 0 && granted == 0 { nothing } else { 0 };
            network.add(source, person, weights.load * (2 * (load + more) + 1) - first);
        }
    }
    // More than everything else can come to, so that what must be reached is.
    let must = 2 * weights.short_slot * (number(slots) + 1);
    for (at, slot) in problem.slots.iter().enumerate() {
        let missing = slot.missing();
        let is_worth = missing > 0 && marks.goals[at] != Goal::Miss;
        base += if missing > 0 { weights.short_slot } else { 0 };
        let places = match marks.goals[at] {
            Goal::Miss => slot.places.min(missing.saturating_sub(1)),
            Goal::Open | Goal::Reach => slot.places,
        };
        if filled[at] > places {
            return Err(Contradiction);
        }
        for place in 0..places {
            let (counts, is_filled) = (is_worth && place < missing, place < filled[at]);
            let mut worth = if counts { weights.part_of(missing) } else { 0 };
            if is_filled {
                base -= worth;
                continue;
            }
            if counts && marks.goals[at] == Goal::Reach {
                (worth, base) = (worth + must, base + must);
            }
            network.add(people + at, sink, -worth);
        }
    }
    let bound = base + network.fill(source, sink);
    for (person, wish, arc) in arcs {
        if network.carries(arc) {
            filled[problem.applicants[person].wishes[wish].slot] += 1;
            chosen[person].push(wish);
        }
    }
    let is_reached = |at: usize| filled[at] >= problem.slots[at].missing();
    if (0..slots).any(|at| marks.goals[at] == Goal::Reach && !is_reached(at)) {
        return Err(Contradiction);
    }
    chosen.iter_mut().for_each(|wishes| wishes.sort_unstable());
    Ok(Relaxed { bound, chosen, filled })
}

impl Weights {
    /// What a place is worth to a slot that lacks so many: at least its part of reaching the minimum.
    fn part_of(&self, missing: usize) -> i128 {
        let missing = number(missing);
        (self.short_slot + missing - 1) / missing
    }
}
