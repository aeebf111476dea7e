//! What happens at campuses.

use serde::{Deserialize, Serialize};

use crate::{
    outbox::event,
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

event!(CampusEvent, "campus", campus_id; campus_id);

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

event!(StaffInvitationEvent, "staff_invitation", invitation_id; campus_id);
