//! All that belongs to a campus, as its organisers take it along.

use schemars::JsonSchema;
use serde::Serialize;

use super::{
    ExportedAbsence, ExportedAction, ExportedAssignedReview, ExportedAttendance, ExportedAuditEntry, ExportedClaimLink,
    ExportedDayAbsence, ExportedDiscovery, ExportedEnrolment, ExportedExtension, ExportedHandOver, ExportedHint,
    ExportedHintRequest, ExportedInvitation, ExportedRemoval, ExportedRetro, ExportedSignUp, ExportedStaffInvitation,
    ExportedStaffRole, ExportedSubmission,
    campus::{AlumniSourceRow, CampusRow, DayOffRow, MemberRow, PersonRow, ProgrammeRow, ProgrammeWeekRow},
    campus_cohorts::{
        CohortRow, MentorSlotRow, PairRuleRow, ProjectRow, PublishedWeekRow, RoundRow, TeamMemberRow, TeamPlanRow,
        TeamRepairRow, TeamRow, WeekRow,
    },
    campus_work::{
        ChecklistItemRow, ChecklistRow, ChecklistTemplateRow, EventRow, HintTextRow, ReviewIssueRow, SessionRow,
    },
    retros::RetroItemRow,
};
use crate::primitives::Instant;

macro_rules! campus_data {
    ($($(#[$meta:meta])* $section:ident: $row:ty,)*) => {
        /// All that belongs to a campus. It is written a row at a time and never held as a whole: this is its shape.
        #[derive(Serialize, JsonSchema)]
        pub struct CampusData {
            /// When it was read.
            pub exported_at: Instant,
            /// The campus itself.
            pub campus: CampusRow,
            $($(#[$meta])* pub $section: Vec<$row>,)*
        }

        /// The columns that it has, by its sections.
        pub const CAMPUS_DATA: &[(&str, &[&str])] = &[
            ("campus", CampusRow::COLUMNS),
            $((stringify!($section), <$row>::COLUMNS),)*
        ];
    };
}

campus_data! {
    /// Everybody who appears in it as a member, student or mentor.
    people: PersonRow,
    /// Other campuses whose alumni it takes as mentors.
    alumni_sources: AlumniSourceRow,
    /// Dates on which it does not work.
    days_off: DayOffRow,
    /// Who joined or asked to, with their address.
    members: MemberRow,
    /// Whom its staff removed or turned down.
    removals: ExportedRemoval,
    /// Its staff; of a closed campus those it had.
    staff: ExportedStaffRole,
    /// Invitations to its staff.
    staff_invitations: ExportedStaffInvitation,
    /// Its curricula.
    programmes: ProgrammeRow,
    /// Their weeks.
    programme_weeks: ProgrammeWeekRow,
    /// Its cohorts.
    cohorts: CohortRow,
    /// The weeks of its cohorts.
    weeks: WeekRow,
    /// What is built in them.
    projects: ProjectRow,
    /// Its students, with what the staff noted about them.
    enrolments: ExportedEnrolment,
    /// Invitations to its cohorts.
    invitations: ExportedInvitation,
    /// Links with which students take the places that are kept for them.
    claim_links: ExportedClaimLink,
    /// Weeks that students missed, with the reason.
    absences: ExportedAbsence,
    /// Days that students missed, with the reason.
    day_absences: ExportedDayAbsence,
    /// Who is to be together, or apart.
    pair_rules: PairRuleRow,
    /// Team plans of which something was published.
    team_plans: TeamPlanRow,
    /// Their rounds.
    rounds: RoundRow,
    /// Weeks with published teams.
    published_weeks: PublishedWeekRow,
    /// Published teams.
    teams: TeamRow,
    /// Who is in them.
    team_members: TeamMemberRow,
    /// Repairs of published teams.
    team_repairs: TeamRepairRow,
    /// Times at which mentors are wanted.
    mentor_slots: MentorSlotRow,
    /// Who mentors, and who waits.
    sign_ups: ExportedSignUp,
    /// What the mentors of a week tell those of the next.
    hand_overs: ExportedHandOver,
    /// What teams handed in.
    submissions: ExportedSubmission,
    /// More time that teams were given.
    due_extensions: ExportedExtension,
    /// Hints of open projects.
    project_hints: ExportedHint,
    /// What they said before they were changed.
    hint_texts: HintTextRow,
    /// Which team asked for which.
    hint_requests: ExportedHintRequest,
    /// Which team reviews whose code.
    code_reviews: ExportedAssignedReview,
    /// Issues that were raised in them, and what was answered.
    review_issues: ReviewIssueRow,
    /// What was found and shared.
    discoveries: ExportedDiscovery,
    /// The sessions of the cohorts' timetables.
    timetable_sessions: SessionRow,
    /// What took place or is to.
    scheduled_events: EventRow,
    /// Who was there.
    attendances: ExportedAttendance,
    /// Retros of teams and cohorts.
    retros: ExportedRetro,
    /// What was written in them.
    retro_items: RetroItemRow,
    /// What was to be done.
    actions: ExportedAction,
    /// What checklists are made from.
    checklist_templates: ChecklistTemplateRow,
    /// What is to be done in its cohorts.
    checklists: ChecklistRow,
    /// Each thing to do, and who did it.
    checklist_items: ChecklistItemRow,
    /// What was done there, and by whom.
    audit_entries: ExportedAuditEntry,
}

/// Columns of what belongs to a campus that are left out, with the reason; `table.*` for all of a table.
pub const LEFT_OUT: &[(&str, &[&str])] = &[
    (
        "secrets, of which only a hash is stored",
        &[
            "invitations.token_hash",
            "staff_invitations.token_hash",
            "claim_links.token_hash",
            "mailed_codes.*",
        ],
    ),
    (
        "drafts of teams and earlier versions of plans",
        &["plan_versions.*", "plan_version_seats.*", "trade_offs.*"],
    ),
    (
        "what mentors wish for and offer each other, and allocations: the places that came of them are there",
        &[
            "mentor_preferences.*",
            "mentor_wishes.*",
            "mentor_companions.*",
            "mentor_allocations.*",
            "mentor_swap_offers.*",
            "mentor_thanks.*",
        ],
    ),
    (
        "webhooks and what they were sent",
        &["webhooks.*", "webhook_deliveries.*"],
    ),
    (
        "pastoral care: what carers note is for carers alone, and who walks with them too",
        &["pastoral_carers.*", "pastoral_notes.*", "walks.*", "walk_places.*"],
    ),
    ("who found which discovery useful", &["useful_marks.*"]),
    (
        "codes to check in with, and wrong ones that were tried",
        &["scheduled_events.check_in_code", "check_in_tries.*"],
    ),
    (
        "who wrote what in a retro, and who voted for what",
        &["retro_items.author_id", "retro_votes.*"],
    ),
    (
        "what people note for themselves and tell each other: progress logs and feedback",
        &["progress_logs.*", "peer_feedback.*"],
    ),
    ("what single people were told", &["notifications.*"]),
    (
        "addresses at which single people read their calendars",
        &["calendar_feeds.*"],
    ),
    (
        "how the service keeps its own work in order",
        &[
            "jobs.*",
            "events.*",
            "sign_ups.turn",
            "discoveries.topic_folded",
            "discoveries.search_words",
        ],
    ),
];
