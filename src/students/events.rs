//! What happens to invitations and claim links.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to an invitation.
    pub enum InvitationChange {
        /// Somebody was invited. The event's secret is the code.
        Sent = "invitation.sent",
        /// The code was used.
        Accepted = "invitation.accepted",
        /// Staff took it back, or another one takes its place.
        Revoked = "invitation.revoked",
    }
}

/// Something that happened to an invitation.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct InvitationEvent {
    /// What it is about.
    pub kind: InvitationChange,
    /// The invitation.
    pub invitation_id: Id,
    /// The campus that invites.
    pub campus_id: Id,
    /// The cohort it is for.
    pub cohort_id: Id,
    /// The student without an account whose place it is for. Once it was accepted, whoever did stands wherever they
    /// stood.
    #[serde(default)]
    pub place_id: Option<Id>,
}

event!(InvitationEvent, "invitation", invitation_id; campus_id, cohort_id => |_| vec![Audience::Staff]);

text_enum! {
    /// What happened to a claim link.
    pub enum ClaimChange {
        /// Staff made one for a student without an account.
        Created = "claim_link.created",
        /// Somebody took the student's place.
        Used = "claim_link.used",
    }
}

/// Something that happened to a claim link.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct ClaimEvent {
    /// What it is about.
    pub kind: ClaimChange,
    /// The claim link.
    pub claim_link_id: Id,
    /// The campus of the cohort.
    pub campus_id: Id,
    /// The cohort in which the place is.
    pub cohort_id: Id,
    /// The student without an account.
    pub person_id: Id,
    /// Who stands wherever they stood from now on.
    pub claimed_by: Option<Id>,
}

event!(ClaimEvent, "claim_link", claim_link_id; campus_id, cohort_id => |_| vec![Audience::Staff]);

/// Somebody's enrolment.
pub fn enrolment(cohort: Id, person: Id) -> Told {
    Told {
        object: "enrolment",
        id: person,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/cohorts/{cohort}/enrolments/{person}"),
        audience: vec![Audience::Insiders, Audience::Person(person)],
    }
}

/// What only staff know of somebody's enrolment: others must not learn that there is something.
pub fn private_enrolment(cohort: Id, person: Id) -> Told {
    enrolment(cohort, person).only(vec![Audience::Staff])
}

/// What a student tells of themself, to those who see it.
pub fn own_enrolment(cohort: Id, person: Id) -> Told {
    enrolment(cohort, person).only(vec![Audience::Staff, Audience::Person(person)])
}

/// That somebody misses a week.
pub fn absence(cohort: Id, person: Id) -> Told {
    Told {
        object: "absence",
        id: person,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/cohorts/{cohort}/absences"),
        audience: vec![Audience::Staff, Audience::Person(person)],
    }
}

/// That somebody misses a day.
pub fn day_absence(cohort: Id, person: Id) -> Told {
    Told {
        href: format!("/v1/cohorts/{cohort}/day-absences"),
        ..absence(cohort, person)
    }
}

/// A pair rule, also one that a student asked for in confidence.
pub fn pair_rule(cohort: Id, id: Id) -> Told {
    Told {
        object: "pair_rule",
        id,
        campus: None,
        cohort: Some(cohort),
        href: format!("/v1/cohorts/{cohort}/pair-rules"),
        audience: vec![Audience::Staff],
    }
}

/// The same where only the staff sees what is another now.
pub fn enrolment_to_staff(cohort: Id, person: Id) -> Told {
    Told {
        audience: vec![Audience::Staff, Audience::Person(person)],
        ..enrolment(cohort, person)
    }
}
