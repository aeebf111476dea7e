//! Queries on all that is stored about a person, and on all that belongs to a campus.

mod campus_data;
mod erasure;
mod export;
mod mentions;

pub use campus_data::write_campus_data;
pub use erasure::{delete_own, make_anonymous, other_names, studies, withdraw};
pub use export::export;
pub use mentions::change_mentions;
