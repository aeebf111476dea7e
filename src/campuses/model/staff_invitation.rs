//! Invitations to the staff of a campus.

use diesel::prelude::*;

use super::InvitationStatus;
use crate::{
    authz::StaffRole,
    db::schema::staff_invitations,
    primitives::{Email, Id, Instant},
};

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
    pub status: InvitationStatus,
    pub invited_by: Option<Id>,
    pub created_at: Instant,
    pub expires_at: Instant,
    pub accepted_by: Option<Id>,
}

/// Whether an invitation to a staff does not outlive the right of whoever sent it, who acts for the campus as `role` by now. One that
/// nobody sent is from the console.
pub fn is_backed(invited_by: Option<Id>, role: Option<StaffRole>) -> bool {
    invited_by.is_none() || role == Some(StaffRole::Organiser)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_as_long_as_whoever_sent_it_is_an_organiser() {
        let sender = Some(Id::new());
        assert!(is_backed(None, None) && is_backed(sender, Some(StaffRole::Organiser)));
        assert!(!is_backed(sender, Some(StaffRole::Facilitator)) && !is_backed(sender, None));
    }
}
