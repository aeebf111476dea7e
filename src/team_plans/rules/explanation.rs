//! Why somebody is where they are, as far as counting tells: whom they met before, what they have
//! looked after, which rules and locks held. For staff.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    primitives::Id,
    students::model::PairKind,
    team_plans::model::{Change, Demand, DescribedDemand, Describer, Rule, Why},
    teams::model::{Company, PersonName, Seated},
};
use schemars::JsonSchema;
use serde::Serialize;

/// A person's way through the rounds of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "TeamPlanExplanation")]
pub struct Explanation {
    /// Who is explained.
    pub person: PersonName,
    /// Each round of the plan.
    pub rounds: Vec<ExplainedRound>,
    /// How often they have each role, counting published rounds and the whole plan.
    pub roles: BTreeMap<String, usize>,
    /// How many different people they work with, counting published rounds and the whole plan.
    pub met: usize,
    /// Why they are with somebody in a week or are not, if that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<PairExplanation>,
}

/// Why two people are together in a round, or are not.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "ExplainedPair")]
pub struct PairExplanation {
    /// The first week of the round.
    pub week: i32,
    /// The other person.
    pub other: PersonName,
    /// Whether the two are in one team.
    pub together: bool,
    /// Which of the two has no team in that round; then no swap can change it.
    pub absent: Vec<PersonName>,
    /// The first weeks of other rounds in which they are together, published and planned.
    pub other_weeks: Vec<i32>,
    /// The pair rules and locks that require it.
    pub demands: Vec<DescribedDemand>,
    /// The cheapest swap that changes it; null if every swap breaks a rule or a lock, or somebody is absent.
    pub otherwise: Option<ExplainedSwap>,
    /// What it costs to change it if that round and all later ones are planned anew; null if the demands forbid it or
    /// somebody is absent.
    pub planned_anew: Option<ExplainedPrice>,
}

/// Repeats more than these teams have, in the best teams in which it is otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExplainedPrice {
    /// No teams that change it cost fewer additional repeats.
    pub repeats_at_least: i64,
    /// Teams with this many additional repeats were found.
    pub repeats_at_most: i64,
}

/// The nearest teams in which it is otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedSwap {
    /// The two people who change places.
    pub swap: [PersonName; 2],
    /// What that changes, tier by tier; negative is better.
    pub change: Change,
}

/// Why somebody is with `other` in the round that begins in `week`, or is not.
pub fn explain_pair(why: Why, week: i32, other: Id, describer: &Describer) -> PairExplanation {
    let names = describer.names;
    let describe = |demand: &Demand| describer.describe(*demand, week);
    let otherwise = |(swap, change): ([Id; 2], Change)| ExplainedSwap {
        swap: swap.map(|id| names.of(id)),
        change,
    };
    PairExplanation {
        week,
        other: names.of(other),
        together: why.together,
        absent: why.absent.iter().map(|id| names.of(*id)).collect(),
        other_weeks: why.other_weeks,
        demands: why.demands.iter().map(describe).collect(),
        otherwise: why.otherwise.map(otherwise),
        planned_anew: why.price.map(|(repeats_at_least, repeats_at_most)| ExplainedPrice {
            repeats_at_least,
            repeats_at_most,
        }),
    }
}

/// One round of theirs.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedRound {
    /// Its first week.
    pub first_week: i32,
    /// Its last week.
    pub last_week: i32,
    /// The place of their team in the round, from 1; null if they are in none.
    pub team: Option<usize>,
    /// Whose turn it is: theirs, in a team smaller than others of the round; null in one of the largest.
    pub turn: Option<ExplainedTurn>,
    /// Role and company.
    #[serde(flatten)]
    pub company: Company,
    /// The pair rules and locks about them that held.
    pub rules: Vec<ExplainedRule>,
}

/// A turn in a smaller team.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedTurn {
    /// How many are in the team.
    pub size: usize,
    /// Their turns up to this round, it included; a team that is two short counts twice.
    pub times: usize,
    /// How many it would be by then if all who were there took equal turns.
    pub share: f64,
}

/// A rule or lock that held.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct ExplainedRule {
    /// The one it is about.
    #[serde(flatten)]
    pub demand: DescribedDemand,
    /// Whether the teams keep to it.
    pub kept: bool,
}

/// Explains the `planned` rounds to whoever planned them, after the `earlier` ones.
pub fn explain(person: Id, earlier: &[&Seated], planned: &[Seated], describer: &Describer) -> Explanation {
    let mut all: Vec<&Seated> = earlier.iter().copied().chain(planned).collect();
    all.sort_by_key(|round| round.span);
    let rounds = planned.iter().map(|round| {
        let before: Vec<&Seated> = all.iter().copied().filter(|other| other.span < round.span).collect();
        round_of(person, round, &before, describer)
    });
    let mut roles = BTreeMap::new();
    for seat in all.iter().filter_map(|round| round.seat_of(person)) {
        *roles.entry(seat.role.clone().unwrap_or_default()).or_default() += 1;
    }
    roles.remove("");
    let mates = all.iter().flat_map(|round| round.mates(person));
    Explanation {
        rounds: rounds.collect(),
        met: mates.collect::<BTreeSet<_>>().len(),
        person: describer.names.of(person),
        pair: None,
        roles,
    }
}

