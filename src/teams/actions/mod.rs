//! What staff and students do with published teams.

mod all_repairs;
mod damage;
mod encounters;
mod places;
mod published;
mod repairs;

pub use all_repairs::{AllNeeded, Needed, prepare as prepare_all, save as save_all};
pub use encounters::{RoleLedger, encounters, role_ledger};
pub use places::{Place, places_of};
pub use published::{TeamView, WeekView, change_team, own_team, team, week_teams};
pub use repairs::{MadeRepair, OptionsFor, propose, repair, repairs};
