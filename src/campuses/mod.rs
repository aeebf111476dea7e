//! Campuses: autonomous local organisations, each with a time zone, a working week and days off.
//! Whoever opens one becomes its organiser; joining is the consent to be enrolled, appointed and
//! seen by its staff.

pub(crate) mod actions;
pub mod http;
pub mod model;
mod proofs;
mod rules;
pub mod store;

pub(crate) use proofs::{CampusOrganiser, CampusStaff};
