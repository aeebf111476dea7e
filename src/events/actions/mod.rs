//! What people do with timetables, events and attendance.

mod announce;
mod attendance;
mod check_in;
mod following;
mod timetable;

pub use announce::{ShownEvent, announce, cancel, change, get, list, of_week};
pub use attendance::{AttendanceOf, StudentAttendance, forget, list_cohort, list_event, note};
pub use check_in::{CheckInRequest, check_in, count_code};
pub use following::{clone_timetable, follow};
pub use timetable::{get as get_timetable, put as put_timetable};
