//! What progress logs and feedback obey.

mod feedback;

pub use feedback::{check_window, is_due, taken_of, week_of, window};

use crate::primitives::Bound;

/// What one person can note.
pub const LOGS: Bound = Bound {
    most: 2000,
    whose: "one person",
    what: "progress logs of yours",
    remedy: "Remove one first.",
};
