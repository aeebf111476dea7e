//! People and their data: what they show of it, what is told of many without telling of one, a copy of all that is stored
//! about somebody, and its erasure. And a campus's: a copy of all that belongs to it.

mod actions;
mod copies;
pub mod http;
mod model;
mod rules;
mod store;

pub use actions::erase;
pub use copies::{CAMPUS_DATA, EXPORTED, LEFT_OUT, WITHHELD};
pub(crate) use rules::told_counts;
