//! How the weeks of a cohort may be dated, moved and inserted.

use chrono::NaiveDate;

use super::calendar::Calendar;
use crate::{
    cohorts::model::{CohortStatus, Phase, Span, Week},
    error::{Code, Error, FieldError, Result},
    programmes::MOST_WEEKS,
};

/// As many days as a week may have that was dated by hand.
const LONGEST_WEEK: usize = 14;

/// Once a cohort has begun, its dates are what people have planned their lives by.
///
/// # Errors
/// `409 conflict`.
pub fn may_be_dated(status: CohortStatus) -> Result<()> {
    if status == CohortStatus::Planned {
        return Ok(());
    }
    Err(Error::new(
        Code::Conflict,
        format!(
            "The start of a {} cohort cannot change; only that of a planned cohort can.",
            status.as_str()
        ),
    ))
}

/// Whether the content of week `number` may go to the place `to`.
///
/// # Errors
/// `422` for a place that does not exist, `409` for anything but a reading week of an unfinished
/// cohort.
pub fn may_move(status: CohortStatus, phase: Phase, weeks: &[Week], to: i32) -> Result<()> {
    if !weeks.iter().any(|week| week.number == to) {
        let why = format!("must be one of the cohort's weeks, 1 to {}", weeks.len());
        return Err(Error::field("/move_to", "not_found", why));
    }
    if phase != Phase::Reading {
        let why = "Only a reading week can move. Change the topics and projects of the other weeks instead.";
        return Err(Error::new(Code::Conflict, why));
    }
    must_go_on(status)
}

/// Which of these weeks, were they dated so, would not begin after the one before has ended.
pub fn out_of_order(weeks: &[Week], spans: &[Span]) -> Option<i32> {
    let pairs = spans.windows(2).zip(weeks.iter().skip(1));
    pairs
        .filter(|(pair, _)| matches!(pair, [before, after] if before.ends_on >= after.starts_on))
        .map(|(_, week)| week.number)
        .next()
}

/// Whether week `number` may have these dates, today.
///
/// # Errors
/// `409` if the cohort or the week is over, `422` for dates that are no working days, or not between those of its
/// neighbours.
pub fn may_be_dated_by_hand(
    status: CohortStatus,
    weeks: &[Week],
    number: i32,
    span: Span,
    calendar: &Calendar,
    today: NaiveDate,
) -> Result<()> {
    must_go_on(status)?;
    let Some(week) = weeks.iter().find(|week| week.number == number) else {
        return Err(Error::not_found());
    };
    if week.ends_on < today {
        let detail = format!(
            "Week {number} ended on {}; its dates can no longer change.",
            week.ends_on
        );
        return Err(Error::new(Code::Conflict, detail));
    }
    let mut faults = Vec::new();
    let ends = [
        ("/starts_on", span.starts_on, week.starts_on),
        ("/ends_on", span.ends_on, week.ends_on),
    ];
    for (pointer, day, _) in ends.into_iter().filter(|(_, day, before)| day != before) {
        if let Err(fault) = calendar.check_day(day) {
            faults.push(FieldError::at(pointer, fault.code, fault.detail));
        }
    }
    if span.ends_on < span.starts_on {
        faults.push(FieldError::at("/ends_on", "invalid", "must not be before starts_on"));
    }
    if let Some(before) = weeks
        .iter()
        .find(|week| week.number == number - 1 && week.ends_on >= span.starts_on)
    {
        let detail = format!(
            "must be after {}, the last day of week {}",
            before.ends_on, before.number
        );
        faults.push(FieldError::at("/starts_on", "invalid", detail));
    }
    if let Some(after) = weeks
        .iter()
        .find(|week| week.number == number + 1 && week.starts_on <= span.ends_on)
    {
        let detail = format!(
            "must be before {}, the first day of week {}",
            after.starts_on, after.number
        );
        faults.push(FieldError::at("/ends_on", "invalid", detail));
    }
    if span.days().count() > LONGEST_WEEK {
        let detail = format!("must be at most {LONGEST_WEEK} days after starts_on, that day included");
        faults.push(FieldError::at("/ends_on", "invalid", detail));
    }
    Error::check_fields(faults)
}

