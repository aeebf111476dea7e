//! Roles at employers, and the board of those that are public.

use crate::{
    audit,
    authz::Actor,
    campuses::{CampusStaff, model::Campus, store as campuses},
    careers::{
        model::{NamedRole, NewRole, Role, RolePatch, RoleSelection, RoleStatus},
        proofs::{RoleKeeper, SeenEmployer},
        rules, store,
    },
    db::Conn,
    error::{Error, Result},
    primitives::{Id, IfMatch, Instant},
};

/// Adds a role, which waits for the staff to approve it.
pub fn create_role(conn: &mut Conn, actor: &Actor, employer: Id, new: NewRole, now: Instant) -> Result<NamedRole> {
    let seen = SeenEmployer::of(conn, actor, employer)?;
    let keeper = seen.keeper()?;
    let role = Role::submitted(new, seen.campus.id, employer, now);
    rules::check_role(&role, now.date_in(seen.campus.time_zone))?;
    rules::ROLES.check_room(store::count_open(conn, employer)?)?;
    audit::became("status", None::<RoleStatus>, role.status);
    store::insert_role(conn, &keeper, &role)?;
    Ok((role, seen.employer.name))
}

/// Up to `limit` roles of an employer, for its contacts and the staff of the campus.
pub fn roles(
    conn: &mut Conn,
    actor: &Actor,
    employer: Id,
    selection: &RoleSelection,
    limit: i64,
) -> Result<Vec<NamedRole>> {
    let seen = SeenEmployer::of(conn, actor, employer)?;
    let found = store::roles_of(conn, &seen, selection, limit)?;
    Ok(found
        .into_iter()
        .map(|role| (role, seen.employer.name.clone()))
        .collect())
}

/// Up to `limit` roles of a campus: those in the states that are asked for, for its staff; without any those that are public now, for
/// everybody. A closed campus has none of these.
pub fn roles_at(
    conn: &mut Conn,
    actor: &Actor,
    campus: Id,
    selection: &RoleSelection,
    limit: i64,
    now: Instant,
) -> Result<Vec<NamedRole>> {
    if selection.states.is_some() {
        let (_, staff) = CampusStaff::of(conn, actor, campus)?;
        return store::roles_at(conn, &staff, selection, limit);
    }
    let campus = campuses::campus(conn, campus)?;
    match campus.closed_at {
        Some(_) => Ok(Vec::new()),
        None => store::public_roles(conn, campus.id, now.date_in(campus.time_zone), selection.after, limit),
    }
}

/// The roles of a campus that wait to be approved and have not expired meanwhile, for its staff.
pub fn unapproved_roles(conn: &mut Conn, actor: &Actor, campus: Id, now: Instant) -> Result<Vec<NamedRole>> {
    let (campus, staff) = CampusStaff::of(conn, actor, campus)?;
    store::unapproved_roles(conn, &staff, now.date_in(campus.time_zone))
}

/// One role: for everybody as long as it is public, otherwise for its employer's contacts and the staff of the campus.
pub fn role(conn: &mut Conn, actor: &Actor, id: Id, now: Instant) -> Result<NamedRole> {
    let role = store::role(conn, id)?;
    let campus = campuses::campus(conn, role.campus_id)?;
    if is_public_at(&campus, &role, now) {
        let employer = store::employer(conn, role.employer_id)?;
        return Ok((role, employer.name));
    }
    // Without an account there is nobody to be somebody there.
    let seen = SeenEmployer::of(conn, actor, role.employer_id).map_err(|_| Error::not_found())?;
    Ok((role, seen.employer.name))
}

/// Whether everybody may read a role of a campus now.
pub(super) fn is_public_at(campus: &Campus, role: &Role, now: Instant) -> bool {
    campus.closed_at.is_none() && rules::is_public(role, now.date_in(campus.time_zone))
}

/// Changes what a role says; it waits to be approved again.
pub fn change_role(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    patch: RolePatch,
    known: IfMatch,
    now: Instant,
) -> Result<NamedRole> {
    let (before, seen, keeper) = kept(conn, actor, id)?;
    known.check(before.version)?;
    let after = before.patched(patch);
    if after == before {
        return Ok((before, seen.employer.name));
    }
    rules::check_role(&after, now.date_in(seen.campus.time_zone))?;
    let status = match before.status {
        RoleStatus::Published | RoleStatus::Submitted => RoleStatus::Submitted,
        RoleStatus::Closed => RoleStatus::Closed,
    };
    let after = after.becoming(status, now);
    audit::changed(&before, &after);
    store::update_role(conn, &keeper, &before, &after)?;
    Ok((after, seen.employer.name))
}

/// Approves a role, closes it, or asks for approval again.
pub fn set_status(
    conn: &mut Conn,
    actor: &Actor,
    id: Id,
    status: RoleStatus,
    known: IfMatch,
    now: Instant,
) -> Result<NamedRole> {
    let (before, seen, keeper) = kept(conn, actor, id)?;
    let today = now.date_in(seen.campus.time_zone);
    let becomes = rules::becomes(&before, status, keeper.is_staff(), today)?;
    // What is approved is what was read.
    known.require(before.version)?;
    if !becomes {
        return Ok((before, seen.employer.name));
    }
    if before.status == RoleStatus::Closed {
        rules::ROLES.check_room(store::count_open(conn, before.employer_id)?)?;
    }
    let after = before.clone().becoming(status, now);
    audit::changed(&before, &after);
    store::update_role(conn, &keeper, &before, &after)?;
    Ok((after, seen.employer.name))
}

fn kept(conn: &mut Conn, actor: &Actor, id: Id) -> Result<(Role, SeenEmployer, RoleKeeper)> {
    let role = store::role(conn, id)?;
    let seen = SeenEmployer::of(conn, actor, role.employer_id)?;
    let keeper = RoleKeeper::of(&seen, &role)?;
    Ok((role, seen, keeper))
}
