//! Decisions on accounts.

mod passwords;

pub use passwords::check_password;
