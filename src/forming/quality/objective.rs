//! What a plan is worth beyond its repeats, kept up to date swap by swap while it is searched:
//! shares of the smaller teams, how late people meet again, the balance of each team, and everybody's roles.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::RolePlan;
use crate::quality::bands::balance::{BREACH, BandLimits};
use crate::quality::roles::state::RoleState;
use crate::quality::spacing::{Prices, Spacing};
use crate::search::state::{NONE, ScheduleState};

/// What a unit of spacing costs: no band makes up for meeting again after two rounds.
const SPACING: i64 = BREACH / 24;
const PRICES: Prices = Prices {
    shares: SPACING,
    late: SPACING,
};
/// The same where repeats are traded for balance.
const TRADED: Prices = Prices {
    shares: SPACING,
    late: SPACING / 64,
};
/// What a unit of the roles' cost weighs.
const ROLE_COST: i64 = BREACH / 8;

/// What is looked after besides repeats.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Aims<'a> {
    /// Shares of the smaller teams, how late people meet again, and balance.
    Balance,
    /// Balance and shares, where repeats are traded for them: lateness is told, and weighs little.
    TradeOff,
    /// All of these, and these roles.
    Roles(&'a RolePlan),
}

/// How good a plan is, in order of importance; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Score {
    shares: i64,
    soon: i64,
    bands: u32,
    role_cost: i64,
    late: i64,
    imbalance: i64,
}

impl Score {
    /// Whether roles are as even as can be, and none twice running.
    pub(crate) fn is_rotated(&self) -> bool {
        self.role_cost == 0
    }
}

/// Everything but the repeats that a schedule is judged by, kept up to date swap by swap.
pub(crate) struct Objective<'a> {
    problem: &'a Problem,
    limits: Vec<BandLimits>,
    /// Whether balance counts.
    is_balanced: bool,
    /// The balance of each team, at its first seat.
    cost_of: Vec<i64>,
    /// The balance of all teams.
    balance: i64,
    spacing: Spacing,
    prices: Prices,
    /// Whether lateness comes before balance.
    is_late_first: bool,
    role_state: Option<RoleState>,
    /// A team as it would be.
    team: Vec<PersonIx>,
}

impl<'a> Objective<'a> {
    /// Of a schedule.
    pub(crate) fn new(problem: &'a Problem, sizes: &[Vec<usize>], state: &ScheduleState, aims: Aims<'_>) -> Self {
        let rounds = problem.rounds.iter().zip(sizes);
        let mut objective = Self {
            problem,
            is_balanced: !problem.balance.is_trivial(),
            limits: rounds
                .map(|(round, sizes)| problem.balance.limits(round, sizes))
                .collect(),
            cost_of: vec![0; state.n * state.rounds],
            balance: 0,
            spacing: Spacing::new(problem, state),
            prices: if matches!(aims, Aims::TradeOff) { TRADED } else { PRICES },
            is_late_first: !matches!(aims, Aims::TradeOff),
            role_state: match aims {
                Aims::Roles(roles) if !roles.is_empty() => Some(RoleState::new(problem, state, roles)),
                _ => None,
            },
            team: Vec::new(),
        };
        objective.recount(state);
        objective
    }

    fn recount(&mut self, state: &ScheduleState) {
        self.balance = 0;
        for (r, seat) in first_seats(state) {
            let cost = self.team_cost(r, state.team(r, seat));
            self.cost_of[r * state.n + usize::from(seat)] = cost;
            self.balance += cost;
        }
        self.spacing.recount(self.problem, state);
    }

    fn team_cost(&self, r: usize, team: &[PersonIx]) -> i64 {
        if !self.is_balanced {
            return 0;
        }
        self.problem.balance.cost(&self.limits[r], team)
    }

    /// All of it in one number, for annealing.
    pub(crate) fn cost(&self) -> i64 {
        let role_cost = self.role_state.as_ref().map_or(0, |role_state| role_state.role_cost);
        self.balance + self.spacing.cost(self.prices) + role_cost * ROLE_COST
    }

