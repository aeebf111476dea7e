//! What people show of themselves.

mod visibility;

pub use visibility::{Visibility, VisibilityPatch};
