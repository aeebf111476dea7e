//! Checklists: what staff have to do for a cohort and for each of its weeks, made from templates of the campus, and ticked
//! item by item.

pub(crate) mod actions;
mod events;
pub mod http;
pub(crate) mod model;
mod proofs;
mod rules;
mod store;
