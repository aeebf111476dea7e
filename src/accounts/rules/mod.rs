//! Decisions on accounts.

mod passwords;
mod sign_ons;

pub use passwords::check_password;
pub use sign_ons::{SIGN_ON_TIME, WayIn, first_name, is_in_time, may_enter, may_unlink, way_in};
