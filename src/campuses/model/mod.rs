//! Campuses as they are stored.

#![expect(missing_docs, reason = "columns that say by their names what they hold")]

mod bodies;
mod invitation;
mod staff_invitation;

use chrono::NaiveDate;
use diesel::prelude::*;

pub use bodies::{CampusPatch, NewCampus};
pub use invitation::{InvitationState, InvitationStatus, Sender};
pub use staff_invitation::{StaffInvitation, is_backed};

use crate::{
    accounts::model::PersonCard,
    audit::audited,
    authz::StaffRole,
    db::schema::{campus_days_off, campuses},
    primitives::{
        Id, Instant, Language, Line, Slug, text_enum,
        time::{TimeZone, WorkWeek},
    },
};

/// A campus.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = campuses, treat_none_as_null = true)]
pub struct Campus {
    pub id: Id,
    /// Its name in URLs.
    pub slug: Slug,
    pub name: Line,
    pub city: Line,
    /// Where that is.
    pub country: Line,
    /// What its clocks show.
    pub time_zone: TimeZone,
    /// When it works.
    pub work_week: WorkWeek,
    /// Whether its staff approve who joins.
    pub approves_members: bool,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
    /// Since when its invitations open accounts where registration is closed.
    pub approved_at: Option<Instant>,
    /// Whether its staff need a second factor.
    pub require_second_factor: bool,
    /// In which it writes to those who have chosen none.
    pub language: Option<Language>,
    /// Since when it is closed.
    pub closed_at: Option<Instant>,
}

text_enum! {
    /// Whether anything goes on at a campus.
    pub enum CampusStatus {
        /// It is open.
        Open = "open",
        /// It is closed. What was done there stays.
        Closed = "closed",
    }
}

text_enum! {
    /// How far somebody has come in joining a campus.
    pub enum MemberStatus {
        /// Waits for the staff.
        Pending = "pending",
        /// Has joined.
        Member = "member",
    }
}

/// Somebody who has joined a campus or asked to.
#[derive(Clone, Debug, Queryable)]
pub struct Member {
    pub person: PersonCard,
    /// How far they have come.
    pub status: MemberStatus,
    pub created_at: Instant,
    /// Whether they have shown that mail to their address reaches them.
    pub verified: bool,
}

/// Somebody on the staff of a campus.
#[derive(Clone, Debug, Queryable)]
pub struct Appointment {
    pub person: PersonCard,
    pub role: StaffRole,
    pub created_at: Instant,
}

/// A date on which a campus does not work.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = campus_days_off)]
pub struct DayOff {
    pub campus_id: Id,
    pub day: NaiveDate,
    pub name: Line,
}

/// Which campuses a list shows.
#[derive(Clone, Debug, Default)]
pub struct CampusSelection {
    /// With this slug.
    pub slug: Option<Slug>,
    /// In this country.
    pub country: Option<Line>,
    /// Closed, or open.
    pub is_closed: Option<bool>,
    /// Opened after this one.
    pub after: Option<Id>,
}

audited!(Campus {
    slug,
    name,
    city,
    country,
    time_zone,
    work_week,
    approves_members,
    require_second_factor,
    language
});
