//! Why somebody got what they got, and not what they did not.

#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use serde::{Deserialize, Serialize};

use super::problem::{Applicant, Problem, Why, Wish};
use crate::primitives::Id;

/// What became of a wish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The slot.
    pub slot: Id,
    /// From 1, as they ranked it.
    pub rank: usize,
    /// Whether they get it.
    pub is_granted: bool,
    /// Why.
    pub why: Why,
}

/// What became of everybody's wishes, in the order of their ranks.
pub fn explain(problem: &Problem, chosen: &[Vec<usize>]) -> Vec<Vec<Outcome>> {
    let allocated = Allocated::of(problem, chosen);
    let of_person = |(person, applicant): (usize, &Applicant)| {
        let barred = applicant.barred.iter().map(|barred| Outcome {
            slot: barred.slot,
            rank: barred.rank,
            is_granted: false,
            why: barred.why,
        });
        let judged = applicant.wishes.iter().enumerate().map(|(at, wish)| Outcome {
            slot: problem.slots[wish.slot].id,
            rank: wish.rank,
            is_granted: chosen[person].contains(&at),
            why: allocated.why(person, at),
        });
        let mut outcomes: Vec<Outcome> = barred.chain(judged).collect();
        outcomes.sort_by_key(|outcome| outcome.rank);
        outcomes
    };
    problem.applicants.iter().enumerate().map(of_person).collect()
}

/// How many draws in a row everybody has lost by now: one more, if somebody who wished for a slot as much got it instead
/// of anything better than what they have; none any more, if not.
pub fn draws_lost(problem: &Problem, chosen: &[Vec<usize>]) -> Vec<u32> {
    let allocated = Allocated::of(problem, chosen);
    let of_person = |(person, applicant): (usize, &Applicant)| {
        if applicant.at_most == 0 {
            // They had all they want before, so they were not in this one.
            return applicant.draws_lost;
        }
        let best = chosen[person]
            .first()
            .map_or(usize::MAX, |at| applicant.wishes[*at].rank);
        let better = applicant.wishes.iter().filter(|wish| wish.rank < best);
        let has_lost = better.into_iter().any(|wish| allocated.is_lost_draw(person, *wish));
        if has_lost { applicant.draws_lost + 1 } else { 0 }
    };
    problem.applicants.iter().enumerate().map(of_person).collect()
}

struct Allocated<'p> {
    problem: &'p Problem,
    chosen: &'p [Vec<usize>],
    /// By slot: who gets it, and as which wish.
    holders: Vec<Vec<(usize, Wish)>>,
}

impl<'p> Allocated<'p> {
    fn of(problem: &'p Problem, chosen: &'p [Vec<usize>]) -> Self {
        let mut holders = vec![Vec::new(); problem.slots.len()];
        for (person, applicant) in problem.applicants.iter().enumerate() {
            for at in &chosen[person] {
                let wish = applicant.wishes[*at];
                holders[wish.slot].push((person, wish));
            }
        }
        Self {
            problem,
            chosen,
            holders,
        }
    }

    fn why(&self, person: usize, at: usize) -> Why {
        let applicant = &self.problem.applicants[person];
        let (wish, chosen) = (applicant.wishes[at], &self.chosen[person]);
        let slot = &self.problem.slots[wish.slot];
        let is_full = self.holders[wish.slot].len() >= slot.places;
        if chosen.contains(&at) {
            let missing = slot.missing();
            let reaches = missing > 0 && self.holders[wish.slot].len() == missing;
            return if reaches {
                Why::ReachesMinimum
            } else {
                Why::BestPossible
            };
        }
        // What was wished for more is given for its own sake; what was wished for less is there because this one is not.
        let own = chosen.iter().map(|own| applicant.wishes[*own]);
        let better = own.clone().filter(|own| own.rank < wish.rank);
        let competes = |own: Wish| self.problem.compete(wish.slot, own.slot);
        if better.clone().any(competes) {
            Why::Competes
        } else if better.count() >= applicant.at_most {
            Why::AtMost
        } else if is_full && self.is_lost_draw(person, wish) {
            Why::LostDraw
        } else if is_full {
            Why::Full
        } else if own.clone().any(competes) {
            Why::Competes
        } else if chosen.len() >= applicant.at_most {
            Why::AtMost
        } else if self.would_be_too_many_in_a_row(applicant, chosen, slot.week) {
            Why::InARow
        } else if self.lacks_company(applicant, wish.slot) {
            Why::Together
        } else {
            Why::Enough
        }
    }

    /// Whether it is full, and somebody has it who wished for it as much and had lost as often.
    fn is_lost_draw(&self, person: usize, wish: Wish) -> bool {
        let lost = self.problem.applicants[person].draws_lost;
        let holders = &self.holders[wish.slot];
        let is_equal = |(other, theirs): &(usize, Wish)| {
            *other != person && theirs.rank == wish.rank && self.problem.applicants[*other].draws_lost == lost
        };
        holders.len() >= self.problem.slots[wish.slot].places && holders.iter().any(is_equal)
    }

    fn would_be_too_many_in_a_row(&self, applicant: &Applicant, chosen: &[usize], week: i32) -> bool {
        let new = chosen
            .iter()
            .map(|at| self.problem.slots[applicant.wishes[*at].slot].week);
        let weeks: Vec<i32> = applicant.weeks.iter().copied().chain(new).chain([week]).collect();
        let length = self.problem.weeks_in_a_row;
        (week - length..=week).any(|first| (first..=first + length).all(|one| weeks.contains(&one)))
    }

    fn lacks_company(&self, applicant: &Applicant, slot: usize) -> bool {
        let wishes = |companion: &usize| self.problem.applicants[*companion].wish_for(slot).is_some();
        applicant.together.iter().any(wishes)
    }
}
