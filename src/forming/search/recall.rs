//! A plan made before is found again: who plans a course week by week with one seed ends where planning it at once does.

use std::collections::BTreeMap;

use crate::input::people::PersonIx;
use crate::input::problem::Problem;
use crate::input::teams::Teams;
use crate::plan::Plan;
use crate::search::state::{ScheduleState, choose2};

/// The whole course, past rounds to be planned too, when the past may be the beginning of a plan made
/// by the same seed: then the plan that was made is found again and carried on, and planning week by
/// week ends where planning at once does. A past with the repeats of random teams is nobody's plan.
pub(crate) fn whole_of(problem: &Problem) -> Option<Problem> {
    let next = problem.rounds.iter().map(|round| round.week).min()?;
    let is_beginning = problem.past.iter().all(|past| past.week < next);
    if problem.past.is_empty() || !is_beginning || problem.previous.iter().any(Option::is_some) {
        return None;
    }
    let mut whole = problem.clone();
    whole.past = Vec::new();
    whole.rounds = problem.past.iter().map(|past| past.as_round(problem.size())).collect();
    let past: Vec<Teams> = problem.past.iter().map(|round| round.teams.clone()).collect();
    let repeats = ScheduleState::new(&whole, &past).cost as f64;
    let meetings = past
        .iter()
        .flatten()
        .map(|team| choose2(team.len() as u16) as f64)
        .sum::<f64>();
    let at_random = meetings * meetings / problem.size().pow(2).max(1) as f64 + 1.0;
    whole.rounds.extend(problem.rounds.iter().cloned());
    whole.rounds.sort_by_key(|round| round.week);
    whole.previous = vec![None; whole.rounds.len()];
    (repeats < at_random).then_some(whole)
}

/// What a plan of the whole course has for the rounds still to come, if it has the past as it was.
pub(crate) fn rest_of(problem: &Problem, plan: Plan) -> Option<Plan> {
    let past = problem.past.len();
    let as_it_was = problem
        .past
        .iter()
        .zip(&plan.teams)
        .all(|(round, teams)| same_teams(&round.teams, teams));
    let same_roles = problem.past.iter().enumerate().all(|(r, round)| {
        let planned = plan.teams.get(r).into_iter().flatten().flatten();
        let roles = plan.roles.get(r).into_iter().flatten().flatten();
        let planned: BTreeMap<_, _> = planned.zip(roles).collect();
        round
            .roles
            .iter()
            .all(|(person, role)| planned.get(person) == Some(&role))
    });
    let teams = plan.teams.into_iter().skip(past).collect();
    let roles = plan.roles.into_iter().skip(past).collect();
    (as_it_was && same_roles).then_some(Plan { teams, roles })
}

fn same_teams(first: &Teams, second: &Teams) -> bool {
    let sorted = |team: &Vec<PersonIx>| {
        let mut team = team.clone();
        team.sort_unstable();
        team
    };
    first.iter().map(sorted).eq(second.iter().map(sorted))
}
