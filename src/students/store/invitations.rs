//! Queries on invitations, and on becoming a student by one.

use diesel::{prelude::*, sql_types::Bool};

use super::enrolments::{overwrite, write};
use crate::{
    authz::SignedIn,
    campuses::{
        CampusKeeper, events as campus_events,
        model::{Campus, InvitationStatus, MemberStatus, Sender},
    },
    cohorts::CohortStaff,
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{campus_members, campus_removals, campuses, cohorts, invitations},
    },
    error::Result,
    primitives::{Email, Id, Instant},
    students::{
        RosterKeeper, events,
        model::{Enrolment, Invitation},
    },
};

/// An invitation that waits no longer says nothing of the student to balance teams. If it was accepted, the enrolment has it, where
/// the student decides about it.
#[derive(AsChangeset)]
#[diesel(table_name = invitations, treat_none_as_null = true)]
struct Ended {
    status: InvitationStatus,
    experience: Option<i32>,
    attributes: &'static str,
}

impl Ended {
    fn with(status: InvitationStatus) -> Self {
        Self {
            status,
            experience: None,
            attributes: "{}",
        }
    }
}

/// An invitation.
///
/// # Errors
/// `404` if there is none.
pub fn invitation(conn: &mut Conn, id: Id) -> Result<Invitation> {
    Ok(invitations::table
        .find(id)
        .select(Invitation::as_select())
        .first(conn)?)
}

/// The invitation whose token has this hash.
pub fn invitation_by_token(conn: &mut Conn, hash: &str) -> Result<Option<Invitation>> {
    Ok(invitations::table
        .filter(invitations::token_hash.eq(hash))
        .select(Invitation::as_select())
        .first(conn)
        .optional()?)
}

/// How many invitations somebody has sent since `then`.
pub fn invited_since(conn: &mut Conn, person: Id, then: Instant) -> Result<i64> {
    Ok(invitations::table
        .filter(invitations::invited_by.eq(person))
        .filter(invitations::created_at.gt(then))
        .count()
        .get_result(conn)?)
}

/// How many invitations were sent to each of these addresses since `then`: by a campus that is approved, or else by all
/// that are not. So nobody who merely opened a campus keeps a real one from inviting somebody.
pub fn sent_to_since(conn: &mut Conn, emails: &[Email], by: &Campus, then: Instant) -> Result<Vec<(Email, i64)>> {
    let is_unapproved = by.approved_at.is_none().into_sql::<Bool>();
    Ok(invitations::table
        .inner_join(cohorts::table.inner_join(campuses::table))
        .filter(invitations::email.among(emails))
        .filter(invitations::created_at.gt(then))
        .filter(
            campuses::id
                .eq(by.id)
                .or(campuses::approved_at.is_null().and(is_unapproved)),
        )
        .group_by(invitations::email)
        .select((invitations::email, diesel::dsl::count_star()))
        .load(conn)?)
}

/// All invitations to a cohort, oldest first.
pub fn invitations(conn: &mut Conn, cohort: Id) -> Result<Vec<Invitation>> {
    Ok(invitations::table
        .filter(invitations::cohort_id.eq(cohort))
        .order(invitations::id)
        .select(Invitation::as_select())
        .load(conn)?)
}

/// Invites somebody. An earlier invitation of the same address to the same cohort that still waits
/// is taken back; returns which.
pub fn invite(conn: &mut Conn, proof: &RosterKeeper, invitation: &Invitation) -> Result<Vec<Id>> {
    debug_assert_eq!(proof.cohort(), invitation.cohort_id, "the proof holds elsewhere");
    let earlier = invitations::table
        .filter(invitations::cohort_id.eq(proof.cohort()))
        .filter(invitations::email.eq(&invitation.email))
        .filter(invitations::status.eq(InvitationStatus::Pending));
    let replaced = earlier.select(invitations::id).load(conn)?;
    diesel::update(earlier)
        .set(Ended::with(InvitationStatus::Revoked))
        .execute(conn)?;
    diesel::insert_into(invitations::table)
        .values(invitation)
        .execute(conn)?;
    Ok(replaced)
}

