//! Programmes as they are stored.

use diesel::prelude::*;

use crate::{
    cohorts::model::Phase,
    db::schema::{programme_weeks, programmes},
    primitives::{Id, Instant, Line, Slug, Text},
};

/// A programme.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = programmes)]
pub struct Programme {
    /// Names it.
    pub id: Id,
    /// Whose it is; the library's belong to nobody.
    pub campus_id: Option<Id>,
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: Line,
    /// What it is.
    pub description: Option<Text>,
    /// A JSON array of role names, in the order they rotate.
    pub roles: String,
    /// What it was made from.
    pub forked_from: Option<Id>,
    /// Counts the changes.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// A week of a programme.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = programme_weeks)]
pub struct ProgrammeWeek {
    /// Whose.
    pub programme_id: Id,
    /// From 1.
    pub number: i32,
    /// What it is for.
    pub phase: Phase,
    /// What it is about.
    pub topic: Line,
    /// What it builds, if anything.
    pub project_title: Option<Line>,
    /// How.
    pub project_brief: Option<Text>,
    /// A JSON array of sentences.
    pub project_outcomes: Option<String>,
}
