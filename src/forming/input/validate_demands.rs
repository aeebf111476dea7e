//! Checks of the demands of a case.

use std::collections::HashMap;

use crate::input::case::{Case, LockDemand, PairDemand};
use crate::input::demand::{Constraint, Demand};
use crate::input::error::ProblemError;
use crate::input::lookup::{Index, find, refuse};
use crate::input::people::PersonIx;
use crate::input::round::Round;

/// The demands by person and round.
pub(super) fn constraints(case: &Case, index: &Index<'_>, rounds: &[Round]) -> Result<Vec<Constraint>, ProblemError> {
    let rules = &case.constraints;
    let mut all = Vec::new();
    for (i, rule) in rules.must_not_pair.iter().enumerate() {
        let at = format!("/constraints/must_not_pair/{i}");
        all.push((pair_rule(&at, rule, index, Demand::Apart)?, at));
    }
    for (i, rule) in rules.must_pair.iter().enumerate() {
        let at = format!("/constraints/must_pair/{i}");
        all.push((pair_rule(&at, rule, index, Demand::Together)?, at));
    }
    for (i, lock) in rules.locked.iter().enumerate() {
        let at = format!("/constraints/locked/{i}");
        all.push((locked(&at, lock, index, rounds)?, at));
    }
    let mut ids = HashMap::new();
    for (constraint, at) in &all {
        if let Some(first) = ids.insert(&constraint.id, at) {
            refuse!(format!("{at}/id"), "{first} has the id {:?} already", constraint.id);
        }
    }
    Ok(all.into_iter().map(|(constraint, _)| constraint).collect())
}

fn pair_rule(
    at: &str,
    rule: &PairDemand,
    index: &Index<'_>,
    demand: fn(PersonIx, PersonIx) -> Demand,
) -> Result<Constraint, ProblemError> {
    let [first, second] = &rule.pair;
    let a = find(index, first, || format!("{at}/pair/0"))?;
    let b = find(index, second, || format!("{at}/pair/1"))?;
    if a == b {
        refuse!(format!("{at}/pair"), "{first:?} cannot be paired with themself");
    }
    let weeks = (rule.from_week.unwrap_or(0), rule.to_week.unwrap_or(u32::MAX));
    if weeks.0 > weeks.1 {
        refuse!(
            at,
            "the rule ends in week {}, before it begins in week {}",
            weeks.1,
            weeks.0
        );
    }
    Ok(Constraint {
        id: rule.id.clone(),
        demand: demand(a, b),
        weeks,
    })
}

fn locked(at: &str, lock: &LockDemand, index: &Index<'_>, rounds: &[Round]) -> Result<Constraint, ProblemError> {
    let week = lock.week;
    let Some(round) = rounds.iter().find(|round| round.week == week) else {
        refuse!(format!("{at}/week"), "no round that is planned begins in week {week}");
    };
    let teams = round.size_choices.iter().map(Vec::len).max().unwrap_or(0);
    if lock.team >= teams {
        let team = lock.team;
        refuse!(
            format!("{at}/team"),
            "week {week} has the teams 0 to {}, not {team}",
            teams.saturating_sub(1)
        );
    }
    let mut members = Vec::with_capacity(lock.members.len());
    for (m, id) in lock.members.iter().enumerate() {
        let person = find(index, id, || format!("{at}/members/{m}"))?;
        if !round.here.get(usize::from(person)).copied().unwrap_or(false) {
            refuse!(
                format!("{at}/members/{m}"),
                "{id:?} is locked in week {week} but absent"
            );
        }
        if members.contains(&person) {
            refuse!(format!("{at}/members/{m}"), "{id:?} is listed twice");
        }
        members.push(person);
    }
    Ok(Constraint {
        id: lock.id.clone(),
        demand: Demand::Locked(lock.team, members),
        weeks: (week, week),
    })
}
