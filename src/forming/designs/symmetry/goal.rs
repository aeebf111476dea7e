//! What a search under symmetry is for, and its rounds by their team sizes.
#![expect(clippy::indexing_slicing, reason = "classes of rounds are numbered by this module")]

use super::action::{Action, RoundOrbit, Rounds};

/// What is searched for: rounds with these team sizes and only `target` repeats.
#[derive(Clone, Debug)]
pub struct ScheduleGoal {
    /// The team sizes of each round.
    pub sizes_per_round: Vec<Vec<usize>>,
    /// Number of people.
    pub n: usize,
    /// Repeats with which the search is content.
    pub target: u64,
}

/// Rounds with the same team sizes.
pub struct Class {
    /// The sizes.
    pub sizes: Vec<usize>,
    /// How many rounds have them.
    pub rounds: usize,
}

/// The team sizes of each base round and its orbit.
pub fn bases<'a>(classes: &'a [Class], action: &'a Action) -> Vec<(&'a [usize], &'a RoundOrbit)> {
    action.rounds(|class| classes[class].sizes.as_slice())
}

/// The different lists of sizes, and how many rounds have each.
pub fn classes(sizes_per_round: &[Vec<usize>]) -> Vec<Class> {
    let mut classes: Vec<Class> = Vec::new();
    for sizes in sizes_per_round {
        match classes.iter_mut().find(|class| class.sizes == *sizes) {
            Some(class) => class.rounds += 1,
            None => classes.push(Class {
                sizes: sizes.clone(),
                rounds: 1,
            }),
        }
    }
    classes
}

/// The rounds in the order of the sizes asked for.
pub fn in_order(mut rounds: Rounds, sizes_per_round: &[Vec<usize>]) -> Option<Rounds> {
    let fits = |round: &Vec<Vec<u16>>, sizes: &[usize]| round.iter().map(Vec::len).eq(sizes.iter().copied());
    let mut next = |sizes: &Vec<usize>| Some(rounds.swap_remove(rounds.iter().position(|round| fits(round, sizes))?));
    sizes_per_round.iter().map(&mut next).collect()
}
