//! Which checklists are made from a template, and what is left to do.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::model::{Checklist, ChecklistScope, Item, ListedWeek, Template, Undone};
use crate::{
    error::{Error, Result},
    primitives::{Bound, Id},
};

/// How many templates a campus has.
pub const TEMPLATES: Bound = Bound {
    most: 100,
    whose: "a campus",
    what: "checklist templates",
    remedy: "Change or delete one instead.",
};

/// How many checklists a cohort has.
pub const CHECKLISTS: Bound = Bound {
    most: 500,
    whose: "a cohort",
    what: "checklists",
    remedy: "Delete one that is done.",
};

/// Whether a template is for the cohorts of a campus that are made from a programme.
pub fn is_offered(template: &Template, campus: Id, programme: Id) -> bool {
    match template.programme_id {
        Some(of) => of == programme,
        None => template.campus_id == campus,
    }
}

/// For which weeks checklists are to be made, or for none but the cohort: those that there are already are left out.
///
/// # Errors
/// `422`
pub fn wanted(
    scope: ChecklistScope,
    week: Option<i32>,
    weeks: &[ListedWeek],
    there: &HashSet<Option<Id>>,
) -> Result<Vec<Option<Id>>> {
    let asked = match (scope, week) {
        (ChecklistScope::Cohort, None) => vec![None],
        (ChecklistScope::Cohort, Some(_)) => {
            let why = "must be left out: the template is for a cohort as a whole";
            return Err(Error::field("/week", "invalid", why));
        }
        (ChecklistScope::Week, None) => weeks.iter().map(|week| Some(week.id)).collect(),
        (ChecklistScope::Week, Some(number)) => {
            let found = weeks.iter().find(|week| week.number == number);
            let missing = || Error::field("/week", "not_found", "must be a week of the cohort");
            vec![Some(found.ok_or_else(missing)?.id)]
        }
    };
    Ok(asked.into_iter().filter(|week| !there.contains(week)).collect())
}

/// What is left to do of the cohort and of the weeks that have begun.
pub fn undone(checklists: &[Checklist], items: &[Item], weeks: &[ListedWeek], today: NaiveDate) -> Vec<Undone> {
    let mut undone: Vec<Undone> = checklists
        .iter()
        .filter_map(|checklist| {
            let week = match checklist.week_id {
                Some(id) => {
                    let week = weeks.iter().find(|week| week.id == id)?;
                    Some(week.number).filter(|_| week.starts_on <= today).map(Some)?
                }
                None => weeks.iter().any(|week| week.starts_on <= today).then_some(None)?,
            };
            let of_it = items.iter().filter(|item| item.checklist_id == checklist.id);
            let left = of_it.filter(|item| item.done_at.is_none()).count();
            let name = checklist.name.clone();
            (left > 0).then_some(Undone { week, name, left })
        })
        .collect();
    undone.sort_by_key(|one| one.week);
    undone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        error::Code,
        primitives::{Instant, Line},
    };

    fn id(last: u8) -> Id {
        Id::parse(&format!("0ds8x2v4fmg{last:02}")).unwrap()
    }

    fn weeks() -> Vec<ListedWeek> {
        let week = |number: i32| ListedWeek {
            id: id(u8::try_from(number).unwrap()),
            number,
            starts_on: NaiveDate::from_ymd_opt(2026, 3, u32::try_from(number * 7).unwrap()).unwrap(),
        };
        vec![week(1), week(2), week(3)]
    }

    #[test]
    fn a_checklist_for_the_cohort_or_for_each_week_and_none_twice() {
        let wanted = |scope, week, there: &[Option<Id>]| {
            let there = there.iter().copied().collect();
            wanted(scope, week, &weeks(), &there).map_err(|error| error.code())
        };
        assert_eq!(wanted(ChecklistScope::Cohort, None, &[]), Ok(vec![None]));
        assert_eq!(wanted(ChecklistScope::Cohort, None, &[None]), Ok(vec![]));
        assert_eq!(wanted(ChecklistScope::Cohort, Some(1), &[]), Err(Code::InvalidFields));
        assert_eq!(
            wanted(ChecklistScope::Week, None, &[Some(id(2))]),
            Ok(vec![Some(id(1)), Some(id(3))])
        );
        assert_eq!(wanted(ChecklistScope::Week, Some(2), &[]), Ok(vec![Some(id(2))]));
        assert_eq!(wanted(ChecklistScope::Week, Some(2), &[Some(id(2))]), Ok(vec![]));
        assert_eq!(wanted(ChecklistScope::Week, Some(9), &[]), Err(Code::InvalidFields));
    }

    #[test]
    fn what_is_left_of_weeks_that_have_begun_is_told() {
        let now = Instant::parse("2026-03-10T12:00:00Z").unwrap();
        let checklist = |number: u8, week: Option<u8>| Checklist {
            id: id(number),
            cohort_id: id(90),
            week_id: week.map(id),
            template_id: None,
            name: Line::parse("Before a week").unwrap(),
            created_at: now,
        };
        let item = |number: u8, of: u8, is_done: bool| Item {
            id: id(number),
            checklist_id: id(of),
            position: 1,
            text: Line::parse("Book a room").unwrap(),
            done_by: None,
            done_at: is_done.then_some(now),
        };
        let lists = [
            checklist(50, Some(2)),
            checklist(51, Some(1)),
            checklist(52, Some(1)),
            checklist(53, None),
        ];
        let items = [
            item(60, 50, false),
            item(61, 51, false),
            item(62, 51, true),
            item(63, 52, true),
            item(64, 53, false),
        ];
        let left = |today: u32| {
            let today = NaiveDate::from_ymd_opt(2026, 3, today).unwrap();
            let undone = undone(&lists, &items, &weeks(), today);
            undone.iter().map(|one| (one.week, one.left)).collect::<Vec<_>>()
        };
        assert_eq!(left(6), []);
        assert_eq!(left(7), [(None, 1), (Some(1), 1)]);
        assert_eq!(left(14), [(None, 1), (Some(1), 1), (Some(2), 1)]);
    }
}
