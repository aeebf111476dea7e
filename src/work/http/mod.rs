//! The week's work over HTTP.

mod discoveries;
mod extensions;
mod hints;
mod issues;
mod operations;
mod reviews;
mod submissions;

pub use discoveries::{
    change_discovery, delete_discovery, get_discovery, list_discoveries, mark_useful, share_discovery, unmark_useful,
};
pub use extensions::{end_extension, extend_due_time};
pub use hints::{change_hint, create_hint, delete_hint, list_hints, request_hint};
pub use issues::{change_review_issue, get_review_issue, list_review_issues, raise_review_issue};
pub use operations::operations;
pub use reviews::{assign_code_reviews, change_code_review, get_code_review, list_code_reviews, take_over_code_review};
pub use submissions::{get_submission, list_team_submissions, list_week_submissions, submit_work};
