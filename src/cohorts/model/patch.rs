//! What of cohorts and weeks can be changed, as it is sent.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{CohortStatus, Phase};
use crate::{
    primitives::{Date, Field, Line, Slug},
    programmes::model::ProjectOutline,
};

/// What of a cohort can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "running"}))]
pub struct CohortPatch {
    /// Short name for URLs, unique at its campus.
    #[serde(default)]
    pub slug: Field<Slug>,
    /// Name to show.
    #[serde(default)]
    pub name: Field<Line>,
    /// First day. Only a planned cohort can be moved; all its weeks are dated again.
    #[serde(default)]
    pub starts_on: Field<Date>,
    /// `planned` can become `running`, `running` can become `graduated`, and both can become `cancelled`, whatever
    /// the date. Graduating makes all enrolled students alumni; cancelling withdraws them.
    #[serde(default)]
    pub status: Field<CohortStatus>,
}

/// What of a week can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"topic": "Testing, from units to journeys"}))]
pub struct WeekPatch {
    /// What the week is for.
    #[serde(default)]
    pub phase: Field<Phase>,
    /// What it is about.
    #[serde(default)]
    pub topic: Field<Line>,
    /// Adds a project, due at the end of the week, to a week without one; `null` removes the project. To change a
    /// project, use `PATCH /v1/projects/{id}`.
    #[serde(default)]
    pub project: Field<Option<ProjectOutline>>,
    /// Its first day, behind the last day of the week before it.
    #[serde(default)]
    pub starts_on: Field<Date>,
    /// Its last day, before the first day of the next week and at most 14 days long with it.
    #[serde(default)]
    pub ends_on: Field<Date>,
    /// For a reading week: the number it is to have. The weeks between move up by one; numbers and dates stay where
    /// they are.
    #[serde(default)]
    #[schemars(range(min = 1))]
    pub move_to: Field<i32>,
}
