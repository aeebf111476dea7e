//! What jobs do with teams.

use super::{
    actions::{self, Asked, AskedAgain, AskedCurve, CurveOf, RerunOf},
    model::{Curve, Formed, PlanRequest, PlanResult, Progress},
};
use crate::{
    authz::Actor,
    db::Conn,
    error::Result,
    jobs::Task,
    primitives::{Id, Instant},
};

/// Forms the teams of a new plan.
pub struct FormPlan;

impl Task for FormPlan {
    type Request = PlanRequest;
    type Input = Asked;
    type Output = Formed;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, cohort: Id, request: &PlanRequest) -> Result<Asked> {
        actions::ask(conn, actor, cohort, request)
    }

    fn run(asked: &Asked, report: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        actions::solve(asked, report)
    }

    fn save(conn: &mut Conn, actor: &Actor, asked: &Asked, formed: &Formed, now: Instant) -> Result<PlanResult> {
        let kept = actions::keep(conn, actor, asked, formed, now)?;
        Ok(PlanResult {
            team_plan_id: kept.plan.id,
        })
    }
}

/// Forms the teams of a draft again, some being kept.
pub struct FormAgain;

impl Task for FormAgain {
    type Request = RerunOf;
    type Input = AskedAgain;
    type Output = Formed;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, _cohort: Id, request: &RerunOf) -> Result<AskedAgain> {
        actions::ask_ordered(conn, actor, request)
    }

    fn run(asked: &AskedAgain, report: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        actions::solve_again(asked, report)
    }

    fn save(conn: &mut Conn, actor: &Actor, asked: &AskedAgain, formed: &Formed, now: Instant) -> Result<PlanResult> {
        let kept = actions::keep_again(conn, actor, asked, formed, now)?;
        Ok(PlanResult {
            team_plan_id: kept.plan.id,
        })
    }
}

/// Finds what better balance would cost a draft in repeats.
pub struct FindTradeOff;

impl Task for FindTradeOff {
    type Request = CurveOf;
    type Input = AskedCurve;
    type Output = Curve;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, _cohort: Id, request: &CurveOf) -> Result<AskedCurve> {
        actions::ask_trade_off(conn, actor, *request)
    }

    fn run(asked: &AskedCurve, report: &mut dyn FnMut(Progress) -> bool) -> Result<Curve> {
        Ok(actions::find_trade_off(asked, report))
    }

    fn save(conn: &mut Conn, actor: &Actor, asked: &AskedCurve, found: &Curve, now: Instant) -> Result<PlanResult> {
        let team_plan_id = actions::keep_trade_off(conn, actor, asked, found, now)?;
        Ok(PlanResult { team_plan_id })
    }
}