fn round_of(person: Id, round: &Seated, before: &[&Seated], describer: &Describer) -> ExplainedRound {
    ExplainedRound {
        first_week: round.span.first,
        last_week: round.span.last,
        team: round.team_of(person).map(|at| at + 1),
        turn: turn_of(person, round, before),
        company: Company::of(person, round, before, describer.names),
        rules: demands_on(person, round, describer),
    }
}

fn turn_of(person: Id, round: &Seated, before: &[&Seated]) -> Option<ExplainedTurn> {
    let largest = |round: &Seated| round.teams.iter().map(Vec::len).max().unwrap_or(0);
    let size_of = |round: &Seated| round.teams.get(round.team_of(person)?).map(Vec::len);
    let size = size_of(round).filter(|&size| size < largest(round))?;
    let (mut times, mut share) = (0, 0.0);
    for round in before.iter().copied().chain([round]) {
        let Some(own) = size_of(round) else { continue };
        let largest = largest(round);
        let turns: usize = round.teams.iter().map(|team| (largest - team.len()) * team.len()).sum();
        let people: usize = round.teams.iter().map(Vec::len).sum();
        times += largest - own;
        share += turns as f64 / people as f64;
    }
    let share = (share * 100.0).round() / 100.0;
    Some(ExplainedTurn { size, times, share })
}

fn demands_on(person: Id, round: &Seated, describer: &Describer) -> Vec<ExplainedRule> {
    let Describer { snapshot, request, .. } = describer;
    let applied = |demand: Demand, kept: bool| ExplainedRule {
        demand: describer.describe(demand, round.span.first),
        kept,
    };
    let about =
        |rule: &&Rule| rule.pair.contains(&person) && rule.weeks.overlaps(round.span) && both_placed(round, rule);
    let pairs = snapshot.rules.iter().filter(about).map(|rule| {
        let together = round.are_together(&rule.pair);
        let wanted = rule.kind == PairKind::Together;
        applied(Demand::Rule(rule.id), together == wanted)
    });
    let locks = request.locks.iter().enumerate();
    let locks = locks
        .filter(|(_, lock)| round.span.has(lock.week) && lock.people.contains(&person))
        .map(|(at, lock)| applied(Demand::Lock(at), round.are_together(&lock.people)));
    pairs.chain(locks).collect()
}

fn both_placed(round: &Seated, rule: &Rule) -> bool {
    rule.pair.iter().all(|id| round.team_of(*id).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        team_plans::model::{PlanRequest, Snapshot},
        teams::model::{Names, Seat, Span},
    };

    #[test]
    fn tells_fresh_from_repeated() {
        let ids: Vec<Id> = (0..3).map(|_| Id::new()).collect();
        let [a, b, c] = ids[..] else { unreachable!() };
        let seat = |person: Id| Seat {
            person,
            role: Some("qa".into()),
        };
        let round = |week, people: &[Id]| Seated {
            span: Span {
                first: week,
                last: week,
            },
            teams: vec![people.iter().map(|id| seat(*id)).collect()],
        };
        let snapshot = Snapshot::default();
        let request: PlanRequest = serde_json::from_str(r#"{"from_week":2,"to_week":2}"#).unwrap();
        let (earlier, planned) = (round(1, &[a, b]), [round(2, &[a, b, c])]);
        let describer = Describer {
            snapshot: &snapshot,
            request: &request,
            names: &Names::default(),
        };
        let told = explain(a, &[&earlier], &planned, &describer);
        let company = &told.rounds[0].company;
        assert_eq!((company.fresh, company.repeats, company.role_before), (1, 1, 1));
        assert_eq!((company.with[0].met_before, &company.with[0].weeks), (1, &vec![1]));
        assert_eq!((told.met, told.roles["qa"]), (2, 2));
    }

    #[test]
    fn tells_whose_turn_it_is_in_the_smaller_team() {
        let ids: Vec<Id> = (0..5).map(|_| Id::new()).collect();
        let seat = |id: &Id| Seat {
            person: *id,
            role: None,
        };
        let round = |week, small: [usize; 2]| {
            let (few, many): (Vec<usize>, Vec<usize>) = (0..5).partition(|at| small.contains(at));
            let team = |at: Vec<usize>| at.iter().map(|at| seat(&ids[*at])).collect();
            let span = Span {
                first: week,
                last: week,
            };
            let teams = vec![team(many), team(few)];
            Seated { span, teams }
        };
        let (first, second) = (round(1, [0, 1]), round(2, [0, 2]));
        let turn = turn_of(ids[0], &second, &[&first]).unwrap();
        assert_eq!(
            turn,
            ExplainedTurn {
                size: 2,
                times: 2,
                share: 0.8
            }
        );
        assert_eq!(turn_of(ids[1], &second, &[&first]), None);
    }
}
