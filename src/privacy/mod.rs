//! A person's right to their data: a copy of all that is stored about them, and its erasure. And a campus's: a copy
//! of all that belongs to it.

mod actions;
pub mod http;
mod model;
mod rules;
mod store;

pub use actions::erase;
pub use model::{CAMPUS_DATA, EXPORTED, LEFT_OUT, WITHHELD};
