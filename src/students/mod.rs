//! Students: enrolments in a cohort, invitations, absences, and the rules for who works with whom.

pub mod model;
pub mod store;
