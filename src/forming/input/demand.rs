//! What must hold of teams.

use super::people::PersonIx;

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
