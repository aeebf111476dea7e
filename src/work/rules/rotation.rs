//! Which team reviews which. Teams change, so what counts is people: the fewest pairs of a reviewer and somebody reviewed
//! for whom it is not the first time.

use std::collections::{BTreeMap, BTreeSet};

use super::assignment::cheapest;
use crate::{primitives::Id, work::model::AssignmentReason};

/// One more pair that repeats weighs more than all that can be said about how often.
const REPEAT: i64 = 1 << 20;
/// A second review for one team weighs more than any repeats.
const ONE_MORE: i64 = 1 << 40;
/// A team does not review itself.
const NEVER: i64 = 1 << 50;

/// A team of the week.
#[derive(Clone, Debug)]
pub struct ReviewTeam {
    pub id: Id,
    pub members: Vec<Id>,
}

/// How often somebody, the first, has reviewed somebody.
#[derive(Clone, Debug, Default)]
pub struct History(BTreeMap<(Id, Id), i64>);

impl History {
    /// Everybody of one team has reviewed everybody of another.
    pub fn add(&mut self, reviewers: &[Id], reviewed: &[Id]) {
        for pair in pairs(reviewers, reviewed) {
            *self.0.entry(pair).or_default() += 1;
        }
    }

    fn times(&self, pair: (Id, Id)) -> i64 {
        self.0.get(&pair).copied().unwrap_or_default()
    }

    fn cost(&self, reviewing: &ReviewTeam, reviewed: &ReviewTeam) -> i64 {
        if reviewing.id == reviewed.id {
            return NEVER;
        }
        let times = pairs(&reviewing.members, &reviewed.members).map(|pair| self.times(pair));
        times.map(|times| if times > 0 { REPEAT + times } else { 0 }).sum()
    }
}

fn pairs<'a>(reviewers: &'a [Id], reviewed: &'a [Id]) -> impl Iterator<Item = (Id, Id)> + 'a {
    let with_all = move |reviewer: &'a Id| reviewed.iter().map(move |one| (*reviewer, *one));
    reviewers.iter().flat_map(with_all).filter(|(a, b)| a != b)
}

/// One team reviews another.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairing {
    pub reviewed: Id,
    pub reviewing: Id,
    pub reason: AssignmentReason,
    /// Pairs of a reviewer and somebody reviewed, and those who were that before.
    pub pairs: usize,
    pub repeats: usize,
}

/// A pair of teams, with what is to be said of it.
fn pairing(reviewing: &ReviewTeam, reviewed: &ReviewTeam, history: &History, reason: AssignmentReason) -> Pairing {
    let repeats = pairs(&reviewing.members, &reviewed.members).filter(|pair| history.times(*pair) > 0);
    Pairing {
        reviewed: reviewed.id,
        reviewing: reviewing.id,
        reason,
        pairs: pairs(&reviewing.members, &reviewed.members).count(),
        repeats: repeats.count(),
    }
}

/// A review that is there: who had it first, and whether something has come of it, so that it stays.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    pub reviewed: Id,
    pub reviewing: Id,
    pub is_begun: bool,
}

/// The reviews to be made or given to another team, so that each team is reviewed by another and reviews one: of a week
/// without reviews all, else as few as can be. Reviews of teams that are not there any more and of which nothing has come
/// count for nothing.
pub fn rotation(teams: &[ReviewTeam], history: &History, standing: &[Standing]) -> Vec<Pairing> {
    if teams.len() < 2 {
        return Vec::new();
    }
    let is_there = |id: Id| teams.iter().any(|team| team.id == id);
    let stays = |review: &&Standing| review.is_begun || is_there(review.reviewed) && is_there(review.reviewing);
    let kept: Vec<Standing> = standing.iter().filter(stays).copied().collect();
    let reviewed: BTreeSet<Id> = kept.iter().map(|review| review.reviewed).collect();
    let busy: BTreeSet<Id> = kept.iter().map(|review| review.reviewing).collect();
    let open: Vec<&ReviewTeam> = teams.iter().filter(|team| !reviewed.contains(&team.id)).collect();
    let free: Vec<&ReviewTeam> = teams.iter().filter(|team| !busy.contains(&team.id)).collect();
    let reason = match standing.is_empty() {
        true => AssignmentReason::Rotation,
        false => AssignmentReason::Joined,
    };
    let pair = |(reviewing, reviewed): (&ReviewTeam, &ReviewTeam)| pairing(reviewing, reviewed, history, reason);
    let of_id = |id: Id| teams.iter().find(|team| team.id == id);
    if let ([newcomer], [other]) = (open.as_slice(), free.as_slice())
        && newcomer.id == other.id
    {
        // Alone it can review nobody but itself: it steps in between two others.
        let between = |review: &Standing| Some((of_id(review.reviewing)?, of_id(review.reviewed)?));
        let split = kept.iter().filter(|review| !review.is_begun).filter_map(between);
        let cost = |(before, after): &(&ReviewTeam, &ReviewTeam)| {
            history.cost(before, newcomer) + history.cost(newcomer, after)
        };
        if let Some((before, after)) = split.min_by_key(cost) {
            return [(before, *newcomer), (*newcomer, after)].map(pair).into();
        }
    }
    // Whoever has none first; one more for another where these are too few.
    let reviewers: Vec<(&ReviewTeam, i64)> = (free.iter().map(|team| (*team, 0)))
        .chain(teams.iter().map(|team| (team, ONE_MORE)))
        .collect();
    let row = |reviewed: &&ReviewTeam| -> Vec<i64> {
        let cost = |(reviewing, more): &(&ReviewTeam, i64)| history.cost(reviewing, reviewed) + more;
        reviewers.iter().map(cost).collect()
    };
    let costs: Vec<Vec<i64>> = open.iter().map(row).collect();
    let chosen = cheapest(&costs).into_iter().zip(&open);
    let found = chosen.filter_map(|(column, reviewed)| Some((reviewers.get(column)?.0, *reviewed)));
    found.map(pair).collect()
}

#[cfg(test)]
mod tests;
