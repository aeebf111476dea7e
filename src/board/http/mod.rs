//! Composed reads over HTTP.

mod attention;
mod fairness;
mod my_week;
mod operations;
mod week_board;

pub use attention::{list_attention, list_my_attention};
pub use fairness::{get_fairness, get_my_fairness};
pub use my_week::get_my_week;
pub use operations::operations;
pub use week_board::get_week_board;

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    board::reads::{Due, SlotWithMentors, TeamWork},
    mentoring::model::{PartOfWeek, SlotKind, SlotTimes},
    primitives::{Id, Instant, Line, LocalTime, Url, time::TimeZone},
    teams::model::PersonName,
};

/// What mentors are there for, and who.
#[derive(Serialize, JsonSchema)]
pub struct MentoringInWeek {
    /// The slot's id.
    id: Id,
    /// What the mentors are for.
    kind: SlotKind,
    /// When it begins; null if it is for the whole week.
    starts_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it is for the whole week.
    ends_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    ends_local: Option<LocalTime>,
    /// Whose clocks show these times; null without times.
    time_zone: Option<TimeZone>,
    /// Which part of the week; null if it has times or is for all of it.
    part_of_week: Option<PartOfWeek>,
    /// Where mentors come to.
    place: Option<Line>,
    /// Where they are met online.
    url: Option<Url>,
    /// In office hours, how many minutes one time is that students book; null for other slots.
    booking_minutes: Option<i32>,
    /// Mentors who are confirmed or came.
    mentors: Vec<PersonName>,
    /// How many mentors are wanted.
    min: i32,
    /// Places that are free.
    remaining: i32,
}

impl From<SlotWithMentors> for MentoringInWeek {
    fn from(SlotWithMentors { slot, places, mentors }: SlotWithMentors) -> Self {
        let times = slot.times();
        Self {
            id: slot.id,
            kind: slot.kind,
            starts_at: times.map(SlotTimes::starts_at),
            starts_local: slot.starts_local,
            ends_at: times.map(SlotTimes::ends_at),
            ends_local: slot.ends_local,
            time_zone: slot.time_zone,
            part_of_week: slot.part_of_week,
            place: slot.place,
            url: slot.url,
            booking_minutes: slot.booking_minutes,
            mentors,
            min: slot.min_mentors,
            remaining: places.remaining(slot.capacity),
        }
    }
}

/// When a team's work of a week is due, and the latest that it submitted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "WorkInWeek")]
pub struct WorkView {
    /// When it is due; null if it has no due time.
    due_at: Option<Instant>,
    /// The same by the clocks of the campus.
    due_local: Option<LocalTime>,
    /// Of the campus.
    time_zone: TimeZone,
    /// Whether the team has this time for itself.
    extended: bool,
    /// The latest submission; null if there is none.
    submission: Option<LatestSubmission>,
    /// How many hints of an open project the team has asked for.
    hints_used: usize,
}

/// The latest that a team has submitted in a week.
#[derive(Serialize, JsonSchema)]
pub struct LatestSubmission {
    /// The submission's id.
    id: Id,
    /// Which version it is, from 1.
    number: i32,
    /// When it came in, by the clock of the server.
    submitted_at: Instant,
    /// Whether that was after the time at which it is due now.
    late: bool,
}

impl WorkView {
    fn of(work: TeamWork, time_zone: TimeZone) -> Self {
        let TeamWork {
            due,
            latest,
            hints_used,
            ..
        } = work;
        let latest = latest.map(|latest| LatestSubmission {
            id: latest.submission.id,
            number: latest.submission.number,
            submitted_at: latest.submission.submitted_at,
            late: due.is_some_and(|due| due.is_missed_by(latest.submission.submitted_at)),
        });
        Self {
            due_at: due.map(Due::instant),
            due_local: due.map(|due| due.local),
            time_zone,
            extended: due.is_some_and(|due| due.is_extended),
            submission: latest,
            hints_used,
        }
    }
}