/// Changes what an invitation says of the student to come; its token stays good.
pub fn amend_invitation(conn: &mut Conn, proof: &RosterKeeper, invitation: &Invitation) -> Result<()> {
    debug_assert_eq!(proof.cohort(), invitation.cohort_id, "the proof holds elsewhere");
    diesel::update(invitations::table.find(invitation.id))
        .set((
            invitations::experience.eq(invitation.experience),
            invitations::attributes.eq(&invitation.attributes),
            invitations::joined_on.eq(invitation.joined_on),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes an invitation back.
pub fn revoke_invitation(conn: &mut Conn, proof: &CohortStaff, id: Id) -> Result<()> {
    diesel::update(
        invitations::table
            .find(id)
            .filter(invitations::cohort_id.eq(proof.cohort())),
    )
    .set(Ended::with(InvitationStatus::Revoked))
    .execute(conn)?;
    Ok(())
}

/// Takes all invitations of a campus back; returns which.
pub fn revoke_all_invitations(conn: &mut Conn, proof: &CampusKeeper) -> Result<Vec<Invitation>> {
    let waiting: Vec<Invitation> = invitations::table
        .inner_join(cohorts::table)
        .filter(cohorts::campus_id.eq(proof.campus()))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .order(invitations::id)
        .select(Invitation::as_select())
        .load(conn)?;
    let ids: Vec<Id> = waiting.iter().map(|invitation| invitation.id).collect();
    diesel::update(invitations::table.filter(invitations::id.among(ids)))
        .set(Ended::with(InvitationStatus::Revoked))
        .execute(conn)?;
    Ok(waiting)
}

/// Uses an invitation up: who accepts it joins the campus and is a student from now on, anew if they
/// were one before.
pub fn accept(
    conn: &mut Conn,
    proof: &SignedIn,
    campus: Id,
    invitation: &Invitation,
    enrolment: &Enrolment,
    now: Instant,
) -> Result<()> {
    mark_accepted(conn, proof, invitation.id)?;
    admit(conn, proof, campus, enrolment, now)
}

/// Whoever has a place joins the campus and is a student from now on, anew if they were one before.
pub fn admit(conn: &mut Conn, proof: &SignedIn, campus: Id, enrolment: &Enrolment, now: Instant) -> Result<()> {
    debug_assert_eq!(proof.person(), enrolment.person_id, "nobody accepts for another");
    join_campus(conn, campus, proof.person(), now)?;
    if enrolment.version == 1 {
        write(conn, enrolment)
    } else {
        overwrite(conn, enrolment)?;
        events::enrolment(enrolment.cohort_id, enrolment.person_id).updated(conn)
    }
}

/// Notes that the caller has used an invitation.
pub fn mark_accepted(conn: &mut Conn, proof: &SignedIn, id: Id) -> Result<()> {
    diesel::update(invitations::table.find(id))
        .set((
            Ended::with(InvitationStatus::Accepted),
            invitations::accepted_by.eq(proof.person()),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn join_campus(conn: &mut Conn, campus: Id, person: Id, now: Instant) -> Result<()> {
    use campus_members as members;
    campus_events::member(campus, person).updated(conn)?;
    // The staff invited them, whatever was before.
    diesel::delete(campus_removals::table.find((campus, person))).execute(conn)?;
    let admitted = diesel::update(members::table.find((campus, person)))
        .set(members::status.eq(MemberStatus::Member))
        .execute(conn)?;
    if admitted == 0 {
        diesel::insert_into(members::table)
            .values((
                members::campus_id.eq(campus),
                members::person_id.eq(person),
                members::status.eq(MemberStatus::Member),
                members::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Who sent this address this token, if it has not been used or taken back, nor expired.
pub fn invited_by(conn: &mut Conn, email: &Email, hash: &str, now: Instant) -> Result<Option<Sender>> {
    Ok(invitations::table
        .inner_join(cohorts::table)
        .filter(invitations::token_hash.eq(hash))
        .filter(invitations::email.eq(email))
        .filter(invitations::status.eq(InvitationStatus::Pending))
        .filter(invitations::expires_at.gt(now))
        .select((cohorts::campus_id, invitations::invited_by))
        .first::<(Id, Option<Id>)>(conn)
        .optional()?
        .map(|(campus, person)| Sender { campus, person }))
}
