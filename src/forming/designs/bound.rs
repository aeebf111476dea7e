//! Lower bounds on R = Σ over pairs of C(m, 2) for a whole schedule in which everybody attends.

/// The best of three bounds.
///
/// * Averaging: the meetings spread evenly over the pairs.
/// * Per person: somebody in teams of s meets s − 1 others each round; those meetings spread evenly over the others.
/// * Pairs of rounds: R = Σ overlaps of two rounds, and a team with more members than there are teams in the other
///   round must overlap.
pub fn lower_bound(sizes_per_round: &[Vec<usize>], n: usize) -> u64 {
    let meetings: usize = sizes_per_round
        .iter()
        .flatten()
        .map(|&s| s * s.saturating_sub(1) / 2)
        .sum();
    let averaging = spread(meetings, n * n.saturating_sub(1) / 2);
    averaging
        .max(per_person(sizes_per_round, n, meetings))
        .max(pairs_of_rounds(sizes_per_round))
}

/// The least Σ C(x, 2) with `total` spread over `parts`.
fn spread(total: usize, parts: usize) -> u64 {
    let parts = parts.max(1);
    let (q, r) = (total / parts, total % parts);
    (parts * (q * q.saturating_sub(1) / 2) + r * q) as u64
}

/// Everybody meets at least the smallest team allows, the rest of the meetings where they cost least.
fn per_person(sizes_per_round: &[Vec<usize>], n: usize, meetings: usize) -> u64 {
    let others = n.saturating_sub(1);
    let least: usize = sizes_per_round
        .iter()
        .filter_map(|sizes| sizes.iter().min())
        .map(|s| s.saturating_sub(1))
        .sum();
    let extra = (2 * meetings).saturating_sub(n * least);
    let (each, odd) = (least + extra / n.max(1), extra % n.max(1));
    let twice = (n - odd.min(n)) as u64 * spread(each, others) + odd as u64 * spread(each + 1, others);
    twice.div_ceil(2)
}

fn pairs_of_rounds(sizes_per_round: &[Vec<usize>]) -> u64 {
    let side = |from: &[usize], to: &[usize]| from.iter().map(|&s| spread(s, to.len())).sum::<u64>();
    let overlap = |a: &[usize], b: &[usize]| side(a, b).max(side(b, a));
    let later = |at: usize| sizes_per_round.iter().skip(at + 1);
    sizes_per_round
        .iter()
        .enumerate()
        .flat_map(|(at, a)| later(at).map(move |b| overlap(a, b)))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::lower_bound;

    #[test]
    fn known_bounds() {
        let bound = |sizes: &[usize], rounds: usize| lower_bound(&vec![sizes.to_vec(); rounds], sizes.iter().sum());
        assert_eq!(bound(&[4; 3], 16), 492);
        assert_eq!(bound(&[4; 4], 12), 216);
        assert_eq!(bound(&[5, 5, 4, 4], 16), 618);
        assert_eq!(bound(&[4, 4, 4, 3, 3], 16), 309);
        assert_eq!(bound(&[4; 6], 16), 324);
        assert_eq!(bound(&[4; 10], 13), 0);
    }
}
