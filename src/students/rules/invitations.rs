//! What can be done with an invitation.

use std::collections::HashSet;

use chrono::TimeDelta;

use crate::{
    accounts::model::PersonCard,
    campuses::model::{InvitationState, InvitationStatus},
    error::{Code, Error, Result},
    primitives::{Email, Id, Instant},
    students::model::{Attributes, Enrolment, EnrolmentStatus, Invitation},
};

/// How long an invitation can be accepted.
pub const GOOD_FOR: TimeDelta = TimeDelta::days(14);

/// Where it is now. It does not outlive the right of whoever sent it: `staff` are those who act for the campus by now. One that
/// was sent from the console is nobody's.
pub fn state(invitation: &Invitation, staff: &HashSet<Id>, now: Instant) -> InvitationState {
    let is_backed = invitation.invited_by.is_none_or(|sender| staff.contains(&sender));
    invitation.status.state(invitation.expires_at, is_backed, now)
}

/// It can be accepted.
pub fn check_usable(invitation: &Invitation, staff: &HashSet<Id>, now: Instant) -> Result<()> {
    let why = match state(invitation, staff, now) {
        InvitationState::Pending => return Ok(()),
        InvitationState::Accepted => "The invitation has already been accepted; it can be used once.",
        InvitationState::Revoked => {
            "The invitation was revoked or replaced by a newer one. Look for a later mail, or ask the staff of the campus."
        }
        InvitationState::Expired => "The invitation has expired. Ask the staff of the campus for a new one.",
    };
    Err(Error::new(Code::InvitationUnusable, why))
}

/// It was sent to the address of the account that accepts it.
pub fn check_address(invitation: &Invitation, email: &Email) -> Result<()> {
    match invitation.email == *email {
        true => Ok(()),
        false => Err(Error::new(
            Code::InvitationUnusable,
            "The invitation was sent to another address than that of your account. Log in to the account with that \
             address, change the address of yours, or ask the staff of the campus to invite the one you have.",
        )),
    }
}

/// Whom the staff have removed from the campus since a code was made needs a new one; `code` says what is unusable.
pub fn check_not_removed(sent: Instant, removed: Option<Instant>, code: Code) -> Result<()> {
    match removed {
        Some(removed) if removed >= sent => Err(Error::new(
            code,
            "You were removed from the campus after this code was made. Ask its staff for a new one.",
        )),
        _ => Ok(()),
    }
}

/// The place that it is for has not been taken with a claim link meanwhile.
pub fn place_is_free(person: &PersonCard) -> Result<()> {
    match person.claimed {
        false => Ok(()),
        true => Err(Error::new(
            Code::InvitationUnusable,
            "Somebody has taken this place with a claim link. Ask the staff of the campus.",
        )),
    }
}

/// The staff can still take it back.
pub fn check_revocable(invitation: &Invitation) -> Result<()> {
    match invitation.status {
        InvitationStatus::Pending | InvitationStatus::Revoked => Ok(()),
        InvitationStatus::Accepted => Err(Error::new(
            Code::InvitationUnusable,
            "The invitation has been accepted. Withdraw the student instead: give their enrolment the status `withdrawn`.",
        )),
    }
}

/// The enrolment of whoever accepts it. `before` is one that they had: who has left may come back,
/// and keeps what is known of them where the invitation says nothing.
pub fn accepted(invitation: &Invitation, fresh: Enrolment, before: Option<Enrolment>) -> Result<Enrolment> {
    let Some(before) = before else { return Ok(fresh) };
    if before.status != EnrolmentStatus::Withdrawn {
        return Err(Error::new(
            Code::AlreadyEnrolled,
            "You are already a student of this cohort.",
        ));
    }
    if invitation.created_at <= before.updated_at {
        return Err(Error::new(
            Code::InvitationUnusable,
            "You were withdrawn from this cohort after the invitation was sent. Ask its staff for a new one.",
        ));
    }
    let mut attributes = Attributes::stored(&before.attributes)?;
    // What they told themself stays.
    let invitation_tells = before.told_at.is_none();
    for (name, value) in Attributes::stored(&invitation.attributes)?
        .iter()
        .filter(|_| invitation_tells)
    {
        attributes.set(name.clone(), value.clone());
    }
    Ok(Enrolment {
        status: fresh.status,
        experience: invitation.experience.filter(|_| invitation_tells).or(before.experience),
        attributes: attributes.to_stored(),
        joined_on: invitation.joined_on.unwrap_or(before.joined_on),
        left_on: None,
        version: before.version + 1,
        updated_at: fresh.updated_at,
        ..before
    })
}
