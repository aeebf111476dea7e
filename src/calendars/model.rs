//! Feeds as they are stored, and what they show.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    cohorts::model::{Cohort, Week},
    db::schema::{calendar_feeds, calendar_revisions},
    mentoring::model::Slot,
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What a feed shows.
    pub enum FeedOf {
        /// What concerns its owner: the cohorts they study in, and when they mentor.
        Me = "me",
        /// One cohort.
        Cohort = "cohort",
        /// The cohorts of a campus that are planned or running, and its days off.
        Campus = "campus",
    }
}

/// A feed.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_feeds, treat_none_as_default_value = false)]
pub struct Feed {
    pub id: Id,
    pub person_id: Id,
    /// What it shows.
    pub shows: FeedOf,
    pub cohort_id: Option<Id>,
    pub campus_id: Option<Id>,
    /// What is kept of the token in its address.
    pub token_hash: String,
    pub created_at: Instant,
}

/// A feed as it is asked for.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"of": "me"}))]
pub struct NewFeed {
    /// What it shows.
    pub of: FeedOf,
    /// The cohort or the campus, unless it shows the caller's own.
    #[serde(default)]
    pub id: Option<Id>,
}

text_enum! {
    /// Of what kind an entry is that can be gone.
    pub enum EntryKind {
        /// A place as a mentor.
        Mentoring = "mentoring",
        /// A time of office hours that is booked.
        OfficeHours = "office_hours",
        /// When work is due.
        Due = "due",
        /// A walk.
        Walk = "walk",
    }
}

impl EntryKind {
    /// The UID of the entry of something, without the host.
    pub fn uid(self, of: impl std::fmt::Display) -> String {
        match self {
            Self::OfficeHours => format!("office-hours-{of}"),
            Self::Mentoring | Self::Due | Self::Walk => format!("{}-{of}", self.as_str()),
        }
    }

    /// That of a time of office hours.
    pub fn uid_of_time(slot: Id, number: i32) -> String {
        Self::OfficeHours.uid(format_args!("{slot}-{number}"))
    }
}

/// What is known of an entry beside the row that it is made of.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = calendar_revisions, treat_none_as_default_value = false)]
pub struct Revision {
    pub id: Id,
    /// The entry's, without the host.
    pub uid: String,
    pub kind: EntryKind,
    /// In whose calendar it is; none if in those of all who see the cohort's.
    pub person_id: Option<Id>,
    pub cohort_id: Id,
    /// What the entry had when it was cancelled; one that comes again goes on from there.
    pub sequence: i64,
    /// None of what takes whole days.
    pub starts_at: Option<Instant>,
    pub ends_at: Option<Instant>,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// Whether there is no such entry any more.
    pub is_cancelled: bool,
    pub changed_at: Instant,
}

impl Revision {
    /// When the entry was.
    pub fn when(&self) -> When {
        match (self.starts_at, self.ends_at) {
            (Some(starts), Some(ends)) => When::Instants(starts, ends),
            _ => When::Days(self.starts_on, self.ends_on),
        }
    }
}

/// When an entry of a calendar is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// From one instant to another; the same one for what is due.
    Instants(Instant, Instant),
    /// Whole days, both included.
    Days(NaiveDate, NaiveDate),
}

impl When {
    /// When a mentor slot is: all its week, if it has no times.
    pub fn of_slot(slot: &Slot, week: &Week) -> Self {
        match slot.times() {
            Some(times) => Self::Instants(times.starts_at(), times.ends_at()),
            None => Self::Days(week.starts_on, week.ends_on),
        }
    }
}

/// Somebody's place as a mentor.
#[derive(Clone, Debug, Queryable)]
pub struct Mentoring {
    pub id: Id,
    pub version: i64,
    pub updated_at: Instant,
    pub slot: Slot,
    pub week: Week,
    pub cohort: Cohort,
}

/// A walk that somebody comes along on, or at which they are the carer.
#[derive(Clone, Debug, Queryable)]
pub struct Walk {
    pub slot: Slot,
    pub week: Week,
    pub cohort: Cohort,
}

/// An entry of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Always the same for the same thing; the host is added when the calendar is written.
    pub uid: String,
    /// Rises with every change.
    pub sequence: i64,
    pub changed_at: Instant,
    pub title: String,
    pub category: &'static str,
    pub when: When,
    pub place: Option<String>,
    pub url: Option<String>,
    pub is_cancelled: bool,
}
