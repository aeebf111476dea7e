//! Retros of teams and cohorts, and the actions that come of them.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub use actions::{open_actions, unpublished};
pub(crate) use notices::notices;
