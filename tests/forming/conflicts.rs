//! Contradictions: found at once, minimal, with ways out that work.

use std::time::{Duration, Instant};

use peerled::forming::{Case, Conflict, Effort, Outcome, Problem};

use crate::oracle::assert_minimal;
use crate::support::{lock, outcome, pair, plain, planned};

fn conflict(case: &Case) -> Conflict {
    let begun = Instant::now();
    let (problem, outcome) = outcome(case, 1, Effort::Quick);
    assert!(
        begun.elapsed() < Duration::from_millis(500),
        "a debug build gets ten times the goal"
    );
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
