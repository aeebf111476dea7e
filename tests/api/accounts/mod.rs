//! Accounts, sessions, tokens.

mod me;
mod register;
pub mod samples;
mod sessions;
pub mod sign_on;
