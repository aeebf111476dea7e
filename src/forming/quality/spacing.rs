//! Shares of the smaller teams and lateness of repeats together, kept up to date swap by swap, and the search for both
//! among plans with as few repeats.
#![expect(
    clippy::indexing_slicing,
    reason = "the innermost loop of the search, on validated indices"
)]

use std::sync::LazyLock;

use crate::input::problem::Problem;
use crate::quality::lateness::Lateness;
use crate::quality::shares::{Shares, TURN};
use crate::rng::FastRng;
use crate::search::anneal::{BLOCK_MOVES, MoveBudget, matching};
use crate::search::state::{ScheduleState, Seating};

/// What it weighs, in units of lateness, that somebody's turns are one from their share.
const SHARE: i64 = 96;
/// No swap is looked at that would have to save more than this by lateness.
const MOST_SAVED: i64 = 1_200;
/// Tries at handing on one turn before the next person's.
const TRIES: usize = 16;
/// Temperatures of one cooling.
const STEPS: u64 = 256;
/// Shares are kept in squares of parts of a turn.
const SQUARE: i64 = TURN * TURN;

/// How everybody's turns and meetings lie.
pub(crate) struct Spacing {
    /// Turns in the smaller team, if there are any.
    shares: Option<Shares>,
    lateness: Lateness,
}

impl Spacing {
    /// Of a schedule.
    pub(crate) fn new(problem: &Problem, state: &ScheduleState) -> Self {
        Self {
            shares: Shares::matter(&state.plan()).then(|| Shares::new(problem, state)),
            lateness: Lateness::new(problem, state),
        }
    }

    /// Counts anew.
    pub(crate) fn recount(&mut self, problem: &Problem, state: &ScheduleState) {
        if let Some(shares) = &mut self.shares {
            shares.recount(problem, &state.plan());
        }
        self.lateness.recount(state);
    }

    /// How uneven turns are.
    pub(crate) fn shares(&self) -> i64 {
        self.shares.as_ref().map_or(0, |shares| shares.cost)
    }

    /// How soon repeats come.
    pub(crate) fn lateness(&self) -> &Lateness {
        &self.lateness
    }

    /// Both in one number, with the price of a unit of lateness and of one of shares.
    pub(crate) fn cost(&self, late_price: i64, price: i64) -> i64 {
        Self::weigh((self.shares(), self.lateness.cost), late_price, price)
    }

    /// Whether there is nothing to improve.
    pub(crate) fn is_idle(&self) -> bool {
        self.shares.as_ref().is_none_or(Shares::are_even) && self.lateness.to_save() == 0
    }

    /// What a swap of two people of different teams changes: shares and lateness.
    #[inline]
    pub(crate) fn change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> (i64, i64) {
        (self.shares_change(state, r, p, q), self.lateness.change(state, r, p, q))
    }

    /// The same if `takes` takes it. Lateness is the dear part, so it is not looked at where all it could save would not do.
    #[inline]
    pub(crate) fn change_within(
        &self,
        state: &ScheduleState,
        r: usize,
        p: u16,
        q: u16,
        takes: impl Fn((i64, i64)) -> bool,
    ) -> Option<(i64, i64)> {
        let shares = self.shares_change(state, r, p, q);
        if !takes((shares, -self.lateness.to_save().min(MOST_SAVED))) {
            return None;
        }
        Some((shares, self.lateness.change(state, r, p, q))).filter(|&change| takes(change))
    }

    #[inline]
    fn shares_change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> i64 {
        self.shares.as_ref().map_or(0, |shares| shares.change(state, r, p, q))
    }

    /// The weight of such a change.
    #[inline]
    pub(crate) fn weigh((shares, lateness): (i64, i64), late_price: i64, price: i64) -> i64 {
        shares * (SHARE * price) / SQUARE + lateness * late_price
    }

    /// Notes a swap that is about to be made.
    #[inline]
    pub(crate) fn swap(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16, (shares, lateness): (i64, i64)) {
        if let Some(all) = &mut self.shares {
            all.swap(state, r, p, q, shares);
        }
        self.lateness.swap(state, r, p, q, lateness);
    }
}

/// How a plan is searched, in units of lateness.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cooling {
    /// What a repeat weighs.
    repeat: i64,
    /// From which temperature, over which, to which.
    hot: f64,
    warm: f64,
    cold: f64,
}

