//! A group acting on people and rounds at once: the orbits that it makes of them.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by people 0..n, filled by the constructor for exactly that range"
)]

/// The most people a symmetry is made for: sets of people are 128-bit masks.
pub const MOST_PEOPLE: usize = 128;

/// Rounds, each a list of teams.
pub type Rounds = Vec<Vec<Vec<u16>>>;

/// A permutation: `p[x]` is the image of `x`.
pub type Permutation = Vec<u16>;

/// The orbits of pairs of people `0..n` under a group.
#[derive(Clone, Debug)]
pub struct Symmetry {
    /// Number of people.
    pub n: usize,
    /// Number of elements of the group.
    pub order: usize,
    /// Orbit of the pair `(a, b)`, `a ≠ b`, at `a * n + b`.
    pub orbit: Vec<u16>,
    /// Number of pairs in each orbit.
    pub size: Vec<u32>,
}

/// How the rounds of an orbit lie under the group.
#[derive(Clone, Debug)]
pub struct RoundOrbit {
    /// The elements that fix the base round.
    pub stabiliser: Vec<Permutation>,
    /// How many people the stabiliser makes of each.
    pub lengths: Vec<u32>,
    /// For each round of the orbit an element that carries the base round to it.
    pub images: Vec<Permutation>,
}

/// A group at work on people and rounds.
#[derive(Clone, Debug)]
pub struct Action {
    /// What it makes of people.
    pub symmetry: Symmetry,
    /// The different orbits of rounds.
    pub orbits: Vec<RoundOrbit>,
    /// For each base round the class of its team sizes and its place in `orbits`.
    pub bases: Vec<(usize, usize)>,
}

impl Symmetry {
    /// Of the group of these permutations of `0..n`.
    pub(super) fn new(n: usize, elements: &[Permutation]) -> Self {
        let mut all = Self {
            n,
            order: elements.len(),
            orbit: vec![u16::MAX; n * n],
            size: Vec::new(),
        };
        for a in 0..n {
            for b in a + 1..n {
                if all.orbit[a * n + b] == u16::MAX {
                    all.number_orbit(a, b, elements);
                }
            }
        }
        all
    }

    fn number_orbit(&mut self, a: usize, b: usize, elements: &[Permutation]) {
        let id = self.size.len() as u16;
        let mut pairs = 0;
        for g in elements {
            let (x, y) = (usize::from(g[a]), usize::from(g[b]));
            if self.orbit[x * self.n + y] == u16::MAX {
                self.orbit[x * self.n + y] = id;
                self.orbit[y * self.n + x] = id;
                pairs += 1;
            }
        }
        self.size.push(pairs);
    }
}

impl RoundOrbit {
    pub(super) fn new(stabiliser: Vec<Permutation>, images: Vec<Permutation>) -> Self {
        let people = stabiliser.first().map_or(0, Vec::len);
        let orbit = |p: usize| stabiliser.iter().fold(0u128, |all, g| all | 1 << g[p]);
        Self {
            lengths: (0..people).map(|p| orbit(p).count_ones()).collect(),
            stabiliser,
            images,
        }
    }
}

impl Action {
    /// A lower bound on R for so many `meetings` in all: water-filling where every orbit of pairs can only be met in
    /// multiples of its smallest share.
    pub fn floor(&self, meetings: usize) -> Option<f64> {
        let mut share = vec![usize::MAX; self.symmetry.size.len()];
        for orbit in &self.orbits {
            self.symmetry.lower_shares(orbit, &mut share);
        }
        let mut pairs = vec![0; share.iter().max()? + 1];
        for (&share, &size) in share.iter().zip(&self.symmetry.size) {
            pairs[share] += size as usize;
        }
        let mut bound = 0.0;
        let mut left = meetings;
        let mut level = vec![0; pairs.len()];
        while left > 0 {
            let price = |share: usize| (share * level[share]) as f64 + (share as f64 - 1.0) / 2.0;
            let cheapest = (1..pairs.len())
                .filter(|&s| pairs[s] > 0)
                .min_by(|&a, &b| price(a).total_cmp(&price(b)))?;
            let met = left.min(cheapest * pairs[cheapest]);
            bound += price(cheapest) * met as f64;
            left -= met;
            level[cheapest] += 1;
        }
        Some(bound)
    }

    /// The team sizes of each base round and how its orbit lies.
    pub(super) fn rounds<'a>(&'a self, sizes: impl Fn(usize) -> &'a [usize]) -> Vec<(&'a [usize], &'a RoundOrbit)> {
        let bases = self.bases.iter();
        bases
            .map(|&(class, orbit)| (sizes(class), &self.orbits[orbit]))
            .collect()
    }
}

impl Symmetry {
    /// Lowers the share of each orbit to what one orbit of rounds adds to its mean when two people in it are together.
    fn lower_shares(&self, rounds: &RoundOrbit, share: &mut [usize]) {
        let n = self.n;
        let mut seen = vec![false; n * n];
        for a in 0..n {
            for b in a + 1..n {
                if seen[a * n + b] {
                    continue;
                }
                let mut together = 0;
                for g in &rounds.stabiliser {
                    let (x, y) = (usize::from(g[a].min(g[b])), usize::from(g[a].max(g[b])));
                    together += usize::from(!std::mem::replace(&mut seen[x * n + y], true));
                }
                let orbit = usize::from(self.orbit[a * n + b]);
                share[orbit] = share[orbit].min(rounds.images.len() * together / self.size[orbit] as usize);
            }
        }
    }
}

/// The image of a set of people.
pub(super) fn image_mask(g: &Permutation, mut set: u128) -> u128 {
    let mut image = 0;
    while set != 0 {
        image |= 1 << g[set.trailing_zeros() as usize];
        set &= set - 1;
    }
    image
}
