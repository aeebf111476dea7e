//! What cohorts obey: where their status may go, how their weeks are dated, what may move.

pub mod calendar;

use chrono::{Days, NaiveDate, TimeDelta};

use calendar::Calendar;

use super::model::{CohortStatus, Phase, Span, Week};
use crate::{
    error::{Code, Error, FieldError, Result},
    primitives::{Instant, Line, date::is_plausible},
    programmes::MOST_WEEKS,
};

const MOST_OUTCOMES: usize = 20;

/// As many days as a week may have that was dated by hand.
const LONGEST_WEEK: usize = 14;

/// Cohorts of a campus that are planned or running. A change of its calendar dates them again, in one transaction that
/// others wait for.
const MOST_GOING_ON: i64 = 40;

/// Whether a campus with so many planned and running cohorts may plan another.
///
/// # Errors
/// `409 conflict`.
pub fn may_be_planned(going_on: i64) -> Result<()> {
    if going_on < MOST_GOING_ON {
        return Ok(());
    }
    let detail = format!(
        "A campus has at most {MOST_GOING_ON} planned and running cohorts. Set those that are over to `graduated` or \
         `cancelled` first."
    );
    Err(Error::new(Code::Conflict, detail))
}

/// Whether a cohort may be made with a status: planned, or graduated if it ended before it is entered here.
///
/// # Errors
/// `422` at `/status` or `/starts_on`.
pub fn may_begin_as(status: CohortStatus, ends_on: NaiveDate, today: NaiveDate) -> Result<()> {
    match status {
        CohortStatus::Planned => Ok(()),
        CohortStatus::Graduated if ends_on < today => Ok(()),
        CohortStatus::Graduated => {
            let why =
                format!("would let the cohort end on {ends_on}; only one that has ended can be entered as graduated");
            Err(Error::field("/starts_on", "invalid", why))
        }
        CohortStatus::Running | CohortStatus::Cancelled => {
            let why = "must be `planned`, or `graduated` for a cohort that ended before it is entered here";
            Err(Error::field("/status", "invalid", why))
        }
    }
}

/// Which way a cohort goes from one status to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    Stay,
    On,
    /// To where it was before its last step, by mistake.
    Back,
}

/// Whether a cohort may go from one status to another, where it was in `previous` before its last step.
///
/// # Errors
/// `409 invalid_transition` that says where it may go.
pub fn step(now: CohortStatus, previous: CohortStatus, next: CohortStatus) -> Result<Step> {
    use CohortStatus::{Cancelled, Graduated, Planned, Running};
    let on: &[CohortStatus] = match now {
        Planned => &[Running, Cancelled],
        Running => &[Graduated, Cancelled],
        Graduated | Cancelled => &[],
    };
    let back: &[CohortStatus] = match now {
        Planned => &[],
        Running => &[Planned],
        Graduated => &[Running],
        Cancelled if previous == Running => &[Running],
        Cancelled => &[Planned],
    };
    match () {
        () if now == next => return Ok(Step::Stay),
        () if on.contains(&next) => return Ok(Step::On),
        () if back.contains(&next) => return Ok(Step::Back),
        () => {}
    }
    let ways: Vec<&str> = on.iter().chain(back).map(|way| way.as_str()).collect();
    let ways = ways.join(" or ");
    let detail = format!("A {} cohort can become {ways}, not {}.", now.as_str(), next.as_str());
    Err(Error::new(Code::InvalidTransition, detail))
}

/// For how many days a step can be taken back.
const STEP_BACK_DAYS: i64 = 30;

/// A mistake is seen soon; what has stood for longer is what people have relied on.
///
/// # Errors
/// `409 invalid_transition`.
pub fn may_still_step_back(changed_at: Instant, now: Instant) -> Result<()> {
    if now <= changed_at.plus(TimeDelta::days(STEP_BACK_DAYS)) {
        return Ok(());
    }
    let detail = format!(
        "A status can be taken back for {STEP_BACK_DAYS} days; this one has stood since {}.",
        changed_at.date()
    );
    Err(Error::new(Code::InvalidTransition, detail))
}

