//! Whether the demands on one round can be met at all, and teams that meet them.
//!
//! Hard demands never reach from one round into another, so each round is a small packing problem:
//! *units* (people who stay together) into teams, respecting *apart* rules. A random greedy packing
//! nearly always succeeds; an exact search decides the rest.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::dice::Dice;
use super::problem::{Constraint, Demand, PersonIx, Round, Teams};

/// Greedy attempts before the exact search.
const ATTEMPTS: usize = 8;
/// Placements one exact search tries before it gives up.
const MAX_NODES: u32 = 100_000;
/// What answering one question may cost, in steps of a few nanoseconds: about a second.
pub(crate) const PATIENCE: u64 = 300_000_000;

/// The answer to "can this round be formed?".
#[derive(Debug, Clone)]
pub(crate) enum Verdict {
    /// Yes, for example so.
    Feasible(Teams),
    /// No.
    Infeasible,
    /// The search was given up.
    Undecided,
}

/// People who have to be in one team.
#[derive(Debug, Clone, Default)]
struct Unit {
    members: Vec<PersonIx>,
    team: Option<usize>,
    /// Units it must not share a team with.
    apart: Vec<usize>,
}

/// The demands on a round, by unit.
struct Packing {
    sizes: Vec<usize>,
    units: Vec<Unit>,
    /// People without any demand.
    free: Vec<PersonIx>,
}

/// Teams of the given sizes that meet `demands`, in random order of those that nothing is asked of.
pub(crate) fn form(round: &Round, sizes: &[usize], demands: &[&Constraint], dice: &mut Dice) -> Verdict {
    form_within(round, sizes, demands, dice, &mut { PATIENCE })
}

/// The same, with what earlier searches have left of the patience.
pub(crate) fn form_within(
    round: &Round,
    sizes: &[usize],
    demands: &[&Constraint],
    dice: &mut Dice,
    patience: &mut u64,
) -> Verdict {
    let Some(mut packing) = Packing::new(round, sizes, demands) else {
        return Verdict::Infeasible;
    };
    let cost = packing.cost();
    for _ in 0..ATTEMPTS {
        if *patience < cost {
            return Verdict::Undecided;
        }
        *patience -= cost;
        if let Some(team_of) = packing.greedy(dice) {
            return Verdict::Feasible(packing.fill(&team_of, dice));
        }
    }
    let mut search = Exact::new(&packing, *patience);
    let found = search.place(0);
    *patience = search.patience;
    match found {
        Some(true) => {
            let team_of: Vec<usize> = search.team_of.iter().map(|t| t.unwrap_or(0)).collect();
            Verdict::Feasible(packing.fill(&team_of, dice))
        }
        Some(false) => Verdict::Infeasible,
        None => Verdict::Undecided,
    }
}

impl Packing {
    /// `None` when the demands already contradict each other inside a unit.
    fn new(round: &Round, sizes: &[usize], demands: &[&Constraint]) -> Option<Self> {
        let mut packing = Self {
            sizes: sizes.to_vec(),
            units: Vec::new(),
            free: Vec::new(),
        };
        let unit_of = packing.unite(round, demands)?;
        for constraint in demands {
            if let Demand::Apart(a, b) = constraint.demand {
                let (a, b) = (unit_of[usize::from(a)], unit_of[usize::from(b)]);
                if let (Some(a), Some(b)) = (a, b) {
                    if a == b {
                        return None;
                    }
                    packing.units[a].apart.push(b);
                    packing.units[b].apart.push(a);
                }
            }
        }
        let alone = |p: &PersonIx| unit_of[usize::from(*p)].is_none();
        packing.free = round.present.iter().copied().filter(alone).collect();
        packing.fits().then_some(packing)
    }

