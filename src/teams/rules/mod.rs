//! What is right and what follows, without a database or a clock.

mod asked;
mod drafts;
mod edits;
mod encounters;
mod explanation;
mod ledger;
mod own_team;
mod publication;
mod repair;
mod telling;

pub use asked::{changed_meanwhile, rounds_ahead, rounds_to_form, seed_of};
pub use drafts::{are_same_teams, check_open, check_rerun, check_still_asked, gone_on_as, kept};
pub use edits::{Edit, apply, repeats_from, wrong_sizes};
pub use encounters::{Encounter, Encounters, encounters};
pub use explanation::{Explained, explain, tell_why, wrong_parameter};
pub use ledger::{LedgerEntry, ledger};
pub use own_team::{OwnTeam, own_team};
pub use publication::{check_no_reading_week, check_still_true, rounds_to_publish, weeks_published};
pub use repair::{Move, Proposal, Repaired, Repairing, apply_moves, check_repair, propose};
pub use telling::{Names, Told, infeasible, told};
