//! Submissions, code reviews and discoveries as they are stored and asked for.

mod discovery;
mod hint;
mod issue;
mod review;
mod submission;

pub use discovery::{
    Discovery, DiscoveryPatch, DiscoverySelection, DiscoverySort, NewDiscovery, Position, search_words,
};
pub use hint::{AskedHint, Hint, HintPatch, HintRequest, HintText, NewHint};
pub use issue::{IssueChange, IssueCounts, IssueStatus, NewIssue, ReviewIssue};
pub use review::{Abandoned, AssignmentReason, CodeReview, CodeReviewPatch, ReviewStatus};
pub use submission::{Extension, NewExtension, NewSubmission, Submission};

pub use crate::teams::model::TeamName;
