//! Coverage over HTTP.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::{actions, rules::Coverage};
use crate::{
    cohorts::model::Week,
    error::Result,
    primitives::Page,
    web::{ById, Call, NoBody, NoQuery, Reply},
};

/// How well a week is covered with mentors.
#[derive(Serialize, JsonSchema)]
pub struct MentorCoverage {
    /// From 1.
    week: i32,
    starts_on: chrono::NaiveDate,
    ends_on: chrono::NaiveDate,
    /// Mentors its slots take: the sum of their `min`.
    wanted: i32,
    /// Places of mentors who will come or came.
    confirmed: i32,
    /// Mentors still missing; what one slot has too many does not help another.
    gap: i32,
    /// How many slots it has.
    slots: i32,
    /// Exactly one mentor comes in this week: nobody should be left alone.
    alone: bool,
}

impl From<(Week, Coverage)> for MentorCoverage {
    fn from((week, coverage): (Week, Coverage)) -> Self {
        Self {
            week: week.number,
            starts_on: week.starts_on,
            ends_on: week.ends_on,
            wanted: coverage.wanted,
            confirmed: coverage.confirmed,
            gap: coverage.gap,
            slots: coverage.slots,
            alone: coverage.alone,
        }
    }
}

/// `GET /v1/cohorts/{id}/mentor-coverage`
pub async fn coverage(call: Call<ById, NoQuery, NoBody>) -> Result<Reply<Page<MentorCoverage>>> {
    call.read(|conn, call| {
        let weeks = actions::coverage(conn, &call.actor, call.path.id)?;
        Reply::page(&Page::whole(weeks).map(MentorCoverage::from))
    })
    .await
}
