//! Decisions on accounts.

mod codes;
mod passwords;
mod resets;
mod sign_ons;

pub use codes::{MOST_A_DAY, MOST_AN_HOUR, good_for, unusable};
pub use passwords::check_password;
pub use resets::may_grant_reset;
pub use sign_ons::{SIGN_ON_TIME, WayIn, first_name, is_in_time, may_enter, may_unlink, way_in};
