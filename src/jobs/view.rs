//! A job as callers see it; other features answer with it too.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::model::{Job, JobStatus};
use crate::{
    error::{Problem, Result},
    primitives::{Id, Instant},
    web::Reply,
};

/// Work that goes on after its request was answered.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Job")]
pub struct JobView {
    /// The job's id.
    id: Id,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
    /// What it does.
    kind: String,
    /// Where it stands.
    status: JobStatus,
    /// The campus whose budget it uses.
    campus_id: Id,
    /// The cohort it works for.
    cohort_id: Id,
    /// How far it has come, written about once a second; null before there is anything to tell.
    progress: Option<Value>,
    /// What came of it, once it has succeeded.
    result: Option<Value>,
    /// Why it failed: the problem that waiting would have been answered with. For a cancelled job, why it was
    /// cancelled; null if somebody asked for that.
    #[schemars(with = "Option<Problem>")]
    problem: Option<Value>,
    /// Who asked for it; null if their account is gone.
    created_by: Option<Id>,
    /// When it was asked for.
    created_at: Instant,
    /// When it was first taken up.
    started_at: Option<Instant>,
    /// When it ended.
    finished_at: Option<Instant>,
}

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        Self {
            id: job.id,
            version: job.version,
            kind: job.kind,
            status: job.status,
            campus_id: job.campus_id,
            cohort_id: job.cohort_id,
            progress: read(job.progress),
            result: read(job.result),
            problem: read(job.problem),
            created_by: job.created_by,
            created_at: job.created_at,
            started_at: job.started_at,
            finished_at: job.finished_at,
        }
    }
}

fn read(json: Option<String>) -> Option<Value> {
    json.and_then(|json| serde_json::from_str(&json).ok())
}

/// `202` with a job that was put into the queue, for an operation that otherwise answers with a `T`.
///
/// # Errors
/// `500` if it cannot be written as JSON.
pub fn accepted<T>(job: Job) -> Result<Reply<T>> {
    let (location, version) = (format!("/v1/jobs/{}", job.id), job.version);
    Ok(Reply::accepted(location, &JobView::from(job))?.version(version))
}
