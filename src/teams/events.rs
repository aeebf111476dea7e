//! What changes of teams.

use super::model::Round;
use crate::{
    outbox::{Audience, Told},
    primitives::Id,
};

/// Those who see a round's teams.
fn viewers(round: &Round) -> Vec<Audience> {
    match round.published_at {
        Some(_) => vec![Audience::Insiders],
        None => vec![Audience::Staff],
    }
}

/// The teams of a round, which are published or no longer.
pub fn round(round: &Round) -> Told {
    Told {
        object: "round",
        id: round.id,
        campus: None,
        cohort: Some(round.cohort_id),
        href: format!("/v1/cohorts/{}/weeks/{}/teams", round.cohort_id, round.first_week),
        audience: vec![Audience::Insiders],
    }
}

/// A team of a round.
pub fn team(of: &Round, id: Id) -> Told {
    Told {
        object: "team",
        id,
        href: format!("/v1/teams/{id}"),
        audience: viewers(of),
        ..round(of)
    }
}
