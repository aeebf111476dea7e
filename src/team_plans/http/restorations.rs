//! The versions of a plan over HTTP, and bringing one back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::plans::{PlanView, plan_reply};
use crate::{
    error::{Error, Result},
    primitives::{Id, Instant, Page, PageQuery},
    team_plans::{
        actions::restorations,
        model::{PlanAct, PlanVersion},
    },
    teams::model::Names,
    web::{ById, Call, Json, NoBody, NoQuery, Reply},
};

/// A version of a team plan.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "TeamPlanVersion")]
pub struct VersionView {
    /// Which version.
    version: i64,
    /// What made it; null for what was there before versions were kept.
    act: Option<PlanAct>,
    /// The weeks that were changed.
    weeks: Vec<i32>,
    /// The version that was brought back; null for every other `act`.
    restored_version: Option<i64>,
    /// Who made it; null if their account is gone.
    made_by: Option<Id>,
    /// What they are called; null if their account is gone.
    made_by_name: Option<String>,
    /// When it was made.
    created_at: Instant,
}

impl VersionView {
    fn new(version: PlanVersion, names: &Names) -> Result<Self> {
        Ok(Self {
            version: version.version,
            act: version.act,
            weeks: serde_json::from_str(&version.weeks).map_err(Error::internal)?,
            restored_version: version.restored,
            made_by: version.made_by,
            made_by_name: version.made_by.and_then(|id| names.get(id)),
            created_at: version.created_at,
        })
    }
}

/// `GET /v1/team-plans/{id}/versions`
pub async fn list_plan_versions(call: Call<ById, PageQuery, NoBody>) -> Result<Reply<Page<VersionView>>> {
    call.read(|conn, call| {
        let PageQuery { limit, cursor } = &call.query;
        let (page, names) = restorations::list(conn, &call.actor, call.path.id, *limit, cursor.as_ref())?;
        let Page { data, page } = page;
        let data = data.into_iter().map(|version| VersionView::new(version, &names));
        call.page(Page {
            data: data.collect::<Result<_>>()?,
            page,
        })
    })
    .await
}

/// Which version to bring back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewRestoration", example = serde_json::json!({"version": 1}))]
pub struct Restoration {
    /// A version of the plan.
    #[schemars(range(min = 1))]
    version: i64,
}

/// `POST /v1/team-plans/{id}/restorations`
pub async fn restore_team_plan(call: Call<ById, NoQuery, Json<Restoration>>) -> Result<Reply<PlanView>> {
    call.write(|conn, call| {
        plan_reply(restorations::restore(
            conn,
            &call.actor,
            call.path.id,
            call.body.version,
            call.if_match,
            call.now,
        )?)
    })
    .await
}
