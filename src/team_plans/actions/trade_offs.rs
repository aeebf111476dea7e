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
        context::{Standing, check_going_on},
        former::Judged,
        model::{Curve, CurveView, PlanStatus, Point, Progress, TradeOff},
        rules, store,
    },
    teams::{
        self,
        model::{FullRound, Seated},
    },
    web::Origin,
};

/// Which version of which draft a curve is asked for: what its job remembers.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct CurveOf {
    plan: Id,
    version: i64,
}

impl JobRequest for CurveOf {
    const KIND: &'static str = "trade_off";
}

/// A draft whose curve is to be found.
#[derive(Clone)]
pub struct AskedCurve {
    of: CurveOf,
    seed: i64,
    judged: Arc<Judged>,
}

/// Looks at a draft whose curve is asked for.
fn ask(standing: &Standing) -> Result<AskedCurve> {
    check_going_on(&standing.cohort)?;
    let open: Vec<Seated> = standing.open_rounds().map(FullRound::seated).collect();
    rules::check_open(standing.plan.status, &open)?;
    let judged = Judged::of(&standing.snapshot, &standing.request, &open)?;
    if !judged.is_feasible() {
        let detail = "The draft breaks rules that were made since. Form its teams again first: \
                      POST /v1/team-plans/{id}/reruns.";
        return Err(Error::new(Code::Conflict, detail));
    }
    Ok(AskedCurve {
        of: CurveOf {
            plan: standing.plan.id,
            version: standing.plan.version,
        },
        seed: standing.plan.seed,
        judged: Arc::new(judged),
    })
}

/// Puts the search for the curve of a draft into the queue.
pub fn order_trade_off(conn: &mut Conn, actor: &Actor, plan: Id, (origin, now): (&Origin, Instant)) -> Result<Job> {
    let standing = Standing::load(conn, actor, plan)?;
    let asked = ask(&standing)?;
    let place = (standing.cohort.campus_id, &standing.staff);
    jobs::enqueue(conn, place, &asked.of, origin, now)
}

/// Looks again when the job begins.
pub fn ask_trade_off(conn: &mut Conn, actor: &Actor, of: CurveOf) -> Result<AskedCurve> {
    let standing = Standing::load(conn, actor, of.plan)?;
    IfMatch::Version(of.version).check(standing.plan.version)?;
    ask(&standing)
}

/// Finds the curve, on this thread.
pub fn find_trade_off(asked: &AskedCurve, watch: &mut dyn FnMut(Progress) -> bool) -> Curve {
    asked.judged.trade_off(asked.seed, watch)
}

/// Keeps the curve, if the draft still is as it was. Returns whose it is.
pub fn keep_trade_off(conn: &mut Conn, actor: &Actor, asked: &AskedCurve, found: &Curve, now: Instant) -> Result<Id> {
    let standing = Standing::load(conn, actor, asked.of.plan)?;
    IfMatch::Version(asked.of.version).check(standing.plan.version)?;
    let curve = TradeOff {
        plan_id: asked.of.plan,
        plan_version: asked.of.version,
        points: serde_json::to_string(&found.points).map_err(Error::internal)?,
        stopped_early: found.stopped_early,
        computed_at: now,
    };
    store::put_trade_off(conn, &standing.staff, &curve)?;
    Ok(asked.of.plan)
}

/// The curve that was found for a draft as it is now, for staff.
pub fn trade_off(conn: &mut Conn, actor: &Actor, plan: Id) -> Result<CurveView> {
    let standing = Standing::load(conn, actor, plan)?;
    let (curve, points) = found(conn, &standing)?;
    let open: Vec<Seated> = standing.open_rounds().map(FullRound::seated).collect();
    let present = Judged::of(&standing.snapshot, &standing.request, &open)?.measures();
    Ok(CurveView {
        at: points
            .iter()
            .position(|point| rules::are_same_teams(&point.rounds, &open)),
        curve,
        points,
        present,
    })
}

fn found(conn: &mut Conn, standing: &Standing) -> Result<(TradeOff, Vec<Point>)> {
    let curve = store::trade_off(conn, standing.plan.id, standing.plan.version)?;
    let curve = curve.ok_or_else(|| {
        let detail = "The trade-off of this version of the plan has not been found yet. Ask for it: \
                      POST /v1/team-plans/{id}/trade-off, and wait for the job.";
        Error::new(Code::NotFound, detail)
    })?;
    let points = serde_json::from_str(&curve.points).map_err(Error::internal)?;
    Ok((curve, points))
}

/// Makes the teams of a point of the curve those of the draft. The curve stays: another point can be
/// taken after it.
pub fn choose(
    conn: &mut Conn,
    actor: &Actor,
    (plan, point): (Id, usize),
    seen: IfMatch,
    now: Instant,
) -> Result<FullPlan> {
    let standing = Standing::load(conn, actor, plan)?;
    seen.require(standing.plan.version)?;
    check_going_on(&standing.cohort)?;
    let (_, points) = found(conn, &standing)?;
    let chosen = point.checked_sub(1).and_then(|at| points.get(at)).ok_or_else(|| {
        let detail = format!("must be a point of the curve, 1 to {}", points.len());
        Error::field("/point", "not_found", detail)
    })?;
    let after: BTreeMap<Id, Seated> = standing
        .open_rounds()
        .filter_map(|round| {
            let seated = chosen.rounds.iter().find(|seated| seated.span == round.round.span())?;
            Some((round.round.id, seated.clone()))
        })
        .collect();
    let changed = standing.with_changed(&after)?;
    refuse_breaks(changed.breaks)?;
    for round in standing.open_rounds() {
        if let Some(seated) = after.get(&round.round.id) {
            let rows = round.teams.iter().map(|team| team.team.id);
            let teams: Vec<_> = rows.zip(seated.teams.iter().cloned()).collect();
            teams::store::replace_members(conn, &standing.staff, round.round.id, &teams)?;
        }
    }
    let FullPlan { report: old, .. } = FullPlan::of(conn, standing.plan.clone())?;
    let report = serde_json::to_string(&changed.after.report().searched_as(old)).map_err(Error::internal)?;
    let plan = store::update_plan(conn, &standing.staff, plan, PlanStatus::Draft, &report, now)?;
    store::carry_trade_off(conn, &standing.staff, plan.id, plan.version)?;
    FullPlan::of(conn, plan)
}
