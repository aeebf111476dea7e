//! The exact search: backtracking over units, always the one with the fewest teams left (DSATUR, Brélaz 1979), and of
//! teams that are alike only one.
//!
//! Teams have to be filled, not only not overfilled: a branch ends where those who are left and may join a team are too
//! few for it. That somebody is apart from all but one of a cohort in fours is seen at once so. What a refutation rests
//! on is noted on the way: mostly few of the demands.
#![expect(clippy::indexing_slicing, reason = "dense tables by validated indices")]

use super::packing::{Packing, Unit};

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
    /// Sets of units are rows of so many words.
    words: usize,
    /// By unit: those it must not meet.
    apart: Vec<u64>,
    /// By room: units that fit in.
    fitting: Vec<u64>,
    waiting: Vec<u64>,
    /// By team: units that wait and can go there.
    takers: Vec<u64>,
    /// By team: how many people these are.
    people: Vec<usize>,
    /// By unit: teams that are open to it.
    open: Vec<usize>,
    room: Vec<usize>,
    team_of: Vec<Option<usize>>,
    /// Demands that some branch ended by.
    blamed: Vec<bool>,
    nodes: u32,
    cost: u64,
    patience: u64,
}

/// What a team was before a unit entered it.
struct Before {
    takers: Vec<u64>,
    /// The teams that were open to the unit.
    open: Vec<usize>,
}

impl<'a> Exact<'a> {
    fn new(packing: &'a Packing, patience: u64) -> Self {
        let (units, teams) = (&packing.units, packing.sizes.len());
        let words = units.len().div_ceil(64).max(1);
        let demands = units.iter().flat_map(|unit| &unit.apart).map(|&(_, demand)| demand + 1);
        let largest = packing.sizes.iter().max().map_or(0, |size| size + 1);
        let mut search = Self {
            packing,
            words,
            apart: vec![0; units.len() * words],
            fitting: vec![0; largest * words],
            waiting: vec![0; words],
            takers: vec![0; teams * words],
            people: vec![0; teams],
            open: vec![0; units.len()],
            room: packing.sizes.clone(),
            team_of: vec![None; units.len()],
            blamed: vec![false; demands.max().unwrap_or(0)],
            nodes: 0,
            cost: packing.node_cost(),
            patience,
        };
        for (u, unit) in units.iter().enumerate() {
            search.enlist(u, unit);
        }
        search
    }

    fn enlist(&mut self, u: usize, unit: &Unit) {
        let (word, bit, size) = (u / 64, 1 << (u % 64), unit.members.len());
        self.waiting[word] |= bit;
        for &(other, _) in &unit.apart {
            self.apart[u * self.words + other / 64] |= 1 << (other % 64);
        }
        for room in size..self.fitting.len() / self.words {
            self.fitting[room * self.words + word] |= bit;
        }
        for team in 0..self.room.len() {
            if unit.team.is_none_or(|own| own == team) && size <= self.room[team] {
                self.takers[team * self.words + word] |= bit;
                self.people[team] += size;
                self.open[u] += 1;
            }
        }
    }

    fn size(&self, u: usize) -> usize {
        self.packing.units[u].members.len()
    }

    fn takers(&self, team: usize) -> &[u64] {
        &self.takers[team * self.words..][..self.words]
    }

    fn is_open(&self, unit: usize, team: usize) -> bool {
        self.takers(team)[unit / 64] >> (unit % 64) & 1 == 1
    }

    /// Demands that part more units from each other than there are teams, if a greedy look finds such.
    fn crowd(&self) -> Option<Vec<usize>> {
        let mut order: Vec<usize> = (0..self.team_of.len()).collect();
        order.sort_by_key(|&u| usize::MAX - self.packing.units[u].apart.len());
        order.iter().take(self.room.len() + 1).find_map(|&first| {
            let mut crowd = vec![first];
            let mut all = self.apart[first * self.words..][..self.words].to_vec();
            for &u in &order {
                if all[u / 64] >> (u % 64) & 1 == 1 {
                    crowd.push(u);
                    let apart = &self.apart[u * self.words..][..self.words];
                    all.iter_mut().zip(apart).for_each(|(all, apart)| *all &= apart);
                }
            }
            (crowd.len() > self.room.len()).then(|| self.demands_among(&crowd))
        })
    }

