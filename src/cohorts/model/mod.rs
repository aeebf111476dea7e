//! Cohorts, weeks and projects as they are stored.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

mod patch;
mod project;
mod span;
mod week;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use patch::{CohortPatch, WeekPatch};
pub use project::{DueNews, Project, ProjectInWeek, ProjectPatch, ProjectView};
pub use span::{Span, ZoneChange, current_week, week_going_on};
pub use week::{FIRST_WEEK, WeekView};

use crate::{
    audit::audited,
    db::schema::{cohorts, rounds, weeks},
    primitives::{Filter, Id, Instant, Line, Slug, text_enum},
};

text_enum! {
    /// Where a cohort is on its way.
    pub enum CohortStatus {
        /// Not begun.
        Planned = "planned",
        /// Under way.
        Running = "running",
        /// Done: its students are alumni.
        Graduated = "graduated",
        /// Called off.
        Cancelled = "cancelled",
    }
}

text_enum! {
    /// What a week is for.
    pub enum Phase {
        /// Learning by a project a week.
        Core = "core",
        /// Catching up.
        Reading = "reading",
        /// One's own product.
        Product = "product",
        /// A client's product.
        Client = "client",
        /// Finding work.
        Employment = "employment",
    }
}

/// A cohort.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = cohorts)]
pub struct Cohort {
    pub id: Id,
    pub campus_id: Id,
    pub programme_id: Id,
    /// Its name in URLs, one of a kind at its campus.
    pub slug: Slug,
    pub name: Line,
    /// Where it is on its way.
    pub status: CohortStatus,
    /// First day of its first week.
    pub starts_on: NaiveDate,
    /// Last day of its last week.
    pub ends_on: NaiveDate,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Where it was before its last step, to which it can go back.
    pub previous_status: CohortStatus,
    pub status_changed_at: Instant,
}

/// A week of a cohort.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = weeks, primary_key(cohort_id, number), treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Week {
    /// Stays when a week is inserted before it.
    pub id: Id,
    pub cohort_id: Id,
    /// From 1.
    pub number: i32,
    /// What it is for.
    pub phase: Phase,
    /// What it is about.
    pub topic: Line,
    /// Its first working day.
    pub starts_on: NaiveDate,
    /// Its last working day.
    pub ends_on: NaiveDate,
    /// What it builds.
    pub project_id: Option<Id>,
    pub version: i64,
    /// When organisers were told that it begins soon and lacks mentors.
    pub gap_told_at: Option<Instant>,
}

impl Week {
    /// When it is.
    pub fn span(&self) -> Span {
        Span {
            starts_on: self.starts_on,
            ends_on: self.ends_on,
        }
    }
}

text_enum! {
    /// In which order a list of cohorts comes.
    pub enum CohortSort {
        /// The first to start first.
        Earliest = "starts_on",
        /// The last to start first.
        Latest = "-starts_on",
    }
}

/// A round of teams of the cohort, by its first week.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = rounds)]
pub struct CohortRound {
    pub plan_id: Id,
    pub first_week: i32,
    /// Since when students see its teams.
    pub published_at: Option<Instant>,
}

/// Which cohorts a list shows, and in which order.
#[derive(Clone, Debug, Default)]
pub struct CohortSelection {
    /// At this campus.
    pub campus: Option<Id>,
    /// In these states, and running on these days.
    pub filter: Filter<CohortStatus>,
    /// With this slug.
    pub slug: Option<Slug>,
    /// By their start; by when they were made if not said.
    pub sort: Option<CohortSort>,
    /// Those behind the one with this start and name.
    pub after: Option<(NaiveDate, Id)>,
}

audited!(Cohort {
    slug,
    name,
    status,
    starts_on,
    ends_on
});
audited!(Week {
    number,
    phase,
    topic,
    starts_on,
    ends_on,
    project_id
});
