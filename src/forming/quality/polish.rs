//! What costs no repeat: changes that leave the number of repeats within a limit.
//!
//! Two moves do it: swapping two people in one round where that costs no repeat, and *relabelling*,
//! that is letting two people change places in every round in which both are present, which leaves
//! the meeting matrix of a plan without a past as it is, up to names. Where roles are searched too,
//! members of one team exchange theirs.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::RolePlan;
use crate::quality::bands::balance::BREACH;
use crate::quality::books::{Books, Score};
use crate::rng::Dice;
use crate::search::anneal::Meter;
use crate::search::board::{Board, NONE, Seating};

/// One move in so many is a relabelling.
const RELABEL: u64 = 4;
/// The hottest and the coldest temperature, in units of imbalance, while repeats may not rise.
const RIGID: (f64, f64) = (BREACH as f64 / 4.0, 20_000.0);
/// The same while repeats above the limit cost as much as a broken band each.
const LOOSE: (f64, f64) = (BREACH as f64 * 0.6, BREACH as f64 * 0.15);
const STEPS: u64 = 128;
/// No single move may add more repeats than this, whatever it does for balance.
const FAR: i64 = 16;

/// Balances a board without letting its repeats exceed a limit.
pub(crate) struct Polish<'a> {
    board: &'a mut Board,
    books: Books<'a>,
    undo: Vec<(usize, u16, u16)>,
    /// Those whose roles could be spread better.
    troubled: Vec<PersonIx>,
    limit: i64,
    /// What a repeat above the limit costs; `None` when there may be none.
    price: Option<i64>,
}

impl<'a> Polish<'a> {
    /// For balance and the cool-down, and for roles if there are any here.
    pub(crate) fn new(problem: &'a Problem, sizes: &[Vec<usize>], board: &'a mut Board, roles: &RolePlan) -> Self {
        let books = Books::new(problem, sizes, board, roles);
        Self {
            board,
            books,
            undo: Vec::new(),
            troubled: Vec::new(),
            limit: 0,
            price: None,
        }
    }

    /// Whether there is nothing to improve.
    pub(crate) fn is_idle(&self) -> bool {
        self.books.is_idle()
    }

    /// How good the board is as it stands.
    pub(crate) fn score(&self) -> Score {
        self.books.score(self.board)
    }

