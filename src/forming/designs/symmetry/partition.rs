//! Random partitions of people into teams that a group leaves as they are.
#![expect(clippy::indexing_slicing, reason = "permutations of all people")]

use rand::Rng;
use rand_chacha::ChaCha8Rng;

use crate::bits::members;
use crate::designs::symmetry::action::{Permutation, RoundOrbit, image_mask};
use crate::rng::shuffle;

/// Attempts at a random partition: most fail early where people have orbits of several lengths.
pub const ATTEMPTS: usize = 60;

/// A random partition of all people into teams of the given sizes, seat by seat in that order, that the stabiliser of
/// the round leaves as it is; `None` if none was found.
pub fn invariant(orbit: &RoundOrbit, sizes: &[usize], rng: &mut ChaCha8Rng) -> Option<Vec<u16>> {
    let mut people: Vec<u16> = (0..sizes.iter().sum::<usize>() as u16).collect();
    if orbit.stabiliser.len() == 1 {
        shuffle(&mut people, rng);
        return Some(people);
    }
    let teams = (0..ATTEMPTS).find_map(|_| divide(orbit, &mut people, sizes, rng))?;
    let seated = |&team: &u128| members(team).map(|p| p as u16);
    Some(teams.iter().flat_map(seated).collect())
}

/// One attempt at dividing people, a set that the stabiliser leaves as it is, into teams of the given sizes: they are
/// placed in random order, those in short orbits first, with all images of their teams at once.
pub fn divide(orbit: &RoundOrbit, people: &mut [u16], sizes: &[usize], rng: &mut ChaCha8Rng) -> Option<Vec<u128>> {
    let group = &orbit.stabiliser;
    shuffle(people, rng);
    people.sort_by_key(|&p| orbit.lengths[usize::from(p)]);
    let mut open: Vec<(usize, usize)> = sizes.iter().copied().enumerate().collect();
    shuffle(&mut open, rng);
    let mut teams: Vec<u128> = vec![0; sizes.len()];
    let mut placed = 0u128;
    for &p in &*people {
        if placed >> p & 1 == 1 {
            continue;
        }
        let &(_, size) = open.last()?;
        let team = grow(group, p, size, people, placed, rng)?;
        for g in group {
            let image = image_mask(g, team);
            if image & placed == 0 {
                let at = open.iter().rposition(|&(_, s)| s == size)?;
                teams[open.remove(at).0] = image;
                placed |= image;
            }
        }
    }
    Some(teams)
}

/// A random team of `size` unplaced people with `first` in it whose images either coincide with it or miss it.
fn grow(
    group: &[Permutation],
    first: u16,
    size: usize,
    people: &[u16],
    placed: u128,
    rng: &mut ChaCha8Rng,
) -> Option<u128> {
    let mut team = 1u128 << first;
    loop {
        let closed = group
            .iter()
            .map(|g| image_mask(g, team))
            .filter(|image| image & team != 0)
            .fold(team, |all, image| all | image);
        if closed != team {
            team = closed;
        } else if team.count_ones() as usize >= size {
            return (team.count_ones() as usize == size).then_some(team);
        } else {
            let is_free = |p: &&u16| (placed | team) >> **p & 1 == 0;
            let free = people.iter().filter(is_free).count();
            team |= 1 << people.iter().filter(is_free).nth(rng.random_range(0..free.max(1)))?;
        }
    }
}