/// Whether somebody who mentors in a week, from its first to its last day, sees inside the cohort
/// today: to prepare and to hand over, and no longer than that.
pub fn mentor_sees_inside((starts_on, ends_on): (NaiveDate, NaiveDate), today: NaiveDate) -> bool {
    starts_on - Days::new(3) <= today && today <= ends_on + Days::new(7)
}

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
    match faults.is_empty() {
        true => Ok(()),
        false => Err(Error::fields(faults)),
    }
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

/// What is wrong with the outcomes of a project.
///
/// # Errors
/// `422` at the pointer.
pub fn check_outcomes(pointer: &str, outcomes: &[Line]) -> Result<()> {
    if outcomes.len() <= MOST_OUTCOMES {
        return Ok(());
    }
    let why = format!("must have at most {MOST_OUTCOMES} items");
    Err(Error::field(pointer, "invalid", why))
}

/// A due time in years that somebody could mean.
///
/// # Errors
/// `422` at `/due_at`.
pub fn check_due(due: Instant) -> Result<()> {
    match is_plausible(due.date()) {
        true => Ok(()),
        false => Err(Error::field("/due_at", "invalid", "must lie in the years 2000 to 2100")),
    }
}

/// A pattern that makes names a repository can have: what is not filled in is checked as it is.
///
/// # Errors
/// `422` at `/repository_name`.
pub fn check_repository_name(pattern: &Line) -> Result<()> {
    let mut rest = pattern.as_str().to_owned();
    for filled_in in ["{cohort}", "{week}", "{team}"] {
        rest = rest.replace(filled_in, "x");
    }
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if rest.len() <= 100 && rest.chars().all(fits) {
        return Ok(());
    }
    let why = "must be up to 100 letters, digits, `-`, `_` and `.`; {cohort}, {week} and {team} are filled in";
    Err(Error::fields(vec![FieldError::at("/repository_name", "invalid", why)]))
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::primitives::Id;

    #[test]
    fn mentors_see_inside_around_their_week() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let week = (day(9), day(13));
        let seen: Vec<u32> = (1..=31).filter(|today| mentor_sees_inside(week, day(*today))).collect();
        assert_eq!(seen, (6..=20).collect::<Vec<u32>>());
    }

    #[test]
    fn the_only_ways_on_and_back() {
        use CohortStatus::{Cancelled, Graduated, Planned, Running};
        let all = [Planned, Running, Graduated, Cancelled];
        let ways = |previous, wanted| -> Vec<(CohortStatus, CohortStatus)> {
            let pairs = all.iter().flat_map(|now| all.iter().map(move |next| (*now, *next)));
            pairs
                .filter(|(now, next)| step(*now, previous, *next).is_ok_and(|step| step == wanted))
                .collect()
        };
        let on = [
            (Planned, Running),
            (Planned, Cancelled),
            (Running, Graduated),
            (Running, Cancelled),
        ];
        for previous in all {
            assert_eq!(ways(previous, Step::On), on);
            assert_eq!(ways(previous, Step::Stay), all.map(|status| (status, status)));
        }
        let back = [(Running, Planned), (Graduated, Running)];
        assert_eq!(
            ways(Planned, Step::Back),
            [back.as_slice(), &[(Cancelled, Planned)]].concat()
        );
        assert_eq!(
            ways(Running, Step::Back),
            [back.as_slice(), &[(Cancelled, Running)]].concat()
        );
    }

    #[test]
    fn a_step_is_taken_back_within_thirty_days() {
        let then = Instant::now();
        for (days, may) in [(0, true), (30, true), (31, false)] {
            assert_eq!(
                may_still_step_back(then, then.plus(TimeDelta::days(days))).is_ok(),
                may,
                "{days}"
            );
        }
    }

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

    #[test]
    fn repository_names_are_what_a_repository_can_be_called() {
        let check = |pattern: &str| check_repository_name(&Line::parse(pattern).unwrap()).is_ok();
        assert!(check("{cohort}-week{week}-{team}") && check("Week_1.final"));
        for wrong in ["{student}", "week 1", "../x/y", "ü", &"x".repeat(101)] {
            assert!(!check(wrong), "{wrong}");
        }
    }
}
