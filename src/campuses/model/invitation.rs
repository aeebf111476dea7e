//! What invitations to a cohort, to a staff and to an organisation have in common.

use crate::primitives::{Id, Instant, text_enum};

text_enum! {
    /// What has become of an invitation.
    pub enum InvitationStatus {
        /// Can be accepted until it expires.
        Pending = "pending",
        /// Was accepted.
        Accepted = "accepted",
        /// Was taken back, or replaced by a newer one.
        Revoked = "revoked",
    }
}

text_enum! {
    /// Where an invitation is, seen at some moment.
    pub enum InvitationState {
        /// Can be accepted.
        Pending = "pending",
        /// Was accepted.
        Accepted = "accepted",
        /// Was taken back, or replaced by a newer one.
        Revoked = "revoked",
        /// Waited too long, or whoever sent it may invite no more.
        Expired = "expired",
    }
}

impl InvitationStatus {
    /// Where an invitation of this status is now. `is_backed` says whether whoever sent it could still send it.
    pub fn state(self, expires_at: Instant, is_backed: bool, now: Instant) -> InvitationState {
        match self {
            Self::Pending if !is_backed || expires_at <= now => InvitationState::Expired,
            Self::Pending => InvitationState::Pending,
            Self::Accepted => InvitationState::Accepted,
            Self::Revoked => InvitationState::Revoked,
        }
    }
}

/// Where an invitation to a cohort or a staff comes from.
#[derive(Clone, Copy, Debug)]
pub struct Sender {
    /// The campus that invites.
    pub campus: Id,
    /// Who sent it; none if it was sent from the console.
    pub person: Option<Id>,
}

#[cfg(test)]
mod tests {
    use super::{InvitationState as State, InvitationStatus as Status};
    use crate::primitives::Instant;

    #[test]
    fn what_waits_expires_with_time_and_with_the_right_of_its_sender() {
        let (now, before, later) = (Instant::now(), -1, 1);
        for (status, expires, is_backed, expected) in [
            (Status::Pending, later, true, State::Pending),
            (Status::Pending, later, false, State::Expired),
            (Status::Pending, 0, true, State::Expired),
            (Status::Pending, before, true, State::Expired),
            (Status::Accepted, before, false, State::Accepted),
            (Status::Revoked, before, false, State::Revoked),
        ] {
            let expires_at = now.plus(chrono::TimeDelta::seconds(expires));
            assert_eq!(
                status.state(expires_at, is_backed, now),
                expected,
                "{status:?} {expires} {is_backed}"
            );
        }
    }
}
