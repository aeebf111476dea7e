//! What the weeks of a new cohort are to hold: a programme's outline, or what another cohort has
//! made of one.

use chrono::NaiveDate;

use super::Pattern;
use crate::{
    campuses,
    cohorts::{
        model::{Cohort, Phase, Project, Week},
        rules::calendar::{Calendar, Span, moved_with},
        store,
    },
    db::Conn,
    error::{Code, Error, Result},
    primitives::{Id, Instant, Line, Text, time::TimeZone},
    programmes::{
        self,
        model::{Outline, ProjectOutline},
    },
};

/// The weeks of a cohort to be, in order, and the programme they come from.
pub struct Plan {
    pub programme: Id,
    pub weeks: Vec<Content>,
}

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
    /// As it was in a week that ended on that day at a campus with those clocks.
    AsIn(NaiveDate, TimeZone, Option<Instant>),
}

impl Plan {
    pub fn of(conn: &mut Conn, pattern: Pattern) -> Result<Self> {
        match pattern {
            Pattern::Programme(id) => Self::of_programme(conn, id).map_err(|error| absent(error, "/programme_id")),
            Pattern::Cohort(id) => Self::of_cohort(conn, id).map_err(|error| absent(error, "/clone_of")),
        }
    }

    fn of_programme(conn: &mut Conn, id: Id) -> Result<Self> {
        let programme = programmes::store::programme(conn, id)?.id;
        let rows = programmes::store::weeks(conn, id)?;
        let content = |row| Content::of_outline(Outline::of_row(row)?);
        let weeks = rows.into_iter().map(content).collect::<Result<_>>()?;
        Ok(Self { programme, weeks })
    }

    fn of_cohort(conn: &mut Conn, id: Id) -> Result<Self> {
        let cohort = store::cohort(conn, id)?;
        let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
        let weeks = super::weeks::with_projects(conn, id)?;
        let content = |(week, project)| Content::of_week(week, project, zone);
        Ok(Self {
            programme: cohort.programme_id,
            weeks: weeks.into_iter().map(content).collect(),
        })
    }
}

fn absent(error: Error, pointer: &str) -> Error {
    match error.code() {
        Code::NotFound => Error::field(pointer, "not_found", "does not exist"),
        _ => error,
    }
}

impl Content {
    fn of_outline(outline: Outline) -> Result<Self> {
        Ok(Self {
            phase: outline.phase,
            topic: outline.topic,
            project: outline.project.map(ProjectContent::of_outline).transpose()?,
        })
    }

    fn of_week(week: Week, project: Option<Project>, zone: TimeZone) -> Self {
        let last_day = week.ends_on;
        let project = project.map(|project| ProjectContent {
            title: project.title,
            brief: project.brief,
            outcomes: project.outcomes,
            repository_name: project.repository_name,
            due: Due::AsIn(last_day, zone, project.due_at),
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
        let to = (span.ends_on, calendar.time_zone);
        let due_at = match self.due {
            Due::AsUsual => calendar.due(span),
            Due::AsIn(day, zone, due) => due.map(|due| moved_with(due, (day, zone), to)),
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
