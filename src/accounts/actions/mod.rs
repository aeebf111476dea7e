//! What people do with their accounts.

mod profile;
mod registration;
mod sessions;

pub use profile::{change_me, me};
pub use registration::{may_register, register};
pub use sessions::{Exchange, Granted, Refreshed, begin_session, log_out, note_session, refresh, with_address};
