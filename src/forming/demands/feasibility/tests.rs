//! The exact search beside every way to place everybody.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::exact::{Found, search};
use super::*;
use crate::demands::feasibility::packing::Packing;
use crate::input::demand::Demand;
use crate::input::people::PersonIx;

fn constraint(demand: Demand) -> Constraint {
    Constraint {
        id: String::new(),
        demand,
        weeks: (0, 9),
    }
}

/// Up to nine people in uneven teams, with rules as dense as makes them hard.
fn random(rng: &mut ChaCha8Rng) -> (Round, Vec<usize>, Vec<Constraint>) {
    let choices: [&[usize]; 8] = [
        &[3, 3],
        &[2, 2, 2],
        &[4, 2, 1],
        &[3, 2, 2],
        &[4, 4],
        &[3, 3, 2],
        &[2, 2, 2, 2],
        &[3, 3, 3],
    ];
    let sizes = choices[rng.random_range(0..choices.len())].to_vec();
    let people = sizes.iter().sum::<usize>() as PersonIx;
    let mut demands = Vec::new();
    let density = rng.random_range(0.1..0.9);
    for a in 0..people {
        for b in 0..a {
            if rng.random_bool(density) {
                demands.push(constraint(Demand::Apart(a, b)));
            }
        }
    }
    for _ in 0..rng.random_range(0..3) {
        let a = rng.random_range(1..people);
        demands.push(constraint(Demand::Together(a, rng.random_range(0..a))));
    }
    if rng.random_bool(0.4) {
        let members = vec![rng.random_range(0..people)];
        demands.push(constraint(Demand::Locked(rng.random_range(0..sizes.len()), members)));
    }
    let round = Round {
        week: 1,
        last_week: 1,
        present: (0..people).collect(),
        here: vec![true; usize::from(people)],
        sizes: sizes.clone(),
        size_choices: vec![sizes.clone()],
        other_splits: Vec::new(),
    };
    (round, sizes, demands)
}

fn meets(team_of: &[usize], demands: &[Constraint]) -> bool {
    let team = |person: PersonIx| team_of[usize::from(person)];
    demands.iter().all(|constraint| match &constraint.demand {
        &Demand::Apart(a, b) => team(a) != team(b),
        &Demand::Together(a, b) => team(a) == team(b),
        Demand::Locked(locked, members) => members.iter().all(|&person| team(person) == *locked),
    })
}

/// Whether there is any way, the first people being placed.
fn any(team_of: &mut Vec<usize>, room: &mut [usize], people: usize, demands: &[Constraint]) -> bool {
    if team_of.len() == people {
        return meets(team_of, demands);
    }
    (0..room.len()).any(|team| {
        if room[team] == 0 {
            return false;
        }
        room[team] -= 1;
        team_of.push(team);
        let found = any(team_of, room, people, demands);
        team_of.pop();
        room[team] += 1;
        found
    })
}

#[test]
fn the_exact_search_agrees_with_trying_everything() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let mut fast = FastRng::from_rng(&mut rng);
    let mut counts = (0, 0);
    for _ in 0..8_000 {
        let (round, sizes, demands) = random(&mut rng);
        let truth = any(&mut Vec::new(), &mut sizes.clone(), round.present.len(), &demands);
        let all: Vec<&Constraint> = demands.iter().collect();
        let mut packing = Packing::new(&round, &sizes, &all);
        match packing.as_ref().map(|packing| search(packing, &mut { PATIENCE })) {
            Some(Found::Teams(placed)) => {
                let mut team_of = vec![0; round.present.len()];
                let teams = packing
                    .as_mut()
                    .map(|packing| packing.fill(&placed, &mut fast))
                    .unwrap_or_default();
                for (team, members) in teams.iter().enumerate() {
                    assert_eq!(members.len(), sizes[team]);
                    members.iter().for_each(|&person| team_of[usize::from(person)] = team);
                }
                assert!(truth && meets(&team_of, &demands), "{sizes:?} {demands:?}");
                counts.0 += 1;
            }
            Some(Found::Undecided) => panic!("so few people are no trouble"),
            Some(Found::None(_)) | None => {
                assert!(!truth, "{sizes:?} {demands:?}");
                counts.1 += 1;
            }
        }
    }
    assert!(counts.0 > 400 && counts.1 > 400, "{counts:?}");
}
