//! The fewest repeats of a single round, by looking through all ways to form it: with a dozen or two people whom a past
//! has left few good choices the bounds of [`super::bounds`] are not reached, and this proves what is.
//!
//! Branch and bound: whoever is unplaced and comes first is given a team. Whoever is left adds at least half of their
//! cheapest meetings.
#![expect(
    clippy::indexing_slicing,
    reason = "a table of people × people, indexed by those present"
)]

use super::problem::{Demand, Problem, Round};
use super::sets::members;

/// The most people looked at, and partial teams looked through.
const MOST_PEOPLE: usize = 32;
const PATIENCE: u32 = 200_000;
/// What two people cost who must stay apart.
const APART: i64 = 1 << 20;

/// The least that the only round planned adds to R; `None` with more rounds, with people who are tied to each other or
/// to a team, and where there is too much to look through.
pub(crate) fn least_added(problem: &Problem, sizes: &[Vec<usize>]) -> Option<i64> {
    let ([round], [sizes]) = (problem.rounds.as_slice(), sizes) else {
        return None;
    };
    let people = round.present.len();
    if people > MOST_PEOPLE {
        return None;
    }
    let mut search = Search {
        people,
        met: meetings(problem, round)?,
        sizes: sizes.clone(),
        best: APART,
        patience: PATIENCE,
    };
    search.sizes.sort_unstable();
    search.next_team(u128::MAX >> (128 - people), 0);
    (search.patience > 0 && search.best < APART).then_some(search.best)
}

/// How often each two of those present have met; `None` where somebody is tied.
fn meetings(problem: &Problem, round: &Round) -> Option<Vec<i64>> {
    let people = round.present.len();
    let mut met = vec![0; people * people];
    let at = |person| round.present.binary_search(&person).ok();
    let mut add = |a, b, times| {
        if let (Some(a), Some(b)) = (at(a), at(b))
            && a != b
        {
            met[a * people + b] += times;
        }
    };
    for team in problem.past.iter().flat_map(|past| &past.teams) {
        for &a in team {
            team.iter().for_each(|&b| add(a, b, 1));
        }
    }
    for constraint in problem.demands_in(round) {
        let Demand::Apart(a, b) = constraint.demand else {
            return None;
        };
        add(a, b, APART);
        add(b, a, APART);
    }
    Some(met)
}

/// A search under way.
struct Search {
    people: usize,
    met: Vec<i64>,
    /// The sizes of the teams still to be formed, in order.
    sizes: Vec<usize>,
    best: i64,
    patience: u32,
}

impl Search {
    /// Forms the remaining teams out of the people in `free`, after what cost so much.
    fn next_team(&mut self, free: u128, cost: i64) {
        if free == 0 {
            self.best = self.best.min(cost);
            return;
        }
        if cost + self.least(free) >= self.best {
            return;
        }
        let first = free.trailing_zeros() as usize;
        for at in (0..self.sizes.len()).rev() {
            if self.sizes.get(at + 1) == Some(&self.sizes[at]) {
                continue;
            }
            let size = self.sizes.remove(at);
            self.complete(free & !(1 << first), 1 << first, (first, size - 1), cost);
            self.sizes.insert(at, size);
        }
    }

    /// Adds so many people who come after `last` to a team, those in `free` being unplaced.
    fn complete(&mut self, free: u128, team: u128, (last, missing): (usize, usize), cost: i64) {
        if missing == 0 {
            return self.next_team(free, cost);
        }
        for person in (last + 1..self.people).filter(|p| free >> p & 1 == 1) {
            if self.patience == 0 {
                return;
            }
            self.patience -= 1;
            let joined = cost
                + members(team)
                    .map(|mate| self.met[mate * self.people + person])
                    .sum::<i64>();
            if joined < self.best {
                self.complete(free & !(1 << person), team | 1 << person, (person, missing - 1), joined);
            }
        }
    }

    /// What the people in `free` cost each other at least: half of everybody's cheapest meetings in the smallest team.
    fn least(&self, free: u128) -> i64 {
        let mates = self.sizes.first().map_or(0, |size| size - 1);
        let cheapest = |person: usize| -> i64 {
            let mut prices: Vec<i64> = members(free & !(1 << person))
                .map(|mate| self.met[person * self.people + mate])
                .collect();
            prices.sort_unstable();
            prices.iter().take(mates).sum()
        };
        (members(free).map(cheapest).sum::<i64>() + 1) / 2
    }
}
