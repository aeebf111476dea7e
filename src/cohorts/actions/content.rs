//! What a week holds and builds, whenever it may be.

use crate::{
    cohorts::{
        model::{Cohort, Phase, Project, Span, Week},
        rules::calendar::{Calendar, SpanInZone, due_moved_with},
    },
    error::Result,
    primitives::{Id, Instant, Line, time::TimeZone},
    programmes::model::{ProjectOutline, WeekOutline},
};

/// What a week holds, whenever it may be.
pub struct Content {
    phase: Phase,
    topic: Line,
    project: Option<ProjectContent>,
}

/// What a week builds, whenever it may be.
pub enum ProjectContent {
    /// As a programme has it: due at the end of its week.
    Outline(ProjectOutline),
    /// As another week builds it, with the clocks of its campus: due at the same time of its week.
    Copy(Project, SpanInZone),
}

impl Content {
    pub fn of_outline(outline: WeekOutline) -> Self {
        Self {
            phase: outline.phase,
            topic: outline.topic,
            project: outline.project.map(ProjectContent::Outline),
        }
    }

    pub fn of_week(week: Week, project: Option<Project>, zone: TimeZone) -> Self {
        let dated = SpanInZone {
            span: week.span(),
            zone,
        };
        Self {
            phase: week.phase,
            topic: week.topic,
            project: project.map(|project| ProjectContent::Copy(project, dated)),
        }
    }

    /// As a week of the cohort.
    pub fn at(self, cohort: &Cohort, number: i32, span: Span, calendar: &Calendar) -> Result<(Week, Option<Project>)> {
        let project = self
            .project
            .map(|project| project.at(cohort.id, span, calendar, cohort.created_at));
        let project = project.transpose()?;
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
            gap_told_at: None,
        };
        Ok((week, project))
    }
}

impl ProjectContent {
    /// As what is built in that week of a cohort.
    pub fn at(self, cohort: Id, span: Span, calendar: &Calendar, now: Instant) -> Result<Project> {
        let zone = calendar.time_zone;
        Ok(match self {
            Self::Copy(project, from) => {
                let due = project.due(from.zone);
                let copy = Project {
                    id: Id::new(),
                    cohort_id: cohort,
                    version: 1,
                    created_at: now,
                    updated_at: now,
                    ..project
                };
                copy.with_due(due.map(|due| due_moved_with(due, from.span, span)), zone)
            }
            Self::Outline(outline) => Project::of_outline(cohort, outline, now)?.with_due(calendar.due(span), zone),
        })
    }
}
