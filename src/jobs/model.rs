//! Jobs as they are stored.

use diesel::prelude::*;

use crate::{
    db::schema::jobs,
    error::Error,
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// How far a job has come.
    pub enum JobStatus {
        /// It waits for its turn.
        Queued = "queued",
        /// It is being done.
        Running = "running",
        /// It is done; `result` says what came of it.
        Succeeded = "succeeded",
        /// It came to nothing; `problem` says why.
        Failed = "failed",
        /// It was cancelled; if nobody asked for that, `problem` says why.
        Cancelled = "cancelled",
    }
}

impl JobStatus {
    /// Whether it will never be anything else.
    pub fn is_final(self) -> bool {
        !matches!(self, Self::Queued | Self::Running)
    }
}

/// A job.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub struct Job {
    /// Its id. The older of two is first in line.
    pub id: Id,
    /// Counts the changes.
    pub version: i64,
    /// The kind of job: which [`Task`](super::Task) does it.
    pub kind: String,
    /// How far it has come.
    pub status: JobStatus,
    /// Whose staff may see it, and whose turn it takes.
    pub campus_id: Id,
    /// Which cohort it is about.
    pub cohort_id: Id,
    /// What is to be done: the [`JobRequest`](super::JobRequest) of its kind as JSON.
    pub request: String,
    /// The path that was asked, for the problem document.
    pub target: String,
    /// The request that asked, for the problem document and the audit trail.
    pub request_id: String,
    /// The latest progress, as JSON of its kind.
    pub progress: Option<String>,
    /// The result, as JSON of its kind.
    pub result: Option<String>,
    /// The problem document of a job that failed, or that was cancelled because what it is about is gone.
    pub problem: Option<String>,
    /// Who asked; it is done with what they may do when it is done.
    pub created_by: Option<Id>,
    /// When it was asked for.
    pub created_at: Instant,
    /// When it was first taken up.
    pub started_at: Option<Instant>,
    /// When it came to its end.
    pub finished_at: Option<Instant>,
    /// Who runs it.
    pub lease: Option<Id>,
    /// Until when nobody else may.
    pub lease_until: Option<Instant>,
    /// How often it was taken up.
    pub attempts: i32,
    /// Whether whoever asked had shown both factors then.
    pub both_factors: bool,
}

impl Job {
    /// What whoever asked for it would have been answered instead, had they waited.
    pub fn problem(&self, error: &Error) -> String {
        // The path of the public URL, if it has one, comes before that of the operation.
        let (base, path) = self.target.split_at(self.target.rfind("/v1/").unwrap_or(0));
        error.problem(base, path, &self.request_id).to_string()
    }
}

/// A job that waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedJob {
    /// The job.
    pub job: Id,
    /// When its campus last had a turn.
    pub campus_served: Option<Instant>,
    /// When whoever asked for it last had one.
    pub account_served: Option<Instant>,
}
