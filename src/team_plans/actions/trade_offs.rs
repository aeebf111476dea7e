//! The trade-off of a draft: found by a job, looked at, one of its points taken.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{FullPlan, edits::refuse_breaks};
use crate::{
    authz::Actor,
    db::Conn,
    error::{Code, Error, Result},
    jobs::{self, JobRequest, model::Job},
    primitives::{Id, IfMatch, Instant},
    team_plans::{
        context::{PlanContext, check_going_on},
        former::Judged,
        model::{Curve, CurveView, PlanAct, PlanChange, Point, Progress, TradeOff},
        rules, store,
    },
    teams::{
        self,
        model::{FullRound, Seated},
    },
    web::Origin,
};

/// A search for the trade-off of a version of a draft as it stands in the queue.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct QueuedTradeOff {
    plan: Id,
    version: i64,
}

impl JobRequest for QueuedTradeOff {
    const KIND: &'static str = "trade_off";
}

/// A draft whose trade-off can be searched for.
#[derive(Clone)]
pub struct PreparedTradeOff {
    queued: QueuedTradeOff,
    seed: i64,
    judged: Arc<Judged>,
}

/// Checks whether there is anything to trade off in a draft.
fn check(context: &PlanContext) -> Result<PreparedTradeOff> {
    check_going_on(&context.cohort)?;
    let open: Vec<Seated> = context.open_rounds().map(FullRound::seated).collect();
    rules::check_open(&open)?;
    let judged = Judged::of(&context.snapshot, &context.request, &open)?;
    if !judged.is_feasible() {
        let detail = "The draft breaks rules that were made since. Form its teams again first.";
        return Err(Error::new(Code::Conflict, detail));
    }
    Ok(PreparedTradeOff {
        queued: QueuedTradeOff {
            plan: context.plan.id,
            version: context.plan.version,
        },
        seed: context.plan.seed,
        judged: Arc::new(judged),
    })
}

/// Puts the search for the trade-off of a draft into the queue.
pub fn enqueue(conn: &mut Conn, actor: &Actor, plan: Id, origin: &Origin, now: Instant) -> Result<Job> {
    let context = PlanContext::load(conn, actor, plan)?;
    let prepared = check(&context)?;
    jobs::enqueue(
        conn,
        context.cohort.campus_id,
        &context.staff,
        &prepared.queued,
        origin,
        now,
    )
}

/// Checks again when the job begins.
pub fn prepare_queued(conn: &mut Conn, actor: &Actor, queued: QueuedTradeOff) -> Result<PreparedTradeOff> {
    let context = PlanContext::load(conn, actor, queued.plan)?;
    IfMatch::Version(queued.version).check(context.plan.version)?;
    check(&context)
}

/// Finds the curve, on this thread.
pub fn solve(prepared: &PreparedTradeOff, watch: &mut dyn FnMut(Progress) -> bool) -> Curve {
    prepared.judged.trade_off(prepared.seed, watch)
}

/// Saves the curve, if the draft still is as it was. Returns the plan.
pub fn save(conn: &mut Conn, actor: &Actor, prepared: &PreparedTradeOff, found: &Curve, now: Instant) -> Result<Id> {
    let context = PlanContext::load(conn, actor, prepared.queued.plan)?;
    IfMatch::Version(prepared.queued.version).check(context.plan.version)?;
    let curve = TradeOff {
        plan_id: prepared.queued.plan,
        plan_version: prepared.queued.version,
        points: serde_json::to_string(&found.points).map_err(Error::internal)?,
        stopped_early: found.stopped_early,
        computed_at: now,
    };
    store::replace_trade_off(conn, &context.staff, &curve)?;
    Ok(prepared.queued.plan)
}

/// The curve that was found for a draft as it is now, for staff.
pub fn get(conn: &mut Conn, actor: &Actor, plan: Id) -> Result<CurveView> {
    let context = PlanContext::load(conn, actor, plan)?;
    let (curve, points) = found(conn, &context)?;
    let open: Vec<Seated> = context.open_rounds().map(FullRound::seated).collect();
    let present = Judged::of(&context.snapshot, &context.request, &open)?.measures();
    Ok(CurveView {
        at: points
            .iter()
            .position(|point| rules::are_same_teams(&point.rounds, &open)),
        curve,
        points,
        present,
    })
}

fn found(conn: &mut Conn, context: &PlanContext) -> Result<(TradeOff, Vec<Point>)> {
    let curve = store::trade_off(conn, context.plan.id, context.plan.version)?;
    let curve = curve.ok_or_else(|| {
        let detail = "The trade-off of this version of the plan has not been found yet. Ask for it, \
                      and wait for the job.";
        Error::new(Code::NotFound, detail)
    })?;
    let points = serde_json::from_str(&curve.points).map_err(Error::internal)?;
    Ok((curve, points))
}

/// Whether the teams of the open rounds are those of a point of the curve that was found for an earlier version of the plan.
pub(super) fn are_on_curve(conn: &mut Conn, context: &PlanContext, version: i64) -> Result<bool> {
    let Some(curve) = store::trade_off(conn, context.plan.id, version)? else {
        return Ok(false);
    };
    let points: Vec<Point> = serde_json::from_str(&curve.points).map_err(Error::internal)?;
    let open: Vec<Seated> = context.open_rounds().map(FullRound::seated).collect();
    Ok(points.iter().any(|point| rules::are_same_teams(&point.rounds, &open)))
}

/// Makes the teams of a point of the curve those of the draft. The curve stays: another point can be
/// taken after it.
pub fn choose(conn: &mut Conn, actor: &Actor, plan: Id, point: usize, seen: IfMatch, now: Instant) -> Result<FullPlan> {
    let context = PlanContext::load_to_change(conn, actor, plan, seen)?;
    let (_, points) = found(conn, &context)?;
    let chosen = point.checked_sub(1).and_then(|at| points.get(at)).ok_or_else(|| {
        let detail = format!("must be a point of the curve, 1 to {}", points.len());
        Error::field("/point", "not_found", detail)
    })?;
    let after: BTreeMap<Id, Seated> = context
        .open_rounds()
        .filter_map(|round| {
            let seated = chosen.rounds.iter().find(|seated| seated.span == round.round.span())?;
            Some((round.round.id, seated.clone()))
        })
        .collect();
    let changed = context.with_changed(&context.judged()?, &after)?;
    refuse_breaks(changed.breaks)?;
    for round in context.open_rounds() {
        if let Some(seated) = after.get(&round.round.id) {
            let teams = round.reseated(seated.teams.clone());
            teams::store::replace_members(conn, &context.staff, round.round.id, &teams)?;
        }
    }
    let report = changed.after.report().searched_as(context.report()?);
    let rounds = context.open_rounds().map(|round| round.round.clone()).collect();
    let plan = context.update(conn, &report, &PlanChange::new(PlanAct::TradeOff, rounds), now)?;
    store::carry_trade_off(conn, &context.staff, plan.id, plan.version)?;
    FullPlan::of(conn, plan)
}
