//! What is known to be possible is found.

use forming::{Bounds, Case, Effort, PlanRound, Problem, SizeRange};

use crate::support::{plain, planned};

/// Plans for twenty seeds; each takes few of the moves that it may.
fn repeat_free(case: &Case) {
    for seed in 0..20 {
        let (_, planned) = planned(case, seed, Effort::Normal);
        assert_eq!(planned.report.repeats, 0, "seed {seed}");
        assert!(planned.report.proved_optimal);
        let effort = planned.report.effort.unwrap();
        assert!(effort.moves < 100_000, "seed {seed} took {effort:?}");
    }
}

#[test]
fn sixteen_people_five_rounds_in_fours() {
    repeat_free(&plain(16, &[&[4; 4][..]; 5]));
}

#[test]
fn twelve_people_four_rounds_in_threes_and_one_in_fours() {
    let (threes, fours) = ([3; 4], [4; 3]);
    repeat_free(&plain(12, &[&threes, &threes, &threes, &threes, &fours]));
}

#[test]
fn twelve_people_in_threes_or_fours_get_the_sizes_that_need_no_repeat() {
    let mut case = plain(12, &[]);
    let team_size = Some(SizeRange { min: 3, max: 4 });
    case.plan = (1..=5)
        .map(|week| PlanRound {
            week,
            team_size,
            ..PlanRound::default()
        })
        .collect();
    repeat_free(&case);
    let (_, planned) = planned(&case, 1, Effort::Normal);
    assert_eq!(planned.report.meetings, 66, "all pairs, each once");
    case.plan.truncate(1);
    let (_, planned) = crate::support::planned(&case, 1, Effort::Normal);
    assert_eq!(
        planned.plan.teams[0].len(),
        3,
        "fewest teams when nothing is won by more"
    );
}

#[test]
fn a_sixth_round_of_sixteen_is_scored_not_refused() {
    let (_, planned) = planned(&plain(16, &[&[4; 4][..]; 6]), 1, Effort::Quick);
    assert_eq!((planned.report.repeats, planned.report.bound), (24, 24));
    assert!(planned.report.proved_optimal);
}

#[test]
fn bounds_are_those_of_the_theory() {
    for (sizes, weeks, bound) in [
        (&[4, 4, 4][..], 16, 492),
        (&[4, 4, 4, 4], 12, 216),
        (&[4, 4, 4, 4], 16, 432),
        (&[5, 5, 4, 4], 16, 618),
        (&[4, 4, 4, 3, 3], 16, 309),
        (&[4, 4, 4, 4, 4], 16, 390),
        (&[4, 4, 4, 4, 4, 4], 16, 324),
        (&[4, 4, 4, 4, 4, 4, 4, 3], 16, 255),
        (&[4; 10], 18, 300),
    ] {
        let problem = Problem::new(&plain(sizes.iter().sum(), &vec![sizes; weeks])).unwrap();
        assert_eq!(
            Bounds::new(&problem, &vec![sizes.to_vec(); weeks]).best(),
            bound,
            "{sizes:?}"
        );
    }
}

#[test]
fn dense_plans_reach_their_bound() {
    for (sizes, weeks) in [
        (&[4, 4, 4][..], 16),
        (&[4, 4, 4, 4], 12),
        (&[4, 4, 4, 3, 3], 16),
        (&[4, 4, 4, 4, 4], 16),
    ] {
        let case = plain(sizes.iter().sum(), &vec![sizes; weeks]);
        let (_, planned) = planned(&case, 3, Effort::Normal);
        assert!(
            planned.report.proved_optimal,
            "{sizes:?} × {weeks}: {}",
            planned.report.repeats
        );
    }
}

/// Five weeks of ten without a repeat are over, of another plan than the search would go on with: few groups of four are
/// left who have not met, and five more weeks can be made of them.
#[test]
fn few_groups_that_have_not_met_are_covered_exactly() {
    let mut case = plain(32, &[&[4; 8][..]; 10]);
    let (problem, whole) = planned(&case, 1, Effort::Quick);
    assert_eq!(whole.report.repeats, 0);
    case.history = whole.plan.weeks(&problem).into_iter().take(5).collect();
    case.plan.drain(..5);
    let (_, rest) = planned(&case, 2, Effort::Normal);
    assert_eq!(rest.report.repeats, 0);
}
