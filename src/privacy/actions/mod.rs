//! What people do with what is stored about them.

mod erasure;
mod export;

pub use erasure::{erase, erase_me};
pub use export::{export, export_campus};
