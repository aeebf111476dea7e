//! Brute force: every plan of a small problem.

use std::collections::BTreeSet;

use forming::{Demand, Effort, Outcome, PairDemand, Problem, Round, Teams, TeamsOfWeek};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use crate::support::{lock, outcome, pair, plain, planned, random_small};

/// Every way to form one round under the constraints whose ids `keep` accepts.
pub fn all_teams(problem: &Problem, round: &Round, keep: &dyn Fn(&str) -> bool) -> Vec<Teams> {
    let mut found = Vec::new();
    let mut teams: Teams = round.sizes.iter().map(|_| Vec::new()).collect();
    place(problem, round, 0, &mut teams, keep, &mut found);
    found
}

fn place(
    problem: &Problem,
    round: &Round,
    next: usize,
    teams: &mut Teams,
    keep: &dyn Fn(&str) -> bool,
    found: &mut Vec<Teams>,
) {
    let Some(&person) = round.present.get(next) else {
        if allowed(problem, round, teams, keep) {
            found.push(teams.clone());
        }
        return;
    };
    for t in 0..teams.len() {
        if teams[t].len() < round.sizes[t] {
            teams[t].push(person);
            place(problem, round, next + 1, teams, keep, found);
            teams[t].pop();
        }
    }
}

fn allowed(problem: &Problem, round: &Round, teams: &Teams, keep: &dyn Fn(&str) -> bool) -> bool {
    let team = |p: u16| teams.iter().position(|t| t.contains(&p));
    problem
        .demands_in(round)
        .filter(|c| keep(&c.id))
        .all(|c| match &c.demand {
            Demand::Apart(a, b) => team(*a).is_none() || team(*a) != team(*b),
            Demand::Together(a, b) => team(*a).is_none() || team(*b).is_none() || team(*a) == team(*b),
            Demand::Locked(t, members) => members.iter().all(|&m| team(m) == Some(*t)),
        })
}

/// R of a plan, counted pair by pair.
pub fn repeats<'a>(problem: &'a Problem, plan: impl Iterator<Item = &'a Teams>) -> i64 {
    let n = problem.people.len();
    let mut met = vec![0_i64; n * n];
    for teams in problem.past.iter().map(|round| &round.teams).chain(plan) {
        for team in teams {
            for &a in team {
                for &b in team.iter().filter(|&&b| b < a) {
                    met[usize::from(a) * n + usize::from(b)] += 1;
                }
            }
        }
    }
    met.iter().map(|m| m * (m - 1) / 2).sum()
}

/// The fewest repeats of any plan of two rounds; `None` when there is no plan.
fn fewest(problem: &Problem) -> Option<i64> {
    let rounds: Vec<Vec<Teams>> = problem
        .rounds
        .iter()
        .map(|r| all_teams(problem, r, &|_| true))
        .collect();
    let [first, second] = rounds.as_slice() else {
        panic!("two rounds")
    };
    let plans = first.iter().flat_map(|a| second.iter().map(move |b| [a, b]));
    plans.map(|plan| repeats(problem, plan.into_iter())).min()
}

#[test]
fn finds_the_optimum_of_small_cases_and_never_bounds_above_it() {
    for seed in 0..150 {
        let case = random_small(seed);
        let (problem, outcome) = outcome(&case, seed, Effort::Quick);
        match (fewest(&problem), outcome) {
            (Some(optimum), Outcome::Planned(planned)) => {
                assert_eq!(planned.report.repeats, optimum, "seed {seed}");
                assert!(planned.report.bound <= optimum, "seed {seed}: the bound is no bound");
                assert_eq!(repeats(&problem, planned.plan.teams.iter()), optimum, "seed {seed}");
            }
            (None, Outcome::Infeasible(conflict)) => assert_minimal(&problem, &conflict.conflict, conflict.week),
            (optimum, outcome) => panic!("seed {seed}: optimum {optimum:?}, got {outcome:?}"),
        }
    }
}

