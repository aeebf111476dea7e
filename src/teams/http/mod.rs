//! Published teams over HTTP.

mod all_repairs;
mod encounters;
mod operations;
mod published;
mod repairs;

pub use all_repairs::{list_student_teams, repair_all};
pub use encounters::{list_encounters, list_roles};
pub use operations::operations;
pub use published::{explain_team, get_team, list_week_teams, update_team};
pub use repairs::{list_repairs, propose_repairs, repair};
