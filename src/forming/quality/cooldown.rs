//! The cool-down: rounds that should lie between two meetings of a pair.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::search::state::{NONE, ScheduleState};

/// Meetings that come too soon after another of the same pair, or too soon before it.
pub(crate) struct Cooldown {
    people: usize,
    /// For each round of the plan, the planned rounds that are too near.
    near: Vec<Vec<usize>>,
    /// The same for past rounds: for each, the team of everybody.
    past: Vec<Vec<usize>>,
    past_teams: Vec<Vec<u16>>,
    /// Pairs of meetings too near each other, past ones among themselves left out.
    pub too_soon: i64,
}

impl Cooldown {
    /// For a schedule; `None` when the case asks for no cool-down.
    pub(crate) fn new(problem: &Problem, state: &ScheduleState) -> Option<Self> {
        let between = usize::from(problem.min_rounds_between);
        if between == 0 {
            return None;
        }
        let mut weeks: Vec<u32> = problem.past.iter().map(|round| round.week).collect();
        weeks.extend(problem.rounds.iter().map(|round| round.week));
        weeks.sort_unstable();
        let rank = |week: u32| weeks.partition_point(|&other| other < week);
        let too_near = |a: u32, b: u32| a != b && rank(a).abs_diff(rank(b)) <= between;
        let planned = || problem.rounds.iter().enumerate();
        let near = planned().map(|(_, round)| {
            let others = planned().filter(|(_, other)| too_near(round.week, other.week));
            others.map(|(s, _)| s).collect()
        });
        let past = planned().map(|(_, round)| {
            let others = problem.past.iter().enumerate();
            others
                .filter(|(_, other)| too_near(round.week, other.week))
                .map(|(s, _)| s)
                .collect()
        });
        let mut cooldown = Self {
            people: state.n,
            near: near.collect(),
            past: past.collect(),
            past_teams: problem
                .past
                .iter()
                .map(|round| team_of(state.n, &round.teams))
                .collect(),
            too_soon: 0,
        };
        cooldown.recount(state);
        Some(cooldown)
    }

    /// Counts anew.
    pub(crate) fn recount(&mut self, state: &ScheduleState) {
        let (mut planned, mut past) = (0, 0);
        for r in 0..state.rounds {
            for seat in (0..self.people as u16).filter(|&seat| state.at(r, seat) != NONE) {
                let (from, person) = (state.span(r, seat).0, state.at(r, seat));
                for mate in (from..seat).map(|s| state.at(r, s)) {
                    planned += self.planned_near(state, r, person, mate);
                    past += self.past_near(r, person, mate);
                }
            }
        }
        self.too_soon = planned / 2 + past;
    }

    fn planned_near(&self, state: &ScheduleState, r: usize, a: PersonIx, b: PersonIx) -> i64 {
        let together = |&&s: &&usize| {
            let (p, q) = (state.place(s, a), state.place(s, b));
            p != NONE && q != NONE && state.span(s, p) == state.span(s, q)
        };
        self.near[r].iter().filter(together).count() as i64
    }

    fn past_near(&self, r: usize, a: PersonIx, b: PersonIx) -> i64 {
        let together = |&&s: &&usize| {
            let teams = &self.past_teams[s];
            teams[usize::from(a)] != NONE && teams[usize::from(a)] == teams[usize::from(b)]
        };
        self.past[r].iter().filter(together).count() as i64
    }

    /// What a swap of two people of different teams changes.
    pub(crate) fn change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> i64 {
        let (a, b) = (state.at(r, p), state.at(r, q));
        let near = |person: PersonIx, seat: u16| -> i64 {
            let mates = state.team(r, seat).iter().filter(|&&mate| mate != a && mate != b);
            mates
                .map(|&mate| match state.met(person, mate) {
                    0 => 0,
                    _ => self.planned_near(state, r, person, mate) + self.past_near(r, person, mate),
                })
                .sum()
        };
        near(a, q) + near(b, p) - near(a, p) - near(b, q)
    }
}

/// The team of everybody in a round.
fn team_of(people: usize, teams: &Teams) -> Vec<u16> {
    let mut team_of = vec![NONE; people];
    for (t, team) in (0..).zip(teams) {
        team.iter().for_each(|&person| team_of[usize::from(person)] = t);
    }
    team_of
}
