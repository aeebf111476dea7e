//! Simulated annealing of whole plans: swaps of two people of one round.
//!
//! The inner loop draws one random number a move, does integer arithmetic only, and allocates
//! nothing.
#![expect(
    clippy::indexing_slicing,
    reason = "the innermost loop of the solver, on validated indices"
)]

use std::ops::ControlFlow;

use crate::rng::FastRng;
use crate::search::state::{LARGEST, NONE, ScheduleState, Seating};

/// Cost increases that are ever accepted: below this one.
const STEEPEST: usize = 64;
/// Moves of blocks cost several times as much as others and seldom pay: one in four is looked at.
pub(crate) const BLOCK_MOVES: u64 = 3;
/// Temperatures of one cooling.
const STEPS: u64 = 256;

/// From which to which temperature, in how many moves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cooling {
    pub hot: f64,
    pub cold: f64,
    pub moves: u64,
}

/// What the search spends and when it stops.
pub(crate) struct MoveBudget<'a> {
    /// Moves made so far.
    pub spent: u64,
    /// Moves that may be made.
    pub limit: u64,
    /// Called every few ten thousand moves with the moves and the cost at hand; may stop the search.
    pub watch: &'a mut dyn FnMut(u64, i64) -> ControlFlow<()>,
    /// Whether `watch` said so.
    pub stopped: bool,
}

impl MoveBudget<'_> {
    /// Counts moves and asks whether to go on.
    pub(crate) fn spend(&mut self, moves: u64, cost: i64) -> bool {
        self.spent += moves;
        if !self.stopped && (self.watch)(self.spent, cost).is_break() {
            self.stopped = true;
        }
        self.goes_on()
    }

    /// Whether there are moves left.
    pub(crate) fn goes_on(&self) -> bool {
        !self.stopped && self.spent < self.limit
    }
}

/// The chance, in 65,536ths, of accepting each increase at a temperature.
fn thresholds(temperature: f64) -> [u32; STEEPEST] {
    std::array::from_fn(|increase| {
        let chance = (-(increase as f64) / temperature).exp();
        (chance * 65_536.0) as u32
    })
}

/// Cools the schedule down; leaves it on the best plan seen, and ends early at `target`.
pub(crate) fn anneal(
    state: &mut ScheduleState,
    rng: &mut FastRng,
    cooling: Cooling,
    target: i64,
    budget: &mut MoveBudget<'_>,
) {
    let rounds: Vec<usize> = (0..state.rounds).filter(|&r| state.open(r).len() > 1).collect();
    if rounds.is_empty() {
        // Where nobody can move another start may still help; that it has an end, the moves count as made.
        budget.spend(cooling.moves.max(1), state.cost);
        return;
    }
    let mut best = Best {
        cost: state.cost,
        seating: state.seating().clone(),
    };
    let each = (cooling.moves / STEPS).max(1);
    for step in 0..STEPS {
        let part = step as f64 / (STEPS - 1) as f64;
        let accept = thresholds(cooling.hot * (cooling.cold / cooling.hot).powf(part));
        for _ in 0..each {
            if step_once(state, rng, &rounds, &accept) && state.cost < best.cost {
                best.keep(state);
                if best.cost <= target {
                    break;
                }
            }
        }
        if !budget.spend(each, best.cost) || best.cost <= target {
            break;
        }
    }
    if best.cost < state.cost {
        state.restore(&best.seating);
    }
}

struct Best {
    cost: i64,
    seating: Seating,
}

impl Best {
    fn keep(&mut self, state: &ScheduleState) {
        self.cost = state.cost;
        self.seating.copy_from_slice(state.seating());
    }
}

/// A round and two of its seats that 48 bits draw; none if they are in one team.
#[inline]
pub(crate) fn drawn(state: &ScheduleState, bits: u64, rounds: &[usize]) -> Option<(usize, u16, u16)> {
    let part = |shift: u32, end: usize| (((bits >> shift) & 0xffff) as usize * end) >> 16;
    let r = rounds[part(0, rounds.len())];
    let open = state.open(r);
    let (p, q) = (open[part(16, open.len())], open[part(32, open.len())]);
    (state.span(r, p) != state.span(r, q)).then_some((r, p, q))
}

