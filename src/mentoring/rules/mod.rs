//! What is right for mentor slots, and what follows: when they are, which are made, and who has a place.

mod allocations;
mod coverage;
mod draws;
mod giving;
mod meeting;
mod office_hours;
mod patterns;
mod places;
mod reconfirmation;
mod shares;

pub use allocations::{
    Candidate, Commitment, Differences, NewWishes, Wishes, Wishing, differences, problem, remaining, result,
    wish_faults,
};
pub use coverage::{Coverage, coverage};
pub use draws::{before_it_counts, draw, name_applicants, named_as};
pub use giving::{Amount, given_and_pledged};
pub use meeting::{compete, keep_from_each_other, look_after_the_same, overlap};
pub use office_hours::{Engagements, HoursDay, faults_of_hours, hours_in, keeps_bookings, may_book};
pub use patterns::{WeekChoice, chosen_weeks, is_same, left_out};
pub use places::{Places, holds_a_place, is_on_record, position, promoted, status_of_newcomer};
pub use reconfirmation::{asked_from, expires_at, is_to_be_asked, reconfirm_by};
pub use shares::{average, shares};

use chrono::{Days, NaiveDate, TimeDelta};

use super::model::{Slot, SlotDetails, SlotTimes};
use crate::{
    cohorts::model::{CohortStatus, Week, ZoneChange},
    error::FieldError,
    primitives::{Bound, Instant, LocalTime, time::TimeZone},
};

/// Room for mentors in a slot, at the most.
pub const MAX_CAPACITY: i32 = 100;

/// For so long it is counted who did not come.
pub const ATTENDANCE_COUNTED: TimeDelta = TimeDelta::days(365);

/// Whether places of a cohort can still be offered, taken and passed on.
pub fn is_open(cohort: CohortStatus) -> bool {
    matches!(cohort, CohortStatus::Planned | CohortStatus::Running)
}

/// What one account can fill a cohort with.
pub const OF_A_COHORT: Bound = Bound {
    most: 100_000,
    whose: "a cohort",
    what: "mentor slots",
    remedy: "Remove some first.",
};

/// In which time a cohort has so many draws.
pub const DAY: TimeDelta = TimeDelta::hours(24);

/// How many draws a cohort has in a day: everybody who has wishes is told of each.
pub const DRAWS: Bound = Bound {
    most: 20,
    whose: "a cohort",
    what: "draws in 24 hours",
    remedy: "Try with `\"dry_run\": true`, of which nobody is told, or draw again tomorrow.",
};

/// What one mentor has open in a cohort: each slot is moved, called off and told of with it.
pub const OFFERED: Bound = Bound {
    most: 100,
    whose: "one mentor",
    what: "office hours to come in a cohort",
    remedy: "Delete some first.",
};

/// How often somebody books times in a day: each booking is told to a mentor.
pub const BOOKINGS: Bound = Bound {
    most: 20,
    whose: "one account",
    what: "bookings of office hours in 24 hours",
    remedy: "Book again tomorrow.",
};

/// How often one place can be offered.
pub const OFFERS: Bound = Bound {
    most: 50,
    whose: "a place",
    what: "offers of this place, withdrawn ones included",
    remedy: "Give the place up instead.",
};

/// Whether places of a slot can no longer be taken, given up or passed on: it has begun or, if it is for the whole
/// week, the week is over by the clocks of the campus.
pub fn is_over(slot: &Slot, week_ends_on: NaiveDate, zone: TimeZone, now: Instant) -> bool {
    match slot.times() {
        Some(times) => times.starts_at() <= now,
        None => week_ends_on < now.date_in(zone),
    }
}

const SKIPPED: &str = "is skipped when the clocks are put forward; choose another time";

