//! Cohorts: dated runs of a programme at a campus, with their weeks and the projects built in them.

pub mod model;
pub mod store;
