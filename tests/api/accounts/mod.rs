//! Accounts, sessions, tokens.

mod me;
mod own_sessions;
mod register;
pub mod samples;
mod sessions;
mod totp;
