//! What holds for whatever clients come to at a time.

use chrono::TimeDelta;

use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::{Instant, Meeting, time::TimeZone},
};

/// What is wrong with the times at which it is to be.
pub fn faults(meeting: &Meeting, zone: TimeZone, now: Instant) -> Vec<FieldError> {
    // The moments and not what clocks show: these may be put on or back in between.
    let (starts, ends) = meeting.span(zone);
    let mut wrong = Vec::new();
    let mut check = |holds: bool, field: &str, detail: &'static str| {
        if !holds {
            wrong.push(FieldError::at(field, "invalid", detail));
        }
    };
    check(!meeting.has_begun(zone, now), "/starts_at", "must be in the future");
    check(ends > starts, "/ends_at", "must be later than `starts_at`");
    check(
        ends <= starts.plus(TimeDelta::hours(12)),
        "/ends_at",
        "must be at most 12 hours later than `starts_at`",
    );
    wrong
}

/// That it is still to come.
///
/// # Errors
/// `409 slot_over` with what is too late.
pub fn must_be_to_come(meeting: &Meeting, zone: TimeZone, now: Instant, too_late: &'static str) -> Result<()> {
    match meeting.has_begun(zone, now) {
        false => Ok(()),
        true => Err(Error::new(Code::SlotOver, too_late)),
    }
}
