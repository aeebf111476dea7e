//! The validated problem: people and roles as dense indices, every demand known to make sense.

use crate::input::demand::Constraint;
use crate::input::people::{Member, PersonIx};
use crate::input::round::{PastRound, Round};
use crate::input::rules::TeamRules;
use crate::quality::bands::balance::Balance;

/// People a problem may have at most; a pair matrix of this size still takes 8 MiB.
pub const MAX_PEOPLE: usize = 2_000;
/// Rounds, past and planned, a problem may have at most.
pub const MAX_ROUNDS: usize = 200;
/// Roles a problem may have at most.
pub const MAX_ROLES: usize = 32;
/// Constraints a problem may have at most.
pub const MAX_CONSTRAINTS: usize = 5_000;

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
    /// For each round to be planned, what it was in an earlier plan.
    pub previous: Vec<Option<PastRound>>,
    /// What balance means here.
    pub balance: Balance,
    /// Rounds that should lie between two meetings of a pair.
    pub min_rounds_between: u16,
    /// What is asked of the plan as a whole.
    pub rules: TeamRules,
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
