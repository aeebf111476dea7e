//! Judging a plan that is at hand, such as one that a facilitator has edited.

use serde::{Deserialize, Serialize};

use crate::bounds::Bounds;
use crate::demands::check::{Violation, check, team_of};
use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams, sizes_of};
use crate::judge::report::{Report, report_beside};
use crate::plan::Plan;

/// A plan's quality, and what forbids it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Hard demands not met; a plan with any is not to be published.
    pub violations: Vec<Violation>,
    /// The quality.
    pub report: Report,
}

/// How one plan differs from another, tier by tier; negative is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Hard demands broken.
    pub violations: i64,
    /// R.
    pub repeats: i64,
    /// Tolerance bands broken.
    pub bands: i64,
    /// Roles twice running, and teams with a role uncovered.
    pub roles: i64,
    /// The largest difference between how often one person has had two roles.
    pub role_spread: i64,
    /// People whose team-mates of some round change.
    pub people_moved: i64,
}

/// Judges a plan of every round of the problem.
///
/// Team sizes that differ from those asked for are violations where sizes were asked for, and where a
/// range was asked for when they leave it.
#[must_use]
pub fn evaluate(problem: &Problem, plan: &Plan) -> Evaluation {
    evaluate_beside(problem, plan, Bounds::new(problem, &sizes_of(&plan.teams)).best())
}

/// The same where the bound is known, or does not matter.
pub(crate) fn evaluate_beside(problem: &Problem, plan: &Plan, bound: i64) -> Evaluation {
    let violations = check(problem, &plan.teams).err().unwrap_or_default();
    let roles = if shaped_alike(plan) {
        plan.roles.clone()
    } else {
        RolePlan::new()
    };
    Evaluation {
        violations,
        report: report_beside(problem, &plan.teams, &roles, bound),
    }
}

/// What going from one evaluated plan to another changes.
#[must_use]
pub fn difference(problem: &Problem, from: (&Plan, &Evaluation), to: (&Plan, &Evaluation)) -> Difference {
    let bands = |e: &Evaluation| {
        let balance = &e.report.balance;
        i64::from(balance.experience + balance.alone + balance.majority + balance.unguided)
    };
    let roles = |e: &Evaluation| {
        e.report
            .roles
            .as_ref()
            .map_or(0, |r| (r.twice_running + r.uncovered) as i64)
    };
    let spread = |e: &Evaluation| e.report.roles.as_ref().map_or(0, |r| r.spread as i64);
    let violations = |e: &Evaluation| e.violations.len() as i64;
    Difference {
        violations: violations(to.1) - violations(from.1),
        repeats: to.1.report.repeats - from.1.report.repeats,
        bands: bands(to.1) - bands(from.1),
        roles: roles(to.1) - roles(from.1),
        role_spread: spread(to.1) - spread(from.1),
        people_moved: people_moved(problem, &from.0.teams, &to.0.teams) as i64,
    }
}

/// How many people are in a team of another index, summed over rounds.
pub(crate) fn people_moved(problem: &Problem, from: &[Teams], to: &[Teams]) -> usize {
    let moved = |(old, new): (&Teams, &Teams)| {
        let (old, new) = (team_of(problem, old), team_of(problem, new));
        old.iter().zip(&new).filter(|(a, b)| a != b).count()
    };
    from.iter().zip(to).map(moved).sum()
}

fn shaped_alike(plan: &Plan) -> bool {
    let teams = plan.teams.iter().flatten().map(Vec::len);
    teams.eq(plan.roles.iter().flatten().map(Vec::len))
}
