//! What was found in a code review.

use diesel::prelude::*;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    audit::audited,
    db::schema::review_issues,
    primitives::{Field, Id, Instant, Line, Text, Url, text_enum},
};

text_enum! {
    /// Where an issue stands.
    pub enum IssueStatus {
        /// Raised.
        Open = "open",
        /// The reviewed team has said or done something about it.
        Answered = "answered",
        /// Whoever raised it is content.
        Closed = "closed",
    }
}

/// Something that a reviewer found.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = review_issues, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct ReviewIssue {
    pub id: Id,
    pub cohort_id: Id,
    pub code_review_id: Id,
    pub title: Line,
    pub body: Text,
    /// Where it is, such as a line of code.
    pub url: Option<Url>,
    pub status: IssueStatus,
    /// What the reviewed team says.
    pub answer: Option<Text>,
    pub raised_by: Option<Id>,
    pub answered_by: Option<Id>,
    pub answered_at: Option<Instant>,
    pub closed_at: Option<Instant>,
    pub version: i64,
    pub created_at: Instant,
    pub updated_at: Instant,
}

audited!(ReviewIssue { status; answer });

/// Something that a reviewer found, as it is raised.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({
    "title": "The search forgets accents", "body": "Looking for `Jose` does not find José.",
    "url": "https://github.com/fac14/week1-team1/blob/main/src/search.js#L12",
}))]
pub struct NewIssue {
    /// What it is, in one line.
    pub title: Line,
    /// What is wrong and how one sees it, in Markdown.
    pub body: Text,
    /// Where it is, such as a line of code.
    #[serde(default)]
    pub url: Option<Url>,
}

/// What becomes of an issue.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(example = serde_json::json!({"status": "answered", "answer": "Fixed: the search folds accents now."}))]
pub struct IssueChange {
    /// `answered` by the reviewed team, `closed` by whoever raised it.
    pub status: IssueStatus,
    /// What the reviewed team says; only with `answered`. Left out, an earlier answer stays.
    #[serde(default)]
    pub answer: Field<Text>,
}

/// How many issues of a review there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IssueCounts {
    /// Raised.
    pub open: i64,
    /// Answered by the reviewed team.
    pub answered: i64,
    /// Closed by whoever raised them.
    pub closed: i64,
}

impl IssueCounts {
    /// So many more with this status.
    pub fn add(&mut self, status: IssueStatus, count: i64) {
        match status {
            IssueStatus::Open => self.open += count,
            IssueStatus::Answered => self.answered += count,
            IssueStatus::Closed => self.closed += count,
        }
    }

    /// All of them.
    pub fn total(self) -> i64 {
        self.open + self.answered + self.closed
    }
}
