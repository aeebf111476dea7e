//! A cohort as it stands becomes a [`Case`] of the former.

use std::collections::{BTreeMap, BTreeSet};

use forming::{Case, Constraints, LockDemand, PairDemand, PlanRound, Problem, TeamsOfWeek};

use super::week;
use crate::{
    error::{Error, Result},
    primitives::Id,
    students::model::PairKind,
    team_plans::model::{Group, KeptTeams, PlanRequest, Snapshot, Student},
    teams::model::{Seat, Seated, Span},
};

pub(super) fn problem(case: &Case) -> Result<Problem> {
    Problem::new(case).map_err(|error| Error::field("", "invalid", error.to_string()))
}

pub(super) fn to_be_planned(snapshot: &Snapshot, request: &PlanRequest, span: Span) -> PlanRound {
    let absent = snapshot
        .students
        .iter()
        .filter(|student| !snapshot.is_present(student, span));
    let kept = request.kept.iter().find(|kept| kept.span == span);
    let asked = || request.sizes_in(span).map(<[usize]>::to_vec);
    let sizes = kept.map(|kept| kept.sizes.clone()).or_else(asked);
    let range = forming::SizeRange {
        min: request.team_size.min,
        max: request.team_size.max,
    };
    PlanRound {
        week: week(span.first),
        last_week: Some(week(span.last)),
        absent: absent.map(|student| student.id.to_string()).collect(),
        team_size: sizes.is_none().then_some(range),
        sizes,
    }
}

/// A round whose teams are given: who is placed counts as present, and the sizes are what they are.
pub(super) fn as_placed(people: &BTreeSet<Id>, round: &Seated) -> PlanRound {
    let placed: BTreeSet<Id> = round.teams.iter().flatten().map(|seat| seat.person).collect();
    PlanRound {
        week: week(round.span.first),
        last_week: Some(week(round.span.last)),
        absent: people.difference(&placed).map(Id::to_string).collect(),
        sizes: Some(round.teams.iter().map(Vec::len).collect()),
        team_size: None,
    }
}

/// Somebody counts who can be placed or has been: a student who left before any team was formed
/// would otherwise count as one whom nobody ever meets.
pub(super) fn people(snapshot: &Snapshot, rounds: &[Span]) -> BTreeSet<Id> {
    let placed = snapshot.published.iter().flat_map(|round| round.teams.iter().flatten());
    let placed: BTreeSet<Id> = placed.map(|seat| seat.person).collect();
    let counts = |student: &&Student| {
        placed.contains(&student.id) || rounds.iter().any(|span| snapshot.is_present(student, *span))
    };
    let students: BTreeSet<Id> = snapshot
        .students
        .iter()
        .filter(counts)
        .map(|student| student.id)
        .collect();
    &students | &placed
}

pub(super) fn case(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Span], mut plan: Vec<PlanRound>) -> Case {
    let people = people(snapshot, rounds);
    // The former refuses absentees whom it does not know.
    for round in &mut plan {
        round
            .absent
            .retain(|id| Id::parse(id).is_ok_and(|id| people.contains(&id)));
    }
    case_of(snapshot, request, rounds, plan, &people)
}

pub(super) fn case_of(
    snapshot: &Snapshot,
    request: &PlanRequest,
    rounds: &[Span],
    plan: Vec<PlanRound>,
    people: &BTreeSet<Id>,
) -> Case {
    let history: Vec<TeamsOfWeek> = snapshot.published_besides(rounds).map(history).collect();
    let mut roles = snapshot.roles.clone();
    roles.truncate(largest_team(request, &plan, &history));
    Case {
        id: "cohort".into(),
        people: people.iter().map(|id| person(snapshot, *id)).collect(),
        roles,
        history,
        plan,
        constraints: constraints(snapshot, request, rounds, people),
        balance: balance(request),
        min_rounds_between: request.rules.min_rounds_between.unwrap_or(0),
        rules: request.rules.of_whole_plans(),
        ..Case::default()
    }
}

/// A programme may name more roles than a team can hold; the first ones on its list are handed out.
fn largest_team(request: &PlanRequest, plan: &[PlanRound], history: &[TeamsOfWeek]) -> usize {
    let given = plan.iter().flat_map(|round| round.sizes.iter().flatten().copied());
    let past = history.iter().flat_map(|round| round.teams.iter().map(Vec::len));
    given.chain(past).chain([request.team_size.max]).max().unwrap_or(0)
}

