//! One round as a packing problem: units of people who stay together go into teams.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use crate::input::demand::{Constraint, Demand};
use crate::input::people::PersonIx;
use crate::input::round::Round;
use crate::input::teams::Teams;
use crate::rng::FastRng;

/// People who have to be in one team.
#[derive(Debug, Clone, Default)]
pub(super) struct Unit {
    pub(super) members: Vec<PersonIx>,
    pub(super) team: Option<usize>,
    /// Units it must not share a team with, each with the position of the demand that says so.
    pub(super) apart: Vec<(usize, usize)>,
}

impl Unit {
    /// What comes first in order is harder to place.
    pub(super) fn priority(&self) -> (bool, usize, usize) {
        let (size, apart) = (self.members.len(), self.apart.len());
        (self.team.is_none(), usize::MAX - size, usize::MAX - apart)
    }
}

/// The demands on a round, by unit.
pub(super) struct Packing {
    pub(super) sizes: Vec<usize>,
    pub(super) units: Vec<Unit>,
    /// People without any demand.
    pub(super) free: Vec<PersonIx>,
}

impl Packing {
    /// `None` when the demands already contradict each other inside a unit.
    pub(super) fn new(round: &Round, sizes: &[usize], demands: &[&Constraint]) -> Option<Self> {
        let mut packing = Self {
            sizes: sizes.to_vec(),
            units: Vec::new(),
            free: Vec::new(),
        };
        let unit_of = packing.unite(round, demands)?;
        for (at, constraint) in demands.iter().enumerate() {
            if let Demand::Apart(a, b) = constraint.demand {
                let (a, b) = (unit_of[usize::from(a)], unit_of[usize::from(b)]);
                if let (Some(a), Some(b)) = (a, b) {
                    if a == b {
                        return None;
                    }
                    packing.units[a].apart.push((b, at));
                    packing.units[b].apart.push((a, at));
                }
            }
        }
        let alone = |p: &PersonIx| unit_of[usize::from(*p)].is_none();
        packing.free = round.present.iter().copied().filter(alone).collect();
        packing.sort();
        packing.fits().then_some(packing)
    }

    /// Locked units come first, then the large and the most entangled ones.
    pub(super) fn sort(&mut self) {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        order.sort_by_key(|&u| self.units[u].priority());
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(at, &u)| place[u] = at);
        let mut units = std::mem::take(&mut self.units);
        self.units = order.iter().map(|&u| std::mem::take(&mut units[u])).collect();
        let apart = self.units.iter_mut().flat_map(|unit| &mut unit.apart);
        apart.for_each(|(other, _)| *other = place[*other]);
    }

    /// Makes the units; tells which one a person belongs to, if any.
    pub(super) fn unite(&mut self, round: &Round, demands: &[&Constraint]) -> Option<Vec<Option<usize>>> {
        let n = round.here.len();
        // Teams that are locked into are nodes of the union too, after the people.
        let mut root: Vec<usize> = (0..n + self.sizes.len()).collect();
        let mut touched = vec![false; n];
        let mut join = |a: usize, b: usize| {
            let (a, b) = (find(&mut root, a), find(&mut root, b));
            root[a.min(b)] = a.max(b); // the larger index leads, so that a team leads its people
        };
        for constraint in demands {
            match &constraint.demand {
                Demand::Locked(team, _) if *team >= self.sizes.len() => return None,
                Demand::Locked(team, members) => {
                    members.iter().for_each(|&p| join(usize::from(p), n + team));
                    members.iter().for_each(|&p| touched[usize::from(p)] = true);
                }
                &(Demand::Together(a, b) | Demand::Apart(a, b)) => {
                    let (a, b) = (usize::from(a), usize::from(b));
                    if round.here[a] && round.here[b] {
                        (touched[a], touched[b]) = (true, true);
                        if matches!(constraint.demand, Demand::Together(..)) {
                            join(a, b);
                        }
                    }
                }
            }
        }
        // Two teams that got the same leader share a person: nobody can be in both.
        if (0..self.sizes.len()).any(|t| find(&mut root, n + t) != n + t) {
            return None;
        }
        let mut unit_at = vec![None; root.len()];
        let mut unit_of = vec![None; n];
        for person in (0..n).filter(|&p| touched[p]) {
            let lead = find(&mut root, person);
            let unit = *unit_at[lead].get_or_insert_with(|| {
                self.units.push(Unit {
                    team: lead.checked_sub(n),
                    ..Unit::default()
                });
                self.units.len() - 1
            });
            self.units[unit].members.push(person as PersonIx);
            unit_of[person] = Some(unit);
        }
        Some(unit_of)
    }

    /// No unit is larger than the team it goes into.
    pub(super) fn fits(&self) -> bool {
        let largest = self.sizes.iter().copied().max().unwrap_or(0);
        let room = |unit: &Unit| unit.team.map_or(largest, |t| self.sizes[t]);
        self.units.iter().all(|unit| unit.members.len() <= room(unit))
    }

    /// The steps of looking at every unit in every team beside whom it must not meet: what a greedy packing costs.
    pub(super) fn cost(&self) -> u64 {
        (self.units.len().pow(2) + self.sizes.len() * self.parted()) as u64
    }

    /// The steps of placing one unit in the exact search: sets of units are looked at for each team.
    pub(super) fn node_cost(&self) -> u64 {
        let (units, teams) = (self.units.len(), self.sizes.len());
        (200 + 4 * units + 16 * teams * units.div_ceil(64)) as u64
    }

    pub(super) fn parted(&self) -> usize {
        self.units.iter().map(|unit| unit.apart.len()).sum()
    }

    /// Largest and most entangled first, each into the first team of a random round trip that takes it.
    pub(super) fn greedy(&mut self, rng: &mut FastRng) -> Option<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        rng.shuffle(&mut order);
        order.sort_by_key(|&u| self.units[u].priority());
        let mut room = self.sizes.clone();
        let mut team_of = vec![None; self.units.len()];
        for u in order {
            let unit = &self.units[u];
            let clash = |t: usize| unit.apart.iter().any(|&(other, _)| team_of[other] == Some(t));
            let takes = |&t: &usize| room[t] >= unit.members.len() && !clash(t);
            let teams = self.sizes.len();
            let start = rng.below(teams);
            let team = match unit.team {
                Some(team) => Some(team).filter(takes),
                None => (start..teams).chain(0..start).find(takes),
            }?;
            room[team] -= unit.members.len();
            team_of[u] = Some(team);
        }
        team_of.into_iter().collect()
    }

    /// The units in their teams, everybody else at random.
    pub(super) fn fill(&mut self, team_of: &[usize], rng: &mut FastRng) -> Teams {
        let mut teams: Teams = self.sizes.iter().map(|&size| Vec::with_capacity(size)).collect();
        for (unit, &team) in self.units.iter().zip(team_of) {
            teams[team].extend(&unit.members);
        }
        rng.shuffle(&mut self.free);
        let mut rest = self.free.iter().copied();
        for (team, &size) in teams.iter_mut().zip(&self.sizes) {
            let missing = size - team.len();
            team.extend(rest.by_ref().take(missing));
        }
        teams
    }
}

fn find(root: &mut [usize], mut node: usize) -> usize {
    while root[node] != node {
        root[node] = root[root[node]];
        node = root[node];
    }
    node
}
