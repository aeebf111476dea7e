//! All the tolerance bands of a round together.
#![expect(
    clippy::indexing_slicing,
    reason = "people are validated indices; this runs inside the search loop"
)]

use super::experience::Experience;
use super::experienced_member::ExperiencedMember;
use super::group::{Key, key};
use super::majority::Majority;
use super::minority::Minority;
use crate::input::case::Case;
use crate::input::error::ProblemError;
use crate::input::people::{PersonIx, thousandths};
use crate::input::round::Round;

/// Groups that are watched at most; one of the 64 bits marks experience.
const MAX_GROUPS: usize = 63;
const EXPERIENCED: u64 = 1 << 63;

/// What a broken band weighs beside one unit (1 of squared deviation, in millionths) of imbalance:
/// more than a swap of two people can change, so bands come first.
pub(crate) const BREACH: i64 = 50_000_000;

/// What balance means in a cohort.
#[derive(Debug, Clone, Default)]
pub struct Balance {
    experience: Vec<i64>,
    tolerance: i64,
    /// Which groups a person belongs to, and whether they are experienced, as bits.
    groups_of: Vec<u64>,
    groups: Vec<Key>,
    majorities: Vec<usize>,
}

/// The bands of one round.
#[derive(Debug, Clone)]
pub(crate) struct BandLimits {
    experience: Experience,
    minority: Minority,
    majorities: Vec<Majority>,
    experienced_member: ExperiencedMember,
    /// What a team of a size costs for having so many of a group: squared deviations, in millionths.
    squares: Vec<i64>,
    groups: usize,
    /// One more than the largest team.
    side: usize,
}

/// How often each band is broken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Breaches {
    pub experience: u32,
    pub alone: u32,
    pub majority: u32,
    pub unguided: u32,
}

impl Breaches {
    pub(crate) fn total(self) -> u32 {
        self.experience + self.alone + self.majority + self.unguided
    }
}

impl Balance {
    /// Reads the bands and everybody's groups.
    pub(crate) fn new(case: &Case) -> Result<Self, ProblemError> {
        let rules = &case.balance;
        for (field, value) in [
            ("experience_tolerance", rules.experience_tolerance),
            ("experienced_from", rules.experienced_from),
        ] {
            if !(0.0..=100.0).contains(&value) {
                let message = format!("{value} is not a level of experience");
                return Err(ProblemError {
                    pointer: format!("/balance/{field}"),
                    message,
                });
            }
        }
        let mut balance = Self {
            tolerance: thousandths(rules.experience_tolerance),
            ..Self::default()
        };
        for person in &case.people {
            let mut bits = if person.experience >= rules.experienced_from {
                EXPERIENCED
            } else {
                0
            };
            for (attr, value) in &person.attrs {
                bits |= balance.group(attr, value);
            }
            balance.groups_of.push(bits);
            balance.experience.push(thousandths(person.experience));
        }
        let unwanted: Vec<Key> = rules.no_majority.iter().map(|g| key(&g.attr, &g.value)).collect();
        balance.majorities = (0..balance.groups.len())
            .filter(|&g| unwanted.contains(&balance.groups[g]))
            .collect();
        Ok(balance)
    }

    /// The bit of a group, which is made up when it is new; groups beyond the last bit have none.
    fn group(&mut self, attr: &str, value: &str) -> u64 {
        let key = key(attr, value);
        let known = self.groups.iter().position(|group| *group == key);
        let group = known.unwrap_or_else(|| {
            self.groups.push(key);
            self.groups.len() - 1
        });
        if group < MAX_GROUPS { 1 << group } else { 0 }
    }

    /// The bands of a round with these sizes.
    pub(crate) fn limits(&self, round: &Round, sizes: &[usize]) -> BandLimits {
        let present = || round.present.iter().map(|&p| usize::from(p));
        let count = |bit: u64| present().filter(|&p| self.groups_of[p] & bit != 0).count();
        let groups = self.groups.len().min(MAX_GROUPS);
        let counts: Vec<usize> = (0..groups).map(|g| count(1 << g)).collect();
        let side = sizes.iter().max().map_or(1, |size| size + 1);
        let majority = |&g: &usize| Majority::of(1 << g, counts[g], sizes);
        BandLimits {
            experience: Experience {
                total: present().map(|p| self.experience[p]).sum(),
                people: round.present.len() as i64,
                tolerance: self.tolerance,
            },
            minority: Minority::of(&counts, round.present.len()),
            majorities: self.majorities.iter().filter(|&&g| g < groups).map(majority).collect(),
            experienced_member: ExperiencedMember::of(EXPERIENCED, count(EXPERIENCED), sizes.len()),
            squares: squares(&counts, round.present.len(), side),
            groups,
            side,
        }
    }

    /// Which bands a team breaks.
    #[inline]
    pub(crate) fn breaches(&self, limits: &BandLimits, team: &[PersonIx]) -> Breaches {
        let groups = || team.iter().map(|&p| self.groups_of[usize::from(p)]);
        let sum = team.iter().map(|&p| self.experience[usize::from(p)]).sum();
        Breaches {
            experience: u32::from(limits.experience.broken(sum, team.len() as i64)),
            alone: limits.minority.alone(groups()),
            majority: limits.majorities.iter().map(|m| u32::from(m.broken(groups()))).sum(),
            unguided: u32::from(limits.experienced_member.broken(groups())),
        }
    }

    /// The squared imbalance of a team, in millionths: the tie-break inside the bands.
    #[inline]
    pub(crate) fn imbalance(&self, limits: &BandLimits, team: &[PersonIx]) -> i64 {
        let sum = team.iter().map(|&p| self.experience[usize::from(p)]).sum();
        let mut squares = limits.experience.deviation(sum, team.len() as i64).pow(2);
        for g in 0..limits.groups {
            let inside = |&p: &PersonIx| (self.groups_of[usize::from(p)] >> g & 1) as usize;
            let inside: usize = team.iter().map(inside).sum();
            squares += limits.squares[(g * limits.side + team.len()) * limits.side + inside];
        }
        squares
    }

    /// Bands first, then imbalance, in one number.
    #[inline]
    pub(crate) fn cost(&self, limits: &BandLimits, team: &[PersonIx]) -> i64 {
        i64::from(self.breaches(limits, team).total()) * BREACH + self.imbalance(limits, team)
    }

    /// Whether there is anything to balance at all.
    pub(crate) fn is_trivial(&self) -> bool {
        let mut levels = self.experience.clone();
        levels.dedup();
        let mut groups = self.groups_of.clone();
        groups.dedup();
        levels.len() <= 1 && groups.len() <= 1
    }
}

/// The table of [`BandLimits::squares`], by group, team size and how many of the group are inside.
fn squares(counts: &[usize], present: usize, side: usize) -> Vec<i64> {
    let (people, cells) = (
        present.max(1) as i64,
        (0..side).flat_map(|size| (0..side).map(move |k| (size, k))),
    );
    let square = |count: usize, size: usize, inside: usize| {
        ((inside as i64 * people - size as i64 * count as i64) * 500 / people).pow(2)
    };
    counts
        .iter()
        .flat_map(|&count| cells.clone().map(move |(size, inside)| square(count, size, inside)))
        .collect()
}

impl BandLimits {
    /// How often the bands are broken whatever is done, as far as counting shows.
    pub(crate) fn unavoidable(&self) -> Breaches {
        Breaches {
            experience: 0,
            alone: self.minority.unavoidable,
            majority: self.majorities.iter().map(|m| m.unavoidable).sum(),
            unguided: self.experienced_member.unavoidable,
        }
    }
}
