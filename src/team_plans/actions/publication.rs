//! Publishing the rounds of a draft.

use super::FullPlan;
use crate::{
    authz::Actor,
    db::Conn,
    error::Result,
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        model::PlanStatus,
        rules, store,
    },
    teams::{
        self,
        model::{FullRound, Round},
    },
};

/// Lets the students see the rounds of the given weeks, or all.
pub fn publish(
    conn: &mut Conn,
    actor: &Actor,
    plan: Id,
    weeks: Option<&[i32]>,
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let context = PlanContext::load(conn, actor, plan)?;
    seen.require(context.plan.version)?;
    check_going_on(&context.cohort)?;
    let chosen = rules::rounds_to_publish(context.plan.status, &context.rounds, weeks)?;
    let is_chosen = |round: &&FullRound| chosen.contains(&round.round.id);
    let chosen: Vec<&FullRound> = context.rounds.iter().filter(is_chosen).collect();
    let rows: Vec<Round> = chosen.iter().map(|round| round.round.clone()).collect();
    let taken: Vec<i32> = teams::store::published_weeks(conn, context.cohort.id)?
        .into_iter()
        .map(|(week, _)| week)
        .filter(|week| rows.iter().any(|round| round.span().has(*week)))
        .collect();
    if !taken.is_empty() {
        return Err(rules::weeks_published(&taken));
    }
    rules::check_no_reading_week(&chosen, &context.request, &context.snapshot)?;
    let broken = context.judged()?.broken();
    rules::check_up_to_date(&chosen, &broken, &context.describer())?;
    if !teams::store::publish_rounds(conn, &context.staff, &rows, now)? {
        return Err(rules::weeks_published(
            &rows.iter().flat_map(|round| round.span().weeks()).collect::<Vec<_>>(),
        ));
    }
    let all = context
        .rounds
        .iter()
        .all(|round| round.round.published_at.is_some() || is_chosen(&round));
    let status = if all { PlanStatus::Published } else { PlanStatus::Draft };
    let plan = store::update_plan(conn, &context.staff, plan, status, &context.plan.report, now)?;
    FullPlan::of(conn, plan)
}
