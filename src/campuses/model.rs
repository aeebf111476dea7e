//! Campuses as they are stored.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::{
    db::schema::{campus_days_off, campuses},
    primitives::{
        Id, Instant, Line, Slug,
        time::{TimeZone, WorkWeek},
        words,
    },
};

/// A campus.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = campuses)]
pub struct Campus {
    /// Names it.
    pub id: Id,
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: Line,
    /// Where it is.
    pub city: Line,
    /// Where that is.
    pub country: Line,
    /// What its clocks show.
    pub time_zone: TimeZone,
    /// When it works.
    pub work_week: WorkWeek,
    /// Whether its staff approve who joins.
    pub approves_members: bool,
    /// Counts the changes.
    pub version: i64,
    /// When it was opened.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

words! {
    /// How far somebody has come in joining a campus.
    pub enum MemberStatus {
        /// Waits for the staff.
        Pending = "pending",
        /// Has joined.
        Member = "member",
    }
}

/// A date on which a campus does not work.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = campus_days_off)]
pub struct DayOff {
    /// Whose.
    pub campus_id: Id,
    /// Which date.
    pub day: NaiveDate,
    /// Why.
    pub name: Line,
}
