//! People and how they prove who they are: accounts with passwords or at identity providers, sessions that can be ended at
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
mod sign_on_mail;
pub mod store;
mod vault;

pub use hasher::Hasher;
pub(crate) use http::{FreshProof, proved_afresh};
pub use keys::{Keys, Noticed};
pub(crate) use letters::{account_letters, code_letters};
pub use rules::LOOKED_FOR;
pub use sealer::Sealer;
pub(crate) use sign_on_mail::sign_on_letters;
pub use vault::Vault;
