//! A published round that people have left, or joined: the fewest moves that make it right again.
//!
//! A beam search over single moves, from the teams without those who are gone: whoever came is placed,
//! then teams of the wrong size get somebody, give somebody up or are dissolved, until nothing is
//! wrong or nothing helps. Everything it compares is counted, nothing is weighed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::repair::Move;
use crate::{primitives::Id, team_plans::model::TeamSize};

/// States that are kept from one step to the next.
const BEAM: usize = 48;
/// Single moves that are looked into from each state.
const TRIED: usize = 24;
/// Options that are offered.
const OPTIONS: usize = 3;
/// People in states, and rules, that may be looked at in all. A round that many have left is looked through less
/// widely: the search holds up a thread that answers, and its states are all in memory.
const EFFORT: usize = 20_000_000;

/// One way to make a round right.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What to do.
    pub moves: Vec<Move>,
    /// The sizes of the teams then; a dissolved one has 0.
    pub sizes: Vec<usize>,
    /// Repeats more than if those who are gone just left.
    pub repeats_delta: i64,
    /// Whether all teams have the size that was asked for.
    pub sizes_kept: bool,
}

/// A round to be made right.
pub struct Repairing {
    /// Its teams and who is in them.
    pub teams: Vec<(Id, Vec<Id>)>,
    /// Those of them who are gone.
    pub gone: BTreeSet<Id>,
    /// Those who are there and in no team.
    pub newcomers: Vec<Id>,
    /// What sizes were asked for.
    pub size: TeamSize,
    /// How often two people have met in other rounds, the smaller id first.
    pub met: BTreeMap<(Id, Id), i64>,
    /// Pairs that must be together (`true`) or apart (`false`).
    pub rules: Vec<(Id, Id, bool)>,
    /// Among how many rounds of one request the effort is shared.
    pub share: usize,
}

#[derive(Clone)]
struct State {
    teams: Vec<Vec<Id>>,
    repeats: i64,
}

/// What a round is worth, the weightiest first; smaller is better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Score {
    /// Rules that are newly broken.
    broken: usize,
    /// How far the sizes of all teams are off.
    off: usize,
    /// People who are moved.
    moves: usize,
    repeats: i64,
}

/// Up to three ways, those with the fewest moves first, none of which breaks a rule that the round
/// keeps. None if the round is right as it is.
pub fn propose(repairing: &Repairing) -> Vec<Proposal> {
    let stay = |members: &Vec<Id>| {
        members
            .iter()
            .filter(|id| !repairing.gone.contains(id))
            .copied()
            .collect()
    };
    let start = State {
        teams: repairing.teams.iter().map(|(_, members)| stay(members)).collect(),
        repeats: 0,
    };
    let right = repairing.gone.is_empty() && repairing.newcomers.is_empty();
    if right && repairing.off_in(&start) == 0 {
        return Vec::new();
    }
    let width = repairing.width(&start);
    let mut beam = vec![start];
    for newcomer in &repairing.newcomers {
        let placed = |state: &State| repairing.places_for(state, *newcomer);
        let next = beam.iter().flat_map(placed).collect();
        beam = repairing.best(next, width.beam);
    }
    let mut found = beam.clone();
    for _ in 0..=repairing.gone.len() + repairing.newcomers.len() {
        let each = |state: &State| repairing.next(state, width.wrong);
        let next: Vec<State> = beam.iter().flat_map(each).collect();
        beam = repairing.best(next, width.beam);
        found.extend(beam.iter().cloned());
        found = repairing.best(found, OPTIONS);
    }
    let fewest_off = found.first().map_or(0, |state| repairing.off_in(state));
    let options = found
        .iter()
        .filter(|state| repairing.newly_broken(state) == 0 && repairing.off_in(state) == fewest_off);
    options.map(|state| repairing.proposal(state)).collect()
}

/// How widely a round is looked through.
struct Width {
    /// States that are kept from one step to the next.
    beam: usize,
    /// Teams of the wrong size that are looked into in each of them.
    wrong: usize,
}

