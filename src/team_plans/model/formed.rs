//! What comes of forming teams: teams, or why there are none; and what an edit changes.

use schemars::JsonSchema;
use serde::Serialize;

use super::Report;
use crate::{primitives::Id, teams::model::Seated};

/// One thing that must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// A pair rule.
    Rule(Id),
    /// A lock, by its place in the request.
    Lock(usize),
    /// A team that a rerun keeps, by its place in the rerun's `keep`.
    Kept(usize),
}

/// Why there are no teams.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// The first week it shows in.
    pub week: i32,
    /// A smallest set of demands that cannot all be met.
    pub demands: Vec<Demand>,
    /// What would help, cheapest first.
    pub ways_out: Vec<WayOut>,
}

/// A change after which there are teams.
#[derive(Clone, Debug, PartialEq)]
pub struct WayOut {
    /// Demands to give up.
    pub drop: Vec<Demand>,
    /// In which weeks.
    pub weeks: Vec<i32>,
    /// Other sizes for the week's teams, everything else being kept.
    pub sizes: Option<Vec<usize>>,
}

/// Teams that meet every demand.
#[derive(Clone, Debug)]
pub struct Formed {
    /// The rounds, in order.
    pub rounds: Vec<Seated>,
    /// What they are worth.
    pub report: Report,
    /// The rounds after them, as they were planned along.
    pub planned_along: Vec<Seated>,
}

/// Why two people are together in a round, or are not.
#[derive(Clone, Debug, PartialEq)]
pub struct Why {
    /// Whether they are.
    pub together: bool,
    /// Those of the two who have no team in that round, so that nothing makes it otherwise.
    pub absent: Vec<Id>,
    /// The first weeks of the other rounds in which they are together, past and planned.
    pub other_weeks: Vec<i32>,
    /// The demands that want it so.
    pub demands: Vec<Demand>,
    /// The cheapest swap that makes it otherwise and breaks no demand, and what it changes.
    pub otherwise: Option<([Id; 2], Change)>,
    /// How many repeats it costs at least and at most with that round and later ones planned anew.
    pub price: Option<(i64, i64)>,
}

/// What changes from one plan to another, tier by tier; negative is better.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "TeamPlanChange")]
pub struct Change {
    /// Demands broken.
    pub violations: i64,
    /// Repeats.
    pub repeats: i64,
    /// Teams or people that miss a wish for balance.
    pub balance: i64,
    /// Roles held twice running, and teams that leave out a role they could cover.
    pub roles: i64,
    /// The report's `roles.spread`: the largest difference between how often one person has two roles.
    pub role_spread: i64,
    /// People who are in another team.
    pub people_moved: i64,
}
