//! The rules that span rounds, shares of the smaller teams and lateness of repeats, kept up to date swap by swap.

pub(crate) mod lateness;
pub(crate) mod shares;

use std::collections::BTreeMap;

use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::search::state::ScheduleState;
use lateness::{Lateness, LatenessChange};
use shares::{Shares, TURN};

/// What it weighs, in units of lateness, that somebody's turns are one from their share.
const SHARE: i64 = 96;
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

    /// Whether the person on a seat has had more than their share of turns, and has one in this round.
    pub(crate) fn has_too_many_turns(&self, state: &ScheduleState, r: usize, seat: u16) -> bool {
        self.shares
            .as_ref()
            .is_some_and(|shares| shares.has_too_many(state, r, seat))
    }

    /// How soon repeats come.
    pub(crate) fn lateness(&self) -> &Lateness {
        &self.lateness
    }

    /// Both in one number.
    pub(crate) fn cost(&self, prices: Prices) -> i64 {
        prices.of_shares(self.shares()) + self.lateness.cost() * prices.late
    }

    /// What a schedule is worth in both.
    pub(crate) fn score(&self, problem: &Problem) -> SpacingScore {
        let is_preferred = problem.rules.prefer_new_teams;
        SpacingScore {
            shares: self.shares(),
            preferred: if is_preferred { self.lateness.same_teams() } else { 0 },
            lateness: self.lateness.cost(),
        }
    }

    /// Whether turns are shared out as evenly as can be.
    pub(crate) fn has_even_turns(&self) -> bool {
        self.shares.as_ref().is_none_or(Shares::are_even)
    }

    /// Whether there is nothing to improve.
    pub(crate) fn is_idle(&self) -> bool {
        self.has_even_turns() && self.lateness.is_least()
    }

    /// What a swap of two people of different teams changes.
    #[inline]
    pub(crate) fn change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> SpacingChange {
        SpacingChange {
            shares: self.shares_change(state, r, p, q),
            late: self.lateness.change(state, r, p, q),
        }
    }

    /// The same, with its weight, if that is no more than `most`. Lateness is the dear part, so it is not looked at where
    /// all it could save would not do.
    #[inline]
    pub(crate) fn change_within(
        &self,
        state: &ScheduleState,
        (r, p, q): (usize, u16, u16),
        prices: Prices,
        most: i64,
    ) -> Option<(SpacingChange, i64)> {
        let shares = self.shares_change(state, r, p, q);
        if prices.of_shares(shares) - self.lateness.to_save() * prices.late > most {
            return None;
        }
        let late = self.lateness.change(state, r, p, q);
        let change = SpacingChange { shares, late };
        let weight = self.weigh(change, prices);
        (weight <= most).then_some((change, weight))
    }

    #[inline]
    pub(crate) fn shares_change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> i64 {
        self.shares.as_ref().map_or(0, |shares| shares.change(state, r, p, q))
    }

    /// The weight of a change.
    #[inline]
    pub(crate) fn weigh(&self, change: SpacingChange, prices: Prices) -> i64 {
        prices.of_shares(change.shares) + self.lateness.weigh(change.late) * prices.late
    }

    /// Notes a swap that is about to be made.
    #[inline]
    pub(crate) fn swap(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16, change: SpacingChange) {
        if let Some(all) = &mut self.shares {
            all.swap(state, r, p, q, change.shares);
        }
        self.lateness.swap(state, r, p, q, change.late);
    }
}

/// What a swap changes in both.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpacingChange {
    shares: i64,
    late: LatenessChange,
}

/// What a unit of shares and one of lateness cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Prices {
    pub shares: i64,
    pub late: i64,
}

impl Prices {
    pub(crate) const UNITS: Self = Self { shares: 1, late: 1 };

    #[inline]
    fn of_shares(self, shares: i64) -> i64 {
        shares * (SHARE * self.shares) / SQUARE
    }
}

/// How well a schedule is spaced, in order of importance; less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpacingScore {
    shares: i64,
    /// Whole teams that are there again, where new ones are preferred.
    preferred: i64,
    lateness: i64,
}

/// How often the plan misses what was asked of it as a whole, by the names of the rules.
pub(crate) fn missed(problem: &Problem, plan: &[Teams]) -> BTreeMap<String, i64> {
    let mut missed = BTreeMap::new();
    if problem.rules.prefer_new_teams {
        let state = ScheduleState::new(problem, plan);
        let same_teams = Lateness::new(problem, &state).same_teams();
        missed.insert("prefer_new_teams".to_owned(), same_teams);
    }
    missed
}

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
        assert_eq!(spacing.lateness().cost(), anew.lateness().cost());
        assert!(anew.lateness().cost() > 0 && anew.shares() > 0);
    }
}
