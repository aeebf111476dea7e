//! People and how they prove who they are: accounts with passwords, sessions that can be ended at
//! once, short-lived access tokens and rotating refresh tokens.

pub(crate) mod actions;
pub(crate) mod events;
mod hasher;
pub mod http;
mod keys;
mod letters;
pub mod model;
mod rules;
mod sealer;
pub mod store;
mod vault;

pub use hasher::Hasher;
pub(crate) use http::proved_with_otp;
pub use keys::Keys;
pub(crate) use letters::{account_letters, code_letters};
pub use vault::Vault;
