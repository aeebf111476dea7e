//! What takes place, who was there, and calendars.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::campus,
    rows::{LeftOut, SECRETS, person, rows},
};
use crate::{
    db::schema::{
        attendances, calendar_feeds, calendar_revisions, check_in_tries, day_absences, scheduled_events,
        timetable_sessions,
    },
    primitives::{Id, Instant, Line, LocalTime, Text, Url, Word},
};

rows! {
    /// A day that the person missed.
    ExportedDayAbsence from day_absences {
        /// The cohort.
        cohort_id: Id,
        /// The day.
        day: NaiveDate,
        /// The person.
        person_id: Id,
        /// Why, as it was told to the staff.
        reason: Option<Text>,
        /// Who noted it.
        noted_by: Option<Id>,
        /// When it was noted.
        created_at: Instant,
    }

    /// An absence by day that the person noted.
    ExportedNotedDayAbsence from day_absences {
        /// The cohort.
        cohort_id: Id,
        /// The day.
        day: NaiveDate,
        /// Of whom.
        person_id: Id,
        /// When it was noted.
        created_at: Instant,
    }

    /// Whether the person was at an event.
    ExportedAttendance from attendances {
        /// The event.
        event_id: Id,
        /// The person.
        person_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `present`, `late`, `absent` or `excused`.
        status: String,
        /// When they came, if they checked in.
        arrived_at: Option<Instant>,
        /// When the server heard of it.
        received_at: Option<Instant>,
        /// Who on the staff noted it.
        noted_by: Option<Id>,
        /// Whether the staff did.
        is_noted: bool,
        /// When it was first known.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Whether somebody was at an event, as the person noted.
    ExportedNotedAttendance from attendances {
        /// The event.
        event_id: Id,
        /// Who it is about.
        person_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Codes that the person tried to check in with, and that were wrong.
    ExportedCheckInTries from check_in_tries {
        /// The event.
        event_id: Id,
        /// The person.
        person_id: Id,
        /// How many.
        tries: i32,
    }

    /// An address at which calendar programs read what the person sees.
    ExportedCalendarFeed from calendar_feeds {
        /// The feed's id.
        id: Id,
        /// The person.
        person_id: Id,
        /// `me`, `cohort` or `campus`.
        shows: String,
        /// The cohort, if it shows one.
        cohort_id: Option<Id>,
        /// The campus, if it shows one.
        campus_id: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// An entry that the person's calendar has no longer.
    ExportedCalendarRevision from calendar_revisions {
        /// Its id.
        id: Id,
        /// The entry's UID, without the host.
        uid: String,
        /// `mentoring`, `office_hours`, `due` or `walk`.
        kind: String,
        /// The person.
        person_id: Option<Id>,
        /// The cohort.
        cohort_id: Id,
        /// Its `SEQUENCE`.
        sequence: i64,
        /// When it began, if it had a time.
        starts_at: Option<Instant>,
        /// When it ended, if it had a time.
        ends_at: Option<Instant>,
        /// Its first day.
        starts_on: NaiveDate,
        /// Its last day.
        ends_on: NaiveDate,
        /// Whether it is gone.
        is_cancelled: bool,
        /// When that was.
        changed_at: Instant,
    }

    /// A session of a cohort's timetable.
    SessionRow from timetable_sessions {
        /// The session.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// On which day of the week.
        weekday: String,
        /// When it begins, by the clocks of the campus.
        starts: String,
        /// When it ends.
        ends: String,
        /// What it is called.
        title: Line,
        /// What it is.
        kind: Word,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Whether nobody is expected.
        is_optional: bool,
        /// `open` or `code`.
        check_in: String,
    }

    /// What takes place at a time.
    EventRow from scheduled_events {
        /// The event.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The session of the timetable.
        session_id: Option<Id>,
        /// On which day the timetable has it.
        session_day: Option<NaiveDate>,
        /// Whether staff changed it by hand.
        is_changed: bool,
        /// What it is called.
        title: Line,
        /// What it is.
        kind: Word,
        /// When it begins, by the clocks of the campus.
        starts_local: LocalTime,
        /// When it ends.
        ends_local: LocalTime,
        /// Where people come to.
        place: Option<Line>,
        /// Where they meet online.
        url: Option<Url>,
        /// Whether nobody is expected.
        is_optional: bool,
        /// `planned` or `cancelled`.
        status: String,
        /// Whether it is cancelled because the timetable has it no longer.
        is_left_out: bool,
        /// When it was cancelled.
        cancelled_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}

person! {
    Events {
        /// Days that the person missed, with the reason that was given.
        day_absences: ExportedDayAbsence in day_absences of person_id by day;
        /// Absences by day that the person noted, of whom and when.
        noted_day_absences: ExportedNotedDayAbsence in day_absences of noted_by by day;
        /// Events that the person was at, or was not.
        attendances: ExportedAttendance in attendances of person_id by event_id;
        /// Who was at events, as the person noted.
        noted_attendances: ExportedNotedAttendance in attendances of noted_by by event_id;
        /// Codes that the person tried to check in with, and that were wrong.
        check_in_tries: ExportedCheckInTries in check_in_tries of person_id by event_id;
        /// Addresses at which calendar programs read what the person sees.
        calendar_feeds: ExportedCalendarFeed in calendar_feeds of person_id by id;
        /// Entries that their calendar has no longer.
        calendar_revisions: ExportedCalendarRevision in calendar_revisions of person_id by id;
    }
}

campus! {
    CampusEvents {
        /// Days that students missed, with the reason.
        day_absences: ExportedDayAbsence in day_absences of cohorts by day;
        /// The sessions of the cohorts' timetables.
        timetable_sessions: SessionRow in timetable_sessions of cohorts by id;
        /// What took place or is to.
        scheduled_events: EventRow in scheduled_events of cohorts by id;
        /// Who was there.
        attendances: ExportedAttendance in attendances of cohorts by event_id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[(SECRETS, &["calendar_feeds.token_hash"])];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (
        "codes to check in with, and wrong ones that were tried",
        &["scheduled_events.check_in_code", "check_in_tries.*"],
    ),
    (
        "addresses at which single people read their calendars",
        &["calendar_feeds.*"],
    ),
    (
        "what calendars still tell of entries that are gone",
        &["calendar_revisions.*"],
    ),
];
