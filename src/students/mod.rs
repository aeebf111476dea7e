//! Students: enrolments in a cohort, invitations, absences, and the rules for who works with whom.

pub(crate) mod actions;
pub(crate) mod events;
pub mod http;
mod letters;
pub mod model;
mod notices;
mod proofs;
mod rules;
pub mod store;

pub(crate) use actions::withdraw_invitations;
pub use actions::{admit, export_csv, give_place_up, import};
pub(crate) use letters::letters;
pub use model::PairKind;
pub(crate) use notices::{cohort_notices, notices};
pub(crate) use proofs::RosterKeeper;
pub use rules::own_cohort::own_cohort;