    /// Makes the units; tells which one a person belongs to, if any.
    fn unite(&mut self, round: &Round, demands: &[&Constraint]) -> Option<Vec<Option<usize>>> {
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
    fn fits(&self) -> bool {
        let largest = self.sizes.iter().copied().max().unwrap_or(0);
        let room = |unit: &Unit| unit.team.map_or(largest, |t| self.sizes[t]);
        self.units.iter().all(|unit| unit.members.len() <= room(unit))
    }

    /// The steps of looking at every unit in every team beside whom it must not meet: what a greedy packing or one
    /// placement of the exact search costs.
    fn cost(&self) -> u64 {
        let apart: usize = self.units.iter().map(|unit| unit.apart.len()).sum();
        (self.units.len().pow(2) + self.sizes.len() * apart) as u64
    }

    /// Largest and most entangled first, each into the first team of a random round trip that takes it.
    fn greedy(&mut self, dice: &mut Dice) -> Option<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.units.len()).collect();
        dice.shuffle(&mut order);
        order.sort_by_key(|&u| {
            let unit = &self.units[u];
            (
                unit.team.is_none(),
                usize::MAX - unit.members.len(),
                usize::MAX - unit.apart.len(),
            )
        });
        let mut room = self.sizes.clone();
        let mut team_of = vec![None; self.units.len()];
        for u in order {
            let unit = &self.units[u];
            let clash = |t: usize| unit.apart.iter().any(|&other| team_of[other] == Some(t));
            let takes = |&t: &usize| room[t] >= unit.members.len() && !clash(t);
            let teams = self.sizes.len();
            let start = dice.below(teams);
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
    fn fill(&mut self, team_of: &[usize], dice: &mut Dice) -> Teams {
        let mut teams: Teams = self.sizes.iter().map(|&size| Vec::with_capacity(size)).collect();
        for (unit, &team) in self.units.iter().zip(team_of) {
            teams[team].extend(&unit.members);
        }
        dice.shuffle(&mut self.free);
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

/// Backtracking: always the unit with the fewest teams left (DSATUR, Brélaz 1979), and of teams that
/// are alike only one.
struct Exact<'a> {
    packing: &'a Packing,
    team_of: Vec<Option<usize>>,
    room: Vec<usize>,
    nodes: u32,
    cost: u64,
    patience: u64,
}

impl<'a> Exact<'a> {
    fn new(packing: &'a Packing, patience: u64) -> Self {
        let team_of = vec![None; packing.units.len()];
        Self {
            packing,
            team_of,
            room: packing.sizes.clone(),
            nodes: 0,
            cost: packing.cost(),
            patience,
        }
    }

    /// Whether the units that are left can be placed; `None` when that takes too long.
    fn place(&mut self, placed: usize) -> Option<bool> {
        if placed == self.packing.units.len() {
            return Some(true);
        }
        if self.nodes >= MAX_NODES || self.patience < self.cost {
            return None;
        }
        self.nodes += 1;
        self.patience -= self.cost;
        let waiting = (0..self.team_of.len()).filter(|&u| self.team_of[u].is_none());
        let hardest = waiting.map(|u| (self.candidates(u), u)).min_by_key(|(teams, u)| {
            let unit = &self.packing.units[*u];
            (
                unit.team.is_none(),
                teams.len(),
                usize::MAX - unit.members.len(),
                usize::MAX - unit.apart.len(),
            )
        });
        let Some((teams, unit)) = hardest else {
            return Some(true);
        };
        let size = self.packing.units[unit].members.len();
        for team in self.unlike(teams) {
            self.team_of[unit] = Some(team);
            self.room[team] -= size;
            let done = self.place(placed + 1);
            if done != Some(false) {
                return done;
            }
            self.team_of[unit] = None;
            self.room[team] += size;
        }
        Some(false)
    }

    fn candidates(&self, unit: usize) -> Vec<usize> {
        let unit = &self.packing.units[unit];
        let clash = |t: usize| unit.apart.iter().any(|&other| self.team_of[other] == Some(t));
        let takes = |&t: &usize| self.room[t] >= unit.members.len() && !clash(t);
        match unit.team {
            Some(team) => Some(team).filter(takes).into_iter().collect(),
            None => (0..self.room.len()).filter(takes).collect(),
        }
    }

    /// One of each kind of team: same room, and nobody in it whom a waiting unit avoids differently.
    /// Locked units are placed first, so a team's index means nothing any more.
    fn unlike(&self, teams: Vec<usize>) -> Vec<usize> {
        let mut kinds = Vec::new();
        let kind = |team: usize| {
            let units = (0..self.team_of.len()).filter(|&u| self.team_of[u] == Some(team));
            let mut avoid: Vec<usize> = units
                .flat_map(|u| self.packing.units[u].apart.iter().copied())
                .collect();
            avoid.retain(|&u| self.team_of[u].is_none());
            avoid.sort_unstable();
            avoid.dedup();
            (self.room[team], avoid)
        };
        let mut chosen = teams;
        let fixed = self
            .packing
            .units
            .iter()
            .zip(&self.team_of)
            .any(|(u, t)| u.team.is_some() && t.is_none());
        if !fixed {
            chosen.retain(|&team| {
                let kind = kind(team);
                let new = !kinds.contains(&kind);
                if new {
                    kinds.push(kind);
                }
                new
            });
        }
        chosen
    }
}
