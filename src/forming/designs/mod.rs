//! Whole schedules with as few repeats as can be: algebra where it reaches, else search under symmetry.

mod bound;
mod derive;
mod field;
mod orthomorphisms;
mod planes;
mod stored;
pub(crate) mod symmetry;

pub use bound::lower_bound;

use rand_chacha::ChaCha8Rng;

use crate::designs::symmetry::action::Rounds;
use crate::designs::symmetry::portfolio::Portfolio;
use crate::designs::symmetry::wanted::Wanted;
use crate::rng::shuffle;
use derive::{by_size, derive};

/// By how much what is asked for is favoured over a design with one round more.
const MORE_ROUNDS: f64 = 2.0;

/// Moves for more designs where one was found.
const MORE: u64 = 4_000_000;
/// So many designs are enough to choose from.
const ENOUGH: usize = 200;

/// Rounds × teams × people `0..n` for the given team sizes, with R = Σ over pairs of C(m, 2) as low as found within
/// `budget` moves, at once where R meets the [`lower_bound`]. `None` where the sizes do not place everybody or there is
/// nothing to offer. `spend` hears of the moves made from time to time and says whether to go on. The same generator
/// and budget give the same schedule.
pub fn schedule<W: Ord>(
    sizes_per_round: &[Vec<usize>],
    n: usize,
    rng: &mut ChaCha8Rng,
    budget: u64,
    spend: &mut dyn FnMut(u64) -> bool,
    worth: &mut dyn FnMut(&Rounds) -> W,
) -> Option<Rounds> {
    let places_all = |sizes: &Vec<usize>| !sizes.contains(&0) && sizes.iter().sum::<usize>() == n;
    if n < 2 || sizes_per_round.is_empty() || !sizes_per_round.iter().all(places_all) {
        return None;
    }
    let asked = Wanted {
        sizes_per_round: sizes_per_round.to_vec(),
        n,
        target: lower_bound(sizes_per_round, n),
    };
    let mut rounds = designed(&asked).or_else(|| searched(asked, rng, budget, spend, worth))?;
    relabel(&mut rounds, sizes_per_round, n, rng);
    Some(rounds)
}

/// What a design makes of what is asked for, if that is as good as can be.
fn optimal(design: &Rounds, asked: &Wanted) -> Option<Rounds> {
    derive(design, &asked.sizes_per_round, asked.n).filter(|rounds| repeats(rounds, asked.n) == asked.target)
}

/// The number of teams and the largest size, where all teams have it or are one short and every round has as many.
fn shape(asked: &Wanted) -> Option<(usize, usize)> {
    let sizes = asked.sizes_per_round.first()?;
    let (teams, largest) = (sizes.len(), *sizes.iter().max()?);
    let fits =
        |sizes: &Vec<usize>| sizes.len() == teams && sizes.iter().all(|&size| size == largest || size + 1 == largest);
    asked.sizes_per_round.iter().all(fits).then_some((teams, largest))
}

/// A schedule at the bound from a plane or a stored design.
fn designed(asked: &Wanted) -> Option<Rounds> {
    let (teams, largest) = shape(asked)?;
    let fit = |design: Option<Rounds>| optimal(&design?, asked);
    fit(with_columns(planes::transversal, teams, largest))
        .or_else(|| fit(stored::design(teams, largest)))
        .or_else(|| fit(with_columns(orthomorphisms::transversal, teams, largest)))
}

/// A transversal design, person x·`teams` + y being in column x, and further rounds in which columns, whose people
/// have not met, keep to themselves.
fn with_columns(transversal: fn(usize, usize) -> Option<Rounds>, teams: usize, size: usize) -> Option<Rounds> {
    let mut rounds = transversal(teams, size)?;
    if teams.is_multiple_of(size) {
        let team = |t: usize| (t * size..(t + 1) * size).map(|p| p as u16).collect();
        let one = || vec![(0..teams / size).map(team).collect()];
        for round in with_columns(transversal, teams / size, size).unwrap_or_else(one) {
            let moved = |x: usize| move |team: &Vec<u16>| team.iter().map(|&p| p + (x * teams) as u16).collect();
            rounds.push((0..size).flat_map(|x| round.iter().map(moved(x))).collect());
        }
    }
    Some(rounds)
}

