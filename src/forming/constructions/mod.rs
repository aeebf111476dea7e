//! Whole schedules with as few repeats as can be: algebra where it reaches, else search under symmetry.

mod bound;
mod field;
mod planes;

pub use bound::lower_bound;

use super::symmetry::shuffle;
use super::symmetry_search::{Rounds, search};
use rand_chacha::ChaCha8Rng;

/// Rounds × teams × people `0..n` for the given team sizes, with R = Σ over pairs of C(m, 2) as low as found within
/// the budget of `moves` (decremented by the work done), at once where R meets the [`lower_bound`]. `None` where the
/// sizes do not place everybody or there is nothing to offer. The same generator and budget give the same schedule.
pub fn schedule(sizes_per_round: &[Vec<usize>], n: usize, rng: &mut ChaCha8Rng, moves: &mut u64) -> Option<Rounds> {
    if n < 2
        || sizes_per_round
            .iter()
            .any(|sizes| sizes.contains(&0) || sizes.iter().sum::<usize>() != n)
    {
        return None;
    }
    let target = lower_bound(sizes_per_round, n);
    let mut rounds = match algebra(sizes_per_round, n) {
        Some(rounds) => rounds,
        None => search(sizes_per_round, n, target, rng, moves)?.1,
    };
    relabel(&mut rounds, sizes_per_round, n, rng);
    Some(rounds)
}

/// Rounds without repeats from an affine plane, where sizes differ by one at most and are the same every round.
fn algebra(sizes_per_round: &[Vec<usize>], n: usize) -> Option<Rounds> {
    let sizes = sizes_per_round.first()?;
    let largest = *sizes.iter().max()?;
    if sizes.iter().any(|&s| s + 1 < largest) || sizes_per_round.iter().any(|s| s.len() != sizes.len()) {
        return None;
    }
    let mut rounds = planes::transversal(sizes.len(), largest, n)?;
    if rounds.len() < sizes_per_round.len() {
        return None;
    }
    rounds.truncate(sizes_per_round.len());
    Some(rounds)
}

/// Renames people and reorders rounds at random where the sizes allow it, and puts the teams in the order of their sizes asked for.
fn relabel(rounds: &mut Rounds, sizes_per_round: &[Vec<usize>], n: usize, rng: &mut ChaCha8Rng) {
    let mut names: Vec<u16> = (0..n as u16).collect();
    shuffle(&mut names, rng);
    if sizes_per_round
        .iter()
        .all(|sizes| Some(sizes) == sizes_per_round.first())
    {
        shuffle(rounds, rng);
    }
    for (round, sizes) in rounds.iter_mut().zip(sizes_per_round) {
        shuffle(round, rng);
        for person in round.iter_mut().flatten() {
            *person = names.get(*person as usize).copied().unwrap_or(*person);
        }
        let order = |team: &[u16], at: usize| sizes.get(at).is_some_and(|&s| s == team.len());
        for at in 0..sizes.len() {
            if let Some(found) = (at..sizes.len()).find(|&k| round.get(k).is_some_and(|team| order(team, at))) {
                round.swap(at, found);
            }
        }
    }
}

#[cfg(test)]
mod tests;
