//! Which of the other groups? Kinds of symmetry compete by successive halving.
//!
//! Under a large group a short run tells much: all kinds get one, the better half twice as many, and so on until few are
//! left (Karnin, Koren and Somekh, *Almost Optimal Exploration in Multi-Armed Bandits*, 2013). A short run can mislead, so
//! the next tournament has longer ones (Li and others, *Hyperband*, 2018).
#![expect(clippy::indexing_slicing, reason = "whose turn it is counts the contestants")]

use crate::designs::symmetry::action::Action;

/// One in so many goes on to the next round, with so many times the runs.
const PART: usize = 2;
/// So many are left in the end.
const FINALISTS: usize = 2;

/// Kinds that compete.
pub struct Tournament {
    contestants: Vec<Contestant>,
    /// Whose turn it is, and how many runs each has left in this round.
    turn: usize,
    runs: usize,
    /// Runs of each in this round.
    each: usize,
    /// For how many rounds more the last ones go on.
    finals: usize,
}

struct Contestant {
    action: Action,
    /// The fewest repeats so far.
    best: Option<u64>,
}

impl Tournament {
    /// A tournament of these kinds, in which the last ones go on for so many rounds more.
    pub fn new(actions: Vec<Action>, finals: usize) -> Self {
        let enter = |action| Contestant { action, best: None };
        Self {
            contestants: actions.into_iter().map(enter).collect(),
            turn: 0,
            runs: 1,
            each: 1,
            finals,
        }
    }

    /// The kind whose turn it is; none when it is over.
    pub fn next(&self) -> Option<&Action> {
        self.contestants.get(self.turn).map(|contestant| &contestant.action)
    }

    /// Notes the repeats that it came to, if it could begin, and passes the turn on.
    pub fn note(&mut self, repeats: Option<u64>) {
        let contestant = &mut self.contestants[self.turn];
        contestant.best = contestant.best.into_iter().chain(repeats).min();
        self.turn += 1;
        if self.turn < self.contestants.len() {
            return;
        }
        self.turn = 0;
        self.runs -= 1;
        if self.runs == 0 {
            self.halve();
        }
    }

    /// Ends a round, and with the last the tournament.
    fn halve(&mut self) {
        if self.contestants.len() <= FINALISTS {
            if self.finals == 0 {
                self.contestants.clear();
                return;
            }
            self.finals -= 1;
        }
        self.contestants.retain(|contestant| contestant.best.is_some());
        self.contestants.sort_by_key(|contestant| contestant.best);
        let kept = self.contestants.len().div_ceil(PART).max(FINALISTS);
        self.contestants.truncate(kept);
        self.each *= PART;
        self.runs = self.each;
    }
}
