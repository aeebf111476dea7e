//! What staff and students do with published teams.

mod all_repairs;
mod damage;
mod encounters;
mod places;
mod published;
mod repairs;

pub use all_repairs::{AllNeeded, Needed, prepare as prepare_all, save as save_all};
pub use encounters::{RoleLedger, list_encounters, list_roles, list_turns};
// What the ledger of roles has.
pub use super::rules::LedgerEntry;
pub use places::{CurrentTeam, RoundDamage, list_damage, list_student_teams, own_teams};
pub use published::{TeamView, WeekView, explain_team, get_team, list_published_weeks, list_week_teams, update_team};
pub use repairs::{MadeRepair, OptionsFor, list_repairs, propose_repairs, repair};
