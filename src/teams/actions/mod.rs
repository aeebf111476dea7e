//! What staff and students do with published teams.

mod encounters;
mod published;
mod repairs;

pub use encounters::{RoleLedger, encounters, role_ledger};
pub use published::{TeamView, WeekView, change_team, own_team, team, week_teams};
pub use repairs::{MadeRepair, OptionsFor, propose, repair, repairs};
