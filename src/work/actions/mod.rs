//! What people do with the week's work.

mod consequences;
mod discoveries;
mod extensions;
mod hints;
mod issues;
mod reviews;
mod rotation;
mod submissions;

pub use consequences::{teams_changed, unpublished, week_moved};
pub use discoveries::{
    SharedDiscovery, change as change_discovery, get as get_discovery, list as list_discoveries, mark, remove, share,
    unmark,
};
pub use extensions::{end as end_extension, extend};
pub use hints::{
    EarlierHint, HintOfTeam, HintsOfProject, ask as ask_hint, change as change_hint, create as create_hint,
    delete as delete_hint, list as list_hints,
};
pub use issues::{IssueWithPeople, change as change_issue, get as get_issue, list as list_issues, raise};
pub use reviews::{
    ReviewWithTeams, WeekReviews, abandoned, change as change_review, get as get_review, list as list_reviews,
    shares as review_shares, take_over,
};
pub use rotation::assign;
pub use submissions::{
    SubmissionWithDue, TeamWork, get as get_submission, list as list_submissions, list_week, submit,
};

// What is shown of what is decided.
pub use super::rules::Due;
