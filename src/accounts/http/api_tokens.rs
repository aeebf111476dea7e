//! Tokens for programs.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    accounts::{actions, model::ApiTokenRow},
    authz::Scope,
    error::{Code, Result},
    primitives::{Date, Id, Instant, Line, Page, PageQuery},
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Operation, Reply, delete, get, post},
};

/// The operations on one's own API tokens.
pub fn operations() -> [Operation; 3] {
    [
        get("/v1/me/api-tokens", "list_api_tokens", list_api_tokens)
            .summary("List my API tokens")
            .about(
                "\
                The caller's tokens for programs, the newest first, without the tokens themselves. Those that have \
                expired stay in the list for 30 days.",
            )
            .no_store(),
        post("/v1/me/api-tokens", "create_api_token", create_api_token)
            .summary("Make an API token")
            .about(
                "\
                Makes a token with which a program acts for the caller, as far as its scopes go, by sending it as \
                `Authorization: Bearer`. It is in this answer and is not shown again. It opens nothing under `/v1/auth`, and \
                of `/v1/me` only what does not concern the account's security. A person has at most 20. Takes a log-in of the last hour. \
                `Idempotency-Key` is ignored, because tokens are not kept.",
            )
            .without_replay()
            .no_store()
            .problems(&[Code::FreshLogInRequired, Code::TooManyApiTokens]),
        delete("/v1/me/api-tokens/{id}", "delete_api_token", delete_api_token)
            .summary("Delete an API token")
            .about("Deletes one of the caller's tokens. It is refused from then on.")
            .no_store(),
    ]
}

/// A token with which a program acts for its owner.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ApiToken")]
pub struct ApiTokenView {
    /// The token's id.
    id: Id,
    /// What its owner knows it by.
    name: Line,
    /// What it may be used for.
    scopes: Vec<Scope>,
    /// When it was made.
    created_at: Instant,
    /// The last day on which it is good, in UTC.
    expires_on: NaiveDate,
    /// When it was last used, to within an hour; null if it never was.
    last_used_at: Option<Instant>,
}

impl From<ApiTokenRow> for ApiTokenView {
    fn from(token: ApiTokenRow) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scopes: token.scopes.list().to_vec(),
            created_at: token.created_at,
            expires_on: token.expires_on,
            last_used_at: token.last_used_at,
        }
    }
}

/// A new token.
#[derive(Serialize, JsonSchema)]
pub struct NewApiToken {
    #[serde(flatten)]
    about: ApiTokenView,
    /// The token, to be sent as `Authorization: Bearer pl_…`. It is shown this once.
    token: String,
}

/// What a token is to be.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"name": "Nightly report", "scopes": ["read"], "expires_on": "2027-01-31"}))]
pub struct ApiTokenRequest {
    /// What to know it by, such as the program it is for.
    name: Line,
    /// What it may be used for: `read` for requests that change nothing, `write` for all others.
    #[schemars(length(min = 1))]
    scopes: Vec<Scope>,
    /// The last day on which it is to be good, in UTC; at most a year from now.
    expires_on: Date,
}

/// `GET /v1/me/api-tokens`
pub async fn list_api_tokens(call: Call<NoPath, PageQuery, NoBody>) -> Result<Reply<Page<ApiTokenView>>> {
    call.read(|conn, call| {
        let tokens = actions::api_tokens(conn, &call.actor, &call.query)?;
        call.page(tokens.map(ApiTokenView::from))
    })
    .await
}

/// `POST /v1/me/api-tokens`
pub async fn create_api_token(call: Call<NoPath, NoQuery, Json<ApiTokenRequest>>) -> Result<Reply<NewApiToken>> {
    call.write(|conn, call| {
        let ApiTokenRequest {
            name,
            scopes,
            expires_on,
        } = &call.body.0;
        let (row, token) = actions::create_api_token(conn, &call.actor, name, scopes, expires_on.get(), call.now)?;
        let location = format!("/v1/me/api-tokens/{}", row.id);
        let about = row.into();
        Reply::created(location, &NewApiToken { about, token })
    })
    .await
}

/// `DELETE /v1/me/api-tokens/{id}`
pub async fn delete_api_token(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_api_token(conn, &call.actor, call.path.id)?;
        Ok(Reply::no_content())
    })
    .await
}
