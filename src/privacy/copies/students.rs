//! Students: how they come in, when they are away, and what is asked of their teams.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    document::{Scope, campus},
    rows::{HASHES, LeftOut, SECRETS, person, rows},
};
use crate::{
    db::{
        dialect::AmongMethod as _,
        schema::{absences, claim_links, consents, enrolments, invitations, pair_rules},
    },
    primitives::{Email, Id, Instant, Json, Line, Text},
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

    /// An invitation to a cohort, without what it notes for the enrolment.
    CampusInvitationRow from invitations {
        /// The invitation.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// The address it went to.
        email: Email,
        /// How it addressed them.
        name: Line,
        /// Their first day.
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

    /// Two students who are to be together, or apart.
    PairRuleRow from pair_rules {
        /// The rule's id.
        id: Id,
        /// The cohort.
        cohort_id: Id,
        /// `apart` or `together`.
        kind: String,
        /// One of them.
        person_a: Id,
        /// The other.
        person_b: Id,
        /// From which week.
        from_week: Option<i32>,
        /// Until which week.
        to_week: Option<i32>,
        /// Who made it.
        created_by: Option<Id>,
        /// When it was made.
        created_at: Instant,
    }
}

person! {
    Students {
        /// Cohorts in which the person is or was a student, with what the staff noted about them.
        enrolments: ExportedEnrolment in enrolments of person_id by cohort_id;
        /// What the person has decided about uses of what they volunteer about themself.
        consents: ExportedConsent in consents of person_id by purpose;
        /// Weeks that the person missed, with the reason that was given.
        absences: ExportedAbsence in absences of person_id by cohort_id;
        /// Absences that the person noted, of whom and when.
        noted_absences: ExportedNotedAbsence in absences of noted_by by cohort_id;
        /// Invitations that the person accepted, or that wait at their address, if it is proved.
        invitations: ExportedInvitation = |whose| invitations::table
            .filter(invitations::accepted_by.assume_not_null().eq(whose.person)
                .or(invitations::place_id.assume_not_null().eq(whose.person))
                .or(invitations::email.among(&whose.address)))
            .order(invitations::id);
        /// Invitations that the person sent. Whom they went to is the business of those people.
        sent_invitations: ExportedSentInvitation in invitations of invited_by by id;
        /// Links with which the person could take, or took, the place that was kept for them.
        claim_links: ExportedClaimLink in claim_links of person_id by id;
        /// Links that the person made for others.
        made_claim_links: ExportedMadeClaimLink in claim_links of made_by by id;
        /// Rules for who works with whom that the person made. Whom they are about is the business of those people.
        made_pair_rules: ExportedMadePairRule in pair_rules of created_by by id;
    }
}

campus! {
    CampusStudents {
        /// Its students, with what the staff noted about them; experience and attributes of those who let teams be balanced.
        enrolments: ExportedEnrolment = |scope| enrolments::table
            .filter(enrolments::cohort_id.eq_any(&scope.cohorts))
            .order((enrolments::cohort_id, enrolments::person_id)) => ExportedEnrolment::shown_to_staff;
        /// Invitations to its cohorts.
        invitations: CampusInvitationRow in invitations of cohorts by id;
        /// Links with which students take the places that are kept for them.
        claim_links: ExportedClaimLink in claim_links of cohorts by id;
        /// Weeks that students missed, with the reason.
        absences: ExportedAbsence in absences of cohorts by week_number;
        /// Who is to be together, or apart.
        pair_rules: PairRuleRow in pair_rules of cohorts by id;
    }
}

impl ExportedEnrolment {
    /// Without what the student does not want to be used, nor when they told it.
    pub fn shown_to_staff(self, scope: &Scope) -> Self {
        match scope.objectors.contains(&self.person_id) {
            true => Self {
                experience: None,
                attributes: Json::empty(),
                told_at: None,
                ..self
            },
            false => self,
        }
    }
}

/// What its tables have of a person and their export has not.
pub(super) const WITHHELD: LeftOut = &[
    (SECRETS, &["invitations.token_hash", "claim_links.token_hash"]),
    (
        "rules of the staff for who works with whom: they are told in confidence, and are about two people",
        &[
            "pair_rules.person_a",
            "pair_rules.person_b",
            "pair_rules.from_week",
            "pair_rules.to_week",
        ],
    ),
];

/// What its tables have of a campus and its export has not.
pub(super) const LEFT_OUT: LeftOut = &[
    (HASHES, &["invitations.token_hash", "claim_links.token_hash"]),
    (
        "experience and attributes in an invitation: once it is accepted, the student decides who uses them",
        &["invitations.experience", "invitations.attributes"],
    ),
];
