//! Exact search for rounds without repeats under a symmetry, to tell early which symmetries cannot have any.
//!
//! Backtracking over orbits of teams (Kaski and Östergård, *Classification Algorithms for Codes and Designs*, 2006,
//! 7.1): the people with the shortest orbits come first, since theirs are the teams with the fewest choices.
#![expect(
    clippy::indexing_slicing,
    reason = "tables indexed by people and orbits of the symmetry"
)]

use crate::bits::members;
use crate::designs::symmetry::action::{Permutation, RoundOrbit, Rounds, Symmetry, image_mask};

/// What is known after so many steps.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing yet.
    Undecided,
    /// There are such rounds: these.
    Found(Rounds),
    /// There are none.
    Impossible,
}

/// A base round: its team sizes, its orbit, and what follows from that.
struct Base<'a> {
    sizes: &'a [usize],
    orbit: &'a RoundOrbit,
    order: Vec<u16>,
    /// The teams placed.
    teams: Vec<u128>,
}

/// A search under way.
struct Search<'a> {
    symmetry: &'a Symmetry,
    bases: Vec<Base<'a>>,
    /// How many meetings the pairs of each orbit have in all.
    load: Vec<u32>,
    steps: u64,
}

/// A base round begun: who is placed, and the sizes of the teams to come.
struct Begun {
    base: usize,
    placed: u128,
    open: Vec<usize>,
}

/// Whether base rounds with these sizes and orbits can be without repeats, as far as `steps` steps tell,
/// which are counted down.
pub fn decide<'a>(symmetry: &'a Symmetry, rounds: &[(&'a [usize], &'a RoundOrbit)], steps: &mut u64) -> Verdict {
    let base = |&(sizes, orbit): &(_, &'a RoundOrbit)| {
        let mut order: Vec<u16> = (0..symmetry.n as u16).collect();
        order.sort_by_key(|&p| orbit.lengths[usize::from(p)]);
        Base {
            sizes,
            orbit,
            order,
            teams: Vec::new(),
        }
    };
    let mut bases: Vec<Base<'_>> = rounds.iter().map(base).collect();
    bases.sort_by_key(|base| base.orbit.images.len());
    let load = vec![0; symmetry.size.len()];
    let mut search = Search {
        symmetry,
        bases,
        load,
        steps: *steps,
    };
    let found = search.base(0);
    *steps = search.steps;
    match (found, search.steps) {
        (true, _) => Verdict::Found(search.rounds()),
        (false, 0) => Verdict::Undecided,
        (false, _) => Verdict::Impossible,
    }
}

