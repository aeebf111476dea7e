//! Which team reviews whose code.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::code_reviews,
    primitives::{Field, GivenTime, Id, Instant, LocalTime, text_enum, time::TimeZone},
    teams::model::TeamName,
};

text_enum! {
    /// Why a team reviews another.
    pub enum AssignmentReason {
        /// All reviews of the week were shared out together.
        Rotation = "rotation",
        /// The teams changed afterwards, and this was the smallest change.
        Joined = "joined",
        /// The team that had it let its time pass, and this one took it.
        TakenOver = "taken_over",
    }
}

text_enum! {
    /// Where a review stands.
    pub enum ReviewStatus {
        /// The reviewing team has it to do.
        Assigned = "assigned",
        /// The reviewing team has raised an issue, or says that it has read the code.
        Done = "done",
        /// Its time has passed: any other team of the week may take it over.
        Abandoned = "abandoned",
    }
}

/// One team reads the work of another.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = code_reviews, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct CodeReview {
    pub id: Id,
    pub cohort_id: Id,
    pub week_number: i32,
    pub reviewed_team_id: Id,
    pub reviewing_team_id: Id,
    /// Why that team.
    pub reason: AssignmentReason,
    /// Pairs of a reviewer and somebody reviewed.
    pub pairs: i32,
    /// Those of them that reviewed so before.
    pub repeats: i32,
    /// By the clocks of the campus.
    pub due_local: LocalTime,
    pub done_at: Option<Instant>,
    /// The team that let its time pass.
    pub abandoned_by: Option<Id>,
    pub assigned_by: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

impl CodeReview {
    /// Where it stands at an instant.
    pub fn status(&self, zone: TimeZone, now: Instant) -> ReviewStatus {
        match self.done_at {
            Some(_) => ReviewStatus::Done,
            None if now > self.due_local.in_zone(zone) => ReviewStatus::Abandoned,
            None => ReviewStatus::Assigned,
        }
    }

    /// The team it was given to first.
    pub fn first_assigned_to(&self) -> Id {
        self.abandoned_by.unwrap_or(self.reviewing_team_id)
    }
}

/// A review whose time has passed and that nobody does.
pub struct Abandoned {
    pub id: Id,
    pub week: i32,
    pub due_on: NaiveDate,
    /// Who let the time pass.
    pub by: TeamName,
    pub of: TeamName,
}

audited!(CodeReview {
    reviewing_team_id,
    due_local,
    done_at
});

/// What of a code review can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "done"}))]
pub struct CodeReviewPatch {
    /// `done`: the reviewing team has read the code.
    #[serde(default)]
    pub status: Field<ReviewStatus>,
    /// Until when the reviewing team has time; staff only. `null` is as long as without a word of theirs: until 17:00 on the
    /// first day of the next week, and at least two days from now.
    #[serde(default)]
    pub due_at: Field<Option<GivenTime>>,
}
