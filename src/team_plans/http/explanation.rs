//! Explaining plans over HTTP.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    error::{Error, Result},
    primitives::Id,
    team_plans::{
        actions::explanation::{self, ExplanationRequest},
        rules::Explanation,
    },
    web::{ById, Call, NoBody, Number, Reply},
};

/// Whose teams to explain.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExplanationQuery {
    /// A student of the cohort.
    person_id: Id,
    /// Another student: why the two are together in `week` or are not, and what it would cost to change that.
    with: Option<Id>,
    /// A week of the plan; required with `with`.
    week: Option<Number>,
}

/// `GET /v1/team-plans/{id}/explanation`
pub async fn explain_team_plan(call: Call<ById, ExplanationQuery, NoBody>) -> Result<Reply<Explanation>> {
    call.read(|conn, call| {
        let ExplanationQuery { person_id, with, week } = call.query;
        let with = match (with, week) {
            (Some(other), Some(week)) if other != person_id => Some((other, week.0)),
            (None, None) => None,
            (None, _) => return Err(Error::parameter("with", "required", "is needed with `week`")),
            (_, None) => return Err(Error::parameter("week", "required", "is needed with `with`")),
            _ => return Err(Error::parameter("with", "invalid", "must be another person")),
        };
        let request = ExplanationRequest {
            person: person_id,
            with,
        };
        Reply::ok(&explanation::get(conn, &call.actor, call.path.id, &request)?)
    })
    .await
}
