//! What events, timetables and attendance obey.

pub mod attendance;
pub mod timetable;

use chrono::{Days, NaiveDate, TimeDelta};

use crate::{
    cohorts::{CohortStatus, model::Span},
    error::{Code, Error, Result},
    events::model::LONGEST,
    primitives::{Bound, LocalTime},
};

/// What a cohort can have beside its timetable.
pub const EVENTS: Bound = Bound {
    most: 1000,
    whose: "a cohort",
    what: "events beside the timetable",
    remedy: "Change one that was cancelled.",
};

/// What a timetable has left out is kept for calendars to see that it was cancelled. A cohort of a year with a full week has
/// about as much when its timetable changes a few times in a month.
pub const LEFT_OUT: Bound = Bound {
    most: 5000,
    whose: "a cohort",
    what: "events that its timetable left out in the last 30 days",
    remedy: "Change the timetable again in some days.",
};

/// Whether an event can begin and end then.
///
/// # Errors
/// `422` at `/ends_at`.
pub fn check_times(starts: LocalTime, ends: LocalTime) -> Result<()> {
    let lasts = ends.since(starts);
    let why = match lasts {
        _ if lasts <= TimeDelta::zero() => "must be later than `starts_at`",
        _ if lasts > LONGEST => "must be at most a week later than `starts_at`",
        _ => return Ok(()),
    };
    Err(Error::field("/ends_at", "invalid", why))
}

/// Events are announced and changed until the cohort is over.
///
/// # Errors
/// `409` in a cohort that is.
pub fn check_going_on(status: CohortStatus) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => {
            let detail = format!("The cohort is {}, so its events can no longer change.", status.as_str());
            Err(Error::new(Code::Conflict, detail))
        }
    }
}

/// The last day of what belongs to a week: the one before the next week begins, within seven days.
pub fn last_day(week: Span, next: Option<NaiveDate>) -> NaiveDate {
    let seven = week.starts_on + Days::new(6);
    let before_next = next.and_then(|next| next.pred_opt()).unwrap_or(seven);
    before_next.min(seven).max(week.ends_on)
}

/// Whether what a cohort has planned takes place: also the party of one that has just graduated.
pub fn takes_place(status: CohortStatus) -> bool {
    status != CohortStatus::Cancelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_ends_after_it_begins_and_within_a_week() {
        let at = |text: &str| LocalTime::parse(text).unwrap();
        for (starts, ends, may) in [
            ("2026-03-06T14:00", "2026-03-06T14:01", true),
            ("2026-03-06T14:00", "2026-03-06T14:00", false),
            ("2026-03-06T14:00", "2026-03-06T13:00", false),
            ("2026-03-06T22:00", "2026-03-07T01:00", true),
            ("2026-03-06T14:00", "2026-03-13T14:00", true),
            ("2026-03-06T14:00", "2026-03-13T14:01", false),
        ] {
            assert_eq!(check_times(at(starts), at(ends)).is_ok(), may, "{starts} to {ends}");
        }
    }
}
