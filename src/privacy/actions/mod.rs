//! What people do with what is stored about them.

mod diversity;
mod erasure;
mod export;
mod visibility;

pub use diversity::diversity;
pub use erasure::{erase, erase_me};
pub use export::{export, export_campus};
pub use visibility::{change_visibility, visibility};
