//! A week as it is shown.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{Phase, Project, ProjectView, Week};
use crate::{
    error::Result,
    primitives::{Id, Line, time::TimeZone},
};

/// The number of a cohort's first week.
pub const FIRST_WEEK: i32 = 1;

/// A week of a cohort.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Week")]
pub struct WeekView {
    /// The week's id; it stays when a week is inserted before it.
    id: Id,
    /// Its number in the cohort, from 1.
    number: i32,
    /// What the week is for.
    phase: Phase,
    /// What it is about.
    topic: Line,
    /// First working day.
    starts_on: NaiveDate,
    /// Last working day.
    ends_on: NaiveDate,
    /// What the teams build; null if they build nothing.
    project: Option<ProjectView>,
    /// Rises with every change; the `ETag` begins with it.
    version: i64,
}

impl WeekView {
    /// A week, with what it builds and the zone of its campus.
    ///
    /// # Errors
    /// As [`ProjectView::of`].
    pub fn of(week: Week, project: Option<Project>, zone: TimeZone) -> Result<Self> {
        let project = project.map(|project| ProjectView::of(project, week.number, zone));
        Ok(Self {
            id: week.id,
            number: week.number,
            phase: week.phase,
            topic: week.topic,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
            project: project.transpose()?,
            version: week.version,
        })
    }
}
