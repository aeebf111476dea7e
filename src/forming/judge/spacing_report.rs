//! What a plan is worth in turns in the smaller team, and in how late people meet again.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use serde::{Deserialize, Serialize};

use crate::bounds::least_overlap;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::quality::spacing::lateness::{SMALLEST, SOON};
use crate::quality::spacing::shares::{Shares, TURN, deviations};

/// How soon people meet again, and whose turn it was in the smaller team.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SpacingReport {
    /// Pairs together again after one round or two, the plan's with each other and with past ones.
    pub soon: i64,
    /// What `soon` cannot be below: the overlaps that the sizes of neighbouring rounds force.
    pub least_soon: i64,
    /// Whole teams of three or more that are there again.
    pub same_teams: i64,
    /// What else was found where meeting again late and new teams stand against each other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Turns in the smaller team; absent where no round of the plan has teams of different sizes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turns: Option<TurnReport>,
}

/// How evenly turns in the smaller team are shared out.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TurnReport {
    /// The largest difference between two people's turns, each beside their share.
    pub spread: f64,
    /// What counting shows the spread cannot be below.
    pub least_spread: f64,
    /// Everybody's turns, past included.
    pub people: BTreeMap<String, Turns>,
}

/// Somebody's turns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Turns {
    /// How often they were in a smaller team; twice for a team that is two short.
    pub times: i64,
    /// How often it would be if all who were there took equal turns.
    pub share: f64,
}

/// The report on the spacing of a plan.
pub(super) fn spacing_report(problem: &Problem, plan: &[Teams]) -> SpacingReport {
    let (soon, same_teams) = again(problem, plan);
    SpacingReport {
        soon,
        least_soon: least_soon(problem, plan),
        same_teams,
        note: None,
        turns: Shares::matter(plan).then(|| turn_report(problem, plan)),
    }
}

/// Turns of everybody in these rounds.
fn times(problem: &Problem, rounds: &[&Teams]) -> Vec<i64> {
    let mut times = vec![0; problem.size()];
    for teams in rounds {
        let largest = teams.iter().map(Vec::len).max().unwrap_or(0);
        for team in *teams {
            team.iter()
                .for_each(|&person| times[usize::from(person)] += (largest - team.len()) as i64);
        }
    }
    times
}

fn turn_report(problem: &Problem, plan: &[Teams]) -> TurnReport {
    let past: Vec<&Teams> = problem.past.iter().map(|round| &round.teams).collect();
    let before = times(problem, &past);
    let all = times(problem, &past.into_iter().chain(plan).collect::<Vec<_>>());
    let deviations = deviations(problem, plan);
    let spread = |of: &[i64]| {
        let (least, most) = (of.iter().min().unwrap_or(&0), of.iter().max().unwrap_or(&0));
        ((most - least) as f64 / TURN as f64 * 100.0).round() / 100.0
    };
    // The evenest that the turns of the plan can be shared out: to whoever has had the fewest and is there.
    let mut evenest: Vec<i64> = (deviations.iter().zip(&all).zip(&before))
        .map(|((deviation, all), before)| deviation - (all - before) * TURN)
        .collect();
    let mut left = vec![0; problem.size()];
    for teams in plan {
        let sizes = || teams.iter().map(Vec::len);
        let most = sizes().max().unwrap_or(0) - sizes().min().unwrap_or(0);
        teams
            .iter()
            .flatten()
            .for_each(|&person| left[usize::from(person)] += most);
    }
    let turns: i64 = all.iter().zip(&before).map(|(all, before)| all - before).sum();
    let mut order: BinaryHeap<_> = evenest.iter().copied().zip(0..).map(Reverse).collect();
    for _ in 0..turns {
        while order.peek().is_some_and(|&Reverse((_, person))| left[person] == 0) {
            order.pop();
        }
        if let Some(mut next) = order.peek_mut() {
            let person = next.0.1;
            evenest[person] += TURN;
            left[person] -= 1;
            next.0.0 += TURN;
        }
    }
    let share = |person: usize| (all[person] as f64 - deviations[person] as f64 / TURN as f64).max(0.0);
    let turns_of = |person: usize| Turns {
        times: all[person],
        share: (share(person) * 100.0).round() / 100.0,
    };
    TurnReport {
        spread: spread(&deviations),
        least_spread: spread(&evenest),
        people: (0..problem.size())
            .map(|person| (problem.name(person as u16).to_owned(), turns_of(person)))
            .collect(),
    }
}

/// All rounds in the order of weeks, each with whether it is planned.
fn in_order<'a>(problem: &'a Problem, plan: &'a [Teams]) -> Vec<(u32, bool, &'a Teams)> {
    let past = problem.past.iter().map(|round| (round.week, false, &round.teams));
    let planned = problem.rounds.iter().zip(plan);
    let mut all: Vec<_> = past
        .chain(planned.map(|(round, teams)| (round.week, true, teams)))
        .collect();
    all.sort_by_key(|&(week, ..)| week);
    all
}

/// Pairs together again soon, and whole teams that are there again.
pub(crate) fn again(problem: &Problem, plan: &[Teams]) -> (i64, i64) {
    let rounds = in_order(problem, plan);
    let team_of = |teams: &Teams| {
        let mut of = vec![None; problem.size()];
        for (t, team) in teams.iter().enumerate() {
            team.iter()
                .for_each(|&person| of[usize::from(person)] = Some((t, team.len())));
        }
        of
    };
    let teams: Vec<_> = rounds.iter().map(|(_, _, teams)| team_of(teams)).collect();
    let (mut soon, mut same) = (0, 0);
    for (later, &(_, is_planned, own)) in rounds.iter().enumerate() {
        for earlier in (0..later).filter(|&earlier| is_planned || rounds[earlier].1) {
            let of = |person: u16| teams[earlier][usize::from(person)];
            for team in own {
                let mut together = 0;
                for (i, &a) in team.iter().enumerate() {
                    together += team[..i].iter().filter(|&&b| of(a).is_some() && of(a) == of(b)).count();
                }
                let size = team.len();
                let is_whole =
                    together == size * (size.max(1) - 1) / 2 && of(team[0]).is_some_and(|(_, other)| other == size);
                same += i64::from(size >= SMALLEST && is_whole);
                soon += if later - earlier <= SOON { together as i64 } else { 0 };
            }
        }
    }
    (soon, same)
}

/// The overlaps that the sizes of planned rounds force with rounds up to two before them, of the same people.
fn least_soon(problem: &Problem, plan: &[Teams]) -> i64 {
    let rounds = in_order(problem, plan);
    let people = |teams: &Teams| {
        let mut people = teams.concat();
        people.sort_unstable();
        people
    };
    let sizes = |teams: &Teams| teams.iter().map(Vec::len).collect::<Vec<_>>();
    let mut least = 0;
    for (later, &(_, is_planned, own)) in rounds.iter().enumerate() {
        for &(_, was_planned, other) in &rounds[later.saturating_sub(SOON)..later] {
            if (is_planned || was_planned) && people(own) == people(other) {
                least += least_overlap(&sizes(own), &sizes(other));
            }
        }
    }
    least
}
