//! What retros and actions obey.

mod actions;
mod closing;
mod voting;

pub use actions::{changed as changed_action, comes_back, unless_explained, unless_short};
pub use closing::{Top, top};
pub use voting::{check_editable, check_open as check_retro_open, check_vote, left_in_all, votes_each, votes_left};

use crate::primitives::Bound;

/// What one person can write in a retro.
pub const ITEMS: Bound = Bound {
    most: 50,
    whose: "one person",
    what: "items of yours in this retro",
    remedy: "Remove one first.",
};

/// What is or was to be done in a cohort, in all of its weeks.
pub const ALL_ACTIONS: Bound = Bound {
    most: 5_000,
    whose: "a cohort",
    what: "actions",
    remedy: "Change one that is there.",
};

/// What is to be done in a cohort at one time.
pub const ACTIONS: Bound = Bound {
    most: 500,
    whose: "a cohort",
    what: "open actions",
    remedy: "Finish some, or drop them with a note.",
};
