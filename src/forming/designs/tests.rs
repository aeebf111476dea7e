use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::{lower_bound, schedule};

/// R of a schedule that places everybody once a round in teams of the sizes asked for.
fn verified(rounds: &[Vec<Vec<u16>>], sizes_per_round: &[Vec<usize>], n: usize) -> u64 {
    assert_eq!(rounds.len(), sizes_per_round.len());
    let mut met = vec![0u64; n * n];
    for (round, sizes) in rounds.iter().zip(sizes_per_round) {
        assert_eq!(&round.iter().map(Vec::len).collect::<Vec<_>>(), sizes);
        let mut people: Vec<u16> = round.concat();
        people.sort_unstable();
        assert_eq!(people, (0..n as u16).collect::<Vec<_>>());
        for team in round {
            for &a in team {
                for &b in team {
                    met[a as usize * n + b as usize] += (a < b) as u64;
                }
            }
        }
    }
    met.iter().map(|m| m * m.saturating_sub(1) / 2).sum()
}

fn solve(sizes: &[usize], weeks: usize, seed: u64) -> (u64, u64) {
    let n = sizes.iter().sum();
    let all = vec![sizes.to_vec(); weeks];
    let rounds = schedule(
        &all,
        n,
        &mut ChaCha8Rng::seed_from_u64(seed),
        20_000_000,
        &mut |_| true,
        &mut |_| (0, 0),
    )
    .unwrap();
    (verified(&rounds, &all, n), lower_bound(&all, n))
}

#[test]
fn golfers_without_repeats() {
    for (teams, size, weeks) in [
        (3, 3, 4),
        (4, 3, 4),
        (4, 4, 5),
        (5, 3, 7),
        (5, 4, 5),
        (5, 5, 6),
        (6, 4, 7),
        (7, 5, 7),
        (8, 3, 11),
        (8, 5, 8),
        (9, 5, 9),
    ] {
        for fewer in 0..2 {
            assert_eq!(
                solve(&vec![size; teams], weeks - fewer, 1).0,
                0,
                "{teams}-{size}:{weeks}"
            );
        }
    }
}

#[test]
fn transversal_designs_and_their_columns() {
    for (teams, size, weeks) in [(9, 3, 13), (12, 5, 12), (12, 6, 13), (16, 4, 21), (25, 5, 31)] {
        assert_eq!(solve(&vec![size; teams], weeks, 1).0, 0, "{teams}-{size}:{weeks}");
    }
}

#[test]
fn stored_designs_are_without_repeats() {
    for (teams, size, weeks) in [(8, 4, 10), (10, 3, 14), (14, 3, 20), (12, 4, 15)] {
        let design = super::stored::design(teams, size).unwrap();
        assert_eq!(verified(&design, &vec![vec![size; teams]; weeks], teams * size), 0);
    }
}

#[test]
fn designs_cut_and_repeated() {
    for (sizes, weeks) in [
        (vec![4, 4, 4, 4, 4, 4, 3, 3], 10),
        (vec![4, 4, 4, 4, 4, 4, 4, 3], 9),
        (vec![5, 5, 5, 5, 4, 4, 4], 7),
        (vec![4; 4], 16),
        (vec![3; 5], 16),
        (vec![4, 4, 4, 4, 4, 4, 4, 3], 16),
    ] {
        let (repeats, bound) = solve(&sizes, weeks, 2);
        assert_eq!(repeats, bound, "{sizes:?} x {weeks}");
    }
}

#[test]
fn repeats_at_the_bound() {
    for (sizes, weeks) in [
        (vec![4; 3], 16),
        (vec![4; 4], 12),
        (vec![4, 4, 4, 3, 3], 16),
        (vec![4; 5], 16),
        (vec![4; 6], 12),
    ] {
        let (repeats, bound) = solve(&sizes, weeks, 3);
        assert_eq!(repeats, bound, "{sizes:?} x {weeks}");
    }
}

#[test]
fn sizes_that_change_from_round_to_round() {
    let mut all = vec![vec![4, 4, 4]; 3];
    all.push(vec![3; 4]);
    let rounds = schedule(
        &all,
        12,
        &mut ChaCha8Rng::seed_from_u64(1),
        500_000,
        &mut |_| true,
        &mut |_| (0, 0),
    )
    .unwrap();
    verified(&rounds, &all, 12);
}

#[test]
fn the_same_seed_gives_the_same_schedule() {
    let all = vec![vec![4, 4, 3]; 9];
    let run = |seed| {
        schedule(
            &all,
            11,
            &mut ChaCha8Rng::seed_from_u64(seed),
            300_000,
            &mut |_| true,
            &mut |_| (0, 0),
        )
    };
    assert_eq!(run(5), run(5));
    assert_ne!(run(5), run(6));
}

#[test]
fn nothing_to_offer() {
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    assert!(schedule(&[vec![4, 4]], 9, &mut rng, 1000, &mut |_| true, &mut |_| (0, 0)).is_none());
    assert!(schedule(&[], 9, &mut rng, 1000, &mut |_| true, &mut |_| (0, 0)).is_none());
}
