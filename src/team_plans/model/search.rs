//! What jobs about teams are asked, and what callers read of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::PlanRequest;
use crate::{jobs::JobRequest, primitives::Id};

impl JobRequest for PlanRequest {
    const KIND: &'static str = "team_plan";
}

/// How far a search for teams has got.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TeamSearchProgress")]
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

/// The plan that a job made or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "TeamPlanResult")]
pub struct PlanResult {
    /// The plan that it made or worked on.
    pub team_plan_id: Id,
}
