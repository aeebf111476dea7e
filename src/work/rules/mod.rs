//! What submissions, reviews and discoveries obey.

mod assignment;
mod due;
mod hints;
mod issues;
mod reviews;
mod rotation;
mod submissions;

pub use due::Due;
pub use hints::{Asked, HINTS, TEXTS, ask, check_has_begun, check_is_open, check_unseen};
pub use issues::changed as changed_issue;
pub use reviews::{ReviewShare, load, may_be_taken_over, review_due, shares, taken_over_due, why};
pub use rotation::{History, Pairing, ReviewTeam, Standing, rotation};
pub use submissions::week_of;

/// Late work is taken until the cohort has graduated.
pub use crate::cohorts::check_open;

use crate::primitives::Bound;

/// What one person can submit for a team and week.
pub const SUBMISSIONS: Bound = Bound {
    most: 200,
    whose: "one person",
    what: "submissions of yours for this team and week",
    remedy: "The latest counts; another member of the team can submit a later one.",
};

/// What one person can raise in a code review.
pub const ISSUES: Bound = Bound {
    most: 200,
    whose: "one person",
    what: "issues of yours in this review",
    remedy: "Tell the team the rest yourself.",
};

/// What one person can share with a cohort.
pub const DISCOVERIES: Bound = Bound {
    most: 500,
    whose: "one person",
    what: "discoveries of yours in this cohort",
    remedy: "Remove one first.",
};
