//! What can be done with an invitation to be a product owner.

use chrono::TimeDelta;

use crate::{
    clients::model::{ClientStatus, OwnerInvitation, Party},
    error::{Code, Error, Result},
    primitives::{Email, Instant},
    students::model::InvitationStatus,
};

/// How long an invitation can be accepted.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Invitations that one address gets in a day, and that one person sends.
const MOST_TO_ONE: i64 = 5;
const MOST_BY_ONE: i64 = 20;

/// Whether another one may be sent, after so many to this address and by this person within a day. Owners send mail in the name
/// of a campus only once it has read who they are.
pub fn may_invite(status: ClientStatus, parties: &[Party], to_address: i64, by_person: i64) -> Result<()> {
    if status == ClientStatus::Applied && !parties.contains(&Party::Staff) {
        let detail = "The campus has not read the application yet. Invite others once it is `acknowledged`.";
        return Err(Error::new(Code::Conflict, detail));
    }
    if super::is_over(status) {
        let detail = "This client is finished: nobody can be invited any more.";
        return Err(Error::new(Code::Conflict, detail));
    }
    let detail = match (to_address >= MOST_TO_ONE, by_person >= MOST_BY_ONE) {
        (false, false) => return Ok(()),
        (true, _) => "This address was sent 5 invitations in a day. Invite them tomorrow.",
        (_, true) => "You can invite 20 product owners in a day. Invite the rest tomorrow.",
    };
    Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600))
}

/// What an invitation stands on besides itself.
#[derive(Clone, Copy, Debug)]
pub struct Grounds {
    /// Whether its campus has closed.
    pub is_closed: bool,
    /// Whether whoever sent it could still send it.
    pub is_backed: bool,
}

/// Whether somebody with this address may accept it now.
///
/// # Errors
/// `409 invitation_unusable`
pub fn may_be_accepted(invitation: &OwnerInvitation, on: Grounds, email: &Email, now: Instant) -> Result<()> {
    let detail = match invitation.status {
        InvitationStatus::Accepted => "The invitation has already been accepted; it can be used once.",
        InvitationStatus::Revoked => {
            "The invitation was withdrawn or replaced by a newer one. Look for a later mail, or ask who invited you."
        }
        InvitationStatus::Pending if on.is_closed => "The campus has closed.",
        InvitationStatus::Pending if !on.is_backed || invitation.expires_at <= now => {
            "The invitation has expired. Ask the organisation or the campus for a new one."
        }
        InvitationStatus::Pending if invitation.email != *email => {
            "The invitation was sent to another address than that of your account. Log in to the account with that address, \
             or ask for an invitation to the one you have."
        }
        InvitationStatus::Pending => return Ok(()),
    };
    Err(Error::new(Code::InvitationUnusable, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::primitives::Id;

    #[test]
    fn good_once_in_time_and_for_its_address() {
        let now = Instant::now();
        let email = |text: &str| Email::parse(text).unwrap();
        let sent = OwnerInvitation {
            id: Id::new(),
            client_id: Id::new(),
            email: email("olive@example.org"),
            token_hash: String::new(),
            status: InvitationStatus::Pending,
            invited_by: None,
            created_at: now,
            expires_at: now.plus(GOOD_FOR),
            accepted_by: None,
        };
        let own = email("olive@example.org");
        let good = Grounds {
            is_closed: false,
            is_backed: true,
        };
        let closed = Grounds {
            is_closed: true,
            ..good
        };
        let unbacked = Grounds {
            is_backed: false,
            ..good
        };
        assert!(may_be_accepted(&sent, good, &own, now).is_ok());
        assert!(may_be_accepted(&sent, closed, &own, now).is_err());
        assert!(may_be_accepted(&sent, unbacked, &own, now).is_err());
        assert!(may_be_accepted(&sent, good, &email("other@example.org"), now).is_err());
        assert!(may_be_accepted(&sent, good, &own, sent.expires_at).is_err());
        for status in [InvitationStatus::Accepted, InvitationStatus::Revoked] {
            assert!(may_be_accepted(&OwnerInvitation { status, ..sent.clone() }, good, &own, now).is_err());
        }
    }

    #[test]
    fn owners_invite_once_the_campus_has_read_of_them_and_nobody_too_often() {
        use ClientStatus::{Acknowledged, Applied, Project, Withdrawn};
        use Party::{Owner, Staff};
        for (status, party, to, by, may) in [
            (Applied, Owner, 0, 0, false),
            (Applied, Staff, 0, 0, true),
            (Acknowledged, Owner, 0, 0, true),
            (Project, Owner, 4, 19, true),
            (Project, Owner, 5, 0, false),
            (Project, Staff, 0, 20, false),
            (Withdrawn, Staff, 0, 0, false),
        ] {
            assert_eq!(
                may_invite(status, &[party], to, by).is_ok(),
                may,
                "{status:?} {party:?} {to} {by}"
            );
        }
    }
}
