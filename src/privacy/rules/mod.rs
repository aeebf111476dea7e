//! What becomes of people's data, and what can be told of many.

mod diversity;
mod erasure;
mod suppression;

pub use diversity::{Student, Window, windows};
pub use erasure::{ERASED_NAME, last_day, without_names};
pub use suppression::told as told_counts;
