//! Contradictions: found at once, minimal, with ways out that work.

use forming::{Case, Conflict, Effort, Outcome, Problem, Relaxation, SizeRange};

use crate::oracle::{all_teams, assert_minimal};
use crate::support::{lock, outcome, pair, plain, planned, random_small};

fn conflict(case: &Case) -> Conflict {
    let (problem, outcome) = outcome(case, 1, Effort::Quick);
    let Outcome::Infeasible(conflict) = outcome else {
        panic!("{} is infeasible", case.id)
    };
    if problem.people.len() < 10 {
        assert_minimal(&problem, &conflict.conflict, conflict.week);
    }
    conflict
}

#[test]
fn a_rule_and_its_opposite() {
    let mut case = plain(8, &[&[4, 4], &[4, 4]]);
    case.constraints.must_pair = vec![pair("t", 0, 1), pair("noise", 4, 5)];
    case.constraints.must_not_pair = vec![pair("a", 1, 0), pair("noise2", 2, 3)];
    let conflict = conflict(&case);
    assert_eq!(conflict.conflict, ["a", "t"]);
    assert_eq!(conflict.week, 1);
    assert!(
        conflict
            .relaxations
            .iter()
            .any(|r| r.drop == ["a"] && r.weeks == [1, 2])
    );
}

#[test]
fn more_people_apart_than_teams() {
    let mut case = plain(8, &[&[4, 4]]);
    case.constraints.must_not_pair = vec![pair("01", 0, 1), pair("12", 1, 2), pair("02", 0, 2), pair("57", 5, 7)];
    let conflict = conflict(&case);
    assert_eq!(conflict.conflict, ["01", "12", "02"]);
    let ways: Vec<_> = conflict.relaxations.iter().filter_map(|r| r.sizes.as_ref()).collect();
    assert!(ways.iter().any(|sizes| sizes.len() == 3), "three teams would do");
}

#[test]
fn a_chain_longer_than_a_team() {
    let mut case = plain(9, &[&[3, 3, 3]]);
    case.constraints.must_pair = (0..3).map(|i| pair(&format!("t{i}"), i, i + 1)).collect();
    assert_eq!(conflict(&case).conflict, ["t0", "t1", "t2"]);
}

#[test]
fn couples_that_do_not_fit_threes() {
    let mut case = plain(6, &[&[3, 3]]);
    case.constraints.must_pair = (0..3).map(|i| pair(&format!("t{i}"), 2 * i, 2 * i + 1)).collect();
    assert_eq!(conflict(&case).conflict.len(), 3);
}

#[test]
fn locks_that_contradict_each_other() {
    let mut case = plain(8, &[&[4, 4]]);
    case.constraints.locked = vec![lock("here", 1, 0, &[0, 1]), lock("there", 1, 1, &[1, 2])];
    assert_eq!(conflict(&case).conflict, ["here", "there"]);
}

#[test]
fn a_lock_larger_than_its_team() {
    let mut case = plain(8, &[&[3, 5]]);
    case.constraints.locked = vec![lock("full", 1, 0, &[0, 1, 2, 3])];
    assert_eq!(conflict(&case).conflict, ["full"]);
}

#[test]
fn a_clash_in_one_week_only() {
    let mut case = plain(8, &[&[4, 4], &[4, 4], &[4, 4]]);
    case.constraints.must_not_pair = vec![pair("a", 0, 1)];
    case.constraints.locked = vec![lock("l", 2, 0, &[0, 1])];
    let conflict = conflict(&case);
    assert_eq!((conflict.week, conflict.conflict.len()), (2, 2));
    assert!(conflict.relaxations.iter().all(|r| r.weeks == [2]));
}

#[test]
fn many_demands_of_which_few_clash() {
    let mut case = plain(200, &[&[4; 50]]);
    case.constraints.must_not_pair = (0..100).map(|i| pair(&format!("a{i}"), i, i + 100)).collect();
    case.constraints.must_pair = (0..20).map(|i| pair(&format!("t{i}"), i, i + 20)).collect();
    case.constraints.must_pair.push(pair("bridge", 20, 100));
    assert_eq!(conflict(&case).conflict, ["a0", "t0", "bridge"]);
}

#[test]
fn the_cheapest_way_out_works() {
    let mut case = plain(8, &[&[4, 4], &[4, 4]]);
    case.constraints.must_pair = vec![pair("t", 0, 1), pair("u", 2, 3)];
    case.constraints.must_not_pair = vec![pair("a", 1, 0), pair("b", 2, 3)];
    let way = conflict(&case).relaxations.remove(0);
    assert_eq!(way.drop.len(), 2, "one of each of the two contradictions");
    let demands = &mut case.constraints;
    demands.must_pair.retain(|c| !way.drop.contains(&c.id));
    demands.must_not_pair.retain(|c| !way.drop.contains(&c.id));
    assert!(Problem::new(&case).is_ok());
    planned(&case, 1, Effort::Quick);
}

