//! Decisions on accounts.

mod codes;
mod passwords;
mod resets;

pub use codes::{MOST_A_DAY, MOST_AN_HOUR, good_for, unusable};
pub use passwords::check_password;
pub use resets::may_grant_reset;
