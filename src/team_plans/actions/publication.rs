//! Publishing rounds, and explaining them before.

use super::FullPlan;
use crate::{
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{Standing, check_going_on},
        model::PlanStatus,
        rules::{self, Explained},
        store,
    },
    teams::{
        self,
        model::{FullRound, Round, Seated, Span},
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
    let standing = Standing::load(conn, actor, plan)?;
    seen.require(standing.plan.version)?;
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
    let taken: Vec<i32> = teams::store::published_weeks(conn, standing.cohort.id)?
        .into_iter()
        .map(|(week, _)| week)
        .filter(|week| rows.iter().any(|round| round.span().has(*week)))
        .collect();
    if !taken.is_empty() {
        return Err(rules::weeks_published(&taken));
    }
    rules::check_no_reading_week(&chosen, request, snapshot)?;
    let broken = standing.judged()?.broken();
    rules::check_still_true(&chosen, &broken, snapshot, request, names)?;
    if !teams::store::publish_rounds(conn, &standing.staff, &rows, now)? {
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

/// Whose teams to explain, and perhaps why they are with somebody in a week, or are not.
pub struct WhichWay {
    /// Whose.
    pub person: Id,
    /// With whom, and in which week.
    pub with: Option<(Id, i32)>,
}

/// Why somebody is where they are in each round of a plan.
pub fn explanation(conn: &mut Conn, actor: &Actor, plan: Id, which: &WhichWay) -> Result<Explained> {
    let standing = Standing::load(conn, actor, plan)?;
    if !standing.names.0.contains_key(&which.person) {
        let detail = "must be a student of this cohort";
        return Err(Error::parameter("person_id", "not_found", detail));
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
    let mut told = rules::explain(which.person, &earlier, &planned, snapshot, request, names);
    if let Some((other, week)) = which.with {
        let missing = |name: &str, detail: &str| Error::parameter(name, "not_found", detail);
        let round = spans.iter().find(|span| span.has(week));
        let week = round
            .ok_or_else(|| missing("week", "must be a week of the plan"))?
            .first;
        let why = standing.judged()?.why(week, [which.person, other]);
        let why = why.ok_or_else(|| missing("with", "must be a student who is present in that week"))?;
        told.pair = Some(rules::tell_why(why, (week, other), snapshot, request, names));
    }
    Ok(told)
}
