//! What teams are formed from.

use super::{Describer, PlanRequest, Snapshot};
use crate::{
    primitives::Id,
    teams::model::{Names, Seated, Span},
};

/// All that the team former needs, as one transaction saw it.
#[derive(Clone)]
pub struct FormingInput {
    /// Who asked.
    pub account: Id,
    /// The campus of the cohort.
    pub campus: Id,
    /// Whose teams.
    pub cohort: Id,
    /// What was asked for.
    pub request: PlanRequest,
    /// The rounds that teams are formed for.
    pub rounds: Vec<Span>,
    /// The rounds after them, which are planned along.
    pub later_rounds: Vec<Span>,
    /// The seed of this run.
    pub seed: i64,
    /// Rounds as they were planned before, from which the search begins.
    pub earlier: Vec<Seated>,
    /// The cohort.
    pub snapshot: Snapshot,
    /// What its people are called.
    pub names: Names,
}

impl FormingInput {
    /// What describes its demands.
    pub fn describer(&self) -> Describer<'_> {
        Describer {
            snapshot: &self.snapshot,
            request: &self.request,
            names: &self.names,
        }
    }
}
