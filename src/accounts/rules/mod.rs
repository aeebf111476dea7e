//! Decisions on accounts.

mod devices;
mod passwords;
mod second_factor;
mod totp;

pub use devices::device_name;
pub use passwords::check_password;
pub use second_factor::{Otp, RECOVERY_CODES, recovery_code, wait};
pub use totp::{base32, otpauth_url, step_of};
