//! Accounts, sessions, tokens.

mod me;
mod register;
mod sessions;