fn person(snapshot: &Snapshot, id: Id) -> forming::Person {
    let student = snapshot.students.iter().find(|student| student.id == id);
    let middle = 2.5;
    forming::Person {
        id: id.to_string(),
        experience: student.and_then(|student| student.experience).map_or(middle, f64::from),
        attrs: student.map(|student| student.attributes.clone()).unwrap_or_default(),
    }
}

fn history(round: &Seated) -> TeamsOfWeek {
    let roles = |team: &Vec<Seat>| -> BTreeMap<String, String> {
        let held = team
            .iter()
            .filter_map(|seat| Some((seat.person.to_string(), seat.role.clone()?)));
        held.collect()
    };
    TeamsOfWeek {
        week: week(round.span.first),
        last_week: Some(week(round.span.last)),
        teams: round.teams.iter().map(|team| names(team)).collect(),
        roles: round.teams.iter().map(roles).collect(),
    }
}

/// The rounds as they were planned before, as far as there are such, without those whom the former does not know.
pub(super) fn earlier(snapshot: &Snapshot, rounds: &[Span], planned: &[Seated]) -> Vec<TeamsOfWeek> {
    let people = people(snapshot, rounds);
    let mut earlier: Vec<Seated> = (planned.iter().filter(|round| rounds.contains(&round.span)).cloned()).collect();
    for team in earlier.iter_mut().flat_map(|round| &mut round.teams) {
        team.retain(|seat| people.contains(&seat.person));
    }
    earlier.iter().map(history).collect()
}

fn names(team: &[Seat]) -> Vec<String> {
    team.iter().map(|seat| seat.person.to_string()).collect()
}

fn balance(request: &PlanRequest) -> forming::BalanceRules {
    let mut balance = forming::BalanceRules::default();
    if let Some(tolerance) = request.rules.experience_tolerance {
        balance.experience_tolerance = tolerance;
    }
    if let Some(groups) = &request.rules.avoid_majority {
        let group = |group: &Group| forming::Group {
            attr: group.attribute.to_string(),
            value: group.value.to_string(),
        };
        balance.no_majority = groups.iter().map(group).collect();
    }
    balance
}

/// A rule holds in a round that shares a week with it; the former goes by a round's first week. A
/// lock is a chain of pairs that must be together, so that nobody needs to say in which team.
fn constraints(snapshot: &Snapshot, request: &PlanRequest, rounds: &[Span], people: &BTreeSet<Id>) -> Constraints {
    let mut constraints = Constraints::default();
    for rule in snapshot
        .rules
        .iter()
        .filter(|rule| rule.pair.iter().all(|id| people.contains(id)))
    {
        let mut held = rounds
            .iter()
            .filter(|round| round.overlaps(rule.weeks))
            .map(|round| week(round.first));
        let Some(first) = held.next() else { continue };
        let demand = PairDemand {
            id: format!("rule:{}", rule.id),
            pair: rule.pair.map(|id| id.to_string()),
            from_week: Some(first),
            to_week: Some(held.next_back().unwrap_or(first)),
        };
        match rule.kind {
            PairKind::Apart => constraints.must_not_pair.push(demand),
            PairKind::Together => constraints.must_pair.push(demand),
        }
    }
    for (at, lock) in request.locks.iter().enumerate() {
        let Some(round) = rounds.iter().find(|round| round.has(lock.week)) else {
            continue;
        };
        // Who has left and is in no team any more is unknown to the former, and bound to nobody.
        let known: Vec<&Id> = lock.people.iter().filter(|id| people.contains(id)).collect();
        let pairs = known.iter().zip(known.iter().skip(1)).enumerate();
        constraints.must_pair.extend(pairs.map(|(link, (a, b))| PairDemand {
            id: format!("lock:{at}:{link}"),
            pair: [a.to_string(), b.to_string()],
            from_week: Some(week(round.first)),
            to_week: Some(week(round.first)),
        }));
    }
    let held = request.kept.iter().filter(|kept| rounds.contains(&kept.span));
    constraints.locked = held.flat_map(kept).collect();
    constraints
}

/// Teams that are kept come first among the sizes of their round, each as large as it is: nobody else
/// fits in.
fn kept(kept: &KeptTeams) -> impl Iterator<Item = LockDemand> {
    kept.teams.iter().enumerate().map(|(team, held)| LockDemand {
        id: format!("kept:{}", held.at),
        week: week(kept.span.first),
        team,
        members: held.members.iter().map(Id::to_string).collect(),
    })
}
