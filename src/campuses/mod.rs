//! Campuses: autonomous local organisations, each with a time zone, a working week and days off.
//! Whoever opens one becomes its organiser; joining is the consent to be enrolled, appointed and
//! seen by its staff.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
mod letters;
pub mod model;
mod notices;
mod proofs;
mod rules;
pub mod store;

pub use actions::leave_everywhere;
pub(crate) use letters::{closing_letters, letters};
pub(crate) use notices::{member_notices, staff_notices};
pub(crate) use proofs::{CampusKeeper, CampusOrganiser, CampusStaff, graduated_at};
