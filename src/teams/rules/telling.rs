//! Demands that clash, in words that whoever made them understands. For staff: it names pair rules.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    error::{Code, Error, FieldError},
    primitives::{Id, words},
    students::model::PairKind,
    teams::model::{Contradiction, Demand, PersonName, PlanRequest, Snapshot, Span, TeamSize, WayOut},
};

/// What people of the cohort are called.
#[derive(Clone, Debug, Default)]
pub struct Names(pub HashMap<Id, String>);

impl FromIterator<PersonName> for Names {
    fn from_iter<I: IntoIterator<Item = PersonName>>(people: I) -> Self {
        Self(people.into_iter().map(|person| (person.id, person.name)).collect())
    }
}

impl Names {
    /// Somebody by name. Who is not known any more has none.
    pub fn of(&self, id: Id) -> PersonName {
        let name = self.0.get(&id).cloned();
        PersonName {
            id,
            name: name.unwrap_or_else(|| "somebody".into()),
        }
    }

    fn list(&self, people: &[Id]) -> String {
        let names: Vec<String> = people.iter().map(|id| self.of(*id).name).collect();
        match names.as_slice() {
            [but_last @ .., last] if !but_last.is_empty() => format!("{} and {last}", but_last.join(", ")),
            one => one.concat(),
        }
    }
}

words! {
    /// What kind of demand.
    pub enum DemandKind {
        /// A pair rule of the cohort.
        PairRule = "pair_rule",
        /// A lock of the request.
        Lock = "lock",
        /// A team that a rerun keeps.
        KeptTeam = "kept_team",
        /// The sizes of the teams.
        TeamSize = "team_size",
    }
}

/// A demand, told.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TeamDemand")]
pub struct Told {
    /// What kind of demand.
    pub kind: DemandKind,
    /// The pair rule's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// What the pair rule asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<PairKind>,
    /// The lock's place in the request, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lock: Option<usize>,
    /// The kept team's place in `keep`, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<usize>,
    /// The people it is about.
    pub people: Vec<PersonName>,
    /// The week.
    pub week: i32,
    /// The demand in words.
    pub description: String,
}

impl Told {
    /// The sizes of a week's teams, as a demand.
    pub fn sizes(week: i32, description: String) -> Self {
        Self {
            kind: DemandKind::TeamSize,
            id: None,
            rule: None,
            lock: None,
            keep: None,
            people: Vec::new(),
            week,
            description,
        }
    }
}

/// A demand in the round that begins in `week`.
pub fn told(demand: Demand, week: i32, snapshot: &Snapshot, request: &PlanRequest, names: &Names) -> Told {
    let mut told = Told {
        kind: DemandKind::PairRule,
        id: None,
        rule: None,
        lock: None,
        keep: None,
        people: Vec::new(),
        week,
        description: String::new(),
    };
    match demand {
        Demand::Rule(id) => {
            told.id = Some(id);
            if let Some(rule) = snapshot.rules.iter().find(|rule| rule.id == id) {
                told.rule = Some(rule.kind);
                told.people = rule.pair.map(|id| names.of(id)).to_vec();
                told.description = format!("{} are to be {}", names.list(&rule.pair), rule.kind.as_str());
            }
        }
        Demand::Lock(at) => {
            told.kind = DemandKind::Lock;
            told.lock = Some(at);
            if let Some(lock) = request.locks.get(at) {
                told.people = lock.people.iter().map(|id| names.of(*id)).collect();
                told.description = format!("{} are locked together in week {}", names.list(&lock.people), lock.week);
            }
        }
        Demand::Kept(at) => {
            told.kind = DemandKind::KeptTeam;
            told.keep = Some(at);
            let team = request
                .kept
                .iter()
                .flat_map(|kept| &kept.teams)
                .find(|team| team.at == at);
            if let Some(team) = team {
                told.people = team.members.iter().map(|id| names.of(*id)).collect();
                told.description = format!("{} stay a team in week {week}", names.list(&team.members));
            }
        }
    }
    told
}

/// A change that would make teams possible.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Way {
    /// Demands to give up.
    pub drop: Vec<Told>,
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
pub fn infeasible(
    why: &Contradiction,
    snapshot: &Snapshot,
    (request, rounds): (&PlanRequest, &[Span]),
    names: &Names,
) -> Error {
    let tell = |demand: &Demand| told(*demand, why.week, snapshot, request, names);
    let mut demands: Vec<Told> = why.demands.iter().map(tell).collect();
    // If other sizes help, the sizes are part of what clashes.
    if why.ways_out.iter().any(|way| way.sizes.is_some()) {
        let round = rounds.iter().find(|round| round.first == why.week);
        let asked = round.map_or_else(|| told_range(request.team_size), |round| told_sizes(request, *round));
        demands.push(Told::sizes(why.week, format!("teams of {asked} in week {}", why.week)));
    }
    let ways: Vec<Way> = why.ways_out.iter().map(|way| told_way(way, tell)).collect();
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

fn told_way(way: &WayOut, tell: impl Fn(&Demand) -> Told) -> Way {
    let drop: Vec<Told> = way.drop.iter().map(tell).collect();
    let weeks: Vec<String> = way.weeks.iter().map(i32::to_string).collect();
    let (word, weeks) = (if weeks.len() == 1 { "week" } else { "weeks" }, weeks.join(", "));
    let description = match &way.sizes {
        Some(sizes) => {
            format!("Keep everything and form teams of {} in {word} {weeks}.", listed(sizes))
        }
        None => {
            let given_up: Vec<&str> = drop.iter().map(|told| told.description.as_str()).collect();
            format!("Give up in {word} {weeks}: {}.", given_up.join("; "))
        }
    };
    Way {
        drop,
        weeks: way.weeks.clone(),
        sizes: way.sizes.clone(),
        team_size: None,
        description,
    }
}

/// The sizes that were asked for in a round.
pub(super) fn told_sizes(request: &PlanRequest, round: Span) -> String {
    let sizes = request.sizes_in(round);
    sizes.map_or_else(|| told_range(request.team_size), listed)
}

fn told_range(size: TeamSize) -> String {
    if size.min == size.max {
        size.min.to_string()
    } else {
        format!("{} to {}", size.min, size.max)
    }
}

pub(super) fn listed(sizes: &[usize]) -> String {
    let sizes: Vec<String> = sizes.iter().map(usize::to_string).collect();
    sizes.join(" + ")
}

/// `422 plan_infeasible` when no number of teams of the sizes asked for takes everybody.
pub fn no_such_sizes(size: TeamSize, present: usize, round: Span) -> Error {
    let week = round.first;
    let range = format!("of {}", told_range(size));
    let students = if present == 1 { "student is" } else { "students are" };
    let description = if present < size.min {
        format!("{present} {students} present in week {week}: too few for one team {range}")
    } else {
        format!("{present} {students} present in week {week}: no number of teams {range} takes exactly them")
    };
    let way = nearest(size, present).map(|other| Way {
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
        .with("conflict", [Told::sizes(week, description)])
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