/// Where plans with as few repeats are many, most of the search is for the best spaced among them.
pub(crate) const MANY: Cooling = Cooling {
    repeat: 160,
    hot: 60.0,
    warm: 32.0,
    cold: 4.0,
};
/// Where they are few, most of it is for as few repeats, or fewer.
pub(crate) const FEW: Cooling = Cooling {
    repeat: 800,
    hot: 280.0,
    warm: 160.0,
    cold: 4.0,
};
/// The part of the temperatures above warm.
const ABOVE_WARM: f64 = 0.7;

/// Anneals repeats, shares and lateness together in so many moves. Leaves the schedule as it was, or with fewer repeats,
/// or with as many and better spaced.
pub(crate) fn anneal(
    problem: &Problem,
    state: &mut ScheduleState,
    rng: &mut FastRng,
    cooling: Cooling,
    moves: u64,
    budget: &mut MoveBudget<'_>,
) {
    let Cooling { hot, warm, cold, .. } = cooling;
    let rounds: Vec<usize> = (0..state.rounds).filter(|&r| state.open(r).len() > 1).collect();
    let mut spacing = Spacing::new(problem, state);
    share_out(state, &mut spacing, rng);
    if rounds.is_empty() || spacing.is_idle() {
        return;
    }
    let worth = |state: &ScheduleState, spacing: &Spacing| (state.cost, spacing.shares(), spacing.lateness.cost);
    let mut best: ((i64, i64, i64), Seating) = (worth(state, &spacing), state.seating().clone());
    let each = (moves / STEPS).max(1);
    for step in 0..STEPS {
        let part = step as f64 / (STEPS - 1) as f64;
        let heat = if part < ABOVE_WARM {
            hot * (warm / hot).powf(part / ABOVE_WARM)
        } else {
            warm * (cold / warm).powf((part - ABOVE_WARM) / (1.0 - ABOVE_WARM))
        };
        for _ in 0..each {
            if one_move(state, &mut spacing, rng, &rounds, (cooling.repeat, heat as f32)) && state.cost <= best.0.0 {
                let own = worth(state, &spacing);
                if own < best.0 {
                    best.0 = own;
                    best.1.copy_from_slice(state.seating());
                }
            }
        }
        if !budget.spend(each, state.cost) {
            break;
        }
    }
    state.restore(&best.1);
}

/// Descent on the turns of those who have had too many: cheap, and enough where there is much room.
fn share_out(state: &mut ScheduleState, spacing: &mut Spacing, rng: &mut FastRng) {
    for r in 0..state.rounds {
        for i in 0..state.open(r).len() {
            for _ in 0..TRIES {
                let open = state.open(r);
                let (p, q) = (open[i], open[rng.below(open.len())]);
                if !spacing
                    .shares
                    .as_ref()
                    .is_some_and(|shares| shares.has_too_many(state, r, p))
                {
                    break;
                }
                let is_open =
                    state.span(r, p) != state.span(r, q) && (!state.careful(r, p, q) || state.is_free(r, p, q));
                if !is_open || spacing.shares_change(state, r, p, q) >= 0 {
                    continue;
                }
                let repeats = state.delta(r, p, q);
                if repeats <= 0 {
                    let change = spacing.change(state, r, p, q);
                    spacing.swap(state, r, p, q, change);
                    state.swap(r, p, q, repeats);
                }
            }
        }
    }
}

/// Tries one swap; tells whether it was made and brought the cost down.
#[inline]
fn one_move(
    state: &mut ScheduleState,
    spacing: &mut Spacing,
    rng: &mut FastRng,
    rounds: &[usize],
    (repeat, heat): (i64, f32),
) -> bool {
    let bits = rng.bits();
    let part = |shift: u32, end: usize| (((bits >> shift) & 0xffff) as usize * end) >> 16;
    let r = rounds[part(0, rounds.len())];
    let open = state.open(r);
    let (p, q) = (open[part(16, open.len())], open[part(32, open.len())]);
    if state.span(r, p) == state.span(r, q) {
        return false;
    }
    // What may be added at most, by the luck of this move.
    let most = (heat * luck(bits)) as i64;
    if state.careful(r, p, q) {
        return rng.bits() & BLOCK_MOVES == 0 && blocks_move(state, spacing, rng, (r, p, q), repeat, most);
    }
    let repeats = state.delta(r, p, q);
    let weight = repeat * i64::from(repeats);
    let total = |change| weight + Spacing::weigh(change, 1, 1);
    let Some(change) = spacing.change_within(state, r, p, q, |change| total(change) <= most) else {
        return false;
    };
    spacing.swap(state, r, p, q, change);
    state.swap(r, p, q, repeats);
    total(change) < 0
}

