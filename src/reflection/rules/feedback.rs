//! When feedback is given, and when it is shown.

use std::collections::BTreeSet;

use chrono::{Datelike as _, Days, NaiveDate};

use crate::{
    error::{Code, Error, Result},
    primitives::Id,
};

/// How long after the last day of a round feedback is taken.
const TAKEN_FOR: Days = Days::new(14);
/// So few people say nothing about who of them wrote what.
const GIVERS: usize = 3;

/// Feedback is given from the last day of the round for two weeks.
///
/// # Errors
/// `409` before and after.
pub fn check_window(last_day: NaiveDate, today: NaiveDate) -> Result<()> {
    let [from, until] = window(last_day);
    let detail = match today {
        today if today < from => {
            format!("The round goes on. Give feedback from its last day on: {from}.")
        }
        today if today > until => {
            format!("Feedback of this round was taken until {until}. Tell them yourself.")
        }
        _ => return Ok(()),
    };
    Err(Error::new(Code::Conflict, detail))
}

/// The first and the last day on which feedback of a round is taken, by the last day of the round.
pub fn window(last_day: NaiveDate) -> [NaiveDate; 2] {
    [last_day, last_day + TAKEN_FOR]
}

/// The first and the last day on which a round can have ended of which feedback is taken today.
pub fn taken_of(today: NaiveDate) -> [NaiveDate; 2] {
    [today - TAKEN_FOR, today]
}

/// Whether what waits for somebody, by whom and whether anonymously, is shown to them, all of it at once. Three people
/// must have given some; and if some of it is anonymous, three must have given anonymously, because whose name stands
/// beside an answer is not the one without.
pub fn is_due(waiting: &[(Id, bool)]) -> bool {
    let givers: BTreeSet<Id> = waiting.iter().map(|(giver, _)| *giver).collect();
    let anonymous: BTreeSet<Id> = (waiting.iter().filter(|(_, anonymous)| *anonymous))
        .map(|(giver, _)| *giver)
        .collect();
    givers.len() >= GIVERS && (anonymous.is_empty() || anonymous.len() >= GIVERS)
}

/// All that is told of when something was shown: the Monday of the week.
pub fn week_of(today: NaiveDate) -> NaiveDate {
    today - Days::new(today.weekday().num_days_from_monday().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    #[test]
    fn feedback_is_taken_from_the_last_day_for_two_weeks() {
        for (today, taken) in [(4, false), (5, true), (19, true), (20, false)] {
            assert_eq!(check_window(day(5), day(today)).is_ok(), taken, "on {today} March");
        }
    }

    #[test]
    fn nothing_is_shown_that_fewer_than_three_could_have_written() {
        let [a, b, c, d] = std::array::from_fn(|_| Id::new());
        for (waiting, due) in [
            (vec![], false),
            (vec![(a, true), (b, true)], false),
            (vec![(a, true), (b, true), (c, true)], true),
            (vec![(a, true), (a, true), (b, true)], false),
            (vec![(a, false), (b, false)], false),
            (vec![(a, false), (b, false), (c, false)], true),
            (vec![(a, false), (b, false), (c, true)], false),
            (vec![(a, false), (b, true), (c, true)], false),
            (vec![(a, false), (b, true), (c, true), (d, true)], true),
            // Who wrote both ways stands beside one of theirs.
            (vec![(a, false), (a, true), (b, true), (c, true)], true),
        ] {
            assert_eq!(is_due(&waiting), due, "{waiting:?}");
        }
    }

    #[test]
    fn a_week_is_all_that_is_told_of_the_time() {
        for (today, monday) in [(1, 1), (2, 1), (7, 1), (8, 8)] {
            assert_eq!(week_of(day(today)), day(monday));
        }
    }
}
