//! What people do with their accounts.

mod profile;
mod registration;
mod sessions;
mod sign_ons;

pub use profile::{change_me, me};
pub use registration::{may_register, register};
pub use sessions::{Exchange, Granted, Refreshed, begin_session, log_out, note_session, refresh, with_address};
pub use sign_ons::{Admission, begin_sign_on, link, sign_on, sign_ons, take_attempt, unlink};
