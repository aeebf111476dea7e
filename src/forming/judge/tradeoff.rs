//! The trade-off that no plan escapes: what better balance, shares and lateness cost in repeats.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

use crate::input::problem::Problem;
use crate::input::teams::sizes_of;
use crate::judge::report::report_beside;
use crate::options::{Options, Progress, Watch};
use crate::plan::Plan;
use crate::quality::objective::Aims;
use crate::quality::refine::Refiner;
use crate::quality::roles::rotate::rotate;
use crate::rng::FastRng;
use crate::search::anneal::MoveBudget;
use crate::search::state::ScheduleState;

/// How many repeats more than the best plan's the points may have, in thousandths of all meetings; each has one more
/// than the point before at least, however few meetings there are.
const ALLOWANCES: [i64; 10] = [0, 5, 10, 20, 40, 70, 110, 170, 260, 400];

/// A plan that no other on the curve with as few repeats is better than.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TradePoint {
    /// R.
    pub repeats: i64,
    /// The largest difference between two people's turns in the smaller team, each beside their share.
    pub turn_spread: f64,
    /// Pairs together again after one round or two.
    pub soon: i64,
    /// Whole teams that are there again.
    pub same_teams: i64,
    /// Tolerance bands broken.
    pub bands: u32,
    /// The sum of squared deviations from even distribution.
    pub imbalance: f64,
    /// The plan.
    #[serde(skip)]
    pub plan: Plan,
}

/// The curve from a plan with few repeats to plans that are better otherwise: each point has more repeats than the one
/// before, and is better than all before in some respect (turns, lateness, whole teams, bands and imbalance). Where there
/// is nothing to trade it is the plan's point alone.
///
/// `plan` is to be feasible, as [`crate::search::solve`] returns it.
pub fn trade_off(problem: &Problem, plan: &Plan, options: &Options, watch: Watch<'_>) -> Vec<TradePoint> {
    let mut rng = ChaCha8Rng::seed_from_u64(options.seed);
    let mut rng = FastRng::from_rng(&mut rng);
    let mut state = ScheduleState::new(problem, &plan.teams);
    let sizes = sizes_of(&plan.teams);
    let (fewest, each) = (state.cost, options.effort.refine_moves());
    let budget = each * ALLOWANCES.len() as u64;
    let mut relay = |moves, cost| {
        watch(&Progress {
            moves,
            budget,
            best: Some(cost),
            bound: fewest,
        })
    };
    let mut budget = MoveBudget {
        spent: 0,
        limit: budget,
        watch: &mut relay,
        stopped: false,
    };
    let meetings: usize = sizes.iter().flatten().map(|s| s * s.saturating_sub(1) / 2).sum();
    let unavoidable = report_beside(problem, &plan.teams, &plan.roles, 0).balance.unavoidable;
    let mut points: Vec<TradePoint> = Vec::new();
    for (step, allowance) in (0..).zip(ALLOWANCES) {
        if points
            .last()
            .is_some_and(|point| point.bands <= unavoidable && point.imbalance <= 0.0 && point.turn_spread <= 1.0)
        {
            break;
        }
        let limit = fewest + step.max((meetings as i64 * allowance + 999) / 1000);
        let mut refiner = Refiner::new(problem, &sizes, &mut state, Aims::TradeOff);
        refiner.run(&mut rng, limit, each, &mut budget);
        add(&mut points, point(problem, &state, &mut rng));
        if budget.stopped {
            break;
        }
    }
    points
}

/// Keeps the point if it is better than all before in some respect, and drops those that have more repeats.
fn add(points: &mut Vec<TradePoint>, point: TradePoint) {
    let is_best = |of: &dyn Fn(&TradePoint) -> (f64, f64)| points.iter().all(|p| of(&point) < of(p));
    let whole = |count: i64| (count as f64, 0.0);
    let is_better = is_best(&|p| (f64::from(p.bands), p.imbalance))
        || is_best(&|p| (p.turn_spread, 0.0))
        || is_best(&|p| whole(p.soon))
        || is_best(&|p| whole(p.same_teams));
    if points.is_empty() || is_better {
        points.retain(|p| p.repeats < point.repeats);
        points.push(point);
    }
}

fn point(problem: &Problem, state: &ScheduleState, rng: &mut FastRng) -> TradePoint {
    let teams = state.plan();
    let roles = rotate(problem, &teams, rng);
    let report = report_beside(problem, &teams, &roles, 0);
    let balance = &report.balance;
    TradePoint {
        repeats: report.repeats,
        turn_spread: report.spacing.turns.as_ref().map_or(0.0, |turns| turns.spread),
        soon: report.spacing.soon,
        same_teams: report.spacing.same_teams,
        bands: balance.experience + balance.alone + balance.majority + balance.unguided,
        imbalance: balance.imbalance,
        plan: Plan { teams, roles },
    }
}
