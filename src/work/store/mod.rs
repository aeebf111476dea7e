//! Queries on submissions, code reviews and discoveries.

mod discoveries;
mod hints;
mod issues;
mod reviews;
mod submissions;

pub use discoveries::{
    delete_discovery, delete_mark, discoveries, discovery, insert_discovery, insert_mark, marked_by, read_words_again,
    shared_by, update_discovery,
};
pub use hints::{
    asked_hints, count_hint_texts, delete_hint, hint, hint_texts, hints, insert_asked_hint, insert_hint, update_hint,
    was_shown,
};
pub use issues::{insert_issue, issue_counts, issues, raised_by, update_issue};
pub use reviews::{
    delete_reviews, delete_reviews_of_weeks, insert_reviews, members_of_published_teams, reviews, reviews_of_week,
    update_review,
};
pub use submissions::{
    count_of_round, delete_extension, delete_extensions_of_round, extension, extensions_of_week, has_extensions,
    insert_submission, last_number, latest_of_week, move_extension, put_extension, submission, submissions,
    submissions_of_week, submitted_by,
};