/// Everybody is held in place, so that there is one plan; the bound does not know.
#[test]
fn where_nobody_can_move_the_search_ends() {
    let mut case = plain(3, &[&[1, 2]]);
    case.history = (2..6)
        .map(|week| TeamsOfWeek {
            week,
            teams: vec![vec!["p1".into(), "p2".into()], vec!["p0".into()]],
            ..TeamsOfWeek::default()
        })
        .collect();
    case.constraints.locked = vec![lock("l", 1, 0, &[0]), lock("m", 1, 1, &[1])];
    let (_, planned) = planned(&case, 1, Effort::Quick);
    assert_eq!((planned.report.repeats, planned.report.proved_optimal), (10, false));
}

/// Two rules for one pair part it once: the bound must not count the round twice.
#[test]
fn a_pair_that_is_apart_twice_is_apart_once() {
    let mut case = plain(4, &[&[4], &[2, 2]]);
    let week = |name: &str| PairDemand {
        from_week: Some(2),
        ..pair(name, 0, 3)
    };
    case.constraints.must_not_pair = vec![week("a"), week("b")];
    case.constraints.must_pair = vec![pair("t", 1, 3)];
    let (_, planned) = planned(&case, 1, Effort::Quick);
    assert_eq!((planned.report.repeats, planned.report.bound), (2, 2));
}

/// Who is locked into one team by several locks meets there.
#[test]
fn locks_of_one_team_count_together_in_the_bound() {
    let mut case = plain(6, &[&[3, 3], &[3, 3]]);
    case.constraints.locked = (1..3)
        .flat_map(|week| [lock("", week, 0, &[0]), lock("", week, 0, &[1])])
        .collect();
    (0..)
        .zip(&mut case.constraints.locked)
        .for_each(|(i, lock): (u32, _)| lock.id = i.to_string());
    let (_, planned) = planned(&case, 1, Effort::Quick);
    assert_eq!((planned.report.repeats, planned.report.proved_optimal), (2, true));
}

/// Where one round is left, the bound is what the best way to form it has.
#[test]
fn a_single_round_is_proved() {
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let sizes: &[usize] = [&[3, 3, 3][..], &[4, 3], &[4, 4], &[3, 2, 2]][rng.random_range(0..4)];
        let mut case = plain(sizes.iter().sum(), &[sizes]);
        for week in 2..rng.random_range(3..7) {
            let mut order: Vec<String> = case.people.iter().map(|person| person.id.clone()).collect();
            order.shuffle(&mut rng);
            let teams = order.chunks(3).map(<[String]>::to_vec).collect();
            case.history.push(TeamsOfWeek {
                week,
                teams,
                ..TeamsOfWeek::default()
            });
        }
        case.constraints.must_not_pair = vec![pair("apart", 0, 1)];
        let (problem, planned) = planned(&case, seed, Effort::Quick);
        let all = all_teams(&problem, &problem.rounds[0], &|_| true);
        let optimum = all.iter().map(|teams| repeats(&problem, std::iter::once(teams))).min();
        assert_eq!(Some(planned.report.bound), optimum, "seed {seed}");
        assert!(planned.report.proved_optimal, "seed {seed}");
    }
}

/// The conflict cannot be met in its week, and without any one of its constraints it can.
pub fn assert_minimal(problem: &Problem, conflict: &[String], week: u32) {
    let round = problem.rounds.iter().find(|r| r.week == week).unwrap();
    let all: BTreeSet<&str> = conflict.iter().map(String::as_str).collect();
    assert!(
        all_teams(problem, round, &|id| all.contains(id)).is_empty(),
        "{conflict:?} can be met"
    );
    for one in &all {
        let rest = |id: &str| all.contains(id) && id != *one;
        assert!(
            !all_teams(problem, round, &rest).is_empty(),
            "{one} is not needed in {conflict:?}"
        );
    }
}
