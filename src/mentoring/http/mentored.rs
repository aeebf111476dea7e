//! The week and the cohort that mentoring is for, as lists over several cohorts show them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    campuses::model::Campus,
    cohorts::model::{Cohort, CohortStatus, Week},
    primitives::{Id, Line, Slug, time::TimeZone},
};

/// The week that mentoring is for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnSignUpWeek")]
pub struct MentoredWeek {
    /// Its number in the cohort.
    number: i32,
    /// What it is about.
    topic: Line,
    /// First working day.
    starts_on: chrono::NaiveDate,
    /// Last working day.
    ends_on: chrono::NaiveDate,
}

impl From<Week> for MentoredWeek {
    fn from(week: Week) -> Self {
        Self {
            number: week.number,
            topic: week.topic,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
        }
    }
}

/// The cohort that mentoring is for.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnSignUpCohort")]
pub struct MentoredCohort {
    /// The cohort's id.
    id: Id,
    /// The campus it runs at.
    campus_id: Id,
    /// Short name for URLs.
    slug: Slug,
    /// Name to show.
    name: Line,
    /// Where it stands.
    status: CohortStatus,
}

impl From<Cohort> for MentoredCohort {
    fn from(cohort: Cohort) -> Self {
        Self {
            id: cohort.id,
            campus_id: cohort.campus_id,
            slug: cohort.slug,
            name: cohort.name,
            status: cohort.status,
        }
    }
}

/// The campus that mentoring is at.
#[derive(Serialize, JsonSchema)]
pub struct MentoredCampus {
    /// The campus's id.
    id: Id,
    /// Name to show.
    name: Line,
    /// The city it is in.
    city: Line,
    /// IANA time zone, in which its weeks begin and end.
    time_zone: TimeZone,
}

impl From<Campus> for MentoredCampus {
    fn from(campus: Campus) -> Self {
        Self {
            id: campus.id,
            name: campus.name,
            city: campus.city,
            time_zone: campus.time_zone,
        }
    }
}
