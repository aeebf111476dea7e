//! The days of a week of a cohort.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::primitives::time::TimeZone;

/// Which of some weeks, by their first days in order, it is: a week lasts until the next one begins, over weekends and
/// holidays. Before the first it is the first, after the last the last; none if there are none.
pub fn current_week(first_days: &[NaiveDate], today: NaiveDate) -> Option<usize> {
    let begun = first_days.iter().rposition(|day| *day <= today);
    begun.or((!first_days.is_empty()).then_some(0))
}

/// The number of the week that goes on, of some weeks by their numbers and first days in order; none before the first or after
/// `ends_on`.
pub fn week_going_on(weeks: &[(i32, NaiveDate)], ends_on: NaiveDate, today: NaiveDate) -> Option<i32> {
    let begun = weeks.iter().rfind(|(_, starts_on)| *starts_on <= today);
    begun.filter(|_| today <= ends_on).map(|(number, _)| *number)
}

/// The clocks that weeks are seen by before and after they are dated again.
#[derive(Clone, Copy, Debug)]
pub struct ZoneChange {
    pub before: TimeZone,
    pub after: TimeZone,
}

impl ZoneChange {
    /// The same clocks.
    pub fn none(zone: TimeZone) -> Self {
        Self {
            before: zone,
            after: zone,
        }
    }
}

/// The working part of a week: its first and last working day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

impl Span {
    /// Its days, on which the campus works or not.
    pub fn days(self) -> impl Iterator<Item = NaiveDate> {
        // Not `iter_days`: seen from its end it runs into the past.
        let length = u64::try_from((self.ends_on - self.starts_on).num_days()).unwrap_or(0);
        (0..=length).filter_map(move |day| self.starts_on.checked_add_days(Days::new(day)))
    }

    /// Whether a date is one of them.
    pub fn contains(self, date: NaiveDate) -> bool {
        self.starts_on <= date && date <= self.ends_on
    }

    /// Where a date goes when this week becomes another. Weeks of one length are alike, day by day; else a date keeps its
    /// day of the week, or becomes the first or last day if the week has that day no longer.
    pub fn moved(self, date: NaiveDate, to: Self) -> NaiveDate {
        if to.ends_on - to.starts_on == self.ends_on - self.starts_on {
            return date + (to.starts_on - self.starts_on);
        }
        let days = (to.starts_on - self.starts_on).num_days();
        let shifted = date + TimeDelta::days((days + 3).div_euclid(7) * 7);
        match self.contains(date) {
            true => shifted.clamp(to.starts_on, to.ends_on),
            false => shifted,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_lasts_until_the_next_one_begins() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        // Holidays come before the third week.
        let first_days = [2, 9, 23].map(day);
        for (today, expected) in [
            (1, 0),
            (2, 0),
            (6, 0),
            (7, 0),
            (8, 0),
            (9, 1),
            (15, 1),
            (22, 1),
            (23, 2),
            (30, 2),
        ] {
            assert_eq!(
                current_week(&first_days, day(today)),
                Some(expected),
                "on {today} March"
            );
        }
        assert_eq!(current_week(&[], day(2)), None);
    }

    #[test]
    fn no_week_goes_on_before_the_first_and_after_the_last() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let weeks = [(1, day(2)), (2, day(9)), (3, day(23))];
        for (today, expected) in [
            (1, None),
            (2, Some(1)),
            (8, Some(1)),
            (9, Some(2)),
            (22, Some(2)),
            (27, Some(3)),
            (28, None),
        ] {
            assert_eq!(week_going_on(&weeks, day(27), day(today)), expected, "on {today} March");
        }
        assert_eq!(week_going_on(&[], day(27), day(2)), None);
    }
}
