//! Kinds of symmetry, those that leave the fewest orbits first.
//!
//! A kind is a cycle type of people and rounds under one group. Where the known designs have an automorphism of large
//! order, people and rounds fall into a handful of orbits together (rotational and 1-rotational designs, starters:
//! Colbourn and Dinitz, *Handbook of Combinatorial Designs*, II.7 and VI.16), so kinds are listed by that number.

/// The largest order of a multiplier.
const STRONGEST: usize = 6;

/// Cycles of people, a multiplier, and for every base round its class and the length of its orbit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The lengths of the cycles of people.
    pub cycles: Vec<usize>,
    /// What the multiplier multiplies by; 1 where there is none.
    pub unit: usize,
    /// For every base round, the class of its team sizes and the length of its orbit.
    pub bases: Vec<(usize, usize)>,
}

/// All kinds in which `n` people and the rounds, so many in each class, fall into exactly `orbits` orbits: with a
/// multiplier or without one.
pub fn kinds(n: usize, classes: &[usize], orbits: usize, multiplied: bool) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for order in (2..=n).rev() {
        let units = if multiplied { multipliers(order) } else { vec![1] };
        for parts in classes.len()..orbits {
            let rounds = rounds(classes, order, parts);
            if rounds.is_empty() {
                continue;
            }
            for cycles in people(n, order, orbits - parts) {
                for &unit in &units {
                    kinds.extend(rounds.iter().map(|bases| Kind {
                        cycles: cycles.clone(),
                        unit,
                        bases: bases.clone(),
                    }));
                }
            }
        }
    }
    kinds
}

/// Divisors, largest first.
fn divisors(order: usize) -> Vec<usize> {
    (1..=order).rev().filter(|&d| order.is_multiple_of(d)).collect()
}

/// Ways to divide `n` people into so many cycles whose lengths divide `order`, one of full length first.
fn people(n: usize, order: usize, cycles: usize) -> Vec<Vec<usize>> {
    let mut sums = sums(n, cycles, &divisors(order));
    sums.retain(|sum| sum.first() == Some(&order));
    sums
}

/// Ways to divide the rounds of all classes into orbits whose lengths divide `order`, `parts` in all.
fn rounds(classes: &[usize], order: usize, parts: usize) -> Vec<Vec<(usize, usize)>> {
    let Some((&last, others)) = classes.split_last() else {
        return if parts == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let mut all = Vec::new();
    for own in 1..=parts.saturating_sub(others.len()) {
        let sums = sums(last, own, &divisors(order));
        for before in rounds(others, order, parts - own) {
            all.extend(sums.iter().map(|sum| {
                let own = sum.iter().map(|&length| (others.len(), length));
                before.iter().copied().chain(own).collect()
            }));
        }
    }
    all
}

/// Every way to write `total` as a sum of exactly `parts` terms, in the order of `terms`.
fn sums(total: usize, parts: usize, terms: &[usize]) -> Vec<Vec<usize>> {
    if parts == 0 {
        return if total == 0 { vec![Vec::new()] } else { Vec::new() };
    }
    let mut all = Vec::new();
    for (at, &term) in terms.iter().enumerate() {
        if term + parts <= total + 1 {
            let rest = sums(total - term, parts - 1, terms.get(at..).unwrap_or_default());
            all.extend(rest.into_iter().map(|sum| [vec![term], sum].concat()));
        }
    }
    all
}

/// Units modulo `order` other than 1 of small order, one generator of each group: the smallest.
fn multipliers(order: usize) -> Vec<usize> {
    let powers = |unit: usize| std::iter::successors(Some(unit), move |x| Some(x * unit % order));
    let group = |unit: usize| -> Option<Vec<usize>> {
        let length = 1 + powers(unit).take(STRONGEST).position(|x| x == 1)?;
        let mut group: Vec<usize> = powers(unit).take(length).collect();
        group.sort_unstable();
        Some(group)
    };
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut units = Vec::new();
    for unit in 2..order {
        if let Some(group) = group(unit).filter(|group| !groups.contains(group)) {
            groups.push(group);
            units.push(unit);
        }
    }
    units
}

#[cfg(test)]
mod tests {
    use super::{Kind, kinds, multipliers};

    #[test]
    fn the_starter_of_thirty_six() {
        let kinds = kinds(36, &[11], 3, false);
        let rotational = Kind {
            cycles: vec![33, 3],
            unit: 1,
            bases: vec![(0, 11)],
        };
        assert!(kinds.contains(&rotational));
        assert!(kinds.iter().all(|kind| kind.cycles.len() + kind.bases.len() == 3));
    }

    #[test]
    fn the_projective_space_of_forty() {
        let singer = Kind {
            cycles: vec![39, 1],
            unit: 16,
            bases: vec![(0, 13)],
        };
        assert!(kinds(40, &[13], 3, true).contains(&singer));
        assert_eq!(multipliers(7), [2, 3, 6]);
    }

    #[test]
    fn every_class_of_rounds_has_its_orbits() {
        let kinds = kinds(12, &[3, 1], 4, false);
        assert!(!kinds.is_empty());
        for kind in kinds {
            let of = |class| kind.bases.iter().filter(|b| b.0 == class).map(|b| b.1).sum::<usize>();
            assert_eq!((of(0), of(1)), (3, 1));
            assert_eq!(kind.cycles.iter().sum::<usize>(), 12);
        }
    }
}
