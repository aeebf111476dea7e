//! Product owners, and inviting others by mail.

use chrono::TimeDelta;

use super::clients::{WholeClient, get};
use crate::{
    accounts::store as accounts,
    audit,
    authz::{Actor, SignedIn},
    campuses::{
        CampusKeeper,
        model::{InvitationState, InvitationStatus},
        store as campuses,
    },
    clients::{
        events::{OwnerInvitationChange, OwnerInvitationEvent},
        model::OwnerInvitation,
        proofs::SeenClient,
        rules, store,
    },
    db::Conn,
    error::{Code, Error, Result},
    outbox,
    primitives::{Email, Id, Instant, Secret},
};

/// Invites somebody to be a product owner, whether or not there is an account with their address. What waits for the same
/// address is replaced.
pub fn invite(conn: &mut Conn, actor: &Actor, client: Id, email: &Email, now: Instant) -> Result<OwnerInvitation> {
    let seen = SeenClient::of(conn, actor, client)?;
    let keeper = seen.keeper()?;
    let yesterday = now.plus(-TimeDelta::days(1));
    rules::may_invite(
        seen.client.status,
        seen.parties(),
        store::sent_to_since(conn, email, &seen.campus, yesterday)?,
        store::sent_by_since(conn, seen.person(), yesterday)?,
    )?;
    let waiting = store::invitations(conn, client)?;
    let backers = store::backers(conn, &seen.client, &waiting)?;
    let (replaced, mut others): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|one| one.email == *email);
    others.retain(|one| rules::state(one, &backers, now) == InvitationState::Pending);
    let there = others.len() + store::owner_ids(conn, client)?.len();
    rules::OWNERS.check_room(there)?;
    let secret = Secret::new();
    let invitation = OwnerInvitation {
        id: Id::new(),
        client_id: client,
        email: email.clone(),
        token_hash: secret.hash.clone(),
        status: InvitationStatus::Pending,
        invited_by: Some(seen.person()),
        created_at: now,
        expires_at: now.plus(rules::GOOD_FOR),
        accepted_by: None,
    };
    let replaced: Vec<Id> = replaced.iter().map(|earlier| earlier.id).collect();
    store::revoke(conn, &keeper, &seen.client, &replaced, now)?;
    store::invite(conn, &keeper, &invitation)?;
    audit::became("invitation", None::<InvitationStatus>, invitation.status);
    let event = store::invitation_event(conn, OwnerInvitationChange::Sent, invitation.id, &seen.client)?;
    outbox::record_with_secret(conn, &event, Some(seen.person()), &secret.text, now)?;
    Ok(invitation)
}

/// The invitations of a client that were neither accepted nor taken back, oldest first, with where they are now.
pub fn invitations(
    conn: &mut Conn,
    actor: &Actor,
    client: Id,
    now: Instant,
) -> Result<Vec<(OwnerInvitation, InvitationState)>> {
    let seen = SeenClient::of(conn, actor, client)?;
    let waiting = store::invitations(conn, client)?;
    let backers = store::backers(conn, &seen.client, &waiting)?;
    let with_state = |invitation: OwnerInvitation| {
        let state = rules::state(&invitation, &backers, now);
        (invitation, state)
    };
    Ok(waiting.into_iter().map(with_state).collect())
}

/// Takes an invitation back; its code stops working. Repeating it changes nothing.
pub fn revoke(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<()> {
    let invitation = store::invitation(conn, id)?;
    let seen = SeenClient::of(conn, actor, invitation.client_id)?;
    let keeper = seen.keeper()?;
    match invitation.status {
        InvitationStatus::Revoked => return Ok(()),
        InvitationStatus::Accepted => {
            let detail = "The invitation has been accepted. Remove them from the product owners instead.";
            return Err(Error::new(Code::InvitationUnusable, detail));
        }
        InvitationStatus::Pending => {}
    }
    audit::became("invitation", invitation.status, InvitationStatus::Revoked);
    store::revoke(conn, &keeper, &seen.client, &[id], now)
}

/// Takes back all invitations of a campus that closes.
pub fn withdraw_invitations(conn: &mut Conn, proof: &CampusKeeper, by: Option<Id>, now: Instant) -> Result<()> {
    let revoked = store::revoke_all(conn, proof)?;
    if revoked.is_empty() {
        return Ok(());
    }
    let owners = store::owners_at(conn, proof.campus())?;
    let event = |invitation: &OwnerInvitation| OwnerInvitationEvent {
        kind: OwnerInvitationChange::Revoked,
        invitation_id: invitation.id,
        client_id: invitation.client_id,
        campus_id: proof.campus(),
        owners: owners.get(&invitation.client_id).cloned().unwrap_or_default(),
    };
    outbox::record_all(conn, &revoked.iter().map(event).collect::<Vec<_>>(), by, now)
}

/// The caller accepts an invitation that was sent to the address of their account.
pub fn accept(conn: &mut Conn, actor: &Actor, code: &str, now: Instant) -> Result<WholeClient> {
    let proof = SignedIn::prove(actor)?;
    let unknown = || {
        Error::field(
            "/code",
            "not_found",
            "must be the code of an invitation to be a product owner",
        )
    };
    let invitation = store::invitation_by_token(conn, &Secret::hash_of_code(code))?.ok_or_else(unknown)?;
    let client = store::client(conn, invitation.client_id)?.ok_or_else(unknown)?;
    audit::at_campus(client.campus_id);
    let campus = campuses::campus(conn, client.campus_id)?;
    let account = accounts::person(conn, proof.person())?;
    let backers = store::backers(conn, &client, std::slice::from_ref(&invitation))?;
    let state = rules::state(&invitation, &backers, now);
    rules::may_be_accepted(&invitation, state, campus.closed_at.is_some(), &account.email)?;
    accounts::prove_address(conn, account.id, now)?;
    store::accept(conn, &proof, &invitation, &client, now)?;
    audit::became("invitation", invitation.status, InvitationStatus::Accepted);
    get(conn, actor, client.id)
}

/// Removes a product owner: the caller, or as staff anybody. One stays as long as the client is active.
pub fn delete_owner(conn: &mut Conn, actor: &Actor, client: Id, person: Id) -> Result<()> {
    let seen = SeenClient::of(conn, actor, client)?;
    seen.may_remove(person)?;
    let keeper = seen.keeper()?;
    let owners = store::owner_ids(conn, client)?;
    if !owners.contains(&person) {
        return Err(Error::not_found());
    }
    rules::may_leave(owners.len(), seen.client.status, store::count_briefs(conn, client)?)?;
    audit::touched("product_owners");
    // They can be reached no longer as they said.
    store::delete_availability_of(conn, &keeper, &seen.client, person)?;
    store::delete_owner(conn, &keeper, &seen.client, person)
}
