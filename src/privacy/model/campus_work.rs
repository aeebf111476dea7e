//! The week's work at a campus, as its organisers take it along.

use super::rows::rows;
use crate::{
    db::schema::review_issues,
    primitives::{Id, Instant, Line, Text, Url},
};

rows! {
    /// An issue that was raised in a code review.
    ReviewIssueRow from review_issues {
        /// The issue's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The review.
        code_review_id: Id,
        /// In a few words.
        title: Line,
        /// What it is.
        body: Text,
        /// Where in the code.
        url: Option<Url>,
        /// Where it stands.
        status: String,
        /// What the reviewed team answered.
        answer: Option<Text>,
        /// Who raised it.
        raised_by: Option<Id>,
        /// Who answered.
        answered_by: Option<Id>,
        /// When.
        answered_at: Option<Instant>,
        /// When it was closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was raised.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }
}
