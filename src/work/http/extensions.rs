//! More time for one team, over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    error::Result,
    primitives::Id,
    web::{Call, Json, NoBody, NoQuery, Number, Reply},
    work::{actions, model::NewExtension},
};

/// `{id}/weeks/{number}` of a team
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub struct ByTeamWeek {
    /// The team's id.
    id: Id,
    /// A week of the team's round.
    number: Number,
}

/// `PUT /v1/teams/{id}/weeks/{number}/extension`
pub async fn extend_due_time(call: Call<ByTeamWeek, NoQuery, Json<NewExtension>>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByTeamWeek { id, number } = call.path;
        actions::extend(conn, &call.actor, id, number.0, &call.body, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}

/// `DELETE /v1/teams/{id}/weeks/{number}/extension`
pub async fn end_extension(call: Call<ByTeamWeek, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        let ByTeamWeek { id, number } = call.path;
        actions::end_extension(conn, &call.actor, id, number.0, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