/// Tries one move; tells whether it was made and brought the cost down.
#[inline]
fn step_once(state: &mut ScheduleState, rng: &mut FastRng, rounds: &[usize], accept: &[u32; STEEPEST]) -> bool {
    let bits = rng.bits();
    let Some((r, p, q)) = drawn(state, bits, rounds) else {
        return false;
    };
    let luck = (bits >> 48) as u32;
    if state.careful(r, p, q) {
        if rng.bits() & BLOCK_MOVES != 0 {
            return false;
        }
        return exchange(state, rng, r, (p, q), |delta| taken(delta, luck, accept));
    }
    let delta = state.delta(r, p, q);
    if taken(delta, luck, accept) {
        state.swap(r, p, q, delta);
        return delta < 0;
    }
    false
}

#[inline]
fn taken(delta: i32, luck: u32, accept: &[u32; STEEPEST]) -> bool {
    delta <= 0 || accept.get(delta as usize).is_some_and(|&chance| luck < chance)
}

/// Swaps in a round where people may be tied together: a block goes as a whole, against as many
/// people of the other team. Undone unless `accept` takes the total. Tells whether the cost fell.
pub(crate) fn exchange(
    state: &mut ScheduleState,
    rng: &mut FastRng,
    r: usize,
    (p, q): (u16, u16),
    accept: impl Fn(i32) -> bool,
) -> bool {
    let Some(swaps) = matching(state, rng, r, p, q) else {
        return false;
    };
    if !state.ranged(r) {
        let total = state.delta_groups(r, swaps.iter());
        let taken = accept(total);
        if taken {
            swap_all(state, r, &swaps);
        }
        return taken && total < 0;
    }
    let total = swap_all(state, r, &swaps);
    if accept(total) {
        return total < 0;
    }
    swap_all(state, r, &swaps);
    false
}

/// Makes the swaps; returns what they add, pairs of this round only included. Made twice, they undo
/// themselves.
fn swap_all(state: &mut ScheduleState, r: usize, swaps: &Swaps) -> i32 {
    let mut total = 0;
    for &(p, q) in swaps.iter() {
        let ranged = state.ranged_delta(r, p, q);
        let delta = state.delta(r, p, q);
        state.swap(r, p, q, delta);
        total += delta + ranged;
    }
    total
}

/// The seats to swap one by one so that the blocks on seats `p` and `q` change places.
pub(crate) fn matching(state: &ScheduleState, rng: &mut FastRng, r: usize, p: u16, q: u16) -> Option<Swaps> {
    let (mut first, mut second) = (Group::around(state, r, p), Group::around(state, r, q));
    while first.len != second.len {
        let (short, wanted) = if first.len < second.len {
            (&mut first, second.len)
        } else {
            (&mut second, first.len)
        };
        short.grow(state, rng, r, wanted)?;
    }
    let mut swaps = Swaps {
        pairs: [(NONE, NONE); LARGEST],
        len: first.len,
    };
    for i in 0..first.len {
        swaps.pairs[i] = (first.seats[i], second.seats[i]);
    }
    Some(swaps)
}

/// Pairs of seats.
pub(crate) struct Swaps {
    pairs: [(u16, u16); LARGEST],
    len: usize,
}

impl Swaps {
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &(u16, u16)> + Clone {
        self.pairs[..self.len].iter()
    }
}

/// Seats of one team that hold whole blocks.
struct Group {
    seats: [u16; LARGEST],
    len: usize,
}

impl Group {
    fn around(state: &ScheduleState, r: usize, seat: u16) -> Self {
        let mut group = Self {
            seats: [NONE; LARGEST],
            len: 0,
        };
        group.add_block(state, r, seat);
        group
    }

    fn add_block(&mut self, state: &ScheduleState, r: usize, seat: u16) {
        let block = state.block(r, state.at(r, seat));
        let (from, to) = state.span(r, seat);
        for s in from..to {
            let same = s == seat || (block != 0 && state.block(r, state.at(r, s)) == block);
            if same && self.len < LARGEST {
                self.seats[self.len] = s;
                self.len += 1;
            }
        }
    }

    /// Adds a random further block of the same team that does not make the group larger than wanted.
    fn grow(&mut self, state: &ScheduleState, rng: &mut FastRng, r: usize, wanted: usize) -> Option<()> {
        let (from, to) = state.span(r, self.seats[0]);
        let start = rng.below(usize::from(to - from)) as u16;
        let mut others = (from + start..to).chain(from..from + start);
        let next = others.find(|&s| {
            let member = state.at(r, s);
            let block = state.block(r, member);
            let size = (from..to).filter(|&t| t == s || (block != 0 && state.block(r, state.at(r, t)) == block));
            let open = state.open(r).binary_search(&s).is_ok();
            open && !self.seats[..self.len].contains(&s) && self.len + size.count() <= wanted
        })?;
        self.add_block(state, r, next);
        Some(())
    }
}
