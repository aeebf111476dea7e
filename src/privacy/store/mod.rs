//! Queries on all that is stored about a person.

mod diversity;
mod erasure;
mod export;
mod mentions;
mod visibility;

pub use diversity::{Place, places};
pub use erasure::{delete_own, make_anonymous, other_names, studies, withdraw};
pub use export::export;
pub use mentions::change_mentions;
pub use visibility::{update_visibility, visibility};
