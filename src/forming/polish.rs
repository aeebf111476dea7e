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
use super::rules::need::Need;

/// One move in so many is a relabelling.
const RELABEL: u64 = 4;
/// The hottest and the coldest temperature, in units of imbalance, while repeats may not rise.
const RIGID: (f64, f64) = (BREACH as f64 / 4.0, 20_000.0);
/// The same while repeats above the limit cost as much as a broken band each.
const LOOSE: (f64, f64) = (BREACH as f64 * 0.6, BREACH as f64 * 0.15);
const STEPS: u64 = 128;
/// What it costs that somebody cannot have a role they lack: it would be made up for by no band.
const SHORTFALL: i64 = 2 * BREACH;
/// No single move may add more repeats than this, whatever it does for balance.
const FAR: i64 = 16;

/// Balances a board without letting its repeats exceed a limit.
pub(crate) struct Polish<'a> {
    problem: &'a Problem,
    board: &'a mut Board,
    yardsticks: Vec<Yardstick>,
    need: Need,
    /// The cost of each team, at its first seat.
    cost_of: Vec<i64>,
    /// Breaches first, then imbalance, of the whole plan.
    pub cost: i64,
    undo: Vec<(usize, u16, u16)>,
    /// A team as it would be.
    team: Vec<PersonIx>,
    limit: i64,
    /// What a repeat above the limit costs; `None` when there may be none.
    price: Option<i64>,
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
            need: Need::new(problem),
            cost_of: vec![0; cells],
            cost: 0,
            undo: Vec::new(),
            team: Vec::new(),
            limit: 0,
            price: None,
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
        self.cost_with(r, self.board.team(r, seat))
    }

    fn cost_with(&self, r: usize, team: &[PersonIx]) -> i64 {
        self.problem.balance.cost(&self.yardsticks[r], team) + i64::from(self.need.shortfall(r, team)) * SHORTFALL
    }

    /// Whether any team has members who cannot have a role that they lack.
    pub(crate) fn lacks_roles(&self) -> bool {
        !self.need.is_empty()
            && (0..self.board.rounds).any(|r| {
                let seats = (0..self.board.n as u16).filter(|&s| self.board.at(r, s) != NONE);
                let mut firsts = seats.filter(|&s| self.board.span(r, s).0 == s);
                firsts.any(|s| self.need.shortfall(r, self.board.team(r, s)) > 0)
            })
    }

    /// Whether there is nothing to improve.
    pub(crate) fn is_idle(&self) -> bool {
        self.problem.balance.is_trivial() && !self.lacks_roles()
    }

    /// Anneals the imbalance in so many moves, repeats staying within `limit`.
    pub(crate) fn run(&mut self, dice: &mut Dice, limit: i64, moves: u64, meter: &mut Meter<'_>) {
        self.limit = limit;
        self.price = None;
        self.cool(dice, RIGID, moves, meter);
    }

    /// Anneals repeats and imbalance together: where plans with the fewest repeats are many, this
    /// finds better balanced ones among them. Ends where it began if it does not.
    pub(crate) fn run_loose(&mut self, dice: &mut Dice, limit: i64, moves: u64, meter: &mut Meter<'_>) {
        self.limit = limit;
        self.price = Some(BREACH);
        self.cool(dice, LOOSE, moves, meter);
    }

    fn cool(&mut self, dice: &mut Dice, (hot, cold): (f64, f64), moves: u64, meter: &mut Meter<'_>) {
        let rounds: Vec<usize> = (0..self.board.rounds)
            .filter(|&r| self.board.open(r).len() > 1)
            .collect();
        if rounds.is_empty() {
            return;
        }
        let mut best: (i64, i64, Seating) = (self.cost, self.board.cost, self.board.seating().clone());
        let each = (moves / STEPS).max(1);
        for step in 0..STEPS {
            let part = step as f64 / (STEPS - 1) as f64;
            let heat = hot * (cold / hot).powf(part);
            for i in 0..each {
                if self.price.is_none() && i.is_multiple_of(RELABEL) {
                    self.relabel(dice, heat);
                } else {
                    let r = rounds[dice.below(rounds.len())];
                    self.swap_two(dice, r, heat);
                }
            }
            // Kept once a temperature: the last ones, where the best plans are, are nearly still.
            if self.cost < best.0 && self.board.cost <= self.limit {
                best = (self.cost, self.board.cost, self.board.seating().clone());
            }
            if !meter.spend(each, self.board.cost) {
                break;
            }
        }
        self.board.restore(&best.2);
        self.recount();
    }

    /// What repeats above the limit cost.
    fn penalty(&self, repeats: i64) -> i64 {
        self.price.map_or(0, |price| price * (repeats - self.limit).max(0))
    }

    /// What is annealed: imbalance, and repeats above the limit at their price.
    fn balance(&self) -> i64 {
        self.cost + self.penalty(self.board.cost)
    }

    fn accepts(change: i64, heat: f64, dice: &mut Dice) -> bool {
        let luck = (dice.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        change <= 0 || luck < (-(change as f64) / heat).exp()
    }

    fn swap_two(&mut self, dice: &mut Dice, r: usize, heat: f64) {
        let open = self.board.open(r);
        let (p, q) = (open[dice.below(open.len())], open[dice.below(open.len())]);
        if !self.may_swap(r, p, q) {
            return;
        }
        let delta = i64::from(self.board.delta(r, p, q));
        if delta > FAR || (self.price.is_none() && self.board.cost + delta > self.limit) {
            return;
        }
        let change = self.change(r, p, q) + self.penalty(self.board.cost + delta) - self.penalty(self.board.cost);
        if Self::accepts(change, heat, dice) {
            self.swap(r, p, q);
        }
    }

    /// What a swap would change in the imbalance.
    fn change(&mut self, r: usize, p: u16, q: u16) -> i64 {
        let (a, b) = (self.board.at(r, p), self.board.at(r, q));
        let mut change = 0;
        for (seat, out, new) in [(p, a, b), (q, b, a)] {
            self.team.clear();
            let members = self.board.team(r, seat).iter();
            self.team
                .extend(members.map(|&mate| if mate == out { new } else { mate }));
            change += self.cost_with(r, &self.team);
            change -= self.cost_of[r * self.board.n + usize::from(self.board.span(r, seat).0)];
        }
        change
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

    fn relabel(&mut self, dice: &mut Dice, heat: f64) {
        let a = dice.below(self.board.n) as PersonIx;
        let b = dice.below(self.board.n) as PersonIx;
        let before = self.balance();
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
        let within = self.board.cost <= self.limit + self.price.map_or(0, |_| FAR);
        if !(allowed && within && Self::accepts(self.balance() - before, heat, dice)) {
            while let Some((r, p, q)) = self.undo.pop() {
                self.swap(r, p, q);
            }
        }
    }
}
