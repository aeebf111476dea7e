//! Closing a campus, and opening it again.

use crate::{
    audit,
    authz::Actor,
    campuses::{
        CampusKeeper,
        events::{CampusChange, CampusEvent, StaffInvitationChange, StaffInvitationEvent},
        model::Campus,
        rules, store,
    },
    clients, cohorts,
    db::Conn,
    error::Result,
    outbox,
    primitives::{Id, Instant},
    students,
};

/// Closes a campus at which nothing goes on. What was done there stays; nobody acts for it any more.
pub fn close(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<Campus> {
    let (campus, proof) = CampusKeeper::of(conn, actor, id)?;
    match campus.closed_at {
        Some(_) => Ok(campus),
        None => close_for(conn, &proof, campus, actor.person(), now),
    }
}

fn close_for(conn: &mut Conn, proof: &CampusKeeper, campus: Campus, by: Option<Id>, now: Instant) -> Result<Campus> {
    rules::may_close(&cohorts::store::slugs_going_on(conn, campus.id)?)?;
    students::withdraw_invitations(conn, proof, by, now)?;
    clients::withdraw_invitations(conn, proof, by, now)?;
    let revoked = |invitation_id: Id| StaffInvitationEvent {
        kind: StaffInvitationChange::Revoked,
        invitation_id,
        campus_id: campus.id,
    };
    let to_staff = store::revoke_staff_invitations(conn, proof)?;
    outbox::record_all(conn, &to_staff.into_iter().map(revoked).collect::<Vec<_>>(), by, now)?;
    set_closed(conn, proof, campus, Some(now), by, now)
}

/// Opens a campus again, with the staff that it had.
pub fn reopen(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<Campus> {
    let (campus, proof) = CampusKeeper::of(conn, actor, id)?;
    let Some(closed_at) = campus.closed_at else {
        return Ok(campus);
    };
    rules::may_reopen(closed_at, actor.is_admin(), now)?;
    set_closed(conn, &proof, campus, None, actor.person(), now)
}

fn set_closed(
    conn: &mut Conn,
    proof: &CampusKeeper,
    campus: Campus,
    closed_at: Option<Instant>,
    by: Option<Id>,
    now: Instant,
) -> Result<Campus> {
    let after = Campus {
        closed_at,
        version: campus.version + 1,
        updated_at: now,
        ..campus
    };
    store::set_closed(conn, proof, &after)?;
    audit::became("closed", campus.closed_at.is_some(), closed_at.is_some());
    let event = CampusEvent {
        kind: match closed_at {
            Some(_) => CampusChange::Closed,
            None => CampusChange::Reopened,
        },
        campus_id: campus.id,
    };
    outbox::record(conn, &event, by, now)?;
    Ok(after)
}

/// Somebody goes for good: they are a member of no campus any more, nor on its staff. A campus that nobody else has joined
/// closes.
///
/// # Errors
/// `409 last_organiser` naming the campuses that would be left without one, `409 conflict` for one that nobody else has
/// joined as long as something goes on there.
pub fn leave_everywhere(conn: &mut Conn, person: Id, now: Instant) -> Result<()> {
    let mut left_alone = Vec::new();
    for (id, name) in store::organised_by(conn, person)? {
        if rules::keeps_an_organiser(&store::staff_roles(conn, id)?, person, None).is_ok() {
            continue;
        }
        match CampusKeeper::of_the_last(conn, id, person)? {
            Some((campus, proof)) => drop(close_for(conn, &proof, campus, Some(person), now)?),
            None => left_alone.push(name.to_string()),
        }
    }
    rules::leaves_none_alone(&left_alone)?;
    store::leave_everywhere(conn, person)
}

/// Nobody is on the staff any more of campuses that can be opened again only by administrators.
pub fn forget_former_staff(conn: &mut Conn, now: Instant) -> Result<usize> {
    store::forget_former_staff(conn, now.plus(-rules::REOPENED_WITHIN))
}
