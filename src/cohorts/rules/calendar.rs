//! When the weeks of a cohort are. The campus decides: its working week, its days off, its clocks.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::primitives::{
    Instant, Line,
    date::is_plausible,
    time::{TimeZone, WorkWeek},
};

/// Weeks that are wholly off are skipped, but a cohort does not wait for ever.
const LONGEST_PAUSE: u64 = 26;

/// When a campus works.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// On which days of the week.
    pub work_week: WorkWeek,
    /// Except on these dates, for these reasons.
    pub days_off: BTreeMap<NaiveDate, Line>,
    /// What its clocks show.
    pub time_zone: TimeZone,
}

/// The working part of a week: its first and last working day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// The first.
    pub starts_on: NaiveDate,
    /// The last.
    pub ends_on: NaiveDate,
}

/// Why a cohort cannot start on a date.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The word for it.
    pub code: &'static str,
    /// What is wrong, and when it can start.
    pub detail: String,
}

impl Fault {
    fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
        }
    }
}

impl Calendar {
    fn works_on(&self, date: NaiveDate) -> bool {
        self.work_week.works_on(date) && !self.days_off.contains_key(&date)
    }

    /// The dates of so many weeks from `starts_on`: the campus week in which it lies, then each
    /// following one that has a working day at all.
    ///
    /// # Errors
    /// Why it cannot start then, and when it can.
    pub fn weeks(&self, starts_on: NaiveDate, count: usize) -> Result<Vec<Span>, Fault> {
        self.check_start(starts_on)?;
        let mut weeks = Vec::with_capacity(count);
        let mut monday = self.work_week.start_of_week(starts_on);
        let mut pause = 0;
        while weeks.len() < count {
            match self.span(monday, starts_on) {
                Some(span) => {
                    weeks.push(span);
                    pause = 0;
                }
                None => pause += 1,
            }
            monday = monday + Days::new(7);
            if pause > LONGEST_PAUSE || !is_plausible(monday) {
                let why =
                    format!("leaves no room for {count} weeks, because the campus has too many days off after it");
                return Err(Fault::new("invalid", why));
            }
        }
        Ok(weeks)
    }

    fn span(&self, first_of_week: NaiveDate, not_before: NaiveDate) -> Option<Span> {
        // Not `iter_days`: seen from its end it runs into the past.
        let days = (0..7).filter_map(|day| first_of_week.checked_add_days(Days::new(day)));
        let mut working = days.filter(|day| *day >= not_before && self.works_on(*day));
        let starts_on = working.next()?;
        let ends_on = working.next_back().unwrap_or(starts_on);
        Some(Span { starts_on, ends_on })
    }

    fn check_start(&self, date: NaiveDate) -> Result<(), Fault> {
        if !is_plausible(date) {
            return Err(Fault::new("invalid", "must lie in the years 2000 to 2100"));
        }
        if self.works_on(date) {
            return Ok(());
        }
        let why = match self.days_off.get(&date) {
            Some(name) => format!("{date} is a day off ({name})"),
            None => format!("the campus does not work on a {}", name_of(date.weekday())),
        };
        let next = date.iter_days().skip(1).take(366).find(|day| self.works_on(*day));
        let detail = match next {
            Some(next) => format!("{why}; the next working day is {} {next}", name_of(next.weekday())),
            None => why,
        };
        Err(Fault::new("day_off", detail))
    }

    /// When the project of a week is due unless somebody says otherwise: on its last day at 17:00,
    /// as the clocks of the campus show it.
    pub fn due(&self, week: Span) -> Option<Instant> {
        let five = NaiveTime::from_hms_opt(17, 0, 0)?;
        Some(Instant::of_local(week.ends_on.and_time(five), self.time_zone.tz()))
    }
}

/// A time that moves with its week: it keeps its distance in days to the week's last day, and
/// the time that the clocks show, whatever the clocks themselves do meanwhile.
pub fn moved_with(time: Instant, from: (NaiveDate, TimeZone), to: (NaiveDate, TimeZone)) -> Instant {
    let local = time.local_in(from.1.tz());
    let moved = local.checked_add_signed(to.0 - from.0).unwrap_or(local);
    Instant::of_local(moved, to.1.tz())
}

