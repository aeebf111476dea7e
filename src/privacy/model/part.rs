//! What the person is part of.

use chrono::NaiveDate;

use super::rows::rows;
use crate::{
    db::schema::{
        absences, claim_links, consents, day_absences, enrolments, invitations, rounds, staff_invitations,
        team_members, teams,
    },
    primitives::{Email, Id, Instant, Json, Line, Text, Url},
};

rows! {
    /// A cohort in which the person is or was a student.
    ExportedEnrolment from enrolments {
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// `enrolled`, `withdrawn` or `graduated`.
        status: String,
        /// How much they had programmed before, 0 to 5, as the staff noted.
        experience: Option<i32>,
        /// What they volunteered about themself.
        attributes: Json,
        /// Their first day.
        joined_on: NaiveDate,
        /// Their last day, if they left.
        left_on: Option<NaiveDate>,
        /// Rises with every change.
        version: i64,
        /// When they were enrolled.
        created_at: Instant,
        /// When the enrolment was last changed.
        updated_at: Instant,
        /// What the staff called them when they entered them by name.
        entered_as: Option<Line>,
        /// The id they had before they claimed their place.
        claimed_id: Option<Id>,
        /// Their name until then.
        claimed_name: Option<Line>,
        /// When they last told experience and attributes themself.
        told_at: Option<Instant>,
    }

    /// What the person has decided about a use of what they volunteer about themself.
    ExportedConsent from consents {
        /// The person.
        person_id: Id,
        /// The use: `team_balance` or `diversity_reports`.
        purpose: String,
        /// Whether they consent to it.
        given: bool,
        /// When they decided.
        decided_at: Instant,
    }

    /// A week that the person missed.
    ExportedAbsence from absences {
        /// The cohort.
        cohort_id: Id,
        /// The number of the week.
        week_number: i32,
        /// The person.
        person_id: Id,
        /// Why, as it was told to the staff.
        reason: Option<Text>,
        /// Who noted it.
        noted_by: Option<Id>,
        /// When it was noted.
        created_at: Instant,
    }

    /// A day that the person missed.
    ExportedDayAbsence from day_absences {
        /// The cohort.
        cohort_id: Id,
        /// The day.
        day: NaiveDate,
        /// The person.
        person_id: Id,
        /// Why, as it was told to the staff.
        reason: Option<Text>,
        /// Who noted it.
        noted_by: Option<Id>,
        /// When it was noted.
        created_at: Instant,
    }

    /// The person's place in a published team.
    ExportedTeamPlace from team_members {
        /// The round of teams.
        round_id: Id,
        /// The person.
        person_id: Id,
        /// The team.
        team_id: Id,
        /// What they looked after in it.
        role: Option<String>,
        ;
        /// What the team is called.
        team_name: Line = teams::name,
        /// Its repository.
        repository_url: Option<Url> = teams::repository_url,
        /// Where what it built runs.
        deployed_url: Option<Url> = teams::deployed_url,
        /// The cohort.
        cohort_id: Id = rounds::cohort_id,
        /// The round's first week.
        first_week: i32 = rounds::first_week,
        /// The round's last week.
        last_week: i32 = rounds::last_week,
        /// When its teams were published.
        published_at: Option<Instant> = rounds::published_at,
    }

    /// An invitation to a cohort that went to the person.
    ExportedInvitation from invitations {
        /// The invitation.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The address it went to.
        email: Email,
        /// How it addressed them.
        name: Line,
        /// What the staff noted for the enrolment: how much they had programmed before.
        experience: Option<i32>,
        /// What the staff noted for the enrolment: what they volunteered about themself.
        attributes: Json,
        /// What the staff noted for the enrolment: their first day.
        joined_on: Option<NaiveDate>,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// Who sent it.
        invited_by: Option<Id>,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
        /// Who accepted it.
        accepted_by: Option<Id>,
        /// Whether it counts them among those who graduated.
        graduated: bool,
        /// The place that was kept for them, once they have taken it their own id.
        place_id: Option<Id>,
    }

    /// An invitation to the staff of a campus that went to the person.
    ExportedStaffInvitation from staff_invitations {
        /// The invitation.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// The address it went to.
        email: Email,
        /// `organiser` or `facilitator`.
        role: String,
        /// `pending`, `accepted` or `revoked`.
        status: String,
        /// Who sent it.
        invited_by: Option<Id>,
        /// When it was sent.
        created_at: Instant,
        /// Until when it can be accepted.
        expires_at: Instant,
        /// Who accepted it.
        accepted_by: Option<Id>,
    }

    /// A link for the place that was kept for the person.
    ExportedClaimLink from claim_links {
        /// The link.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The person.
        person_id: Id,
        /// Who made it.
        made_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
        /// Until when it can be used.
        expires_at: Instant,
        /// When it was used.
        used_at: Option<Instant>,
    }

    /// A link that the person made for somebody's place.
    ExportedMadeClaimLink from claim_links {
        /// The link.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// When it was made.
        created_at: Instant,
        /// Until when it can be used.
        expires_at: Instant,
        /// When it was used.
        used_at: Option<Instant>,
    }
}
