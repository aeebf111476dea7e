//! Which week a submission is for.

use chrono::NaiveDate;

use crate::{
    cohorts::model::current_week,
    error::{Error, Result},
    teams::model::Span,
};

/// The week that is asked for, or else the one of the round's weeks that it is. `weeks` are the numbers of the cohort's
/// weeks in order, with their first days.
///
/// # Errors
/// `422` at `/week` for a week that is not of the round.
pub fn week_of(
    asked: Option<i32>,
    round: Span,
    weeks: impl IntoIterator<Item = (i32, NaiveDate)>,
    today: NaiveDate,
) -> Result<i32> {
    let of_round = weeks.into_iter().filter(|(number, _)| round.has(*number));
    let (numbers, first_days): (Vec<i32>, Vec<NaiveDate>) = of_round.unzip();
    let current = current_week(&first_days, today).and_then(|at| numbers.get(at));
    match asked {
        None => Ok(current.copied().unwrap_or(round.first)),
        Some(week) if round.has(week) => Ok(week),
        Some(_) => {
            let detail = match round.first == round.last {
                true => format!("must be {}, the week of this team", round.first),
                false => format!("must be a week of this team, from {} to {}", round.first, round.last),
            };
            Err(Error::field("/week", "invalid", detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_of_the_week_that_goes_on_unless_said() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
        let weeks = || (1..=4).map(|week: i32| (week, day(2 + 7 * (week.unsigned_abs() - 1))));
        let round = Span { first: 2, last: 3 };
        for (asked, today, week) in [
            (None, 1, Some(2)),
            (None, 9, Some(2)),
            (None, 15, Some(2)),
            (None, 16, Some(3)),
            (None, 31, Some(3)),
            (Some(3), 1, Some(3)),
            (Some(1), 9, None),
            (Some(4), 31, None),
        ] {
            let found = week_of(asked, round, weeks(), day(today));
            assert_eq!(found.ok(), week, "{asked:?} on {today}");
        }
    }
}
