//! Small groups besides the cyclic ones, with their transitive actions.
//!
//! A group acts on people and on rounds by shifting cosets of its subgroups; every action is a union of such orbits,
//! and conjugate subgroups give the same. Cohorts have few symmetries that are larger than a rotation and still leave
//! room for good schedules; the symmetric group on four points is the best of them: it finds twenty-four people in
//! fours for sixteen rounds at the bound in a few thousand moves.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by the elements and cosets of a group"
)]

use std::sync::LazyLock;

use crate::designs::symmetry::action::{Permutation, RoundOrbit, Symmetry};

/// Generators, each a product of cycles.
type Generators = &'static [&'static [&'static [usize]]];

/// The groups in use: their degree as permutations and generators.
const GENERATORS: [(usize, Generators); 14] = [
    // Z2 × Z2
    (4, &[&[&[0, 1]], &[&[2, 3]]]),
    // Z4 × Z2
    (6, &[&[&[0, 1, 2, 3]], &[&[4, 5]]]),
    // Z6 × Z2
    (7, &[&[&[0, 1, 2]], &[&[3, 4]], &[&[5, 6]]]),
    // Z3 × Z3
    (6, &[&[&[0, 1, 2]], &[&[3, 4, 5]]]),
    // The symmetric group on three points, the same with a further factor Z3, and the one on four points
    (3, &[&[&[0, 1, 2]], &[&[0, 1]]]),
    (6, &[&[&[0, 1, 2]], &[&[0, 1]], &[&[3, 4, 5]]]),
    (4, &[&[&[0, 1, 2, 3]], &[&[0, 1]]]),
    // The alternating group on four points, with a further factor Z2, and on five
    (4, &[&[&[0, 1, 2]], &[&[0, 1], &[2, 3]]]),
    (6, &[&[&[0, 1, 2]], &[&[0, 1], &[2, 3]], &[&[4, 5]]]),
    (5, &[&[&[0, 1, 2, 3, 4]], &[&[0, 1, 2]]]),
    // Dihedral groups of the square, the pentagon and the hexagon
    (4, &[&[&[0, 1, 2, 3]], &[&[0, 2]]]),
    (5, &[&[&[0, 1, 2, 3, 4]], &[&[1, 4], &[2, 3]]]),
    (5, &[&[&[0, 1, 2]], &[&[0, 1]], &[&[3, 4]]]),
    // The quaternions
    (8, &[&[&[0, 1, 2, 3], &[4, 5, 6, 7]], &[&[0, 4, 2, 6], &[1, 7, 3, 5]]]),
];

/// All groups in use.
pub static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let made = GENERATORS
        .iter()
        .map(|&(degree, generators)| Group::new(degree, generators));
    made.collect()
});

/// A group by its multiplication table, and its transitive actions.
#[derive(Debug)]
pub struct Group {
    /// `product[g][h]` is g after h; the identity is 0.
    product: Vec<Vec<usize>>,
    /// Subgroups, one of each class of conjugates, the smallest first.
    actions: Vec<Cosets>,
}

/// The action on the cosets of a subgroup.
#[derive(Debug)]
struct Cosets {
    subgroup: Vec<usize>,
    /// In which coset an element is.
    of: Vec<usize>,
    /// An element of each coset.
    representatives: Vec<usize>,
    /// The elements that fix every coset, as bits.
    kernel: u64,
}

impl Group {
    fn new(degree: usize, generators: Generators) -> Self {
        let product = multiplication_table(degree, generators);
        let actions = subgroups(&product)
            .into_iter()
            .map(|s| Cosets::new(&product, s))
            .collect();
        Self { product, actions }
    }

    /// The lengths of the orbits of its transitive actions, the longest first.
    pub fn orbit_lengths(&self) -> Vec<usize> {
        self.actions.iter().map(|cosets| cosets.representatives.len()).collect()
    }

    /// Whether no element but the identity fixes everybody in orbits of these actions.
    pub fn is_faithful(&self, orbits: &[usize]) -> bool {
        orbits
            .iter()
            .fold(u64::MAX, |all, &orbit| all & self.actions[orbit].kernel)
            == 1
    }

    /// What it makes of people in orbits of these actions.
    pub fn symmetry(&self, people: &[usize]) -> Symmetry {
        let elements: Vec<Permutation> = (0..self.product.len()).map(|g| self.permutation(g, people)).collect();
        Symmetry::new(elements[0].len(), &elements)
    }

    /// An orbit of rounds under one of its actions, people being in orbits of others.
    pub fn rounds(&self, people: &[usize], rounds: usize) -> RoundOrbit {
        let Cosets {
            subgroup,
            representatives,
            ..
        } = &self.actions[rounds];
        let all = |elements: &[usize]| elements.iter().map(|&g| self.permutation(g, people)).collect();
        RoundOrbit::new(all(subgroup), all(representatives))
    }

    /// Where an element takes people in orbits of these actions.
    fn permutation(&self, g: usize, people: &[usize]) -> Permutation {
        let mut permutation = Permutation::new();
        for &orbit in people {
            let (start, cosets) = (permutation.len(), &self.actions[orbit]);
            let image = |&h: &usize| (start + cosets.of[self.product[g][h]]) as u16;
            permutation.extend(cosets.representatives.iter().map(image));
        }
        permutation
    }
}

