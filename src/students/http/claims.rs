//! Claim links over HTTP.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::{EnrolmentView, location, tagged, view};
use crate::{
    config::Config,
    error::Result,
    primitives::Instant,
    students::actions,
    web::{ByPerson, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A code for a student's place. It is shown this once.
#[derive(Serialize, JsonSchema)]
pub struct ClaimLink {
    /// Whoever sends it to `POST /v1/claims` takes the place.
    code: String,
    /// Where the student can do that without another app, with the code filled in. The code stands behind the `#`,
    /// so it reaches no server's log.
    #[schemars(extend("format" = "uri"))]
    url: String,
    /// Until when the code can be used.
    expires_at: Instant,
}

/// The page that takes the code: of the console or, where it is not served, of the documentation.
fn url(config: &Config, code: &str) -> String {
    let page = if config.console {
        "#/join?as=claim&code"
    } else {
        "docs#claim"
    };
    format!("{}/{page}={code}", config.public_url)
}

/// `POST /v1/cohorts/{id}/enrolments/{person_id}/claim-links`
pub async fn create_claim_link(call: Call<ByPerson, NoQuery, NoBody>) -> Result<Reply<ClaimLink>> {
    call.write(|conn, call| {
        let ByPerson { id, person_id } = call.path;
        let made = actions::create_claim_link(conn, &call.actor, id, person_id, call.now)?;
        let link = ClaimLink {
            url: url(&call.state.config, &made.code),
            code: made.code,
            expires_at: made.expires_at,
        };
        Reply::created(location(id, person_id), &link)
    })
    .await
}

/// The code of a claim link.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"code": "mYh0xVvZ5kq1rHn9pQe2sWc7uTb4aLd8fGj3iKo6zXw"}))]
pub struct Claim {
    /// The code from the staff.
    code: String,
}

/// `POST /v1/claims`
pub async fn claim_place(call: Call<NoPath, NoQuery, Json<Claim>>) -> Result<Reply<EnrolmentView>> {
    call.write(|conn, call| {
        let (cohort, seen) = actions::claim(conn, &call.actor, &call.body.code, call.now)?;
        let location = location(cohort.id, seen.person.id);
        let view = view(seen)?;
        Ok(tagged(Reply::created(location, &view)?.status(200), &view))
    })
    .await
}