impl Repairing {
    /// As widely as the effort allows.
    fn width(&self, start: &State) -> Width {
        let steps = self.gone.len() + self.newcomers.len() + 1;
        let people: usize = self.teams.iter().map(|(_, members)| members.len()).sum();
        let each = people + self.newcomers.len() + self.rules.len();
        let afforded = EFFORT / self.share.max(1) / (steps * (TRIED + 1) * each.max(1));
        let wrong = start.teams.iter().filter(|team| self.off(team.len()) > 0).count();
        // Newcomers may make as many more.
        let wrong = (wrong + self.newcomers.len()).min(self.teams.len());
        let wrong = wrong.clamp(1, afforded.isqrt().max(1));
        Width {
            beam: (afforded / wrong).clamp(1, BEAM),
            wrong,
        }
    }

    fn met(&self, a: Id, b: Id) -> i64 {
        self.met.get(&(a.min(b), a.max(b))).copied().unwrap_or(0)
    }

    fn with(&self, person: Id, team: &[Id]) -> i64 {
        team.iter()
            .filter(|mate| **mate != person)
            .map(|mate| self.met(person, *mate))
            .sum()
    }

    fn off(&self, size: usize) -> usize {
        match size {
            0 => 0,
            size => self.size.min.saturating_sub(size) + size.saturating_sub(self.size.max),
        }
    }

    fn score(&self, state: &State) -> Score {
        Score {
            broken: self.newly_broken(state),
            off: self.off_in(state),
            moves: self.moves(state).len(),
            repeats: state.repeats,
        }
    }

    /// How far the sizes of all teams are off.
    fn off_in(&self, state: &State) -> usize {
        state.teams.iter().map(|team| self.off(team.len())).sum()
    }

    /// Rules that teams break and the round did not.
    fn newly_broken(&self, state: &State) -> usize {
        if self.rules.is_empty() {
            return 0;
        }
        let before = places(self.teams.iter().map(|(_, team)| team));
        let now = places(&state.teams);
        let broken =
            |(a, b, together): &(Id, Id, bool), team_of: &HashMap<Id, usize>| match (team_of.get(a), team_of.get(b)) {
                (Some(one), Some(other)) => (one == other) != *together,
                _ => false,
            };
        let rules = self.rules.iter();
        rules
            .filter(|rule| broken(rule, &now) && !broken(rule, &before))
            .count()
    }

    /// The best of the states, each once.
    fn best(&self, states: Vec<State>, keep: usize) -> Vec<State> {
        let mut seen = BTreeSet::new();
        let fresh = states.into_iter().filter(|state| {
            let mut teams = state.teams.clone();
            teams.iter_mut().for_each(|team| team.sort_unstable());
            seen.insert(teams)
        });
        let mut scored: Vec<(Score, State)> = fresh.map(|state| (self.score(&state), state)).collect();
        scored.sort_by_key(|(score, _)| *score);
        scored.truncate(keep);
        scored.into_iter().map(|(_, state)| state).collect()
    }

    fn places_for(&self, state: &State, newcomer: Id) -> Vec<State> {
        let clashes = |team: &[Id]| {
            let others = self.rules.iter().filter_map(|(a, b, together)| match newcomer {
                id if id == *a => Some((b, together)),
                id if id == *b => Some((a, together)),
                _ => None,
            });
            others
                .filter(|(other, together)| team.contains(other) != **together)
                .count()
        };
        let teams = state.teams.iter().enumerate().filter(|(_, team)| !team.is_empty());
        let weighed =
            |(to, team): (usize, &Vec<Id>)| (clashes(team), self.off(team.len() + 1), self.with(newcomer, team), to);
        let mut places: Vec<(usize, usize, i64, usize)> = teams.map(weighed).collect();
        places.sort_unstable();
        places.truncate(TRIED);
        let place = |(_, _, repeats, to): (usize, usize, i64, usize)| {
            let mut state = state.clone();
            state.teams.get_mut(to)?.push(newcomer);
            state.repeats += repeats;
            Some(state)
        };
        places.into_iter().filter_map(place).collect()
    }

    /// What can be done about the first teams of the wrong size.
    fn next(&self, state: &State, most: usize) -> Vec<State> {
        let wrong = state
            .teams
            .iter()
            .enumerate()
            .filter(|(_, team)| self.off(team.len()) > 0);
        wrong
            .take(most)
            .flat_map(|(at, team)| self.mended(state, at, team.len() < self.size.min))
            .collect()
    }

