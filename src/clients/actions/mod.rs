//! Terms, clients and the steps that they take, their owners, and what is done when a time has come.

mod clients;
mod owners;
mod times;

pub use clients::{WholeClient, apply, change, get, list, list_own, overdue, save_terms, take_step, terms};
pub use owners::{accept, delete_owner, invitations, invite, revoke, withdraw_invitations};
pub use times::{leave_everywhere, send_reminders};
