//! When the weeks of a cohort are. The campus decides: its working week, its days off, its clocks.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::cohorts::model::Span;
use crate::primitives::{
    Line, LocalTime,
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
    /// Whether the campus works on a date.
    pub fn works_on(&self, date: NaiveDate) -> bool {
        self.work_week.works_on(date) && !self.days_off.contains_key(&date)
    }

    /// The dates of so many weeks from `starts_on`: the campus week in which it lies, then each
    /// following one that has a working day at all.
    ///
    /// # Errors
    /// Why it cannot start then, and when it can.
    pub fn weeks(&self, starts_on: NaiveDate, count: usize) -> Result<Vec<Span>, Fault> {
        self.check_day(starts_on)?;
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

    /// The first week with a working day behind one that ends on this day.
    ///
    /// # Errors
    /// Why there is none.
    pub fn week_after(&self, last_day: NaiveDate) -> Result<Span, Fault> {
        let next = self.work_week.start_of_week(last_day) + Days::new(7);
        let weeks = (0..=LONGEST_PAUSE).filter_map(|pause| next.checked_add_days(Days::new(7 * pause)));
        let found = weeks.filter_map(|monday| self.span(monday, monday)).next();
        found.filter(|week| is_plausible(week.ends_on)).ok_or_else(|| {
            let why =
                format!("leaves no room for another week after {last_day}, because the campus has too many days off");
            Fault::new("invalid", why)
        })
    }

    /// What is left of a week now that a date has become a day off, or a working day again: it ends earlier, or begins
    /// later, by the days off at its ends, and gets back the date next to it. `None` if nothing is left.
    pub fn without_or_with(&self, week: Span, date: NaiveDate) -> Option<Span> {
        let (first, last) = (week.starts_on.min(date), week.ends_on.max(date));
        if !self.works_on(date) {
            let mut working = week.days().filter(|day| self.works_on(*day));
            let starts_on = working.next()?;
            let ends_on = working.last().unwrap_or(starts_on);
            return Some(Span { starts_on, ends_on });
        }
        let begins = |day| self.work_week.start_of_week(day);
        let is_near = begins(date) == begins(week.starts_on) || begins(date) == begins(week.ends_on);
        let grown = Span {
            starts_on: first,
            ends_on: last,
        };
        let between = grown.days().filter(|day| !week.contains(*day) && *day != date);
        let is_next_to = !between.into_iter().any(|day| self.works_on(day));
        Some(if is_near && is_next_to { grown } else { week })
    }

    /// That the campus works on a date.
    ///
    /// # Errors
    /// Why not, and when it works next.
    pub fn check_day(&self, date: NaiveDate) -> Result<(), Fault> {
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
    pub fn due(&self, week: Span) -> Option<LocalTime> {
        let five = NaiveTime::from_hms_opt(17, 0, 0)?;
        Some(LocalTime::on(week.ends_on, five))
    }
}

/// When a week is, and the clocks it is seen by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpanInZone {
    pub span: Span,
    pub zone: TimeZone,
}

/// A time that moves with its week: it keeps its place in the week, as far as the week still has it, and the time that
/// the clocks show.
pub fn moved_with(time: LocalTime, from: Span, to: Span) -> LocalTime {
    LocalTime::on(from.moved(time.date(), to), time.time())
}

/// The same for what is due: what was due on the last day of its week stays due on the last day.
pub fn due_moved_with(due: LocalTime, from: Span, to: Span) -> LocalTime {
    let day = match due.date() == from.ends_on {
        true => to.ends_on,
        false => from.moved(due.date(), to),
    };
    LocalTime::on(day, due.time())
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
mod tests;
