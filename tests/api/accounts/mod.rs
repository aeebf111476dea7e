//! Accounts, sessions, tokens.

mod address_claims;
mod api_tokens;
mod by_mail;
mod code_expiry;
mod cookies;
mod fresh_log_in;
mod keys;
mod me;
mod merging;
mod methods;
mod own_sessions;
pub mod passkeys;
mod password_strength;
mod passwords;
mod register;
pub mod samples;
mod sessions;
pub mod sign_on;
mod standing;
mod totp;
