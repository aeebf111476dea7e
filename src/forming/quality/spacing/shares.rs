//! Whose turn it is in the smaller team: everybody gets their share of it, the past counted.
//!
//! A *turn* is a round in a team that is one short of the largest of its round, two turns one in a team that is two
//! short, and so on. Somebody's share is the mean of the turns of those who are there, summed over the rounds they are
//! there in, so that who is absent or joins late owes nothing. Turns are kept as deviations from that share.
#![expect(
    clippy::indexing_slicing,
    reason = "dense tables by validated indices, in the search loop"
)]

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::search::state::ScheduleState;

/// One turn: shares are rounded to such parts of one.
pub(crate) const TURN: i64 = 64;

/// How far everybody's turns are from their share.
pub(crate) struct Shares {
    /// The largest team of each round planned.
    largest: Vec<usize>,
    /// Turns minus share, in parts of a turn.
    deviation: Vec<i64>,
    /// The sum of squared deviations.
    pub cost: i64,
}

impl Shares {
    /// For a schedule.
    pub(crate) fn new(problem: &Problem, state: &ScheduleState) -> Self {
        let mut shares = Self {
            largest: Vec::new(),
            deviation: Vec::new(),
            cost: 0,
        };
        shares.recount(problem, &state.plan());
        shares
    }

    /// Counts anew.
    pub(crate) fn recount(&mut self, problem: &Problem, plan: &[Teams]) {
        self.deviation = deviations(problem, plan);
        self.largest = plan.iter().map(largest).collect();
        self.cost = self.deviation.iter().map(|d| d * d).sum();
    }

    /// What a swap of two people of different teams changes.
    #[inline]
    pub(crate) fn change(&self, state: &ScheduleState, r: usize, p: u16, q: u16) -> i64 {
        let (first, second) = (state.team(r, p).len() as i64, state.team(r, q).len() as i64);
        // Who goes to a larger team has so many turns fewer.
        let fewer = (second - first) * TURN;
        if fewer == 0 {
            return 0;
        }
        let (a, b) = (
            self.deviation[usize::from(state.at(r, p))],
            self.deviation[usize::from(state.at(r, q))],
        );
        2 * fewer * (b - a + fewer)
    }

    /// Whether the person on a seat has more turns than their share, and one in this round.
    pub(crate) fn has_too_many(&self, state: &ScheduleState, r: usize, seat: u16) -> bool {
        state.team(r, seat).len() < self.largest[r] && self.deviation[usize::from(state.at(r, seat))] > TURN / 2
    }

    /// Notes a swap that is about to be made.
    pub(crate) fn swap(&mut self, state: &ScheduleState, r: usize, p: u16, q: u16, change: i64) {
        self.cost += change;
        let fewer = (state.team(r, q).len() as i64 - state.team(r, p).len() as i64) * TURN;
        self.deviation[usize::from(state.at(r, p))] -= fewer;
        self.deviation[usize::from(state.at(r, q))] += fewer;
    }

    /// Whether nothing that one person hands to another makes turns more even; then nothing does.
    pub(crate) fn are_even(&self) -> bool {
        let (least, most) = (self.deviation.iter().min(), self.deviation.iter().max());
        least.zip(most).is_none_or(|(least, most)| most - least <= TURN)
    }

    /// Whether there are teams of different sizes at all.
    pub(crate) fn matter(plan: &[Teams]) -> bool {
        plan.iter()
            .any(|teams| teams.iter().any(|team| team.len() < largest(teams)))
    }
}

fn largest(teams: &Teams) -> usize {
    teams.iter().map(Vec::len).max().unwrap_or(0)
}

/// Everybody's turns minus their share, past rounds included, in parts of a turn.
pub(crate) fn deviations(problem: &Problem, plan: &[Teams]) -> Vec<i64> {
    let mut deviation = vec![0; problem.size()];
    for teams in problem.past.iter().map(|round| &round.teams).chain(plan) {
        let largest = largest(teams);
        let turns = |team: &Vec<PersonIx>| (largest - team.len()) as i64;
        let all: i64 = teams.iter().map(|team| turns(team) * team.len() as i64).sum();
        let people = teams.iter().map(Vec::len).sum::<usize>().max(1) as i64;
        let share = (all * TURN + people / 2) / people;
        for team in teams {
            for &person in team {
                deviation[usize::from(person)] += turns(team) * TURN - share;
            }
        }
    }
    deviation
}
