//! The fewest repeats of a single round, by looking through all ways to form it: with a dozen or two people whom a past
//! has left few good choices the bounds of [`crate::bounds`] are not reached, and this proves what is.
//!
//! Branch and bound for one cost after the other: whether some way costs nothing, then one, and so on. Each that none
//! has is proved to be too little, even where there is no patience left for the next. Whoever is hardest to place is
//! given a team first; whoever is left adds at least half of their cheapest meetings.
#![expect(
    clippy::indexing_slicing,
    reason = "a table of people × people, indexed by those present"
)]

use crate::bits::members;
use crate::input::demand::Demand;
use crate::input::problem::Problem;
use crate::input::round::Round;

/// The most people looked at, and what that may cost, in steps of some ten nanoseconds.
const MOST_PEOPLE: usize = 32;
const PATIENCE: u32 = 4_000_000;
/// What two people cost who must stay apart.
const APART: i64 = 1 << 20;

/// What the only round planned adds to R at least; `None` with more rounds, with too many people, and with people who
/// are tied to each other or to a team.
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
        most: 0,
        found: false,
        patience: PATIENCE,
    };
    search.sizes.sort_unstable();
    let all = u64::MAX >> (64 - people);
    search.most = search.least(all).0;
    loop {
        search.next_team(all, 0);
        if search.found || search.patience == 0 {
            return Some(search.most).filter(|&most| most < APART);
        }
        search.most += 1;
    }
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
    /// What is looked for: a way that costs no more.
    most: i64,
    found: bool,
    patience: u32,
}

impl Search {
    /// Forms the remaining teams out of the people in `free`, after what cost so much.
    fn next_team(&mut self, free: u64, cost: i64) {
        if free == 0 {
            self.found = true;
            return;
        }
        // Everybody left is looked at beside everybody else.
        self.patience = self.patience.saturating_sub(free.count_ones().pow(2));
        let (least, hardest) = self.least(free);
        if cost + least > self.most {
            return;
        }
        for at in (0..self.sizes.len()).rev() {
            if self.sizes.get(at + 1) == Some(&self.sizes[at]) {
                continue;
            }
            let size = self.sizes.remove(at);
            self.complete(free & !(1 << hardest), 1 << hardest, (0, size - 1), cost);
            self.sizes.insert(at, size);
        }
    }

    /// Adds so many people from `next` on to a team, those in `free` being unplaced.
    fn complete(&mut self, free: u64, team: u64, (next, missing): (usize, usize), cost: i64) {
        if missing == 0 {
            return self.next_team(free, cost);
        }
        for person in (next..self.people).filter(|p| free >> p & 1 == 1) {
            if self.patience == 0 || self.found {
                return;
            }
            self.patience = self.patience.saturating_sub(4);
            let mates = members(team.into());
            let joined = cost + mates.map(|mate| self.met[mate * self.people + person]).sum::<i64>();
            if joined <= self.most {
                self.complete(
                    free & !(1 << person),
                    team | 1 << person,
                    (person + 1, missing - 1),
                    joined,
                );
            }
        }
    }

    /// What the people in `free` cost each other at least, half of everybody's cheapest meetings in the smallest team,
    /// and for whom that is most.
    fn least(&self, free: u64) -> (i64, usize) {
        let mates = self.sizes.first().map_or(0, |size| size - 1);
        let (mut sum, mut hardest) = (0, (-1, 0));
        let mut prices = Vec::with_capacity(self.people);
        for person in members(free.into()) {
            prices.clear();
            let others = members((free & !(1 << person)).into());
            prices.extend(others.map(|mate| self.met[person * self.people + mate]));
            prices.sort_unstable();
            let own = prices.iter().take(mates).sum();
            sum += own;
            hardest = hardest.max((own, person));
        }
        ((sum + 1) / 2, hardest.1)
    }
}
