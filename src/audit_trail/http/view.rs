//! Entries of the audit trail as they are shown.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::{
    accounts::model::PersonCard,
    audit::Via,
    audit_trail::actions::EntryWithPerson,
    error::{Error, Result},
    primitives::{Id, Instant, Line, Page},
    web,
};

/// One thing that was done.
#[derive(Serialize, JsonSchema)]
pub struct AuditEntry {
    /// The entry's id.
    pub id: Id,
    /// When it was done.
    pub at: Instant,
    /// Who did it, with the account that is left where theirs was merged into another since; `null` for a command on the server.
    pub person: Option<PersonCard>,
    /// By what means; `null` for a command on the server, for who was not logged in, and where older entries do not say.
    pub via: Option<AuditedMeans>,
    /// What was done.
    pub operation: AuditedOperation,
    /// The path that it was done to.
    pub target: String,
    /// The path of what was made by it, such as a new cohort; `null` if nothing was.
    pub object: Option<String>,
    /// The fields that were set.
    pub fields: Vec<String>,
    /// What became what, by field: `{"from": …, "to": …}`, or `"changed"` where the values are nobody else's business,
    /// such as names, addresses and reasons.
    pub changes: BTreeMap<String, Value>,
    /// The `X-Request-Id` of the request; `null` for a command on the server.
    pub request_id: Option<String>,
}

/// By what means something was done.
#[derive(Serialize, JsonSchema)]
pub struct AuditedMeans {
    /// Whether the person did it in a session, or a program with an API token of theirs.
    pub kind: Via,
    /// What its owner calls the API token, as long as it exists.
    pub token_name: Option<Line>,
}

/// An operation of the API, or a command on the server.
#[derive(Serialize, JsonSchema)]
pub struct AuditedOperation {
    /// Its `operationId`, such as `change_cohort`; for a command its name, such as `peerled import`.
    pub id: String,
    /// In a few words.
    pub title: String,
}

fn title(operation: &str) -> &str {
    match operation {
        "finish_job" => "Finish a job",
        "log_in_failed" => "Log in with a wrong password",
        "otp_failed" => "Log in with a wrong code of the second factor",
        "otp_required" => "Log in without a code of the second factor",
        "password_reset" => "Set a new password",
        "refresh_token_reused" => "Refresh with a token that was used before",
        other => web::title(other).unwrap_or(other),
    }
}

/// An entry as it is shown.
pub fn view(
    EntryWithPerson {
        entry,
        person,
        token_name,
    }: EntryWithPerson,
) -> Result<AuditEntry> {
    let changes = entry.difference.as_deref().map(serde_json::from_str).transpose();
    Ok(AuditEntry {
        id: entry.id,
        at: entry.created_at,
        person,
        via: entry.via.map(|kind| AuditedMeans { kind, token_name }),
        operation: AuditedOperation {
            title: title(&entry.operation).into(),
            id: entry.operation,
        },
        target: entry.target,
        object: entry.object,
        fields: entry
            .changes
            .split(',')
            .filter(|field| !field.is_empty())
            .map(Into::into)
            .collect(),
        changes: changes.map_err(Error::internal)?.unwrap_or_default(),
        request_id: Some(entry.request_id).filter(|id| !id.is_empty()),
    })
}

/// A page of them.
pub fn views(page: Page<EntryWithPerson>) -> Result<Page<AuditEntry>> {
    let Page { data, page } = page;
    let data = data.into_iter().map(view).collect::<Result<_>>()?;
    Ok(Page { data, page })
}
