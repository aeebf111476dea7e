//! What uneven roles weigh, and how even they can be.

/// What a unit of unevenness (of somebody's sum of squared role counts) weighs after the next round and
/// after each later one: the next is published, the others are planned again.
const EVEN_NEXT: i64 = 4;

const EVEN: i64 = 1;

/// What it weighs when it counts at the end alone.
const EVEN_AT_THE_END: i64 = 8;

/// What a role twice running weighs.
pub(crate) const TWICE: i64 = 40;

/// Above so many people only the end counts: to be even after every round people of a block take turns
/// along chains, and these get too long.
const LARGE: usize = 100;

/// What it weighs that roles are uneven, by round.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    /// A unit of the sum of squared role counts of somebody, after each round.
    pub even: Vec<i64>,
    /// Whether it counts after the last round only.
    pub at_the_end: bool,
}

impl Weights {
    /// For a plan of so many people and rounds.
    pub(crate) fn new(people: usize, rounds: usize) -> Self {
        let at_the_end = people > LARGE;
        let weight = |r: usize| match (at_the_end, r) {
            (true, r) if r + 1 == rounds => EVEN_AT_THE_END,
            (true, _) => 0,
            (false, 0) => EVEN_NEXT,
            (false, _) => EVEN,
        };
        let even = (0..rounds).map(weight).collect();
        Self { even, at_the_end }
    }
}

/// The least sum of squared role counts after so many more rounds.
pub(crate) fn least_squares(past: &[i64], rounds: usize) -> i64 {
    evenest(past, rounds).iter().map(|count| count * count).sum()
}

/// The evenest role counts that somebody can have after so many more rounds: roles had least come
/// first.
pub(crate) fn evenest(past: &[i64], rounds: usize) -> Vec<i64> {
    let mut counts = past.to_vec();
    for _ in 0..rounds {
        if let Some(least) = counts.iter_mut().min() {
            *least += 1;
        }
    }
    counts
}
