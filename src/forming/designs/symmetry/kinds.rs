//! Kinds of symmetry, those that leave the fewest orbits first.
//!
//! A kind is a group with its orbits of people and of rounds. Where the known designs have an automorphism of large
//! order, people and rounds fall into a handful of orbits together (rotational and 1-rotational designs, starters:
//! Colbourn and Dinitz, *Handbook of Combinatorial Designs*, II.7 and VI.16), so kinds are listed by that number.

use super::groups::GROUPS;
use crate::designs::symmetry::action::{Action, RoundOrbit};
use crate::designs::symmetry::rotations::Rotations;

/// The largest order of a multiplier.
const STRONGEST: usize = 6;

/// For every base round its class and its orbit.
type Bases = Vec<(usize, usize)>;

/// A group and how people and rounds fall into orbits under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A rotation.
    Rotation {
        /// The lengths of the cycles of people.
        cycles: Vec<usize>,
        /// What the multiplier multiplies by; 1 where there is none.
        unit: usize,
        /// Base rounds with the lengths of their orbits.
        bases: Bases,
    },
    /// Another group.
    Other {
        /// Its place among [`GROUPS`].
        group: usize,
        /// Which of its actions there is on each orbit of people.
        people: Vec<usize>,
        /// Base rounds with the actions on their orbits.
        bases: Bases,
    },
}

impl Kind {
    /// The group at work on `n` people; `None` where it is too large or has no such orbits.
    pub fn action(&self, n: usize) -> Option<Action> {
        match self {
            Self::Rotation { cycles, unit, bases } => {
                let bundles: Vec<(usize, usize)> = cycles.iter().map(|&length| (length, 1)).collect();
                let rotations = Rotations::new(n, &bundles, *unit)?;
                let (orbits, bases) = distinct(bases, |length| rotations.rounds(length))?;
                let symmetry = rotations.symmetry();
                Some(Action {
                    symmetry,
                    orbits,
                    bases,
                })
            }
            Self::Other { group, people, bases } => {
                let group = GROUPS.get(*group)?;
                let (orbits, bases) = distinct(bases, |rounds| Some(group.rounds(people, rounds)))?;
                let symmetry = group.symmetry(people);
                Some(Action {
                    symmetry,
                    orbits,
                    bases,
                })
            }
        }
    }
}

/// Each orbit once, and where each base round has its own.
fn distinct(bases: &Bases, orbit: impl Fn(usize) -> Option<RoundOrbit>) -> Option<(Vec<RoundOrbit>, Bases)> {
    let mut seen: Vec<usize> = Vec::new();
    let mut orbits = Vec::new();
    let mut placed = Vec::with_capacity(bases.len());
    for &(class, which) in bases {
        let known = seen.iter().position(|&other| other == which);
        if known.is_none() {
            seen.push(which);
            orbits.push(orbit(which)?);
        }
        placed.push((class, known.unwrap_or(orbits.len() - 1)));
    }
    Some((orbits, placed))
}

/// All kinds of rotation in which `n` people and the rounds, so many in each class, fall into exactly `orbits` orbits:
/// with a multiplier or without one.
pub fn rotations(n: usize, classes: &[usize], orbits: usize, multiplied: bool) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for order in (2..=n).rev() {
        let units = if multiplied { multipliers(order) } else { vec![1] };
        let lengths = divisors(order);
        let of_length = |place: usize| lengths.get(place).copied().unwrap_or_default();
        for parts in classes.len()..orbits {
            let rounds = rounds(classes, &lengths, parts);
            if rounds.is_empty() {
                continue;
            }
            // One cycle has full length: else the group would be a smaller one.
            let people = sums(n, orbits - parts, &lengths);
            for cycles in people.iter().filter(|cycles| cycles.first() == Some(&0)) {
                for &unit in &units {
                    kinds.extend(rounds.iter().map(|bases| Kind::Rotation {
                        cycles: cycles.iter().map(|&place| of_length(place)).collect(),
                        unit,
                        bases: bases.iter().map(|&(class, place)| (class, of_length(place))).collect(),
                    }));
                }
            }
        }
    }
    kinds
}

