//! Terms, clients and the steps that they take, their owners, workshops, and what is done when a time has come.

mod clients;
mod owners;
mod times;
mod workshops;

pub use clients::{WholeClient, apply, change, get, list, list_own, overdue, save_terms, take_step, terms};
pub use owners::{accept, delete_owner, invitations, invite, revoke, withdraw_invitations};
pub use times::{leave_everywhere, send_reminders};
pub use workshops::{
    ShownWorkshop, book, cancel_workshop, change_workshop, get_workshop, give_up, list_at, list_for, note_attendance,
    offer,
};
