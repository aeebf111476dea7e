//! Kinds of symmetry that are tried side by side, and how moves are dealt out among them.

use crate::designs::symmetry::action::Action;

/// How moves are dealt out.
pub struct Pace {
    /// By how much a kind is favoured over one with an orbit more.
    pub favour: f64,
    /// How many orbits more a multiplier counts for, because there are so many.
    pub multiplier: usize,
    /// Moves that a kind counts for before it has made any.
    pub head_start: u64,
    /// Moves a seat in the shortest run.
    pub shortest: u64,
    /// Runs after which a kind is given up if not one of them could begin.
    pub false_starts: u64,
    /// A kind that misses the target by three times as many repeats gets half the moves.
    pub gap: f64,
}

/// Without repeats most kinds are soon known to be impossible, and short runs tell. With repeats none is, and
/// multipliers seldom help.
pub const WITHOUT_REPEATS: Pace = Pace {
    favour: 2.5,
    multiplier: 3,
    head_start: 4_000,
    shortest: 100,
    false_starts: 20,
    gap: f64::INFINITY,
};
pub const WITH_REPEATS: Pace = Pace {
    favour: 2.5,
    multiplier: 5,
    head_start: 16_000,
    shortest: 100,
    false_starts: 1,
    gap: 12.0,
};

/// Steps of the first exact search, by how much a later one has more, and the moves that one step takes as long as.
pub const FIRST_LOOK: u64 = 500;
pub const LONGER_LOOK: u64 = 4;
pub const LONGEST_LOOK: u64 = 500_000;
pub const STEP: u64 = 2;
/// A kind of symmetry, and how its runs have fared.
pub struct Candidate {
    pub action: Action,
    /// What R cannot be below under it.
    pub floor: f64,
    pub handicap: f64,
    pub runs: u64,
    pub moves: u64,
    /// Repeats above the target: as many as the kind forces, then as many as its best run left.
    pub gap: f64,
    pub started: bool,
    /// Steps of the exact search so far.
    pub looked: u64,
}

impl Candidate {
    pub fn score(&self, pace: &Pace) -> f64 {
        (pace.head_start + self.moves) as f64 * self.handicap * (1.0 + self.gap / pace.gap).sqrt()
    }

    /// Whether it has earned a longer exact search: when annealing has taken longer than the last one.
    pub fn wants_a_look(&self) -> bool {
        self.looked < LONGEST_LOOK && self.moves > 2 * STEP * self.looked
    }
}
