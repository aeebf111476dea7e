//! What has changed that the caller may see: as a list that goes on where it was left, and as a stream.
//!
//! A consumer of the outbox notes for each event by which channels it reaches those who may know of it. Which channels
//! somebody hears is asked at each read, so that what they may not see any more is told by nothing.

pub(crate) mod actions;
mod channels;
mod cursors;
pub mod http;
mod hub;
mod model;
mod rules;
mod source;
mod store;

pub use channels::{Channels, delete_old};
pub use cursors::Cursors;
pub use hub::{Doorkeeper, Hub, Reader};
pub use model::Bookmark;
