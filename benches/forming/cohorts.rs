//! Cohorts on their way: some weeks are published, as they came about one by one, and the others are planned from there.
//!
//! People are absent at short notice, join late and leave early; pair rules become known during the course. So the past is
//! none that any search would have planned at once.

use std::collections::BTreeSet;

use forming::{Case, Effort, Options, PairDemand, PlanRound, SizeRange};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{plain, real, run};

/// One person in so many is absent in a week.
const ABSENT: u32 = 16;
/// Rules for pairs: together, and apart.
const TOGETHER: usize = 1;
const APART: usize = 3;

/// A cohort of 9 to 32 people in teams of three to five, in the middle of its course. Every other one has the weeks that
/// were planned along the week before to begin from.
pub fn on_the_way(seed: u64) -> Option<Case> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let people = rng.random_range(9..=32);
    let largest = rng.random_range(3..=5);
    let (weeks, left) = (rng.random_range(8..=16), rng.random_range(4..=7));
    let mut case = real(plain(&[people], weeks));
    case.id = format!("cohort {seed}");
    let mut names: Vec<String> = case.people.iter().map(|person| person.id.clone()).collect();
    names.shuffle(&mut rng);
    let mut named = names.into_iter();
    let late: Vec<String> = named.by_ref().take(rng.random_range(0..=2)).collect();
    let gone: Vec<String> = named.by_ref().take(rng.random_range(0..=1)).collect();
    let (joined, left_from) = (rng.random_range(2..=4), rng.random_range(3..=6));
    let mut rules: Vec<PairDemand> = pairs(&mut named);
    for round in &mut case.plan {
        round.sizes = None;
        round.team_size = Some(SizeRange {
            min: if largest == 3 { 2 } else { 3 },
            max: largest,
        });
        let away = late.iter().filter(|_| round.week < joined);
        round.absent = away
            .chain(gone.iter().filter(|_| round.week >= left_from))
            .cloned()
            .collect();
    }
    while case.plan.len() > left {
        if case.history.len() == 2 {
            case.constraints.must_not_pair = rules.split_off(TOGETHER);
        }
        if case.history.len() == 3 {
            case.constraints.must_pair = std::mem::take(&mut rules);
        }
        let first = case.plan.first_mut()?;
        surprise(&mut rng, first, people);
        let seed = rng.random();
        publish(&mut case, seed)?;
    }
    // What is known in advance, of the next week the most.
    for (i, round) in case.plan.iter_mut().enumerate().take(3) {
        if i == 0 || rng.random() {
            surprise(&mut rng, round, people);
        }
    }
    if seed.is_multiple_of(2) {
        case.previous.clear();
    }
    Some(case)
}

fn pairs(names: &mut impl Iterator<Item = String>) -> Vec<PairDemand> {
    let two = |i: usize| {
        let pair = [names.next()?, names.next()?];
        Some(PairDemand {
            id: format!("pair {i}"),
            pair,
            ..PairDemand::default()
        })
    };
    (0..TOGETHER + APART).map_while(two).collect()
}

/// Some are absent.
fn surprise(rng: &mut ChaCha8Rng, round: &mut PlanRound, people: usize) {
    let absent = (0..people).filter(|_| rng.random_ratio(1, ABSENT));
    let absent: BTreeSet<String> = absent.map(|person| format!("p{person}")).collect();
    let all = absent
        .into_iter()
        .chain(round.absent.drain(..))
        .collect::<BTreeSet<_>>();
    round.absent = all.into_iter().collect();
}

/// Plans the rest of the course, and publishes its first week.
fn publish(case: &mut Case, seed: u64) -> Option<()> {
    let quick = Options {
        seed,
        effort: Effort::Quick,
    };
    let (problem, planned, _) = run(case, &quick)?;
    let mut weeks = planned.plan.weeks(&problem);
    case.history.push(weeks.remove(0));
    case.previous = weeks;
    case.plan.remove(0);
    Some(())
}
