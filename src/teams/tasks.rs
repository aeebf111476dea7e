//! What jobs do with teams.

use serde::de::DeserializeOwned;

use super::{
    actions::{self, Asked, AskedAgain, AskedCurve},
    model::{Curve, Formed, PlanRequest},
};
use crate::{
    authz::Actor,
    db::Conn,
    error::{Error, Result},
    jobs::{
        Task,
        model::{Job, JobResult, Progress},
    },
    primitives::Instant,
};

fn asked_of<T: DeserializeOwned>(job: &Job) -> Result<T> {
    serde_json::from_str(&job.asked).map_err(Error::internal)
}

/// Forms the teams of a new plan.
pub struct FormPlan;

impl Task for FormPlan {
    type Asked = Asked;
    type Done = Formed;

    fn look(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Asked> {
        let request: PlanRequest = asked_of(job)?;
        actions::ask(conn, actor, job.cohort_id, &request)
    }

    fn work(asked: &Asked, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        actions::solve(asked, watch)
    }

    fn keep(conn: &mut Conn, actor: &Actor, asked: &Asked, formed: &Formed, now: Instant) -> Result<JobResult> {
        let kept = actions::keep(conn, actor, asked, formed, now)?;
        Ok(JobResult {
            team_plan_id: kept.plan.id,
        })
    }
}

/// Forms the teams of a draft again, some being kept.
pub struct FormAgain;

impl Task for FormAgain {
    type Asked = AskedAgain;
    type Done = Formed;

    fn look(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<AskedAgain> {
        actions::ask_ordered(conn, actor, &asked_of(job)?)
    }

    fn work(asked: &AskedAgain, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Formed> {
        actions::solve_again(asked, watch)
    }

    fn keep(conn: &mut Conn, actor: &Actor, asked: &AskedAgain, formed: &Formed, now: Instant) -> Result<JobResult> {
        let kept = actions::keep_again(conn, actor, asked, formed, now)?;
        Ok(JobResult {
            team_plan_id: kept.plan.id,
        })
    }
}

/// Finds what better balance would cost a draft in repeats.
pub struct FindTradeOff;

impl Task for FindTradeOff {
    type Asked = AskedCurve;
    type Done = Curve;

    fn look(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<AskedCurve> {
        actions::ask_trade_off(conn, actor, asked_of(job)?)
    }

    fn work(asked: &AskedCurve, watch: &mut dyn FnMut(Progress) -> bool) -> Result<Curve> {
        Ok(actions::find_trade_off(asked, watch))
    }

    fn keep(conn: &mut Conn, actor: &Actor, asked: &AskedCurve, found: &Curve, now: Instant) -> Result<JobResult> {
        let team_plan_id = actions::keep_trade_off(conn, actor, asked, found, now)?;
        Ok(JobResult { team_plan_id })
    }
}
