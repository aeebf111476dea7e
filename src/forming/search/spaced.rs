//! The step of a solve that spaces a plan: turns in the smaller team, meeting again late, new teams.

use crate::input::problem::Problem;
use crate::input::teams::{Teams, sizes_of};
use crate::judge::spacing_report::{SpacingReport, again};
use crate::quality::order::{RESTARTS, arrange};
use crate::quality::space_out::{FEW, MANY, anneal};
use crate::quality::spacing::{Spacing, SpacingScore};
use crate::search::few_repeats::{is_clean, symmetric};
use crate::search::solve::Run;
use crate::search::state::ScheduleState;

/// The part of the moves that a symmetric schedule may take where repeats were few without.
const SYMMETRIC_PART: u64 = 8;

impl Run<'_> {
    /// Shares of the smaller teams and lateness of repeats, at no cost of repeats. Where repeats were easily few, a
    /// symmetric schedule with as few may be better spaced than any that swaps lead to.
    pub(super) fn spaced(&mut self, problem: &Problem, teams: Vec<Teams>) -> Vec<Teams> {
        let (sizes, repeats, spent) = (sizes_of(&teams), ScheduleState::new(problem, &teams).cost, self.moves);
        let (mut best, least) = self.spaced_once(problem, teams);
        let limit = self.options.effort.moves() / SYMMETRIC_PART;
        if repeats > 0 && is_clean(problem) && spent < limit && !self.stopped {
            let found = self.budgeted(limit, |budget, tools| {
                symmetric(problem, &sizes, repeats, repeats, tools.seeds, budget)
            });
            if let Some(state) = found.filter(|state| state.cost <= repeats) {
                let (other, own) = self.spaced_once(problem, state.plan());
                if own < least {
                    best = other;
                }
            }
        }
        self.other_preference(problem, best)
    }

    /// Where whole teams are there again (or, if new ones are preferred, people soon), searches for plans with as few
    /// repeats that have fewer of them. One that is better is taken; of one that is not it is told.
    fn other_preference(&mut self, problem: &Problem, teams: Vec<Teams>) -> Vec<Teams> {
        let (soon, same_teams) = again(problem, &teams);
        let prefer_new_teams = !problem.rules.prefer_new_teams;
        if self.stopped || (if prefer_new_teams { same_teams } else { soon }) == 0 {
            return teams;
        }
        let mut other_rules = problem.clone();
        other_rules.rules.prefer_new_teams = prefer_new_teams;
        let (other, _) = self.spaced_once(&other_rules, teams.clone());
        let score = |teams: &[Teams]| {
            let state = ScheduleState::new(problem, teams);
            (state.cost, Spacing::new(problem, &state).score(problem))
        };
        if score(&other) < score(&teams) {
            return other;
        }
        self.otherwise = Some(again(problem, &other));
        teams
    }

    /// What is told where meeting again late and new teams stand against each other.
    pub(super) fn note(&self, problem: &Problem, own: &SpacingReport) -> Option<String> {
        let (soon, same_teams) = self.otherwise?;
        let more_soon = format!("{soon} pairs together again soon instead of {}", own.soon);
        let teams = format!("{same_teams} whole teams there again instead of {}", own.same_teams);
        let has_less = if problem.rules.prefer_new_teams {
            soon < own.soon && same_teams > own.same_teams
        } else {
            same_teams < own.same_teams && soon > own.soon
        };
        has_less.then(|| match problem.rules.prefer_new_teams {
            true => format!("without prefer_new_teams there would be {more_soon}, but {teams}"),
            false => format!("with prefer_new_teams there would be {teams}, but {more_soon}"),
        })
    }

    fn spaced_once(&mut self, problem: &Problem, teams: Vec<Teams>) -> (Vec<Teams>, (i64, SpacingScore)) {
        let teams = arrange(problem, teams, RESTARTS, &mut self.rng);
        let mut state = ScheduleState::new(problem, &teams);
        let moves = self.options.effort.spacing_moves(problem.size());
        let coolings = match state.cost <= self.bound {
            true => &[MANY][..],
            false => &[FEW, FEW, MANY],
        };
        for &cooling in coolings {
            self.budgeted(u64::MAX, |budget, tools| {
                anneal(problem, &mut state, tools.rng, cooling, moves, budget);
            });
        }
        let spacing = Spacing::new(problem, &state);
        (state.plan(), (state.cost, spacing.score(problem)))
    }
}
