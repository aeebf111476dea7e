//! Roles handed out for fixed teams.

use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams};
use crate::quality::roles::assignment::RoleAssignment;
use crate::rng::FastRng;

/// Hands out the roles of a whole plan, after what everybody has had before.
pub(crate) fn rotate(problem: &Problem, plan: &[Teams], rng: &mut FastRng) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut assignment = RoleAssignment::new(problem, plan);
    assignment.colour();
    assignment.improve(rng);
    assignment.role_plan(plan)
}

/// Improves given roles of a plan.
pub(crate) fn even_out(problem: &Problem, plan: &[Teams], roles: &RolePlan, rng: &mut FastRng) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut assignment = RoleAssignment::new(problem, plan);
    let given = roles.iter().flatten().flatten();
    assignment
        .seats
        .iter_mut()
        .zip(given)
        .for_each(|(seat, &role)| seat.role = role);
    assignment.improve(rng);
    assignment.role_plan(plan)
}
