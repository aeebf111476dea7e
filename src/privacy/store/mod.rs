//! Queries on what people show of themselves, on what is told of many, and what erases somebody.

mod diversity;
mod erasure;
mod mentions;
mod visibility;

pub use diversity::{Place, places};
pub use erasure::{delete_own, make_anonymous, other_names, studies, withdraw};
pub use mentions::change_mentions;
pub use visibility::{update_visibility, visibility};
