//! Roles at employers.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::contact_ids;
use crate::{
    campuses::CampusStaff,
    careers::{
        events,
        model::{NamedRole, Role, RoleSelection, RoleStatus},
        proofs::{EmployerKeeper, RoleKeeper, SeenEmployer},
    },
    db::{
        Conn,
        dialect::AmongMethod as _,
        schema::{employer_roles as roles, employers},
    },
    error::Result,
    primitives::Id,
};

/// A role.
///
/// # Errors
/// `404` if there is none.
pub fn role(conn: &mut Conn, id: Id) -> Result<Role> {
    Ok(roles::table.find(id).select(Role::as_select()).first(conn)?)
}

/// How many of an employer are not closed.
pub fn count_open(conn: &mut Conn, employer: Id) -> Result<i64> {
    Ok(roles::table
        .filter(roles::employer_id.eq(employer))
        .filter(roles::status.ne(RoleStatus::Closed))
        .count()
        .get_result(conn)?)
}

/// Up to `limit` of an employer, in the order in which they were added.
pub fn roles_of(conn: &mut Conn, proof: &SeenEmployer, selection: &RoleSelection, limit: i64) -> Result<Vec<Role>> {
    let mut query = roles::table
        .filter(roles::employer_id.eq(proof.employer.id))
        .order(roles::id)
        .limit(limit)
        .select(Role::as_select())
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(roles::status.among(states));
    }
    if let Some(after) = selection.after {
        query = query.filter(roles::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Up to `limit` roles of a campus behind another that are public on this day, in the order in which they were added, with the names
/// of their employers.
pub fn public_roles(
    conn: &mut Conn,
    campus: Id,
    on: NaiveDate,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<NamedRole>> {
    let mut query = roles::table
        .inner_join(employers::table)
        .filter(roles::campus_id.eq(campus))
        .filter(roles::status.eq(RoleStatus::Published))
        .filter(roles::expires_on.ge(on))
        .order(roles::id)
        .limit(limit)
        .select((Role::as_select(), employers::name))
        .into_boxed();
    if let Some(after) = after {
        query = query.filter(roles::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// Up to `limit` of a campus, public or not, in the order in which they were added, with the names of their employers.
pub fn roles_at(conn: &mut Conn, staff: &CampusStaff, selection: &RoleSelection, limit: i64) -> Result<Vec<NamedRole>> {
    let mut query = roles::table
        .inner_join(employers::table)
        .filter(roles::campus_id.eq(staff.campus()))
        .order(roles::id)
        .limit(limit)
        .select((Role::as_select(), employers::name))
        .into_boxed();
    if let Some(states) = selection.states.clone() {
        query = query.filter(roles::status.among(states));
    }
    if let Some(after) = selection.after {
        query = query.filter(roles::id.gt(after));
    }
    Ok(query.load(conn)?)
}

/// The roles of a campus that wait to be approved and can be public on this day, in the order in which they were added, with the names of
/// their employers.
pub fn unapproved_roles(conn: &mut Conn, staff: &CampusStaff, on: NaiveDate) -> Result<Vec<NamedRole>> {
    Ok(roles::table
        .inner_join(employers::table)
        .filter(roles::campus_id.eq(staff.campus()))
        .filter(roles::status.eq(RoleStatus::Submitted))
        .filter(roles::expires_on.ge(on))
        .order(roles::id)
        .select((Role::as_select(), employers::name))
        .load(conn)?)
}

/// Adds one, which waits to be approved.
pub fn insert_role(conn: &mut Conn, proof: &EmployerKeeper, new: &Role) -> Result<()> {
    debug_assert_eq!(proof.employer(), new.employer_id, "the proof holds elsewhere");
    diesel::insert_into(roles::table).values(new).execute(conn)?;
    tell(conn, new, false)
}

/// Changes one that was as `before`.
pub fn update_role(conn: &mut Conn, proof: &RoleKeeper, before: &Role, after: &Role) -> Result<()> {
    debug_assert_eq!(proof.role(), after.id, "the proof holds elsewhere");
    diesel::update(roles::table.find(after.id)).set(after).execute(conn)?;
    tell(conn, after, before.status == RoleStatus::Published)
}

fn tell(conn: &mut Conn, role: &Role, was_public: bool) -> Result<()> {
    let contacts = contact_ids(conn, role.employer_id)?;
    let is_public = was_public || role.status == RoleStatus::Published;
    events::role(role, &contacts, is_public).happened(conn, role.status.as_str())
}
