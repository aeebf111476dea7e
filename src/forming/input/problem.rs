//! The validated problem: people and roles as dense indices, every demand known to make sense.

use std::fmt;

use crate::quality::bands::balance::Balance;
use crate::quality::roles::RolePlan;

/// People a problem may have at most; a pair matrix of this size still takes 8 MiB.
pub const MAX_PEOPLE: usize = 2_000;
/// Rounds, past and planned, a problem may have at most.
pub const MAX_ROUNDS: usize = 200;
/// Roles a problem may have at most.
pub const MAX_ROLES: usize = 32;
/// Constraints a problem may have at most.
pub const MAX_CONSTRAINTS: usize = 5_000;

/// Why a case is not a problem: a place (a JSON pointer) and a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProblemError {
    /// Where, as a JSON pointer; empty for the whole case.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.pointer.as_str() {
            "" => write!(f, "{}", self.message),
            pointer => write!(f, "{pointer}: {}", self.message),
        }
    }
}

impl std::error::Error for ProblemError {}

/// A person's position in [`Problem::people`].
pub type PersonIx = u16;

/// The teams of one round, by their position in the round's sizes.
pub type Teams = Vec<Vec<PersonIx>>;

/// A person of the cohort.
#[derive(Debug, Clone)]
pub struct Member {
    /// As in the case.
    pub id: String,
    /// From 0 to 5, in thousandths, so that sums are exact.
    pub experience: i64,
}

/// A round that has happened or is published.
#[derive(Debug, Clone)]
pub struct PastRound {
    /// Its first week.
    pub week: u32,
    /// Who was with whom.
    pub teams: Teams,
    /// Who had which role; a role that is no longer on the list is left out.
    pub roles: Vec<(PersonIx, usize)>,
}

impl PastRound {
    /// A planned round (its teams and roles as a list of one) as one that has happened.
    pub(crate) fn of(week: u32, teams: &[Teams], roles: &RolePlan) -> Self {
        let people = teams.iter().flatten().flatten().copied();
        let roles = people.zip(roles.iter().flatten().flatten().copied()).collect();
        Self {
            week,
            teams: teams.iter().flatten().cloned().collect(),
            roles,
        }
    }

    /// The round as it was to be planned: for those who were in it, with the sizes it had.
    pub(crate) fn as_round(&self, people: usize) -> Round {
        let mut here = vec![false; people];
        for &person in self.teams.iter().flatten() {
            here.get_mut(usize::from(person))
                .into_iter()
                .for_each(|here| *here = true);
        }
        let present = (0..)
            .zip(&here)
            .filter(|&(_, &here)| here)
            .map(|(person, _)| person)
            .collect();
        let sizes: Vec<usize> = self.teams.iter().map(Vec::len).collect();
        let (week, size_choices) = (self.week, vec![sizes.clone()]);
        Round {
            week,
            last_week: week,
            present,
            here,
            sizes,
            size_choices,
            other_splits: Vec::new(),
        }
    }
}

/// A round to be planned.
#[derive(Debug, Clone)]
pub struct Round {
    /// Its first week.
    pub week: u32,
    /// Its last week.
    pub last_week: u32,
    /// Who is there, in order.
    pub present: Vec<PersonIx>,
    /// The same as a row of flags.
    pub here: Vec<bool>,
    /// The size of each team.
    pub sizes: Vec<usize>,
    /// Every choice of sizes, when a range was asked for; `sizes` is one of them.
    pub size_choices: Vec<Vec<usize>>,
    /// Where demands are made on a range: its other splits, of which one is taken when the demands leave no choice.
    pub other_splits: Vec<Vec<usize>>,
}

/// A pair rule or one lock, by what it demands.
#[derive(Debug, Clone)]
pub struct Constraint {
    /// As in the case.
    pub id: String,
    /// What it demands.
    pub demand: Demand,
    /// The first and the last week in which it holds.
    pub weeks: (u32, u32),
}

/// What a constraint demands in each round it holds in.
#[derive(Debug, Clone)]
pub enum Demand {
    /// Not in one team.
    Apart(PersonIx, PersonIx),
    /// In one team whenever both are present.
    Together(PersonIx, PersonIx),
    /// All in the team of that index.
    Locked(usize, Vec<PersonIx>),
}

/// A case that has been checked: the only way to get one is [`Problem::new`].
#[derive(Debug, Clone)]
pub struct Problem {
    /// The case's id.
    pub id: String,
    /// Everybody.
    pub people: Vec<Member>,
    /// The roles' names.
    pub roles: Vec<String>,
    /// Published rounds, by week.
    pub past: Vec<PastRound>,
    /// Rounds to be planned, by week.
    pub rounds: Vec<Round>,
    /// Pair rules and locks.
    pub constraints: Vec<Constraint>,
    /// For each round to be planned, the teams it had in an earlier plan.
    pub previous: Vec<Option<Teams>>,
    /// What balance means here.
    pub balance: Balance,
    /// Rounds that should lie between two meetings of a pair.
    pub min_rounds_between: u16,
}

impl Problem {
    /// How many people there are.
    #[must_use]
    pub fn size(&self) -> usize {
        self.people.len()
    }

    /// The constraints that hold in a round.
    pub fn demands_in<'a>(&'a self, round: &Round) -> impl Iterator<Item = &'a Constraint> + use<'a> {
        let week = round.week;
        self.constraints
            .iter()
            .filter(move |c| c.weeks.0 <= week && week <= c.weeks.1)
    }

    /// The id of a person, for a report.
    #[must_use]
    pub fn name(&self, person: PersonIx) -> &str {
        self.people.get(usize::from(person)).map_or("", |p| &p.id)
    }
}

/// Experience in thousandths.
pub(crate) fn thousandths(experience: f64) -> i64 {
    (experience * 1000.0).round() as i64
}