fn name_of(day: chrono::Weekday) -> &'static str {
    match day {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn calendar(zone: &str, days: &str, off: &[&str]) -> Calendar {
        let days: Vec<&str> = days.split(' ').collect();
        Calendar {
            work_week: serde_json::from_value(serde_json::json!(days)).unwrap(),
            days_off: off
                .iter()
                .map(|day| (date(day), Line::parse("Holiday").unwrap()))
                .collect(),
            time_zone: TimeZone::parse(zone).unwrap(),
        }
    }

    fn london(off: &[&str]) -> Calendar {
        calendar("Europe/London", "mon tue wed thu fri", off)
    }

    fn gaza(off: &[&str]) -> Calendar {
        calendar("Asia/Gaza", "sun mon tue wed thu", off)
    }

    fn dates(calendar: &Calendar, starts_on: &str, count: usize) -> Vec<String> {
        let weeks = calendar.weeks(date(starts_on), count).unwrap();
        weeks
            .iter()
            .map(|week| format!("{}/{}", week.starts_on, week.ends_on))
            .collect()
    }

    #[test]
    fn a_london_week_runs_from_monday_to_friday() {
        let weeks = dates(&london(&[]), "2026-03-02", 3);
        assert_eq!(
            weeks,
            [
                "2026-03-02/2026-03-06",
                "2026-03-09/2026-03-13",
                "2026-03-16/2026-03-20"
            ]
        );
    }

    #[test]
    fn a_gaza_week_runs_from_sunday_to_thursday() {
        assert_eq!(
            dates(&gaza(&[]), "2026-03-01", 2),
            ["2026-03-01/2026-03-05", "2026-03-08/2026-03-12"]
        );
        let friday = gaza(&[]).weeks(date("2026-03-06"), 1).unwrap_err();
        assert_eq!(
            friday.detail,
            "the campus does not work on a Friday; the next working day is Sunday 2026-03-08"
        );
    }

    #[test]
    fn a_start_in_the_middle_makes_the_first_week_short() {
        assert_eq!(
            dates(&london(&[]), "2026-03-04", 2),
            ["2026-03-04/2026-03-06", "2026-03-09/2026-03-13"]
        );
        assert_eq!(
            dates(&london(&[]), "2026-03-06", 2),
            ["2026-03-06/2026-03-06", "2026-03-09/2026-03-13"]
        );
    }

    #[test]
    fn days_off_shorten_a_week_at_its_ends_only() {
        let bank_holidays = london(&["2026-04-03", "2026-04-06", "2026-04-15"]);
        assert_eq!(
            dates(&bank_holidays, "2026-03-30", 3),
            [
                "2026-03-30/2026-04-02",
                "2026-04-07/2026-04-10",
                "2026-04-13/2026-04-17"
            ]
        );
        let off = bank_holidays.weeks(date("2026-04-03"), 1).unwrap_err();
        assert_eq!(
            (off.code, off.detail.as_str()),
            (
                "day_off",
                "2026-04-03 is a day off (Holiday); the next working day is Tuesday 2026-04-07"
            )
        );
    }

    #[test]
    fn a_week_that_is_wholly_off_is_skipped_at_the_end_of_the_year() {
        let closure: Vec<String> = (21..=31)
            .map(|day| format!("2026-12-{day}"))
            .chain(["2027-01-01".into()])
            .collect();
        let closure: Vec<&str> = closure.iter().map(String::as_str).collect();
        assert_eq!(
            dates(&london(&closure), "2026-12-14", 3),
            [
                "2026-12-14/2026-12-18",
                "2027-01-04/2027-01-08",
                "2027-01-11/2027-01-15"
            ]
        );
    }

    #[test]
    fn a_campus_that_works_one_evening_a_week_has_weeks_of_a_day() {
        let evening = calendar("Africa/Johannesburg", "wed", &[]);
        assert_eq!(
            dates(&evening, "2026-03-04", 2),
            ["2026-03-04/2026-03-04", "2026-03-11/2026-03-11"]
        );
    }

    #[test]
    fn dates_beyond_our_times_and_endless_closures_are_refused() {
        for wrong in ["1999-12-31", "2101-01-03", "2100-12-27"] {
            assert!(london(&[]).weeks(date(wrong), 16).is_err(), "{wrong}");
        }
        let closed: Vec<String> = date("2026-03-09")
            .iter_days()
            .take(366)
            .map(|day| day.to_string())
            .collect();
        let closed: Vec<&str> = closed.iter().map(String::as_str).collect();
        assert!(london(&closed).weeks(date("2026-03-02"), 2).is_err());
    }

    fn due(calendar: &Calendar, starts_on: &str) -> Vec<String> {
        let weeks = calendar.weeks(date(starts_on), 2).unwrap();
        weeks
            .iter()
            .map(|week| calendar.due(*week).unwrap().to_string())
            .collect()
    }

    #[test]
    fn work_is_due_at_five_by_the_clocks_of_the_campus() {
        // London's clocks go forward on 29 March 2026 and back on 25 October.
        assert_eq!(
            due(&london(&[]), "2026-03-23"),
            ["2026-03-27T17:00:00Z", "2026-04-03T16:00:00Z"]
        );
        assert_eq!(
            due(&london(&[]), "2026-10-19"),
            ["2026-10-23T16:00:00Z", "2026-10-30T17:00:00Z"]
        );
        let nazareth = calendar("Asia/Jerusalem", "sun mon tue wed thu", &[]);
        assert_eq!(
            due(&nazareth, "2026-03-22"),
            ["2026-03-26T15:00:00Z", "2026-04-02T14:00:00Z"]
        );
    }

    #[test]
    fn a_due_time_moves_with_its_week_over_the_change_of_the_clocks() {
        let zone = TimeZone::parse("Europe/London").unwrap();
        let noon_before: Instant = serde_json::from_str("\"2026-03-26T12:00:00Z\"").unwrap();
        let moved = moved_with(noon_before, (date("2026-03-27"), zone), (date("2026-04-03"), zone));
        assert_eq!(moved.to_string(), "2026-04-02T11:00:00Z");
        let elsewhere = TimeZone::parse("Africa/Johannesburg").unwrap();
        let moved = moved_with(noon_before, (date("2026-03-27"), zone), (date("2026-03-27"), elsewhere));
        assert_eq!(moved.to_string(), "2026-03-26T10:00:00Z");
    }
}
