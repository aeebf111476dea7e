//! Annealing of roles by chains: two roles change places along the path on which they alternate.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::assignment::{RoleAssignment, Seat};
use crate::rng::FastRng;

/// Temperatures of the search, and how many there are.
const HOT: f64 = 6.0;
const COLD: f64 = 0.5;
const STEPS: usize = 250;
/// Trials at each temperature for every seat that is not well filled.
const TRIALS_EACH: usize = 32;
/// Trials at each temperature at most: so many, or one for so many seats.
const TRIALS_MOST: usize = 300;
const SEATS_A_TRIAL: usize = 8;
/// As if so many more were not well filled, so that the search does not starve near its end.
const SOME: usize = 8;
/// Seats that change roles together at most.
const LONGEST: usize = 64;

/// How a path leaves a seat.
#[derive(Clone, Copy)]
enum Walk {
    ByGroup,
    ByBlock,
}

impl Walk {
    fn other(self) -> Self {
        match self {
            Self::ByGroup => Self::ByBlock,
            Self::ByBlock => Self::ByGroup,
        }
    }
}

/// Seats whose roles change together.
struct Path {
    seats: Vec<usize>,
    /// Which seats are on it.
    on: Vec<bool>,
    /// Whose they are.
    people: Vec<usize>,
}

impl Path {
    /// For so many seats.
    fn new(seats: usize) -> Self {
        Self {
            seats: Vec::with_capacity(LONGEST),
            on: vec![false; seats],
            people: Vec::with_capacity(LONGEST),
        }
    }

    fn begin(&mut self, seat: usize) {
        for s in self.seats.drain(..) {
            self.on[s] = false;
        }
        self.push(seat);
    }

    fn push(&mut self, seat: usize) {
        self.on[seat] = true;
        self.seats.push(seat);
    }

    fn note_people(&mut self, seats: &[Seat]) {
        self.people.clear();
        self.people.extend(self.seats.iter().map(|&s| seats[s].person));
        self.people.sort_unstable();
        self.people.dedup();
    }
}

impl RoleAssignment {
    /// Annealing of changes that leave every team's coverage as it is, by [`Self::try_change`].
    pub(super) fn improve(&mut self, rng: &mut FastRng) {
        let mut cost: i64 = (0..self.timeline.len()).map(|p| self.role_cost(p)).sum();
        let mut best = (cost, self.roles());
        let mut path = Path::new(self.seats.len());
        let most = TRIALS_MOST.max(self.seats.len() / SEATS_A_TRIAL);
        for step in 0..STEPS {
            let improvable = self.improvable_seats();
            if improvable.is_empty() {
                break;
            }
            let heat = HOT * (COLD / HOT).powf(step as f64 / STEPS as f64);
            for trial in 0..((improvable.len() + SOME) * TRIALS_EACH).min(most) {
                // Half of the trials go to others, who may have what is wanted.
                let s = match trial % 2 {
                    0 => improvable[rng.below(improvable.len())],
                    _ => rng.below(self.seats.len()),
                };
                cost += self.try_change(s, heat, rng, &mut path);
            }
            if cost < best.0 {
                best = (cost, self.roles());
            }
        }
        self.take(&best.1);
    }

    fn take(&mut self, roles: &[usize]) {
        self.seats
            .iter_mut()
            .zip(roles)
            .for_each(|(seat, &role)| seat.role = role);
    }

    /// Gives a seat another role; returns what that changed.
    ///
    /// Whoever of the group has that role takes the old one. Half of the time that is all; otherwise the
    /// two roles change along the whole path on which they alternate between blocks and groups (Kempe's
    /// chain in König's graph), so that blocks without a repeat stay so. Where the end alone counts there
    /// is no need to.
    fn try_change(&mut self, s: usize, heat: f64, rng: &mut FastRng, path: &mut Path) -> i64 {
        let (old, new) = (self.seats[s].role, rng.below(self.k));
        if old == new {
            return 0;
        }
        let most = if self.weights.at_the_end || rng.below(2) == 0 {
            2
        } else {
            LONGEST
        };
        path.begin(s);
        let closed = self.walk(path, Walk::ByGroup, new, most);
        if most == LONGEST && !closed {
            self.walk(path, Walk::ByBlock, new, most);
        }
        if path.seats.len() == LONGEST {
            return 0;
        }
        path.note_people(&self.seats);
        let sum = |assignment: &Self| -> i64 { path.people.iter().map(|&p| assignment.role_cost(p)).sum() };
        let before = sum(self);
        self.exchange(&path.seats, old, new);
        let change = sum(self) - before;
        let luck = (rng.bits() >> 40) as f64 / (1_u64 << 24) as f64;
        if change <= 0 || luck < (-(change as f64) / heat).exp() {
            return change;
        }
        self.exchange(&path.seats, old, new);
        0
    }

    /// Follows the path of two roles from its first seat, which is to get `wanted`, until it ends or has
    /// so many seats; tells whether it came back.
    fn walk(&self, path: &mut Path, first: Walk, mut wanted: usize, most: usize) -> bool {
        let (mut at, mut step) = (path.seats[0], first);
        while path.seats.len() < most {
            let seat = &self.seats[at];
            let has = |t: &usize| self.seats[*t].role == wanted;
            let next = match step {
                Walk::ByGroup => self.groups[seat.group].iter().copied().find(has),
                Walk::ByBlock => {
                    let mut turns = self.timeline[seat.person].iter().copied();
                    turns.find(|t| self.seats[*t].block == seat.block && has(t))
                }
            };
            let Some(next) = next else { return false };
            if path.on[next] {
                return next == path.seats[0];
            }
            path.push(next);
            (wanted, at, step) = (seat.role, next, step.other());
        }
        false
    }

    fn exchange(&mut self, path: &[usize], old: usize, new: usize) {
        for &s in path {
            let role = &mut self.seats[s].role;
            *role = if *role == old { new } else { old };
        }
    }
}