/// All that is wrong with a slot as somebody wants it.
pub fn faults(details: &SlotDetails) -> Vec<FieldError> {
    let mut faults = Vec::new();
    let mut fault = |pointer: &str, detail: &str| faults.push(FieldError::at(pointer, "invalid", detail));
    if !(1..=MAX_CAPACITY).contains(&details.capacity) {
        fault("/capacity", "must be from 1 to 100");
    }
    if details.min < 0 {
        fault("/min", "must not be negative");
    } else if details.min > details.capacity {
        fault("/min", "must not be more than the capacity");
    }
    if details.reconfirm_days.is_some_and(|days| !(1..=60).contains(&days)) {
        fault("/reconfirm_days", "must be from 1 to 60");
    }
    match (details.starts_local, details.ends_local) {
        (None, None) if details.time_zone.is_some() => {
            fault("/time_zone", "is only for a slot with starts_at and ends_at");
        }
        (Some(starts), Some(ends)) if starts >= ends => fault("/ends_at", "must be later than starts_at"),
        (Some(starts), Some(_)) if details.time_zone.is_some_and(|zone| !starts.is_shown_in(zone)) => {
            fault("/starts_at", SKIPPED);
        }
        (Some(_), Some(ends)) if details.time_zone.is_some_and(|zone| !ends.is_shown_in(zone)) => {
            fault("/ends_at", SKIPPED);
        }
        (Some(_), None) => fault("/ends_at", "is required when starts_at is given"),
        (None, Some(_)) => fault("/starts_at", "is required when ends_at is given"),
        (Some(_), Some(_)) if details.part_of_week.is_some() => {
            fault(
                "/part_of_week",
                "must be left out where starts_at and ends_at are given",
            );
        }
        _ => {}
    }
    faults.extend(office_hours::faults(details));
    faults
}

/// A slot in the words of a message: its week, and its times by the clock on the wall.
pub fn named(slot: &Slot) -> String {
    let week = slot.week_number;
    match slot.times() {
        None => format!("a mentor slot in week {week}"),
        Some(SlotTimes { starts, ends, zone }) => format!(
            "a mentor slot in week {week}, {} to {} ({})",
            shown(starts),
            shown(ends),
            zone.as_str()
        ),
    }
}

/// A time in a message, to the minute.
pub fn shown(time: LocalTime) -> String {
    format!("{} {}", time.date(), time.time().format("%H:%M"))
}

/// Whether the places of a slot are kept for graduates of the previous cohort, until when.
pub fn kept_until(slot: &Slot, now: Instant) -> Option<Instant> {
    slot.priority_until.filter(|until| now < *until)
}

/// What of the times lies outside the slot's week, which lasts until the next one begins.
pub fn outside(details: &SlotDetails, week: &Week, zone: TimeZone) -> Option<FieldError> {
    let day = |time: Instant| time.date_in(zone);
    let next = week.starts_on.checked_add_days(Days::new(7))?;
    let outside = |time: Instant| day(time) < week.starts_on || day(time) >= next;
    let fault = |pointer: &str| {
        let (number, starts, ends) = (week.number, week.starts_on, week.ends_on);
        FieldError::at(
            pointer,
            "invalid",
            format!("must be in week {number}, from {starts} to {ends}, or before the next week begins"),
        )
    };
    let times = details.times()?;
    match (outside(times.starts_at()), outside(times.ends_at())) {
        (true, _) => Some(fault("/starts_at")),
        (_, true) => Some(fault("/ends_at")),
        _ => None,
    }
}

