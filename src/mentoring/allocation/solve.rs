//! Branch and bound.

#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use std::collections::BTreeMap;

use super::{
    cost::{Cost, Weights},
    marks::{Contradiction, Goal, Marks},
    problem::Problem,
    relaxed::{Relaxed, relaxed},
};

/// Flows that are looked at in one search, at the most. It is work and not time, so that one seed always gives the same.
pub const WORK_LIMIT: usize = 3000;

/// An allocation, and how sure it is that there is none better.
#[derive(Clone, Debug, PartialEq)]
pub struct Solution {
    /// What everybody gets, by the places of their wishes.
    pub chosen: Vec<Vec<usize>>,
    /// What it costs.
    pub cost: Cost,
    /// How many of the numbers of its cost, from the first, are proved to be the best possible; all 7 unless the limit
    /// of work stopped the search.
    pub proved: usize,
    /// How many flows were looked at.
    pub work: usize,
}

/// Gives places to wishes. `goes_on` is asked now and then; nothing is given if it says no.
pub fn solve(problem: &Problem, seed: i64, goes_on: &mut dyn FnMut() -> bool) -> Option<Solution> {
    solve_within(problem, seed, WORK_LIMIT, goes_on)
}

pub(super) fn solve_within(
    problem: &Problem,
    seed: i64,
    limit: usize,
    goes_on: &mut dyn FnMut() -> bool,
) -> Option<Solution> {
    let weights = Weights::of(problem, seed);
    // To give nothing to anybody is always possible.
    let mut best = vec![Vec::new(); problem.applicants.len()];
    let mut least = weights.total(&weights.cost(problem, &best));
    let mut work = 1;
    let mut open: Vec<(Marks, Relaxed)> = Vec::new();
    let root = Marks::none(problem);
    if let Ok(found) = relaxed(problem, &weights, &root) {
        open.push((root, found));
    }
    while let Some((marks, found)) = open.pop() {
        if found.bound >= least {
            continue;
        }
        if work >= limit {
            open.push((marks, found));
            break;
        }
        let Some(branches) = branches(problem, &marks, &found) else {
            best = found.chosen;
            least = weights.total(&weights.cost(problem, &best));
            continue;
        };
        let mut children = Vec::new();
        for marks in branches {
            if !goes_on() {
                return None;
            }
            work += 1;
            if let Ok(found) = relaxed(problem, &weights, &marks) {
                children.push((marks, found));
            }
        }
        // The most promising is looked at first, which is the last of the list.
        children.sort_by_key(|(_, found)| std::cmp::Reverse(found.bound));
        open.extend(children);
    }
    let bound = open
        .iter()
        .map(|(_, found)| found.bound)
        .min()
        .unwrap_or(least)
        .min(least);
    let cost = weights.cost(problem, &best);
    Some(Solution {
        proved: weights.proved(&cost, bound),
        chosen: best,
        cost,
        work,
    })
}

/// What to decide next, where a flow is no allocation: any allocation is within one of these. None if it is one.
fn branches(problem: &Problem, marks: &Marks, found: &Relaxed) -> Option<Vec<Marks>> {
    if let Some((person, wishes)) = at_once(problem, found).or_else(|| in_a_row(problem, found)) {
        // Without the first; with the first and without the second; and so on.
        let without = |at: usize| {
            let mut marks = marks.clone();
            wishes[..at]
                .iter()
                .try_for_each(|wish| marks.grant(problem, person, *wish))?;
            marks.refuse(problem, person, wishes[at])?;
            Ok(marks)
        };
        return Some(possible((0..wishes.len()).map(without)));
    }
    if let Some((person, wish)) = alone(problem, found) {
        let (mut both, mut neither) = (marks.clone(), marks.clone());
        let both = both.grant(problem, person, wish).map(|()| both);
        let neither = neither.refuse(problem, person, wish).map(|()| neither);
        return Some(possible([both, neither]));
    }
    let slot = in_part(problem, marks, found)?;
    let with = |goal| {
        let mut marks = marks.clone();
        marks.goals[slot] = goal;
        marks
    };
    Some(vec![with(Goal::Reach), with(Goal::Miss)])
}

fn possible(branches: impl IntoIterator<Item = Result<Marks, Contradiction>>) -> Vec<Marks> {
    branches.into_iter().flatten().collect()
}

/// Somebody with two wishes that compete.
fn at_once(problem: &Problem, found: &Relaxed) -> Option<(usize, Vec<usize>)> {
    problem.applicants.iter().enumerate().find_map(|(person, applicant)| {
        let slot = |wish: usize| applicant.wishes[wish].slot;
        let chosen = &found.chosen[person];
        let pairs = chosen
            .iter()
            .enumerate()
            .flat_map(|(at, one)| chosen[at + 1..].iter().map(move |other| (*one, *other)));
        let mut competing = pairs.filter(|(one, other)| problem.compete(slot(*one), slot(*other)));
        competing.next().map(|(one, other)| (person, vec![one, other]))
    })
}

/// Somebody with too many weeks in a row, and one wish in each that they do not have anyway.
fn in_a_row(problem: &Problem, found: &Relaxed) -> Option<(usize, Vec<usize>)> {
    problem.applicants.iter().enumerate().find_map(|(person, applicant)| {
        let mut weeks: BTreeMap<i32, Option<usize>> = BTreeMap::new();
        for wish in &found.chosen[person] {
            weeks.insert(problem.slots[applicant.wishes[*wish].slot].week, Some(*wish));
        }
        weeks.extend(applicant.weeks.iter().map(|week| (*week, None)));
        let length = problem.weeks_in_a_row + 1;
        let mut windows = weeks.keys().map(|first| *first..*first + length);
        let wishes = windows.find_map(|window| {
            let all: Option<Vec<Option<usize>>> = window.map(|week| weeks.get(&week).copied()).collect();
            // A row that they had before is theirs.
            all.map(|all| all.into_iter().flatten().collect::<Vec<_>>())
                .filter(|wishes| !wishes.is_empty())
        });
        wishes.map(|wishes| (person, wishes))
    })
}

/// Somebody who gets a slot without whoever wants to come together with them there.
fn alone(problem: &Problem, found: &Relaxed) -> Option<(usize, usize)> {
    problem.applicants.iter().enumerate().find_map(|(person, applicant)| {
        let is_alone = |wish: &&usize| {
            let slot = applicant.wishes[**wish].slot;
            applicant.together.iter().any(|companion| {
                let theirs = problem.applicants[*companion].wish_for(slot);
                theirs.is_some_and(|theirs| !found.chosen[*companion].contains(&theirs))
            })
        };
        found.chosen[person].iter().find(is_alone).map(|wish| (person, *wish))
    })
}

/// A slot that counts as reaching its minimum in part.
fn in_part(problem: &Problem, marks: &Marks, found: &Relaxed) -> Option<usize> {
    let is_in_part = |slot: &usize| {
        marks.goals[*slot] == Goal::Open && (1..problem.slots[*slot].missing()).contains(&found.filled[*slot])
    };
    (0..problem.slots.len()).find(is_in_part)
}