    /// The roles, if they are searched.
    pub(crate) fn role_plan(&mut self) -> Option<RolePlan> {
        Some(self.books.ledger()?.role_plan(self.board))
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

    /// The same where the cool-down and roles want it: a repeat above the limit costs twice as much, for
    /// there are fewer plans to come back to.
    pub(crate) fn run_rest(&mut self, dice: &mut Dice, limit: i64, moves: u64, meter: &mut Meter<'_>) {
        self.limit = limit;
        self.price = Some(2 * BREACH);
        self.cool(dice, LOOSE, moves, meter);
    }

    fn cool(&mut self, dice: &mut Dice, (hot, cold): (f64, f64), moves: u64, meter: &mut Meter<'_>) {
        let rounds: Vec<usize> = (0..self.board.rounds)
            .filter(|&r| self.board.open(r).len() > 1)
            .collect();
        if rounds.is_empty() {
            return;
        }
        let mut best = self.kept();
        let each = (moves / STEPS).max(1);
        for step in 0..STEPS {
            let part = step as f64 / (STEPS - 1) as f64;
            let heat = hot * (cold / hot).powf(part);
            self.troubled = self
                .books
                .ledger()
                .map_or_else(Vec::new, |ledger| ledger.troubled(self.board));
            for i in 0..each {
                self.one_move(dice, &rounds, heat, i);
            }
            // Kept once a temperature: the last ones, where the best plans are, are nearly still.
            if self.board.cost <= self.limit && self.score() < best.score {
                best = self.kept();
            }
            if !meter.spend(each, self.board.cost) {
                break;
            }
        }
        self.board.restore(&best.seating);
        self.books.restore(self.board, &best.titles);
    }

    fn kept(&self) -> Kept {
        Kept {
            score: self.score(),
            seating: self.board.seating().clone(),
            titles: self.books.titles(),
        }
    }

    fn one_move(&mut self, dice: &mut Dice, rounds: &[usize], heat: f64, i: u64) {
        if self.price.is_none() && i.is_multiple_of(RELABEL) {
            return self.relabel(dice, heat);
        }
        let r = rounds[dice.below(rounds.len())];
        let open = self.board.open(r);
        let (mut p, q) = (open[dice.below(open.len())], open[dice.below(open.len())]);
        if i.is_multiple_of(2) && !self.troubled.is_empty() {
            let place = self.board.place(r, self.troubled[dice.below(self.troubled.len())]);
            // Who is locked stays, however troubled.
            p = if open.binary_search(&place).is_ok() { place } else { p };
        }
        if self.board.span(r, p) == self.board.span(r, q) {
            self.exchange_roles(dice, (r, p, q), heat);
        } else {
            self.swap_two(dice, (r, p, q), heat);
        }
    }

    /// What repeats above the limit cost.
    fn penalty(&self, repeats: i64) -> i64 {
        self.price.map_or(0, |price| price * (repeats - self.limit).max(0))
    }

    /// What is annealed: the books, and repeats above the limit at their price.
    fn cost(&self) -> i64 {
        self.books.cost() + self.penalty(self.board.cost)
    }

    fn accepts(change: i64, heat: f64, dice: &mut Dice) -> bool {
        let luck = (dice.bits() >> 11) as f64 / (1_u64 << 53) as f64;
        change <= 0 || luck < (-(change as f64) / heat).exp()
    }

    fn swap_two(&mut self, dice: &mut Dice, (r, p, q): (usize, u16, u16), heat: f64) {
        if !self.may_swap(r, p, q) {
            return;
        }
        let delta = i64::from(self.board.delta(r, p, q));
        if delta > FAR || (self.price.is_none() && self.board.cost + delta > self.limit) {
            return;
        }
        let penalty = self.penalty(self.board.cost + delta) - self.penalty(self.board.cost);
        if Self::accepts(self.books.change(self.board, r, p, q) + penalty, heat, dice) {
            self.books.swap(self.board, r, p, q);
        }
    }

    /// Two members of a team change roles, or one takes a role that the team leaves out.
    fn exchange_roles(&mut self, dice: &mut Dice, (r, p, q): (usize, u16, u16), heat: f64) {
        let Some(ledger) = self.books.ledger() else {
            return;
        };
        if p != q {
            if !ledger.are_grouped(self.board, r, p, q) {
                return;
            }
            let change = ledger.exchange_change(self.board, r, p, q);
            if Self::accepts(Books::weigh(change), heat, dice) {
                ledger.exchange(self.board, r, p, q);
            }
        } else if let Some(role) = ledger.spare(self.board, dice, r, p) {
            let change = ledger.retitle_change(self.board, r, p, role);
            if Self::accepts(Books::weigh(change), heat, dice) {
                ledger.retitle(self.board, r, p, role);
            }
        }
    }

    fn may_swap(&self, r: usize, p: u16, q: u16) -> bool {
        let free = |seat| self.board.block(r, self.board.at(r, seat)) == 0;
        !self.board.careful(r, p, q) || (free(p) && free(q) && self.board.ranged_delta(r, p, q) <= 0)
    }

    fn relabel(&mut self, dice: &mut Dice, heat: f64) {
        let a = dice.below(self.board.n) as PersonIx;
        let b = dice.below(self.board.n) as PersonIx;
        let before = self.cost();
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
                self.books.swap(self.board, r, p, q);
                self.undo.push((r, p, q));
            }
        }
        let within = self.board.cost <= self.limit + self.price.map_or(0, |_| FAR);
        if !(allowed && within && Self::accepts(self.cost() - before, heat, dice)) {
            while let Some((r, p, q)) = self.undo.pop() {
                self.books.swap(self.board, r, p, q);
            }
        }
    }
}

/// The best plan so far.
struct Kept {
    score: Score,
    seating: Seating,
    titles: Vec<u8>,
}
