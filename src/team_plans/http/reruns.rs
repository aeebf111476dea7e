//! Reruns over HTTP.

use super::plans::{PlanView, plan_reply};
use crate::{
    error::Result,
    jobs,
    team_plans::{
        actions,
        model::{Effort, RerunRequest},
    },
    web::{ById, Call, Json, NoQuery, Reply},
};

/// `POST /v1/team-plans/{id}/reruns`: as forming a new plan, but into the draft that is there.
pub async fn rerun(call: Call<ById, NoQuery, Json<RerunRequest>>) -> Result<Reply<PlanView>> {
    if call.prefers_async || call.body.effort == Effort::Thorough {
        return rerun_later(call).await;
    }
    let (state, actor, plan) = (call.state.clone(), call.actor.clone(), call.path.id);
    let (request, seen) = (call.body.0.clone(), call.if_match);
    let asked = state
        .db
        .read(move |conn| actions::ask_again(conn, &actor, plan, &request, seen))
        .await?;
    let formed = actions::form_again(&state.solver_pool, asked.clone()).await?;
    call.write(move |conn, call| plan_reply(actions::keep_again(conn, &call.actor, &asked, &formed, call.now)?))
        .await
}

async fn rerun_later(call: Call<ById, NoQuery, Json<RerunRequest>>) -> Result<Reply<PlanView>> {
    let state = call.state.clone();
    let reply = call.write(|conn, call| {
        let what = (call.path.id, &call.body.0, call.if_match);
        let when = (&call.origin(), call.now);
        jobs::accepted(actions::order_again(conn, &call.actor, what, when)?)
    });
    let reply = reply.await?;
    state.job_notifier.notify();
    Ok(reply)
}