    fn demands_among(&self, crowd: &[usize]) -> Vec<usize> {
        let inside = |&&(other, _): &&(usize, usize)| crowd.contains(&other);
        let demands = |&u: &usize| {
            self.packing.units[u]
                .apart
                .iter()
                .filter(inside)
                .map(|&(_, demand)| demand)
        };
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
            let before = self.enter(unit, team);
            let done = match self.cannot_be_filled() {
                true => Some(false),
                false => self.place(left - 1),
            };
            if done != Some(false) {
                return done;
            }
            self.leave(unit, team, &before);
        }
        Some(false)
    }

    /// The unit to place next, and where: who has to join a team that could not be filled otherwise, or who is left with
    /// the fewest teams.
    fn next(&mut self) -> (usize, Vec<usize>) {
        let free = self.packing.free.len();
        let short = |&t: &usize| self.people[t] > 0 && self.people[t] + free <= self.room[t];
        if let Some(team) = (0..self.room.len()).find(short) {
            self.blame_shut_out(team);
            let first = members(self.takers(team)).next();
            return (first.unwrap_or(0), vec![team]);
        }
        let hardest = members(&self.waiting).min_by_key(|&u| self.open[u]).unwrap_or(0);
        (hardest, self.unlike(hardest))
    }

    /// Whether some teams need more people than those who are left and may go to any of them.
    fn cannot_be_filled(&mut self) -> bool {
        let free = self.packing.free.len();
        let mut teams: Vec<usize> = (0..self.room.len()).filter(|&t| self.room[t] > 0).collect();
        let all: usize = teams.iter().map(|&t| self.room[t]).sum();
        teams.sort_by_key(|&t| self.people[t]);
        let mut counted = vec![0; self.words];
        let (mut needed, mut there) = (0, free);
        for (i, &team) in teams.iter().enumerate() {
            needed += self.room[team];
            for (word, counted) in counted.iter_mut().enumerate() {
                let new = self.takers(team)[word] & !*counted;
                *counted |= new;
                there += members(&[new]).map(|u| self.size(64 * word + u)).sum::<usize>();
            }
            if there >= all {
                return false;
            }
            if there < needed {
                teams[..=i].iter().for_each(|&team| self.blame_shut_out(team));
                return true;
            }
        }
        false
    }

    /// Notes the demands that keep those who wait out of a team.
    fn blame_shut_out(&mut self, team: usize) {
        let shut_out = self
            .waiting
            .iter()
            .zip(self.takers(team))
            .map(|(waiting, takers)| waiting & !takers);
        let shut_out: Vec<u64> = shut_out.collect();
        members(&shut_out).for_each(|unit| self.blame(unit, Some(team)));
    }

    /// Notes the demands that keep a unit out of a team, or out of all.
    fn blame(&mut self, unit: usize, team: Option<usize>) {
        for &(other, demand) in &self.packing.units[unit].apart {
            let there = self.team_of[other];
            self.blamed[demand] |= there.is_some() && (team.is_none() || there == team);
        }
    }

    fn enter(&mut self, unit: usize, team: usize) -> Before {
        let (word, bit, size) = (unit / 64, 1 << (unit % 64), self.size(unit));
        let open: Vec<usize> = (0..self.room.len()).filter(|&t| self.is_open(unit, t)).collect();
        self.team_of[unit] = Some(team);
        self.waiting[word] &= !bit;
        for &t in &open {
            self.takers[t * self.words + word] &= !bit;
            self.people[t] -= size;
        }
        self.room[team] -= size;
        let takers = self.takers(team).to_vec();
        for (word, before) in takers.iter().enumerate() {
            let fitting = self.fitting[self.room[team] * self.words + word];
            let after = before & !self.apart[unit * self.words + word] & fitting;
            self.takers[team * self.words + word] = after;
            for other in members(&[before & !after]).map(|u| 64 * word + u) {
                self.open[other] -= 1;
                self.people[team] -= self.size(other);
            }
        }
        Before { takers, open }
    }

    fn leave(&mut self, unit: usize, team: usize, before: &Before) {
        let (word, bit, size) = (unit / 64, 1 << (unit % 64), self.size(unit));
        for (word, before) in before.takers.iter().enumerate() {
            let back = before & !self.takers[team * self.words + word];
            self.takers[team * self.words + word] = *before;
            for other in members(&[back]).map(|u| 64 * word + u) {
                self.open[other] += 1;
                self.people[team] += self.size(other);
            }
        }
        self.room[team] += size;
        for &t in &before.open {
            self.takers[t * self.words + word] |= bit;
            self.people[t] += size;
        }
        self.waiting[word] |= bit;
        self.team_of[unit] = None;
    }

    /// Of the teams open to a unit one of each kind: as much room, and open to the same units. While locked units wait,
    /// a team's index means something, and all are taken.
    fn unlike(&self, unit: usize) -> Vec<usize> {
        let mut open: Vec<usize> = (0..self.room.len()).filter(|&team| self.is_open(unit, team)).collect();
        if members(&self.waiting).all(|u| self.packing.units[u].team.is_none()) {
            let mut kinds: Vec<usize> = Vec::new();
            open.retain(|&team| {
                let alike =
                    |&kind: &usize| self.room[kind] == self.room[team] && self.takers(kind) == self.takers(team);
                let new = !kinds.iter().any(alike);
                kinds.extend(new.then_some(team));
                new
            });
        }
        open
    }
}

/// The units of a set.
fn members(set: &[u64]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(word, &bits)| {
        let mut left = bits;
        std::iter::from_fn(move || {
            let next = (left != 0).then(|| 64 * word + left.trailing_zeros() as usize);
            left &= left.wrapping_sub(1);
            next
        })
    })
}
