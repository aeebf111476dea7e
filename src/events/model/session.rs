//! A session of the timetable.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    db::schema::timetable_sessions,
    primitives::{Id, Line, TimeOfDay, Url, Word, text_enum, time::Weekday},
};

text_enum! {
    /// How people check in at an event.
    #[derive(Default)]
    pub enum CheckIn {
        /// From a quarter of an hour before it begins until it ends.
        #[default]
        Open = "open",
        /// The same, with the code that staff show.
        Code = "code",
    }
}

/// What takes place every week.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, Serialize, JsonSchema)]
#[diesel(table_name = timetable_sessions, treat_none_as_default_value = false)]
#[schemars(rename = "TimetableSession")]
pub struct Session {
    /// The session's id. Send it back to keep its events when the timetable changes.
    pub id: Id,
    #[serde(skip)]
    pub cohort_id: Id,
    /// On which day of the week.
    pub weekday: Weekday,
    /// When it begins.
    pub starts: TimeOfDay,
    /// When it ends.
    pub ends: TimeOfDay,
    /// What it is called.
    pub title: Line,
    /// What it is, in a word.
    pub kind: Word,
    /// Where people come to.
    pub place: Option<Line>,
    /// Where they meet online.
    pub url: Option<Url>,
    /// Whether nobody is expected: it counts in nobody's attendance.
    #[serde(rename = "optional")]
    pub is_optional: bool,
    /// How people check in.
    pub check_in: CheckIn,
}

/// A session as staff put it into the timetable.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "NewTimetableSession")]
pub struct NewSession {
    /// The session that it takes the place of. If left out, it is the one with the same day, title and kind, if there is one,
    /// or else a new one.
    #[serde(default)]
    pub id: Option<Id>,
    /// On which day of the week; there is none on days on which the campus does not work.
    pub weekday: Weekday,
    /// When it begins, by the clocks of the campus.
    pub starts: TimeOfDay,
    /// When it ends: later on the same day.
    pub ends: TimeOfDay,
    /// What it is called.
    pub title: Line,
    /// What it is, in a word such as `workshop`, `stand_up` or `talk`.
    pub kind: Word,
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

/// The default week of a cohort.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"sessions": [
    {"weekday": "mon", "starts": "09:30", "ends": "10:30", "title": "Check-in", "kind": "stand_up", "place": "Main room"},
    {"weekday": "tue", "starts": "10:00", "ends": "12:30", "title": "Workshop", "kind": "workshop", "check_in": "code"},
    {"weekday": "fri", "starts": "16:00", "ends": "17:00", "title": "Presentations", "kind": "presentation"},
]}))]
pub struct NewTimetable {
    /// All sessions of a week.
    #[schemars(length(max = 40))]
    pub sessions: Vec<NewSession>,
}
