//! In which order rounds come that could change places: late repeats before early ones.
//!
//! The number of repeats does not depend on the order of rounds, so among rounds with the same
//! people, sizes and demands the order is chosen by how soon repeats come: those who must meet again
//! meet late.
#![expect(clippy::indexing_slicing, reason = "square tables by round")]

use crate::input::problem::Problem;
use crate::input::round::Round;
use crate::input::teams::Teams;
use crate::quality::spacing::lateness::weight;
use crate::rng::FastRng;
use crate::search::state::NONE;

/// The weight of a repeat after one week in the measure that is reported; it falls with the distance.
const RECENT: i64 = 840;
/// Random orders tried besides the given one, to have the best and for a first look.
pub(crate) const RESTARTS: usize = 30;
pub(crate) const FIRST_LOOK: usize = 5;

/// The recency-weighted repeats of a plan, and how many pairs of meetings break the cool-down.
pub(crate) fn recency(problem: &Problem, plan: &[Teams]) -> (i64, i64) {
    let order: Vec<usize> = (0..plan.len()).collect();
    let recent = |weeks: u32, _| RECENT / i64::from(weeks.max(1));
    let too_soon = |_, rounds| i64::from(rounds <= usize::from(problem.min_rounds_between));
    let sum = |weight: &dyn Fn(u32, usize) -> i64| Overlaps::new(problem, plan, weight).cost(&order);
    (sum(&recent), sum(&too_soon))
}

/// Puts rounds that could change places in the best order found.
pub(crate) fn arrange(problem: &Problem, plan: Vec<Teams>, restarts: usize, rng: &mut FastRng) -> Vec<Teams> {
    let class: Vec<usize> = problem
        .rounds
        .iter()
        .enumerate()
        .map(|(r, round)| class(problem, &plan, r, round))
        .collect();
    let swaps: Vec<(usize, usize)> = (0..plan.len())
        .flat_map(|s| (0..s).map(move |r| (r, s)))
        .filter(|&(r, s)| class[r] == class[s])
        .collect();
    if swaps.is_empty() {
        return plan;
    }
    let overlaps = Overlaps::new(problem, &plan, &|_, rounds| weight(rounds));
    let mut order: Vec<usize> = (0..plan.len()).collect();
    let mut best = descend(&overlaps, &swaps, order.clone());
    for _ in 0..restarts {
        for _ in 0..4 * order.len() {
            let (r, s) = swaps[rng.below(swaps.len())];
            order.swap(r, s);
        }
        let other = descend(&overlaps, &swaps, order.clone());
        if other.0 < best.0 {
            best = other;
        }
    }
    best.1.into_iter().map(|r| plan[r].clone()).collect()
}

/// The first round that this one could change places with.
fn class(problem: &Problem, plan: &[Teams], r: usize, round: &Round) -> usize {
    let sizes = |r: usize| plan[r].iter().map(Vec::len);
    let demands = |round: &Round| -> Vec<&str> { problem.demands_in(round).map(|c| c.id.as_str()).collect() };
    let own = demands(round);
    (0..r)
        .find(|&s| {
            let other = &problem.rounds[s];
            other.present == round.present && sizes(s).eq(sizes(r)) && demands(other) == own
        })
        .unwrap_or(r)
}

fn descend(overlaps: &Overlaps, swaps: &[(usize, usize)], mut order: Vec<usize>) -> (i64, Vec<usize>) {
    let mut is_improved = true;
    while is_improved {
        is_improved = false;
        for &(i, j) in swaps {
            if overlaps.change(&order, i, j) < 0 {
                order.swap(i, j);
                is_improved = true;
            }
        }
    }
    (overlaps.cost(&order), order)
}

/// How many pairs each two rounds share, and how much that weighs by their places in time.
struct Overlaps {
    planned: usize,
    /// Shared pairs of the planned rounds (rows) with planned, then past rounds.
    shared: Vec<Vec<i64>>,
    /// The weights of the same places.
    weights: Vec<Vec<i64>>,
}

impl Overlaps {
    /// With the weight of a shared pair by how many weeks and how many rounds are between.
    fn new(problem: &Problem, plan: &[Teams], weight: &dyn Fn(u32, usize) -> i64) -> Self {
        let past: Vec<_> = problem.past.iter().map(|round| (round.week, &round.teams)).collect();
        let planned = problem
            .rounds
            .iter()
            .zip(plan)
            .map(|(round, teams)| (round.week, teams));
        let all: Vec<(u32, &Teams)> = planned.chain(past).collect();
        let mut weeks: Vec<u32> = all.iter().map(|&(week, _)| week).collect();
        weeks.sort_unstable();
        let rank = |week: u32| weeks.partition_point(|&w| w < week);
        let weigh = |a: u32, b: u32| weight(a.abs_diff(b), rank(a).abs_diff(rank(b)));
        let mut overlaps = Self {
            planned: plan.len(),
            shared: Vec::new(),
            weights: Vec::new(),
        };
        for &(week, teams) in all.iter().take(plan.len()) {
            let team_of = team_of(problem, teams);
            overlaps
                .shared
                .push(all.iter().map(|(_, other)| shared_pairs(&team_of, other)).collect());
            overlaps
                .weights
                .push(all.iter().map(|&(other, _)| weigh(week, other)).collect());
        }
        overlaps
    }

    /// The cost when place i is taken by round `order[i]`.
    fn cost(&self, order: &[usize]) -> i64 {
        let mut cost = 0;
        for (i, &r) in order.iter().enumerate() {
            for (j, &s) in order.iter().enumerate().take(i) {
                cost += self.shared[r][s] * self.weights[i][j];
            }
            for past in self.planned..self.shared[r].len() {
                cost += self.shared[r][past] * self.weights[i][past];
            }
        }
        cost
    }

    /// What it changes that the rounds at two places change places.
    fn change(&self, order: &[usize], i: usize, j: usize) -> i64 {
        let (r, s) = (order[i], order[j]);
        let moved = |r: &Vec<i64>, s: &Vec<i64>, k: usize, at: usize| {
            (s[at] - r[at]) * (self.weights[i][k] - self.weights[j][k])
        };
        let others = order.iter().enumerate().filter(|&(k, _)| k != i && k != j);
        let planned: i64 = others
            .map(|(k, &t)| moved(&self.shared[r], &self.shared[s], k, t))
            .sum();
        let past = self.planned..self.shared[r].len();
        planned + past.map(|t| moved(&self.shared[r], &self.shared[s], t, t)).sum::<i64>()
    }
}

fn team_of(problem: &Problem, teams: &Teams) -> Vec<u16> {
    let mut team_of = vec![NONE; problem.size()];
    for (t, team) in teams.iter().enumerate() {
        team.iter().for_each(|&p| team_of[usize::from(p)] = t as u16);
    }
    team_of
}

fn shared_pairs(team_of: &[u16], teams: &Teams) -> i64 {
    let mut shared = 0;
    for team in teams {
        for (i, &a) in team.iter().enumerate() {
            let own = team_of[usize::from(a)];
            let same = |&&b: &&u16| own != NONE && team_of[usize::from(b)] == own;
            shared += team[..i].iter().filter(same).count() as i64;
        }
    }
    shared
}
