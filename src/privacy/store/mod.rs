//! Queries on all that is stored about a person, and on all that belongs to a campus.

mod campus_data;
mod diversity;
mod erasure;
mod export;
mod mentions;
mod visibility;

pub use campus_data::write_campus_data;
pub use diversity::{Place, places};
pub use erasure::{delete_own, make_anonymous, other_names, studies, withdraw};
pub use export::export;
pub use mentions::change_mentions;
pub use visibility::{update_visibility, visibility};
