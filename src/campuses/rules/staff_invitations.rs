//! What can be done with an invitation to the staff.

use chrono::TimeDelta;

use crate::{
    authz::StaffRole,
    campuses::model::{InvitationState, StaffInvitation, is_backed},
    error::{Code, Error, Result},
    primitives::{Email, Instant},
};

/// How long an invitation to the staff can be accepted.
pub const STAFF_INVITATION_GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Invitations to staff that one address gets in a day, and that one person sends.
const MOST_TO_ONE: i64 = 5;
const MOST_BY_ONE: i64 = 50;

/// Whether another one may be sent, after so many to this address and by this person within a day.
pub fn may_invite_staff(to_address: i64, by_person: i64) -> Result<()> {
    let detail = match (to_address >= MOST_TO_ONE, by_person >= MOST_BY_ONE) {
        (false, false) => return Ok(()),
        (true, _) => "This address was sent 5 invitations to a staff in a day. Invite them tomorrow.",
        (_, true) => "You can invite 50 people to staff in a day. Invite the rest tomorrow.",
    };
    Err(Error::new(Code::TooManyRequests, detail).retry_after(24 * 3600))
}

/// Where it is now. `sender` is what whoever sent it acts as for the campus by now.
pub fn staff_invitation_state(
    invitation: &StaffInvitation,
    sender: Option<StaffRole>,
    now: Instant,
) -> InvitationState {
    let is_backed = is_backed(invitation.invited_by, sender);
    invitation.status.state(invitation.expires_at, is_backed, now)
}

/// Whether somebody with this address may accept it now. `sender` is what whoever sent it acts as for the campus by now,
/// `removed` when the staff removed from the campus whoever accepts.
pub fn may_join_staff(
    invitation: &StaffInvitation,
    sender: Option<StaffRole>,
    email: &Email,
    removed: Option<Instant>,
    now: Instant,
) -> Result<()> {
    let refuse = |detail| Err(Error::new(Code::InvitationUnusable, detail));
    match staff_invitation_state(invitation, sender, now) {
        InvitationState::Accepted => {
            return refuse("The invitation has already been accepted; it can be used once.");
        }
        InvitationState::Revoked => {
            return refuse(
                "The invitation was withdrawn or replaced by a newer one. Look for a later mail, or ask who invited you.",
            );
        }
        InvitationState::Expired => {
            return refuse("The invitation has expired. Ask an organiser of the campus for a new one.");
        }
        InvitationState::Pending => {}
    }
    if removed.is_some_and(|removed| removed >= invitation.created_at) {
        return refuse(
            "You were removed from the campus after you were invited. Ask an organiser for a new invitation.",
        );
    }
    if invitation.email != *email {
        return refuse(
            "The invitation was sent to another address than that of your account. Log in to the account with that \
             address, change the address of yours, or ask for an invitation to the one you have.",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{campuses::model::InvitationStatus, primitives::Id};

    fn sent(invited_by: Option<Id>, now: Instant) -> StaffInvitation {
        StaffInvitation {
            id: Id::new(),
            campus_id: Id::new(),
            email: Email::parse("amal@example.org").unwrap(),
            role: StaffRole::Facilitator,
            token_hash: String::new(),
            status: InvitationStatus::Pending,
            invited_by,
            created_at: now,
            expires_at: now.plus(STAFF_INVITATION_GOOD_FOR),
            accepted_by: None,
        }
    }

    #[test]
    fn good_once_in_time_and_for_its_address() {
        let now = Instant::now();
        let email = |text: &str| Email::parse(text).unwrap();
        let sent = sent(None, now);
        let good = |invitation: &StaffInvitation, address: &str, removed, at| {
            may_join_staff(invitation, None, &email(address), removed, at).is_ok()
        };
        let own = "amal@example.org";
        assert!(good(&sent, own, None, now));
        assert!(good(&sent, own, Some(now.plus(-TimeDelta::hours(1))), now));
        assert!(!good(&sent, own, Some(now.plus(TimeDelta::hours(1))), now));
        assert!(!good(&sent, "basma@example.org", None, now));
        assert!(!good(&sent, own, None, sent.expires_at));
        for status in [InvitationStatus::Accepted, InvitationStatus::Revoked] {
            assert!(!good(&StaffInvitation { status, ..sent.clone() }, own, None, now));
        }
    }

    #[test]
    fn one_that_waits_is_good_as_long_as_its_sender_is_an_organiser() {
        let (now, sender) = (Instant::now(), Id::new());
        for (by, role, expected) in [
            (None, None, InvitationState::Pending),
            (Some(sender), Some(StaffRole::Organiser), InvitationState::Pending),
            (Some(sender), Some(StaffRole::Facilitator), InvitationState::Expired),
            (Some(sender), None, InvitationState::Expired),
        ] {
            assert_eq!(staff_invitation_state(&sent(by, now), role, now), expected);
        }
    }

    #[test]
    fn mail_to_one_and_by_one_is_limited() {
        for (to, by, may) in [(0, 0, true), (4, 49, true), (5, 0, false), (0, 50, false)] {
            assert_eq!(may_invite_staff(to, by).is_ok(), may);
        }
    }
}
