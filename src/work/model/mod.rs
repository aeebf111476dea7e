//! Submissions, code reviews and discoveries as they are stored and asked for.

mod discovery;
mod issue;
mod review;
mod submission;

use schemars::JsonSchema;
use serde::Serialize;

pub use discovery::{
    Discovery, DiscoveryPatch, DiscoverySelection, DiscoverySort, NewDiscovery, Position, search_words,
};
pub use issue::{IssueChange, IssueCounts, IssueStatus, NewIssue, ReviewIssue};
pub use review::{AssignmentReason, CodeReview, CodeReviewPatch, ReviewStatus};
pub use submission::{Extension, NewExtension, NewSubmission, Submission};

use crate::{
    primitives::{Id, Line},
    teams::model::Team,
};

/// A team, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TeamName {
    /// The team's id.
    pub id: Id,
    /// Name to show.
    pub name: Line,
}

impl From<&Team> for TeamName {
    fn from(team: &Team) -> Self {
        Self {
            id: team.id,
            name: team.name.clone(),
        }
    }
}
