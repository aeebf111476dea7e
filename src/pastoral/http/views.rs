//! What callers see of pastoral care.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    accounts::model::PersonCard,
    mentoring::model::SlotTimes,
    pastoral::{
        actions::{ReadNote, SeenOnWalk},
        model::{Carer, Flag},
    },
    primitives::{Id, Instant, Line, LocalTime, Text, Url, time::TimeZone},
    teams::model::PersonName,
};

/// Somebody who cares for the students of a campus.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PastoralCarer")]
pub struct CarerView {
    /// Who it is.
    person: PersonCard,
    /// Since when.
    named_at: Instant,
}

impl From<Carer> for CarerView {
    fn from(carer: Carer) -> Self {
        Self {
            person: carer.person,
            named_at: carer.created_at,
        }
    }
}

/// What a carer noted about a student.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PastoralNote")]
pub struct NoteView {
    /// The note's id.
    id: Id,
    /// The cohort.
    cohort_id: Id,
    /// The student.
    person: PersonCard,
    /// What was noted.
    text: Text,
    /// What carers are to do; null if nothing.
    flag: Option<Flag>,
    /// The carer; null if their account was removed.
    written_by: Option<PersonCard>,
    /// Rises with every change; the `ETag` begins with it.
    pub version: i64,
    /// When it was written.
    created_at: Instant,
    /// When it was last changed.
    updated_at: Instant,
    /// When it was last shared with carers named since it was written; null if it was not.
    shared_at: Option<Instant>,
}

impl NoteView {
    /// Where it is read.
    pub fn location(&self) -> String {
        format!("/v1/pastoral-notes/{}", self.id)
    }
}

impl From<ReadNote> for NoteView {
    fn from(
        ReadNote {
            note,
            about,
            written_by,
        }: ReadNote,
    ) -> Self {
        Self {
            id: note.id,
            cohort_id: note.cohort_id,
            person: about,
            text: note.text,
            flag: note.flag,
            written_by,
            version: note.version,
            created_at: note.created_at,
            updated_at: note.updated_at,
            shared_at: note.shared_at,
        }
    }
}

/// A pastoral mentor slot in which students choose a place.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Walk")]
pub struct WalkView {
    /// The mentor slot.
    slot_id: Id,
    /// The number of the week.
    week: i32,
    /// When it begins; null if it has no time of its own.
    starts_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    starts_local: Option<LocalTime>,
    /// When it ends; null if it has no time of its own.
    ends_at: Option<Instant>,
    /// The same by the clocks of `time_zone`.
    ends_local: Option<LocalTime>,
    /// Whose clocks show these times; null without times.
    time_zone: Option<TimeZone>,
    /// Where one meets.
    place: Option<Line>,
    /// Where one meets online.
    url: Option<Url>,
    /// Mentors who are confirmed or came.
    mentors: Vec<PersonName>,
    /// How many students there is room for.
    places: i32,
    /// How many places are taken.
    taken: usize,
    /// Whether the caller has one.
    mine: bool,
    /// Who comes along, for carers and the mentors of the slot; null for everybody else.
    walkers: Option<Vec<PersonCard>>,
}

impl From<SeenOnWalk> for WalkView {
    fn from(seen: SeenOnWalk) -> Self {
        Self {
            slot_id: seen.walk.slot_id,
            week: seen.walk.week,
            starts_at: seen.walk.times().map(SlotTimes::starts_at),
            starts_local: seen.walk.starts_local,
            ends_at: seen.walk.times().map(SlotTimes::ends_at),
            ends_local: seen.walk.ends_local,
            time_zone: seen.walk.time_zone,
            place: seen.walk.place,
            url: seen.walk.url,
            mentors: seen.mentors,
            places: seen.walk.places,
            taken: seen.taken,
            mine: seen.is_mine,
            walkers: seen.walkers,
        }
    }
}
