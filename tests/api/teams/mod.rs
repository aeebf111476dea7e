//! Published teams, repairs, encounters.

mod encounters;
mod reads;
mod repairs;
mod weeks;
