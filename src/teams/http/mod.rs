//! Teams over HTTP.

mod edits;
mod encounters;
mod plans;
mod repairs;
mod weeks;

pub use edits::{explain, move_person, preview_swap, publish, swap};
pub use encounters::encounters;
pub use plans::{create, discard, list, show};
pub use repairs::{propose_repairs, repair, repairs};
pub use weeks::{change_team, show_team, week_teams};
