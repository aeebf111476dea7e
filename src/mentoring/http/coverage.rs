//! Coverage over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::actions::{self, CoveredWeek};
use crate::{
    error::Result,
    pictures,
    primitives::Page,
    teams::model::PersonName,
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// How well a week is covered with mentors.
#[derive(Serialize, JsonSchema)]
pub struct MentorCoverage {
    /// The number of the week.
    week: i32,
    /// First working day of the week.
    starts_on: chrono::NaiveDate,
    /// Last working day of the week.
    ends_on: chrono::NaiveDate,
    /// Mentors wanted: the sum of its slots' `min`.
    wanted: i32,
    /// Mentors who are confirmed or came. A `no_show` does not count.
    confirmed: i32,
    /// Mentors missing. Too many in one slot do not fill a gap in another.
    gap: i32,
    /// Number of its slots.
    slots: i32,
    /// Whether exactly one mentor comes in this week.
    alone: bool,
    /// Mentors who are confirmed or came, by name.
    mentors: Vec<PersonName>,
    /// Those of them who are the only one of the week, or of a slot that is for two or more.
    lone_mentors: Vec<PersonName>,
}

impl From<CoveredWeek> for MentorCoverage {
    fn from(covered: CoveredWeek) -> Self {
        let CoveredWeek {
            week,
            coverage,
            mentors,
            lone_mentors,
            ..
        } = covered;
        Self {
            week: week.number,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
            wanted: coverage.wanted,
            confirmed: coverage.confirmed,
            gap: coverage.gap,
            slots: coverage.slots,
            alone: coverage.alone,
            mentors,
            lone_mentors,
        }
    }
}

/// `GET /v1/cohorts/{id}/mentor-coverage`
pub async fn get_mentor_coverage(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<MentorCoverage>>> {
    call.read(|conn, call| {
        if call.prefers(pictures::SVG) {
            let map = actions::coverage_map(conn, &call.actor, call.path.id)?;
            return Ok(Reply::media(pictures::SVG, pictures::coverage(&map)));
        }
        let weeks = actions::coverage(conn, &call.actor, call.path.id)?;
        call.page(Page::whole(weeks).map(MentorCoverage::from))
    })
    .await
}
