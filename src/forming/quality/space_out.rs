//! The search for well spaced plans among those with as few repeats.
#![expect(
    clippy::indexing_slicing,
    reason = "the innermost loop of the search, on validated indices"
)]

use std::sync::LazyLock;

use crate::input::problem::Problem;
use crate::quality::spacing::{Prices, Spacing, SpacingScore};
use crate::rng::FastRng;
use crate::search::anneal::{BLOCK_MOVES, MoveBudget, drawn, matching};
use crate::search::state::{ScheduleState, Seating};

/// Tries at handing on one turn before the next person's.
const TRIES: usize = 16;
/// Temperatures of one cooling.
const STEPS: u64 = 256;
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
    let worth = |state: &ScheduleState, spacing: &Spacing| (state.cost, spacing.score(problem));
    let mut best: ((i64, SpacingScore), Seating) = (worth(state, &spacing), state.seating().clone());
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
                if !spacing.has_too_many_turns(state, r, p) {
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
    let Some((r, p, q)) = drawn(state, bits, rounds) else {
        return false;
    };
    // What may be added at most, by the luck of this move.
    let most = (heat * luck(bits)) as i64;
    if state.careful(r, p, q) {
        return rng.bits() & BLOCK_MOVES == 0 && blocks_move(state, spacing, rng, (r, p, q), repeat, most);
    }
    let repeats = state.delta(r, p, q);
    let weight = repeat * i64::from(repeats);
    let Some((change, own)) = spacing.change_within(state, (r, p, q), Prices::UNITS, most - weight) else {
        return false;
    };
    spacing.swap(state, r, p, q, change);
    state.swap(r, p, q, repeats);
    weight + own < 0
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
        let weight = spacing.weigh(change, Prices::UNITS);
        spacing.swap(state, r, p, q, change);
        state.swap(r, p, q, repeats);
        repeat * i64::from(repeats + ranged) + weight
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
