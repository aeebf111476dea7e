//! Notices: what concerns one person, in the app and by mail, as they want it.
//!
//! A consumer of the outbox asks the feature that an event is of whom it concerns and what to tell them, and writes a notice
//! for each, as their settings of that moment say. So switching something on sends nothing of the past.

pub(crate) mod actions;
mod board;
mod digests;
pub mod http;
pub mod model;
mod notices;
mod rules;
pub(crate) mod store;
mod unsubscribing;

pub use board::NoticeBoard;
pub use digests::Digests;
pub use notices::{Notice, Notices};
pub use store::delete_old;
pub use unsubscribing::{Unsubscribing, Unwanted};
