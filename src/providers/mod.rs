//! Identity providers: services elsewhere that say who somebody is. This room speaks to them and checks what they say;
//! what follows from it is decided in [`accounts`](crate::accounts).
//!
//! It is a room of its own, and no part of the accounts, because it is all protocol: it knows neither the database nor
//! who asks, and it blocks, which nothing else that answers requests may do.

mod cached;
mod challenge;
mod client;
mod failure;
mod github;
mod id_token;
mod identity;
mod open_id;
mod provider;

pub use challenge::Challenge;
pub use identity::{Answer, Identity};
pub use provider::{Provider, Providers};
