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
use crate::quality::objective::{Aims, Objective, Score};
use crate::quality::space_out::luck;
use crate::rng::FastRng;
use crate::search::anneal::MoveBudget;
use crate::search::few_repeats::mend;
use crate::search::state::{NONE, ScheduleState, Seating};

/// One move in so many is a relabelling.
const RELABEL: u64 = 4;
/// The hottest and the coldest temperature, in units of imbalance, while repeats may not rise.
const RIGID: (f64, f64) = (BREACH as f64 / 4.0, 20_000.0);
/// The same while repeats above the limit cost as much as a broken band each.
const LOOSE: (f64, f64) = (BREACH as f64 * 0.6, BREACH as f64 * 0.15);
const STEPS: u64 = 128;
/// No single move may add more repeats than this, whatever it does for balance.
const FAR: i64 = 16;

/// Improves balance, lateness and roles of a schedule without letting its repeats exceed a limit.
pub(crate) struct Refiner<'a> {
    state: &'a mut ScheduleState,
    objective: Objective<'a>,
    undo: Vec<(usize, u16, u16)>,
    /// Those whose roles could be spread better.
    improvable: Vec<PersonIx>,
    limit: i64,
    /// What a repeat above the limit costs; `None` when there may be none.
    price: Option<i64>,
}

impl<'a> Refiner<'a> {
    /// For some aims.
    pub(crate) fn new(
        problem: &'a Problem,
        sizes: &[Vec<usize>],
        state: &'a mut ScheduleState,
        aims: Aims<'_>,
    ) -> Self {
        let objective = Objective::new(problem, sizes, state, aims);
        Self {
            state,
            objective,
            undo: Vec::new(),
            improvable: Vec::new(),
            limit: 0,
            price: None,
        }
    }

    /// How good the schedule is as it stands.
    pub(crate) fn score(&self) -> Score {
        self.objective.score(self.state)
    }

    /// The roles, if they are searched.
    pub(crate) fn role_plan(&mut self) -> Option<RolePlan> {
        Some(self.objective.role_state()?.role_plan(self.state))
    }

    /// Anneals the imbalance in so many moves, repeats staying within `limit`.
    pub(crate) fn run(&mut self, rng: &mut FastRng, limit: i64, moves: u64, budget: &mut MoveBudget<'_>) {
        self.limit = limit;
        self.price = None;
        self.cool(rng, RIGID, moves, budget);
    }

    /// Anneals repeats and imbalance together: where plans with the fewest repeats are many, this
    /// finds better balanced ones among them. Ends where it began if it does not.
    pub(crate) fn run_loose(&mut self, rng: &mut FastRng, limit: i64, moves: u64, budget: &mut MoveBudget<'_>) {
        self.limit = limit;
        self.price = Some(BREACH);
        self.cool(rng, LOOSE, moves, budget);
    }

    /// The same where the cool-down and roles want it: a repeat above the limit costs twice as much, for
    /// there are fewer plans to come back to.
    pub(crate) fn run_rest(&mut self, rng: &mut FastRng, limit: i64, moves: u64, budget: &mut MoveBudget<'_>) {
        self.limit = limit;
        self.price = Some(2 * BREACH);
        self.cool(rng, LOOSE, moves, budget);
    }

    fn cool(&mut self, rng: &mut FastRng, (hot, cold): (f64, f64), moves: u64, budget: &mut MoveBudget<'_>) {
        let rounds: Vec<usize> = (0..self.state.rounds)
            .filter(|&r| self.state.open(r).len() > 1)
            .collect();
        if rounds.is_empty() {
            return;
        }
        let mut best = self.kept();
        let each = (moves / STEPS).max(1);
        for step in 0..STEPS {
            let part = step as f64 / (STEPS - 1) as f64;
            let heat = hot * (cold / hot).powf(part);
            self.improvable = self
                .objective
                .role_state()
                .map_or_else(Vec::new, |role_state| role_state.improvable(self.state));
            for i in 0..each {
                self.one_move(rng, &rounds, heat, i);
            }
            // Kept once a temperature: the last ones, where the best plans are, are nearly still.
            if self.state.cost <= self.limit && self.score() < best.score {
                best = self.kept();
            }
            if !budget.spend(each, self.state.cost) {
                break;
            }
        }
        if self.state.cost > self.limit && !budget.stopped {
            // A few repeats too many, as among a thousand people, are mended sooner than waited for.
            mend(self.state, rng, self.limit, budget);
            let seat_roles = self.objective.seat_roles();
            self.objective.restore(self.state, &seat_roles);
            if self.state.cost <= self.limit && self.score() < best.score {
                best = self.kept();
            }
        }
        self.state.restore(&best.seating);
        self.objective.restore(self.state, &best.seat_roles);
    }

