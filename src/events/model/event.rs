//! An event: what takes place at a time.

use chrono::{NaiveDate, TimeDelta};
use diesel::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

use super::CheckIn;
use crate::{
    audit::audited,
    db::schema::scheduled_events,
    primitives::{Field, GivenTime, Id, Instant, Line, LocalTime, Period, Url, Word, text_enum, time::TimeZone},
};

text_enum! {
    /// Whether an event takes place.
    pub enum EventStatus {
        /// It does, or did.
        Planned = "planned",
        /// It was called off.
        Cancelled = "cancelled",
    }
}

/// How long an event can be.
pub const LONGEST: TimeDelta = TimeDelta::days(7);

/// What takes place at a time: an occurrence of a session, or something of its own.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = scheduled_events, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Event {
    pub id: Id,
    pub cohort_id: Id,
    /// The session that it is an occurrence of.
    pub session_id: Option<Id>,
    /// On which day it takes place by the timetable; it stays when it is moved.
    pub session_day: Option<NaiveDate>,
    /// Whether staff have changed it by hand; the timetable then leaves it alone.
    pub is_changed: bool,
    pub title: Line,
    /// What it is, such as `workshop`.
    pub kind: Word,
    /// By the clocks of the campus.
    pub starts_local: LocalTime,
    pub ends_local: LocalTime,
    pub place: Option<Line>,
    pub url: Option<Url>,
    /// Whether nobody is expected.
    pub is_optional: bool,
    /// The code that people check in with, if they need one.
    pub check_in_code: Option<String>,
    pub status: EventStatus,
    /// Cancelled because timetable or cohort have it no longer; it comes back with them.
    pub is_left_out: bool,
    pub cancelled_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(Event { kind, starts_local, ends_local, is_optional, status; title, place, url });

impl Event {
    /// When it begins, as the clocks of the campus are known to go.
    pub fn starts_at(&self, zone: TimeZone) -> Instant {
        self.starts_local.in_zone(zone)
    }

    /// When it ends. What ends within an hour that the clocks skip, ends no earlier than it begins.
    pub fn ends_at(&self, zone: TimeZone) -> Instant {
        self.ends_local.in_zone(zone).max(self.starts_at(zone))
    }

    /// The day on which it takes place.
    pub fn day(&self) -> NaiveDate {
        self.starts_local.date()
    }

    /// How people check in.
    pub fn check_in(&self) -> CheckIn {
        match self.check_in_code {
            Some(_) => CheckIn::Code,
            None => CheckIn::Open,
        }
    }

    /// Whether it takes place.
    pub fn is_planned(&self) -> bool {
        self.status == EventStatus::Planned
    }

    /// Cancelled then, by staff or because it is left out.
    #[must_use]
    pub fn cancelled(self, is_left_out: bool, now: Instant) -> Self {
        Self {
            status: EventStatus::Cancelled,
            is_left_out,
            cancelled_at: Some(now),
            ..self
        }
    }

    /// Taking place again.
    #[must_use]
    pub fn revived(self) -> Self {
        Self {
            status: EventStatus::Planned,
            is_left_out: false,
            cancelled_at: None,
            ..self
        }
    }

    /// With what a patch changes; `code` is for people to check in with, if they need one from now on.
    #[must_use]
    pub fn patched(self, patch: EventPatch, zone: TimeZone, code: impl Fn() -> String, now: Instant) -> Self {
        let check_in = patch.check_in.or(self.check_in());
        let status = patch.status.or(self.status);
        let after = Self {
            title: patch.title.or(self.title),
            kind: patch.kind.or(self.kind),
            starts_local: patch.starts_at.map(|time| time.local(zone)).or(self.starts_local),
            ends_local: patch.ends_at.map(|time| time.local(zone)).or(self.ends_local),
            place: patch.place.or(self.place),
            url: patch.url.or(self.url),
            is_optional: patch.optional.or(self.is_optional),
            check_in_code: match check_in {
                CheckIn::Open => None,
                CheckIn::Code => self.check_in_code.or_else(|| Some(code())),
            },
            ..self
        };
        match (after.status, status) {
            (EventStatus::Planned, EventStatus::Cancelled) => after.cancelled(false, now),
            (EventStatus::Cancelled, EventStatus::Planned) => after.revived(),
            _ => after,
        }
    }
}

/// An event as staff announce it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "title": "Agile workshop", "kind": "workshop", "starts_at": "2027-03-05T14:00", "ends_at": "2027-03-05T16:00",
    "place": "Main room",
}))]
pub struct NewEvent {
    /// What it is called.
    pub title: Line,
    /// What it is, in a word such as `workshop`, `talk` or `social`.
    pub kind: Word,
    /// When it begins: by the clocks of the campus, such as `2026-03-06T14:00`, or an instant.
    pub starts_at: GivenTime,
    /// When it ends; at most a week later.
    pub ends_at: GivenTime,
    /// Where people come to.
    #[serde(default)]
    pub place: Option<Line>,
    /// Where they meet online.
    #[serde(default)]
    pub url: Option<Url>,
    /// Whether nobody is expected: it counts in nobody's attendance.
    #[serde(default)]
    pub optional: bool,
    /// How people check in.
    #[serde(default)]
    pub check_in: CheckIn,
}

/// What of an event can be changed.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"place": "The library"}))]
pub struct EventPatch {
    /// What it is called.
    #[serde(default)]
    pub title: Field<Line>,
    /// What it is, in a word.
    #[serde(default)]
    pub kind: Field<Word>,
    /// When it begins: by the clocks of the campus, or an instant.
    #[serde(default)]
    pub starts_at: Field<GivenTime>,
    /// When it ends.
    #[serde(default)]
    pub ends_at: Field<GivenTime>,
    /// Where people come to; `null` clears it.
    #[serde(default)]
    pub place: Field<Option<Line>>,
    /// Where they meet online; `null` clears it.
    #[serde(default)]
    pub url: Field<Option<Url>>,
    /// Whether nobody is expected.
    #[serde(default)]
    pub optional: Field<bool>,
    /// How people check in.
    #[serde(default)]
    pub check_in: Field<CheckIn>,
    /// `cancelled` calls it off, `planned` lets it take place after all.
    #[serde(default)]
    pub status: Field<EventStatus>,
}

/// Which events of a cohort.
#[derive(Clone, Debug, Default)]
pub struct EventSelection {
    pub period: Period,
    pub kind: Option<Word>,
    pub status: Option<EventStatus>,
    /// Those that begin behind the one with this time and id.
    pub after: Option<(LocalTime, Id)>,
}
