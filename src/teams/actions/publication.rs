//! Publishing rounds, and explaining them before.

use super::{FullPlan, check_going_on, edits::Standing};
use crate::{
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, Instant},
    teams::{
        model::{FullRound, PlanStatus, Round, Seated, Span},
        rules::{self, Explained},
        store,
    },
};

/// Lets the students see the rounds of the given weeks, or all.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    weeks: Option<&[i32]>,
    seen: impl Fn(i64) -> Result<()>,
    now: Instant,
) -> Result<FullPlan> {
    let standing = Standing::load(conn, actor, plan)?;
    seen(standing.plan.version)?;
    check_going_on(&standing.cohort)?;
    let chosen = rules::rounds_to_publish(standing.plan.status, &standing.rounds, weeks)?;
    let is_chosen = |round: &&FullRound| chosen.contains(&round.round.id);
    let chosen: Vec<&FullRound> = standing.rounds.iter().filter(is_chosen).collect();
    let Standing {
        snapshot,
        request,
        names,
        ..
    } = &standing;
    let rows: Vec<Round> = chosen.iter().map(|round| round.round.clone()).collect();
    let taken: Vec<i32> = store::published_weeks(conn, standing.cohort.id)?
        .into_iter()
        .map(|(week, _)| week)
        .filter(|week| rows.iter().any(|round| round.span().has(*week)))
        .collect();
    if !taken.is_empty() {
        return Err(rules::weeks_published(&taken));
    }
    let broken = standing.judged()?.broken();
    rules::check_still_true(&chosen, &broken, snapshot, request, names)?;
    if !store::publish_rounds(conn, &standing.staff, &rows, now)? {
        return Err(rules::weeks_published(
            &rows.iter().flat_map(|round| round.span().weeks()).collect::<Vec<_>>(),
        ));
    }
    let all = standing
        .rounds
        .iter()
        .all(|round| round.round.published_at.is_some() || is_chosen(&round));
    let status = if all { PlanStatus::Published } else { PlanStatus::Draft };
    let plan = store::update_plan(conn, &standing.staff, plan, status, &standing.plan.report, now)?;
    FullPlan::of(conn, plan)
}

/// Why somebody is where they are in each round of a plan.
pub fn explanation(conn: &mut Conn, actor: &Actor, plan: Id, person: Id) -> Result<Explained> {
    let standing = Standing::load(conn, actor, plan)?;
    if !standing.names.0.contains_key(&person) {
        return Err(rules::unknown_person());
    }
    let planned: Vec<Seated> = standing.rounds.iter().map(FullRound::seated).collect();
    let spans: Vec<Span> = planned.iter().map(|round| round.span).collect();
    let earlier: Vec<&Seated> = standing.snapshot.published_besides(&spans).collect();
    let Standing {
        snapshot,
        request,
        names,
        ..
    } = &standing;
    Ok(rules::explain(person, &earlier, &planned, snapshot, request, names))
}
