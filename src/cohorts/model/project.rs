//! A project: as it is stored, shown and changed.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::projects,
    error::{Error, Result},
    primitives::{Field, Id, Instant, Line, Text},
    programmes::model::ProjectOutline,
};

/// What a week builds.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = projects, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Project {
    pub id: Id,
    pub cohort_id: Id,
    pub title: Line,
    /// What to build and how.
    pub brief: Text,
    /// A JSON array of sentences: what one can do afterwards.
    pub outcomes: String,
    /// How the teams name their repositories: `{cohort}`, `{week}` and `{team}` are filled in.
    pub repository_name: Option<Line>,
    /// When it is due.
    pub due_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl Project {
    /// As a programme has it.
    ///
    /// # Errors
    /// `500` if the outcomes cannot be written as JSON.
    pub fn of_outline(cohort: Id, outline: ProjectOutline, due_at: Option<Instant>, now: Instant) -> Result<Self> {
        Ok(Self {
            id: Id::new(),
            cohort_id: cohort,
            title: outline.title,
            brief: outline.brief,
            outcomes: to_json(&outline.outcomes)?,
            repository_name: None,
            due_at,
            version: 1,
            created_at: now,
            updated_at: now,
        })
    }

    /// With what a patch changes.
    ///
    /// # Errors
    /// As [`Project::of_outline`].
    pub fn patched(&self, patch: ProjectPatch) -> Result<Self> {
        let before = self.clone();
        let outcomes = patch.outcomes.given();
        Ok(Self {
            title: patch.title.or(before.title),
            brief: patch.brief.or(before.brief),
            outcomes: outcomes.map_or(Ok(before.outcomes), |outcomes| to_json(&outcomes))?,
            repository_name: patch.repository_name.or(before.repository_name),
            due_at: patch.due_at.or(before.due_at),
            ..before
        })
    }
}

fn to_json(outcomes: &[Line]) -> Result<String> {
    serde_json::to_string(outcomes).map_err(Error::internal)
}

audited!(Project { title, repository_name, due_at; brief, outcomes });

/// A project with the number of its week.
#[derive(Clone, Debug, Queryable)]
pub struct ProjectInWeek {
    pub project: Project,
    pub week_number: i32,
}

/// What a week builds.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Project")]
pub struct ProjectView {
    /// The project's id.
    id: Id,
    /// The cohort it belongs to.
    cohort_id: Id,
    /// The week it belongs to.
    week_number: i32,
    /// Name to show.
    title: Line,
    /// What to build and how, in Markdown.
    brief: Text,
    /// What students can do afterwards.
    outcomes: Vec<Line>,
    /// Pattern for the names of the teams' repositories; `{cohort}`, `{week}` and `{team}` are placeholders.
    repository_name: Option<Line>,
    /// When it is due; null if it has no due time.
    due_at: Option<Instant>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl ProjectView {
    /// A project, with the number of its week.
    ///
    /// # Errors
    /// `500` if the outcomes are not a list of sentences.
    pub fn of(project: Project, week_number: i32) -> Result<Self> {
        Ok(Self {
            id: project.id,
            cohort_id: project.cohort_id,
            week_number,
            title: project.title,
            brief: project.brief,
            outcomes: serde_json::from_str(&project.outcomes).map_err(Error::internal)?,
            repository_name: project.repository_name,
            due_at: project.due_at,
            version: project.version,
        })
    }
}

/// What of a project can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"due_at": "2026-03-06T17:00:00Z", "repository_name": "{cohort}-week{week}-{team}"}))]
pub struct ProjectPatch {
    /// Name to show.
    #[serde(default)]
    pub title: Field<Line>,
    /// What to build and how, in Markdown.
    #[serde(default)]
    pub brief: Field<Text>,
    /// What students can do afterwards; replaces the whole list.
    #[serde(default)]
    #[schemars(length(max = 20))]
    pub outcomes: Field<Vec<Line>>,
    /// Letters, digits, `-`, `_`, `.` and the placeholders `{cohort}`, `{week}` and `{team}`; `null` clears it.
    #[serde(default)]
    pub repository_name: Field<Option<Line>>,
    /// When it is due; `null` clears it.
    #[serde(default)]
    pub due_at: Field<Option<Instant>>,
}
