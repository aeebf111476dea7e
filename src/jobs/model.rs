//! Jobs as they are stored.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::jobs,
    primitives::{Id, Instant, words},
};

words! {
    /// What a job does.
    pub enum JobKind {
        /// Forms the teams of a new plan.
        TeamPlan = "team_plan",
        /// Forms the teams of a draft again, some being kept.
        Rerun = "rerun",
        /// Looks for what better balance would cost a draft in repeats.
        TradeOff = "trade_off",
    }
}

words! {
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
    /// Names it. The older of two is first in line.
    pub id: Id,
    /// Counts the changes.
    pub version: i64,
    /// What it does.
    pub kind: JobKind,
    /// How far it has come.
    pub status: JobStatus,
    /// Whose staff may see it, and whose turn it takes.
    pub campus_id: Id,
    /// Which cohort it is about.
    pub cohort_id: Id,
    /// What is to be done: JSON that its kind understands.
    pub asked: String,
    /// The path that was asked, for the problem document.
    pub target: String,
    /// The request that asked, for the problem document and the audit trail.
    pub request_id: String,
    /// The latest [`Progress`] as JSON.
    pub progress: Option<String>,
    /// The [`JobResult`] as JSON.
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
}

/// A job that waits for its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InLine {
    /// The job.
    pub job: Id,
    /// When its campus last had a turn.
    pub last_turn: Option<Instant>,
}

/// How far a search for teams has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "JobProgress")]
pub struct Progress {
    /// Moves tried so far.
    pub moves: i64,
    /// Moves it may try. A search that proves its teams to be the best possible needs fewer.
    pub budget: i64,
    /// The fewest repeats found so far; null while there are no teams yet.
    pub repeats: Option<i64>,
    /// The number that repeats cannot go below.
    pub bound: i64,
}

/// What came of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct JobResult {
    /// The plan that it made or worked on.
    pub team_plan_id: Id,
}