/// The rounds of the case that cannot be formed once a way out has been taken.
fn still_impossible(problem: &Problem, way: &Relaxation) -> usize {
    let mut problem = problem.clone();
    for round in &mut problem.rounds {
        if let (Some(sizes), true) = (&way.sizes, way.weeks.contains(&round.week)) {
            round.sizes.clone_from(sizes);
        }
    }
    let impossible = problem.rounds.iter().filter(|round| {
        let kept = |id: &str| !(way.weeks.contains(&round.week) && way.drop.iter().any(|dropped| dropped == id));
        all_teams(&problem, round, &kept).is_empty()
    });
    impossible.count()
}

#[test]
fn every_way_out_works_and_the_first_gives_up_least() {
    let mut seen = 0;
    for seed in 0..400 {
        let mut case = random_small(seed);
        // Rules enough that many cases are impossible.
        case.constraints
            .must_not_pair
            .extend([pair("x", 0, 1), pair("y", 1, 2)]);
        case.constraints.must_pair.extend([pair("z", 0, 3), pair("w", 3, 4)]);
        let problem = Problem::new(&case).unwrap();
        let impossible = problem
            .rounds
            .iter()
            .filter(|round| all_teams(&problem, round, &|_| true).is_empty());
        let first = impossible.map(|round| round.week).next();
        let Some(week) = first else { continue };
        let Outcome::Infeasible(conflict) = outcome(&case, seed, Effort::Quick).1 else {
            panic!("seed {seed}: week {week} is impossible")
        };
        assert_eq!(conflict.week, week, "seed {seed}");
        assert_minimal(&problem, &conflict.conflict, conflict.week);
        assert!(!conflict.relaxations.is_empty(), "seed {seed}: no way out");
        for way in &conflict.relaxations {
            assert_eq!(
                still_impossible(&problem, way),
                0,
                "seed {seed}: {} does not help",
                way.description
            );
        }
        let given_up: Vec<usize> = conflict.relaxations.iter().map(|way| way.drop.len()).collect();
        assert!(given_up.is_sorted(), "seed {seed}: {given_up:?}");
        let least = given_up.into_iter().find(|&count| count > 0);
        assert_eq!(least, fewest_to_give_up(&problem), "seed {seed}");
        seen += 1;
    }
    assert!(seen >= 100, "only {seen} cases were impossible");
}

/// How many demands have to be given up at least: every set of them is tried.
fn fewest_to_give_up(problem: &Problem) -> Option<usize> {
    let ids: Vec<&str> = problem.constraints.iter().map(|c| c.id.as_str()).collect();
    let helps = |set: &u32| {
        let kept = |id: &str| !(0..ids.len()).any(|i| set >> i & 1 == 1 && ids[i] == id);
        let mut rounds = problem.rounds.iter();
        rounds.all(|round| !all_teams(problem, round, &kept).is_empty())
    };
    (0..1_u32 << ids.len())
        .filter(helps)
        .map(|set| set.count_ones() as usize)
        .min()
}

#[test]
fn pairs_that_are_demanded_in_one_week_and_parted_in_another_do_not_clash() {
    let mut case = plain(8, &[&[4, 4], &[4, 4]]);
    let mut first = pair("t", 0, 1);
    (first.from_week, first.to_week) = (Some(1), Some(1));
    let mut second = pair("a", 0, 1);
    (second.from_week, second.to_week) = (Some(2), Some(2));
    case.constraints.must_pair = vec![first];
    case.constraints.must_not_pair = vec![second];
    planned(&case, 1, Effort::Quick);
    case.constraints.must_not_pair[0].from_week = Some(1);
    let conflict = conflict(&case);
    assert_eq!(
        (conflict.week, conflict.conflict),
        (1, vec!["a".to_owned(), "t".to_owned()])
    );
    assert!(
        conflict
            .relaxations
            .iter()
            .filter(|way| way.sizes.is_none())
            .all(|way| way.weeks == [1])
    );
}

#[test]
fn a_demand_that_no_week_can_meet_clashes_with_the_sizes_alone() {
    let mut case = plain(6, &[&[3, 2, 1], &[1; 6]]);
    case.constraints.must_pair = vec![pair("t", 0, 1)];
    let conflict = conflict(&case);
    assert_eq!((conflict.week, conflict.conflict), (2, vec!["t".to_owned()]));
}