    fn kept(&self) -> Kept {
        Kept {
            score: self.score(),
            seating: self.state.seating().clone(),
            seat_roles: self.objective.seat_roles(),
        }
    }

    fn one_move(&mut self, rng: &mut FastRng, rounds: &[usize], heat: f64, i: u64) {
        if self.price.is_none() && i.is_multiple_of(RELABEL) {
            return self.relabel(rng, heat);
        }
        let r = rounds[rng.below(rounds.len())];
        let open = self.state.open(r);
        let (mut p, q) = (open[rng.below(open.len())], open[rng.below(open.len())]);
        if i.is_multiple_of(2) && !self.improvable.is_empty() {
            let place = self.state.place(r, self.improvable[rng.below(self.improvable.len())]);
            // Who is locked stays, however improvable.
            p = if open.binary_search(&place).is_ok() { place } else { p };
        }
        if self.state.span(r, p) == self.state.span(r, q) {
            self.exchange_roles(rng, (r, p, q), heat);
        } else {
            self.swap_two(rng, (r, p, q), heat);
        }
    }

    /// What repeats above the limit cost.
    fn penalty(&self, repeats: i64) -> i64 {
        self.price.map_or(0, |price| price * (repeats - self.limit).max(0))
    }

    /// What is annealed: the objective, and repeats above the limit at their price.
    fn cost(&self) -> i64 {
        self.objective.cost() + self.penalty(self.state.cost)
    }

    /// What may be added at most, by the luck of a move.
    fn most(heat: f64, rng: &mut FastRng) -> i64 {
        (heat * f64::from(luck(rng.bits()))) as i64
    }

    fn swap_two(&mut self, rng: &mut FastRng, (r, p, q): (usize, u16, u16), heat: f64) {
        if !self.may_swap(r, p, q) {
            return;
        }
        let delta = i64::from(self.state.delta(r, p, q));
        if delta > FAR || (self.price.is_none() && self.state.cost + delta > self.limit) {
            return;
        }
        let penalty = self.penalty(self.state.cost + delta) - self.penalty(self.state.cost);
        let most = Self::most(heat, rng) - penalty;
        if self.objective.change(self.state, r, p, q, most).is_some() {
            self.objective.swap(self.state, r, p, q);
        }
    }

    /// Two members of a team change roles, or one takes a role that the team leaves out.
    fn exchange_roles(&mut self, rng: &mut FastRng, (r, p, q): (usize, u16, u16), heat: f64) {
        let Some(role_state) = self.objective.role_state() else {
            return;
        };
        if p != q {
            if !role_state.are_grouped(self.state, r, p, q) {
                return;
            }
            let change = role_state.exchange_change(self.state, r, p, q);
            if Objective::weigh(change) <= Self::most(heat, rng) {
                role_state.exchange(self.state, r, p, q);
            }
        } else if let Some(role) = role_state.spare(self.state, rng, r, p) {
            let change = role_state.take_role_change(self.state, r, p, role);
            if Objective::weigh(change) <= Self::most(heat, rng) {
                role_state.take_role(self.state, r, p, role);
            }
        }
    }

    fn may_swap(&self, r: usize, p: u16, q: u16) -> bool {
        !self.state.careful(r, p, q) || self.state.is_free(r, p, q)
    }

    fn relabel(&mut self, rng: &mut FastRng, heat: f64) {
        let a = rng.below(self.state.n) as PersonIx;
        let b = rng.below(self.state.n) as PersonIx;
        let before = self.cost();
        self.undo.clear();
        let mut allowed = a != b;
        for r in 0..self.state.rounds {
            let (p, q) = (self.state.place(r, a), self.state.place(r, b));
            if !allowed || p == NONE || q == NONE || self.state.span(r, p) == self.state.span(r, q) {
                continue;
            }
            let open = self.state.open(r);
            allowed = open.binary_search(&p).is_ok() && open.binary_search(&q).is_ok() && self.may_swap(r, p, q);
            if allowed {
                self.objective.swap(self.state, r, p, q);
                self.undo.push((r, p, q));
            }
        }
        let within = self.state.cost <= self.limit + self.price.map_or(0, |_| FAR);
        if !(allowed && within && self.cost() - before <= Self::most(heat, rng)) {
            while let Some((r, p, q)) = self.undo.pop() {
                self.objective.swap(self.state, r, p, q);
            }
        }
    }
}

/// The best plan so far.
struct Kept {
    score: Score,
    seating: Seating,
    seat_roles: Vec<u8>,
}
