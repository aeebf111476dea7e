//! People and how they prove who they are: accounts with passwords, sessions that can be ended at
//! once, short-lived access tokens and rotating refresh tokens.

pub(crate) mod actions;
pub(crate) mod events;
mod hasher;
pub mod http;
mod key_files;
mod keys;
mod letters;
pub mod model;
pub mod rotation;
mod rules;
mod sealer;
pub mod store;
mod vault;

pub use hasher::Hasher;
pub use keys::{Keys, Noticed};
pub(crate) use letters::{account_letters, code_letters};
pub use rules::LOOKED_FOR;
pub use vault::Vault;
