//! Inviting somebody to the staff by mail.

use std::collections::HashMap;

use chrono::TimeDelta;

use crate::{
    accounts::store as accounts,
    audit,
    authz::{Actor, SignedIn, StaffRole},
    campuses::{
        CampusOrganiser,
        events::{StaffInvitationChange, StaffInvitationEvent},
        model::{Appointment, InvitationState, InvitationStatus, StaffInvitation},
        rules, store,
    },
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Email, Id, Instant, Secret},
};

/// Invites somebody, whether or not there is an account with their address. What waits for the same address is replaced.
pub fn invite_staff(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    email: &Email,
    role: StaffRole,
    now: Instant,
) -> Result<StaffInvitation> {
    let (campus, proof) = CampusOrganiser::of(conn, actor, campus)?;
    let person = SignedIn::prove(actor)?.person();
    let yesterday = now.plus(-TimeDelta::days(1));
    rules::may_invite_staff(
        store::staff_invitations_to_since(conn, email, yesterday)?,
        store::staff_invitations_by_since(conn, person, yesterday)?,
    )?;
    let secret = Secret::new();
    let invitation = StaffInvitation {
        id: Id::new(),
        campus_id: campus.id,
        email: email.clone(),
        role,
        token_hash: secret.hash.clone(),
        status: InvitationStatus::Pending,
        invited_by: Some(person),
        created_at: now,
        expires_at: now.plus(rules::STAFF_INVITATION_GOOD_FOR),
        accepted_by: None,
    };
    for replaced in store::invite_staff(conn, &proof, &invitation)? {
        let event = event(StaffInvitationChange::Revoked, replaced, campus.id);
        outbox::record(conn, &event, Some(person), now)?;
    }
    audit::became("role", None::<StaffRole>, role);
    let event = event(StaffInvitationChange::Sent, invitation.id, campus.id);
    outbox::record_with_secret(conn, &event, Some(person), &secret.text, now)?;
    Ok(invitation)
}

fn event(kind: StaffInvitationChange, invitation: Id, campus: Id) -> StaffInvitationEvent {
    StaffInvitationEvent {
        kind,
        invitation_id: invitation,
        campus_id: campus,
    }
}

/// The invitations of a campus that were neither accepted nor taken back, oldest first, with where they are now.
pub fn staff_invitations(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    now: Instant,
) -> Result<Vec<(StaffInvitation, InvitationState)>> {
    let (_, proof) = CampusOrganiser::of(conn, actor, campus)?;
    let waiting = store::staff_invitations(conn, &proof)?;
    let senders: Vec<Id> = waiting.iter().filter_map(|one| one.invited_by).collect();
    let roles = match senders.is_empty() {
        true => HashMap::new(),
        false => store::acting_among(conn, campus, &senders)?,
    };
    let with_state = |invitation: StaffInvitation| {
        let role = invitation.invited_by.and_then(|sender| roles.get(&sender).copied());
        let state = rules::staff_invitation_state(&invitation, role, now);
        (invitation, state)
    };
    Ok(waiting.into_iter().map(with_state).collect())
}

/// Takes an invitation back; its code stops working.
pub fn revoke_staff_invitation(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let invitation = store::staff_invitation(conn, id)?;
    // Whoever may not see it learns nothing of it.
    let (campus, proof) =
        CampusOrganiser::of(conn, actor, invitation.campus_id).map_err(|error| match error.code() {
            Code::Forbidden => Error::not_found(),
            _ => error,
        })?;
    match invitation.status {
        InvitationStatus::Revoked => return Ok(()),
        InvitationStatus::Accepted => {
            let detail = "The invitation has been accepted. Dismiss them from the staff instead.";
            return Err(Error::new(Code::InvitationUnusable, detail));
        }
        InvitationStatus::Pending => {}
    }
    store::revoke_staff_invitation(conn, &proof, id)?;
    audit::became("status", invitation.status, InvitationStatus::Revoked);
    let event = event(StaffInvitationChange::Revoked, id, campus.id);
    outbox::record(conn, &event, actor.person(), now)
}

/// The caller accepts an invitation that was sent to the address of their account; what they are now.
pub fn accept_staff_invitation(conn: &mut Conn, actor: &Actor, code: &str, now: Instant) -> Result<Appointment> {
    let proof = SignedIn::prove(actor)?;
    let unknown = || {
        Error::field(
            "/code",
            "not_found",
            "must be the code of an invitation to the staff of a campus",
        )
    };
    let invitation = store::staff_invitation_by_token(conn, &Secret::hash_of_code(code))?.ok_or_else(unknown)?;
    audit::at_campus(invitation.campus_id);
    let account = accounts::person(conn, proof.person())?;
    let removed = store::removed_at(conn, invitation.campus_id, account.id)?;
    let sender = match invitation.invited_by {
        Some(sender) => store::acting_role(conn, invitation.campus_id, sender)?,
        None => None,
    };
    rules::may_join_staff(&invitation, sender, &account.email, removed, now)?;
    accounts::prove_address(conn, account.id, now)?;
    store::accept_staff_invitation(conn, &proof, &invitation, now)?;
    audit::became("status", invitation.status, InvitationStatus::Accepted);
    audit::became("role", None::<StaffRole>, invitation.role);
    let event = event(StaffInvitationChange::Accepted, invitation.id, invitation.campus_id);
    outbox::record(conn, &event, Some(account.id), now)?;
    let staff = store::staff(conn, invitation.campus_id)?;
    let own = staff.into_iter().find(|one| one.person.id == account.id);
    own.ok_or_else(Error::not_found)
}
