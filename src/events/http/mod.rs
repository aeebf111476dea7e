//! Timetables, events and attendance over HTTP.

mod announce;
mod attendance;
mod operations;
mod timetable;

pub use announce::{announce_event, cancel_event, change_event, get_event, list_events};
pub use attendance::{check_in, forget_attendance, list_cohort_attendance, list_event_attendance, note_attendance};
pub use operations::operations;
pub use timetable::{get_timetable, put_timetable};
