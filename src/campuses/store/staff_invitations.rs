//! Queries on invitations to the staff.

use diesel::prelude::*;

use super::{members, staff};
use crate::{
    authz::{SignedIn, StaffRole},
    campuses::{
        CampusKeeper, CampusOrganiser,
        model::{InvitationStatus, MemberStatus, Sender, StaffInvitation},
    },
    db::{Conn, schema::staff_invitations as invitations},
    error::Result,
    primitives::{Email, Id, Instant},
};

/// An invitation.
///
/// # Errors
/// `404` if there is none.
pub fn staff_invitation(conn: &mut Conn, id: Id) -> Result<StaffInvitation> {
    Ok(invitations::table
        .find(id)
        .select(StaffInvitation::as_select())
        .first(conn)?)
}

/// The invitation whose code has this hash.
pub fn staff_invitation_by_token(conn: &mut Conn, hash: &str) -> Result<Option<StaffInvitation>> {
    Ok(invitations::table
        .filter(invitations::token_hash.eq(hash))
        .select(StaffInvitation::as_select())
        .first(conn)
        .optional()?)
}

/// Who sent this address the code that has this hash, if it has not been used or taken back, nor expired.
pub fn invited_to_staff_by(conn: &mut Conn, email: &Email, hash: &str, now: Instant) -> Result<Option<Sender>> {
    let sent: Option<(Id, Option<Id>)> = invitations::table
        .filter(invitations::token_hash.eq(hash))
        .filter(invitations::email.eq(email))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .filter(invitations::expires_at.gt(now))
        .select((invitations::campus_id, invitations::invited_by))
        .first(conn)
        .optional()?;
    Ok(sent.map(|(campus, person)| Sender { campus, person }))
}

/// Those of a campus that wait, oldest first.
pub fn staff_invitations(conn: &mut Conn, proof: &CampusOrganiser) -> Result<Vec<StaffInvitation>> {
    Ok(invitations::table
        .filter(invitations::campus_id.eq(proof.campus()))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .order(invitations::id)
        .select(StaffInvitation::as_select())
        .load(conn)?)
}

/// How many invitations to the staff of whatever campus were sent to an address since `then`.
pub fn staff_invitations_to_since(conn: &mut Conn, email: &Email, then: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::email.eq(email))
        .filter(invitations::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// How many somebody has sent since `then`.
pub fn staff_invitations_by_since(conn: &mut Conn, person: Id, then: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::invited_by.eq(person))
        .filter(invitations::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// Invites somebody. What waits for the same address is taken back; returns which.
pub fn invite_staff(conn: &mut Conn, proof: &CampusOrganiser, invitation: &StaffInvitation) -> Result<Vec<Id>> {
    debug_assert_eq!(proof.campus(), invitation.campus_id, "the proof holds elsewhere");
    let earlier = invitations::table
        .filter(invitations::campus_id.eq(proof.campus()))
        .filter(invitations::email.eq(&invitation.email))
        .filter(invitations::status.eq(InvitationStatus::Pending));
    let replaced = earlier.select(invitations::id).load(conn)?;
    diesel::update(earlier)
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    diesel::insert_into(invitations::table)
        .values(invitation)
        .execute(conn)?;
    Ok(replaced)
}

/// Takes an invitation back.
pub fn revoke_staff_invitation(conn: &mut Conn, proof: &CampusOrganiser, id: Id) -> Result<()> {
    let own = invitations::table
        .find(id)
        .filter(invitations::campus_id.eq(proof.campus()));
    diesel::update(own)
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    Ok(())
}

/// Takes all invitations to the staff of the campus back; returns which.
pub fn revoke_staff_invitations(conn: &mut Conn, proof: &CampusKeeper) -> Result<Vec<Id>> {
    let waiting = invitations::table
        .filter(invitations::campus_id.eq(proof.campus()))
        .filter(invitations::status.eq(InvitationStatus::Pending));
    let revoked = waiting.select(invitations::id).load(conn)?;
    diesel::update(waiting)
        .set(invitations::status.eq(InvitationStatus::Revoked))
        .execute(conn)?;
    Ok(revoked)
}

/// Uses an invitation up: the caller joins the campus and its staff. Who organises it already goes on to.
pub fn accept_staff_invitation(
    conn: &mut Conn,
    proof: &SignedIn,
    invitation: &StaffInvitation,
    now: Instant,
) -> Result<()> {
    diesel::update(invitations::table.find(invitation.id))
        .set((
            invitations::status.eq(InvitationStatus::Accepted),
            invitations::accepted_by.eq(proof.person()),
        ))
        .execute(conn)?;
    let (campus, person) = (invitation.campus_id, proof.person());
    if members::member_status(conn, campus, person)? != Some(MemberStatus::Member) {
        members::forget_removal(conn, campus, person)?;
        members::set_member(conn, campus, person, MemberStatus::Member, now)?;
    }
    if staff::staff_role(conn, campus, person)? != Some(StaffRole::Organiser) {
        staff::unset_staff(conn, campus, person)?;
        staff::set_staff(conn, campus, person, invitation.role, now)?;
    }
    Ok(())
}
