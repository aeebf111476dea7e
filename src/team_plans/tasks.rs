//! What jobs do with teams.

use super::{
    actions::{
        plans::{self, PreparedPlan},
        reruns::{self, PreparedRerun, QueuedRerun},
        solve,
        trade_offs::{self, PreparedTradeOff, QueuedTradeOff},
    },
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
    type Input = PreparedPlan;
    type Output = Formed;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, cohort: Id, request: &PlanRequest) -> Result<PreparedPlan> {
        plans::prepare(conn, actor, cohort, request)
    }

    fn run(prepared: &PreparedPlan, report: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        solve(&prepared.input, report)
    }

    fn save(
        conn: &mut Conn,
        actor: &Actor,
        prepared: &PreparedPlan,
        formed: &Formed,
        now: Instant,
    ) -> Result<PlanResult> {
        let saved = plans::save(conn, actor, prepared, formed, now)?;
        Ok(PlanResult {
            team_plan_id: saved.plan.id,
        })
    }
}

/// Forms the teams of a draft again, some being kept.
pub struct FormAgain;

impl Task for FormAgain {
    type Request = QueuedRerun;
    type Input = PreparedRerun;
    type Output = Formed;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, _cohort: Id, request: &QueuedRerun) -> Result<PreparedRerun> {
        reruns::prepare_queued(conn, actor, request)
    }

    fn run(prepared: &PreparedRerun, report: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        solve(&prepared.input, report)
    }

    fn save(
        conn: &mut Conn,
        actor: &Actor,
        prepared: &PreparedRerun,
        formed: &Formed,
        now: Instant,
    ) -> Result<PlanResult> {
        let saved = reruns::save(conn, actor, prepared, formed, now)?;
        Ok(PlanResult {
            team_plan_id: saved.plan.id,
        })
    }
}

/// Finds what better balance would cost a draft in repeats.
pub struct FindTradeOff;

impl Task for FindTradeOff {
    type Request = QueuedTradeOff;
    type Input = PreparedTradeOff;
    type Output = Curve;
    type Progress = Progress;
    type Result = PlanResult;

    fn prepare(conn: &mut Conn, actor: &Actor, _cohort: Id, request: &QueuedTradeOff) -> Result<PreparedTradeOff> {
        trade_offs::prepare_queued(conn, actor, *request)
    }

    fn run(prepared: &PreparedTradeOff, report: &mut dyn FnMut(Progress) -> bool) -> Result<Curve> {
        Ok(trade_offs::solve(prepared, report))
    }

    fn save(
        conn: &mut Conn,
        actor: &Actor,
        prepared: &PreparedTradeOff,
        found: &Curve,
        now: Instant,
    ) -> Result<PlanResult> {
        let team_plan_id = trade_offs::save(conn, actor, prepared, found, now)?;
        Ok(PlanResult { team_plan_id })
    }
}
