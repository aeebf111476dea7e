//! Which of the other groups? Kinds of symmetry compete by successive halving.
//!
//! Under a large group a short run tells much: all kinds get one, the better half twice as many, and so on until few are
//! left (Karnin, Koren and Somekh, *Almost Optimal Exploration in Multi-Armed Bandits*, 2013). A short run can mislead, so
//! the next one has longer ones (Li and others, *Hyperband*, 2018).
#![expect(clippy::indexing_slicing, reason = "whose turn it is counts the arms")]

use crate::designs::symmetry::action::Action;

/// One in so many goes on to the next round, with so many times the runs.
const PART: usize = 2;
/// So many are left in the end.
const LAST_ARMS: usize = 2;

/// Kinds that compete.
pub struct SuccessiveHalving {
    arms: Vec<Arm>,
    /// Whose turn it is, and how many runs each has left in this round.
    turn: usize,
    runs: usize,
    /// Runs of each in this round.
    each: usize,
    /// For how many rounds more the last ones go on.
    extra_rounds: usize,
}

struct Arm {
    action: Action,
    /// The fewest repeats so far.
    best: Option<u64>,
}

impl SuccessiveHalving {
    /// A run over these kinds, in which the last ones go on for so many rounds more.
    pub fn new(actions: Vec<Action>, extra_rounds: usize) -> Self {
        let enter = |action| Arm { action, best: None };
        Self {
            arms: actions.into_iter().map(enter).collect(),
            turn: 0,
            runs: 1,
            each: 1,
            extra_rounds,
        }
    }

    /// The kind whose turn it is; none when it is over.
    pub fn next(&self) -> Option<&Action> {
        self.arms.get(self.turn).map(|arm| &arm.action)
    }

    /// Records the repeats that it came to, if it could begin, and passes the turn on.
    pub fn record(&mut self, repeats: Option<u64>) {
        let arm = &mut self.arms[self.turn];
        arm.best = arm.best.into_iter().chain(repeats).min();
        self.turn += 1;
        if self.turn < self.arms.len() {
            return;
        }
        self.turn = 0;
        self.runs -= 1;
        if self.runs == 0 {
            self.halve();
        }
    }

    /// Ends a round, and with the last the whole.
    fn halve(&mut self) {
        if self.arms.len() <= LAST_ARMS {
            if self.extra_rounds == 0 {
                self.arms.clear();
                return;
            }
            self.extra_rounds -= 1;
        }
        self.arms.retain(|arm| arm.best.is_some());
        self.arms.sort_by_key(|arm| arm.best);
        let kept = self.arms.len().div_ceil(PART).max(LAST_ARMS);
        self.arms.truncate(kept);
        self.each *= PART;
        self.runs = self.each;
    }
}
