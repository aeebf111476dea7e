//! Published teams, repairs, encounters.

mod all_repairs;
mod encounters;
mod names_and_roles;
mod reads;
mod repairs;
pub mod samples;
mod weeks;
