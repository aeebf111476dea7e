//! Reruns over HTTP.

use super::plans::{PlanView, plan_reply};
use crate::{
    error::Result,
    jobs,
    team_plans::{
        actions::{reruns, solve_on},
        model::{Effort, RerunRequest},
    },
    web::{ById, Call, Json, NoQuery, Reply},
};

/// `POST /v1/team-plans/{id}/reruns`: as forming a new plan, but into the draft that is there.
pub async fn rerun_team_plan(call: Call<ById, NoQuery, Json<RerunRequest>>) -> Result<Reply<PlanView>> {
    if call.prefers_async || call.body.effort == Effort::Thorough {
        return rerun_later(call).await;
    }
    let (state, actor, plan) = (call.state.clone(), call.actor, call.path.id);
    let (request, seen) = (call.body.0.clone(), call.if_match);
    let prepared = state
        .db
        .read(move |conn| reruns::prepare(conn, &actor, plan, &request, seen))
        .await?;
    let formed = solve_on(&state.solver_pool, prepared.input.clone()).await?;
    call.write(move |conn, call| plan_reply(reruns::save(conn, &call.actor, &prepared, &formed, call.now)?))
        .await
}

async fn rerun_later(call: Call<ById, NoQuery, Json<RerunRequest>>) -> Result<Reply<PlanView>> {
    let state = call.state.clone();
    let reply = call.write(|conn, call| {
        let (plan, seen, origin) = (call.path.id, call.if_match, call.origin());
        let job = reruns::enqueue(conn, &call.actor, plan, &call.body.0, seen, &origin, call.now)?;
        jobs::accepted(job)
    });
    let reply = reply.await?;
    state.job_notifier.notify();
    Ok(reply)
}
