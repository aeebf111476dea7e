//! What people do with their accounts.

mod addresses;
mod codes;
mod passwords;
mod profile;
mod registration;
mod sessions;
mod sign_ons;

pub use addresses::{AddressChange, confirm_change, request_change, request_verification, verify};
pub use passwords::{change_password, grant_reset, insert_granted, request_reset, reset, reset_by, tell};
pub use profile::{change_me, me};
pub use registration::{Registration, may_register, open_requested, register, request_account};
pub use sessions::{Exchange, Granted, Refreshed, begin_session, log_out, note_session, refresh, with_address};
pub use sign_ons::{Admission, begin_sign_on, link, sign_on, sign_ons, take_attempt, unlink};
