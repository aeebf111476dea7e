//! What needs the staff, over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    board::{
        model::AttentionItem,
        reads::{self, StaffedCohort},
    },
    cohorts::model::CohortStatus,
    error::Result,
    primitives::{Id, Line, Page, PageQuery},
    web::{ById, Call, NoBody, NoPath, NoQuery, Reply},
};

/// A cohort that the caller is staff of, and what needs them there.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "CohortAttention")]
pub struct CohortAttentionView {
    /// The cohort.
    cohort: StaffedCohortView,
    /// What needs its staff, the most urgent first; as `GET /v1/cohorts/{id}/attention`.
    items: Vec<AttentionItem>,
    /// Whether the campus asks its staff for a second factor that this session lacks; `items` is empty then.
    second_factor_required: bool,
}

/// A cohort that somebody is staff of.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "StaffedCohort")]
pub struct StaffedCohortView {
    /// The cohort's id.
    id: Id,
    /// What it is called.
    name: Line,
    /// Whether it is planned or running.
    status: CohortStatus,
    /// The campus it belongs to.
    campus_id: Id,
}

impl From<StaffedCohort> for CohortAttentionView {
    fn from(StaffedCohort { cohort, items }: StaffedCohort) -> Self {
        Self {
            cohort: StaffedCohortView {
                id: cohort.id,
                name: cohort.name,
                status: cohort.status,
                campus_id: cohort.campus_id,
            },
            second_factor_required: items.is_none(),
            items: items.unwrap_or_default(),
        }
    }
}

/// `GET /v1/cohorts/{id}/attention`
pub async fn list_attention(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<AttentionItem>>> {
    call.read(|conn, call| {
        let items = reads::attention(conn, &call.actor, call.path.id, call.now)?;
        call.page(Page::whole(items))
    })
    .await
}

/// `GET /v1/me/attention`
pub async fn list_my_attention(call: Call<NoPath, PageQuery, NoBody>) -> Result<Reply<Page<CohortAttentionView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let page = reads::my_attention(conn, &call.actor, query.cursor.as_ref(), query.limit, call.now)?;
        call.page(page.map(CohortAttentionView::from))
    })
    .await
}
