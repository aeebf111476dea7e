//! Times at which applicants are interviewed.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    db::schema::interview_slots,
    primitives::{GivenTime, Id, Instant, Line, LocalTime, Url, has_meeting},
};

/// A time at which one applicant is interviewed.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = interview_slots, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct InterviewSlot {
    pub id: Id,
    pub cohort_id: Id,
    /// By the clocks of the campus.
    pub starts_local: LocalTime,
    pub ends_local: LocalTime,
    pub place: Option<Line>,
    pub url: Option<Url>,
    pub interviewer_id: Option<Id>,
    /// The application of whoever has booked it.
    pub application_id: Option<Id>,
    pub booked_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

has_meeting!(InterviewSlot);

impl InterviewSlot {
    /// The same booked with an application, or free again.
    #[must_use]
    pub fn booked_by(self, application: Option<Id>, now: Instant) -> Self {
        Self {
            application_id: application,
            booked_at: application.map(|_| now),
            version: self.version + 1,
            updated_at: now,
            ..self
        }
    }
}

/// When one interview is.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InterviewTime {
    /// When it begins: by the clocks of the campus, such as `2027-03-08T10:00`, or an instant.
    pub starts_at: GivenTime,
    /// When it ends.
    pub ends_at: GivenTime,
}

/// Times that applicants can book.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "times": [{"starts_at": "2099-03-08T10:00", "ends_at": "2099-03-08T10:30"}], "url": "https://meet.example.org/interviews",
}))]
pub struct NewInterviewSlots {
    /// Each is booked by one applicant.
    #[schemars(length(min = 1, max = 100))]
    pub times: Vec<InterviewTime>,
    /// Where people come to.
    #[serde(default)]
    pub place: Option<Line>,
    /// Where they meet online.
    #[serde(default)]
    pub url: Option<Url>,
    /// Who asks: somebody of the cohort's panel.
    #[serde(default)]
    pub interviewer_id: Option<Id>,
}
