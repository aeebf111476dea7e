//! Publishing plans over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use super::plans::{PlanView, plan_reply};
use crate::{
    error::Result,
    primitives::Field,
    team_plans::actions::publication,
    web::{ById, ByWeek, Call, Json, NoBody, NoQuery, Reply},
};

/// What to publish.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"weeks": [1, 2]}))]
pub struct Publication {
    /// Publish the rounds of these weeks; all rounds that are not published yet if left out. It cannot be null.
    #[serde(default)]
    weeks: Field<Vec<i32>>,
}

/// `POST /v1/team-plans/{id}/publication`
pub async fn publish(call: Call<ById, NoQuery, Json<Publication>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        let weeks = call.body.weeks.clone().given();
        plan_reply(publication::publish(
            conn,
            &call.actor,
            call.path.id,
            weeks.as_deref(),
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/cohorts/{id}/weeks/{number}/publication`
pub async fn unpublish(call: Call<ByWeek, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByWeek { id, number } = call.path;
        publication::unpublish(conn, &call.actor, id, number.0, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