/// The best that searches under symmetry find: for what is asked, and for designs from which it follows.
fn searched<W: Ord>(
    asked: Wanted,
    rng: &mut ChaCha8Rng,
    budget: u64,
    spend: &mut dyn FnMut(u64) -> bool,
    worth: &mut dyn FnMut(&Rounds) -> W,
) -> Option<Rounds> {
    let weeks = |wanted: &Wanted| wanted.sizes_per_round.len();
    let handicap = |wanted: &Wanted| MORE_ROUNDS.powi(weeks(wanted).saturating_sub(weeks(&asked)) as i32);
    let larger = larger(&asked).into_iter();
    let mut portfolios: Vec<(f64, Portfolio)> = larger
        .map(|wanted| (handicap(&wanted), Portfolio::new(wanted)))
        .collect();
    let mut own = Portfolio::new(asked.clone());
    let mut left = budget;
    let mut goes_on = true;
    while left > 0 && goes_on {
        let scores = portfolios
            .iter()
            .map(|(handicap, portfolio)| handicap * portfolio.score())
            .enumerate();
        let first = scores
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|&(_, score)| score < own.score());
        let Some((at, _)) = first else {
            if own.is_solved() || own.score().is_infinite() {
                break;
            }
            let work = own.step(left, rng);
            left = left.saturating_sub(work);
            goes_on = spend(work);
            continue;
        };
        let Some((_, portfolio)) = portfolios.get_mut(at) else {
            break;
        };
        let work = portfolio.step(left, rng);
        left = left.saturating_sub(work);
        goes_on = spend(work);
        if portfolio.is_solved() {
            let (_, portfolio) = portfolios.swap_remove(at);
            if let Some(rounds) = portfolio.rounds().and_then(|design| optimal(&design, &asked)) {
                return Some(rounds);
            }
        }
    }
    // Of equally few repeats: more of them from the kinds that have some, and the best spaced is taken.
    let mut more = if asked.target > 0 {
        MORE.min(budget / 2).min(left)
    } else {
        0
    };
    for again in 0.. {
        if !goes_on || more == 0 || own.found() >= ENOUGH {
            break;
        }
        // Every other time another kind, whose rounds may be spaced better than any of this one.
        let work = if again % 2 == 0 {
            own.step_again(rng)
        } else {
            own.step(more, rng)
        };
        if work == 0 {
            break;
        }
        more = more.saturating_sub(work);
        goes_on = spend(work);
    }
    own.all_rounds().min_by_key(|rounds| worth(rounds))
}

/// Designs from which what is asked follows: with all teams full, with more rounds, or perfect ones to be had over and
/// over. Where everybody meets everybody only one person can be left out.
fn larger(asked: &Wanted) -> Vec<Wanted> {
    let Some((teams, size)) = shape(asked).filter(|&(_, size)| size > 1) else {
        return Vec::new();
    };
    let n = teams * size;
    let (weeks, others) = (asked.sizes_per_round.len(), n - 1);
    let most = others / (size - 1);
    let perfect = (most * (size - 1) == others && weeks > most).then_some(most);
    let full = |weeks: usize| {
        let sizes_per_round = vec![vec![size; teams]; weeks];
        let target = lower_bound(&sizes_per_round, n);
        Wanted {
            sizes_per_round,
            n,
            target,
        }
    };
    let more = (weeks..=most.max(weeks)).chain(perfect).map(full);
    let is_other = |wanted: &Wanted| (wanted.n, wanted.sizes_per_round.len()) != (asked.n, weeks);
    let is_of_use = |wanted: &Wanted| {
        let complete = wanted.target > 0 || Some(wanted.sizes_per_round.len()) == perfect;
        wanted.n == asked.n || !complete || wanted.n == asked.n + 1
    };
    more.filter(|wanted| is_other(wanted) && is_of_use(wanted)).collect()
}

/// R = Σ over pairs of C(m, 2).
fn repeats(rounds: &Rounds, n: usize) -> u64 {
    let mut met = vec![0u64; n * n];
    let mut total = 0;
    for team in rounds.iter().flatten() {
        for (at, &a) in team.iter().enumerate() {
            for &b in team.iter().skip(at + 1) {
                let pair = usize::from(a.min(b)) * n + usize::from(a.max(b));
                if let Some(met) = met.get_mut(pair) {
                    total += *met;
                    *met += 1;
                }
            }
        }
    }
    total
}

/// Renames people and mixes equal rounds and equal teams at random.
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
        for person in round.iter_mut().flatten() {
            *person = names.get(usize::from(*person)).copied().unwrap_or(*person);
        }
        shuffle(round, rng);
        if let Some(ordered) = by_size(std::mem::take(round), sizes) {
            *round = ordered;
        }
    }
}

#[cfg(test)]
mod tests;
