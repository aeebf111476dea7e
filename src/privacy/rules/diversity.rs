//! What is told of the diversity of many students.
//!
//! Counts of two periods of which one has the other in it would tell of their difference. So the periods are fixed: the
//! calendar years in which cohorts began, each in one period and no other, and only years that are over. Who is enrolled
//! after that is not counted, so that nobody is added any more, made up or not. A year of which nothing could be told is put together with the next. Everybody who was ever enrolled
//! counts, so that withdrawing somebody, or calling a cohort off, changes no number.

use std::collections::BTreeMap;

use super::suppression::told;
use crate::primitives::Id;

/// Somebody in a cohort.
#[derive(Clone, Debug)]
pub struct Student {
    /// The year in which the cohort began.
    pub year: i32,
    pub person: Id,
    /// What they let be counted; none if they told nothing, or do not consent.
    pub value: Option<String>,
}

/// What can be told of the students of one or several years.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub first_year: i32,
    pub last_year: i32,
    /// All students, whether they are counted or not.
    pub students: usize,
    /// How many have which value, as far as it can be told.
    pub counts: BTreeMap<String, usize>,
    /// How many have told nothing or do not consent, if it can be told.
    pub untold: Option<usize>,
}

/// The windows in order; `students` are in the order in which their cohorts began. Of the last nothing may be told.
pub fn windows(students: &[Student], this_year: i32) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut pooled: BTreeMap<Id, Option<String>> = BTreeMap::new();
    let mut first_year = None;
    for year in students.chunk_by(|one, other| one.year == other.year) {
        let Some(last_year) = year
            .first()
            .map(|student| student.year)
            .filter(|year| *year < this_year)
        else {
            break;
        };
        for student in year {
            let value = pooled.entry(student.person).or_default();
            *value = student.value.clone().or(value.take());
        }
        let window = window(*first_year.get_or_insert(last_year), last_year, &pooled);
        // A window that grows takes the place of what it was.
        windows.pop_if(|window: &mut Window| window.counts.is_empty());
        if !window.counts.is_empty() {
            pooled.clear();
            first_year = None;
        }
        windows.push(window);
    }
    windows
}

fn window(first_year: i32, last_year: i32, pooled: &BTreeMap<Id, Option<String>>) -> Window {
    let mut all: BTreeMap<Option<String>, usize> = BTreeMap::new();
    for value in pooled.values() {
        *all.entry(value.clone()).or_default() += 1;
    }
    let told = told(&all).unwrap_or_default();
    let is_whole = told.len() == all.len();
    Window {
        first_year,
        last_year,
        students: pooled.len(),
        untold: told.get(&None).copied().or(is_whole.then_some(0)),
        counts: told
            .into_iter()
            .filter_map(|(value, count)| Some((value?, count)))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn students(year: i32, counts: &[(&str, usize)]) -> Vec<Student> {
        let some = |(value, count): &(&str, usize)| {
            let student = Student {
                year,
                person: Id::new(),
                value: Some(value.to_string()).filter(|value| !value.is_empty()),
            };
            (0..*count)
                .map(|_| Student {
                    person: Id::new(),
                    ..student.clone()
                })
                .collect::<Vec<_>>()
        };
        counts.iter().flat_map(some).collect()
    }

    fn shown(windows: &[Window]) -> Vec<String> {
        let one = |window: &Window| {
            let Window {
                first_year,
                last_year,
                students,
                counts,
                untold,
            } = window;
            format!("{first_year} to {last_year}, {students} students: {counts:?}, {untold:?}")
        };
        windows.iter().map(one).collect()
    }

    #[test]
    fn a_year_of_which_nothing_can_be_told_is_put_together_with_the_next() {
        let all = [
            students(2022, &[("woman", 9), ("man", 7)]),
            students(2023, &[("woman", 3), ("man", 1)]),
            students(2024, &[("woman", 6), ("man", 2), ("", 1)]),
            students(2025, &[("woman", 10), ("man", 6), ("", 5)]),
            students(2026, &[("woman", 2)]),
            students(2027, &[("woman", 20), ("man", 20)]),
        ]
        .concat();
        let expected = [
            r#"2022 to 2022, 16 students: {"man": 7, "woman": 9}, Some(0)"#,
            r#"2023 to 2025, 34 students: {"man": 9, "woman": 19}, Some(6)"#,
            "2026 to 2026, 2 students: {}, None",
        ];
        assert_eq!(shown(&windows(&all, 2027)), expected);
        assert_eq!(shown(&windows(&all, 2026)), expected[..2]);
        assert_eq!(windows(&[], 2026), []);
    }

    #[test]
    fn what_a_later_year_brings_changes_nothing_that_was_told() {
        let mut all = Vec::new();
        let mut before: Vec<Window> = Vec::new();
        for (year, women, men) in [(2020, 2, 3), (2021, 6, 2), (2022, 8, 9), (2023, 1, 0), (2024, 5, 6)] {
            all.extend(students(year, &[("woman", women), ("man", men)]));
            let now = windows(&all, year + 1);
            before.retain(|window| !window.counts.is_empty());
            assert!(now.starts_with(&before), "{now:?} after {before:?}");
            before = now;
        }
        assert_eq!(before.len(), 3);
    }

    #[test]
    fn somebody_in_two_cohorts_is_one_person() {
        let mut all = students(2024, &[("woman", 4), ("man", 6)]);
        let mut again = all[0].clone();
        all.push(again.clone());
        again.value = None;
        all.push(again);
        let window = &windows(&all, 2026)[0];
        assert_eq!((window.students, window.counts.len()), (10, 0));
    }
}
