//! Invitations to the staff of a campus.

use diesel::prelude::*;

use crate::{
    authz::StaffRole,
    db::schema::staff_invitations,
    primitives::{Email, Id, Instant, text_enum},
};

text_enum! {
    /// What has become of an invitation to the staff.
    pub enum StaffInvitationStatus {
        /// Waits to be accepted, or has expired.
        Pending = "pending",
        /// Was accepted.
        Accepted = "accepted",
        /// Was taken back or replaced.
        Revoked = "revoked",
    }
}

/// An invitation to the staff.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = staff_invitations)]
pub struct StaffInvitation {
    pub id: Id,
    pub campus_id: Id,
    /// Where it was sent; whoever accepts it has an account with this address.
    pub email: Email,
    /// What they become.
    pub role: StaffRole,
    pub token_hash: String,
    pub status: StaffInvitationStatus,
    pub invited_by: Option<Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_by: Option<Id>,
}