/// Whether a week may be inserted that is to have this number, today.
///
/// # Errors
/// `409` if the cohort is over, or the week that has the number has begun; `422` for a number that would leave a hole.
pub fn may_be_inserted(status: CohortStatus, weeks: &[Week], number: i32, today: NaiveDate) -> Result<()> {
    must_go_on(status)?;
    let end = weeks.len() + 1;
    if !usize::try_from(number).is_ok_and(|number| (1..=end).contains(&number)) {
        let detail = format!("must be from 1 to {end}, the number behind the last week");
        return Err(Error::field("/number", "invalid", detail));
    }
    if end > MOST_WEEKS {
        let detail = format!("A cohort has at most {MOST_WEEKS} weeks.");
        return Err(Error::new(Code::Conflict, detail));
    }
    match weeks
        .iter()
        .find(|week| week.number == number && week.starts_on <= today)
    {
        Some(week) => {
            let detail = format!(
                "Week {number} began on {}. Insert the week behind those that have begun.",
                week.starts_on
            );
            Err(Error::new(Code::Conflict, detail))
        }
        None => Ok(()),
    }
}

fn must_go_on(status: CohortStatus) -> Result<()> {
    match status {
        CohortStatus::Planned | CohortStatus::Running => Ok(()),
        CohortStatus::Graduated | CohortStatus::Cancelled => Err(Error::new(
            Code::Conflict,
            format!("The weeks of a {} cohort can no longer change.", status.as_str()),
        )),
    }
}

/// The content of week `from` at the place `to`, those between moved up by one: which week's
/// content each of `weeks` has now. Numbers and dates stay.
pub fn moved(weeks: &[Week], from: i32, to: i32) -> Vec<(&Week, &Week)> {
    let mut order: Vec<&Week> = weeks.iter().collect();
    let place = |number: i32| weeks.iter().position(|week| week.number == number);
    if let (Some(from), Some(to)) = (place(from), place(to)) {
        let week = order.remove(from);
        order.insert(to, week);
    }
    let places = weeks.iter().zip(order);
    places
        .filter(|(place, content)| place.number != content.number)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::{Id, Line};

    fn weeks() -> Vec<Week> {
        let week = |number: i32| Week {
            id: Id::new(),
            cohort_id: Id::parse("0ds8x2v4fmg00").unwrap(),
            number,
            phase: if number == 2 { Phase::Reading } else { Phase::Core },
            topic: Line::parse("Testing").unwrap(),
            starts_on: NaiveDate::MIN,
            ends_on: NaiveDate::MIN,
            project_id: None,
            version: 1,
            gap_told_at: None,
        };
        (1..=5).map(week).collect()
    }

    #[test]
    fn the_weeks_between_move_up() {
        let moves = |from, to| -> Vec<(i32, i32)> {
            let weeks = weeks();
            let moves = moved(&weeks, from, to);
            moves
                .into_iter()
                .map(|(place, content)| (place.number, content.number))
                .collect()
        };
        assert_eq!(moves(2, 4), [(2, 3), (3, 4), (4, 2)]);
        assert_eq!(moves(4, 1), [(1, 4), (2, 1), (3, 2), (4, 3)]);
        assert_eq!(moves(3, 3), []);
    }

    #[test]
    fn only_a_reading_week_moves_to_a_week_there_is() {
        let code = |status, phase, to| may_move(status, phase, &weeks(), to).map_err(|error| error.code());
        let planned = CohortStatus::Planned;
        assert_eq!(code(planned, Phase::Reading, 5), Ok(()));
        assert_eq!(code(planned, Phase::Reading, 6), Err(Code::InvalidFields));
        assert_eq!(code(planned, Phase::Reading, 0), Err(Code::InvalidFields));
        assert_eq!(code(planned, Phase::Core, 5), Err(Code::Conflict));
        assert_eq!(code(CohortStatus::Graduated, Phase::Reading, 5), Err(Code::Conflict));
    }
}
