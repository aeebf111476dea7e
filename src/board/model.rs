//! What is composed.

mod fairness;

pub use fairness::{FairnessNote, StudentAverage, StudentShare};

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    primitives::text_enum,
    teams::model::{PersonName, TeamName},
};

text_enum! {
    /// Why something needs the staff.
    pub enum AttentionKind {
        /// A week that begins soon has no published teams.
        UnpublishedWeek = "unpublished_week",
        /// Somebody in a published team has left or misses the whole round.
        LeftTeam = "left_team",
        /// A student is in no team of a published round.
        WithoutTeam = "without_team",
        /// A team has submitted nothing, and its work is due.
        SubmissionMissing = "submission_missing",
        /// The time for a code review has passed, and nobody has done it.
        ReviewAbandoned = "review_abandoned",
        /// An action is open though it was to be done.
        ActionOverdue = "action_overdue",
        /// Nobody looks after an action.
        ActionUnowned = "action_unowned",
        /// A week that begins soon lacks mentors.
        MentorsMissing = "mentors_missing",
        /// One mentor would be alone in a week.
        MentorAlone = "mentor_alone",
        /// Somebody who mentors soon has often been expected and did not come.
        MentorOftenMissed = "mentor_often_missed",
        /// Applications wait for a decision, and the day on which decisions were to be told is over.
        DecisionsOverdue = "decisions_overdue",
        /// The trial week is over, and of somebody it is not noted whether they came.
        TrialUnnoted = "trial_unnoted",
        /// A student misses a week, or days of it.
        Absence = "absence",
        /// Nobody has answered an invitation.
        InvitationUnanswered = "invitation_unanswered",
        /// Something on a checklist is not done.
        ChecklistUndone = "checklist_undone",
        /// The next step of a client is awaited for longer than the campus says.
        ClientWaiting = "client_waiting",
        /// A role at an employer waits for the staff to approve it.
        RoleUnapproved = "role_unapproved",
        /// Students who have not worked together late in the cohort.
        NeverMet = "never_met",
    }
}

/// Something that needs the staff.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct AttentionItem {
    /// What it is.
    pub kind: AttentionKind,
    /// The week it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub week: Option<i32>,
    /// The person it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonName>,
    /// The team it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamName>,
    /// What it is about in people's own words: the text of an action, the name of a checklist or of a client, the title of a role, or
    /// the invited person's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// In a few words.
    pub title: String,
    /// What to do about it.
    pub detail: String,
    /// The path of the API with what it is about.
    pub href: String,
}
