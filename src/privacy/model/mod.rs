//! What is stored about a person, as they get it.

mod account;
mod acts;
mod campus;
mod campus_cohorts;
mod campus_data;
mod campus_work;
mod care;
mod part;
mod reflection;
mod retros;
mod rows;
mod visibility;
mod work;

pub use account::{
    ExportedAccount, ExportedApiToken, ExportedCalendarFeed, ExportedEvent, ExportedKeptAnswer, ExportedMail,
    ExportedMailedCode, ExportedMembership, ExportedNotification, ExportedNotificationSetting, ExportedPasskey,
    ExportedRemoval, ExportedSecondFactor, ExportedSession, ExportedSignOn, ExportedSignOnAttempt, ExportedStaffRole,
};
pub use acts::{
    ExportedAuditEntry, ExportedHandOver, ExportedJob, ExportedMadePairRule, ExportedMentorAllocation,
    ExportedMentorCompanion, ExportedMentorPreference, ExportedMentorSwapOffer, ExportedMentorThanks,
    ExportedMentorWish, ExportedNotedAbsence, ExportedNotedAttendance, ExportedNotedDayAbsence, ExportedSentInvitation,
    ExportedSentStaffInvitation, ExportedSignUp, ExportedTeamPlan, ExportedTeamPlanChange, ExportedTeamRepair,
    ExportedTickedItem,
};
pub use campus::{AlumniSourceRow, CampusRow, DayOffRow, MemberRow, PersonRow, ProgrammeRow, ProgrammeWeekRow};
pub use campus_cohorts::{
    CohortRow, MentorSlotRow, PairRuleRow, ProjectRow, PublishedWeekRow, RoundRow, TeamMemberRow, TeamPlanRow,
    TeamRepairRow, TeamRow, WeekRow,
};
pub use campus_data::{CAMPUS_DATA, CampusData, LEFT_OUT};
pub use campus_work::{
    ChecklistItemRow, ChecklistRow, ChecklistTemplateRow, EventRow, HintTextRow, ReviewIssueRow, SessionRow,
};
pub use care::{ExportedCare, ExportedWalkPlace, ExportedWrittenNote};
pub use part::{
    ExportedAbsence, ExportedClaimLink, ExportedConsent, ExportedDayAbsence, ExportedEnrolment, ExportedInvitation,
    ExportedMadeClaimLink, ExportedStaffInvitation, ExportedTeamPlace,
};
pub use reflection::{ExportedGivenFeedback, ExportedManual, ExportedProgressLog, ExportedReceivedFeedback};
pub use retros::{ExportedAction, ExportedRetro, ExportedRetroItem, ExportedRetroVote, RetroItemRow};
pub use visibility::{Visibility, VisibilityPatch};

pub use work::{
    ExportedAssignedReview, ExportedAttendance, ExportedCheckInTries, ExportedDiscovery, ExportedExtension,
    ExportedHint, ExportedHintRequest, ExportedIssueAnswer, ExportedRaisedIssue, ExportedSubmission,
    ExportedUsefulMark,
};

use schemars::JsonSchema;
use serde::Serialize;

use crate::primitives::Instant;

