//! Invitations to be a product owner.

use std::collections::HashSet;

use diesel::{prelude::*, sql_types::Bool};

use crate::{
    authz::SignedIn,
    campuses::{
        CampusKeeper,
        model::{Campus, InvitationStatus},
    },
    clients::{
        events::{OwnerInvitationChange, OwnerInvitationEvent},
        model::{Client, OwnerInvitation},
        proofs::ClientKeeper,
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campus_staff, campuses, clients, people, product_owner_invitations as invitations, product_owners},
    },
    error::Result,
    outbox,
    primitives::{Email, Id, Instant},
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

/// The campus, if it is open, at which somebody with this address can be a product owner with the code that has this hash.
pub fn invited_by(conn: &mut Conn, email: &Email, hash: &str, now: Instant) -> Result<Option<Id>> {
    let sent: Option<(OwnerInvitation, Client)> = invitations::table
        .inner_join(clients::table.inner_join(campuses::table))
        .filter(invitations::token_hash.eq(hash))
        .filter(invitations::email.eq(email))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .filter(invitations::expires_at.gt(now))
        .filter(campuses::closed_at.is_null())
        .select((OwnerInvitation::as_select(), Client::as_select()))
        .first(conn)
        .optional()?;
    Ok(match sent {
        Some((invitation, client)) => {
            let backers = backers(conn, &client, &[invitation])?;
            (!backers.is_empty()).then_some(client.campus_id)
        }
        None => None,
    })
}

/// Who of those who sent these invitations of a client could still send them: its owners, and the staff of its campus.
pub fn backers(conn: &mut Conn, client: &Client, sent: &[OwnerInvitation]) -> Result<HashSet<Id>> {
    let senders: Vec<Id> = sent.iter().filter_map(|one| one.invited_by).collect();
    if senders.is_empty() {
        return Ok(HashSet::new());
    }
    let staff = campus_staff::table
        .filter(campus_staff::campus_id.eq(client.campus_id))
        .select(campus_staff::person_id);
    let owners = product_owners::table
        .filter(product_owners::client_id.eq(client.id))
        .select(product_owners::person_id);
    let acting: Vec<Id> = people::table
        .filter(people::id.among(senders))
        .filter(people::disabled_at.is_null())
        .filter(
            people::is_admin
                .or(people::id.eq_any(staff))
                .or(people::id.eq_any(owners)),
        )
        .select(people::id)
        .load(conn)?;
    Ok(acting.into_iter().collect())
}

/// Those of a client that were neither accepted nor taken back, oldest first.
pub fn invitations(conn: &mut Conn, client: Id) -> Result<Vec<OwnerInvitation>> {
    Ok(invitations::table
        .filter(invitations::client_id.eq(client))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .order(invitations::id)
        .select(OwnerInvitation::as_select())
        .load(conn)?)
}

/// How many were sent to an address since then: by a campus that is approved, or else by all that are not. So nobody who merely opened
/// a campus keeps a real one from inviting somebody.
pub fn sent_to_since(conn: &mut Conn, email: &Email, by: &Campus, then: Instant) -> Result<i64> {
    let is_unapproved = by.approved_at.is_none().into_sql::<Bool>();
    Ok(invitations::table
        .inner_join(clients::table.inner_join(campuses::table))
        .filter(invitations::email.eq(email))
        .filter(invitations::created_at.gt(then))
        .filter(
            campuses::id
                .eq(by.id)
                .or(campuses::approved_at.is_null().and(is_unapproved)),
        )
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

/// Takes these invitations back, and tells so.
pub fn revoke(conn: &mut Conn, proof: &ClientKeeper, client: &Client, ids: &[Id], now: Instant) -> Result<()> {
    debug_assert_eq!(proof.client(), client.id, "the proof holds elsewhere");
    if ids.is_empty() {
        return Ok(());
    }
    let own = invitations::table
        .filter(invitations::client_id.eq(client.id))
        .filter(invitations::id.among(ids.to_vec()));
    diesel::update(own)
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    let owners = super::owner_ids(conn, client.id)?;
    let revoked = |id: &Id| OwnerInvitationEvent {
        kind: OwnerInvitationChange::Revoked,
        invitation_id: *id,
        client_id: client.id,
        campus_id: client.campus_id,
        owners: owners.clone(),
    };
    let events: Vec<OwnerInvitationEvent> = ids.iter().map(revoked).collect();
    outbox::record_all(conn, &events, proof.person(), now)
}

/// Takes all invitations of a campus back; returns which.
pub fn revoke_all(conn: &mut Conn, proof: &CampusKeeper) -> Result<Vec<OwnerInvitation>> {
    let waiting: Vec<OwnerInvitation> = invitations::table
        .inner_join(clients::table)
        .filter(clients::campus_id.eq(proof.campus()))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .order(invitations::id)
        .select(OwnerInvitation::as_select())
        .load(conn)?;
    let ids: Vec<Id> = waiting.iter().map(|invitation| invitation.id).collect();
    diesel::update(invitations::table.filter(invitations::id.among(ids)))
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    Ok(waiting)
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
