//! What takes place in a student's week: events, a walk, and times in office hours.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    board::reads::{OfficeHours, SeenOnWalk, ShownEvent},
    events::model::{AttendanceStatus, CheckIn, EventStatus},
    mentoring::model::SlotTimes,
    primitives::{Id, Instant, Line, LocalTime, Url, Word, time::TimeZone},
    teams::model::{PersonName, TeamName},
};

/// What takes place in a week.
#[derive(Serialize, JsonSchema)]
pub struct EventInWeek {
    /// The event's id.
    id: Id,
    /// What it is called.
    title: Line,
    /// What it is, in a word.
    kind: Word,
    /// When it begins.
    starts_at: Instant,
    /// The same by the clocks of the campus.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of the campus.
    ends_local: LocalTime,
    /// The same by the caller's own clocks; null if they have no `time_zone`, or the campus's.
    in_my_time: Option<InMyTime>,
    /// Where people come to.
    place: Option<Line>,
    /// Where they meet online.
    url: Option<Url>,
    /// Whether nobody is expected.
    optional: bool,
    /// How people check in.
    check_in: CheckIn,
    /// Whether it takes place.
    status: EventStatus,
    /// What is known of the caller there; null if nothing is.
    my_attendance: Option<AttendanceStatus>,
}

/// When something is by the caller's own clocks.
#[derive(Serialize, JsonSchema)]
pub struct InMyTime {
    /// The caller's time zone.
    time_zone: TimeZone,
    /// When it begins there.
    starts_local: LocalTime,
    /// When it ends there.
    ends_local: LocalTime,
}

impl EventInWeek {
    pub(super) fn of(shown: ShownEvent, own: Option<TimeZone>) -> Self {
        let (event, zone) = (shown.event, shown.zone);
        let (starts_at, ends_at) = (event.starts_at(zone), event.ends_at(zone));
        let in_my_time = own.filter(|own| *own != zone).map(|time_zone| InMyTime {
            time_zone,
            starts_local: LocalTime::of(starts_at, time_zone),
            ends_local: LocalTime::of(ends_at, time_zone),
        });
        Self {
            check_in: event.check_in(),
            id: event.id,
            title: event.title,
            kind: event.kind,
            starts_at,
            starts_local: event.starts_local,
            ends_at,
            ends_local: event.ends_local,
            in_my_time,
            place: event.place,
            url: event.url,
            optional: event.is_optional,
            status: event.status,
            my_attendance: shown.own,
        }
    }
}

/// A walk in which the caller has a place.
#[derive(Serialize, JsonSchema)]
pub struct OwnWalk {
    /// The mentor slot.
    slot_id: Id,
    /// When it begins; null if it has no time.
    starts_at: Option<Instant>,
    /// The same by the clocks of the campus.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it has no time.
    ends_at: Option<Instant>,
    /// The same by the clocks of the campus.
    ends_local: Option<LocalTime>,
    /// Of the campus.
    time_zone: TimeZone,
    /// Mentors who are confirmed or came.
    mentors: Vec<PersonName>,
    /// Where one meets.
    place: Option<Line>,
    /// Where one meets online.
    url: Option<Url>,
}

impl OwnWalk {
    pub(super) fn of(SeenOnWalk { walk, mentors, .. }: SeenOnWalk, campus: TimeZone) -> Self {
        let times = walk.times();
        let local = |instant| LocalTime::of(instant, campus);
        Self {
            slot_id: walk.slot_id,
            starts_at: times.map(SlotTimes::starts_at),
            starts_local: times.map(|times| local(times.starts_at())),
            ends_at: times.map(SlotTimes::ends_at),
            ends_local: times.map(|times| local(times.ends_at())),
            time_zone: campus,
            mentors,
            place: walk.place,
            url: walk.url,
        }
    }
}

/// A time in office hours to which the caller comes.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "OwnOfficeHoursTime")]
pub struct OwnTime {
    /// The mentor slot.
    slot_id: Id,
    /// Which of its times.
    number: i32,
    /// When it begins.
    starts_at: Instant,
    /// The same by the clocks of `time_zone`.
    starts_local: LocalTime,
    /// When it ends.
    ends_at: Instant,
    /// The same by the clocks of `time_zone`.
    ends_local: LocalTime,
    /// Whose clocks.
    time_zone: TimeZone,
    /// Who is there.
    mentors: Vec<PersonName>,
    /// The team that comes along; null if the caller comes alone.
    team: Option<TeamName>,
    /// Where one meets.
    place: Option<Line>,
    /// Where one meets online.
    url: Option<Url>,
}

impl OwnTime {
    pub(super) fn all_of(OfficeHours { slot, mentors, times }: OfficeHours) -> impl Iterator<Item = Self> {
        times.into_iter().map(move |time| Self {
            slot_id: slot.id,
            number: time.number,
            starts_at: time.times.starts_at(),
            starts_local: time.times.starts,
            ends_at: time.times.ends_at(),
            ends_local: time.times.ends,
            time_zone: time.times.zone,
            mentors: mentors.clone(),
            team: time.booked.and_then(|(_, team)| team),
            place: slot.place.clone(),
            url: slot.url.clone(),
        })
    }
}