    fn mended(&self, state: &State, wrong: usize, small: bool) -> Vec<State> {
        let people = |at: usize| state.teams.get(at).into_iter().flatten().map(move |id| (*id, at));
        let others = (0..state.teams.len()).filter(|at| *at != wrong);
        let mut shifts: Vec<(usize, i64, Id, usize, usize)> = if small {
            others
                .flat_map(people)
                .map(|(id, from)| (id, from, wrong))
                .map(|s| self.weighed(state, s))
                .collect()
        } else {
            let to: Vec<usize> = others
                .filter(|at| state.teams.get(*at).is_some_and(|team| !team.is_empty()))
                .collect();
            let each = |(id, from): (Id, usize)| to.iter().map(move |to| (id, from, *to));
            people(wrong).flat_map(each).map(|s| self.weighed(state, s)).collect()
        };
        shifts.sort_unstable();
        shifts.truncate(TRIED);
        let shifted = shifts
            .into_iter()
            .map(|(_, _, id, from, to)| self.shifted(state, id, from, to));
        shifted
            .chain(small.then(|| self.dissolved(state, wrong)).flatten())
            .collect()
    }

    /// How far the two sizes are off after a shift, and what it costs in repeats.
    fn weighed(&self, state: &State, (id, from, to): (Id, usize, usize)) -> (usize, i64, Id, usize, usize) {
        let team = |at: usize| state.teams.get(at).map_or(&[][..], Vec::as_slice);
        let off = self.off(team(from).len().saturating_sub(1)) + self.off(team(to).len() + 1);
        (off, self.with(id, team(to)) - self.with(id, team(from)), id, from, to)
    }

    fn shifted(&self, state: &State, id: Id, from: usize, to: usize) -> State {
        let (_, repeats, ..) = self.weighed(state, (id, from, to));
        let mut state = state.clone();
        state.repeats += repeats;
        if let Some(team) = state.teams.get_mut(from) {
            team.retain(|member| *member != id);
        }
        if let Some(team) = state.teams.get_mut(to) {
            team.push(id);
        }
        state
    }

    /// Everybody of a team goes where it costs least.
    fn dissolved(&self, state: &State, at: usize) -> Option<State> {
        let members = state.teams.get(at)?.clone();
        members.into_iter().try_fold(state.clone(), |state, id| {
            let taking = state
                .teams
                .iter()
                .enumerate()
                .filter(|(to, team)| *to != at && !team.is_empty());
            let (_, _, id, from, to) = taking.map(|(to, _)| self.weighed(&state, (id, at, to))).min()?;
            Some(self.shifted(&state, id, from, to))
        })
    }

    fn moves(&self, state: &State) -> Vec<Move> {
        let mut now: BTreeMap<Id, Id> = BTreeMap::new();
        for ((team, _), members) in self.teams.iter().zip(&state.teams) {
            now.extend(members.iter().map(|id| (*id, *team)));
        }
        let mut moves = Vec::new();
        for (team, members) in &self.teams {
            for person in members {
                let to_team = now.remove(person);
                if to_team != Some(*team) {
                    let from_team = Some(*team);
                    moves.push(Move {
                        person: *person,
                        from_team,
                        to_team,
                    });
                }
            }
        }
        moves.extend(now.into_iter().map(|(person, team)| Move {
            person,
            from_team: None,
            to_team: Some(team),
        }));
        moves
    }

    fn proposal(&self, state: &State) -> Proposal {
        Proposal {
            moves: self.moves(state),
            sizes: state.teams.iter().map(Vec::len).collect(),
            repeats_delta: state.repeats,
            sizes_kept: self.off_in(state) == 0,
        }
    }
}

/// In which team each person is, by its place.
fn places<'t>(teams: impl IntoIterator<Item = &'t Vec<Id>>) -> HashMap<Id, usize> {
    let people = |(at, team): (usize, &'t Vec<Id>)| team.iter().map(move |id| (*id, at));
    teams.into_iter().enumerate().flat_map(people).collect()
}

#[cfg(test)]
mod tests;
