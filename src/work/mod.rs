//! The week's work: what teams submit and whether it is late, which team reviews whose code, and what somebody found
//! that all can use.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub use actions::{teams_changed, unpublished, week_moved};
pub(crate) use notices::{due_notices, issue_notices, project_notices, review_notices, rotation_notices};
