//! Webhooks: servers of a campus that are told what happens there, by signed requests (Standard Webhooks). They are a
//! consumer of the outbox: the [`Intake`] writes one delivery for each event and webhook, and the [`Courier`] sends
//! them, those of one object in order, until they are taken or given up.

pub(crate) mod actions;
mod client;
mod courier;
mod events;
pub mod http;
mod intake;
mod letters;
pub mod model;
mod requests;
mod resolver;
mod rules;
mod signing;
mod store;

pub use courier::Courier;
pub use intake::Intake;
pub(crate) use letters::letters;
pub use store::delete_old;
