//! What takes place in a cohort at a time: the sessions of its timetable and whatever else people come to; and who was
//! there. What happened to something is an event of `outbox`, and has nothing to do with these.

pub(crate) mod actions;
pub mod http;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;
mod told;

pub use actions::{clone_timetable, follow};
pub(crate) use notices::{event_notices, timetable_notices};
pub use store::delete_left_out;
