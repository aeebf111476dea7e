//! What a board makes of what it reads.

mod attention;
mod fairness;

pub use attention::{Facts, OpenAction, WeekFacts, attention, weeks_to_submit_in};
pub use fairness::{average, notes, own_notes, rounded};

use crate::primitives::Id;

/// Whether an action of this team and owner concerns somebody in `own` team: it is the whole cohort's, their team's or
/// their own, or nobody looks after it and it is of a team they were in before, `earlier`.
pub fn concerns(team: Option<Id>, owner: Option<Id>, (own, earlier): (Option<Id>, &[Id]), person: Id) -> bool {
    let is_left = owner.is_none() && team.is_some_and(|team| earlier.contains(&team));
    team.is_none() || team == own || owner == Some(person) || is_left
}