macro_rules! export {
    ($($(#[$meta:meta])* $section:ident: $row:ty,)*) => {
        /// All that is stored about a person.
        #[derive(Serialize, JsonSchema)]
        #[schemars(rename = "PersonalData")]
        pub struct Export {
            /// When it was read.
            pub exported_at: Instant,
            /// The account itself.
            pub account: ExportedAccount,
            $($(#[$meta])* pub $section: Vec<$row>,)*
        }

        /// The columns that an export has, by its sections.
        pub const EXPORTED: &[(&str, &[&str])] = &[
            ("account", ExportedAccount::COLUMNS),
            $((stringify!($section), <$row>::COLUMNS),)*
        ];
    };
}

export! {
    /// Sessions: from a log-in until they end.
    sessions: ExportedSession,
    /// The second factor that log-ins want.
    second_factors: ExportedSecondFactor,
    /// Passkeys that the person logs in with.
    passkeys: ExportedPasskey,
    /// Tokens with which programs act for the person.
    api_tokens: ExportedApiToken,
    /// Addresses at which calendar programs read what the person sees.
    calendar_feeds: ExportedCalendarFeed,
    /// Accounts elsewhere that the person logs in with.
    sign_ons: ExportedSignOn,
    /// Links to accounts elsewhere that have begun.
    sign_on_attempts: ExportedSignOnAttempt,
    /// Codes that were mailed for the account and still count. The codes themselves are not stored.
    mailed_codes: ExportedMailedCode,
    /// Mail to the account's address, if the address is proved. A text is removed when it has been sent.
    mail: ExportedMail,
    /// Campuses that the person has joined, or asked to join.
    memberships: ExportedMembership,
    /// Campuses whose staff removed the person or turned them down.
    removals: ExportedRemoval,
    /// Campuses on whose staff the person is.
    staff_roles: ExportedStaffRole,
    /// Cohorts in which the person is or was a student, with what the staff noted about them.
    enrolments: ExportedEnrolment,
    /// What the person has decided about uses of what they volunteer about themself.
    consents: ExportedConsent,
    /// Weeks that the person missed, with the reason that was given.
    absences: ExportedAbsence,
    /// Days that the person missed, with the reason that was given.
    day_absences: ExportedDayAbsence,
    /// Events that the person was at, or was not.
    attendances: ExportedAttendance,
    /// Codes that the person tried to check in with, and that were wrong.
    check_in_tries: ExportedCheckInTries,
    /// Published teams that the person is or was in, with their role.
    teams: ExportedTeamPlace,
    /// Work of their teams that the person handed in.
    submissions: ExportedSubmission,
    /// Issues that the person raised in code reviews.
    raised_issues: ExportedRaisedIssue,
    /// What the person answered to issues.
    issue_answers: ExportedIssueAnswer,
    /// What the person found and shared.
    discoveries: ExportedDiscovery,
    /// Discoveries that the person found useful.
    useful_marks: ExportedUsefulMark,
    /// Retros that the person opened.
    retros: ExportedRetro,
    /// What the person wrote in retros that go on. When one closes it is forgotten who wrote what.
    retro_items: ExportedRetroItem,
    /// What the person votes for in retros that go on.
    retro_votes: ExportedRetroVote,
    /// Actions that the person looks after.
    actions: ExportedAction,
    /// Campuses for whose students the person cares.
    pastoral_care: ExportedCare,
    /// Notes that the person wrote as a pastoral carer. What is in them is the business of those whom they are about.
    written_pastoral_notes: ExportedWrittenNote,
    /// Places of the person in walks.
    walk_places: ExportedWalkPlace,
    /// How the person works, in their own words.
    manuals: ExportedManual,
    /// What the person noted of their own progress.
    progress_logs: ExportedProgressLog,
    /// What the person told team mates.
    given_feedback: ExportedGivenFeedback,
    /// What team mates told the person, as far as it is shown to them.
    received_feedback: ExportedReceivedFeedback,
    /// Mentoring that the person signed up for.
    sign_ups: ExportedSignUp,
    /// What the person wrote for the mentors of the next week.
    hand_overs: ExportedHandOver,
    /// Campuses that may thank the person in public.
    mentor_thanks: ExportedMentorThanks,
    /// Places that the person offered to other mentors, or took over.
    mentor_swap_offers: ExportedMentorSwapOffer,
    /// What the person said with their wishes for mentoring.
    mentor_preferences: ExportedMentorPreference,
    /// Slots in which the person wishes to mentor.
    mentor_wishes: ExportedMentorWish,
    /// With whom the person wishes to mentor. Who wishes for the person is the business of those people.
    mentor_companions: ExportedMentorCompanion,
    /// Allocations of mentors' places that the person made.
    mentor_allocations: ExportedMentorAllocation,
    /// Invitations that the person accepted, or that wait at their address, if it is proved.
    invitations: ExportedInvitation,
    /// The same for invitations to the staff of a campus.
    staff_invitations: ExportedStaffInvitation,
    /// Links with which the person could take, or took, the place that was kept for them.
    claim_links: ExportedClaimLink,
    /// Invitations that the person sent. Whom they went to is the business of those people.
    sent_invitations: ExportedSentInvitation,
    /// Invitations to the staff of a campus that the person sent.
    sent_staff_invitations: ExportedSentStaffInvitation,
    /// Links that the person made for others.
    made_claim_links: ExportedMadeClaimLink,
    /// Absences that the person noted, of whom and when.
    noted_absences: ExportedNotedAbsence,
    /// Absences by day that the person noted, of whom and when.
    noted_day_absences: ExportedNotedDayAbsence,
    /// Who was at events, as the person noted.
    noted_attendances: ExportedNotedAttendance,
    /// Rules for who works with whom that the person made. Whom they are about is the business of those people.
    made_pair_rules: ExportedMadePairRule,
    /// Team plans that the person made.
    team_plans: ExportedTeamPlan,
    /// Changes to team plans that the person made.
    team_plan_changes: ExportedTeamPlanChange,
    /// Repairs of published teams that the person made.
    team_repairs: ExportedTeamRepair,
    /// More time that the person gave single teams.
    granted_extensions: ExportedExtension,
    /// Hints of open projects that they wrote.
    hints: ExportedHint,
    /// Hints that they asked for.
    hint_requests: ExportedHintRequest,
    /// Code reviews that the person shared out.
    assigned_code_reviews: ExportedAssignedReview,
    /// Items of checklists that the person ticked.
    ticked_items: ExportedTickedItem,
    /// Work that the person had the service do.
    jobs: ExportedJob,
    /// What the person was told.
    notifications: ExportedNotification,
    /// How the person wants to be told.
    notification_settings: ExportedNotificationSetting,
    /// What happened by the person's doing, as other parts of the service are told of it.
    events: ExportedEvent,
    /// Answers that are kept for 24 hours, and what is remembered of them for 30 days, in case a request is sent again.
    kept_answers: ExportedKeptAnswer,
    /// What was done in the person's name.
    audit_entries: ExportedAuditEntry,
}

/// Columns of tables with people in them that an export leaves out, with the reason.
pub const WITHHELD: &[(&str, &[&str])] = &[
    (
        "secrets, of which only a hash is stored, and what is kept to recognise a request",
        &[
            "people.password_hash",
            "second_factors.secret",
            "sign_on_attempts.secret_hash",
            "api_tokens.token_hash",
            "calendar_feeds.token_hash",
            "recovery_codes.person_id",
            "recovery_codes.code_hash",
            "mailed_codes.code_hash",
            "mailed_codes.password_hash",
            "invitations.token_hash",
            "staff_invitations.token_hash",
            "claim_links.token_hash",
            "events.secret",
            "idempotency_keys.fingerprint",
            "idempotency_keys.standings",
        ],
    ),
    (
        "rules of the staff for who works with whom: they are told in confidence, and are about two people",
        &[
            "pair_rules.person_a",
            "pair_rules.person_b",
            "pair_rules.from_week",
            "pair_rules.to_week",
        ],
    ),
    (
        "what pastoral carers noted in confidence: it may be about others too. The person asks a carer to show it",
        &["pastoral_notes.person_id", "pastoral_notes.text", "pastoral_notes.flag"],
    ),
    (
        "drafts of teams and their earlier versions: the staff's work, about everybody in the cohort",
        &[
            "team_plans.seed",
            "team_plans.request",
            "team_plans.report",
            "team_plans.planned_along",
            "plan_versions.restored",
            "plan_versions.seed",
            "plan_versions.planned_along",
            "plan_version_seats.plan_id",
            "plan_version_seats.version",
            "plan_version_seats.round_id",
            "plan_version_seats.team_id",
            "plan_version_seats.team_name",
            "plan_version_seats.team_position",
            "plan_version_seats.person_id",
            "plan_version_seats.role",
            "plan_version_seats.position",
            "team_repairs.before",
            "team_repairs.after",
            "jobs.request",
            "jobs.progress",
            "jobs.result",
            "jobs.problem",
        ],
    ),
    (
        "allocations of mentors' places: about everybody who wished; the person reads their own part at the allocation",
        &[
            "mentor_allocations.problem",
            "mentor_allocations.result",
            "mentor_allocations.commitment",
            "mentor_allocations.commitment_secret",
            "mentor_allocations.seed_given",
        ],
    ),
    (
        "what others said or are called, which the person can read elsewhere as far as they may",
        &["idempotency_keys.body", "events.payload", "mail_messages.body"],
    ),
    (
        "how the service keeps its own work in order",
        &[
            "people.erased_at",
            "passkey_challenges.id",
            "passkey_challenges.challenge_hash",
            "passkey_challenges.person_id",
            "passkey_challenges.created_at",
            "passkey_challenges.expires_at",
            "second_factors.last_step",
            "second_factors.wrong_codes",
            "second_factors.wrong_at",
            "sign_ups.turn",
            "team_members.position",
            "discoveries.topic_folded",
            "discoveries.search_words",
            "retro_items.votes",
            "events.position",
            "events.sequence",
            "events.audience",
            "events.href",
            "idempotency_keys.content_type",
            "idempotency_keys.object_version",
            "idempotency_keys.is_whole",
            "mail_messages.attempts",
            "mail_messages.next_attempt_at",
            "mail_messages.last_error",
            "mail_messages.object_type",
            "mail_messages.object_id",
            "mail_messages.unsubscribe",
            "notifications.mail_waits",
            "jobs.version",
            "jobs.lease",
            "jobs.lease_until",
            "jobs.attempts",
            "jobs.both_factors",
        ],
    ),
];
