//! Pastoral care: carers, whom the organisers of a campus name, write notes about students that nobody but carers reads,
//! and raise flags for each other. Walks are pastoral mentor slots in which students choose a place.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub use notices::{notices, walk_notices};
pub(crate) use proofs::{
    CarerAtCampuses, CarersReader, PastoralCarer, RosterReader, SeenNote, SeenWalk, Walker, sees_walkers,
};
pub use store::{delete_old, is_carer};
