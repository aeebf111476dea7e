//! What jobs do with teams.

use super::{
    actions::{self, Asked},
    model::{Formed, PlanRequest},
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

/// Forms the teams of a new plan.
pub struct FormPlan;

impl Task for FormPlan {
    type Asked = Asked;
    type Done = Formed;

    fn look(conn: &mut Conn, actor: &Actor, job: &Job) -> Result<Asked> {
        let request: PlanRequest = serde_json::from_str(&job.asked).map_err(Error::internal)?;
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
