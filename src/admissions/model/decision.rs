//! What the staff decide about applications.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ApplicationStatus, Trial};
use crate::primitives::{Id, text_enum};

text_enum! {
    /// What is decided about an application.
    pub enum Decision {
        /// A place is offered; while anybody waits, or all places are given, a place on the waiting list.
        Offered = "offered",
        /// A place at the end of the waiting list.
        Waitlisted = "waitlisted",
        /// There is no place.
        Rejected = "rejected",
    }
}

/// A decision about one application.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "offered"}))]
pub struct NewDecision {
    /// What is decided.
    pub status: Decision,
}

/// A decision about all applications that wait for one, by their ranking.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"offers": 16, "waitlist": 8, "reject_others": false, "dry_run": true}))]
pub struct NewAdmissionRound {
    /// To how many more of the best a place is offered; as many as are free if left out.
    #[serde(default)]
    #[schemars(range(min = 0, max = 500))]
    pub offers: Option<u16>,
    /// How many more of the next join the waiting list.
    #[serde(default)]
    #[schemars(range(min = 0, max = 500))]
    pub waitlist: u16,
    /// How many more are invited to the trial week, the best of those who are not invited yet, instead of offers and places on the
    /// waiting list.
    #[serde(default)]
    #[schemars(range(min = 1, max = 500))]
    pub trial: Option<u16>,
    /// Whether those are chosen too who lack evidence that is required, behind all who have it. In the ranking their
    /// `evidence_met` is false. Whoever took part in the trial week may be chosen in any case.
    #[serde(default)]
    pub include_unmet: bool,
    /// Whether there is no place for all others.
    #[serde(default)]
    pub reject_others: bool,
    /// Whether it is only shown what would be decided.
    #[serde(default)]
    pub dry_run: bool,
}

/// What became of an applicant in the trial week.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "attended"}))]
pub struct NewTrial {
    /// `invited` before it, `attended` or `missed` from its first day on.
    pub status: Trial,
}

/// Where an application goes on.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"cohort_id": "0ds8x2v4fmg00"}))]
pub struct NewDeferral {
    /// Another cohort of the same campus, with an intake.
    pub cohort_id: Id,
}

/// What became of one application in a round.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    pub application_id: Id,
    pub person_id: Id,
    /// Its place in the ranking, from 1, among those that the caller may decide about.
    pub rank: usize,
    pub status: ApplicationStatus,
    pub trial: Option<Trial>,
}
