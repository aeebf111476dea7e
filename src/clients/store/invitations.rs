//! Invitations to be a product owner.

use diesel::{dsl::exists, prelude::*};

use crate::{
    authz::SignedIn,
    clients::{
        events::{OwnerInvitationChange, OwnerInvitationEvent},
        model::{Client, OwnerInvitation},
        proofs::ClientKeeper,
    },
    db::{
        Conn,
        schema::{campus_staff, clients, people, product_owner_invitations as invitations, product_owners},
    },
    error::Result,
    outbox,
    primitives::{Email, Id, Instant},
    students::model::InvitationStatus,
};

/// An invitation.
///
/// # Errors
/// `404` if there is none.
pub fn invitation(conn: &mut Conn, id: Id) -> Result<OwnerInvitation> {
    Ok(invitations::table
        .find(id)
        .select(OwnerInvitation::as_select())
        .first(conn)?)
}

/// The invitation whose code has this hash.
pub fn invitation_by_token(conn: &mut Conn, hash: &str) -> Result<Option<OwnerInvitation>> {
    Ok(invitations::table
        .filter(invitations::token_hash.eq(hash))
        .select(OwnerInvitation::as_select())
        .first(conn)
        .optional()?)
}

/// The campus at which somebody with this address can be a product owner with the code that has this hash.
pub fn invited_by(conn: &mut Conn, email: &Email, hash: &str, now: Instant) -> Result<Option<Id>> {
    let sent: Option<(OwnerInvitation, Id)> = invitations::table
        .inner_join(clients::table)
        .filter(invitations::token_hash.eq(hash))
        .filter(invitations::email.eq(email))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .filter(invitations::expires_at.gt(now))
        .select((OwnerInvitation::as_select(), clients::campus_id))
        .first(conn)
        .optional()?;
    Ok(match sent {
        Some((invitation, campus)) => is_backed(conn, &invitation, campus)?.then_some(campus),
        None => None,
    })
}

/// Whether whoever sent an invitation could still send it: an owner of the client, or the staff of its campus. It does not
/// outlive that. One whose sender is gone for good is nobody's.
pub fn is_backed(conn: &mut Conn, invitation: &OwnerInvitation, campus: Id) -> Result<bool> {
    let Some(sender) = invitation.invited_by else {
        return Ok(true);
    };
    let on_staff = exists(campus_staff::table.find((campus, sender)));
    let owns = exists(product_owners::table.find((invitation.client_id, sender)));
    let acts = people::table
        .find(sender)
        .filter(people::disabled_at.is_null())
        .filter(people::is_admin.or(on_staff).or(owns));
    Ok(diesel::select(exists(acts)).get_result(conn)?)
}

/// Those of a client that wait, oldest first.
pub fn invitations(conn: &mut Conn, client: Id) -> Result<Vec<OwnerInvitation>> {
    Ok(invitations::table
        .filter(invitations::client_id.eq(client))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .order(invitations::id)
        .select(OwnerInvitation::as_select())
        .load(conn)?)
}

/// How many were sent to an address since then, for whichever client.
pub fn sent_to_since(conn: &mut Conn, email: &Email, then: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::email.eq(email))
        .filter(invitations::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// How many somebody has sent since then.
pub fn sent_by_since(conn: &mut Conn, person: Id, then: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::invited_by.eq(person))
        .filter(invitations::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// Invites somebody.
pub fn invite(conn: &mut Conn, proof: &ClientKeeper, invitation: &OwnerInvitation) -> Result<()> {
    debug_assert_eq!(proof.client(), invitation.client_id, "the proof holds elsewhere");
    diesel::insert_into(invitations::table)
        .values(invitation)
        .execute(conn)?;
    Ok(())
}

/// Takes an invitation back, and tells so.
pub fn revoke(conn: &mut Conn, proof: &ClientKeeper, client: &Client, id: Id, now: Instant) -> Result<()> {
    debug_assert_eq!(proof.client(), client.id, "the proof holds elsewhere");
    let own = invitations::table.find(id).filter(invitations::client_id.eq(client.id));
    diesel::update(own)
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    let event = invitation_event(conn, OwnerInvitationChange::Revoked, id, client)?;
    outbox::record(conn, &event, proof.person(), now)
}

/// What happens to an invitation, for the owners that the client has now.
pub fn invitation_event(
    conn: &mut Conn,
    kind: OwnerInvitationChange,
    invitation: Id,
    client: &Client,
) -> Result<OwnerInvitationEvent> {
    Ok(OwnerInvitationEvent {
        kind,
        invitation_id: invitation,
        client_id: client.id,
        campus_id: client.campus_id,
        owners: super::owner_ids(conn, client.id)?,
    })
}

/// Uses an invitation up: whoever accepts it is an owner from now on.
pub fn accept(
    conn: &mut Conn,
    proof: &SignedIn,
    invitation: &OwnerInvitation,
    client: &Client,
    now: Instant,
) -> Result<()> {
    diesel::update(invitations::table.find(invitation.id))
        .set((
            invitations::status.eq(InvitationStatus::Accepted),
            invitations::accepted_by.eq(proof.person()),
        ))
        .execute(conn)?;
    super::owners::insert_owner(conn, proof, client, now)?;
    let event = invitation_event(conn, OwnerInvitationChange::Accepted, invitation.id, client)?;
    outbox::record(conn, &event, Some(proof.person()), now)
}
