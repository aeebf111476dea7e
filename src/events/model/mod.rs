//! Sessions, events and attendance, as they are stored, and what callers send of them.

mod attendance;
mod event;
mod news;
mod session;

pub use attendance::{Attendance, AttendanceStatus, Counts, Expected};
pub use event::{Event, EventPatch, EventSelection, EventStatus, LONGEST, NewEvent};
pub use news::{News, NewsKind};
pub use session::{CheckIn, NewSession, NewTimetable, Session};
