//! Retros and what is written in them.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    audit::audited,
    db::schema::{retro_items, retros},
    primitives::{Field, Id, Instant, Line, text_enum},
};

text_enum! {
    /// Whose retro it is.
    pub enum RetroScope {
        /// A team's.
        Team = "team",
        /// The whole cohort's.
        Cohort = "cohort",
    }
}

text_enum! {
    /// How far a retro has come.
    pub enum RetroStatus {
        /// Items are collected.
        Open = "open",
        /// Somebody has voted: items that are there stay as they are.
        Voting = "voting",
        /// The votes are counted.
        Closed = "closed",
    }
}

text_enum! {
    /// What an item says.
    pub enum ItemKind {
        /// What to stop doing.
        Stop = "stop",
        /// What to begin.
        Go = "go",
        /// What to keep doing.
        Continue = "continue",
    }
}

/// A look back at a week, of a team or of the whole cohort.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = retros, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Retro {
    pub id: Id,
    pub cohort_id: Id,
    pub week_id: Id,
    /// None if it is of the whole cohort.
    pub team_id: Option<Id>,
    pub status: RetroStatus,
    /// How many votes each has: in all in a team's retro, on items of one kind in a cohort's.
    pub votes_each: i32,
    pub opened_by: Option<Id>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub closed_at: Option<Instant>,
}

audited!(Retro { status });

impl Retro {
    /// Whose it is.
    pub fn scope(&self) -> RetroScope {
        match self.team_id {
            Some(_) => RetroScope::Team,
            None => RetroScope::Cohort,
        }
    }

    /// The same with another status. When the first vote was given is told nowhere.
    #[must_use]
    pub fn moved_to(&self, status: RetroStatus, now: Instant) -> Self {
        Self {
            status,
            version: self.version + 1,
            updated_at: match status {
                RetroStatus::Voting => self.updated_at,
                RetroStatus::Open | RetroStatus::Closed => now,
            },
            closed_at: (status == RetroStatus::Closed).then_some(now),
            ..self.clone()
        }
    }
}

/// Something that somebody wrote in a retro.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = retro_items, treat_none_as_default_value = false)]
pub struct Item {
    pub id: Id,
    pub cohort_id: Id,
    pub retro_id: Id,
    pub kind: ItemKind,
    pub text: Line,
    /// None once the retro has closed.
    pub author_id: Option<Id>,
    /// None until the retro has closed.
    pub votes: Option<i32>,
    pub version: i64,
}

audited!(Item { ; kind, text });

/// A retro, as it is opened.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"scope": "cohort"}))]
pub struct NewRetro {
    /// Whose it is to be.
    pub scope: RetroScope,
    /// The team, if it is a team's; the caller's own team of the week if left out.
    #[serde(default)]
    pub team_id: Option<Id>,
}

/// Something to write in a retro.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"kind": "go", "text": "Pair for an hour every morning"}))]
pub struct NewItem {
    /// Whether it is to stop, to begin or to go on.
    pub kind: ItemKind,
    /// What.
    pub text: Line,
}

/// What of an item can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"text": "Pair for an hour every morning, and change drivers"}))]
pub struct ItemPatch {
    /// Whether it is to stop, to begin or to go on.
    #[serde(default)]
    pub kind: Field<ItemKind>,
    /// What.
    #[serde(default)]
    pub text: Field<Line>,
}
