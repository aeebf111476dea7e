//! What a plan is compared with: teams drawn at random, and teams made week by week without looking
//! ahead. Both meet every hard demand; neither is meant to be good.

use std::ops::ControlFlow;

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::input::problem::Problem;
use crate::input::round::PastRound;
use crate::input::teams::{RolePlan, Teams, sizes_of};
use crate::judge::evaluate::evaluate;
use crate::judge::report::Report;
use crate::plan::Plan;
use crate::quality::roles::rotate::rotate;
use crate::rng::FastRng;
use crate::search::anneal::MoveBudget;
use crate::search::few_repeats::{mend, random_plan};
use crate::search::state::ScheduleState;

/// Teams drawn at random among those that meet the demands, with roles drawn at random too. `None`
/// when the demands cannot be met.
#[must_use]
pub fn at_random(problem: &Problem, seed: u64) -> Option<Plan> {
    let mut rng = rng(seed);
    let sizes: Vec<Vec<usize>> = problem.rounds.iter().map(|round| round.sizes.clone()).collect();
    let teams = random_plan(problem, &sizes, &mut rng)?;
    let roles = match problem.roles.len() {
        0 => RolePlan::new(),
        roles => random_roles(roles, &teams, &mut rng),
    };
    Some(Plan { teams, roles })
}

/// Each week the best teams that swaps of two people lead to, by what has happened so far and nothing
/// else; the later weeks take what is left. `None` when the demands cannot be met.
#[must_use]
pub fn week_by_week(problem: &Problem, seed: u64) -> Option<Plan> {
    let mut rng = rng(seed);
    let mut so_far = problem.clone();
    let mut plan = Plan::default();
    for round in &problem.rounds {
        so_far.rounds = vec![round.clone()];
        let sizes = [round.sizes.clone()];
        let mut state = ScheduleState::new(&so_far, &random_plan(&so_far, &sizes, &mut rng)?);
        let mut budget = MoveBudget {
            spent: 0,
            limit: u64::MAX,
            watch: &mut |_, _| ControlFlow::Continue(()),
            stopped: false,
        };
        mend(&mut state, &mut rng, 0, &mut budget);
        let teams = state.plan();
        let roles = rotate(&so_far, &teams, &mut rng);
        so_far.past.push(PastRound::of(round.week, &teams, &roles));
        plan.teams.extend(teams);
        plan.roles.extend(roles);
    }
    Some(plan)
}

/// What any plan of the problem is worth.
#[must_use]
pub fn judge(problem: &Problem, plan: &Plan) -> Report {
    evaluate(problem, plan).report
}

fn rng(seed: u64) -> FastRng {
    FastRng::from_rng(&mut ChaCha8Rng::seed_from_u64(seed))
}

/// Each team gets the roles in random order.
fn random_roles(roles: usize, plan: &[Teams], rng: &mut FastRng) -> RolePlan {
    let mut of_team = |size: usize| {
        let mut drawn: Vec<usize> = (0..roles).collect();
        rng.shuffle(&mut drawn);
        drawn.into_iter().cycle().take(size).collect()
    };
    sizes_of(plan)
        .iter()
        .map(|sizes| sizes.iter().map(|&size| of_team(size)).collect())
        .collect()
}
