//! Cases by the dozen.

use std::ops::ControlFlow;

use forming::{
    Case, Constraints, Effort, LockDemand, Options, Outcome, PairDemand, Person, PlanRound, Planned, Problem,
    TeamsOfWeek, solve,
};
use rand::{Rng, SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

pub fn id(person: usize) -> String {
    format!("p{person}")
}

/// `people` people and rounds of the given sizes, from week 1 on.
pub fn plain(people: usize, rounds: &[&[usize]]) -> Case {
    Case {
        id: "plain".into(),
        people: (0..people)
            .map(|i| Person {
                id: id(i),
                experience: 2.5,
                ..Person::default()
            })
            .collect(),
        plan: (1..)
            .zip(rounds)
            .map(|(week, sizes)| PlanRound {
                week,
                sizes: Some(sizes.to_vec()),
                ..PlanRound::default()
            })
            .collect(),
        ..Case::default()
    }
}

pub fn pair(name: &str, a: usize, b: usize) -> PairDemand {
    PairDemand {
        id: name.into(),
        pair: [id(a), id(b)],
        ..PairDemand::default()
    }
}

pub fn lock(name: &str, week: u32, team: usize, members: &[usize]) -> LockDemand {
    LockDemand {
        id: name.into(),
        week,
        team,
        members: members.iter().map(|&p| id(p)).collect(),
    }
}

pub fn outcome(case: &Case, seed: u64, effort: Effort) -> (Problem, Outcome) {
    let problem = Problem::new(case).expect("the case is sound");
    let options = Options { seed, effort };
    let outcome = solve(&problem, &options, &mut |_| ControlFlow::Continue(()));
    (problem, outcome)
}

pub fn planned(case: &Case, seed: u64, effort: Effort) -> (Problem, Planned) {
    match outcome(case, seed, effort) {
        (problem, Outcome::Planned(planned)) => (problem, *planned),
        (_, Outcome::Infeasible(conflict)) => panic!("infeasible: {conflict:?}"),
    }
}

/// A small case with everything in it: a past, absences, pair rules, locks.
pub fn random_small(seed: u64) -> Case {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let sizes: &[usize] = [&[3, 3][..], &[2, 2, 2], &[3, 2, 2], &[4, 2]][rng.random_range(0..4)];
    let people = sizes.iter().sum();
    let mut case = plain(people, &[sizes, sizes]);
    case.id = format!("small-{seed}");
    if rng.random_bool(0.5) {
        let mut order: Vec<String> = (0..people).map(id).collect();
        order.shuffle(&mut rng);
        let (first, second) = order.split_at(3);
        case.history.push(TeamsOfWeek {
            week: 0,
            teams: vec![first.to_vec(), second.to_vec()],
            ..TeamsOfWeek::default()
        });
    }
    if rng.random_bool(0.5) {
        let round = &mut case.plan[1];
        round.absent = vec![id(rng.random_range(0..people))];
        round.sizes.as_mut().unwrap()[0] -= 1;
    }
    case.constraints = random_demands(&mut rng, &case, people);
    case
}

fn random_demands(rng: &mut ChaCha8Rng, case: &Case, people: usize) -> Constraints {
    let mut demands = Constraints::default();
    for i in 0..rng.random_range(0..5) {
        let a = rng.random_range(0..people);
        let b = (a + rng.random_range(1..people)) % people;
        let week = rng.random_range(1..3);
        let round = &case.plan[week as usize - 1];
        match rng.random_range(0..4) {
            0 => demands.must_not_pair.push(pair(&format!("apart{i}"), a, b)),
            1 => demands.must_pair.push(pair(&format!("together{i}"), a, b)),
            2 => demands.must_not_pair.push(PairDemand {
                from_week: Some(week),
                to_week: Some(week),
                ..pair(&format!("span{i}"), a, b)
            }),
            _ if round.absent.contains(&id(a)) => {}
            _ => demands
                .locked
                .push(lock(&format!("lock{i}"), week, rng.random_range(0..2), &[a])),
        }
    }
    demands
}