    /// All of it in order.
    pub(crate) fn score(&self, state: &ScheduleState) -> Score {
        let bands = first_seats(state).filter(|_| self.is_balanced).map(|(r, seat)| {
            let breaches = self.problem.balance.breaches(&self.limits[r], state.team(r, seat));
            breaches.total()
        });
        let bands = bands.sum();
        Score {
            shares: self.spacing.shares(),
            soon: if self.is_late_first {
                self.spacing.lateness().soon(state)
            } else {
                0
            },
            bands,
            role_cost: self.role_state.as_ref().map_or(0, |role_state| role_state.role_cost),
            late: self.spacing.lateness().cost(),
            imbalance: self.balance - i64::from(bands) * BREACH,
        }
    }

    /// What swapping the people on two seats of different teams would change; `None` if that is more than `most`.
    pub(crate) fn change(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16, most: i64) -> Option<i64> {
        let (a, b) = (state.at(r, p), state.at(r, q));
        let mut change = 0;
        for (seat, out, new) in [(p, a, b), (q, b, a)].into_iter().filter(|_| self.is_balanced) {
            self.team.clear();
            let members = state.team(r, seat).iter();
            self.team
                .extend(members.map(|&mate| if mate == out { new } else { mate }));
            change += self.team_cost(r, &self.team);
            change -= self.cost_of[r * state.n + usize::from(state.span(r, seat).0)];
        }
        let role_state = self.role_state.as_ref();
        let role_state = role_state.map_or(0, |role_state| role_state.exchange_change(state, r, p, q));
        change += role_state * ROLE_COST;
        let (_, spacing) = self
            .spacing
            .change_within(state, (r, p, q), self.prices, most - change)?;
        Some(change + spacing)
    }

    /// Swaps the people on two seats of different teams, in the schedule and in the objective.
    pub(crate) fn swap(&mut self, state: &mut ScheduleState, r: usize, p: u16, q: u16) {
        let spacing = self.spacing.change(state, r, p, q);
        self.spacing.swap(state, r, p, q, spacing);
        if let Some(role_state) = &mut self.role_state {
            role_state.change_seats(state, r, p, q);
        }
        let delta = state.delta(r, p, q);
        state.swap(r, p, q, delta);
        for seat in [p, q] {
            let first = r * state.n + usize::from(state.span(r, seat).0);
            let cost = self.team_cost(r, state.team(r, seat));
            self.balance += cost - self.cost_of[first];
            self.cost_of[first] = cost;
        }
    }

    /// The roles, if they are looked after.
    pub(crate) fn role_state(&mut self) -> Option<&mut RoleState> {
        self.role_state.as_mut()
    }

    /// The weight of a change of roles.
    pub(crate) fn weigh(role_cost: i64) -> i64 {
        role_cost * ROLE_COST
    }

    /// The roles by seat, to come back to.
    pub(crate) fn seat_roles(&self) -> Vec<u8> {
        self.role_state
            .as_ref()
            .map_or_else(Vec::new, |role_state| role_state.seat_roles().to_vec())
    }

    /// Counts anew after the schedule went back to an earlier seating, with the roles by seat of that time.
    pub(crate) fn restore(&mut self, state: &ScheduleState, seat_roles: &[u8]) {
        self.recount(state);
        if let Some(role_state) = &mut self.role_state {
            role_state.restore(state, seat_roles);
        }
    }
}

/// The first seat of every team.
fn first_seats(state: &ScheduleState) -> impl Iterator<Item = (usize, u16)> + '_ {
    let of_round = move |r: usize| {
        let seats = (0..state.n as u16).take_while(move |&seat| state.at(r, seat) != NONE);
        seats
            .filter(move |&seat| state.span(r, seat).0 == seat)
            .map(move |seat| (r, seat))
    };
    (0..state.rounds).flat_map(of_round)
}
