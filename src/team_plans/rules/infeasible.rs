//! Why there are no teams, and what would help, in words that whoever asked understands.

use serde::Serialize;

use crate::{
    error::{Code, Error, FieldError},
    team_plans::model::{Contradiction, Demand, DescribedDemand, FormingInput, PlanRequest, TeamSize, WayOut},
    teams::model::Span,
};

/// A change that would make teams possible.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Relaxation {
    /// Demands to give up.
    pub drop: Vec<DescribedDemand>,
    /// In which weeks.
    pub weeks: Vec<i32>,
    /// Other sizes for the week's teams.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sizes: Option<Vec<usize>>,
    /// Another range of sizes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_size: Option<TeamSize>,
    /// The same in a sentence.
    pub description: String,
}

/// `422 plan_infeasible`, with the demands that clash and what would help.
pub fn infeasible(why: &Contradiction, input: &FormingInput) -> Error {
    let FormingInput { request, rounds, .. } = input;
    let describe = |demand: &Demand| input.describer().describe(*demand, why.week);
    let mut demands: Vec<DescribedDemand> = why.demands.iter().map(describe).collect();
    // If other sizes help, the sizes are part of what clashes.
    if why.ways_out.iter().any(|way| way.sizes.is_some()) {
        let round = rounds.iter().find(|round| round.first == why.week);
        let asked = round.map_or_else(
            || describe_range(request.team_size),
            |round| describe_sizes(request, *round),
        );
        demands.push(DescribedDemand::sizes(
            why.week,
            format!("teams of {asked} in week {}", why.week),
        ));
    }
    let ways: Vec<Relaxation> = why.ways_out.iter().map(|way| describe_way_out(way, describe)).collect();
    let sentences: Vec<&str> = demands.iter().map(|demand| demand.description.as_str()).collect();
    let detail = format!(
        "These demands cannot all be met in week {}: {}. See relaxations for what to give up.",
        why.week,
        sentences.join("; ")
    );
    Error::new(Code::PlanInfeasible, detail)
        .with("conflict", demands)
        .with("week", why.week)
        .with("relaxations", ways)
}

fn describe_way_out(way: &WayOut, describe: impl Fn(&Demand) -> DescribedDemand) -> Relaxation {
    let drop: Vec<DescribedDemand> = way.drop.iter().map(describe).collect();
    let weeks: Vec<String> = way.weeks.iter().map(i32::to_string).collect();
    let (word, weeks) = (if weeks.len() == 1 { "week" } else { "weeks" }, weeks.join(", "));
    let description = match &way.sizes {
        Some(sizes) => {
            format!(
                "Keep everything and form teams of {} in {word} {weeks}.",
                list_sizes(sizes)
            )
        }
        None => {
            let given_up: Vec<&str> = drop.iter().map(|demand| demand.description.as_str()).collect();
            format!("Give up in {word} {weeks}: {}.", given_up.join("; "))
        }
    };
    Relaxation {
        drop,
        weeks: way.weeks.clone(),
        sizes: way.sizes.clone(),
        team_size: None,
        description,
    }
}

/// The sizes that were asked for in a round.
pub(super) fn describe_sizes(request: &PlanRequest, round: Span) -> String {
    let sizes = request.sizes_in(round);
    sizes.map_or_else(|| describe_range(request.team_size), list_sizes)
}

fn describe_range(size: TeamSize) -> String {
    if size.min == size.max {
        size.min.to_string()
    } else {
        format!("{} to {}", size.min, size.max)
    }
}

pub(super) fn list_sizes(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
    sizes.join(" + ")
}

/// `422 plan_infeasible` when no number of teams of the sizes asked for takes everybody.
pub fn no_such_sizes(size: TeamSize, present: usize, round: Span) -> Error {
    let week = round.first;
    let range = format!("of {}", describe_range(size));
    let students = if present == 1 { "student is" } else { "students are" };
    let description = if present < size.min {
        format!("{present} {students} present in week {week}: too few for one team {range}")
    } else {
        format!("{present} {students} present in week {week}: no number of teams {range} takes exactly them")
    };
    let way = nearest(size, present).map(|other| Relaxation {
        drop: Vec::new(),
        weeks: round.weeks().collect(),
        sizes: None,
        team_size: Some(other),
        description: format!("Ask for teams of {} to {}.", other.min, other.max),
    });
    let advice = way
        .as_ref()
        .map_or("Leave the week out.", |way| way.description.as_str());
    Error::new(Code::PlanInfeasible, format!("{description}. {advice}"))
        .with_fields(vec![FieldError::at("/team_size", "too_narrow", description.clone())])
        .with("conflict", [DescribedDemand::sizes(week, description)])
        .with("week", week)
        .with("relaxations", Vec::from_iter(way))
}

/// The least wider range in which the students can be split; of two such the one with larger teams.
fn nearest(size: TeamSize, present: usize) -> Option<TeamSize> {
    let split = |teams: usize| TeamSize {
        min: size.min.min(present / teams),
        max: size.max.max(present.div_ceil(teams)),
    };
    let widened = |range: &TeamSize| (size.min - range.min) + (range.max - size.max);
    let makes_teams = |range: &TeamSize| range.min >= 2;
    (1..=present).map(split).filter(makes_teams).min_by_key(widened)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_the_least_wider_range() {
        let nearest = |min, max, present| {
            let range = nearest(TeamSize { min, max }, present)?;
            Some((range.min, range.max))
        };
        assert_eq!(nearest(5, 5, 7), Some((5, 7)));
        assert_eq!(nearest(5, 5, 9), Some((4, 5)));
        assert_eq!(nearest(3, 4, 5), Some((3, 5)));
        assert_eq!(nearest(3, 4, 2), Some((2, 4)));
        assert_eq!(nearest(3, 4, 1), None);
    }
}
