//! What people say of themselves and each other: manuals, progress logs and feedback among team mates.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub(crate) mod model;
mod proofs;
mod rules;
pub(crate) mod store;
