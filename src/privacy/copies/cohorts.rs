//! Cohorts, their weeks and what is built in them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{document::campus, rows::rows};
use crate::{
    db::schema::{cohorts, projects, weeks},
    primitives::{Id, Instant, Json, Line, LocalTime, Slug, Text},
};

rows! {
    /// A cohort.
    CohortRow from cohorts {
        /// The cohort's id.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The programme it runs.
        programme_id: Id,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// `planned`, `running`, `graduated` or `cancelled`.
        status: String,
        /// Its first day.
        starts_on: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        /// Its status before.
        previous_status: String,
        /// Since when it has its status.
        status_changed_at: Instant,
    }

    /// A week of a cohort.
    WeekRow from weeks {
        /// The week's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its number, from 1.
        number: i32,
        /// What it is for.
        phase: String,
        /// What it is about.
        topic: Line,
        /// Its first day.
        starts_on: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
        /// What it builds.
        project_id: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When organisers were told that it lacks mentors.
        gap_told_at: Option<Instant>,
    }

    /// A project.
    ProjectRow from projects {
        /// The project's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// What it is called.
        title: Line,
        /// What is to be done.
        brief: Text,
        /// What is to be learnt.
        outcomes: Json,
        /// How repositories are named.
        repository_name: Option<String>,
        /// When it is due.
        due_at: Option<Instant>,
        /// The same by the clocks of the campus.
        due_local: Option<LocalTime>,
        /// Whether it is open.
        is_open: bool,
        /// What it asks.
        question: Option<Line>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}

campus! {
    CampusCohorts {
        /// Its cohorts.
        cohorts: CohortRow in cohorts of campus by id;
        /// The weeks of its cohorts.
        weeks: WeekRow in weeks of cohorts by number;
        /// What is built in them.
        projects: ProjectRow in projects of cohorts by id;
    }
}
