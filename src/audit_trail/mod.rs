//! Reading the audit trail: what was done at a campus, for its organisers, and what was done in one's own name. How it
//! is written is in `audit`.

mod actions;
pub mod http;
pub(crate) mod model;
mod store;
