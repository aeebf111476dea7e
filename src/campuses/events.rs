//! What happens at campuses.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::{Audience, Told, event},
    primitives::{Id, text_enum},
};

text_enum! {
    /// What happened to an invitation to the staff.
    pub enum StaffInvitationChange {
        /// Somebody was invited. The event's secret is the code.
        Sent = "staff_invitation.sent",
        /// The code was used.
        Accepted = "staff_invitation.accepted",
        /// It was taken back, or another one takes its place.
        Revoked = "staff_invitation.revoked",
    }
}

text_enum! {
    /// What happened to a campus.
    pub enum CampusChange {
        /// It was closed.
        Closed = "campus.closed",
        /// It was opened again.
        Reopened = "campus.reopened",
    }
}

/// Something that happened to a campus.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct CampusEvent {
    /// What happened.
    pub kind: CampusChange,
    /// The campus.
    pub campus_id: Id,
}

event!(CampusEvent, "campus", campus_id; campus_id => |_| vec![Audience::Everybody]);

/// Something that happened to an invitation to the staff.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct StaffInvitationEvent {
    /// What it is about.
    pub kind: StaffInvitationChange,
    /// The invitation.
    pub invitation_id: Id,
    /// The campus.
    pub campus_id: Id,
}

event!(StaffInvitationEvent, "staff_invitation", invitation_id; campus_id => |_| vec![Audience::Organisers]);

/// A campus.
pub fn campus(id: Id) -> Told {
    Told {
        object: "campus",
        id,
        campus: Some(id),
        cohort: None,
        href: format!("/v1/campuses/{id}"),
        audience: vec![Audience::Everybody],
    }
}

/// Somebody's membership of a campus.
pub fn member(campus: Id, person: Id) -> Told {
    Told {
        object: "member",
        id: person,
        campus: Some(campus),
        cohort: None,
        href: format!("/v1/campuses/{campus}/members"),
        audience: vec![Audience::Staff, Audience::Person(person)],
    }
}

/// Whom a campus thanks in public, or would if they had come: of that only they are told.
pub fn thanks(campus: Id, person: Id, is_public: bool) -> Told {
    Told {
        object: "thanks",
        id: person,
        campus: Some(campus),
        cohort: None,
        href: format!("/v1/campuses/{campus}/thanks"),
        audience: vec![match is_public {
            true => Audience::Everybody,
            false => Audience::Person(person),
        }],
    }
}

/// Somebody's place on the staff of a campus.
pub fn staff(campus: Id, person: Id) -> Told {
    Told {
        object: "staff",
        id: person,
        campus: Some(campus),
        cohort: None,
        href: format!("/v1/campuses/{campus}/staff"),
        audience: vec![Audience::Everybody],
    }
}
