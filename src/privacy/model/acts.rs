//! What the person did.

use super::rows::rows;
use crate::{
    db::schema::{
        absences, audit_entries, invitations, jobs, mentor_slots, pair_rules, plan_versions, sign_ups,
        staff_invitations, team_plans, team_repairs,
    },
    primitives::{Id, Instant, Json},
};

rows! {
    /// Mentoring that the person signed up for.
    ExportedSignUp from sign_ups {
        /// The sign-up.
        id: Id,
        /// The slot.
        slot_id: Id,
        /// The person.
        person_id: Id,
        /// `confirmed`, `waitlisted`, `cancelled`, `attended` or `no_show`.
        status: String,
        /// Rises with every change.
        version: i64,
        /// When they signed up.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
        ;
        /// The cohort.
        cohort_id: Id = mentor_slots::cohort_id,
        /// The number of the week.
        week_number: i32 = mentor_slots::week_number,
        /// What mentors are wanted for.
        kind: String = mentor_slots::kind,
    }

    /// An invitation that the person sent.
    ExportedSentInvitation from invitations {
        /// The invitation.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
    }

    /// An invitation to the staff of a campus that the person sent.
    ExportedSentStaffInvitation from staff_invitations {
        /// The invitation.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// `organiser` or `facilitator`.
        role: String,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
    }

    /// An absence that the person noted.
    ExportedNotedAbsence from absences {
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: i32,
        /// Of whom.
        person_id: Id,
        /// When it was noted.
        created_at: Instant,
    }

    /// A rule that the person made.
    ExportedMadePairRule from pair_rules {
        /// The rule.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `apart` or `together`.
        kind: String,
        /// Who made it.
        created_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// A team plan that the person made.
    ExportedTeamPlan from team_plans {
        /// The plan.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// Its first week.
        from_week: i32,
        /// Its last week.
        to_week: i32,
        /// Who made it.
        created_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A change to a team plan.
    ExportedTeamPlanChange from plan_versions {
        /// The plan.
        plan_id: Id,
        /// The version that it made.
        version: i64,
        /// What was done.
        act: Option<String>,
        /// To which weeks.
        weeks: Json,
        /// Who did it.
        made_by: Option<Id>,
        /// When.
        created_at: Instant,
    }

    /// A repair of published teams.
    ExportedTeamRepair from team_repairs {
        /// The repair.
        id: Id,
        /// The round of teams.
        round_id: Id,
        /// Why, as the person wrote.
        reason: String,
        /// Who made it.
        made_by: Option<Id>,
        /// When.
        created_at: Instant,
    }

    /// Work that the person had the service do.
    ExportedJob from jobs {
        /// The job.
        id: Id,
        /// What was to be done.
        kind: String,
        /// How far it has come.
        status: String,
        /// The campus.
        campus_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The path of the request.
        target: String,
        /// The request's name in the log.
        request_id: String,
        /// Who asked for it.
        created_by: Option<Id>,
        /// When it was asked for.
        created_at: Instant,
        /// When it began.
        started_at: Option<Instant>,
        /// When it came to its end.
        finished_at: Option<Instant>,
    }

    /// One thing that was done in the person's name.
    ExportedAuditEntry from audit_entries {
        /// The entry.
        id: Id,
        /// When it was done.
        created_at: Instant,
        /// The person.
        person_id: Option<Id>,
        /// The session in which it was done.
        session_id: Option<Id>,
        /// The operation.
        operation: String,
        /// The path that it was done to.
        target: String,
        /// The names of the fields that were set, by commas.
        changes: String,
        /// The request's name in the log.
        request_id: String,
        /// The path of what was made, if something was.
        object: Option<String>,
        /// What became what.
        difference: Option<Json>,
        /// The campus where it was done.
        campus_id: Option<Id>,
        /// `session`, or `api_token` if a program did it in the person's name.
        via: Option<String>,
    }
}