/// A slot whose week has moved: its begin moves with it, and it stays as long as it was. Where it went by the clocks of the
/// campus, it goes by those that the campus has now.
pub fn moved(slot: &Slot, each: impl Fn(LocalTime) -> LocalTime, zones: ZoneChange) -> Slot {
    let Some(times) = slot.times() else {
        return slot.clone();
    };
    let starts = each(times.starts);
    Slot {
        starts_local: Some(starts),
        ends_local: Some(starts.plus(times.ends.since(times.starts))),
        time_zone: Some(match times.zone == zones.before {
            true => zones.after,
            false => times.zone,
        }),
        ..slot.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        mentoring::model::{PartOfWeek, SlotKind},
        primitives::Id,
    };

    pub(super) fn slot(min: i32, capacity: i32, times: Option<(i64, i64)>) -> Slot {
        let at = |hour: i64| Instant::now().plus(chrono::TimeDelta::hours(hour));
        Slot {
            id: Id::new(),
            cohort_id: Id::new(),
            week_number: 1,
            kind: SlotKind::Week,
            min_mentors: min,
            capacity,
            version: 1,
            created_at: at(0),
            updated_at: at(0),
            part_of_week: None,
            place: None,
            url: None,
            mentor_role: None,
            priority_until: None,
            reconfirm_days: None,
            starts_local: times.map(|(starts, _)| LocalTime::of(at(starts), TimeZone::UTC)),
            ends_local: times.map(|(_, ends)| LocalTime::of(at(ends), TimeZone::UTC)),
            time_zone: times.map(|_| TimeZone::UTC),
            booking_minutes: None,
            is_offered: false,
        }
    }

    #[test]
    fn every_fault_of_a_slot_is_named() {
        let [early, late] = ["2026-03-02T10:00", "2026-03-02T11:00"].map(|time| LocalTime::parse(time).unwrap());
        let pointers = |min, capacity, starts_local: Option<LocalTime>, ends_local| -> Vec<String> {
            let details = SlotDetails {
                min,
                capacity,
                starts_local,
                ends_local,
                time_zone: (min == 98).then_some(TimeZone::UTC),
                part_of_week: starts_local.filter(|_| min == 100).map(|_| PartOfWeek::Evenings),
                ..SlotDetails::of_week(SlotKind::Week, 0, 1)
            };
            faults(&details).into_iter().map(|fault| fault.pointer).collect()
        };
        assert!(pointers(0, 1, None, None).is_empty() && pointers(99, 100, Some(early), Some(late)).is_empty());
        assert_eq!(pointers(100, 100, Some(early), Some(late)), ["/part_of_week"]);
        assert_eq!(pointers(98, 100, None, None), ["/time_zone"]);
        assert_eq!(pointers(0, 0, None, None), ["/capacity"]);
        assert_eq!(pointers(0, 101, None, None), ["/capacity"]);
        assert_eq!(pointers(-1, 1, None, None), ["/min"]);
        assert_eq!(pointers(2, 1, Some(early), None), ["/min", "/ends_at"]);
        assert_eq!(pointers(0, 1, None, Some(late)), ["/starts_at"]);
        assert_eq!(pointers(0, 1, Some(early), Some(early)), ["/ends_at"]);
    }

    #[test]
    fn times_are_those_of_the_clocks_of_their_zone() {
        let local = |text: &str| LocalTime::parse(text).unwrap();
        let in_zone = |name: &str, day: &str| Slot {
            starts_local: Some(local(&format!("{day}T14:00"))),
            ends_local: Some(local(&format!("{day}T15:00"))),
            time_zone: Some(TimeZone::parse(name).unwrap()),
            ..slot(1, 1, None)
        };
        for (zone, day, starts_at) in [
            ("Europe/London", "2026-03-27", "2026-03-27T14:00:00Z"),
            ("Europe/London", "2026-03-30", "2026-03-30T13:00:00Z"),
            ("Asia/Gaza", "2026-03-27", "2026-03-27T12:00:00Z"),
        ] {
            let starts = in_zone(zone, day).times().unwrap().starts_at();
            assert_eq!(starts.to_string(), starts_at, "{zone} {day}");
        }
        let (here, there) = (
            in_zone("Europe/London", "2026-03-27"),
            in_zone("Asia/Gaza", "2026-03-27"),
        );
        assert!(overlap(&here, &here) && !overlap(&here, &there));
    }

    #[test]
    fn a_slot_is_over_once_it_has_begun_and_a_week_after_its_last_day() {
        let instant = |text: &str| serde_json::from_str::<Instant>(&format!("\"{text}\"")).unwrap();
        let friday = NaiveDate::from_ymd_opt(2026, 3, 6).unwrap();
        let gaza = TimeZone::parse("Asia/Gaza").unwrap();
        let whole_week = slot(1, 1, None);
        for (now, over) in [
            ("2026-03-02T08:00:00Z", false),
            ("2026-03-06T21:59:59Z", false),
            ("2026-03-06T22:00:00Z", true),
            ("2027-01-01T00:00:00Z", true),
        ] {
            assert_eq!(is_over(&whole_week, friday, gaza, instant(now)), over, "{now}");
        }
        let hours = slot(1, 1, Some((1, 2)));
        let starts_at = hours.times().unwrap().starts_at();
        for (minutes, over) in [(-1, false), (0, true), (1, true), (600, true)] {
            let now = starts_at.plus(chrono::TimeDelta::minutes(minutes));
            assert_eq!(is_over(&hours, friday, gaza, now), over, "{minutes}");
        }
    }
}
