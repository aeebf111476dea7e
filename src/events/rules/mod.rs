//! What events, timetables and attendance obey.

pub mod attendance;
pub mod timetable;

use chrono::{Days, NaiveDate, TimeDelta};

use crate::{
    cohorts::{CohortStatus, model::Span},
    error::{Code, Error, Result},
    events::model::LONGEST,
    primitives::{Bound, LocalTime, time::TimeZone},
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

/// How long after the last day of its cohort an event may begin, such as a party.
const AFTERWARDS: Days = Days::new(14);

/// Whether the clocks of the campus show these times at all.
///
/// # Errors
/// `422` at the first that they skip.
pub fn check_clocks(times: [LocalTime; 2], zone: TimeZone) -> Result<()> {
    for (time, pointer) in times.into_iter().zip(["/starts_at", "/ends_at"]) {
        if !time.is_shown_in(zone) {
            let shown = LocalTime::of(time.in_zone(zone), zone);
            let detail = format!(
                "is skipped when the clocks are put forward; then they show {shown} at once. Choose that or another time"
            );
            return Err(Error::field(pointer, "invalid", detail));
        }
    }
    Ok(())
}

/// Whether an event of a cohort can begin then: it is for those who study, and soon after for those who just have. A cohort that
/// goes on though its last day is over has no end that is known.
///
/// # Errors
/// `422` at `/starts_at`.
pub fn check_day(starts: LocalTime, cohort_ends_on: NaiveDate, today: NaiveDate) -> Result<()> {
    if starts.date() <= cohort_ends_on.max(today) + AFTERWARDS {
        return Ok(());
    }
    let detail = format!("must be at most 14 days after the cohort's last day, {cohort_ends_on}");
    Err(Error::field("/starts_at", "invalid", detail))
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
    fn what_the_clocks_skip_is_no_time_and_what_they_show_twice_is_one() {
        let zone = TimeZone::parse("Europe/London").unwrap();
        let at = |text: &str| LocalTime::parse(text).unwrap();
        // They go forward at 01:00 on 29 March 2026, and back at 02:00 on 25 October.
        for (starts, ends, pointer) in [
            ("2026-03-29T00:59", "2026-03-29T02:00", None),
            ("2026-03-29T01:00", "2026-03-29T02:30", Some("/starts_at")),
            ("2026-03-29T00:30", "2026-03-29T01:30", Some("/ends_at")),
            ("2026-10-25T01:30", "2026-10-25T01:45", None),
        ] {
            let refused = check_clocks([at(starts), at(ends)], zone).err();
            let named = refused.map(|error| error.problem("", "", "")["errors"][0]["pointer"].clone());
            assert_eq!(
                named.as_ref().and_then(|named| named.as_str()),
                pointer,
                "{starts} to {ends}"
            );
        }
    }

    #[test]
    fn an_event_begins_at_most_two_weeks_after_the_end() {
        let day = |month, day| NaiveDate::from_ymd_opt(2026, month, day).unwrap();
        for (starts, today, may) in [
            ("2025-01-01T09:00", day(2, 1), true),
            ("2026-03-20T23:59", day(2, 1), true),
            ("2026-03-21T00:00", day(2, 1), false),
            ("2026-03-21T00:00", day(3, 7), true),
            ("2026-04-14T09:00", day(3, 31), true),
            ("2026-04-15T09:00", day(3, 31), false),
        ] {
            let checked = check_day(LocalTime::parse(starts).unwrap(), day(3, 6), today);
            assert_eq!(checked.is_ok(), may, "{starts} on {today}");
        }
    }

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
