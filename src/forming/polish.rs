//! Balance for nothing: changes that leave the number of repeats within a limit.
//!
//! Two moves do it: swapping two people in one round where that costs no repeat, and *relabelling*,
//! that is letting two people change places in every round in which both are present, which leaves
//! the meeting matrix of a plan without a past as it is, up to names.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use super::anneal::Meter;
use super::board::{Board, NONE, Seating};
use super::dice::Dice;
use super::problem::{PersonIx, Problem};
use super::rules::balance::{BREACH, Yardstick};

/// One move in so many is a relabelling.
const RELABEL: usize = 4;
/// The coldest and the hottest temperature, in units of imbalance.
const COLD: f64 = 20_000.0;
const HOT: f64 = BREACH as f64 / 4.0;
const STEPS: u64 = 128;

/// Balances a board without letting its repeats exceed a limit.
pub(crate) struct Polish<'a> {
    problem: &'a Problem,
    board: &'a mut Board,
    yardsticks: Vec<Yardstick>,
    /// The cost of each team, at its first seat.
    cost_of: Vec<i64>,
    /// Breaches first, then imbalance, of the whole plan.
    pub cost: i64,
    undo: Vec<(usize, u16, u16)>,
}

impl<'a> Polish<'a> {
    pub(crate) fn new(problem: &'a Problem, sizes: &[Vec<usize>], board: &'a mut Board) -> Self {
        let rounds = problem.rounds.iter().zip(sizes);
        let yardsticks = rounds
            .map(|(round, sizes)| problem.balance.yardstick(round, sizes))
            .collect();
        let cells = board.n * board.rounds;
        let mut polish = Self {
            problem,
            board,
            yardsticks,
            cost_of: vec![0; cells],
            cost: 0,
            undo: Vec::new(),
        };
        polish.recount();
        polish
    }

    fn recount(&mut self) {
        self.cost = 0;
        for r in 0..self.board.rounds {
            let mut s = 0;
            while usize::from(s) < self.board.n && self.board.at(r, s) != NONE {
                let cost = self.team_cost(r, s);
                self.cost_of[r * self.board.n + usize::from(s)] = cost;
                self.cost += cost;
                s = self.board.span(r, s).1;
            }
        }
    }

    fn team_cost(&self, r: usize, seat: u16) -> i64 {
        self.problem.balance.cost(&self.yardsticks[r], self.board.team(r, seat))
    }

    /// Anneals the imbalance in so many moves, repeats staying within `limit`.
    pub(crate) fn run(&mut self, dice: &mut Dice, limit: i64, moves: u64, meter: &mut Meter<'_>) {
        let rounds: Vec<usize> = (0..self.board.rounds)
            .filter(|&r| self.board.open(r).len() > 1)
            .collect();
        if rounds.is_empty() || self.problem.balance.is_trivial() {
            return;
        }
        let mut best: (i64, i64, Seating) = (self.cost, self.board.cost, self.board.seating().clone());
        let each = (moves / STEPS).max(1);
        for step in 0..STEPS {
            let part = step as f64 / (STEPS - 1) as f64;
            let heat = HOT * (COLD / HOT).powf(part);
            for i in 0..each {
                if i as usize % RELABEL == 0 {
                    self.relabel(dice, limit, heat);
                } else {
                    let r = rounds[dice.below(rounds.len())];
                    self.swap_two(dice, r, limit, heat);
                }
            }
            // Kept once a temperature: the last ones, where the best plans are, are nearly still.
            if self.cost < best.0 {
                best = (self.cost, self.board.cost, self.board.seating().clone());
            }
            if !meter.spend(each, self.board.cost) {
                break;
            }
        }
        self.board.restore(&best.2);
        self.recount();
    }

    fn accepts(change: i64, heat: f64, dice: &mut Dice) -> bool {
        let luck = (dice.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        change <= 0 || luck < (-(change as f64) / heat).exp()
    }

    fn swap_two(&mut self, dice: &mut Dice, r: usize, limit: i64, heat: f64) {
        let open = self.board.open(r);
        let (p, q) = (open[dice.below(open.len())], open[dice.below(open.len())]);
        if !self.may_swap(r, p, q) || self.board.cost + i64::from(self.board.delta(r, p, q)) > limit {
            return;
        }
        let change = self.swap(r, p, q);
        if !Self::accepts(change, heat, dice) {
            self.swap(r, p, q);
        }
    }

    fn may_swap(&self, r: usize, p: u16, q: u16) -> bool {
        let free = |seat| self.board.block(r, self.board.at(r, seat)) == 0;
        let apart = self.board.span(r, p) != self.board.span(r, q);
        apart && (!self.board.careful(r, p, q) || (free(p) && free(q) && self.board.ranged_delta(r, p, q) <= 0))
    }

    /// Swaps and keeps the books; returns the change of imbalance.
    fn swap(&mut self, r: usize, p: u16, q: u16) -> i64 {
        let delta = self.board.delta(r, p, q);
        self.board.swap(r, p, q, delta);
        let mut change = 0;
        for seat in [p, q] {
            let first = r * self.board.n + usize::from(self.board.span(r, seat).0);
            let cost = self.team_cost(r, seat);
            change += cost - self.cost_of[first];
            self.cost_of[first] = cost;
        }
        self.cost += change;
        change
    }

    fn relabel(&mut self, dice: &mut Dice, limit: i64, heat: f64) {
        let a = dice.below(self.board.n) as PersonIx;
        let b = dice.below(self.board.n) as PersonIx;
        let before = self.cost;
        self.undo.clear();
        let mut allowed = a != b;
        for r in 0..self.board.rounds {
            let (p, q) = (self.board.place(r, a), self.board.place(r, b));
            if !allowed || p == NONE || q == NONE || self.board.span(r, p) == self.board.span(r, q) {
                continue;
            }
            let open = self.board.open(r);
            allowed = open.binary_search(&p).is_ok() && open.binary_search(&q).is_ok() && self.may_swap(r, p, q);
            if allowed {
                self.swap(r, p, q);
                self.undo.push((r, p, q));
            }
        }
        if !(allowed && self.board.cost <= limit && Self::accepts(self.cost - before, heat, dice)) {
            while let Some((r, p, q)) = self.undo.pop() {
                self.swap(r, p, q);
            }
        }
    }
}
