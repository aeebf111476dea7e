//! What each person got and did not get.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::teams::model::PersonName;

/// What a student got in published rounds.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StudentShare {
    /// In how many rounds they were in a team.
    pub rounds: usize,
    /// How often they met somebody again with whom they had been in a team.
    pub repeats: usize,
    /// How many members their teams were short of the largest of the round, over all rounds.
    pub smaller_team: usize,
    /// How many that would be if all who were there had had as many.
    pub smaller_team_share: f64,
    /// How often they had each role.
    pub roles: BTreeMap<String, usize>,
    /// Code reviews that their teams were given.
    pub reviews_assigned: usize,
    /// Those that their teams did.
    pub reviews_done: usize,
    /// Code reviews of their teams' work that were done.
    pub reviews_had: usize,
}

/// What the students of a cohort have on average.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StudentAverage {
    /// Rounds in a team.
    pub rounds: f64,
    /// Meetings with somebody whom they had met.
    pub repeats: f64,
    /// Members that their teams were short of the largest.
    pub smaller_team: f64,
    /// How often they had each role.
    pub roles: BTreeMap<String, f64>,
    /// Code reviews that their teams were given.
    pub reviews_assigned: f64,
    /// Those that their teams did.
    pub reviews_done: f64,
    /// Code reviews of their teams' work that were done.
    pub reviews_had: f64,
}

/// Something that is uneven by more than one.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct FairnessNote {
    /// What: a field of the rows, such as `repeats`; of a role `roles.` and its name.
    pub measure: String,
    /// Who has the most of it, or the caller.
    pub person: PersonName,
    /// In a sentence.
    pub detail: String,
}
