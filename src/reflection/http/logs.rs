//! Progress logs over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    error::Result,
    primitives::{Id, Instant, Page, Text, list_query},
    reflection::{
        actions,
        model::{LogPatch, NewLog, ProgressLog},
    },
    teams::model::PersonName,
    web::{ById, Call, Json, NoBody, NoPath, NoQuery, Reply},
};

/// A note of one's own progress.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProgressLog")]
pub struct LogView {
    /// The note's id.
    id: Id,
    /// The cohort that it is about.
    cohort_id: Id,
    /// The note, in Markdown.
    text: Text,
    /// Whether the staff of the cohort's campus read it.
    shared_with_staff: bool,
    /// When it was written.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl From<ProgressLog> for LogView {
    fn from(log: ProgressLog) -> Self {
        Self {
            id: log.id,
            cohort_id: log.cohort_id,
            text: log.text,
            shared_with_staff: log.shared_with_staff,
            created_at: log.created_at,
            updated_at: log.updated_at,
            version: log.version,
        }
    }
}

/// A note that a student shares with the staff.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SharedProgressLog")]
pub struct SharedLogView {
    /// Whose it is.
    person: PersonName,
    #[serde(flatten)]
    log: LogView,
}

list_query! {
    /// Which of one's own progress logs.
    pub struct OwnLogQuery {
        /// Filter by cohort.
        cohort_id: Option<Id>,
    }
}

list_query! {
    /// Which progress logs of a cohort.
    pub struct SharedLogQuery {
        /// Filter by whose they are.
        person_id: Option<Id>,
    }
}

/// `POST /v1/me/progress-logs`
pub async fn write_progress_log(call: Call<NoPath, NoQuery, Json<NewLog>>) -> Result<Reply<LogView>> {
    call.write(|conn, call| {
        let log = LogView::from(actions::write_log(conn, &call.actor, call.body.0.clone(), call.now)?);
        Ok(Reply::created(format!("/v1/me/progress-logs/{}", log.id), &log)?.version(log.version))
    })
    .await
}

/// `GET /v1/me/progress-logs`
pub async fn list_my_progress_logs(call: Call<NoPath, OwnLogQuery, NoBody>) -> Result<Reply<Page<LogView>>> {
    call.read(|conn, call| {
        let query = &call.query;
        let found = actions::list_own(
            conn,
            &call.actor,
            query.cohort_id,
            query.after()?,
            query.limit.plus_one(),
        )?;
        call.page(Page::of(found, query.limit, |log| log.id).map(LogView::from))
    })
    .await
}

/// `GET /v1/cohorts/{id}/progress-logs`
pub async fn list_shared_progress_logs(call: Call<ById, SharedLogQuery, NoBody>) -> Result<Reply<Page<SharedLogView>>> {
    call.read(|conn, call| {
        let (query, cohort) = (&call.query, call.path.id);
        let found = actions::list_shared(
            conn,
            &call.actor,
            cohort,
            query.person_id,
            query.after()?,
            query.limit.plus_one(),
        )?;
        let page = Page::of(found, query.limit, |(log, _)| log.id);
        let view = |(log, person): (ProgressLog, PersonCard)| SharedLogView {
            person: PersonName::from(&person),
            log: log.into(),
        };
        call.page(page.map(view))
    })
    .await
}

fn reply(log: ProgressLog) -> Result<Reply<LogView>> {
    let version = log.version;
    Ok(Reply::ok(&LogView::from(log))?.version(version))
}

/// `GET /v1/me/progress-logs/{id}`
pub async fn get_progress_log(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<LogView>> {
    call.read(|conn, call| reply(actions::get_log(conn, &call.actor, call.path.id)?))
        .await
}

/// `PATCH /v1/me/progress-logs/{id}`
pub async fn change_progress_log(call: Call<ById, NoQuery, Json<LogPatch>>) -> Result<Reply<LogView>> {
    call.write(|conn, call| {
        let (id, patch) = (call.path.id, call.body.0.clone());
        reply(actions::change_log(
            conn,
            &call.actor,
            id,
            patch,
            call.if_match,
            call.now,
        )?)
    })
    .await
}

/// `DELETE /v1/me/progress-logs/{id}`
pub async fn delete_progress_log(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<()>> {
    call.write(|conn, call| {
        actions::delete_log(conn, &call.actor, call.path.id, call.if_match)?;
        Ok(Reply::no_content())
    })
    .await
}
