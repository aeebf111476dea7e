//! A project: as it is stored, shown and changed.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::projects,
    error::{Error, Result},
    primitives::{Field, GivenTime, Id, Instant, Line, LocalTime, Text, time::TimeZone},
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
    /// The instant at which it is due, by the rules of the time zone when it was set.
    pub due_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// When it is due by the clocks of the campus, which is what counts. Projects from before this was kept have the
    /// instant only.
    pub due_local: Option<LocalTime>,
    /// Whether it gives little guidance, and hints only on request.
    pub is_open: bool,
    /// What an open project asks.
    pub question: Option<Line>,
}

impl Project {
    /// As a programme has it.
    ///
    /// # Errors
    /// `500` if the outcomes cannot be written as JSON.
    pub fn of_outline(cohort: Id, outline: ProjectOutline, now: Instant) -> Result<Self> {
        Ok(Self {
            id: Id::new(),
            cohort_id: cohort,
            title: outline.title,
            brief: outline.brief,
            outcomes: to_json(&outline.outcomes)?,
            repository_name: None,
            due_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
            due_local: None,
            is_open: outline.open,
            question: outline.question,
        })
    }

    /// When it is due by the clocks of the campus.
    pub fn due(&self, zone: TimeZone) -> Option<LocalTime> {
        let from_before = || self.due_at.map(|due| LocalTime::of(due, zone));
        self.due_local.or_else(from_before)
    }

    /// Due at another time, or at none.
    #[must_use]
    pub fn with_due(self, due: Option<LocalTime>, zone: TimeZone) -> Self {
        Self {
            due_at: due.map(|due| due.in_zone(zone)),
            due_local: due,
            ..self
        }
    }

    /// With what a patch changes.
    ///
    /// # Errors
    /// As [`Project::of_outline`].
    pub fn patched(&self, patch: ProjectPatch, zone: TimeZone) -> Result<Self> {
        let before = match patch.due_at {
            Field::Given(due) if due.map(|due| due.local(zone)) != self.due(zone) => {
                self.clone().with_due(due.map(|due| due.local(zone)), zone)
            }
            Field::Given(_) | Field::Absent => self.clone(),
        };
        let outcomes = patch.outcomes.given();
        Ok(Self {
            title: patch.title.or(before.title),
            brief: patch.brief.or(before.brief),
            outcomes: outcomes.map_or(Ok(before.outcomes), |outcomes| to_json(&outcomes))?,
            repository_name: patch.repository_name.or(before.repository_name),
            is_open: patch.open.or(before.is_open),
            question: patch.question.or(before.question),
            ..before
        })
    }
}

fn to_json(outcomes: &[Line]) -> Result<String> {
    serde_json::to_string(outcomes).map_err(Error::internal)
}

audited!(Project { title, repository_name, due_at, is_open, question; brief, outcomes });

/// That work is due at another time than it was, by the clocks of the campus.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DueNews {
    /// In which week.
    pub week: i32,
    /// When it was due.
    pub was: Option<LocalTime>,
    /// When it is due now.
    pub is: Option<LocalTime>,
    /// Whether it has moved with its week.
    pub with_week: bool,
}

/// A project with the number of its week, and the time zone of its campus.
#[derive(Clone, Debug, Queryable)]
pub struct ProjectInWeek {
    pub project: Project,
    pub week_number: i32,
    pub zone: TimeZone,
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
    /// When it is due; null if it has no due time. It moves if the clocks of the campus do.
    due_at: Option<Instant>,
    /// The same by the clocks of the campus, as it was set.
    due_local: Option<LocalTime>,
    /// Of the campus.
    time_zone: TimeZone,
    /// Whether it is open: a question too big, little guidance, and hints only for teams that ask for them.
    open: bool,
    /// The question that an open project asks.
    question: Option<Line>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl ProjectView {
    /// A project, with the number of its week and the time zone of its campus.
    ///
    /// # Errors
    /// `500` if the outcomes are not a list of sentences.
    pub fn of(project: Project, week_number: i32, zone: TimeZone) -> Result<Self> {
        let due = project.due(zone);
        Ok(Self {
            id: project.id,
            cohort_id: project.cohort_id,
            week_number,
            title: project.title,
            brief: project.brief,
            outcomes: serde_json::from_str(&project.outcomes).map_err(Error::internal)?,
            repository_name: project.repository_name,
            due_at: due.map(|due| due.in_zone(zone)),
            due_local: due,
            time_zone: zone,
            open: project.is_open,
            question: project.question,
            version: project.version,
        })
    }
}

/// What of a project can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"due_at": "2026-03-06T17:00", "repository_name": "{cohort}-week{week}-{team}"}))]
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
    /// When it is due: by the clocks of the campus, such as `2026-03-06T17:00`, or an instant; `null` clears it. A time that
    /// has passed can be given too: what is late follows from when it was submitted.
    #[serde(default)]
    pub due_at: Field<Option<GivenTime>>,
    /// Whether it is open: a question too big, little guidance, and hints only for teams that ask for them.
    #[serde(default)]
    pub open: Field<bool>,
    /// The question that an open project asks; `null` clears it.
    #[serde(default)]
    pub question: Field<Option<Line>>,
}
