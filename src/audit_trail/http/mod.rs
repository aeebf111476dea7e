//! The audit trail over HTTP.

mod operations;

pub use operations::operations;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::{
    actions::{self, EntryWithPerson},
    model::EntrySelection,
};
use crate::{
    accounts::model::PersonCard,
    error::{Error, Result},
    primitives::{Date, Id, Instant, Page, PageQuery, Period, list_query},
    web::{self, ById, Call, NoBody, NoPath, Reply},
};

/// One thing that was done.
#[derive(Serialize, JsonSchema)]
pub struct AuditEntry {
    /// The entry's id.
    id: Id,
    /// When it was done.
    at: Instant,
    /// Who did it; `null` for a command on the server.
    person: Option<PersonCard>,
    /// What was done.
    operation: AuditedOperation,
    /// The path that it was done to.
    target: String,
    /// The path of what was made by it, such as a new cohort; `null` if nothing was.
    object: Option<String>,
    /// The fields that were set.
    fields: Vec<String>,
    /// What became what, by field: `{"from": …, "to": …}`, or `"changed"` where the values are nobody else's business,
    /// such as names, addresses and reasons.
    changes: BTreeMap<String, Value>,
    /// The `X-Request-Id` of the request; `null` for a command on the server.
    request_id: Option<String>,
}

/// An operation of the API, or a command on the server.
#[derive(Serialize, JsonSchema)]
pub struct AuditedOperation {
    /// Its `operationId`, such as `change_cohort`; for a command its name, such as `peerled import`.
    id: String,
    /// In a few words.
    title: String,
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

fn view(EntryWithPerson { entry, person }: EntryWithPerson) -> Result<AuditEntry> {
    let changes = entry.difference.as_deref().map(serde_json::from_str).transpose();
    Ok(AuditEntry {
        id: entry.id,
        at: entry.created_at,
        person,
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

fn views(page: Page<EntryWithPerson>) -> Result<Page<AuditEntry>> {
    let Page { data, page } = page;
    let data = data.into_iter().map(view).collect::<Result<_>>()?;
    Ok(Page { data, page })
}

list_query! {
    /// Which entries.
    pub struct AuditQuery {
        /// Only what this person did.
        actor: Option<Id>,
        /// Only what was done to or in the object with this id, such as a cohort, a team plan or a person, or what made it.
        object: Option<Id>,
        /// Only what was done on this day or later, in UTC.
        from: Option<Date>,
        /// Only what was done on this day or earlier, in UTC.
        to: Option<Date>,
    }
}

/// `GET /v1/campuses/{id}/audit-entries`, newest first
pub async fn list_campus_audit_entries(call: Call<ById, AuditQuery, NoBody>) -> Result<Reply<Page<AuditEntry>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let selection = EntrySelection {
            actor: query.actor,
            object: query.object,
            period: Period::of(query.from, query.to)?,
            before: query.after()?,
        };
        let page = actions::at_campus(conn, &call.actor, call.path.id, &selection, query.limit)?;
        call.page(views(page)?)
    })
    .await
}

/// `GET /v1/me/audit-entries`, newest first
pub async fn list_own_audit_entries(call: Call<NoPath, PageQuery, NoBody>) -> Result<Reply<Page<AuditEntry>>> {
    call.read(|conn, call| {
        let page = actions::own(conn, &call.actor, call.query.after()?, call.query.limit)?;
        call.page(views(page)?)
    })
    .await
}