/// Tries to let the blocks on two seats change places; tells whether they did and brought the cost down.
fn blocks_move(
    state: &mut ScheduleState,
    spacing: &mut Spacing,
    rng: &mut FastRng,
    (r, p, q): (usize, u16, u16),
    repeat: i64,
    most: i64,
) -> bool {
    let Some(swaps) = matching(state, rng, r, p, q) else {
        return false;
    };
    let mut swap = |&(p, q): &(u16, u16)| {
        let (ranged, repeats, change) = (
            state.ranged_delta(r, p, q),
            state.delta(r, p, q),
            spacing.change(state, r, p, q),
        );
        spacing.swap(state, r, p, q, change);
        state.swap(r, p, q, repeats);
        repeat * i64::from(repeats + ranged) + Spacing::weigh(change, 1, 1)
    };
    let total: i64 = swaps.iter().map(&mut swap).sum();
    if total > most {
        swaps.iter().rev().for_each(|seats| {
            swap(seats);
        });
        return false;
    }
    total < 0
}

/// An exponentially distributed number, by the highest twelve of some random bits: what it is worth to accept, at a
/// temperature of one.
#[inline]
pub(crate) fn luck(bits: u64) -> f32 {
    LUCK[(bits >> 52) as usize]
}

static LUCK: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let part = |i: i32| (f64::from(i) + 0.5) / 4096.0;
    (0..4096).map(|i| -part(i).ln() as f32).collect()
});

#[cfg(test)]
mod tests {
    use rand::SeedableRng;
    use rand_chacha::ChaCha8Rng;

    use super::Spacing;
    use crate::input::case::{Case, Person, PlanRound, TeamsOfWeek};
    use crate::input::problem::Problem;
    use crate::rng::FastRng;
    use crate::search::few_repeats::random_plan;
    use crate::search::state::ScheduleState;

    /// Increments agree with counting anew, whatever is swapped, beside a past and beyond one word of rounds.
    #[test]
    fn changes_add_up() {
        let id = |i: usize| i.to_string();
        let weeks = 60;
        let round = |week| PlanRound {
            week,
            sizes: Some(vec![5, 4, 3]),
            ..PlanRound::default()
        };
        let past = |week| TeamsOfWeek {
            week,
            teams: vec![
                (0..4).map(id).collect(),
                (4..7).map(id).collect(),
                (7..12).map(id).collect(),
            ],
            ..TeamsOfWeek::default()
        };
        let case = Case {
            people: (0..12)
                .map(|i| Person {
                    id: id(i),
                    ..Person::default()
                })
                .collect(),
            history: vec![past(1), past(20), past(100)],
            plan: (2..20).chain(21..=weeks).map(round).collect(),
            ..Case::default()
        };
        let problem = Problem::new(&case).unwrap();
        let rounds = problem.rounds.len();
        let mut rng = FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(1));
        let plan = random_plan(&problem, &vec![vec![5, 4, 3]; rounds], &mut rng).unwrap();
        let mut state = ScheduleState::new(&problem, &plan);
        let mut spacing = Spacing::new(&problem, &state);
        for _ in 0..2_000 {
            let (r, p, q) = (rng.below(rounds), rng.below(12) as u16, rng.below(12) as u16);
            if state.span(r, p) != state.span(r, q) {
                let change = spacing.change(&state, r, p, q);
                spacing.swap(&state, r, p, q, change);
                let delta = state.delta(r, p, q);
                state.swap(r, p, q, delta);
            }
        }
        let anew = Spacing::new(&problem, &state);
        assert_eq!(spacing.shares(), anew.shares());
        assert_eq!(spacing.lateness().cost, anew.lateness().cost);
        assert!(anew.lateness().cost > 0 && anew.shares() > 0);
    }
}