impl Search<'_> {
    /// Fills the base rounds from this one on.
    fn base(&mut self, base: usize) -> bool {
        let Some(own) = self.bases.get(base) else {
            return true;
        };
        let open = own.sizes.to_vec();
        self.teams(&mut Begun { base, placed: 0, open })
    }

    /// Places the first person who is not placed, and everybody after.
    fn teams(&mut self, begun: &mut Begun) -> bool {
        let order = &self.bases[begun.base].order;
        let Some(at) = order.iter().position(|&p| begun.placed >> p & 1 == 0) else {
            return self.base(begun.base + 1);
        };
        let first = 1 << order[at];
        let mut sizes = begun.open.clone();
        sizes.sort_unstable();
        sizes.dedup();
        sizes.into_iter().any(|size| {
            self.closed(begun, first, size)
                .is_some_and(|team| self.members(begun, team, at + 1, size))
        })
    }

    /// Adds members from position `from` of the order on until the team has its size.
    fn members(&mut self, begun: &mut Begun, team: u128, from: usize, size: usize) -> bool {
        if team.count_ones() as usize == size {
            return self.place(begun, team, size);
        }
        for at in from..self.symmetry.n {
            let person = self.bases[begun.base].order[at];
            if (begun.placed | team) >> person & 1 == 1 {
                continue;
            }
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            if let Some(grown) = self.closed(begun, team | 1 << person, size)
                && self.members(begun, grown, at + 1, size)
            {
                return true;
            }
        }
        false
    }

    /// The least superset whose images coincide with it or miss it, if it is small enough and meets nobody twice.
    fn closed(&self, begun: &Begun, team: u128, size: usize) -> Option<u128> {
        let base = &self.bases[begun.base];
        let mut closed = team;
        loop {
            let images = base.orbit.stabiliser.iter().map(|g| image_mask(g, closed));
            let next = images
                .filter(|image| image & closed != 0)
                .fold(closed, |all, image| all | image);
            if next.count_ones() as usize > size || next & begun.placed != 0 {
                return None;
            }
            if next == closed {
                break;
            }
            closed = next;
        }
        self.fits(closed, base.orbit.images.len() as u32).then_some(closed)
    }

    /// Whether one team, and its images in the other rounds, can be added without a repeat.
    fn fits(&self, team: u128, weight: u32) -> bool {
        let mut loads = [(0u16, 0u32); 16];
        let mut used = 0;
        for orbit in self.pairs(team) {
            let at = loads[..used]
                .iter()
                .position(|&(known, _)| known == orbit)
                .unwrap_or(used);
            if at == loads.len() {
                return true;
            }
            used = used.max(at + 1);
            loads[at] = (orbit, loads[at].1 + weight);
            if self.load[usize::from(orbit)] + loads[at].1 > self.symmetry.size[usize::from(orbit)] {
                return false;
            }
        }
        true
    }

    /// The orbits of the pairs of a team.
    fn pairs(&self, team: u128) -> impl Iterator<Item = u16> + use<'_> {
        let n = self.symmetry.n;
        members(team).flat_map(move |a| members(team & ((1 << a) - 1)).map(move |b| self.symmetry.orbit[a * n + b]))
    }

    /// Places a team with all its images under the stabiliser, and goes on.
    fn place(&mut self, begun: &mut Begun, team: u128, size: usize) -> bool {
        let base = &self.bases[begun.base];
        let mut images: Vec<u128> = base.orbit.stabiliser.iter().map(|g| image_mask(g, team)).collect();
        images.sort_unstable();
        images.dedup();
        let weight = (base.orbit.images.len() * images.len()) as u32;
        let (all, open) = (images.iter().fold(0, |all, image| all | image), begun.open.clone());
        if all & begun.placed != 0 || !self.fits(team, weight) {
            return false;
        }
        for _ in &images {
            match begun.open.iter().position(|&s| s == size) {
                Some(at) => begun.open.swap_remove(at),
                None => {
                    begun.open = open;
                    return false;
                }
            };
        }
        self.meet(team, |load| load + weight);
        begun.placed |= all;
        let teams = &mut self.bases[begun.base].teams;
        let before = teams.len();
        teams.append(&mut images);
        if self.teams(begun) {
            return true;
        }
        self.bases[begun.base].teams.truncate(before);
        begun.placed &= !all;
        begun.open = open;
        self.meet(team, |load| load - weight);
        false
    }

    /// Changes the load of every pair of a team.
    fn meet(&mut self, team: u128, change: impl Fn(u32) -> u32) {
        let n = self.symmetry.n;
        for a in members(team) {
            for b in members(team & ((1 << a) - 1)) {
                let load = &mut self.load[usize::from(self.symmetry.orbit[a * n + b])];
                *load = change(*load);
            }
        }
    }

    /// All images of the base rounds.
    fn rounds(&self) -> Rounds {
        let team = |g: &Permutation, team: u128| members(team).map(|p| g[p]).collect();
        let images = |base: &Base<'_>| {
            let all = base.orbit.images.iter();
            all.map(|g| base.teams.iter().map(|&t| team(g, t)).collect())
                .collect::<Rounds>()
        };
        self.bases.iter().flat_map(images).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Verdict, decide};
    use crate::designs::symmetry::rotations::Rotations;

    #[test]
    fn a_kirkman_system_of_nine_has_rotations() {
        let rotations = Rotations::new(9, &[(8, 1), (1, 1)], 1).unwrap();
        let orbit = rotations.rounds(4).unwrap();
        let Verdict::Found(rounds) = decide(&rotations.symmetry(), &[(&[3; 3], &orbit)], &mut 10_000) else {
            panic!("the affine plane of order three");
        };
        assert_eq!(rounds.len(), 4);
    }

    #[test]
    fn two_people_fixed_by_a_round_would_need_the_same_pairs() {
        let rotations = Rotations::new(30, &[(28, 1), (2, 1)], 1).unwrap();
        let (symmetry, orbit) = (rotations.symmetry(), rotations.rounds(14).unwrap());
        let rounds: [(&[usize], _); 1] = [(&[3; 10], &orbit)];
        assert_eq!(decide(&symmetry, &rounds, &mut 10_000), Verdict::Impossible);
        assert_eq!(decide(&symmetry, &rounds, &mut 5), Verdict::Undecided);
    }
}
