//! What happens to retros and actions. Nothing tells who voted for what, or who wrote an item.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Audience, Told},
    primitives::Id,
};

/// A retro, also what is written in it.
pub fn retro(cohort: Id, id: Id) -> Told {
    Told {
        object: "retro",
        id,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/retros/{id}"),
        audience: vec![Audience::Insiders],
    }
}

/// An action.
pub fn action(cohort: Id, id: Id) -> Told {
    Told {
        object: "action",
        id,
        href: format!("/v1/actions/{id}"),
        ..retro(cohort, id)
    }
}

/// Who looks after an action from now on: they are told if it was another's doing.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct NewOwner {
    pub owner_id: Id,
}
