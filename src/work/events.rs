//! What happens to submissions, reviews and discoveries, for notifications and lists of changes. Nobody is written to.

use serde::{Deserialize, Serialize};

use super::model::{Hint, IssueStatus};
use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, Instant, text_enum},
};

text_enum! {
    /// What happened to a submission.
    pub enum SubmissionChange {
        /// A team's work came in.
        Received = "submission.received",
    }
}

/// A team's work came in.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct SubmissionEvent {
    /// What it is about.
    pub kind: SubmissionChange,
    /// The submission.
    pub submission_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// Whose work it is.
    pub team_id: Id,
    /// Of which week.
    pub week: i32,
    /// Which version it is.
    pub number: i32,
    /// When it came.
    pub submitted_at: Instant,
    /// Whether it was late as it came; an extension may change that.
    pub late: bool,
}

event!(SubmissionEvent, "submission", submission_id; campus_id, cohort_id => |_| vec![Audience::Insiders]);

text_enum! {
    /// What happened to the code reviews of a week.
    pub enum RotationChange {
        /// They were shared out, or some of them anew.
        Assigned = "code_reviews.assigned",
    }
}

/// Which team reviews which.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct AssignedReview {
    /// The review.
    pub code_review_id: Id,
    /// Who reads.
    pub reviewing_team_id: Id,
    /// Whose code is read.
    pub reviewed_team_id: Id,
}

/// Code reviews of a week were shared out: one event for all, so that a front end tells each team once.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RotationEvent {
    /// What it is about.
    pub kind: RotationChange,
    /// The week; its id stays when one is inserted before it.
    pub week_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// The week's number.
    pub week: i32,
    /// Those that are new, or another team's now.
    pub reviews: Vec<AssignedReview>,
}

event!(
    RotationEvent, "week", week_id; campus_id, cohort_id => |_| vec![Audience::Insiders],
    at |event| format!("/v1/cohorts/{}/weeks/{}/code-reviews", event.cohort_id, event.week)
);

text_enum! {
    /// What happened to a code review.
    pub enum ReviewChange {
        /// The reviewing team has raised an issue, or says that it has read the code.
        Done = "code_review.done",
        /// Another team took it over.
        TakenOver = "code_review.taken_over",
    }
}

/// Something that happened to a code review.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ReviewEvent {
    /// What it is about.
    pub kind: ReviewChange,
    /// The review.
    pub code_review_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// Its week.
    pub week: i32,
    /// Who reads.
    pub reviewing_team_id: Id,
    /// Whose code is read.
    pub reviewed_team_id: Id,
}

event!(
    ReviewEvent, "code_review", code_review_id; campus_id, cohort_id => |_| vec![Audience::Insiders],
    at |event| format!("/v1/code-reviews/{}", event.code_review_id)
);

text_enum! {
    /// What happened to an issue of a code review.
    pub enum IssueChange {
        /// A reviewer found something.
        Raised = "review_issue.raised",
        /// The reviewed team answered.
        Answered = "review_issue.answered",
        /// Whoever raised it is content.
        Closed = "review_issue.closed",
    }
}

impl From<IssueStatus> for IssueChange {
    fn from(status: IssueStatus) -> Self {
        match status {
            IssueStatus::Open => Self::Raised,
            IssueStatus::Answered => Self::Answered,
            IssueStatus::Closed => Self::Closed,
        }
    }
}

/// Something that happened to an issue of a code review.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct IssueEvent {
    /// What it is about.
    pub kind: IssueChange,
    /// The issue.
    pub review_issue_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// The review it belongs to.
    pub code_review_id: Id,
    /// The review's week.
    pub week: i32,
    /// Who reads.
    pub reviewing_team_id: Id,
    /// Whose code is read.
    pub reviewed_team_id: Id,
    /// Who raised it.
    pub raised_by: Option<Id>,
}

event!(
    IssueEvent, "review_issue", review_issue_id; campus_id, cohort_id => |_| vec![Audience::Insiders],
    at |event| format!("/v1/review-issues/{}", event.review_issue_id)
);

text_enum! {
    /// What happened to a discovery.
    pub enum DiscoveryChange {
        /// Somebody shared it.
        Shared = "discovery.shared",
        /// It was removed again.
        Removed = "discovery.removed",
    }
}

/// Something that happened to a discovery.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct DiscoveryEvent {
    /// What it is about.
    pub kind: DiscoveryChange,
    /// The discovery.
    pub discovery_id: Id,
    /// The campus of its cohort.
    pub campus_id: Id,
    /// Its cohort.
    pub cohort_id: Id,
    /// The week in which it was shared.
    pub week: Option<i32>,
    /// The team of whoever shared it.
    pub team_id: Option<Id>,
}

event!(DiscoveryEvent, "discovery", discovery_id; campus_id, cohort_id => |_| vec![Audience::Insiders]);

/// A team's own due time in a week.
pub fn due_time(cohort: Id, team: Id) -> Told {
    for_insiders("due_time", cohort, team, format!("/v1/teams/{team}/submissions"))
}

/// A code review.
pub fn code_review(cohort: Id, id: Id) -> Told {
    for_insiders("code_review", cohort, id, format!("/v1/code-reviews/{id}"))
}

/// A discovery, also how many find it useful.
pub fn discovery(cohort: Id, id: Id) -> Told {
    for_insiders("discovery", cohort, id, format!("/v1/discoveries/{id}"))
}

/// A hint of an open project; others than those who write them know how many there are.
pub fn hint(of: &Hint) -> Told {
    let href = format!("/v1/projects/{}/hints", of.project_id);
    for_insiders("project_hint", of.cohort_id, of.id, href)
}

/// That a team has asked for a hint.
pub fn asked_hint(of: &Hint, team: Id) -> Told {
    Told {
        object: "hint_request",
        id: team,
        ..hint(of)
    }
}

/// What whoever sees inside the cohort reads.
fn for_insiders(object: &'static str, cohort: Id, id: Id, href: String) -> Told {
    Told {
        object,
        id,
        campus: None,
        cohort: Some(cohort),
        href,
        audience: vec![Audience::Insiders],
    }
}
