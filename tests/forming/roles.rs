//! Roles over a whole course: as even as can be after every week, whatever comes between.

use std::collections::BTreeMap;

use forming::{Case, Effort, PlanRound, TeamsOfWeek};

use crate::support::{id, plain, planned};

/// So many roles.
fn roles(count: usize) -> Vec<String> {
    (0..count).map(|role| format!("role{role}")).collect()
}

/// The largest difference between how often anybody has had two roles, after each week.
fn spreads(weeks: &[TeamsOfWeek], roles: &[String]) -> Vec<usize> {
    let mut counts: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    let none: BTreeMap<String, usize> = roles.iter().map(|role| (role.clone(), 0)).collect();
    let after = |week: &TeamsOfWeek| {
        for (person, role) in week.roles.iter().flatten() {
            let own = counts.entry(person.clone()).or_insert_with(|| none.clone());
            *own.get_mut(role).unwrap() += 1;
        }
        let spread = |own: &BTreeMap<String, usize>| own.values().max().unwrap() - own.values().min().unwrap();
        counts.values().map(spread).max().unwrap()
    };
    weeks.iter().map(after).collect()
}

#[test]
fn roles_are_even_after_every_week_of_a_plan() {
    let cohorts: [(&[usize], usize, usize); 7] = [
        (&[4; 3], 16, 4),
        (&[4; 4], 12, 4),
        (&[5, 5, 4, 4], 9, 4),
        (&[4, 4, 4, 3, 3], 10, 4),
        (&[3; 5], 7, 4),
        (&[5; 5], 11, 5),
        (&[4; 10], 8, 4),
    ];
    for (sizes, weeks, count) in cohorts {
        let mut case = plain(sizes.iter().sum(), &vec![sizes; weeks]);
        case.roles = roles(count);
        let (problem, planned) = planned(&case, 3, Effort::Quick);
        let report = planned.report.roles.as_ref().unwrap();
        assert_eq!((report.twice_running, report.uncovered), (0, 0), "{sizes:?}");
        let spreads = spreads(&planned.plan.weeks(&problem), &case.roles);
        assert!(spreads.iter().all(|&spread| spread <= 1), "{sizes:?}: {spreads:?}");
    }
}

/// A course of 16 people in which each week somebody turns out to be absent when it comes, and nobody
/// is known to be absent in the weeks after.
fn with_surprises(weeks: u32, seed: u64) -> Case {
    let mut case = plain(16, &[]);
    case.roles = roles(4);
    let round = |week, absent: &[usize]| PlanRound {
        week,
        absent: absent.iter().map(|&person| id(person)).collect(),
        sizes: Some([vec![4; 4 - absent.len()], vec![3; absent.len()]].concat()),
        ..PlanRound::default()
    };
    for week in 1..=weeks {
        let away = (usize::try_from(week).unwrap() * 5 + seed as usize) % 24;
        let now: &[usize] = if away < 16 { &[away] } else { &[] };
        case.plan = (week..=weeks)
            .map(|w| round(w, if w == week { now } else { &[] }))
            .collect();
        let (problem, planned) = planned(&case, seed, Effort::Quick);
        case.history.push(planned.plan.weeks(&problem).remove(0));
    }
    case
}

#[test]
fn surprises_leave_roles_nearly_even() {
    for seed in 0..3 {
        let case = with_surprises(8, seed);
        let spreads = spreads(&case.history, &case.roles);
        assert!(spreads.iter().all(|&spread| spread <= 2), "seed {seed}: {spreads:?}");
        for week in &case.history {
            for roles in &week.roles {
                let mut had: Vec<&String> = roles.values().collect();
                had.sort_unstable();
                had.dedup();
                assert_eq!(had.len(), roles.len(), "seed {seed}, week {}", week.week);
            }
        }
    }
}

/// With another seed each week nothing of the plan before is found again, and the teams of the next round have to suit
/// the roles that people still need.
#[test]
fn another_seed_each_week_gives_nobody_a_role_twice_running() {
    let mut case = plain(16, &[&[4; 4][..]; 8]);
    case.roles = roles(4);
    for seed in 0..8 {
        let (problem, planned) = planned(&case, seed, Effort::Normal);
        case.history.push(planned.plan.weeks(&problem).remove(0));
        case.plan.remove(0);
    }
    let spreads = spreads(&case.history, &case.roles);
    assert!(spreads.iter().all(|&spread| spread <= 2), "{spreads:?}");
    let mut last: BTreeMap<&String, &String> = BTreeMap::new();
    for (person, role) in case.history.iter().flat_map(|week| week.roles.iter().flatten()) {
        assert_ne!(last.insert(person, role), Some(role), "{person}");
    }
}

/// A round that is already published may lie between rounds that are still planned.
#[test]
fn a_published_round_in_the_middle_is_neither_repeated_nor_anticipated() {
    for seed in 0..4 {
        let mut case = plain(12, &[&[4, 4, 4][..]; 7]);
        case.roles = roles(4);
        let middle = planned(&case, 9, Effort::Quick);
        case.history = vec![middle.1.plan.weeks(&middle.0).remove(4)];
        case.plan.retain(|round| round.week != 5);
        let (problem, planned) = planned(&case, seed, Effort::Quick);
        let mut weeks = planned.plan.weeks(&problem);
        weeks.extend(case.history.clone());
        weeks.sort_by_key(|week| week.week);
        let mut last: BTreeMap<String, String> = BTreeMap::new();
        let mut twice = 0;
        for (person, role) in weeks.iter().flat_map(|week| week.roles.iter().flatten()) {
            twice += usize::from(last.insert(person.clone(), role.clone()).as_ref() == Some(role));
        }
        let report = planned.report.roles.unwrap();
        assert_eq!((report.twice_running, twice), (0, 0), "seed {seed}");
    }
}
