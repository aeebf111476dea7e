//! Published teams over HTTP.

mod all_repairs;
mod encounters;
mod operations;
mod published;
mod repairs;

pub use all_repairs::{list_student_teams, repair_all};
pub use encounters::{encounters, role_ledger};
pub use operations::operations;
pub use published::{change_team, explain_team, show_team, week_teams};
pub use repairs::{propose_repairs, repair, repairs};
