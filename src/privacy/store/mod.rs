//! Queries on all that is stored about a person.

mod erasure;
mod export;
mod mentions;

pub use erasure::{delete_own, make_anonymous, other_names, studies, withdraw};
pub use export::export;
pub use mentions::change_mentions;
