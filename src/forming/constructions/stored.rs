//! Two designs that the search under symmetry finds only now and then within its moves, kept as base rounds.
//!
//! Both were found by that search, left running: annealing of base rounds under the automorphism given with each.
//! A test expands them and counts that no two people meet twice.

use crate::forming::symmetry::Symmetry;
use crate::forming::symmetry_search::Rounds;

/// A design as base rounds, each with the length of its orbit, under the symmetry of [`Symmetry::new`].
struct Design {
    teams: usize,
    size: usize,
    bundles: &'static [(usize, usize)],
    unit: usize,
    orbit: usize,
    bases: &'static [&'static [u16]],
}

/// 32 people in fours for ten rounds under x ↦ 2^j·x + b on Z_5, which has orbits of 20, 10 and 2 people (that there
/// is such a schedule: Aguado 2004), and 30 in threes for fourteen under a rotation of two cycles of 14.
const DESIGNS: [Design; 2] = [
    Design {
        teams: 8,
        size: 4,
        bundles: &[(5, 4), (5, 2), (1, 2)],
        unit: 2,
        orbit: 5,
        bases: &[
            &[
                0, 3, 16, 27, 1, 7, 14, 18, 2, 5, 6, 24, 4, 11, 20, 30, 8, 17, 25, 31, 9, 10, 12, 28, 13, 15, 19, 21,
                22, 23, 26, 29,
            ],
            &[
                0, 10, 20, 31, 1, 6, 8, 29, 2, 13, 27, 28, 3, 4, 18, 22, 5, 15, 25, 30, 7, 11, 12, 23, 9, 16, 21, 24,
                14, 17, 19, 26,
            ],
        ],
    },
    Design {
        teams: 10,
        size: 3,
        bundles: &[(14, 1), (14, 1)],
        unit: 1,
        orbit: 14,
        bases: &[&[
            0, 23, 28, 1, 3, 21, 2, 10, 27, 4, 16, 17, 5, 8, 15, 6, 7, 11, 9, 25, 29, 12, 20, 26, 13, 14, 18, 19, 22,
            24,
        ]],
    },
];

/// All rounds of the design kept for so many `teams` of `size`.
pub fn design(teams: usize, size: usize) -> Option<Rounds> {
    let design = DESIGNS
        .iter()
        .find(|design| design.teams == teams && design.size == size)?;
    let symmetry = Symmetry::new(teams * size, design.bundles, design.unit)?;
    let image = |g: &Vec<u16>, team: &[u16]| team.iter().filter_map(|&p| g.get(usize::from(p)).copied()).collect();
    let round = |g, base: &[u16]| base.chunks(size).map(|team| image(g, team)).collect();
    let images = symmetry.images(design.orbit).iter();
    Some(
        images
            .flat_map(|g| design.bases.iter().map(move |base| round(g, base)))
            .collect(),
    )
}