impl Cosets {
    fn new(product: &[Vec<usize>], subgroup: Vec<usize>) -> Self {
        let mut of = vec![usize::MAX; product.len()];
        let mut representatives = Vec::new();
        for g in 0..product.len() {
            if of[g] == usize::MAX {
                subgroup.iter().for_each(|&h| of[product[g][h]] = representatives.len());
                representatives.push(g);
            }
        }
        let fixes_all = |g: &usize| representatives.iter().all(|&r| of[product[*g][r]] == of[r]);
        let kernel = (0..product.len()).filter(fixes_all).fold(0, |all, g| all | 1 << g);
        Self {
            subgroup,
            of,
            representatives,
            kernel,
        }
    }
}

/// All products of the generators, the identity first.
fn multiplication_table(degree: usize, generators: Generators) -> Vec<Vec<usize>> {
    let after = |g: &Permutation, h: &Permutation| -> Permutation { h.iter().map(|&x| g[usize::from(x)]).collect() };
    let generators: Vec<Permutation> = generators.iter().map(|cycles| from_cycles(degree, cycles)).collect();
    let mut elements: Vec<Permutation> = vec![(0..degree as u16).collect()];
    let mut next = 0;
    while next < elements.len() {
        for generator in &generators {
            let element = after(generator, &elements[next]);
            if !elements.contains(&element) {
                elements.push(element);
            }
        }
        next += 1;
    }
    let place = |element: &Permutation| elements.iter().position(|e| e == element).unwrap_or(0);
    let row = |g: &Permutation| elements.iter().map(|h| place(&after(g, h))).collect();
    elements.iter().map(row).collect()
}

fn from_cycles(degree: usize, cycles: &[&[usize]]) -> Permutation {
    let mut permutation: Permutation = (0..degree as u16).collect();
    for cycle in cycles {
        for (i, &x) in cycle.iter().enumerate() {
            permutation[x] = cycle[(i + 1) % cycle.len()] as u16;
        }
    }
    permutation
}

/// All subgroups, one of each class of conjugates, the smallest first: each follows from a smaller one and an element.
fn subgroups(product: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let order = product.len();
    let mut kept = vec![vec![0]];
    let mut next = 0;
    while next < kept.len() {
        for element in 0..order {
            let larger = generated(product, &[kept[next].as_slice(), &[element]].concat());
            if (0..order).all(|g| !kept.contains(&conjugate(product, g, &larger))) {
                kept.push(larger);
            }
        }
        next += 1;
    }
    kept.sort_by_key(Vec::len);
    kept
}

/// The subgroup that these elements generate, in order.
fn generated(product: &[Vec<usize>], generators: &[usize]) -> Vec<usize> {
    let mut all = vec![0];
    let mut next = 0;
    while next < all.len() {
        for &generator in generators {
            let element = product[all[next]][generator];
            if !all.contains(&element) {
                all.push(element);
            }
        }
        next += 1;
    }
    all.sort_unstable();
    all
}

fn conjugate(product: &[Vec<usize>], g: usize, subgroup: &[usize]) -> Vec<usize> {
    let inverse = product[g].iter().position(|&h| h == 0).unwrap_or(0);
    let mut all: Vec<usize> = subgroup.iter().map(|&h| product[product[g][h]][inverse]).collect();
    all.sort_unstable();
    all
}

#[cfg(test)]
mod tests {
    use super::{GROUPS, Group};

    fn of_order(order: usize, actions: usize) -> &'static Group {
        let fits = |group: &&Group| group.product.len() == order && group.actions.len() == actions;
        GROUPS.iter().find(fits).unwrap()
    }

    #[test]
    fn the_classes_of_subgroups_are_as_known() {
        // S4 and A5: 11 and 9 classes of subgroups; the quaternions: 6.
        assert_eq!(of_order(24, 11).orbit_lengths(), [24, 12, 12, 8, 6, 6, 6, 4, 3, 2, 1]);
        assert_eq!(of_order(60, 9).orbit_lengths(), [60, 30, 20, 15, 12, 10, 6, 5, 1]);
        assert_eq!(of_order(8, 6).orbit_lengths(), [8, 4, 2, 2, 2, 1]);
    }

    #[test]
    fn elements_are_permutations_and_multiply_as_the_table_says() {
        for group in GROUPS.iter() {
            let people: Vec<usize> = (0..group.actions.len()).collect();
            let of = |g| group.permutation(g, &people);
            for g in 0..group.product.len() {
                let mut all = of(g);
                for h in 0..group.product.len() {
                    let both: Vec<u16> = of(h).iter().map(|&x| all[usize::from(x)]).collect();
                    assert_eq!(both, of(group.product[g][h]));
                }
                all.sort_unstable();
                assert!(all.iter().enumerate().all(|(i, &x)| i == usize::from(x)));
            }
            assert!(group.is_faithful(&people) && !group.is_faithful(&people[people.len() - 1..]));
        }
    }
}
