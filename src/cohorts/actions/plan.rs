//! What the weeks of a new cohort are to hold: a programme's outline, or what another cohort has
//! made of one.

use super::{
    content::Content,
    weeks::{WeekWithProject, with_projects},
};
use crate::{
    campuses,
    cohorts::store,
    db::Conn,
    error::{Code, Error, Result},
    primitives::Id,
    programmes::{self, model::WeekOutline},
};

/// What a cohort is made from.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// A programme, as it is.
    Programme(Id),
    /// Another cohort's weeks and projects, as they have become.
    Cohort(Id),
}

/// The weeks of a cohort to be, in order, and the programme they come from.
pub struct Plan {
    pub programme: Id,
    pub weeks: Vec<Content>,
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
        let content = |row| WeekOutline::of_row(row).map(Content::of_outline);
        let weeks = rows.into_iter().map(content).collect::<Result<_>>()?;
        Ok(Self { programme, weeks })
    }

    fn of_cohort(conn: &mut Conn, id: Id) -> Result<Self> {
        let cohort = store::cohort(conn, id)?;
        let zone = campuses::store::campus(conn, cohort.campus_id)?.time_zone;
        let weeks = with_projects(conn, id, zone)?;
        let content = |WeekWithProject { week, project, zone }| Content::of_week(week, project, zone);
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