/// A range is kept by uneven teams where the demands leave no even ones.
#[test]
fn a_range_is_no_contradiction_as_long_as_any_teams_in_it_do() {
    let mut case = plain(6, &[&[]]);
    case.plan[0].sizes = None;
    case.plan[0].team_size = Some(SizeRange { min: 2, max: 4 });
    case.constraints.locked = vec![lock("l", 1, 0, &[0, 1, 2, 3])];
    let (_, planned) = planned(&case, 1, Effort::Quick);
    let sizes: Vec<usize> = planned.plan.teams[0].iter().map(Vec::len).collect();
    assert_eq!(sizes, [4, 2]);
}

/// The sizes of a range may come in any order.
#[test]
fn a_range_is_no_contradiction_whichever_team_has_to_be_the_larger() {
    for (people, min, max, sizes) in [(7, 3, 4, vec![4, 3]), (9, 2, 4, vec![4, 2, 3])] {
        let mut case = plain(people, &[&[]]);
        case.plan[0].sizes = None;
        case.plan[0].team_size = Some(SizeRange { min, max });
        case.constraints.locked = vec![lock("l", 1, 0, &[0, 1, 2, 3])];
        if sizes.len() == 3 {
            case.constraints.locked.push(lock("m", 1, 1, &[4, 5]));
            case.constraints.must_not_pair = (6..9)
                .flat_map(|p| [(p, 4), (p, 5)])
                .map(|(p, q)| pair(&format!("{p}{q}"), p, q))
                .collect();
        }
        let (_, planned) = planned(&case, 1, Effort::Quick);
        assert_eq!(planned.plan.teams[0].iter().map(Vec::len).collect::<Vec<_>>(), sizes);
    }
}

/// What is named must clash under every split of a range, not under the even ones alone.
#[test]
fn a_conflict_in_a_range_is_one_for_all_its_splits() {
    let mut case = plain(6, &[&[]]);
    case.plan[0].sizes = None;
    case.plan[0].team_size = Some(SizeRange { min: 2, max: 4 });
    case.constraints.locked = vec![lock("l", 1, 0, &[0, 1, 2, 3])];
    case.constraints.must_not_pair = vec![pair("a", 0, 1), pair("b", 3, 4)];
    let found = outcome(&case, 1, Effort::Quick).1;
    let Outcome::Infeasible(found) = found else {
        panic!("p0 and p1 are locked into one team and to be apart")
    };
    assert_eq!(found.conflict, ["a", "l"]);
}

/// Somebody whom too many have to avoid cannot fill a team: that is seen at once, though no team is too small.
#[test]
fn a_team_has_to_be_filled() {
    let mut case = plain(40, &[&[4; 10]]);
    case.constraints.must_not_pair = (1..38).map(|p| pair(&format!("a{p}"), 0, p)).collect();
    let conflict = conflict(&case);
    assert_eq!(conflict.conflict.len(), 37);
    let given_up: Vec<usize> = conflict.relaxations.iter().map(|way| way.drop.len()).collect();
    assert_eq!(given_up, [0, 1, 1, 1, 1]);
}

#[test]
fn uneven_teams_are_a_way_out() {
    let mut case = plain(8, &[&[4, 4]]);
    case.constraints.must_pair = (0..4).map(|p| pair(&format!("t{p}"), p, p + 1)).collect();
    let way = conflict(&case).relaxations.remove(0);
    assert_eq!((way.sizes.unwrap(), way.drop), (vec![3, 5], Vec::new()));
}

/// The Grötzsch graph has no triangle and still needs four teams; without any of its edges three would do.
#[test]
fn people_apart_in_rings_need_a_team_more_than_any_three_of_them() {
    let ring = |p: usize| (p % 5, (p + 1) % 5);
    let mut edges: Vec<(usize, usize)> = (0..5).map(ring).collect();
    edges.extend((0..5).map(ring).flat_map(|(a, b)| [(a, 5 + b), (b, 5 + a)]));
    edges.extend((5..10).map(|p| (p, 10)));
    let mut case = plain(14, &[&[5, 5, 4]]);
    case.constraints.must_not_pair = (0..)
        .zip(&edges)
        .map(|(i, &(a, b)): (usize, _)| pair(&format!("a{i}"), a, b))
        .collect();
    let conflict = conflict(&case);
    assert_eq!(conflict.conflict.len(), 20);
    assert!(!conflict.explanation.contains("too long"));
}
