//! Decisions on accounts.

mod api_tokens;
mod codes;
mod devices;
mod freshness;
mod keys;
mod merging;
mod passkeys;
mod passwords;
mod resets;
mod second_factor;
mod sign_ons;
mod totp;
mod tries;

pub use api_tokens::new_api_token;
pub use codes::{MOST_A_DAY, MOST_AN_HOUR, good_for, unusable};
pub use devices::device_name;
pub use freshness::is_fresh;
pub use keys::{LOOKED_FOR, alone_from, signer, signs_from, spent};
pub use merging::{may_merge, no_such_account};
pub use passkeys::{PASSKEY_TIME, counts_on, is_for, may_add_passkey};
pub use passwords::{check_password, check_password_length};
pub use resets::{may_grant_reset, may_remove_second_factor, may_take_over};
pub use second_factor::{Otp, RECOVERY_CODES, proves_alone, recovery_code, wait};
pub use sign_ons::{SIGN_ON_TIME, WayIn, WaysIn, first_name, is_in_time, may_enter, may_remain, proves, way_in};
pub use totp::{base32, otpauth_url, step_of};
pub use tries::{MINUTES, most_tries};
