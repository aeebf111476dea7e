//! What is right and what follows, without a database or a clock.

mod ledger;
mod own_team;
mod proposals;
mod repair;
mod turns;

pub use ledger::{LedgerEntry, ledger};
pub use own_team::{OwnTeam, Told, own_team};
pub use proposals::{Proposal, Repairing, propose};
pub use repair::{Move, OF_A_ROUND, Repaired, apply_moves, change_roles, check_repair, left};
pub use turns::{Turns, turns};
