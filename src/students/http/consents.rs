//! What people consent to, over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    error::Result,
    primitives::{Instant, Page},
    students::{actions, model::Purpose, rules::consents::Standpoint},
    web::{Call, NoBody, NoPath, NoQuery, Reply},
};

/// Whether the caller consents to a use of what is known of them: experience and attributes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Consent")]
pub struct ConsentView {
    /// The use: to balance teams, or to count the caller in reports on diversity.
    #[serde(rename = "use")]
    purpose: Purpose,
    /// Whether it may be done. Until the caller decides, teams are balanced and reports leave them out.
    given: bool,
    /// When the caller decided; null if they have not.
    decided_at: Option<Instant>,
}

impl From<Standpoint> for ConsentView {
    fn from(standpoint: Standpoint) -> Self {
        Self {
            purpose: standpoint.purpose,
            given: standpoint.given,
            decided_at: standpoint.decided_at,
        }
    }
}

/// `GET /v1/me/consents`, whole
pub async fn list_consents(call: Call<NoPath, NoQuery, NoBody>) -> Result<Reply<Page<ConsentView>>> {
    call.read(|conn, call| {
        let standpoints = actions::consents(conn, &call.actor)?;
        call.page(Page::whole(standpoints.map(ConsentView::from).into()))
    })
    .await
}

/// `/v1/me/consents/{use}`
#[derive(Clone, Copy, Deserialize, JsonSchema)]
pub struct ByUse {
    /// The use.
    #[serde(rename = "use")]
    purpose: Purpose,
}

/// `PUT /v1/me/consents/{use}`
pub async fn give_consent(call: Call<ByUse, NoQuery, NoBody>) -> Result<Reply<()>> {
    decide(call, true).await
}

/// `DELETE /v1/me/consents/{use}`
pub async fn withdraw_consent(call: Call<ByUse, NoQuery, NoBody>) -> Result<Reply<()>> {
    decide(call, false).await
}

async fn decide(call: Call<ByUse, NoQuery, NoBody>, given: bool) -> Result<Reply<()>> {
    call.write(move |conn, call| {
        actions::decide(conn, &call.actor, call.path.purpose, given, call.now)?;
        Ok(Reply::no_content())
    })
    .await
}
