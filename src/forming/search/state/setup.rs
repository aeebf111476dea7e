//! A plan as a search state.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::{APART, LARGEST, NONE, ScheduleState, choose2};
use crate::input::demand::Demand;
use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;

impl ScheduleState {
    /// Of `plan`, which must be feasible.
    pub(crate) fn new(problem: &Problem, plan: &[Teams]) -> Self {
        let (n, rounds) = (problem.size(), problem.rounds.len());
        let mut state = Self {
            n,
            rounds,
            meet: vec![0; n * n],
            seat: vec![NONE; n * rounds],
            place: vec![NONE; n * rounds],
            span: vec![(0, 0); n * rounds],
            open: vec![Vec::new(); rounds],
            block: vec![0; n * rounds],
            ranged: vec![Vec::new(); rounds],
            careful: vec![false; rounds],
            cost: 0,
        };
        state.remember(problem);
        state.cost = state.triangle(|state, a, b| choose2(state.met(a, b)));
        state.keep_apart(problem);
        for (r, teams) in plan.iter().enumerate() {
            state.seat_round(r, teams);
            state.demand(problem, r);
        }
        state
    }

    /// Counts the past in.
    fn remember(&mut self, problem: &Problem) {
        for team in problem.past.iter().flat_map(|round| &round.teams) {
            for (i, &a) in team.iter().enumerate() {
                for &b in &team[i + 1..] {
                    self.add(a, b, 1);
                }
            }
        }
    }

    /// Offsets for the pairs that stay apart in every round.
    fn keep_apart(&mut self, problem: &Problem) {
        for constraint in &problem.constraints {
            if let Demand::Apart(a, b) = constraint.demand
                && always(problem, constraint.weeks)
                && self.met(a, b) < APART
            {
                self.add(a, b, APART);
            }
        }
    }

    fn triangle(&self, cell: impl Fn(&Self, PersonIx, PersonIx) -> i64) -> i64 {
        let people = 0..self.n as PersonIx;
        people
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .map(|(a, b)| cell(self, a, b))
            .sum()
    }

    fn seat_round(&mut self, r: usize, teams: &Teams) {
        let row = r * self.n;
        let mut from = 0;
        for team in teams {
            let to = from + team.len();
            for (i, &person) in team.iter().enumerate() {
                self.seat[row + from + i] = person;
                self.place[row + usize::from(person)] = (from + i) as u16;
                self.span[row + from + i] = (from as u16, to as u16);
                for &mate in &team[..i] {
                    self.cost += i64::from(self.met(person, mate));
                    self.add(person, mate, 1);
                }
            }
            from = to;
        }
        self.open[r] = (0..from as u16).collect();
    }

    /// Pins the locked, ties blocks, and notes the pairs that stay apart in this round only.
    fn demand(&mut self, problem: &Problem, r: usize) {
        let (row, round) = (r * self.n, &problem.rounds[r]);
        let mut pinned = vec![false; self.n];
        for constraint in problem.demands_in(round) {
            match &constraint.demand {
                Demand::Apart(a, b) if !always(problem, constraint.weeks) => {
                    if round.here[usize::from(*a)] && round.here[usize::from(*b)] {
                        self.ranged[r].push((*a, *b));
                    }
                }
                Demand::Apart(..) => {}
                Demand::Together(a, b) => {
                    if round.here[usize::from(*a)] && round.here[usize::from(*b)] {
                        self.tie(row, *a, *b);
                    }
                }
                Demand::Locked(_, members) => {
                    members.iter().for_each(|&p| pinned[usize::from(p)] = true);
                }
            }
        }
        let blocks = &self.block[row..row + self.n];
        let size = |block: u16| blocks.iter().filter(|&&b| b == block).count();
        let held: Vec<u16> = (0..self.n)
            .filter(|&p| blocks[p] != 0 && (pinned[p] || size(blocks[p]) > LARGEST))
            .map(|p| blocks[p])
            .collect();
        let stuck = |p: usize| pinned[p] || held.contains(&blocks[p]);
        let seats = &self.seat[row..row + self.n];
        self.open[r].retain(|&s| !stuck(usize::from(seats[usize::from(s)])));
        self.careful[r] = blocks.iter().any(|&b| b != 0) || !self.ranged[r].is_empty();
    }

    /// Joins the blocks of two people.
    fn tie(&mut self, row: usize, a: PersonIx, b: PersonIx) {
        let (old, new) = (self.block[row + usize::from(b)], self.block[row + usize::from(a)]);
        let new = if new == 0 { a + 1 } else { new };
        if old != 0 {
            let blocks = &mut self.block[row..row + self.n];
            blocks
                .iter_mut()
                .filter(|block| **block == old)
                .for_each(|block| *block = new);
        }
        self.block[row + usize::from(a)] = new;
        self.block[row + usize::from(b)] = new;
    }
}

/// Whether a span of weeks covers every round planned.
fn always(problem: &Problem, weeks: (u32, u32)) -> bool {
    problem
        .rounds
        .iter()
        .all(|round| weeks.0 <= round.week && round.week <= weeks.1)
}
