//! Turns in the smaller team, and meeting again late.

use std::collections::BTreeMap;

use forming::{Case, Effort, Outcome, Problem, Teams, TeamsOfWeek, evaluate};

use crate::oracle::{all_teams, repeats};
use crate::support::{id, outcome, plain, planned, random_small};

/// How uneven turns are, counted from lists of names alone: the sum of squared differences from equal shares.
fn unevenness<'a>(rounds: impl Iterator<Item = &'a Teams>) -> f64 {
    let mut beside: BTreeMap<u16, f64> = BTreeMap::new();
    for teams in rounds {
        let largest = teams.iter().map(Vec::len).max().unwrap();
        let turns = |team: &Vec<u16>| (largest - team.len()) as f64;
        let people: usize = teams.iter().map(Vec::len).sum();
        let share = teams.iter().map(|team| turns(team) * team.len() as f64).sum::<f64>() / people as f64;
        for team in teams {
            for &person in team {
                *beside.entry(person).or_default() += turns(team) - share;
            }
        }
    }
    beside.values().map(|d| d * d).sum()
}

/// Of all plans with the fewest repeats, turns are shared out as evenly as any does.
#[test]
fn turns_are_as_even_as_repeats_allow() {
    for seed in 0..100 {
        let case = random_small(seed);
        let (problem, outcome) = outcome(&case, seed, Effort::Quick);
        let Outcome::Planned(planned) = outcome else { continue };
        let rounds: Vec<Vec<Teams>> = (problem.rounds.iter())
            .map(|round| all_teams(&problem, round, &|_| true))
            .collect();
        let past = || problem.past.iter().map(|round| &round.teams);
        let plans = rounds[0].iter().flat_map(|a| rounds[1].iter().map(move |b| [a, b]));
        let fewest = planned.report.repeats;
        let least = plans
            .filter(|plan| repeats(&problem, plan.iter().copied()) == fewest)
            .map(|plan| unevenness(past().chain(plan)))
            .fold(f64::INFINITY, f64::min);
        let own = unevenness(past().chain(&planned.plan.teams));
        // Shares are rounded to parts of a turn.
        assert!(own <= least + 0.1, "seed {seed}: {own} instead of {least}");
    }
}

#[test]
fn everybody_takes_turns_in_the_smaller_team() {
    let cases: [(&[usize], usize, i64); 3] = [
        (&[4, 4, 4, 3, 3], 16, 309),
        (&[4, 4, 4, 3, 3], 12, 135),
        (&[4, 4, 4, 4, 4, 3], 12, 143),
    ];
    for (sizes, weeks, bound) in cases {
        let people = sizes.iter().sum();
        let case = plain(people, &vec![sizes; weeks]);
        let (_, planned) = planned(&case, 4, Effort::Normal);
        let turns = planned.report.spacing.turns.unwrap();
        assert_eq!(planned.report.repeats, bound);
        assert!(turns.spread <= 1.0, "{people} people: {turns:?}");
        assert!(turns.least_spread <= turns.spread);
        let of_all: i64 = turns.people.values().map(|turns| turns.times).sum();
        let seats: usize = sizes.iter().filter(|&&size| size == 3).map(|size| size * weeks).sum();
        assert_eq!(of_all, seats as i64);
    }
}

/// Who had more turns before has fewer now, and who was absent owes nothing.
#[test]
fn turns_had_before_count_and_absences_do_not() {
    let mut case = plain(7, &[&[4, 3][..]; 8]);
    let names = |people: &[usize]| people.iter().map(|&p| id(p)).collect::<Vec<_>>();
    for round in &mut case.plan {
        round.week += 3;
    }
    case.history = (1..=3)
        .map(|week| TeamsOfWeek {
            week,
            teams: vec![names(&[3, 4, 5, 6]), names(&[0, 1, 2])],
            ..TeamsOfWeek::default()
        })
        .collect();
    // The last is away for four rounds.
    for round in &mut case.plan[..4] {
        (round.absent, round.sizes) = (vec![id(6)], Some(vec![3, 3]));
    }
    let (_, planned) = planned(&case, 1, Effort::Normal);
    let turns = planned.report.spacing.turns.unwrap();
    assert_eq!(
        turns.people["p6"].share, turns.people["p0"].share,
        "rounds of equal teams are nobody's turn"
    );
    assert!(turns.people["p0"].times < 3 + 3, "{turns:?}");
}

#[test]
fn people_meet_again_late_unasked() {
    let cases = [(&[4; 6][..], 12, 156, 14), (&[4; 4], 8, 72, 14)];
    for (sizes, weeks, repeats, most) in cases {
        let case = plain(sizes.iter().sum(), &vec![sizes; weeks]);
        let (_, planned) = planned(&case, 3, Effort::Normal);
        let spacing = &planned.report.spacing;
        assert_eq!(planned.report.repeats, repeats);
        assert!(
            spacing.soon <= most && spacing.least_soon <= spacing.soon,
            "{sizes:?}: {spacing:?}"
        );
    }
}

/// The report counts what there is to see.
#[test]
fn soon_and_same_teams_are_counted_by_hand() {
    let mut case = plain(6, &[&[3, 3], &[3, 3]]);
    let team = |people: [usize; 3]| people.map(id).to_vec();
    case.plan[0].week = 2;
    case.plan[1].week = 5;
    case.history = vec![TeamsOfWeek {
        week: 1,
        teams: vec![team([0, 1, 2]), team([3, 4, 5])],
        ..TeamsOfWeek::default()
    }];
    let problem = Problem::new(&case).unwrap();
    let plan = |first: [[u16; 3]; 2], second: [[u16; 3]; 2]| forming::Plan {
        teams: vec![first.map(Vec::from).to_vec(), second.map(Vec::from).to_vec()],
        roles: Vec::new(),
    };
    let judged = |plan| evaluate(&problem, &plan).report.spacing;
    let again = judged(plan([[2, 1, 0], [3, 4, 5]], [[0, 1, 2], [3, 5, 4]]));
    assert_eq!((again.soon, again.same_teams), (6 * 3, 2 * 3));
    let mixed = judged(plan([[0, 1, 3], [2, 4, 5]], [[0, 1, 4], [2, 3, 5]]));
    assert_eq!((mixed.soon, mixed.same_teams), (2 + 2 + 2, 0));
    // Two teams of three share at least two pairs with any two of the same people.
    assert_eq!(mixed.least_soon, 3 * 2);
    assert_eq!(mixed.turns, None);
}

/// Whatever cool-down is asked for, as few meet again soon.
#[test]
fn asking_for_less_never_gives_more() {
    let case = |between| Case {
        min_rounds_between: between,
        ..plain(20, &[&[4; 5][..]; 12])
    };
    let soon = |between| planned(&case(between), 2, Effort::Quick).1.report.spacing.soon;
    let all: Vec<i64> = (0..=4).map(soon).collect();
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:?}");
}
