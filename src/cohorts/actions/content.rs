//! What a week holds and builds, whenever it may be.

use crate::{
    cohorts::{
        model::{Cohort, Phase, Project, Week},
        rules::calendar::{Calendar, Dated, Span, due_moved_with},
    },
    error::{Error, Result},
    primitives::{Id, Instant, Line, Text, time::TimeZone},
    programmes::model::{Outline, ProjectOutline},
};

/// What a week holds, whenever it may be.
pub struct Content {
    phase: Phase,
    topic: Line,
    project: Option<ProjectContent>,
}

/// What a week builds, whenever it may be.
pub struct ProjectContent {
    title: Line,
    brief: Text,
    outcomes: String,
    repository_name: Option<Line>,
    due: Due,
}

enum Due {
    /// At the end of the week.
    AsUsual,
    /// As it was in that week at a campus with those clocks.
    AsIn(Dated, Option<Instant>),
}

impl Content {
    pub fn of_outline(outline: Outline) -> Result<Self> {
        Ok(Self {
            phase: outline.phase,
            topic: outline.topic,
            project: outline.project.map(ProjectContent::of_outline).transpose()?,
        })
    }

    pub fn of_week(week: Week, project: Option<Project>, zone: TimeZone) -> Self {
        let dated = (week.span(), zone);
        let project = project.map(|project| ProjectContent {
            title: project.title,
            brief: project.brief,
            outcomes: project.outcomes,
            repository_name: project.repository_name,
            due: Due::AsIn(dated, project.due_at),
        });
        Self {
            phase: week.phase,
            topic: week.topic,
            project,
        }
    }

    /// As a week of the cohort.
    pub fn at(self, cohort: &Cohort, number: i32, span: Span, calendar: &Calendar) -> (Week, Option<Project>) {
        let project = self
            .project
            .map(|project| project.at(cohort.id, span, calendar, cohort.created_at));
        let week = Week {
            id: Id::new(),
            cohort_id: cohort.id,
            number,
            phase: self.phase,
            topic: self.topic,
            starts_on: span.starts_on,
            ends_on: span.ends_on,
            project_id: project.as_ref().map(|project| project.id),
            version: 1,
        };
        (week, project)
    }
}

impl ProjectContent {
    pub fn of_outline(outline: ProjectOutline) -> Result<Self> {
        Ok(Self {
            outcomes: serde_json::to_string(&outline.outcomes).map_err(Error::internal)?,
            title: outline.title,
            brief: outline.brief,
            repository_name: None,
            due: Due::AsUsual,
        })
    }

    /// As what is built in that week of a cohort.
    pub fn at(self, cohort: Id, span: Span, calendar: &Calendar, now: Instant) -> Project {
        let to = (span, calendar.time_zone);
        let due_at = match self.due {
            Due::AsUsual => calendar.due(span),
            Due::AsIn(from, due) => due.map(|due| due_moved_with(due, from, to)),
        };
        Project {
            id: Id::new(),
            cohort_id: cohort,
            title: self.title,
            brief: self.brief,
            outcomes: self.outcomes,
            repository_name: self.repository_name,
            due_at,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }
}
