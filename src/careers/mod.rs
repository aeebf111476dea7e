//! Careers: employers of a campus, the roles that they have to fill, and graduates whom they get to know, if these agree.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub(crate) mod model;
mod notices;
mod proofs;
mod rules;
pub(crate) mod store;

pub(crate) use actions::leave_everywhere;
pub(crate) use notices::{introduction_notices, role_notices};
