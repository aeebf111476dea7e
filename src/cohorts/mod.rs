//! Cohorts: dated runs of a programme at a campus, with their weeks and the projects built in them.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
pub mod model;
mod proofs;
mod rules;
pub mod store;

pub use actions::{calendar, follow_running, redate_planned, redate_running};
pub use model::CohortStatus;
pub(crate) use proofs::{CohortInsider, CohortStaff, CohortStanding};
pub use rules::{check_open, mentor_sees_inside};
