//! Published teams over HTTP.

mod all_repairs;
mod encounters;
mod operations;
mod published;
mod repairs;

pub use all_repairs::{list_student_teams, repair_all_teams};
pub use encounters::{list_encounters, list_roles};
pub use operations::operations;
pub use published::{change_team, explain_team, get_team, list_week_teams};
pub use repairs::{list_team_repairs, propose_repairs, repair_teams};
