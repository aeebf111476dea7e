//! What the person did.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    db::schema::{
        absences, attendances, audit_entries, checklist_items, day_absences, hand_overs, invitations, jobs,
        mentor_allocations, mentor_companions, mentor_preferences, mentor_slots, mentor_swap_offers, mentor_thanks,
        mentor_wishes, pair_rules, plan_versions, sign_ups, staff_invitations, team_plans, team_repairs,
    },
    primitives::{Id, Instant, Json, Line, Text},
};

rows! {
    /// Something to do that the person did.
    ExportedTickedItem from checklist_items {
        /// The item.
        id: Id,
        /// The checklist.
        checklist_id: Id,
        /// Its place in it.
        position: i32,
        /// What was to be done.
        text: Line,
        /// Who did it.
        done_by: Option<Id>,
        /// When.
        done_at: Option<Instant>,
    }

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
        /// When they were asked whether they still come.
        reconfirm_asked_at: Option<Instant>,
        /// When they said so.
        reconfirmed_at: Option<Instant>,
        /// Whether they were on the waiting list first.
        waited: bool,
        ;
        /// The cohort.
        cohort_id: Id = mentor_slots::cohort_id,
        /// The number of the week.
        week_number: i32 = mentor_slots::week_number,
        /// What mentors are wanted for.
        kind: String = mentor_slots::kind,
    }

    /// What the person wrote for the mentors of the next week, as it is now.
    ExportedHandOver from hand_overs {
        /// The week.
        week_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The note.
        text: Text,
        /// Who wrote it last.
        written_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was first written.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// A campus that may thank the person in public.
    ExportedMentorThanks from mentor_thanks {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// Since when.
        created_at: Instant,
    }

    /// A place that the person offered to other mentors, or took over.
    ExportedMentorSwapOffer from mentor_swap_offers {
        /// The offer.
        id: Id,
        /// The sign-up with the place.
        sign_up_id: Id,
        /// The slot in which a place was asked for it.
        wanted_slot_id: Option<Id>,
        /// `open`, `accepted` or `withdrawn`.
        status: String,
        /// Who took it over.
        accepted_by: Option<Id>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// What the person said with their wishes for mentoring in a cohort.
    ExportedMentorPreference from mentor_preferences {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// How many slots they take at the most.
        at_most: Option<i32>,
        /// Rises with every change.
        version: i64,
        /// When they first said it.
        created_at: Instant,
        /// When they last changed it.
        updated_at: Instant,
    }

    /// A slot in which the person wishes to mentor.
    ExportedMentorWish from mentor_wishes {
        /// The slot.
        slot_id: Id,
        /// The person.
        person_id: Id,
        /// From 1, the best first.
        ranked: i32,
        ;
        /// The cohort.
        cohort_id: Id = mentor_slots::cohort_id,
        /// The number of the week.
        week_number: i32 = mentor_slots::week_number,
    }

    /// Somebody together with whom the person wishes to mentor.
    ExportedMentorCompanion from mentor_companions {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// With whom.
        companion_id: Id,
    }

    /// An allocation of mentors' places that the person made.
    ExportedMentorAllocation from mentor_allocations {
        /// The allocation.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `draft` or `confirmed`.
        status: String,
        /// The seed of its draws.
        seed: i64,
        /// Who made it.
        created_by: Option<Id>,
        /// When it was confirmed.
        confirmed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was made.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
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

    /// An absence by day that the person noted.
    ExportedNotedDayAbsence from day_absences {
        /// The cohort.
        cohort_id: Id,
        /// The day.
        day: NaiveDate,
        /// Of whom.
        person_id: Id,
        /// When it was noted.
        created_at: Instant,
    }

    /// Whether somebody was at an event, as the person noted.
    ExportedNotedAttendance from attendances {
        /// The event.
        event_id: Id,
        /// Who it is about.
        person_id: Id,
        /// The cohort.
        cohort_id: Id,
        /// When it was last changed.
        updated_at: Instant,
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
