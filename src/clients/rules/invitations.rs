//! What can be done with an invitation to be a product owner.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::{
    campuses::model::InvitationState,
    clients::model::{ClientStatus, OwnerInvitation, Party},
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant},
};

/// How long an invitation can be accepted.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Invitations that one address gets in a day from an approved campus, and from all others together, and that one person sends.
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

/// Where it is now. It does not outlive the right of whoever sent it: `backers` are those who could still send it. If its sender is
/// gone, nobody could.
pub fn state(invitation: &OwnerInvitation, backers: &HashSet<Id>, now: Instant) -> InvitationState {
    let is_backed = invitation.invited_by.is_some_and(|sender| backers.contains(&sender));
    invitation.status.state(invitation.expires_at, is_backed, now)
}

/// Whether somebody with this address may accept an invitation that is there, of a campus that has closed or not.
///
/// # Errors
/// `409 invitation_unusable`
pub fn may_be_accepted(
    invitation: &OwnerInvitation,
    state: InvitationState,
    campus_closed: bool,
    email: &Email,
) -> Result<()> {
    let detail = match state {
        InvitationState::Accepted => "The invitation has already been accepted; it can be used once.",
        InvitationState::Revoked => {
            "The invitation was withdrawn or replaced by a newer one. Look for a later mail, or ask who invited you."
        }
        InvitationState::Expired => "The invitation has expired. Ask the organisation or the campus for a new one.",
        InvitationState::Pending if campus_closed => "The campus has closed.",
        InvitationState::Pending if invitation.email != *email => {
            "The invitation was sent to another address than that of your account. Log in to the account with that address, \
             or ask for an invitation to the one you have."
        }
        InvitationState::Pending => return Ok(()),
    };
    Err(Error::new(Code::InvitationUnusable, detail))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::campuses::model::InvitationStatus;

    fn sent(invited_by: Option<Id>, now: Instant) -> OwnerInvitation {
        OwnerInvitation {
            id: Id::new(),
            client_id: Id::new(),
            email: Email::parse("olive@example.org").unwrap(),
            token_hash: String::new(),
            status: InvitationStatus::Pending,
            invited_by,
            created_at: now,
            expires_at: now.plus(GOOD_FOR),
            accepted_by: None,
        }
    }

    #[test]
    fn one_that_waits_is_good_as_long_as_its_sender_could_send_it() {
        let (now, sender) = (Instant::now(), Id::new());
        let backers = HashSet::from([sender]);
        for (by, backers, expected) in [
            (Some(sender), &backers, InvitationState::Pending),
            (Some(Id::new()), &backers, InvitationState::Expired),
            (Some(sender), &HashSet::new(), InvitationState::Expired),
            (None, &backers, InvitationState::Expired),
        ] {
            assert_eq!(state(&sent(by, now), backers, now), expected, "{by:?}");
        }
    }

    #[test]
    fn good_while_it_waits_at_an_open_campus_for_its_address() {
        use InvitationState::{Accepted, Expired, Pending, Revoked};
        let invitation = sent(Some(Id::new()), Instant::now());
        let (own, other) = ("olive@example.org", "other@example.org");
        for (state, is_closed, address, may) in [
            (Pending, false, own, true),
            (Pending, true, own, false),
            (Pending, false, other, false),
            (Accepted, false, own, false),
            (Revoked, false, own, false),
            (Expired, false, own, false),
        ] {
            let address = Email::parse(address).unwrap();
            let outcome = may_be_accepted(&invitation, state, is_closed, &address);
            assert_eq!(outcome.is_ok(), may, "{state:?} {is_closed} {address}");
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