/// The same for the other groups.
pub fn others(n: usize, classes: &[usize], orbits: usize) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for (group, own) in GROUPS.iter().enumerate() {
        let lengths = own.orbit_lengths();
        for parts in classes.len()..orbits {
            let rounds = rounds(classes, &lengths, parts);
            if rounds.is_empty() {
                continue;
            }
            for people in sums(n, orbits - parts, &lengths) {
                if own.is_faithful(&people) {
                    kinds.extend(rounds.iter().map(|bases| Kind::Other {
                        group,
                        people: people.clone(),
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

/// Ways to divide the rounds of all classes into orbits of these lengths, `parts` in all: for each its class and the
/// place of its length.
fn rounds(classes: &[usize], lengths: &[usize], parts: usize) -> Vec<Bases> {
    let Some((&last, others)) = classes.split_last() else {
        return if parts == 0 { vec![Vec::new()] } else { Vec::new() };
    };
    let mut all = Vec::new();
    for own in 1..=parts.saturating_sub(others.len()) {
        let sums = sums(last, own, lengths);
        for before in rounds(others, lengths, parts - own) {
            all.extend(sums.iter().map(|sum| {
                let own = sum.iter().map(|&place| (others.len(), place));
                before.iter().copied().chain(own).collect()
            }));
        }
    }
    all
}

/// Every way to write `total` as a sum of exactly `parts` terms, as places in `terms`, ascending.
fn sums(total: usize, parts: usize, terms: &[usize]) -> Vec<Vec<usize>> {
    let mut all = Vec::new();
    extend_sums(total, parts, terms, &mut Vec::new(), &mut all);
    all
}

fn extend_sums(total: usize, parts: usize, terms: &[usize], begun: &mut Vec<usize>, all: &mut Vec<Vec<usize>>) {
    if parts == 0 {
        if total == 0 {
            all.push(begun.clone());
        }
        return;
    }
    let first = begun.last().copied().unwrap_or(0);
    for (place, &term) in terms.iter().enumerate().skip(first) {
        // Terms descend: what is left can neither be less than one each nor more than this one each.
        if term + parts <= total + 1 && term * parts >= total {
            begun.push(place);
            extend_sums(total - term, parts - 1, terms, begun, all);
            begun.pop();
        }
    }
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
    use super::super::groups::GROUPS;
    use super::{Kind, multipliers, others, rotations, sums};

    #[test]
    fn the_starter_of_thirty_six() {
        let kinds = rotations(36, &[11], 3, false);
        let starter = Kind::Rotation {
            cycles: vec![33, 3],
            unit: 1,
            bases: vec![(0, 11)],
        };
        assert!(kinds.contains(&starter));
        let orbits = |kind: &Kind| match kind {
            Kind::Rotation { cycles, bases, .. } => cycles.len() + bases.len(),
            Kind::Other { people, bases, .. } => people.len() + bases.len(),
        };
        assert!(kinds.iter().all(|kind| orbits(kind) == 3));
    }

    #[test]
    fn the_projective_space_of_forty() {
        let singer = Kind::Rotation {
            cycles: vec![39, 1],
            unit: 16,
            bases: vec![(0, 13)],
        };
        assert!(rotations(40, &[13], 3, true).contains(&singer));
        assert_eq!(multipliers(7), [2, 3, 6]);
    }

    #[test]
    fn every_class_of_rounds_has_its_orbits() {
        let kinds = [rotations(12, &[3, 1], 4, false), others(12, &[3, 1], 4)].concat();
        assert!(kinds.iter().any(|kind| matches!(kind, Kind::Other { .. })));
        for kind in kinds {
            let action = kind.action(12).unwrap();
            assert_eq!(action.symmetry.n, 12);
            let of = |class| -> usize {
                let own = action.bases.iter().filter(|base| base.0 == class);
                own.map(|base| action.orbits[base.1].images.len()).sum()
            };
            assert_eq!((of(0), of(1)), (3, 1));
            for orbit in &action.orbits {
                assert_eq!(orbit.images.len() * orbit.stabiliser.len(), action.symmetry.order);
            }
        }
    }

    #[test]
    fn four_points_and_their_pairings() {
        let group = GROUPS
            .iter()
            .position(|group| group.orbit_lengths().len() == 11)
            .unwrap();
        let lengths = GROUPS[group].orbit_lengths();
        let is_it = |kind: &Kind| match kind {
            Kind::Other { group: own, people, .. } => {
                *own == group && people.iter().map(|&p| lengths[p]).eq([24, 4, 3])
            }
            Kind::Rotation { .. } => false,
        };
        assert!(others(31, &[16], 6).iter().any(is_it));
        assert_eq!(sums(5, 2, &[4, 3, 2, 1]), [[0, 3], [1, 2]]);
    }
}
