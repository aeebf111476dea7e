//! Terms, clients and the steps that they come, their owners, and what is done when a time has come.

mod clients;
mod owners;
mod times;

pub use clients::{WholeClient, apply, change, get, hanging, list, list_own, save_terms, take_step, terms};
pub use owners::{accept, invitations, invite, remove, revoke};
pub use times::{keep_time, leave_everywhere};
