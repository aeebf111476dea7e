//! Who cannot all get something, and the proof: people who wish for fewer places than they are (Hall's condition).

#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// People all of whose wishes are among these slots, which have fewer places than they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// By their places in `applicants`.
    pub people: BTreeSet<usize>,
    /// By their places in `slots`.
    pub slots: BTreeSet<usize>,
    /// How many places these have.
    pub places: usize,
}

/// Everything for which more people compete than can get a place. If there is nothing, each can get one of their wishes.
pub fn contests(problem: &Problem) -> Vec<Contest> {
    let mut matched = Matched {
        problem,
        holders: vec![Vec::new(); problem.slots.len()],
    };
    let asking = (0..problem.applicants.len()).filter(|person| problem.applicants[*person].asks());
    let without: Vec<usize> = asking
        .filter(|person| !matched.place(*person, &mut BTreeSet::new()))
        .collect();
    let mut contests: Vec<Contest> = Vec::new();
    for person in without {
        let mut found = matched.reached_from(person);
        // Those that share a slot are one.
        contests.retain(|other| {
            let is_apart = other.slots.is_disjoint(&found.slots);
            if !is_apart {
                found.people.extend(&other.people);
                found.slots.extend(&other.slots);
            }
            is_apart
        });
        found.places = found.slots.iter().map(|slot| problem.slots[*slot].places).sum();
        contests.push(found);
    }
    contests
}

/// As many people as possible, each with one place.
struct Matched<'p> {
    problem: &'p Problem,
    /// By slot.
    holders: Vec<Vec<usize>>,
}

impl Matched<'_> {
    /// Finds a place for somebody, for whom others may have to move.
    fn place(&mut self, person: usize, tried: &mut BTreeSet<usize>) -> bool {
        for wish in &self.problem.applicants[person].wishes {
            let slot = wish.slot;
            if !tried.insert(slot) {
                continue;
            }
            if self.holders[slot].len() < self.problem.slots[slot].places {
                self.holders[slot].push(person);
                return true;
            }
            for at in 0..self.holders[slot].len() {
                if self.place(self.holders[slot][at], tried) {
                    self.holders[slot][at] = person;
                    return true;
                }
            }
        }
        false
    }

    /// Whoever would have to move for somebody who has no place, and all that they wish for.
    fn reached_from(&self, person: usize) -> Contest {
        let (mut people, mut slots) = (BTreeSet::from([person]), BTreeSet::new());
        let mut open = vec![person];
        while let Some(person) = open.pop() {
            for wish in &self.problem.applicants[person].wishes {
                if slots.insert(wish.slot) {
                    let holders = self.holders[wish.slot].iter().copied();
                    open.extend(holders.filter(|holder| people.insert(*holder)));
                }
            }
        }
        Contest {
            people,
            slots,
            places: 0,
        }
    }
}
