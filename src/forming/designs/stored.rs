//! Four designs that the search under symmetry finds only now and then within its moves, kept as base rounds.
//!
//! All were found by that search, left running: annealing of base rounds under the automorphism given with each.
//! A test expands them and counts that no two people meet twice.

use crate::designs::symmetry::action::Rounds;
use crate::designs::symmetry::rotations::Rotations;

/// A design as base rounds under the symmetry of [`Rotations::new`].
struct Design {
    teams: usize,
    size: usize,
    bundles: &'static [(usize, usize)],
    unit: usize,
    /// The length of the orbit of each base round, and its people, team by team.
    bases: &'static [(usize, &'static [u16])],
}

/// 32 people in fours for ten rounds under x ↦ 2^j·x + b on Z_5, which has orbits of 20, 10 and 2 people (that there
/// is such a schedule: Aguado 2004); 30 in threes for fourteen under a rotation of two cycles of 14; 42 in threes for
/// twenty under one of two cycles of 20; 48 in fours for fifteen under one of two cycles of 24.
const DESIGNS: [Design; 4] = [
    Design {
        teams: 8,
        size: 4,
        bundles: &[(5, 4), (5, 2), (1, 2)],
        unit: 2,
        bases: &[
            (
                5,
                &[
                    0, 3, 16, 27, 1, 7, 14, 18, 2, 5, 6, 24, 4, 11, 20, 30, 8, 17, 25, 31, 9, 10, 12, 28, 13, 15, 19,
                    21, 22, 23, 26, 29,
                ],
            ),
            (
                5,
                &[
                    0, 10, 20, 31, 1, 6, 8, 29, 2, 13, 27, 28, 3, 4, 18, 22, 5, 15, 25, 30, 7, 11, 12, 23, 9, 16, 21,
                    24, 14, 17, 19, 26,
                ],
            ),
        ],
    },
    Design {
        teams: 10,
        size: 3,
        bundles: &[(14, 1), (14, 1)],
        unit: 1,
        bases: &[(
            14,
            &[
                0, 23, 28, 1, 3, 21, 2, 10, 27, 4, 16, 17, 5, 8, 15, 6, 7, 11, 9, 25, 29, 12, 20, 26, 13, 14, 18, 19,
                22, 24,
            ],
        )],
    },
    Design {
        teams: 14,
        size: 3,
        bundles: &[(20, 1), (20, 1)],
        unit: 1,
        bases: &[(
            20,
            &[
                0, 12, 17, 1, 2, 28, 3, 23, 32, 4, 21, 37, 5, 9, 16, 6, 8, 20, 7, 30, 31, 10, 38, 40, 11, 29, 36, 13,
                19, 35, 14, 24, 41, 15, 26, 34, 18, 33, 39, 22, 25, 27,
            ],
        )],
    },
    Design {
        teams: 12,
        size: 4,
        bundles: &[(24, 1), (24, 1)],
        unit: 1,
        bases: &[
            (
                1,
                &[
                    0, 6, 12, 18, 1, 7, 13, 19, 2, 8, 14, 20, 3, 9, 15, 21, 4, 10, 16, 22, 5, 11, 17, 23, 24, 30, 36,
                    42, 25, 31, 37, 43, 26, 32, 38, 44, 27, 33, 39, 45, 28, 34, 40, 46, 29, 35, 41, 47,
                ],
            ),
            (
                2,
                &[
                    0, 1, 24, 27, 2, 3, 26, 29, 4, 5, 28, 31, 6, 7, 30, 33, 8, 9, 32, 35, 10, 11, 34, 37, 12, 13, 36,
                    39, 14, 15, 38, 41, 16, 17, 40, 43, 18, 19, 42, 45, 20, 21, 44, 47, 22, 23, 25, 46,
                ],
            ),
            (
                12,
                &[
                    0, 2, 5, 9, 1, 11, 26, 30, 3, 34, 43, 45, 4, 20, 32, 37, 6, 19, 27, 41, 7, 18, 29, 39, 8, 16, 25,
                    44, 10, 24, 40, 47, 12, 14, 17, 21, 13, 23, 38, 42, 15, 31, 33, 46, 22, 28, 35, 36,
                ],
            ),
        ],
    },
];

/// All rounds of the design kept for so many `teams` of `size`.
pub fn design(teams: usize, size: usize) -> Option<Rounds> {
    let design = DESIGNS
        .iter()
        .find(|design| design.teams == teams && design.size == size)?;
    let rotations = Rotations::new(teams * size, design.bundles, design.unit)?;
    let image = |g: &Vec<u16>, team: &[u16]| team.iter().filter_map(|&p| g.get(usize::from(p)).copied()).collect();
    let round = |g: &Vec<u16>, base: &[u16]| base.chunks(size).map(|team| image(g, team)).collect();
    let images = |&(length, base): &(usize, &[u16])| -> Option<Rounds> {
        let orbit = rotations.rounds(length)?;
        Some(orbit.images.iter().map(|g| round(g, base)).collect())
    };
    let all: Option<Vec<Rounds>> = design.bases.iter().map(images).collect();
    Some(all?.concat())
}
