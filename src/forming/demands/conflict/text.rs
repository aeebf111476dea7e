//! Demands and contradictions in sentences, for staff.

use crate::input::demand::{Constraint, Demand};
use crate::input::problem::Problem;
use crate::input::round::Round;

pub(super) fn weeks_text(weeks: &[u32]) -> String {
    let list: Vec<String> = weeks.iter().map(u32::to_string).collect();
    let word = if list.len() == 1 { "week" } else { "weeks" };
    format!("{word} {}", list.join(", "))
}

pub(super) fn describe(problem: &Problem, constraint: &Constraint) -> String {
    let id = &constraint.id;
    match &constraint.demand {
        Demand::Apart(a, b) => {
            format!("{id} ({} and {} apart)", problem.name(*a), problem.name(*b))
        }
        Demand::Together(a, b) => format!("{id} ({} and {} together)", problem.name(*a), problem.name(*b)),
        Demand::Locked(team, members) => {
            let names: Vec<&str> = members.iter().map(|&p| problem.name(p)).collect();
            format!("{id} ({} in team {team})", names.join(", "))
        }
    }
}

pub(super) fn explain(problem: &Problem, round: &Round, core: &[&Constraint]) -> String {
    let demands: Vec<String> = core.iter().map(|c| describe(problem, c)).collect();
    let sizes: Vec<String> = round.sizes.iter().map(usize::to_string).collect();
    let (week, sizes) = (round.week, sizes.join(", "));
    format!(
        "week {week}, teams of {sizes}: {} cannot all be met",
        demands.join("; ")
    )
}
