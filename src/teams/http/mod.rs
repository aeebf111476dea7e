//! Published teams over HTTP.

mod encounters;
mod operations;
mod published;
mod repairs;

pub use encounters::{encounters, role_ledger};
pub use operations::operations;
pub use published::{change_team, explain_team, show_team, week_teams};
pub use repairs::{propose_repairs, repair, repairs};
