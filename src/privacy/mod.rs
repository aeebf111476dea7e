//! People and their data: what they show of it, a copy of all that is stored about them, and its erasure.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;

pub use actions::erase;
pub use model::{EXPORTED, WITHHELD};
