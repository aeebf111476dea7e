//! Published teams, repairs, encounters.

mod encounters;
mod names_and_roles;
mod reads;
mod repairs;
mod weeks;
