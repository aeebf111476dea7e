//! Where a past leaves few groups of people who have not met: rounds made of those alone, by exact cover.
//!
//! A round without a repeat is an exact cover of those who are there by fresh groups. Where these can be counted, covers
//! are found by backtracking on the person with the fewest groups left (Knuth, *Dancing links*, 2000), round after round,
//! each round's pairs being taken from the next; a round that cannot be covered undoes the one before, and after some
//! steps all begins again in another order.
#![expect(clippy::indexing_slicing, reason = "tables by people and groups that are made here")]

use crate::bits::members;
use crate::input::demand::Demand;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::rng::FastRng;
use crate::search::anneal::MoveBudget;

/// People at most: a group is a set of bits.
const MOST_PEOPLE: usize = 128;
/// Groups at most: above there is room enough for other searches.
const MOST_GROUPS: usize = 20_000;
/// Steps before all begins again.
const STEPS: u64 = 20_000;

/// Rounds without a repeat, if all have teams of one size, everybody is there, nobody is tied or locked, and fresh groups
/// are few; `None` if there are none or none were found within `steps`.
pub(crate) fn cover(
    problem: &Problem,
    sizes: &[Vec<usize>],
    rng: &mut FastRng,
    steps: u64,
    budget: &mut MoveBudget<'_>,
) -> Option<Vec<Teams>> {
    let size = *sizes.first()?.first()?;
    let is_even = sizes.iter().flatten().all(|&other| other == size);
    let all_there = problem.rounds.iter().all(|round| round.present.len() == problem.size());
    let only_apart = problem
        .constraints
        .iter()
        .all(|constraint| matches!(constraint.demand, Demand::Apart(..)));
    if problem.past.is_empty() || !is_even || !all_there || !only_apart || size < 3 || problem.size() > MOST_PEOPLE {
        return None;
    }
    let groups = groups(&strangers(problem), size)?;
    let mut spent = 0;
    while spent < steps && budget.goes_on() {
        let mut search = Cover {
            size,
            people: problem.size(),
            rounds: sizes.len(),
            steps: STEPS,
            plan: Vec::new(),
            rng,
        };
        let found = search.next_round(&groups);
        let used = STEPS - search.steps;
        let plan = search.plan;
        spent += used.max(1);
        budget.spend(used.max(1), i64::MAX);
        if found {
            let team = |&group: &u128| members(group).map(|person| person as PersonIx).collect();
            return Some(plan.iter().map(|round| round.iter().map(team).collect()).collect());
        }
    }
    None
}

/// For each person those who they have not met and need not be apart from.
fn strangers(problem: &Problem) -> Vec<u128> {
    let all = (0..problem.size()).fold(0, |all, person| all | 1_u128 << person);
    let mut strangers: Vec<u128> = (0..problem.size()).map(|person| all & !(1 << person)).collect();
    let mut part = |a: PersonIx, b: PersonIx| {
        strangers[usize::from(a)] &= !(1 << b);
        strangers[usize::from(b)] &= !(1 << a);
    };
    for team in problem.past.iter().flat_map(|round| &round.teams) {
        for (i, &a) in team.iter().enumerate() {
            team[..i].iter().for_each(|&b| part(a, b));
        }
    }
    for constraint in &problem.constraints {
        if let Demand::Apart(a, b) = constraint.demand {
            part(a, b);
        }
    }
    strangers
}

/// All groups of a size of whom no two have met; `None` where they are too many.
fn groups(strangers: &[u128], size: usize) -> Option<Vec<u128>> {
    let mut found: Vec<(u128, u128)> = (0..strangers.len())
        .map(|p| (1 << p, strangers[p] & (u128::MAX << p)))
        .collect();
    for _ in 1..size {
        let mut larger = Vec::new();
        for &(group, rest) in &found {
            larger.extend(members(rest).map(|p| (group | 1 << p, rest & strangers[p] & (u128::MAX << p))));
            if larger.len() > 4 * MOST_GROUPS {
                return None;
            }
        }
        found = larger;
    }
    (found.len() <= MOST_GROUPS).then(|| found.into_iter().map(|(group, _)| group).collect())
}

struct Cover<'a> {
    size: usize,
    people: usize,
    rounds: usize,
    steps: u64,
    plan: Vec<Vec<u128>>,
    rng: &'a mut FastRng,
}

impl Cover<'_> {
    /// Covers the rounds that are left by these groups.
    fn next_round(&mut self, groups: &[u128]) -> bool {
        let left = self.rounds - self.plan.len();
        if left == 0 {
            return true;
        }
        // Everybody needs as many others as the rounds that are left give them.
        let mut reach = vec![0_u128; self.people];
        groups
            .iter()
            .for_each(|&group| members(group).for_each(|person| reach[person] |= group));
        if reach
            .iter()
            .any(|reach| (reach.count_ones() as usize) < left * (self.size - 1) + 1)
        {
            return false;
        }
        let open = reach.iter().enumerate().fold(0, |open, (person, _)| open | 1 << person);
        let mut round = Vec::new();
        self.cover(open, groups, groups, &mut round)
    }

    /// Covers those who are open in this round, then the rounds after it.
    fn cover(&mut self, open: u128, usable: &[u128], groups: &[u128], round: &mut Vec<u128>) -> bool {
        if open == 0 {
            let pairs = |group: u128| round.iter().any(|&taken| (group & taken).count_ones() > 1);
            let rest: Vec<u128> = groups.iter().copied().filter(|&group| !pairs(group)).collect();
            self.plan.push(round.clone());
            let found = self.next_round(&rest);
            if !found {
                self.plan.pop();
            }
            return found;
        }
        if self.steps == 0 {
            return false;
        }
        self.steps -= 1;
        let mut count = vec![0_u32; self.people];
        usable
            .iter()
            .for_each(|&group| members(group).for_each(|person| count[person] += 1));
        let Some(person) = members(open).min_by_key(|&person| count[person]) else {
            return false;
        };
        let mut choices: Vec<u128> = usable
            .iter()
            .copied()
            .filter(|group| group >> person & 1 == 1)
            .collect();
        self.rng.shuffle(&mut choices);
        for choice in choices {
            let rest: Vec<u128> = usable.iter().copied().filter(|group| group & choice == 0).collect();
            round.push(choice);
            if self.cover(open & !choice, &rest, groups, round) {
                return true;
            }
            round.pop();
        }
        false
    }
}
