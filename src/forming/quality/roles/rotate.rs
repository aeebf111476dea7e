//! Roles handed out for fixed teams.

use crate::input::problem::Problem;
use crate::input::teams::{RolePlan, Teams};
use crate::quality::roles::desk::Desk;
use crate::rng::Dice;

/// Hands out the roles of a whole plan, after what everybody has had before.
pub(crate) fn rotate(problem: &Problem, plan: &[Teams], dice: &mut Dice) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(problem, plan);
    desk.colour();
    desk.improve(dice);
    desk.role_plan(plan)
}

/// Improves given roles of a plan.
pub(crate) fn even_out(problem: &Problem, plan: &[Teams], roles: &RolePlan, dice: &mut Dice) -> RolePlan {
    if problem.roles.is_empty() {
        return Vec::new();
    }
    let mut desk = Desk::new(problem, plan);
    let given = roles.iter().flatten().flatten();
    desk.seats
        .iter_mut()
        .zip(given)
        .for_each(|(seat, &role)| seat.role = role);
    desk.improve(dice);
    desk.role_plan(plan)
}
