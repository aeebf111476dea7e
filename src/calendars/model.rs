//! Feeds as they are stored, and what they show.

use chrono::NaiveDate;
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    db::schema::calendar_feeds,
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

/// When an entry of a calendar is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// From one instant to another; the same one for what is due.
    Instants(Instant, Instant),
    /// Whole days, both included.
    Days(NaiveDate, NaiveDate),
}

/// An entry of a calendar.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Always the same for the same thing.
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
