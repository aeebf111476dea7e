//! What is right and what follows, without a database or a clock.

mod ledger;
mod own_team;
mod repair;

pub use ledger::{LedgerEntry, ledger};
pub use own_team::{OwnTeam, own_team};
pub use repair::{Move, Proposal, Repaired, Repairing, apply_moves, check_repair, propose};
