//! Campuses: who belongs to them, their staff, their calendar.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::{Scope, campus},
    rows::{HASHES, LeftOut, SECRETS, person, rows},
};
use crate::{
    accounts::model::Audience,
    campuses::model::MemberStatus,
    db::{
        dialect::AmongMethod as _,
        schema::{
            campus_alumni_sources, campus_days_off, campus_members, campus_removals, campus_staff, campuses, people,
            staff_invitations, webhooks,
        },
    },
    primitives::{
        Email, GithubHandle, Id, Instant, Language, Line, Slug,
        time::{TimeZone, WorkWeek},
    },
    webhooks::model::Events,
};

rows! {
    /// A campus.
    CampusRow from campuses {
        /// The campus's id.
        id: Id,
        /// Short name for URLs.
        slug: Slug,
        /// Name to show.
        name: Line,
        /// The city it is in.
        city: Line,
        /// The country it is in.
        country: Line,
        /// IANA time zone.
        time_zone: TimeZone,
        /// Its working days.
        work_week: WorkWeek,
        /// Whether its staff approve who joins.
        approves_members: bool,
        /// Whether its staff need a second factor.
        require_second_factor: bool,
        /// The language of its mail.
        language: Option<Language>,
        /// When an administrator approved it.
        approved_at: Option<Instant>,
        /// Since when it is closed.
        closed_at: Option<Instant>,
        /// Rises with every change.
        version: i64,
        /// When it was opened.
        created_at: Instant,
        /// When it was last changed.
        updated_at: Instant,
    }

    /// Somebody who appears in this document.
    PersonRow from people {
        /// Their id.
        id: Id,
        /// Their name.
        name: Line,
        /// Their user name on GitHub.
        github: Option<GithubHandle>,
    }

    /// A campus that the person has joined or asked to join.
    ExportedMembership from campus_members {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `member`, or `pending` until its staff approve.
        status: String,
        /// Since when.
        created_at: Instant,
    }

    /// A campus whose staff removed the person or turned them down.
    ExportedRemoval from campus_removals {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// When.
        created_at: Instant,
    }

    /// A campus on whose staff the person is.
    ExportedStaffRole from campus_staff {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `organiser` or `facilitator`.
        role: String,
        /// Since when.
        created_at: Instant,
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

    /// A webhook that the person made.
    ExportedMadeWebhook from webhooks {
        /// The webhook.
        id: Id,
        /// The campus.
        campus_id: Id,
        /// What it wants to know.
        events: Events,
        /// The person.
        made_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }

    /// Another campus whose alumni it takes as mentors.
    AlumniSourceRow from campus_alumni_sources {
        /// The campus.
        campus_id: Id,
        /// The other campus.
        source_id: Id,
    }

    /// A date on which it does not work.
    DayOffRow from campus_days_off {
        /// The campus.
        campus_id: Id,
        /// The date.
        day: NaiveDate,
        /// What it is called.
        name: Line,
    }

    /// Somebody who joined, or asked to.
    MemberRow from campus_members {
        /// The campus.
        campus_id: Id,
        /// The person.
        person_id: Id,
        /// `member`, or `pending` until its staff approve.
        status: MemberStatus,
        /// Since when.
        created_at: Instant,
        ;
        /// Their address, which staff see of members.
        email: Option<Email> = people::email,
    }
}

person! {
    Campuses {
        /// Campuses that the person has joined, or asked to join.
        memberships: ExportedMembership in campus_members of person_id by campus_id;
        /// Campuses whose staff removed the person or turned them down.
        removals: ExportedRemoval in campus_removals of person_id by campus_id;
        /// Campuses on whose staff the person is.
        staff_roles: ExportedStaffRole in campus_staff of person_id by campus_id;
        /// The same for invitations to the staff of a campus.
        staff_invitations: ExportedStaffInvitation = |whose| staff_invitations::table
            .filter(staff_invitations::accepted_by.assume_not_null().eq(whose.person)
                .or(staff_invitations::email.among(&whose.address)))
            .order(staff_invitations::id);
        /// Invitations to the staff of a campus that the person sent.
        sent_staff_invitations: ExportedSentStaffInvitation in staff_invitations of invited_by by id;
        /// Webhooks that the person made for a campus.
        made_webhooks: ExportedMadeWebhook in webhooks of made_by by id;
    }
}

campus! {
    CampusCampuses {
        /// Other campuses whose alumni it takes as mentors.
        alumni_sources: AlumniSourceRow in campus_alumni_sources of campus by source_id;
        /// Dates on which it does not work.
        days_off: DayOffRow in campus_days_off of campus by day;
        /// Who joined or asked to, with their address.
        members: MemberRow = |scope| campus_members::table
            .inner_join(people::table)
            .filter(campus_members::campus_id.eq(scope.campus))
            .order(campus_members::person_id) => MemberRow::shown_to_staff;
        /// Whom its staff removed or turned down.
        removals: ExportedRemoval in campus_removals of campus by person_id;
        /// Its staff; of a closed campus those it had.
        staff: ExportedStaffRole in campus_staff of campus by person_id;
        /// Invitations to its staff.
        staff_invitations: ExportedStaffInvitation in staff_invitations of campus by id;
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (SECRETS, &["staff_invitations.token_hash"]),
    (
        "a campus's webhook, which its organisers read",
        &[
            "webhooks.url",
            "webhooks.secret",
            "webhooks.old_secret",
            "webhooks.old_secret_until",
            "webhooks.enabled",
            "webhooks.disabled_because",
            "webhooks.failing_since",
            "webhooks.succeeded_at",
            "webhooks.version",
            "webhooks.updated_at",
            "webhooks.paused_until",
            "webhooks.failures",
            "webhooks.tried_at",
        ],
    ),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[(HASHES, &["staff_invitations.token_hash"])];

impl PersonRow {
    /// Without the user name on GitHub, unless they are a member or show it to everybody.
    pub fn shown_to_staff(mut self, is_member: bool, audience: Audience) -> Self {
        if !is_member && audience != Audience::Network {
            self.github = None;
        }
        self
    }
}

impl MemberRow {
    /// Without the address, which staff see of members alone.
    pub fn shown_to_staff(mut self, _scope: &Scope) -> Self {
        if self.status != MemberStatus::Member {
            self.email = None;
        }
        self
    }
}
