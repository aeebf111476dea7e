//! Cohorts: dated runs of a programme at a campus, with their weeks and the projects built in them.

pub(crate) mod actions;
pub mod http;
pub mod model;
mod proofs;
mod rules;
pub mod store;

pub use actions::redate_planned;
pub use model::CohortStatus;
pub(crate) use proofs::{CohortInsider, CohortStaff, CohortStanding};
