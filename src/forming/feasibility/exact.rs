//! The exact search: backtracking over units, always the one with the fewest teams left (DSATUR, Brélaz 1979), and of
//! teams that are alike only one.
//!
//! Teams have to be filled, not only not overfilled: a branch ends where those who are left and may join a team are too
//! few for it. That somebody is apart from all but one of a cohort in fours is seen at once so. What a refutation rests
//! on is noted on the way: mostly few of the demands.

use super::{Packing, Unit};

/// Units placed in one search at most.
const MAX_NODES: u32 = 200_000;

/// How a search ended.
pub(super) enum Found {
    /// The team of each unit.
    Teams(Vec<usize>),
    /// There are no such teams; these *apart* demands seem to be why.
    None(Vec<usize>),
    /// It was given up.
    Undecided,
}

/// Looks for a team for every unit; what it costs is taken from `patience`.
pub(super) fn search(packing: &Packing, patience: &mut u64) -> Found {
    let mut search = Exact::new(packing, *patience);
    if let Some(blamed) = search.crowd() {
        return Found::None(blamed);
    }
    let found = match search.cannot_be_filled() {
        true => Some(false),
        false => search.place(packing.units.len()),
    };
    *patience = search.patience;
    match found {
        Some(true) => Found::Teams(search.team_of.iter().map(|team| team.unwrap_or(0)).collect()),
        Some(false) => Found::None((0..search.blamed.len()).filter(|&d| search.blamed[d]).collect()),
        None => Found::Undecided,
    }
}

struct Exact<'a> {
    packing: &'a Packing,
    teams: usize,
    team_of: Vec<Option<usize>>,
    room: Vec<usize>,
    /// By unit and team: how many reasons there are that it cannot go there.
    closed: Vec<u16>,
    /// By unit: teams that are open to it.
    open: Vec<usize>,
    /// By team: people without a team who can go there, besides those nothing is asked of.
    takers: Vec<usize>,
    /// Demands that some branch ended by.
    blamed: Vec<bool>,
    nodes: u32,
    cost: u64,
    patience: u64,
}

impl<'a> Exact<'a> {
    fn new(packing: &'a Packing, patience: u64) -> Self {
        let (units, teams) = (&packing.units, packing.sizes.len());
        let people = units.iter().map(|unit| unit.members.len()).sum();
        let demands = units.iter().flat_map(|unit| &unit.apart).map(|&(_, demand)| demand + 1);
        let mut search = Self {
            packing,
            teams,
            team_of: vec![None; units.len()],
            room: packing.sizes.clone(),
            closed: vec![0; units.len() * teams],
            open: vec![teams; units.len()],
            takers: vec![people; teams],
            blamed: vec![false; demands.max().unwrap_or(0)],
            nodes: 0,
            cost: packing.node_cost(),
            patience,
        };
        for (u, unit) in units.iter().enumerate() {
            for team in 0..teams {
                if unit.team.is_some_and(|own| own != team) || packing.sizes[team] < unit.members.len() {
                    search.close(u, team);
                }
            }
        }
        search
    }

    fn unit(&self, u: usize) -> &'a Unit {
        &self.packing.units[u]
    }

    fn waiting(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.team_of.len()).filter(|&u| self.team_of[u].is_none())
    }

    /// Demands that part more units from each other than there are teams, if a greedy look finds such.
    fn crowd(&self) -> Option<Vec<usize>> {
        let mut order: Vec<usize> = self.waiting().collect();
        order.sort_by_key(|&u| usize::MAX - self.unit(u).apart.len());
        let mut meets = vec![0; order.len()];
        order.iter().take(self.teams + 1).find_map(|&first| {
            let mut crowd: Vec<usize> = Vec::new();
            meets.fill(0);
            for &u in std::iter::once(&first).chain(&order) {
                // Beside everybody in the crowd there is a demand to this one.
                if meets[u] == crowd.len() && !crowd.contains(&u) {
                    crowd.push(u);
                    let mut others: Vec<usize> = self.unit(u).apart.iter().map(|&(other, _)| other).collect();
                    others.sort_unstable();
                    others.dedup();
                    others.into_iter().for_each(|other| meets[other] += 1);
                }
            }
            (crowd.len() > self.teams).then(|| self.demands_among(&crowd))
        })
    }

    fn demands_among(&self, crowd: &[usize]) -> Vec<usize> {
        let inside = |&&(other, _): &&(usize, usize)| crowd.contains(&other);
        let demands = |&u: &usize| self.unit(u).apart.iter().filter(inside).map(|&(_, demand)| demand);
        crowd.iter().flat_map(demands).collect()
    }

    /// Whether the units that are left can be placed; `None` when that takes too long.
    fn place(&mut self, left: usize) -> Option<bool> {
        if left == 0 {
            return Some(true);
        }
        if self.nodes >= MAX_NODES || self.patience < self.cost {
            return None;
        }
        self.nodes += 1;
        self.patience -= self.cost;
        let (unit, teams) = self.next();
        if teams.is_empty() {
            self.blame(unit, None);
        }
        for team in teams {
            self.enter(unit, team);
            let done = match self.cannot_be_filled() {
                true => Some(false),
                false => self.place(left - 1),
            };
            if done != Some(false) {
                return done;
            }
            self.leave(unit, team);
        }
        Some(false)
    }

    /// The unit to place next, and where: who has to join a team that could not be filled otherwise, or who is left with
    /// the fewest teams.
    fn next(&mut self) -> (usize, Vec<usize>) {
        let free = self.packing.free.len();
        let short = (0..self.teams).find(|&t| self.takers[t] > 0 && self.takers[t] + free <= self.room[t]);
        if let Some(team) = short.filter(|_| self.waiting().all(|u| self.unit(u).team.is_none())) {
            let waiting: Vec<usize> = self.waiting().collect();
            waiting.iter().for_each(|&u| self.blame(u, Some(team)));
            if let Some(unit) = waiting.into_iter().find(|&u| self.is_open(u, team)) {
                return (unit, vec![team]);
            }
        }
        let hardest = self.waiting().min_by_key(|&u| {
            let unit = self.unit(u);
            let (size, apart) = (unit.members.len(), unit.apart.len());
            (unit.team.is_none(), self.open[u], usize::MAX - size, usize::MAX - apart)
        });
        let unit = hardest.unwrap_or(0);
        (unit, self.unlike(unit))
    }

    /// Whether some teams need more people than those who are left and may go to any of them.
    fn cannot_be_filled(&mut self) -> bool {
        let mut teams: Vec<usize> = (0..self.teams).filter(|&t| self.room[t] > 0).collect();
        let all: usize = teams.iter().map(|&t| self.room[t]).sum();
        teams.sort_by_key(|&t| self.takers[t]);
        let mut counted = vec![false; self.team_of.len()];
        let (mut needed, mut there) = (0, self.packing.free.len());
        for (i, &team) in teams.iter().enumerate() {
            if there >= all {
                return false;
            }
            needed += self.room[team];
            for (unit, counted) in counted.iter_mut().enumerate() {
                if !*counted && self.team_of[unit].is_none() && self.is_open(unit, team) {
                    *counted = true;
                    there += self.unit(unit).members.len();
                }
            }
            if there < needed {
                let waiting: Vec<usize> = self.waiting().collect();
                for &team in &teams[..=i] {
                    waiting.iter().for_each(|&u| self.blame(u, Some(team)));
                }
                return true;
            }
        }
        false
    }

    /// Notes the demands that keep a unit out of a team, or out of all.
    fn blame(&mut self, unit: usize, team: Option<usize>) {
        for &(other, demand) in &self.packing.units[unit].apart {
            let there = self.team_of[other];
            self.blamed[demand] |= there.is_some() && (team.is_none() || there == team);
        }
    }

    fn is_open(&self, unit: usize, team: usize) -> bool {
        self.closed[unit * self.teams + team] == 0
    }

    fn close(&mut self, unit: usize, team: usize) {
        if self.is_open(unit, team) {
            self.open[unit] -= 1;
            self.takers[team] -= self.unit(unit).members.len();
        }
        self.closed[unit * self.teams + team] += 1;
    }

    fn reopen(&mut self, unit: usize, team: usize) {
        self.closed[unit * self.teams + team] -= 1;
        if self.is_open(unit, team) {
            self.open[unit] += 1;
            self.takers[team] += self.unit(unit).members.len();
        }
    }

    fn enter(&mut self, unit: usize, team: usize) {
        let size = self.unit(unit).members.len();
        self.team_of[unit] = Some(team);
        (0..self.teams)
            .filter(|&t| self.closed[unit * self.teams + t] == 0)
            .for_each(|t| self.takers[t] -= size);
        self.each_kept_out(unit, team, Self::close);
        self.room[team] -= size;
    }

    fn leave(&mut self, unit: usize, team: usize) {
        let size = self.unit(unit).members.len();
        self.room[team] += size;
        self.each_kept_out(unit, team, Self::reopen);
        (0..self.teams)
            .filter(|&t| self.closed[unit * self.teams + t] == 0)
            .for_each(|t| self.takers[t] += size);
        self.team_of[unit] = None;
    }

    /// Those who are left and cannot join a team once a unit is in it, with its room as it was before.
    fn each_kept_out(&mut self, unit: usize, team: usize, act: fn(&mut Self, usize, usize)) {
        let (before, size) = (self.room[team], self.unit(unit).members.len());
        for other in 0..self.team_of.len() {
            let needed = self.unit(other).members.len();
            if self.team_of[other].is_none() && needed <= before && needed > before - size {
                act(self, other, team);
            }
        }
        for &(other, _) in &self.unit(unit).apart {
            if self.team_of[other].is_none() {
                act(self, other, team);
            }
        }
    }

    /// Of the teams open to a unit one of each kind: as much room, and open to the same units. Locked units are placed
    /// first, so a team's index means nothing any more.
    fn unlike(&self, unit: usize) -> Vec<usize> {
        let open = (0..self.teams).filter(|&team| self.is_open(unit, team));
        if self.waiting().any(|u| self.unit(u).team.is_some()) {
            return open.collect();
        }
        let alike = |s: usize, t: usize| {
            self.room[s] == self.room[t] && self.waiting().all(|u| self.is_open(u, s) == self.is_open(u, t))
        };
        let mut kinds: Vec<usize> = Vec::new();
        for team in open {
            if !kinds.iter().any(|&kind| alike(kind, team)) {
                kinds.push(team);
            }
        }
        kinds
    }
}
